"""The application comes after its window manager, which would not see a window that was there before it."""

from __future__ import annotations

import importlib.util
import shlex
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from streamspace.platforms.process import launching
from streamspace.platforms.process.platform import ProcessPlatform
from tests.platforms.process.inside import seen

pytestmark = pytest.mark.sandbox

LOOK = """
import sys
sys.path[:0] = [{engine!r}]
from Xlib import X
from Xlib.display import Display
display = Display(":0")
root = display.screen().root
named = root.get_full_property(display.intern_atom("_NET_SUPPORTING_WM_CHECK"), X.AnyPropertyType)
print("managed" if named is not None else "alone")
"""


@pytest.fixture
def look() -> str:
    """A shell command that says whether the display has a window manager."""
    found = importlib.util.find_spec("selkies")
    assert found is not None
    assert found.origin is not None
    code = LOOK.format(engine=str(Path(found.origin).parent))
    return shlex.join([str(Path(sys.executable).resolve()), "-c", code])


def managed_by(monkeypatch: pytest.MonkeyPatch, *command: str) -> None:
    """Have sessions start this as their window manager; `{}` stands for the one they have."""
    configured = launching.configuration

    def changed(*arguments: Any) -> dict[str, Any]:
        known = configured(*arguments)
        return known | {"window_manager": [word.replace("{}", " ".join(known["window_manager"])) for word in command]}

    monkeypatch.setattr(launching, "configuration", changed)


async def test_an_application_starts_once_its_manager_is_there(
    platform: ProcessPlatform, tmp_path: Path, look: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    managed_by(monkeypatch, "sh", "-c", "sleep 1; exec {}")
    assert await seen(platform, tmp_path, look) == "managed\n"


@pytest.mark.parametrize(("command", "at_least"), [(["false"], 0.0), (["sleep", "60"], 3.0)])
async def test_an_application_starts_without_a_manager_that_never_comes(
    platform: ProcessPlatform,
    tmp_path: Path,
    look: str,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    at_least: float,
) -> None:
    managed_by(monkeypatch, *command)
    began = time.monotonic()
    assert await seen(platform, tmp_path, look) == "alone\n"
    assert time.monotonic() - began >= at_least
