"""A platform whose sessions are real processes that only sleep: cheap, and they outlive their agent as real ones do.

What runs is read from the machine's processes, so that no record can be wrong about it; a file a session says what
should be.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

from streamspace.platforms.base import Change, NoSuchSession, NotRunning, Report, SessionSpec, SessionView, State, Usage
from streamspace.platforms.news import News
from streamspace.protocol.streams import Endpoint, Role

_LOOK_SECONDS = 0.3
_BASH = 'exec -a "$0" sleep 100000'


def processes(folder: Path) -> dict[str, list[int]]:
    """The processes of each session of a folder. Two for one session is what must never be."""
    mark = f"sleeper:{folder}:"
    found: dict[str, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            name = (entry / "cmdline").read_bytes().split(b"\0")[0].decode(errors="replace")
            # Bash carries the name as an argument until it has become the sleep.
            if name.startswith(mark) and (entry / "stat").read_text().rpartition(")")[2].split()[0] != "Z":
                found.setdefault(name.removeprefix(mark), []).append(int(entry.name))
    return found


class Sleepers:
    name = "process"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for session_id in processes(folder):
            self._write(session_id, "running")  # its agent was killed before it could
        self._news = News()
        self._watching = asyncio.create_task(self._watch())

    async def start(self, spec: SessionSpec, report: Report) -> SessionView:
        if spec.session_id in processes(self.folder):
            return SessionView(session_id=spec.session_id, state=State.RUNNING)
        self._write(spec.session_id, "starting")
        process = None
        try:
            await report("sandbox")
            await asyncio.sleep(random.uniform(0.02, 0.2))
            process = subprocess.Popen(
                ["bash", "-c", _BASH, f"sleeper:{self.folder}:{spec.session_id}"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            await report("application")
            while spec.session_id not in processes(self.folder):
                await asyncio.sleep(0.01)
            self._write(spec.session_id, "running")
        except BaseException:
            if process is not None:
                process.kill()
            self._file(spec.session_id).unlink(missing_ok=True)
            raise
        return SessionView(session_id=spec.session_id, state=State.RUNNING)

    async def wake(self, spec: SessionSpec, report: Report) -> SessionView:
        return await self.start(spec, report)

    async def stop(self, session_id: str) -> None:
        self._file(session_id).unlink(missing_ok=True)
        await self._end(session_id)

    async def hibernate(self, session_id: str) -> None:
        if not self._file(session_id).exists():
            raise NoSuchSession
        self._write(session_id, "hibernated")
        await self._end(session_id)

    async def inventory(self) -> list[SessionView]:
        running = processes(self.folder)
        views = [SessionView(session_id=one, state=State.RUNNING, idle_seconds=0.0) for one in running]
        for path in self.folder.glob("*.json"):
            if path.stem not in running:
                state = State.HIBERNATED if self._read(path.stem) == "hibernated" else State.FAILED
                if self._read(path.stem) != "starting":
                    views.append(SessionView(session_id=path.stem, state=state))
        return views

    async def watch(self) -> AsyncIterator[Change]:
        async for change in self._news.listen():
            yield change

    async def endpoint(self, session_id: str, role: Role) -> Endpoint:
        raise NotRunning

    async def logs(self, session_id: str, lines: int) -> str:
        raise NoSuchSession

    async def usage(self, session_id: str) -> Usage:
        if session_id not in processes(self.folder):
            raise NoSuchSession
        return Usage(cpu_cores=0.0, memory_bytes=1024**2, processes=1)

    async def close(self) -> None:
        self._watching.cancel()
        await asyncio.gather(self._watching, return_exceptions=True)

    def _file(self, session_id: str) -> Path:
        return self.folder / f"{session_id}.json"

    def _write(self, session_id: str, state: str) -> None:
        fresh = self._file(session_id).with_suffix(".new")
        fresh.write_text(json.dumps({"state": state}))
        fresh.replace(self._file(session_id))

    def _read(self, session_id: str) -> str:
        with contextlib.suppress(OSError, ValueError, KeyError):
            return str(json.loads(self._file(session_id).read_text())["state"])
        return "starting"

    async def _end(self, session_id: str) -> None:
        while pids := processes(self.folder).get(session_id):
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, 0)
            await asyncio.sleep(0)

    async def _watch(self) -> None:
        told: set[str] = set()
        while True:
            running = processes(self.folder)
            told -= running.keys()  # what runs again may die again
            for path in self.folder.glob("*.json"):
                if path.stem in running or path.stem in told or self._read(path.stem) != "running":
                    continue
                told.add(path.stem)
                self._news.tell(Change(session_id=path.stem, state=State.FAILED, message="It was killed."))
            await asyncio.sleep(_LOOK_SECONDS)
