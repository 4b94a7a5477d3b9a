"""Sessions that are started ahead: how they wait, and how one is handed over to the person who comes."""

from __future__ import annotations

import asyncio
import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Generic, TypeVar

import structlog

from streamspace.kit.tasks import Tasks
from streamspace.platforms import grafts
from streamspace.platforms.base import (
    Change,
    PlatformError,
    Report,
    SessionSpec,
    StartFailed,
    State,
    WarmSpec,
    WarmView,
)
from streamspace.platforms.inside.warm import TAKEN
from streamspace.platforms.local import following
from streamspace.platforms.local.records import Folder, Record
from streamspace.platforms.local.session import Session
from streamspace.platforms.local.surroundings import INSIDE_HOME
from streamspace.platforms.news import News
from streamspace.protocol.manifest import TemplateManifest

log = structlog.get_logger(__name__)

FIRST_OWNER = 2_000_000_000
"""Host users of sessions that wait, above those of people. Nothing on disk is ever theirs, so they are used again."""
WAITS = "warm"
_HANDOVER_SECONDS = 5.0
_BEHIND = {"display", "engine"}


S = TypeVar("S", bound=Session)


class Waiting(ABC, Generic[S]):
    """The part of a platform that starts sessions ahead and hands them over."""

    _root: Path
    _news: News
    _tasks: Tasks
    _warm: dict[str, S]

    # What each platform does its own way

    @abstractmethod
    async def _open(self) -> None:
        """Read what an earlier agent left."""

    @abstractmethod
    def _known(self, session_id: str, record: Record | None = None) -> S:
        """Return what is kept in memory of a session."""

    @abstractmethod
    def _all_owners(self) -> Iterable[int]:
        """Return the host users of all sessions here."""

    @abstractmethod
    async def _heat(self, waiting: S, spec: WarmSpec) -> None:
        """Start a sandbox and write down its record; it says `warm` when it waits."""

    @abstractmethod
    async def _end_warm(self, waiting: S) -> None:
        """End a sandbox that waits, leaving nothing of it."""

    @abstractmethod
    async def _hand_over(self, session: S, waiting: S, spec: SessionSpec, report: Report) -> None:
        """Make a sandbox that waits this session's, and return when it can be streamed."""

    @abstractmethod
    async def _uses(self, waiting: S) -> int | None:
        """Return how much memory a sandbox that waits uses."""

    # The ability

    @abstractmethod
    async def warm_problem(self) -> str | None:
        """Say why nothing can be started ahead here, if so."""

    async def warm(self, spec: WarmSpec) -> WarmView:
        """Start all that needs no person."""
        if (problem := await self.warm_problem()) is not None:
            raise PlatformError(f"Sessions cannot be started ahead here: {problem}.")
        waiting = self._warm.get(spec.warm_id)
        if waiting is None:
            waiting = self._warm[spec.warm_id] = self._known(spec.warm_id)
        async with waiting.lock:
            if waiting.record is None or not waiting.alive():
                try:
                    await self._heat(waiting, spec)
                    await self._until_warm(waiting)
                except BaseException as error:
                    tail = waiting.folder.log_tail(following.TAIL_LINES)
                    await asyncio.shield(self._end_warm(waiting))
                    if isinstance(error, PlatformError | asyncio.CancelledError):
                        raise
                    raise StartFailed(following.what_failed(error, tail), log_tail=tail) from error
            return await self._warm_view(waiting)

    async def cool(self, warm_id: str) -> None:
        """End a sandbox that waits."""
        await self._open()
        waiting = self._warm.get(warm_id)
        if waiting is None:
            return
        waiting.abandoned.set()
        async with waiting.lock:
            if self._warm.get(warm_id) is waiting:
                await self._end_warm(waiting)

    async def warm_inventory(self) -> list[WarmView]:
        """Return those that wait here."""
        await self._open()
        return [await self._warm_view(waiting) for waiting in list(self._warm.values()) if waiting.record is not None]

    async def _warm_view(self, waiting: S) -> WarmView:
        record = waiting.record
        if record is None:
            raise StartFailed
        return WarmView(
            warm_id=record.session_id,
            ready=record.state is State.RUNNING,
            template=record.template,
            memory_bytes=await self._uses(waiting),
        )

    async def _until_warm(self, waiting: S) -> None:
        while True:
            status = waiting.folder.status()
            if status.phase == WAITS:
                break
            if waiting.abandoned.is_set():
                raise StartFailed("It was not wanted any more.")
            if status.phase == "ended" or not waiting.alive():
                raise StartFailed(
                    waiting.folder.status().message or "The sandbox ended while it started.",
                    log_tail=waiting.folder.log_tail(following.TAIL_LINES),
                )
            await asyncio.sleep(following.LOOK_SECONDS)
        if waiting.record is not None:
            waiting.record.state = State.RUNNING
            waiting.folder.save(waiting.record)

    # Handing over

    async def _take_warm(self, session: S, spec: SessionSpec, report: Report) -> bool:
        """Give a session the sandbox that was set aside for it; false where it must start as usual."""
        waiting = self._warm.get(spec.warm_id)
        if waiting is None:
            return False
        async with waiting.lock:
            if self._warm.get(spec.warm_id) is not waiting:
                return False
            if not self._fits(waiting, spec):
                await self._end_warm(waiting)
                return False
            own = session.folder
            session.abandoned.clear()
            try:
                await report("sandbox")
                await self._hand_over(session, waiting, spec, _of_what_is_left(report))
            except (PlatformError, OSError) as error:
                if session.abandoned.is_set():
                    raise
                log.warning("warm_session_unfit", session_id=spec.session_id, reason=str(error))
                await self._give_back(session, waiting)
                session.folder, session.record = own, None
                return False
            return True

    async def _give_back(self, session: S, waiting: S) -> None:
        """End a sandbox that was to be this session's, with the home that was made for it alone."""
        if session.record is not None and not session.record.persistent_home:
            await self._remove_home(session.record, session.folder)
        await self._end_warm(waiting)

    @abstractmethod
    async def _remove_home(self, record: Record, folder: Folder) -> None:
        """Remove a home that goes with its session."""

    def _fits(self, waiting: S, spec: SessionSpec) -> bool:
        record = waiting.record
        return (
            record is not None
            and record.made_of == made_of(spec.manifest)
            and record.memory_bytes == spec.memory_bytes
            and waiting.alive()
            and waiting.folder.status().phase == WAITS
        )

    def _become(self, session: S, waiting: S, record: Record) -> None:
        """Write down that what waited is this session's; from here on it is no warm one, whatever happens."""
        waiting.release()
        self._warm.pop(waiting.record.session_id if waiting.record else "", None)
        session.folder = Folder(self._root, record.session_id, waiting.folder.key)
        session.record = record
        if waiting.folder.log.exists():
            waiting.folder.log.replace(session.folder.log)
        session.folder.save(record)

    def _spare_owner(self) -> int:
        """Return a host user that nothing here runs as."""
        taken = {*self._all_owners(), *(w.record.owner for w in self._warm.values() if w.record is not None)}
        return next(number for number in range(FIRST_OWNER, FIRST_OWNER + len(taken) + 1) if number not in taken)

    # Hearing of it

    async def _warm_ended(self, waiting: S) -> None:
        record = waiting.record
        async with waiting.lock:
            if record is None or self._warm.get(record.session_id) is not waiting:
                return
            message = waiting.folder.status().message or "Its processes are gone."
            await self._end_warm(waiting)
        self._news.tell(Change(session_id=record.session_id, state=None, message=message, warm=True))


