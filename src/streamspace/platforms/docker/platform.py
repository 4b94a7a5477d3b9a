"""The platform: starts, finds again, watches and ends sessions in containers."""

from __future__ import annotations

import asyncio
import dataclasses
import weakref
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import structlog
from aiodocker.exceptions import DockerError

from streamspace.kit import backoff
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
from streamspace.platforms.docker import containers, engine, homes, networks, recipes
from streamspace.platforms.docker.engine import Engine
from streamspace.platforms.docker.images import Images
from streamspace.platforms.docker.lifecycle import Workshop, unreported
from streamspace.platforms.docker.pausing import Pausing
from streamspace.platforms.docker.session import Session
from streamspace.platforms.docker.shelf import Shelf
from streamspace.platforms.docker.warm import WarmContainers
from streamspace.platforms.news import News
from streamspace.platforms.process import launching, lifecycle, participants, records
from streamspace.platforms.process.identities import Identities
from streamspace.platforms.process.participants import Admissions
from streamspace.platforms.process.records import Folder, Record
from streamspace.platforms.process.waiting import WAITS
from streamspace.protocol.streams import Endpoint, Role

log = structlog.get_logger(__name__)

RESTARTED = "The container engine was restarted. Wake the session to go on."
_MEASURE_SECONDS = 0.2


