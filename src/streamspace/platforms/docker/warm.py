"""Containers that wait for their person: started without home, and with a user of this machine that is nobody's."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog

from streamspace.platforms import grafts
from streamspace.platforms.base import Change, PlatformError, Report, SessionSpec, StartFailed, State, WarmSpec
from streamspace.platforms.docker import containers, engine, homes
from streamspace.platforms.docker.handover import Handover
from streamspace.platforms.docker.images import Image
from streamspace.platforms.docker.lifecycle import Workshop
from streamspace.platforms.docker.session import Session
from streamspace.platforms.local.following import unreported
from streamspace.platforms.local.platform import LocalPlatform
from streamspace.platforms.local.records import Folder, Record
from streamspace.platforms.local.waiting import WAITS, bring_home, made_of, remove_files, tell
from streamspace.platforms.process import launching

log = structlog.get_logger(__name__)

_MAPPED = "the container engine maps users (userns-remap or rootless), so homes cannot be brought in later"
_ELSEWHERE = "the container engine's files are not where the agent can see them"


class WarmContainers(LocalPlatform[Session]):
    """What the docker platform does its own way."""

    _engine: engine.Engine
    _workshop: Workshop

    async def warm_problem(self) -> str | None:
        """Say why nothing can be started ahead here, if so; the engine may have come since it was last asked."""
        await self._open()
        info = self._workshop.info
        if not info:
            return "the container engine does not answer"
        if containers.maps_users(info):
            return _MAPPED
        volumes = Path(str(info.get("DockerRootDir") or "/nowhere")) / "volumes"
        if not await asyncio.to_thread(volumes.is_dir):
            return _ELSEWHERE
        return await asyncio.to_thread(grafts.problem, volumes)

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
        workshop = self._workshop
        with engine.sentences():
            record = dataclasses.replace(workshop.record(nobody, self._spare_owner()), warm=True)
            record.made_of = made_of(spec.manifest)
            waiting.record = record
            waiting.folder.save(record)
            image = await workshop.image(waiting, nobody, unreported)
            await asyncio.to_thread(waiting.folder.create)
            await workshop.container(waiting, record, image, home=None)
            configured = launching.configuration(workshop.settings, adapted(nobody, image), record)
            record.tokens = {}  # the container is told none, and gets its person's
            container = self._engine.client.containers.container(waiting.name)
            with Handover(waiting.folder, launching.before_anybody(configured), waits=True) as handover:
                waiting.running = True
                await container.start()
                await handover.deliver(lambda: not waiting.running)

    async def _end_warm(self, waiting: Session) -> None:
        record = waiting.record
        waiting.record = None  # the end of its container is heard only now, and is no news
        for warm_id in [name for name, held in self._warm.items() if held is waiting]:
            del self._warm[warm_id]
        try:
            with engine.sentences():
                await self._workshop.remove(waiting)
        except PlatformError as error:
            # What the engine still has is removed as a stray when it answers again.
            log.warning("warm_container_stays", key=waiting.folder.key, reason=str(error)[:200])
        if record is None or record.warm:
            await remove_files(waiting)
        else:
            await asyncio.to_thread(waiting.folder.remove)

    async def _hand_over(self, session: Session, waiting: Session, spec: SessionSpec, report: Report) -> None:
        before, workshop = waiting.record, self._workshop
        if before is None:
            raise StartFailed
        session.starved = False
        with engine.sentences():
            here = await self._engine.container(waiting.name)
            if here is None or not here["State"]["Running"]:
                raise StartFailed
            image = await workshop.image(waiting, spec, unreported)
            record = workshop.record(spec, before.owner)
            person = containers.owner_of(workshop.identities.owner(spec.org_id, spec.user_id), workshop.info)
            self._become(session, waiting, record)
            session.running = True
            theirs = dataclasses.replace(record, owner=person)
            volume = await homes.ensure(
                self._engine, theirs, session.folder.key, image.name, self._root / "given", workshop.agent
            )
            home = Path(await self._engine.mountpoint(volume))
            await bring_home(home, int(here["State"]["Pid"]), owner=person, shown_as=record.owner)
            await tell(session.folder, launching.configuration(workshop.settings, adapted(spec, image), record))
            await workshop.finish(session, report)

    async def _remove_home(self, record: Record, folder: Folder) -> None:
        with engine.sentences():
            await homes.remove_once(self._engine, record, folder.key)

    async def _uses(self, waiting: Session) -> int | None:
        try:
            with engine.sentences():
                used = (await self._engine.stats(waiting.name))["memory_stats"]
        except (PlatformError, KeyError):
            return None
        detail = used.get("stats", {})
        cached = detail.get("total_inactive_file", detail.get("inactive_file", 0))
        return max(0, int(used.get("usage", 0)) - int(cached))

    async def _review_warm(self, by_key: Mapping[str | None, Mapping[str, Any]]) -> None:
        """Look at those that wait after a silence of the engine, and clear away what does not."""
        for warm_id, waiting in list(self._warm.items()):
            if waiting.lock.locked():
                continue  # whoever holds it finds out
            one = by_key.get(waiting.folder.key)
            waiting.running = one is not None and one["State"] == "running"
            record = waiting.record
            ready = record is not None and record.state is State.RUNNING
            if not (waiting.running and ready and waiting.folder.status().phase == WAITS):
                async with waiting.lock:
                    await self._end_warm(waiting)
                self._news.tell(Change(session_id=warm_id, state=None, message="Its container is gone.", warm=True))


def adapted(spec: SessionSpec, image: Image) -> SessionSpec:
    """Return a specification that says how the application is started in this image."""
    changed = spec.manifest.spec.model_copy(update={"debian": image.debian})
    return dataclasses.replace(spec, manifest=spec.manifest.model_copy(update={"spec": changed}))
