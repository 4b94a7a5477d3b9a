"""One session in the agent's memory, and an ear on its first process."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from streamspace.platforms.base import Usage
from streamspace.platforms.local import processes
from streamspace.platforms.local import session as local
from streamspace.platforms.local.processes import Process
from streamspace.platforms.local.records import Folder, Record
from streamspace.platforms.process.limits import Consumption, Limits


class Session(local.Session):
    """A session whose first process is that of a sandbox."""

    def __init__(self, folder: Folder, lock: asyncio.Lock, record: Record | None = None) -> None:
        super().__init__(folder, lock, record)
        self._descriptor: int | None = None
        self._measured: tuple[float, float] | None = None

    def alive(self) -> bool:
        """Return whether the sandbox runs, or is being set up."""
        first = self.folder.first_process()
        if first is not None:
            return first.alive()
        launcher = self.folder.launcher()
        return launcher is not None and launcher.alive()

    def launch_failed(self) -> bool:
        """Return whether the process that sets up the sandbox is gone already."""
        launcher = self.folder.launcher()
        return launcher is not None and not launcher.alive()

    def on_end(self, heard: Callable[[], object]) -> None:
        """Call back once when the sandbox's first process ends, whoever started it."""
        self.release()
        process = self.folder.first_process() or self.folder.launcher()
        if process is None:
            return
        loop = asyncio.get_running_loop()
        try:
            descriptor = os.pidfd_open(process.pid)
        except ProcessLookupError:
            loop.call_soon(heard)
            return
        self._descriptor = descriptor

        def readable() -> None:
            self.release()
            heard()

        loop.add_reader(descriptor, readable)
        if not process.alive():
            readable()

    def release(self) -> None:
        """Stop listening."""
        if self._descriptor is not None:
            asyncio.get_running_loop().remove_reader(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None

    def save_carrier(self, carrier: Process | None) -> None:
        """Remember the process that carries the session's network traffic."""
        if carrier is not None:
            body = json.dumps({"pid": carrier.pid, "started": carrier.started})
            (self.folder.private / "network").write_text(body)

    def carrier(self) -> Process | None:
        """Return that process, if there is one."""
        try:
            found = json.loads((self.folder.private / "network").read_text())
            return Process(int(found["pid"]), int(found["started"]))
        except (OSError, ValueError, KeyError):
            return None

    async def measure(self, limits: Limits, first: Process) -> Usage:
        """Return what the session uses; the first call waits a moment to have something to compare."""
        if self._measured is None:
            self._measured = (time.monotonic(), (await self._consumption(limits, first)).cpu_seconds)
            await asyncio.sleep(0.2)
        before_at, before = self._measured
        now = await self._consumption(limits, first)
        at = time.monotonic()
        self._measured = (at, now.cpu_seconds)
        cores = max(0.0, now.cpu_seconds - before) / max(at - before_at, 0.001)
        return Usage(cpu_cores=cores, memory_bytes=now.memory_bytes, processes=now.processes)

    async def _consumption(self, limits: Limits, first: Process) -> Consumption:
        known = limits.consumption(self.folder.key)
        return await asyncio.to_thread(_add_up, first) if known is None else known


def _add_up(first: Process) -> Consumption:
    """Add up a sandbox's processes, where no control group does."""
    seconds, size, number = 0.0, 0, 0
    for pid in processes.in_namespace_of(first):
        try:
            process = psutil.Process(pid)
            times = process.cpu_times()
            seconds += times.user + times.system
            size += int(Path(f"/proc/{pid}/statm").read_text().split()[2]) * os.sysconf("SC_PAGE_SIZE")
            number += 1
        except (psutil.Error, OSError, ValueError):
            continue
    return Consumption(seconds, size, number)
