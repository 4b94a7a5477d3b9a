"""One session's container from its image to its end."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from aiodocker.exceptions import DockerError

from streamspace.platforms.base import Report, SessionSpec, State
from streamspace.platforms.docker import containers, homes, linuxserver, networks
from streamspace.platforms.docker.containers import AGENT_LABEL, CONFIG_LABEL, KEY_LABEL
from streamspace.platforms.docker.engine import Engine
from streamspace.platforms.docker.handover import Handover
from streamspace.platforms.docker.images import PHASE, Image, Images
from streamspace.platforms.docker.session import Session
from streamspace.platforms.inside.boundedlog import BoundedLog
from streamspace.platforms.local import following
from streamspace.platforms.local.identities import Identities
from streamspace.platforms.local.records import Folder, Record
from streamspace.platforms.process import launching, protocols

TELL_EVERY_SECONDS = 2.0
"""How often the person who waits for an image hears how far it is."""
LONGEST_LINE = 200
STOP_SECONDS = 8
"""A little longer than the supervisor lets an application save its work."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Workshop:
    """What sessions are made with."""

    engine: Engine
    images: Images
    identities: Identities
    settings: launching.Settings
    root: Path
    agent: str
    """The label's value on everything that is this agent's."""
    filtered: bool
    """Whether a session's network must lie behind this machine's filter."""
    info: dict[str, Any] = field(default_factory=dict)

    async def start(self, session: Session, spec: SessionSpec, report: Report) -> None:
        """Run a session in its container, a new one unless the one that is here is still what was asked for."""
        session.abandoned.clear()
        session.starved = False
        owner = containers.owner_of(self.identities.owner(spec.org_id, spec.user_id), self.info)
        record = session.record = self.record(spec, owner)
        session.folder.save(record)
        foreign = linuxserver.follows(spec)
        if foreign:
            linuxserver.check(spec, allowed=self.settings.allow_root_images)
        image = await self.image(session, spec, report)
        await report("sandbox")
        await asyncio.to_thread(session.folder.create)
        key = session.folder.key
        home = await homes.ensure(self.engine, record, key, image.name, self.root / "given", self.agent)
        if foreign:
            await self._start_foreign(session, record, image, spec, home)
            await self.finish(session, report)
            return
        await self.container(session, record, image, home=home)
        adapted = spec.manifest.spec.model_copy(update={"debian": image.debian})
        spec = dataclasses.replace(spec, manifest=spec.manifest.model_copy(update={"spec": adapted}))
        container = self.engine.client.containers.container(session.name)
        with Handover(session.folder, launching.configuration(self.settings, spec, record)) as handover:
            session.running = True
            await container.start()
            await handover.deliver(lambda: not session.running)
        await self.finish(session, report)

    async def _start_foreign(
        self, session: Session, record: Record, image: Image, spec: SessionSpec, home: str
    ) -> None:
        """Run an image that starts its application by itself, with a relay of ours beside it."""
        protocols.check_policy(spec)
        await self.container(
            session, record, image, home=home, loosen=partial(linuxserver.loosened, spec=spec, record=record)
        )
        container = self.engine.client.containers.container(session.name)
        session.running = True
        await container.start()
        pid = (await container.show())["State"]["Pid"]
        await asyncio.to_thread(linuxserver.stand_beside, self.settings, spec, record, session.folder, pid)

    async def finish(self, session: Session, report: Report) -> None:
        """Follow a start to its end. The processor is limited only then, because a start that may burst is faster."""
        await following.follow(session.folder, lambda: not session.running, session.abandoned, report)
        if (record := session.record) is not None:
            record.state = State.RUNNING
            session.folder.save(record)
            await self.engine.limit_processor(session.name, record.cpu_millicores)

    def record(self, spec: SessionSpec, owner: int) -> Record:
        """Return what is written down of a session."""
        return Record(
            session_id=spec.session_id,
            user_id=spec.user_id,
            org_id=spec.org_id,
            template=spec.manifest.metadata.name,
            cpu_millicores=spec.cpu_millicores,
            memory_bytes=spec.memory_bytes,
            persistent_home=spec.persistent_home,
            protocol=spec.manifest.spec.streaming_protocol,
            clipboard=protocols.clipboard(spec),
            network="network" in {name.casefold() for name in spec.manifest.spec.capabilities},
            owner=owner,
            tokens=launching.new_tokens(),
        )

    async def image(self, session: Session, spec: SessionSpec, report: Report) -> Image:
        """Return the image a session runs from, made or fetched if it is not here."""
        told = 0.0

        async def say(line: str) -> None:
            nonlocal told
            await asyncio.to_thread(_note, session.folder, self.settings.log_bytes, line)
            if (now := time.monotonic()) - told >= TELL_EVERY_SECONDS:
                told = now
                await report(PHASE, line[:LONGEST_LINE])

        return await self.images.ensure(spec.manifest.spec, lambda: report(PHASE), say)

    async def container(
        self,
        session: Session,
        record: Record,
        image: Image,
        *,
        home: str | None,
        loosen: Callable[[dict[str, Any]], dict[str, Any]] = dict,
    ) -> None:
        """Make a session's container unless the one that is here is what would be made."""
        key = session.folder.key
        network = None
        if record.network:
            if self.filtered:
                await networks.guard()
            network = await networks.ensure(self.engine, key, self.agent)
        asked = containers.body(
            record,
            image=image.name,
            home=home,
            network=network,
            run=session.folder.run,
            etc=containers.write_accounts(session.folder.private, record.owner),
            labels={AGENT_LABEL: self.agent, KEY_LABEL: key},
            loosen=loosen,
        )
        here = await self.engine.container(session.name)
        if here is not None:
            if (
                here["Config"]["Labels"].get(CONFIG_LABEL) == asked["Labels"][CONFIG_LABEL]
                and not here["State"]["Running"]
            ):
                return
            await self.engine.remove_container(session.name)
        await self.engine.client.containers.create(asked, name=session.name)

    async def end(self, session: Session) -> None:
        """End a session's processes, gently first; its container stays."""
        container = self.engine.client.containers.container(session.name)
        with contextlib.suppress(DockerError):  # it is not paused
            await container.unpause()
        session.paused = False
        try:
            await container.stop(t=STOP_SECONDS)
        except DockerError as error:
            if error.status not in {304, 404}:
                raise
        session.running = False
        await asyncio.to_thread(shutil.rmtree, session.folder.run, ignore_errors=True)

    async def remove(self, session: Session) -> None:
        """Remove a session's container, running or not, and its network."""
        await self.engine.remove_container(session.name)
        session.running = session.paused = False
        await networks.remove(self.engine, session.folder.key)
        await asyncio.to_thread(shutil.rmtree, session.folder.run, ignore_errors=True)

    async def forget(self, session: Session) -> None:
        """Remove all of a session but its log and its person's home."""
        await self.remove(session)
        if session.record is not None:
            await homes.remove_once(self.engine, session.record, session.folder.key)
        await asyncio.to_thread(session.folder.remove)


def _note(folder: Folder, most_bytes: int, line: str) -> None:
    folder.log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder.log, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        BoundedLog(descriptor, most_bytes).write("image", line)
    finally:
        os.close(descriptor)
