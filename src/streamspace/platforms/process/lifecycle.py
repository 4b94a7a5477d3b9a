"""Follows a sandbox's start to its end, and ends it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import time

import structlog

from streamspace.platforms.base import NoSuchSession, Report, StartFailed, State
from streamspace.platforms.local import following
from streamspace.platforms.local.processes import Process
from streamspace.platforms.process import network
from streamspace.platforms.process.limits import Limits
from streamspace.platforms.process.session import Session

log = structlog.get_logger(__name__)

SETUP_SECONDS = 10.0
BURST_SECONDS = 5.0
"""How long a session that runs may still use all of the processor, until its first picture is out."""
STOP_SECONDS = 7.0
"""A little longer than the supervisor lets an application save its work."""
STRAY_SECONDS = 1.0
"""How long a launcher that an agent started just before it died may take to write down its number."""


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
                log_tail=session.folder.log_tail(following.TAIL_LINES),
            )
        await asyncio.sleep(following.LOOK_SECONDS / 4)


async def until_ready(session: Session, limits: Limits, report: Report) -> None:
    """Follow the phases until the session can be streamed.

    Raises:
        StartFailed: it was stopped, or it ended.
    """
    record = session.record
    if record is None:
        raise NoSuchSession
    await following.follow(session.folder, lambda: not session.alive(), session.abandoned, report)
    record.state = State.RUNNING
    session.folder.save(record)
    # Whoever opens its stream now waits for one more burst.
    loop = asyncio.get_running_loop()
    loop.call_later(BURST_SECONDS, limits.settle, session.folder.key, record.cpu_millicores)


async def settle_launcher(session: Session) -> None:
    """Wait for a launcher that an agent started just before it died, so that it is not overlooked."""
    until = time.monotonic() + STRAY_SECONDS
    while session.folder.launcher() is None and time.monotonic() < until:  # noqa: ASYNC110 - another program's doing
        await asyncio.sleep(following.LOOK_SECONDS)


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
