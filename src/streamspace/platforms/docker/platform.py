"""The platform: starts, finds again, watches and ends sessions in containers."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

import aiohttp
import structlog
from aiodocker.exceptions import DockerError

from streamspace.kit import backoff
from streamspace.platforms.base import (
    Change,
    NotRunning,
    PlatformError,
    Report,
    SessionSpec,
    StartFailed,
    State,
    ToolMissing,
    Usage,
)
from streamspace.platforms.docker import containers, engine, homes, networks, recipes
from streamspace.platforms.docker.engine import Engine
from streamspace.platforms.docker.images import Images
from streamspace.platforms.docker.lifecycle import Workshop
from streamspace.platforms.docker.pausing import Pausing
from streamspace.platforms.docker.session import Session
from streamspace.platforms.docker.shelf import Shelf
from streamspace.platforms.docker.warm import WarmContainers
from streamspace.platforms.local.platform import Person
from streamspace.platforms.local.records import Folder, Record
from streamspace.platforms.local.waiting import WAITS
from streamspace.platforms.process import launching

log = structlog.get_logger(__name__)

RESTARTED = "The container engine was restarted. Wake the session to go on."
_MEASURE_SECONDS = 0.2


class DockerPlatform(WarmContainers, Pausing):
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
    FOLDERS = ("given",)

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
        super().__init__(root, log_days=log_days)
        self._engine = Engine(socket or engine.socket_path())
        self._filtered = networks.filter_available() or not allow_host_network
        choices = launching.Settings(
            portal_origin=portal_origin, log_bytes=log_bytes, start_seconds=start_seconds, first_size=first_size
        )
        self._settings = dataclasses.replace(choices, allow_root_images=allow_root_images)
        self._images = Images(self._engine, base_image, Shelf(self._engine, self._root / "images", keep_images))

    # The interface

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

    async def _find(self) -> None:
        """Listen to the engine from now on; it says what of the sessions is there."""
        self._workshop = Workshop(
            engine=self._engine,
            images=self._images,
            identities=self._identities,
            settings=self._settings,
            root=self._root,
            agent=containers.identity(self._root),
            filtered=self._filtered,
        )
        heard = asyncio.Event()
        self._tasks.spawn(self._attend(heard), "engine-events")
        await heard.wait()

    def _remembered(self, folder: Folder, lock: asyncio.Lock, record: Record | None) -> Session:
        return Session(folder, lock, record)

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
        elif not session.running and record.state is State.STARTING:
            async with session.lock:
                await self._break_off(session)
        elif not session.running and record.state is State.RUNNING:
            async with session.lock:
                await self._ended(session, restarted=restarted)

    # Starting

    async def _begin(self, session: Session, spec: SessionSpec, report: Report) -> None:
        with engine.sentences():
            await self._workshop.start(session, spec, report)

    async def _finish(self, session: Session, report: Report) -> None:
        if session.folder.status().phase == WAITS:
            raise StartFailed("The start was broken off with the agent.")  # it was never told whose it is
        await self._workshop.finish(session, report)

    # Ending

    async def _undo(self, session: Session, asleep: Record | None) -> None:
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

    async def _end(self, session: Session) -> None:
        with engine.sentences():
            await self._workshop.end(session)

    async def _clear(self, session: Session) -> None:
        with engine.sentences():
            await self._workshop.remove(session)

    async def _forget(self, session: Session) -> None:
        with engine.sentences():
            await self._workshop.forget(session)
        self._drop(session)

    async def _sizes(self, wanted: Collection[Person] | None) -> dict[Person, int | None]:
        with engine.sentences():
            return await homes.sizes(self._engine, wanted)

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
            await self._forget(session)
            self._news.tell(Change(session_id=record.session_id, state=None, message=status.message))
        elif status.outcome == "stopped" or (restarted and not status.outcome):
            # Nobody here ordered it, so the engine or the machine went down; all that `wake` needs is there.
            self._touch(record)
            record.state, record.message = State.HIBERNATED, RESTARTED
            session.folder.save(record)
            self._news.tell(Change(session_id=record.session_id, state=State.HIBERNATED, message=RESTARTED))
        else:
            await self._workshop.remove(session)
            message = status.message or "The session ended unexpectedly: its container is gone or was killed."
            self._fail(session, message + (" It had used all the memory it may have." if session.starved else ""))
