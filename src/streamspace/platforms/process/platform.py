"""The platform: starts, finds again, watches and ends sessions."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path

import structlog

from streamspace.platforms.base import (
    Change,
    NotRunning,
    PlatformError,
    Report,
    SessionSpec,
    State,
    ToolMissing,
    Usage,
)
from streamspace.platforms.local import homes
from streamspace.platforms.local.platform import Person
from streamspace.platforms.local.records import Folder, Record
from streamspace.platforms.process import engine as engines
from streamspace.platforms.process import launching, lifecycle, network, packages, protocols
from streamspace.platforms.process.engine import Engine
from streamspace.platforms.process.limits import Limits
from streamspace.platforms.process.session import Session
from streamspace.platforms.process.warm import WarmSandboxes

log = structlog.get_logger(__name__)


class ProcessPlatform(WarmSandboxes):
    """Runs each session in a sandbox of this machine. The sessions outlive the object and its process.

    Args:
        root: the data folder: homes, logs, records, sockets. Sandboxes never see it.
        python: the interpreter whose packages hold Selkies; this one unless said otherwise.
        allow_apt: whether `install_packages` may change this machine.
        allow_host_network: whether sessions that use the network may share this machine's, its own services included,
            where they cannot have one of their own.
        portal_origin: the origin(s), comma-separated, whose pages may show a session in a frame.
        log_bytes: how large a session's log grows before its older half is dropped.
        log_days: how long logs of ended sessions are kept.
        start_seconds: how long a start may take.
        first_size: the display's size until somebody connects.
    """

    name = "process"
    FOLDERS = ("homes",)

    def __init__(
        self,
        root: Path,
        *,
        python: Path | None = None,
        allow_apt: bool = False,
        allow_host_network: bool = False,
        portal_origin: str | None = None,
        log_bytes: int = 1_000_000,
        log_days: float = 7.0,
        start_seconds: float = 60.0,
        first_size: str = "1600x900",
    ) -> None:
        super().__init__(root, log_days=log_days)
        self._python = python or Path(sys.executable)
        self._allow_apt = allow_apt
        self._allow_host_network = allow_host_network
        self._settings = launching.Settings(
            portal_origin=portal_origin, log_bytes=log_bytes, start_seconds=start_seconds, first_size=first_size
        )
        self._installed = packages.Installed()
        self._engine: asyncio.Task[Engine] | None = None

    # The interface

    async def usage(self, session_id: str) -> Usage:
        """Return what a session uses, its processor time over the time since the last call."""
        session = await self._held(session_id)
        first = session.folder.first_process()
        if first is None or not session.alive():
            raise NotRunning
        return await session.measure(self._limits, first)

    async def packages(self) -> list[str]:
        """Return the names of the installed Debian packages."""
        return sorted(await asyncio.to_thread(self._installed.names))

    async def install_packages(self, names: list[str], log: Callable[[str], Awaitable[None]]) -> None:
        """Install Debian packages, if this agent may."""
        if not self._allow_apt:
            raise PlatformError(
                "This agent may not install packages. On its machine: apt install --no-install-recommends "
                + " ".join(names)
            )
        await packages.install(names, log)

    def check(self) -> None:
        """Make sure that the programs every session needs are here."""
        launching.check_tools()

    async def close(self) -> None:
        """Let go of the sessions; they run on."""
        await self._tasks.close()
        for session in self._all():
            session.release()

    # Finding what is there

    async def _find(self) -> None:
        self._limits = await asyncio.to_thread(Limits)
        self._engine = self._tasks.spawn(self._find_engine(), "find_engine")
        self._warm_problem = await self._find_warm_problem()
        for waiting in list(self._warm.values()):
            await self._readopt(waiting)
        for session in list(self._sessions.values()):
            if session.record is not None and session.record.state is State.STARTING:
                await lifecycle.settle_launcher(session)
            if session.alive():
                await self._adopt(session)
            elif session.record is not None and session.record.state is State.STARTING:
                await self._break_off(session)
            elif session.record is not None and session.record.state is State.RUNNING:
                await self._ended(session)

    def _remembered(self, folder: Folder, lock: asyncio.Lock, record: Record | None) -> Session:
        return Session(folder, lock, record)

    async def _adopt(self, session: Session) -> None:
        record = session.record
        if record is None:
            return
        if record.state in {State.HIBERNATED, State.FAILED}:
            # The agent died between ending the session and hearing of its end.
            await self._end(session)
            return
        if self._was_never_told(session):
            await self._end(session)
            await self._forget(session)
            return
        self._watch_end(session)
        if record.state is State.STARTING:
            self._tasks.spawn(self._complete(session), f"complete {record.session_id}")
        else:
            self._limits.settle(session.folder.key, record.cpu_millicores)
        log.info("session_adopted", session_id=record.session_id, state=record.state)

    async def _find_engine(self) -> Engine:
        return await asyncio.to_thread(engines.prepare, self._python, self._root)

    def _home(self, record: Record, folder: Folder) -> Path:
        if record.persistent_home:
            return self._identities.home(record.org_id, record.user_id)
        return self._root / "homes" / ".once" / folder.key

    # Starting

    async def _begin(self, session: Session, spec: SessionSpec, report: Report) -> None:
        await self._check(spec)
        session.abandoned.clear()
        await report("sandbox")
        record = self._record(spec, self._identities.owner(spec.org_id, spec.user_id))
        home = self._home(record, session.folder)
        await asyncio.to_thread(self._identities.make_home, home, record.owner)
        await self._set_up(session, spec, record, home)
        self._watch_end(session)
        await self._finish(session, report)

    async def _finish(self, session: Session, report: Report) -> None:
        await lifecycle.until_ready(session, self._limits, report)

    def _record(self, spec: SessionSpec, owner: int) -> Record:
        return Record(
            session_id=spec.session_id,
            user_id=spec.user_id,
            org_id=spec.org_id,
            template=spec.manifest.metadata.name,
            cpu_millicores=spec.cpu_millicores,
            memory_bytes=spec.memory_bytes,
            persistent_home=spec.persistent_home,
            network="network" in {name.casefold() for name in spec.manifest.spec.capabilities},
            protocol=spec.manifest.spec.streaming_protocol,
            clipboard=protocols.clipboard(spec),
            owner=owner,
            tokens=launching.new_tokens(),
        )

    async def _set_up(self, session: Session, spec: SessionSpec, record: Record, home: Path | None) -> None:
        """Start a sandbox and see that it has its network; without a home it waits for a person."""
        if self._engine is None or (self._engine.done() and (self._engine.cancelled() or self._engine.exception())):
            self._engine = self._tasks.spawn(self._find_engine(), "find_engine")
        engine = await asyncio.shield(self._engine)
        own_network = record.network and network.available()
        if record.network and not own_network and not self._allow_host_network:
            raise ToolMissing(network.UNAVAILABLE)
        await asyncio.to_thread(session.folder.create)
        session.record = record
        session.folder.save(record)
        launched = await asyncio.to_thread(
            lambda: launching.launch(
                self._settings, spec, record, session.folder, engine, home, self._limits, own_network=own_network
            )
        )
        try:
            first = await lifecycle.first_process(session)
            if own_network:
                carrier = await network.attach(first, record.owner, launched.exit_descriptor)
                session.save_carrier(carrier)
        finally:
            for descriptor in (launched.block, launched.exit_descriptor):
                if descriptor is not None:
                    os.close(descriptor)

    async def _undo(self, session: Session, asleep: Record | None) -> None:
        await self._end(session)
        if asleep is not None and asleep.state is State.HIBERNATED and not session.abandoned.is_set():
            session.record = asleep
            session.folder.save(asleep)
            return
        await self._forget(session)

    # Ending

    async def _end(self, session: Session) -> None:
        await lifecycle.end(session, self._limits)

    async def _clear(self, session: Session) -> None:
        await self._end(session)

    async def _forget(self, session: Session) -> None:
        record = session.record
        if record is not None and not record.persistent_home:
            await asyncio.to_thread(shutil.rmtree, self._home(record, session.folder), ignore_errors=True)
        await asyncio.to_thread(session.folder.remove)
        self._drop(session)

    async def _sizes(self, wanted: Collection[Person] | None) -> dict[Person, int | None]:
        found = await asyncio.to_thread(self._identities.homes)
        return {
            person: await homes.size_of(path) for person, path in found.items() if wanted is None or person in wanted
        }

    def _watch_end(self, session: Session) -> None:
        """Hear of the end of a session's first process."""
        session.on_end(lambda: self._tasks.spawn(self._heard_end(session), f"ended {session.folder.key}"))

    async def _heard_end(self, session: Session) -> None:
        session.release()
        async with session.lock:
            record = session.record
            if record is None or record.state is not State.RUNNING or session.alive():
                return  # a start under way, or somebody ordered the end
            await self._ended(session)

    async def _ended(self, session: Session) -> None:
        """Say how a session ended by itself, and clean up after it."""
        status, record = session.folder.status(), session.record
        if record is None:
            return
        starved = self._limits.memory_ran_out(session.folder.key)
        await self._end(session)
        if status.outcome == "closed":
            await self._forget(session)
            self._news.tell(Change(session_id=record.session_id, state=None, message=status.message))
            return
        message = status.message or "The session ended unexpectedly: its processes are gone."
        if starved:
            message += " It had used all the memory it may have."
        self._fail(session, message)
