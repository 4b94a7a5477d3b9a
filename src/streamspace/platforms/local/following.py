"""Follows a start by what the first process inside writes down."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable

from streamspace.platforms.base import Report, StartFailed
from streamspace.platforms.local.records import Folder

LOOK_SECONDS = 0.005
"""How often a start looks at what the first process said."""
TAIL_LINES = 40
PHASES = ("display", "engine", "application")


async def follow(folder: Folder, ended: Callable[[], bool], abandoned: asyncio.Event, report: Report) -> None:
    """Report the phases that the first process inside writes down, until it is ready.

    Raises:
        StartFailed: it was stopped, or it ended.
    """
    told = 0
    while True:
        status = folder.status()
        reached = PHASES.index(status.phase) + 1 if status.phase in PHASES else told
        if status.phase == "ready":
            reached = len(PHASES)
        for phase in PHASES[told:reached]:
            await report(phase)
        told = max(told, reached)
        if status.phase == "ready":
            return
        if abandoned.is_set():
            raise StartFailed("The session was stopped while it started.")
        if status.phase == "ended" or ended():
            raise StartFailed(
                folder.status().message or "The sandbox ended while it started.", log_tail=folder.log_tail(TAIL_LINES)
            )
        await asyncio.sleep(LOOK_SECONDS)


async def unreported(phase: str, message: str = "") -> None:
    """Nobody waits for this start any more."""
    del phase, message


def what_failed(error: BaseException, tail: str) -> str:
    """Say in a sentence why a start failed; a command's own words say more than the command."""
    if isinstance(error, subprocess.CalledProcessError):
        said = tail.strip().splitlines()
        return f"The sandbox could not be set up: {said[-1] if said else f'status {error.returncode}'}"
    return f"The session could not be started: {error}"
