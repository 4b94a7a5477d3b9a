"""Sessions in containers whose application is a script, and their homes as the engine's machine sees them."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

from streamspace.platforms.base import SessionSpec
from streamspace.platforms.docker import DockerPlatform, homes
from tests.platforms.process.inside import STAYS, eventually, ignore
from tests.platforms.specs import session_spec


def script_spec(
    session_id: str, script: str = STAYS, *, packages: list[str] | None = None, **options: Any
) -> SessionSpec:
    return session_spec(session_id, command=["sh", "-c", script], packages=packages or ["xterm"], **options)


async def home(platform: DockerPlatform, spec: SessionSpec) -> Path:
    """Return where a session's home lies on the machine."""
    session = platform._sessions[spec.session_id]
    assert session.record is not None
    volume = await platform._engine.client.volumes.get(homes.name(session.record, session.folder.key))
    return Path((await volume.show())["Mountpoint"])


async def seen(platform: DockerPlatform, script: str, **options: Any) -> str:
    """Return what a script prints inside a new session, which stays."""
    name = f"probe-{time.monotonic_ns()}"
    spec = script_spec(name, f"({script}) > ~/{name} 2>&1; touch ~/{name}.done; {STAYS}", **options)
    await platform.start(spec, ignore)
    answer = await home(platform, spec) / name
    await eventually(answer.with_name(f"{name}.done").exists)
    return await asyncio.to_thread(answer.read_text)
