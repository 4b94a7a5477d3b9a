"""The platform: starts, finds again, watches and ends sessions."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import shutil
import sys
import weakref
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import structlog

from streamspace.kit.tasks import Tasks
from streamspace.platforms.base import (
    Change,
    NoSuchSession,
    NotRunning,
    PlatformError,
    Report,
    SessionSpec,
    SessionView,
    StartFailed,
    State,
    ToolMissing,
    Usage,
)
from streamspace.platforms.news import News
from streamspace.platforms.process import engine as engines
from streamspace.platforms.process import launching, lifecycle, network, packages, participants, protocols, records
from streamspace.platforms.process.engine import Engine
from streamspace.platforms.process.identities import Identities
from streamspace.platforms.process.limits import Limits
from streamspace.platforms.process.participants import Admissions
from streamspace.platforms.process.records import Folder, Record
from streamspace.platforms.process.session import Session
from streamspace.platforms.process.warm import WarmSandboxes
from streamspace.protocol.streams import Endpoint, Role

log = structlog.get_logger(__name__)


class ProcessPlatform(Admissions, WarmSandboxes):
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
        self._root = root.absolute()
        self._python = python or Path(sys.executable)
        self._allow_apt = allow_apt
        self._allow_host_network = allow_host_network
        self._log_days = log_days
        self._settings = launching.Settings(
            portal_origin=portal_origin, log_bytes=log_bytes, start_seconds=start_seconds, first_size=first_size
        )
        self._installed = packages.Installed()
        self._tasks = Tasks()
        self._sessions: dict[str, Session] = {}
        self._warm: dict[str, Session] = {}
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()
        self._news = News()
        self._opening = asyncio.Lock()
        self._opened = False
        self._engine: asyncio.Task[Engine] | None = None

    # The interface

    async def start(self, spec: SessionSpec, report: Report) -> SessionView:
        """Run a session and return when it can be streamed."""
        await self._open()
        session = self._sessions.get(spec.session_id)
        if session is None:
            session = self._known(spec.session_id)
            self._sessions[spec.session_id] = session
        async with session.lock:
            if session.record is not None and session.alive() and session.record.state is not State.HIBERNATED:
                if session.record.state is State.STARTING:
                    await lifecycle.until_ready(session, self._limits, report)
                return session.view()
            asleep = dataclasses.replace(session.record) if session.record is not None else None
            try:
                if not (asleep is None and await self._take_warm(session, spec, report)):
                    await self._check(spec)
                    await self._start(session, spec, report)
            except BaseException as error:
                await asyncio.shield(self._undo(session, asleep))
                if isinstance(error, PlatformError | asyncio.CancelledError):
                    raise
                tail = session.folder.log_tail(lifecycle.TAIL_LINES)
                raise StartFailed(lifecycle.what_failed(error, tail), log_tail=tail) from error
            return session.view()

    async def wake(self, spec: SessionSpec, report: Report) -> SessionView:
        """Start a hibernated session again, with its home as it was."""
        return await self.start(spec, report)

    async def stop(self, session_id: str) -> None:
        """End a session and all it started."""
        await self._open()
        session = self._sessions.get(session_id)
        if session is None:
            return
        session.abandoned.set()
        async with session.lock:
            await lifecycle.end(session, self._limits)
            await self._forget(session)

    async def hibernate(self, session_id: str) -> None:
        """End a session's processes, keeping its home and its record."""
        session = await self._held(session_id)
        async with session.lock:
            if session.record is None:
                raise NoSuchSession
            if session.record.state is State.HIBERNATED:
                return
            await lifecycle.end(session, self._limits)
            session.record.state = State.HIBERNATED
            session.record.message = ""
            session.folder.save(session.record)

    async def inventory(self) -> list[SessionView]:
        """Return every session held here."""
        await self._open()
        return [session.view() for session in self._sessions.values() if session.record is not None]

    async def watch(self) -> AsyncIterator[Change]:
        """Yield what happens unordered."""
        await self._open()
        async for change in self._news.listen():
            yield change

    async def endpoint(self, session_id: str, role: Role) -> Endpoint:
        """Return the session's socket and the engine's token for a role."""
        session, record = await self._running(session_id)
        return participants.endpoint(session, record, record.tokens[role])

    async def logs(self, session_id: str, lines: int) -> str:
        """Return the last lines of a session's log, also after it ended."""
        folder = Folder(self._root, session_id)
        if session_id not in self._sessions and not folder.log.exists():
            raise NoSuchSession
        return await asyncio.to_thread(folder.log_tail, lines)

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
        for session in [*self._sessions.values(), *self._warm.values()]:
            session.release()

    # Finding what is there

    async def _open(self) -> None:
        """Read the records that an earlier agent left and take its sessions over."""
        if self._opened:
            return
        async with self._opening:
            if self._is_open():
                return
            for name in ("sessions", "run", "logs", "homes"):
                (self._root / name).mkdir(parents=True, exist_ok=True, mode=0o700)
            self._identities = Identities(self._root)
            self._limits = await asyncio.to_thread(Limits)
            self._engine = self._tasks.spawn(self._find_engine(), "find_engine")
            await asyncio.to_thread(records.remove_strays, self._root)
            self._warm_problem = await self._find_warm_problem()
            for record in records.load(self._root):
                if record.warm:
                    await self._readopt(record)
                    continue
                session = self._known(record.session_id, record)
                self._sessions[record.session_id] = session
                if record.state is State.STARTING:
                    await lifecycle.settle_launcher(session)
                if session.alive():
                    await self._adopt(session)
                elif record.state in {State.STARTING, State.RUNNING}:
                    await self._ended(session)
            kept = {session.folder.log.stem for session in [*self._sessions.values(), *self._warm.values()]}
            records.prune_logs(self._root, self._log_days, kept)
            self._opened = True

    def _is_open(self) -> bool:
        return self._opened

    async def _adopt(self, session: Session) -> None:
        record = session.record
        if record is None:
            return
        if record.state in {State.HIBERNATED, State.FAILED}:
            # The agent died between ending the session and hearing of its end.
            await lifecycle.end(session, self._limits)
            return
        if self._was_never_told(session):
            await lifecycle.end(session, self._limits)
            await self._forget(session)
            return
        self._watch_end(session)
        if record.state is State.STARTING:
            self._tasks.spawn(self._complete(session), f"complete {record.session_id}")
        log.info("session_adopted", session_id=record.session_id, state=record.state)

    async def _complete(self, session: Session) -> None:
        """See a start through that another agent began."""
        async with session.lock:
            try:
                await lifecycle.until_ready(session, self._limits, _unreported)
            except PlatformError as error:
                if session.record is not None and not session.abandoned.is_set():
                    await lifecycle.end(session, self._limits)
                    self._fail(session, str(error))

    async def _find_engine(self) -> Engine:
        return await asyncio.to_thread(engines.prepare, self._python, self._root)

    async def _held(self, session_id: str) -> Session:
        await self._open()
        session = self._sessions.get(session_id)
        if session is None or session.record is None:
            raise NoSuchSession
        return session

    def _known(self, session_id: str, record: Record | None = None) -> Session:
        # By id, not by object: a session that is being removed and its successor share folders, so they take turns.
        lock = self._locks.setdefault(session_id, asyncio.Lock())
        return Session(Folder(self._root, session_id, record.key if record else ""), lock, record)

    def _home(self, record: Record, folder: Folder) -> Path:
        if record.persistent_home:
            return self._identities.home(record.org_id, record.user_id)
        return self._root / "homes" / ".once" / folder.key

    # Starting

    async def _start(self, session: Session, spec: SessionSpec, report: Report) -> None:
        session.abandoned.clear()
        await report("sandbox")
        record = self._record(spec, self._identities.owner(spec.org_id, spec.user_id))
        home = self._home(record, session.folder)
        await asyncio.to_thread(self._identities.make_home, home, record.owner)
        await self._set_up(session, spec, record, home)
        self._watch_end(session)
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
        """Leave nothing of a start that failed, except its log; a hibernated session stays hibernated."""
        await lifecycle.end(session, self._limits)
        if asleep is not None and asleep.state is State.HIBERNATED and not session.abandoned.is_set():
            session.record = asleep
            session.folder.save(asleep)
            return
        await self._forget(session)

    # Ending

    async def _forget(self, session: Session) -> None:
        """Remove all of a session but its log and its persistent home."""
        record = session.record
        if record is not None and not record.persistent_home:
            await asyncio.to_thread(shutil.rmtree, self._home(record, session.folder), ignore_errors=True)
        await asyncio.to_thread(session.folder.remove)
        for session_id in [name for name, held in self._sessions.items() if held is session]:
            del self._sessions[session_id]

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
        await lifecycle.end(session, self._limits)
        if status.outcome == "closed":
            await self._forget(session)
            self._news.tell(Change(session_id=record.session_id, state=None, message=status.message))
            return
        message = status.message or "The session ended unexpectedly: its processes are gone."
        if starved:
            message += " It had used all the memory it may have."
        self._fail(session, message)

    def _fail(self, session: Session, message: str) -> None:
        record = session.record
        if record is None:
            return
        record.state, record.message = State.FAILED, message
        session.folder.save(record)
        tail = session.folder.log_tail(lifecycle.TAIL_LINES)
        self._news.tell(Change(session_id=record.session_id, state=State.FAILED, message=message, log_tail=tail))


async def _unreported(phase: str, message: str = "") -> None:
    """Nobody waits for this start any more."""
    del phase, message
