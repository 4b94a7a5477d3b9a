"""Runs an agent as a program of its own, or inside `streamspace up`."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

from streamspace.agent import enrolment, machine
from streamspace.agent.enrolment import Refused
from streamspace.agent.journal import Journal
from streamspace.agent.link import ControlLink, SentAway
from streamspace.agent.settings import AgentSettings
from streamspace.agent.streams import StreamLinks
from streamspace.agent.workloads import Workloads
from streamspace.kit import logs
from streamspace.kit.configuration import BadSettings
from streamspace.kit.running import until_signalled
from streamspace.kit.tasks import Tasks
from streamspace.platforms.base import ChecksMachine, InstallsPackages, NoSuchPlatform, Platform, ToolMissing
from streamspace.protocol import control
from streamspace.protocol.control import MessageType

log = structlog.get_logger(__name__)

_AGAIN = timedelta(seconds=5)


class Agent:
    """One agent: its platform, its channel, its stream links."""

    def __init__(self, settings: AgentSettings, platform: Platform) -> None:
        self.settings = settings
        self.platform = platform
        self.key = enrolment.load_key(settings.data_dir)
        self._tls = ssl.create_default_context(cafile=settings.tls_ca) if settings.tls_ca else None
        abilities = ["logs", "usage"]
        if settings.allow_package_install and isinstance(platform, InstallsPackages):
            abilities.append("packages")
        self.link = ControlLink(settings.server, settings.agent_id, self.key, abilities, tls=self._tls)
        self.streams = StreamLinks(platform, settings.agent_id, tls=self._tls)
        journal = Journal(settings.data_dir / "journal.jsonl")
        self.workloads = Workloads(
            platform, journal, self.link.send, self.streams.gone, starts_at_once=settings.starts_at_once
        )
        self.link.greet = self.workloads.send_inventory
        self.link.handlers = {
            MessageType.COMMAND: self._command,
            MessageType.QUERY: self._query,
            MessageType.STREAMS: self._streams,
            MessageType.PING: self._ping,
            MessageType.SHUTDOWN: self._shutdown,
        }
        self._tasks = Tasks()

    async def serve(self, stop: asyncio.Event) -> None:
        """Run until told to stop.

        Raises:
            Refused: the control plane will not have this agent.
        """
        if (lacking := what_is_missing(self.platform)) is not None:
            log.warning("machine_not_ready", reason=lacking)
        async with self._beside():
            channel = asyncio.create_task(self._stay_connected(), name="control-channel")
            stopped = asyncio.create_task(stop.wait())
            try:
                await asyncio.wait({channel, stopped}, return_when=asyncio.FIRST_COMPLETED)
                if channel.done():
                    channel.result()
                if self.settings.hibernate_on_exit:
                    await self.workloads.hibernate_all("StreamSpace was stopped on this machine. Wake it to go on.")
            finally:
                await self.link.close()  # said before the channel is cancelled, so that the other side hears goodbye
                for task in (channel, stopped):
                    task.cancel()
                await asyncio.gather(channel, stopped, return_exceptions=True)

    @contextlib.asynccontextmanager
    async def _beside(self) -> AsyncIterator[None]:
        self._tasks.spawn(self.workloads.watch(), "platform-watch")
        self._tasks.spawn(self._beat(), "heartbeat")
        try:
            yield
        finally:
            await self._tasks.close()
            await self.workloads.close()
            await self.streams.close()
            await self.platform.close()

    async def _stay_connected(self) -> None:
        while True:
            await enrolment.enrol(self.settings, self.key, self._tls or True)
            try:
                await self.link.run()
            except SentAway as away:
                log.warning("sent_away", reason=str(away))
                await asyncio.sleep(_AGAIN.total_seconds())

    async def _beat(self) -> None:
        while True:
            await self.link.connected.wait()
            active, idle = await self.workloads.idle_seconds()
            await self.link.send(
                MessageType.HEARTBEAT,
                control.Heartbeat(
                    active_sessions=active,
                    capacity=machine.capacity(self.settings.max_sessions),
                    usage={**machine.usage(), "sessions": idle},
                ),
            )
            await asyncio.sleep(self.settings.heartbeat.total_seconds())

    async def _command(self, envelope: control.Envelope) -> None:
        await self.workloads.take(control.read(envelope, control.Command))

    async def _query(self, envelope: control.Envelope) -> None:
        query = control.read(envelope, control.Query)
        await self.link.send(MessageType.ANSWER, await self.workloads.answer(query))

    async def _streams(self, envelope: control.Envelope) -> None:
        await self.streams.update(control.read(envelope, control.Streams).gateways)

    async def _ping(self, envelope: control.Envelope) -> None:
        del envelope
        await self.link.send(MessageType.PONG, control.Pong())

    async def _shutdown(self, envelope: control.Envelope) -> None:
        log.warning("shutdown_asked", reason=control.read(envelope, control.Shutdown).reason)


def what_is_missing(platform: Platform) -> str | None:
    """Say what keeps this machine from running sessions, if anything."""
    if isinstance(platform, ChecksMachine):
        try:
            platform.check()
        except ToolMissing as missing:
            return str(missing)
    return None


def make_platform(settings: AgentSettings) -> Platform:
    """Build the platform that the settings name.

    Raises:
        NoSuchPlatform: there is none of that name here.
    """
    if settings.platform == "process":
        from streamspace.platforms.process.platform import ProcessPlatform  # noqa: PLC0415 - loads what it needs only

        return ProcessPlatform(
            settings.data_dir,
            allow_apt=settings.allow_package_install,
            allow_host_network=settings.allow_host_network,
            portal_origin=settings.portal_origin,
        )
    raise NoSuchPlatform(f"There is no platform named {settings.platform!r} here; `process` is one.")


async def serve(settings: AgentSettings, stop: asyncio.Event) -> None:
    """Run an agent until told to stop."""
    await Agent(settings, make_platform(settings)).serve(stop)


def run(settings: dict[str, Any] | None = None, config: Path | None = None, **flags: Any) -> int:
    """Run an agent in the foreground; SIGTERM ends it and leaves its sessions running."""
    try:
        known = AgentSettings.load({**(settings or {}), **flags}, config)
    except BadSettings as error:
        print(f"The agent cannot start. {error}", file=sys.stderr)  # noqa: T201 - there is no log yet
        return 1
    logs.configure(fmt=known.log_format, level=known.log_level)

    try:
        until_signalled(lambda stop: serve(known, stop))
    except (Refused, NoSuchPlatform) as error:
        log.error("agent_refused", reason=str(error))  # noqa: TRY400 - a sentence, not a trace
        return 1
    return 0
