"""The life of sessions that an agent keeps on its own machine, whatever runs them."""

from __future__ import annotations

import asyncio
import dataclasses
import weakref
from abc import abstractmethod
from collections.abc import AsyncIterator, Collection, Iterable
from pathlib import Path
from typing import TypeVar

import structlog

from streamspace.kit.tasks import Tasks
from streamspace.platforms.base import (
    Change,
    HomeSize,
    NoSuchSession,
    PlatformError,
    Report,
    SessionSpec,
    SessionView,
    StartFailed,
    State,
)
from streamspace.platforms.local import following, participants, records
from streamspace.platforms.local.identities import Identities
from streamspace.platforms.local.participants import Admissions
from streamspace.platforms.local.records import Folder, Record
from streamspace.platforms.local.session import Session
from streamspace.platforms.local.waiting import Waiting
from streamspace.platforms.news import News
from streamspace.protocol.streams import Endpoint, Role

log = structlog.get_logger(__name__)

S = TypeVar("S", bound=Session)
Person = tuple[str, str]
"""An organisation's id, and a user's."""


class LocalPlatform(Admissions, Waiting[S]):
    """Starts, finds again, watches and ends sessions. They outlive the object and its process.

    Args:
        root: the data folder: records, logs, sockets.
        log_days: how long logs of ended sessions are kept.
    """

    FOLDERS: tuple[str, ...] = ()
    """Folders of the platform's own below the data folder."""

    def __init__(self, root: Path, *, log_days: float) -> None:
        self._root = root.absolute()
        self._log_days = log_days
        self._identities = Identities(self._root)
        self._news = News()
        self._tasks = Tasks()
        self._sessions: dict[str, S] = {}
        self._warm: dict[str, S] = {}
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()
        self._opening = asyncio.Lock()
        self._opened = False
        self._touched: set[Person] = set()
        """Whose homes may have grown since they were last measured."""

    # What each platform does its own way

    @abstractmethod
    def _remembered(self, folder: Folder, lock: asyncio.Lock, record: Record | None) -> S:
        """Return what is to be kept in memory of a session."""

    @abstractmethod
    async def _find(self) -> None:
        """Take over what an earlier agent left; its records have been read."""

    @abstractmethod
    async def _begin(self, session: S, spec: SessionSpec, report: Report) -> None:
        """Start a session and return when it can be streamed."""

    @abstractmethod
    async def _finish(self, session: S, report: Report) -> None:
        """Follow a start that is under way to its end."""

    @abstractmethod
    async def _undo(self, session: S, asleep: Record | None) -> None:
        """Leave nothing of a start that failed, except its log; a hibernated session stays hibernated."""

    @abstractmethod
    async def _end(self, session: S) -> None:
        """End a session's processes, keeping what `wake` needs."""

    @abstractmethod
    async def _clear(self, session: S) -> None:
        """End what is left of a session that failed."""

    @abstractmethod
    async def _forget(self, session: S) -> None:
        """Remove all of a session but its log and its persistent home."""

    @abstractmethod
    async def _sizes(self, wanted: Collection[Person] | None) -> dict[Person, int | None]:
        """Measure the homes of these people that are here, or all; None for what could not be measured."""

    # The interface

    async def start(self, spec: SessionSpec, report: Report) -> SessionView:
        """Run a session and return when it can be streamed."""
        await self._open()
        session = self._sessions.get(spec.session_id)
        if session is None:
            session = self._sessions[spec.session_id] = self._known(spec.session_id)
        async with session.lock:
            if session.record is not None and session.alive() and session.record.state is not State.HIBERNATED:
                if session.record.state is State.STARTING:
                    await self._finish(session, report)
                return session.view()
            asleep = dataclasses.replace(session.record) if session.record is not None else None
            try:
                if not (asleep is None and await self._take_warm(session, spec, report)):
                    await self._begin(session, spec, report)
            except BaseException as error:
                await asyncio.shield(self._undo(session, asleep))
                if isinstance(error, PlatformError | asyncio.CancelledError):
                    raise
                tail = session.folder.log_tail(following.TAIL_LINES)
                raise StartFailed(following.what_failed(error, tail), log_tail=tail) from error
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
            await self._end(session)
            await self._forget(session)

    async def hibernate(self, session_id: str) -> None:
        """End a session's processes, keeping its home and its record."""
        session = await self._held(session_id)
        async with session.lock:
            if session.record is None:
                raise NoSuchSession
            if session.record.state is State.HIBERNATED:
                return
            await self._end(session)
            self._touch(session.record)
            session.record.state, session.record.message = State.HIBERNATED, ""
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

    async def homes(self, *, touched: bool = False) -> tuple[list[HomeSize], bool]:
        """Measure all homes, or those alone whose sessions ended since this was last asked."""
        await self._open()
        wanted, self._touched = self._touched, set()
        if touched and not wanted:
            return [], True
        sizes = await self._sizes(wanted if touched else None)
        told = [
            HomeSize(org_id=org_id, user_id=user_id, size_bytes=size)
            for (org_id, user_id), size in sorted(sizes.items())
            if size is not None
        ]
        return told, len(told) == len(sizes)

    # Finding what is there

    async def _open(self) -> None:
        """Read the records that an earlier agent left and take its sessions over."""
        if self._opened:
            return
        async with self._opening:
            if self._is_open():
                return
            for name in ("sessions", "run", "logs", *self.FOLDERS):
                (self._root / name).mkdir(parents=True, exist_ok=True, mode=0o700)
            await asyncio.to_thread(records.remove_strays, self._root)
            for record in records.load(self._root):
                held = self._warm if record.warm else self._sessions
                held[record.session_id] = self._known(record.session_id, record)
            await self._find()
            records.prune_logs(self._root, self._log_days, {session.folder.log.stem for session in self._all()})
            self._opened = True

    def _is_open(self) -> bool:
        return self._opened

    def _all(self) -> list[S]:
        return [*self._sessions.values(), *self._warm.values()]

    def _all_owners(self) -> Iterable[int]:
        return [held.record.owner for held in self._sessions.values() if held.record is not None]

    async def _complete(self, session: S) -> None:
        """See a start through that another agent began."""
        async with session.lock:
            try:
                await self._finish(session, following.unreported)
            except PlatformError as error:
                if session.record is not None and not session.abandoned.is_set():
                    log.warning("start_broken_off", session_id=session.record.session_id, reason=str(error)[:200])
                    await self._break_off(session)

    async def _break_off(self, session: S) -> None:
        """Leave nothing but the home of a start that ended with its agent.

        It is no failure: the order is still open, so it comes again, and what becomes of it is told then.
        """
        await self._clear(session)
        await asyncio.to_thread(session.folder.remove)
        session.record = None

    async def _held(self, session_id: str) -> S:
        await self._open()
        session = self._sessions.get(session_id)
        if session is None or session.record is None:
            raise NoSuchSession
        return session

    def _known(self, session_id: str, record: Record | None = None) -> S:
        # By id, not by object: a session that is being removed and its successor share folders, so they take turns.
        lock = self._locks.setdefault(session_id, asyncio.Lock())
        return self._remembered(Folder(self._root, session_id, record.key if record else ""), lock, record)

    # Ending

    def _touch(self, record: Record) -> None:
        if record.persistent_home and not record.warm:
            self._touched.add((record.org_id, record.user_id))

    def _drop(self, session: S) -> None:
        if session.record is not None:
            self._touch(session.record)
        session.record = None  # its end may be heard only now, and is no news
        for session_id in [name for name, held in self._sessions.items() if held is session]:
            del self._sessions[session_id]

    def _fail(self, session: S, message: str) -> None:
        record = session.record
        if record is None:
            return
        self._touch(record)
        record.state, record.message = State.FAILED, message
        session.folder.save(record)
        tail = session.folder.log_tail(following.TAIL_LINES)
        self._news.tell(Change(session_id=record.session_id, state=State.FAILED, message=message, log_tail=tail))