class DockerPlatform(Admissions, Pausing, WarmContainers):
    """Runs each session in a container of this machine's engine. The sessions outlive the object and its process.

    Args:
        root: the data folder: logs, records, sockets. The engine sees it under the same path.
        socket: where the engine listens; DOCKER_HOST or the usual place unless said otherwise.
        base_image: what the session image starts from.
        keep_images: how long an image that was built here stays when no session uses it.
        allow_host_network: whether sessions that use the network may reach this machine's services where its filter
            cannot be written.
        allow_root_images: whether images may start as root inside their container, as LinuxServer's do.
        portal_origin: the origin(s), comma-separated, whose pages may show a session in a frame.
        log_bytes: how large a session's log grows before its older half is dropped.
        log_days: how long logs of ended sessions are kept.
        start_seconds: how long a start may take, once its image is here.
        first_size: the display's size until somebody connects.
    """

    name = "docker"

    def __init__(
        self,
        root: Path,
        *,
        socket: Path | None = None,
        base_image: str = recipes.BASE,
        keep_images: timedelta = timedelta(days=14),
        allow_host_network: bool = False,
        allow_root_images: bool = False,
        portal_origin: str | None = None,
        log_bytes: int = 1_000_000,
        log_days: float = 7.0,
        start_seconds: float = 60.0,
        first_size: str = "1600x900",
    ) -> None:
        self._root = root.absolute()
        self._engine = Engine(socket or engine.socket_path())
        self._filtered = networks.filter_available() or not allow_host_network
        self._log_days = log_days
        choices = launching.Settings(
            portal_origin=portal_origin, log_bytes=log_bytes, start_seconds=start_seconds, first_size=first_size
        )
        self._settings = dataclasses.replace(choices, allow_root_images=allow_root_images)
        self._images = Images(self._engine, base_image, Shelf(self._engine, root / "images", keep_images))
        self._news = News()
        self._tasks = Tasks()
        self._sessions: dict[str, Session] = {}
        self._warm: dict[str, Session] = {}
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()
        self._opening = asyncio.Lock()
        self._opened = False

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
                    await self._workshop.finish(session, report)
                return session.view()
            asleep = dataclasses.replace(session.record) if session.record is not None else None
            try:
                if not (asleep is None and await self._take_warm(session, spec, report)):
                    with engine.sentences():
                        await self._workshop.start(session, spec, report)
            except BaseException as error:
                await asyncio.shield(self._undo(session, asleep))
                if isinstance(error, PlatformError | asyncio.CancelledError):
                    raise
                tail = session.folder.log_tail(lifecycle.TAIL_LINES)
                raise StartFailed(f"The session could not be started: {error}", log_tail=tail) from error
            return session.view()

    async def wake(self, spec: SessionSpec, report: Report) -> SessionView:
        """Start a hibernated session's container again, with its home as it was."""
        return await self.start(spec, report)

    async def stop(self, session_id: str) -> None:
        """End a session and remove its container and network."""
        await self._open()
        session = self._sessions.get(session_id)
        if session is None:
            return
        session.abandoned.set()
        async with session.lock:
            with engine.sentences():
                await self._workshop.end(session)
                await self._workshop.forget(session)
            self._drop(session)

    async def hibernate(self, session_id: str) -> None:
        """Stop a session's container, keeping it, its home and its record."""
        session = await self._held(session_id)
        async with session.lock:
            if session.record is None:
                raise NoSuchSession
            if session.record.state is State.HIBERNATED:
                return
            with engine.sentences():
                await self._workshop.end(session)
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
        if session.view().metadata.get("paused"):
            raise NotRunning("The session is paused.")
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
        if not session.alive():
            raise NotRunning
        with engine.sentences():
            used = session.used(await self._engine.stats(session.name))
            if used is None:
                await asyncio.sleep(_MEASURE_SECONDS)
                used = session.used(await self._engine.stats(session.name))
        if used is None:
            raise NotRunning
        return used

    def check(self) -> None:
        """Make sure that an engine answers."""
        if (lacking := engine.problem(self._engine.path)) is not None:
            raise ToolMissing(lacking)

    async def close(self) -> None:
        """Let go of the sessions; they run on."""
        await self._tasks.close()
        await self._images.close()
        await self._engine.close()

    # Finding what is there

    async def _open(self) -> None:
        """Read the records that an earlier agent left, take its sessions over, and listen to the engine from now on."""
        if self._opened:
            return
        async with self._opening:
            if self._is_open():
                return
            for name in ("sessions", "run", "logs", "given"):
                (self._root / name).mkdir(parents=True, exist_ok=True, mode=0o700)
            self._workshop = Workshop(
                engine=self._engine,
                images=self._images,
                identities=Identities(self._root),
                settings=self._settings,
                root=self._root,
                agent=containers.identity(self._root),
                filtered=self._filtered,
            )
            await asyncio.to_thread(records.remove_strays, self._root)
            for record in records.load(self._root):
                held = self._warm if record.warm else self._sessions
                held[record.session_id] = self._known(record.session_id, record)
            records.prune_logs(self._root, self._log_days, {session.folder.log.stem for session in self._all()})
            heard = asyncio.Event()
            self._tasks.spawn(self._attend(heard), "engine-events")
            await heard.wait()
            self._opened = True

    def _is_open(self) -> bool:
        return self._opened

    async def _attend(self, heard: asyncio.Event) -> None:
        """Listen to the engine for as long as the agent lives; after each silence, look at what is there."""
        delays, first = backoff.jittered(), True
        while True:
            try:
                events = self._engine.events(f"{containers.AGENT_LABEL}={self._workshop.agent}")
                async for event in events:
                    if event:
                        self._heard(event)
                        continue
                    self._workshop.info.update(await self._engine.info())
                    await self._reconcile(restarted=not first)
                    delays, first = backoff.jittered(), False
                    heard.set()
            except (DockerError, aiohttp.ClientError, OSError, ValueError, PlatformError) as error:
                log.warning("engine_away", reason=str(error)[:200])
            except Exception:
                log.exception("engine_not_understood")  # whatever it said, the next try may go better
            heard.set()
            await asyncio.sleep(next(delays).total_seconds())

    def _heard(self, event: dict[str, object]) -> None:
        session = self._by_name(event)
        if session is None:
            return
        what = event.get("Action")
        if what in {"pause", "unpause"}:
            session.paused = what == "pause"
        elif what == "oom":
            session.starved = True
        elif what == "die":
            session.running = session.paused = False
            ended = self._warm_ended if session in self._warm.values() else self._heard_end
            self._tasks.spawn(ended(session), f"ended {session.folder.key}")

    def _by_name(self, event: dict[str, object]) -> Session | None:
        actor = event.get("Actor")
        labels = actor.get("Attributes", {}) if isinstance(actor, dict) else {}
        key = labels.get(containers.KEY_LABEL)
        return next((session for session in self._all() if session.folder.key == key), None)

    def _all(self) -> list[Session]:
        return [*self._sessions.values(), *self._warm.values()]

    async def _reconcile(self, *, restarted: bool) -> None:
        """Make what is there and what should be agree: by label, so nothing else of the engine's is touched."""
        found = await self._engine.containers(f"{containers.AGENT_LABEL}={self._workshop.agent}")
        by_key = {one["Labels"].get(containers.KEY_LABEL): one for one in found}
        for session in list(self._sessions.values()):
            one = by_key.get(session.folder.key)
            if session.lock.locked():
                continue  # whoever holds it finds out
            session.running = one is not None and one["State"] in {"running", "paused"}
            session.paused = one is not None and one["State"] == "paused"
            await self._review(session, restarted=restarted)
        await self._review_warm(by_key)
        known = {session.folder.key for session in self._all()}
        for one in found:
            if one["Labels"].get(containers.KEY_LABEL) not in known:
                await self._engine.remove_container(one["Id"])
        for key in await networks.keys(self._engine, self._workshop.agent) - known:
            await networks.remove(self._engine, key)
        await homes.remove_strays(self._engine, self._workshop.agent, known)

    async def _review(self, session: Session, *, restarted: bool) -> None:
        record = session.record
        if record is None:
            return
        if session.running and record.state in {State.HIBERNATED, State.FAILED}:
            await self._workshop.end(session)  # the agent died between ending it and hearing of its end
        elif session.running and record.state is State.STARTING:
            self._tasks.spawn(self._complete(session), f"complete {record.session_id}")
        elif not session.running and record.state in {State.STARTING, State.RUNNING}:
            async with session.lock:
                await self._ended(session, restarted=restarted)

    async def _complete(self, session: Session) -> None:
        """See a start through that another agent began."""
        async with session.lock:
            try:
                if session.folder.status().phase == WAITS:
                    raise StartFailed("The start was broken off with the agent.")  # it was never told whose it is
                await self._workshop.finish(session, unreported)
            except PlatformError as error:
                if session.record is not None and not session.abandoned.is_set():
                    await self._workshop.remove(session)
                    self._fail(session, str(error))

    async def _held(self, session_id: str) -> Session:
        await self._open()
        session = self._sessions.get(session_id)
        if session is None or session.record is None:
            raise NoSuchSession
        return session

    def _known(self, session_id: str, record: Record | None = None) -> Session:
        lock = self._locks.setdefault(session_id, asyncio.Lock())
        return Session(Folder(self._root, session_id, record.key if record else ""), lock, record)

    # Ending

    async def _undo(self, session: Session, asleep: Record | None) -> None:
        """Leave nothing of a start that failed, except its log; a hibernated session stays hibernated."""
        keep = asleep if asleep is not None and asleep.state is State.HIBERNATED else None
        try:
            with engine.sentences():
                await self._workshop.remove(session)
                if keep is None or session.abandoned.is_set():
                    await self._workshop.forget(session)
        except PlatformError as error:
            # What the engine still has is removed as a stray when it answers again.
            log.warning("undo_failed", session_id=session.folder.key, reason=str(error)[:200])
        if keep is not None and not session.abandoned.is_set():
            session.record = keep
            session.folder.save(keep)
            return
        await asyncio.to_thread(session.folder.remove)
        self._drop(session)

    def _drop(self, session: Session) -> None:
        session.record = None  # its container's end may be heard only now, and is no news
        for session_id in [name for name, held in self._sessions.items() if held is session]:
            del self._sessions[session_id]

    async def _heard_end(self, session: Session) -> None:
        async with session.lock:
            record = session.record
            if record is not None and record.state is State.RUNNING and not session.running:
                await self._ended(session)

    async def _ended(self, session: Session, *, restarted: bool = False) -> None:
        """Say how a session ended by itself, and clean up after it."""
        status, record = session.folder.status(), session.record
        if record is None:
            return
        if status.outcome == "closed":
            await self._workshop.forget(session)
            self._drop(session)
            self._news.tell(Change(session_id=record.session_id, state=None, message=status.message))
        elif status.outcome == "stopped" or (restarted and not status.outcome):
            # Nobody here ordered it, so the engine or the machine went down; all that `wake` needs is there.
            record.state, record.message = State.HIBERNATED, RESTARTED
            session.folder.save(record)
            self._news.tell(Change(session_id=record.session_id, state=State.HIBERNATED, message=RESTARTED))
        else:
            await self._workshop.remove(session)
            message = status.message or "The session ended unexpectedly: its container is gone or was killed."
            self._fail(session, message + (" It had used all the memory it may have." if session.starved else ""))

    def _fail(self, session: Session, message: str) -> None:
        record = session.record
        if record is None:
            return
        record.state, record.message = State.FAILED, message
        session.folder.save(record)
        tail = session.folder.log_tail(lifecycle.TAIL_LINES)
        self._news.tell(Change(session_id=record.session_id, state=State.FAILED, message=message, log_tail=tail))
