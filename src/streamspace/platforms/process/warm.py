"""Sandboxes of this machine that wait for their person."""

from __future__ import annotations

import asyncio
import shutil
from abc import abstractmethod
from pathlib import Path

from streamspace.platforms import grafts
from streamspace.platforms.base import Report, SessionSpec, StartFailed, State, WarmSpec
from streamspace.platforms.local.platform import LocalPlatform
from streamspace.platforms.local.records import Folder, Record
from streamspace.platforms.local.waiting import WAITS, bring_home, made_of, remove_files, tell
from streamspace.platforms.process import launching, lifecycle, packages
from streamspace.platforms.process.limits import Limits
from streamspace.platforms.process.session import Session


class WarmSandboxes(LocalPlatform[Session]):
    """What the process platform does its own way."""

    _limits: Limits
    _installed: packages.Installed
    _settings: launching.Settings
    _warm_problem: str | None

    @abstractmethod
    async def _set_up(self, session: Session, spec: SessionSpec, record: Record, home: Path | None) -> None:
        """Start a sandbox."""

    @abstractmethod
    def _record(self, spec: SessionSpec, owner: int) -> Record:
        """Return what is written down of a session."""

    @abstractmethod
    def _home(self, record: Record, folder: Folder) -> Path:
        """Return where a session's home is."""

    @abstractmethod
    def _watch_end(self, session: Session) -> None:
        """Hear of the end of a session's first process."""

    async def warm_problem(self) -> str | None:
        """Say why nothing can be started ahead here, if so."""
        await self._open()
        return self._warm_problem

    async def _find_warm_problem(self) -> str | None:
        return await asyncio.to_thread(grafts.problem, self._root / "homes")

    async def _check(self, spec: SessionSpec) -> None:
        """Make sure that a session of this template can run here."""
        launching.check_tools()
        await asyncio.to_thread(launching.check_packages, spec, self._installed.missing)

    async def _heat(self, waiting: Session, spec: WarmSpec) -> None:
        nobody = SessionSpec(
            session_id=spec.warm_id,
            user="",
            user_id="",
            org_id="",
            manifest=spec.manifest,
            cpu_millicores=spec.cpu_millicores,
            memory_bytes=spec.memory_bytes,
        )
        await self._check(nobody)
        record = self._record(nobody, self._spare_owner())
        record.warm, record.made_of = True, made_of(spec.manifest)
        await self._set_up(waiting, nobody, record, None)
        record.tokens = {}  # the sandbox was told none, and gets its person's
        self._watch_warm(waiting)

    async def _end_warm(self, waiting: Session) -> None:
        await lifecycle.end(waiting, self._limits)
        await remove_files(waiting)
        for warm_id in [name for name, held in self._warm.items() if held is waiting]:
            del self._warm[warm_id]

    async def _hand_over(self, session: Session, waiting: Session, spec: SessionSpec, report: Report) -> None:
        first, before = waiting.folder.first_process(), waiting.record
        if first is None or before is None:
            raise StartFailed
        person = self._identities.owner(spec.org_id, spec.user_id)
        record = self._record(spec, before.owner)
        self._become(session, waiting, record)
        home = self._home(record, session.folder)
        await asyncio.to_thread(self._identities.make_home, home, person)
        await bring_home(home, first.pid, owner=person, shown_as=record.owner)
        await tell(session.folder, launching.configuration(self._settings, spec, record))
        self._watch_end(session)
        await lifecycle.until_ready(session, self._limits, report)

    async def _remove_home(self, record: Record, folder: Folder) -> None:
        await asyncio.to_thread(shutil.rmtree, self._home(record, folder), ignore_errors=True)

    async def _uses(self, waiting: Session) -> int | None:
        used = await asyncio.to_thread(self._limits.consumption, waiting.folder.key)
        return used.memory_bytes if used is not None else None

    def _was_never_told(self, session: Session) -> bool:
        """Return whether an agent died between giving a session its sandbox and telling the sandbox so."""
        return session.folder.status().phase == WAITS

    async def _readopt(self, waiting: Session) -> None:
        """Take over a sandbox that waited for an earlier agent; one that was not ready, or is gone, is cleared away."""
        ready = waiting.record is not None and waiting.record.state is State.RUNNING
        if waiting.alive() and ready and waiting.folder.status().phase == WAITS:
            self._watch_warm(waiting)
        else:
            await self._end_warm(waiting)

    def _watch_warm(self, waiting: Session) -> None:
        waiting.on_end(lambda: self._tasks.spawn(self._warm_ended(waiting), f"warm ended {waiting.folder.key}"))
