"""Which of several processes acts for an agent: one on a machine by a lock, one in all by the control plane's word."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TextIO

import structlog

from streamspace.kit import ids

log = structlog.get_logger(__name__)

_LOOK_SECONDS = 0.3


@contextlib.asynccontextmanager
async def on_this_machine(data_dir: Path, stop: asyncio.Event) -> AsyncIterator[bool]:
    """Hold the data directory's lock, waiting for it as long as another process has it; false if told to stop before.

    The kernel frees it when its process ends, however that ends.
    """
    with _lock_file(data_dir) as file:
        told = False
        while not (got := _taken(file.fileno())) and not stop.is_set():
            if not told:
                told = True
                log.warning(
                    "standing_by", reason="Another agent runs with this data directory.", data_dir=str(data_dir)
                )
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_SECONDS):
                    await stop.wait()
        yield got


def _lock_file(data_dir: Path) -> TextIO:
    data_dir.mkdir(parents=True, exist_ok=True)
    return (data_dir / "agent.lock").open("a")


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def instance(data_dir: Path) -> str:
    """Name who speaks: this machine and this data directory, which the lock gives to one process at a time.

    So who starts again after a crash is known at once, and a copy of the directory elsewhere is somebody else.
    """
    path = data_dir / "agent.instance"
    if not path.exists():
        path.write_text(ids.secret())
    parts = (path.read_text().strip(), socket.gethostname(), str(data_dir.resolve()))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
