"""A session's engine is told what its policy says, and lays the watermark over its pictures."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from PIL import Image, ImageChops
from websockets.asyncio.client import unix_connect

from streamspace.platforms.inside import watermark
from streamspace.platforms.process import engine
from streamspace.platforms.process.platform import ProcessPlatform
from streamspace.protocol.policies import Policy
from tests.platforms.process.inside import STAYS, eventually, home, ignore, script_spec

AT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def told(policy: Policy, *, capable: bool = True) -> dict[str, str]:
    return engine.settings(
        session_id="a",
        title="A",
        portal_origin=None,
        master_token="m",
        clipboard=capable,
        page="/page",
        policy=policy,
        user="mia",
    )


@pytest.mark.parametrize(
    ("said", "setting"), [(None, "true"), ("both", "true"), ("in", "in"), ("out", "out"), ("off", "false")]
)
def test_the_clipboard_is_as_open_as_the_policy_and_the_template_let_it(said: Any, setting: str) -> None:
    assert told(Policy(clipboard=said))["SELKIES_ENABLE_CLIPBOARD"] == setting
    assert told(Policy(clipboard=said), capable=False)["SELKIES_ENABLE_CLIPBOARD"] == "false"


def test_the_engine_never_moves_files_and_marks_only_where_it_must() -> None:
    free, marked = told(Policy()), told(Policy(watermark=True))
    assert free["SELKIES_FILE_TRANSFERS"] == marked["SELKIES_FILE_TRANSFERS"] == "none"
    assert watermark.VARIABLE not in free
    assert marked[watermark.VARIABLE] == "mia"


class TestWatermark:
    def test_has_the_name_and_the_time_all_over_and_lets_the_screen_through(self, tmp_path: Path) -> None:
        for name, at in (("mia", AT), ("tom", AT), ("later", AT.replace(hour=4))):
            watermark.draw("mia" if name == "later" else name, at, str(tmp_path / f"{name}.png"))
        mine, his, later = (Image.open(tmp_path / f"{name}.png") for name in ("mia", "tom", "later"))
        assert (mine.size, mine.mode) == (watermark.SIZE, "RGBA")
        assert max(mine.getchannel("A").getextrema()) < 128
        quarters = [(0, 0, 1280, 720), (1280, 0, 2560, 720), (0, 720, 1280, 1440), (1280, 720, 2560, 1440)]
        for other in (his, later):
            difference = ImageChops.difference(mine.getchannel("A"), other.getchannel("A"))
            assert all(difference.crop(quarter).getbbox() for quarter in quarters)

    def test_is_not_drawn_where_nobody_asked(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv(watermark.VARIABLE, raising=False)
        watermark.begin(str(tmp_path / "a.png"))
        assert list(tmp_path.iterdir()) == []

    def test_is_drawn_anew_as_time_passes(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        drawn: list[datetime] = []
        monkeypatch.setattr(watermark, "draw", lambda _name, at, _path: drawn.append(at))
        monkeypatch.setattr(watermark.time, "sleep", lambda _: None if len(drawn) < 3 else _end())
        monkeypatch.setattr(watermark.threading, "Thread", _Now)
        monkeypatch.setenv(watermark.VARIABLE, "mia")
        with pytest.raises(_Ended):
            watermark.begin(str(tmp_path / "a.png"))
        assert len(drawn) == 3


class _Ended(Exception):  # noqa: N818
    pass


def _end() -> None:
    raise _Ended


class _Now:
    """Runs at once what a thread would."""

    def __init__(self, *, target: Any, args: Any, daemon: bool) -> None:
        assert daemon
        self._run = lambda: target(*args)

    def start(self) -> None:
        self._run()


@pytest.mark.sandbox
async def test_a_real_engine_takes_it(platform: ProcessPlatform, tmp_path: Path) -> None:
    kept = f"(until [ -s {watermark.PATH} ]; do sleep 0.1; done; cp {watermark.PATH} ~/new; mv ~/new ~/mark); {STAYS}"
    spec = dataclasses.replace(script_spec("bordered", kept), policy=Policy(clipboard="in", watermark=True), user="mia")
    await platform.start(spec, ignore)
    endpoint = await platform.endpoint("bordered", "controller")
    uri = f"ws://localhost/s/bordered/api/websockets?{urlencode(endpoint.query)}"
    settings = None
    async with unix_connect(endpoint.path, uri, origin=None, max_size=None) as stream, asyncio.timeout(60):  # type: ignore[arg-type]
        while settings is None:
            text = await stream.recv()
            if isinstance(text, str) and text.startswith('{"type": "server_settings"'):
                settings = json.loads(text)["settings"]
    assert settings["clipboard_in_enabled"]["value"] is True
    assert settings["clipboard_out_enabled"]["value"] is False
    assert "upload" not in str(settings["file_transfers"])
    assert (settings["microphone_enabled"]["value"], settings["microphone_enabled"]["locked"]) == (False, True)
    mark = home(tmp_path, spec) / "mark"
    await eventually(mark.exists)
    assert Image.open(mark).size == watermark.SIZE
