"""Follows a sandbox's start to its end, and ends it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable

import structlog

from streamspace.platforms.base import NoSuchSession, Report, StartFailed, State
from streamspace.platforms.process import network
from streamspace.platforms.process.limits import Limits
from streamspace.platforms.process.processes import Process
from streamspace.platforms.process.records import Folder
from streamspace.platforms.process.session import Session

log = structlog.get_logger(__name__)

LOOK_SECONDS = 0.02
"""How often a start looks at what the sandbox said."""
SETUP_SECONDS = 10.0
STOP_SECONDS = 7.0
"""A little longer than the supervisor lets an application save its work."""
STRAY_SECONDS = 1.0
"""How long a launcher that an agent started just before it died may take to write down its number."""
TAIL_LINES = 40
PHASES = ("display", "engine", "application")


async def first_process(session: Session) -> Process:
    """Wait until bubblewrap says which process is the sandbox's first."""
    until = time.monotonic() + SETUP_SECONDS
    while True:
        first = session.folder.first_process()
        if first is not None:
            return first
        if time.monotonic() > until or session.launch_failed():
            raise StartFailed(
                "The sandbox could not be set up: " + (session.folder.log_tail(1) or "bubblewrap did not answer."),
                log_tail=session.folder.log_tail(TAIL_LINES),
            )
        await asyncio.sleep(LOOK_SECONDS / 4)


async def until_ready(session: Session, limits: Limits, report: Report) -> None:
    """Follow the phases until the session can be streamed.

    Raises:
        StartFailed: it was stopped, or it ended.
    """
    record = session.record
    if record is None:
        raise NoSuchSession
    await follow(session.folder, lambda: not session.alive(), session.abandoned, report)
    record.state = State.RUNNING
    session.folder.save(record)
    limits.settle(session.folder.key, record.cpu_millicores)


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


async def settle_launcher(session: Session) -> None:
    """Wait for a launcher that an agent started just before it died, so that it is not overlooked."""
    until = time.monotonic() + STRAY_SECONDS
    while session.folder.launcher() is None and time.monotonic() < until:  # noqa: ASYNC110 - another program's doing
        await asyncio.sleep(LOOK_SECONDS)


async def end(session: Session, limits: Limits) -> None:
    """End a session's processes, gently first, and take its groups, network and socket away."""
    session.release()
    first, launcher = session.folder.first_process(), session.folder.launcher()
    if first is not None and first.alive():
        first.signal(signal.SIGTERM)
        await _until_gone(first, STOP_SECONDS)
    for process in (first, launcher):
        if process is not None:
            process.signal(signal.SIGKILL)
    network.detach(session.carrier())
    for pid in limits.members(session.folder.key):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    if not await asyncio.to_thread(limits.remove, session.folder.key):
        log.warning("cgroup_stays", key=session.folder.key)
    await asyncio.to_thread(shutil.rmtree, session.folder.run, ignore_errors=True)


async def _until_gone(process: Process, seconds: float) -> None:
    try:
        descriptor = os.pidfd_open(process.pid)
    except ProcessLookupError:
        return
    gone = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(descriptor, gone.set)
    try:
        if process.alive():
            async with asyncio.timeout(seconds):
                await gone.wait()
    except TimeoutError:
        pass
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)


def what_failed(error: BaseException, tail: str) -> str:
    """Say in a sentence why a start failed; a command's own words say more than the command."""
    if isinstance(error, subprocess.CalledProcessError):
        said = tail.strip().splitlines()
        return f"The sandbox could not be set up: {said[-1] if said else f'status {error.returncode}'}"
    return f"The session could not be started: {error}"
