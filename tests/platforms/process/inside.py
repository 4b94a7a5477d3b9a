"""Sessions whose application is a script, so that a test sees with the eyes of a session."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

from streamspace.platforms.base import SessionSpec
from streamspace.platforms.process.platform import ProcessPlatform
from tests.platforms.specs import session_spec

STAYS = (
    "xterm & while sleep 0.1 && kill -0 $!; do "
    "[ -e ~/crash ] && { echo last words; exit 7; }; [ -e ~/quit ] && { kill $!; exit 0; }; done"
)


def script_spec(session_id: str, script: str = STAYS, **options: Any) -> SessionSpec:
    return session_spec(session_id, command=["sh", "-c", script], **options)


def home(root: Path, spec: SessionSpec) -> Path:
    return root / "homes" / spec.org_id / spec.user_id


async def seen(platform: ProcessPlatform, root: Path, script: str, **options: Any) -> str:
    """Return what a script prints inside a new session, which stays."""
    name = f"probe-{time.monotonic_ns()}"
    spec = script_spec(name, f"({script}) > ~/{name} 2>&1; touch ~/{name}.done; {STAYS}", **options)
    await platform.start(spec, ignore)
    answer = home(root, spec) / name
    await eventually(answer.with_name(f"{name}.done").exists)
    return answer.read_text()


async def ignore(_: str, message: str = "") -> None:
    """Nobody asked."""


async def eventually(check: Any, seconds: float = 60.0) -> None:
    """Wait until a check holds; the bound is for what never happens, not for a busy machine."""
    until = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < until, "it never happened"
        await asyncio.sleep(0.05)