def _of_what_is_left(report: Report) -> Report:
    """Leave out the phases that one that waited has behind it; each is a message, and its answer a transaction."""

    async def tell_of(phase: str, message: str = "") -> None:
        if phase not in _BEHIND:
            await report(phase, message)

    return tell_of


def made_of(manifest: TemplateManifest) -> str:
    """Return a digest of what a session is started from."""
    body = json.dumps(manifest.model_dump(mode="json", by_alias=True), sort_keys=True).encode()
    return hashlib.sha256(body).hexdigest()


async def bring_home(home: Path, pid: int, *, owner: int, shown_as: int) -> None:
    """Mount a person's home in a sandbox that waits.

    Raises:
        OSError: it cannot be done.
    """
    await asyncio.to_thread(grafts.graft, home, pid, INSIDE_HOME, owner=owner, shown_as=shown_as)


async def tell(folder: Folder, configuration: dict[str, Any]) -> None:
    """Tell a sandbox whose it is, once and for all.

    Raises:
        StartFailed: it did not take it.
    """
    try:
        async with asyncio.timeout(_HANDOVER_SECONDS):
            reader, writer = await asyncio.open_unix_connection(folder.claims)
            try:
                writer.write(json.dumps(configuration).encode())
                writer.write_eof()
                answer = await reader.read(1)
            finally:
                writer.transport.abort()
    except (OSError, TimeoutError) as error:
        raise StartFailed(f"The session that was started ahead does not answer: {error}") from error
    folder.claims.unlink(missing_ok=True)
    if answer != TAKEN:
        raise StartFailed("The session that was started ahead did not take its configuration.")


async def remove_files(waiting: Session) -> None:
    """Remove all files of a sandbox that waited."""
    await asyncio.to_thread(waiting.folder.remove)
    await asyncio.to_thread(lambda: waiting.folder.log.unlink(missing_ok=True))
