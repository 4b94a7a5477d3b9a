"""The client and the command line against a real gateway and a real file server."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from streamspace.cli import files as commands
from streamspace.cli.failures import CommandFailed
from streamspace.client import Api, Conflict, Forbidden, Unreachable
from streamspace.client import files as client
from streamspace.client.files import Home
from streamspace.kit import backoff
from tests.gateway.conftest import SESSION, MakeWorld, until
from tests.gateway.test_files import FilesWorld
from tests.platforms.inside.files import Files

MB = 1024**2


class Desk:
    """A control plane that only hands out tokens."""

    def __init__(self, near: FilesWorld) -> None:
        self.near = near
        self.policy: dict[str, Any] = {}
        self.asked = 0
        self.lifetime = timedelta(minutes=10)

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        assert request.url.path == f"/api/v1/sessions/{SESSION}/files/access"
        self.asked += 1
        body = {
            "url": f"{self.near.world.base}/f/{SESSION}",
            "token": self.near.token(**{_snake(key): value for key, value in self.policy.items()}),
            "expiresAt": (datetime.now(UTC) + self.lifetime).isoformat(),
            "upload": True,
            "download": True,
            "maxUploadBytes": 64 * MB,
        }
        return httpx2.Response(200, json={**body, **self.policy})


def _snake(name: str) -> str:
    return {"maxUploadBytes": "max_upload_bytes"}.get(name, name)


@pytest.fixture
async def near(make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FilesWorld]:
    monkeypatch.setattr(client, "PIECE_BYTES", MB)
    monkeypatch.setattr(client.backoff, "jittered", lambda: iter([timedelta(milliseconds=30)] * 100))
    assert client.backoff is backoff
    world = await make_world(direct=True)
    files = Files(world.folder / "run")
    yield FilesWorld(world, files)
    files.close()


@pytest.fixture
def desk(near: FilesWorld) -> Desk:
    return Desk(near)


@pytest.fixture
async def home(desk: Desk) -> AsyncIterator[Home]:
    api = Api("http://control.test", token="t", transport=httpx2.MockTransport(desk.answer))
    async with api, api.files.open(SESSION) as opened:
        yield opened


class TestClient:
    async def test_files_go_in_and_out(self, near: FilesWorld, home: Home, tmp_path: Path) -> None:
        data = os.urandom(3 * MB + 7)
        (tmp_path / "a.bin").write_bytes(data)
        seen: list[tuple[int, int]] = []
        assert await home.upload(
            tmp_path / "a.bin", "x/a.bin", parents=True, on_progress=lambda *p: seen.append(p)
        ) == ("x/a.bin")
        assert seen[0] == (0, len(data))
        assert seen[-1] == (len(data), len(data))
        assert (near.home / "x" / "a.bin").read_bytes() == data
        assert [(e.name, e.type) for e in (await home.list()).entries] == [("x", "folder")]
        await home.download("x/a.bin", tmp_path / "back")
        assert (tmp_path / "back").read_bytes() == data
        await home.move("x/a.bin", "b")
        await home.delete("x")
        assert [e.name async for e in home.entries()] == ["b"]

    async def test_an_upload_that_broke_off_goes_on(self, near: FilesWorld, home: Home, tmp_path: Path) -> None:
        data = os.urandom(4 * MB)
        (tmp_path / "a").write_bytes(data)
        sent: list[int] = []

        def stop(done: int, _size: int) -> None:
            sent.append(done)
            if done >= 2 * MB and len(sent) == 3:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            await home.upload(tmp_path / "a", "a", on_progress=stop)
        sent.clear()
        await home.upload(tmp_path / "a", "a", on_progress=lambda done, _: sent.append(done))
        assert sent[0] == 2 * MB
        assert (near.home / "a").read_bytes() == data

    async def test_a_connection_that_breaks_is_made_again(
        self, near: FilesWorld, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = os.urandom(3 * MB)
        (tmp_path / "a").write_bytes(data)
        send, breaks = home._http.request, iter([False, False, True, False, True])

        async def fragile(*args: Any, **more: Any) -> Any:
            if next(breaks, False):
                raise httpx2.ReadError("gone")
            return await send(*args, **more)

        monkeypatch.setattr(home._http, "request", fragile)
        await home.upload(tmp_path / "a", "a")
        assert (near.home / "a").read_bytes() == data

        async def dead(*_: Any, **__: Any) -> Any:
            raise httpx2.ConnectError("nobody")

        monkeypatch.setattr(home._http, "request", dead)
        with pytest.raises(Unreachable):
            await home.upload(tmp_path / "a", "b")

    async def test_a_download_goes_on_and_begins_again_when_the_file_changed(
        self, near: FilesWorld, home: Home, tmp_path: Path
    ) -> None:
        data = os.urandom(8 * MB)
        (near.home / "a").write_bytes(data)

        def stop(done: int, _size: int) -> None:
            if done >= MB:
                raise KeyboardInterrupt

        target = tmp_path / "a"
        with pytest.raises(KeyboardInterrupt):
            await home.download("a", target, on_progress=stop)
        [part] = tmp_path.glob(".a.*.part")
        assert part.stat().st_size >= MB
        first: list[int] = []
        await home.download("a", target, on_progress=lambda done, _: first.append(done))
        assert first[0] > MB
        assert target.read_bytes() == data
        with pytest.raises(KeyboardInterrupt):
            await home.download("a", target, on_progress=stop)
        (near.home / "a").write_bytes(b"new")
        await home.download("a", target)
        assert target.read_bytes() == b"new"

    async def test_a_token_that_was_withdrawn_is_replaced(self, near: FilesWorld, desk: Desk, home: Home) -> None:
        await home.list()
        await near.world.control_plane.revoke("connection", "files-o1")
        await until(lambda: near.world.gateway.gate.revocations.at("connection", "files-o1") > 0)
        await asyncio.sleep(0.01)
        await home.list()
        assert desk.asked == 2
        desk.lifetime = timedelta(seconds=30)
        home.access = await home._files.access(SESSION)
        await home.list()
        assert desk.asked == 4

    async def test_refusals_say_why(self, desk: Desk, home: Home, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"1")
        desk.policy = {"upload": False}
        home.access = await home._files.access(SESSION)
        with pytest.raises(Forbidden, match="may not be brought into"):
            await home.upload(tmp_path / "a", "a")
        desk.policy = {}
        home.access = await home._files.access(SESSION)
        await home.upload(tmp_path / "a", "a")
        with pytest.raises(Conflict, match="exists already"):
            await home.upload(tmp_path / "a", "a")


class TestCommands:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("s-1:Documents/a", ("s-1", "Documents/a")),
            ("s-1:", ("s-1", "")),
            ("s-1:/a", ("s-1", "a")),
            ("./a:b", None),
            ("/tmp/a:b", None),
            ("a", None),
            (":x", None),
        ],
    )
    def test_places_are_told_from_paths(self, text: str, expected: tuple[str, str] | None) -> None:
        found = commands.place(text)
        assert (None if found is None else (found.session, found.path)) == expected

    @pytest.mark.parametrize("name", ["..", "a/b", "", "a\0", "..\\x"])
    def test_no_name_of_a_session_leaves_the_target(self, name: str) -> None:
        with pytest.raises(CommandFailed):
            commands._local(name)

    async def test_folders_are_copied_both_ways(self, near: FilesWorld, home: Home, tmp_path: Path) -> None:
        source = tmp_path / "src"
        (source / "deep").mkdir(parents=True)
        (source / "a").write_bytes(b"1")
        (source / "deep" / "b").write_bytes(b"2")

        def bar(_name: str) -> Any:
            return lambda _done, _size: None

        options: dict[str, Any] = {"recursive": True, "replace": False}
        await commands._into(home, source, commands.Place("s", ""), bar, **options)
        assert (near.home / "src" / "deep" / "b").read_bytes() == b"2"
        with pytest.raises(Conflict):
            await commands._into(home, source, commands.Place("s", ""), bar, **options)
        target = tmp_path / "back"
        await commands._out_of(home, commands.Place("s", "src"), target, bar, **options)
        assert sorted(p.relative_to(target).as_posix() for p in target.rglob("*")) == ["a", "deep", "deep/b"]
        # A folder that is there already takes it inside, as with cp.
        await commands._out_of(home, commands.Place("s", "src"), target, bar, **options)
        assert (target / "src" / "deep" / "b").read_bytes() == b"2"
        with pytest.raises(CommandFailed, match="exists already"):
            await commands._out_of(home, commands.Place("s", "src"), target, bar, **options)
        with pytest.raises(CommandFailed, match="--recursive"):
            await commands._out_of(home, commands.Place("s", "src"), target, bar, recursive=False, replace=True)
        assert json.dumps([e.model_dump() async for e in home.entries("src")])
