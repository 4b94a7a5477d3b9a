"""Runs an agent as a program of its own, or inside `streamspace up`."""

from __future__ import annotations

import asyncio
import contextlib
import os
import ssl
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import structlog

from streamspace.agent import enrolment, leadership, machine, warm
from streamspace.agent.byhand import ByHand, End
from streamspace.agent.enrolment import Refused
from streamspace.agent.homes import HomeSizes
from streamspace.agent.journal import Journal
from streamspace.agent.keyring import Keyring
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
_MEASURE_EVERY = 3
"""Heartbeats between two looks at what each session uses."""


class Agent:
    """One agent: its platform, its channel, its stream links."""

    def __init__(self, settings: AgentSettings, platform: Platform, end: End | None = None) -> None:
        self.settings = settings
        self.platform = platform
        self.keys = Keyring(settings.data_dir, settings.key.get_secret_value() if settings.key else None)
        self._instance = leadership.instance(settings.data_dir)
        self._tls = ssl.create_default_context(cafile=settings.tls_ca) if settings.tls_ca else None
        abilities = ["logs", "usage"]
        if settings.allow_package_install and isinstance(platform, InstallsPackages):
            abilities.append("packages")
        by_hand = ByHand(platform, settings.data_dir, self._tell_inventory, end)
        self._abilities = abilities + by_hand.abilities
        self._warmth = warm.Readiness(platform)
        self.link = ControlLink(
            settings.server,
            settings.agent_id,
            lambda: self.keys.current,
            self._abilities,
            instance=self._instance,
            tls=self._tls,
        )
        self.streams = StreamLinks(platform, settings.agent_id, tls=self._tls)
        journal = Journal(settings.data_dir / "journal.jsonl")
        self.workloads = Workloads(
            platform,
            journal,
            self.link.send,
            self._session_ended,
            starts_at_once=settings.starts_at_once,
            by_hand=by_hand.do,
        )
        self.homes = HomeSizes(platform, self.link.send, self.link.connected, settings.home_interval)
        self.link.greet = self.workloads.send_inventory
        self.link.stand_down = self._stand_down
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
        self.link.abilities = self._abilities + await self._warmth.ability()
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
        self._tasks.spawn(self.homes.run(), "home-sizes")
        try:
            yield
        finally:
            await self._tasks.close()
            await self.workloads.close()
            await self.streams.close()
            await self.platform.close()

    async def _stay_connected(self) -> None:
        while True:
            await self._enrol()
            try:
                await self.link.run()
            except SentAway as away:
                log.warning("sent_away", reason=str(away))
                await asyncio.sleep(_AGAIN.total_seconds())

    async def _enrol(self) -> None:
        try:
            await enrolment.enrol(self.settings, self.keys.current, self._tls or True)
        except Refused as refusal:
            # The control plane took the key that follows, and this agent did not hear of it.
            if refusal.code != "wrong_agent_key" or not self.keys.advance():
                raise
            await enrolment.enrol(self.settings, self.keys.current, self._tls or True)

    async def _beat(self) -> None:
        count, used = 0, dict[str, Any]()
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.settings.heartbeat.total_seconds()):
                    await self.link.connected.wait()
            if not self.link.connected.is_set() and self.link.epoch is None:
                continue  # another process speaks for this agent, or none did yet
            if count % _MEASURE_EVERY == 0:
                await self.link.can_do(self._abilities + await self._warmth.ability())
                used = await self.workloads.used()
            count += 1
            active, idle = await self.workloads.idle_seconds()
            beat = control.Heartbeat(
                active_sessions=active,
                capacity=machine.capacity(self.settings.max_sessions),
                usage={**machine.usage(self.settings.data_dir), "sessions": idle, "sessionUsage": used},
            )
            if self.link.connected.is_set():
                await self.link.send(MessageType.HEARTBEAT, beat)
                await asyncio.sleep(self.settings.heartbeat.total_seconds())
            elif self.link.epoch is not None:
                await self._beat_over_http(beat)

    async def _beat_over_http(self, beat: control.Heartbeat) -> None:
        """Say that it lives although the channel is broken, so that no other process takes its place."""
        headers = {control.KEY_HEADER: self.keys.current, control.INSTANCE_HEADER: self._instance}
        path = control.HEARTBEAT_PATH.format(agent_id=self.settings.agent_id)
        body = beat.model_dump(mode="json", by_alias=True, exclude_none=True)
        try:
            async with httpx2.AsyncClient(
                base_url=self.settings.server, headers=headers, verify=self._tls or True, timeout=5
            ) as http:
                answer = await http.post(path, json=body)
            log.info("heartbeat_over_http", status=answer.status_code)
        except httpx2.TransportError as error:
            log.debug("control_plane_unreachable", error=str(error))

    async def _command(self, envelope: control.Envelope) -> None:
        command = control.read(envelope, control.Command)
        if command.epoch is not None and command.epoch != self.link.epoch:
            log.warning("old_order_left_alone", command=command.command_id, epoch=command.epoch, now=self.link.epoch)
            return
        await self.workloads.take(command)

    async def _query(self, envelope: control.Envelope) -> None:
        query = control.read(envelope, control.Query)
        if query.question == "rotate_key":
            answer = control.Answer(query_id=query.query_id, result={"key": self.keys.make_next()})
        elif query.question == "key_accepted":
            log.info("key_rotated")
            answer = control.Answer(query_id=query.query_id, result={"done": self.keys.advance()})
        else:
            answer = await self.workloads.answer(query)
        await self.link.send(MessageType.ANSWER, answer)

    async def _session_ended(self, session_id: str) -> None:
        await self.streams.gone(session_id)
        self.homes.session_ended()

    async def _stand_down(self) -> None:
        await self.workloads.stand_down()
        await self.streams.update([])

    async def _tell_inventory(self) -> None:
        await self.workloads.send_inventory()

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
    if settings.platform == "docker":
        try:
            from streamspace.platforms.docker.platform import DockerPlatform  # noqa: PLC0415 - loads what it needs only
        except ModuleNotFoundError as error:
            raise NoSuchPlatform(f"{error}. Install it: pip install 'streamspace[docker]'") from None

        return DockerPlatform(
            settings.data_dir,
            base_image=settings.base_image,
            keep_images=settings.keep_images,
            allow_host_network=settings.allow_host_network,
            allow_root_images=settings.allow_root_images,
            portal_origin=settings.portal_origin,
        )
    raise NoSuchPlatform(f"There is no platform named {settings.platform!r} here; `process` and `docker` are.")


def best_platform() -> str:
    """Return `docker` where a container engine answers and this installation can use it, else `process`."""
    try:
        from streamspace.platforms.docker import engine  # noqa: PLC0415 - not every installation has it

        return "process" if engine.problem(engine.socket_path()) else "docker"
    except (ModuleNotFoundError, ToolMissing):
        return "process"


async def serve(settings: AgentSettings, stop: asyncio.Event) -> bool:
    """Run an agent until told to stop; wait first while another runs with its data directory.

    True if an administrator wants the program begun anew.
    """
    again = False

    def end(begin_anew: bool) -> None:  # noqa: FBT001
        nonlocal again
        again = begin_anew
        stop.set()

    async with leadership.on_this_machine(settings.data_dir, stop) as mine:
        if mine:
            await Agent(settings, make_platform(settings), end).serve(stop)
    return again


def run(settings: dict[str, Any] | None = None, config: Path | None = None, **flags: Any) -> int:
    """Run an agent in the foreground; SIGTERM ends it and leaves its sessions running."""
    try:
        known = AgentSettings.load({**(settings or {}), **flags}, config)
    except BadSettings as error:
        print(f"The agent cannot start. {error}", file=sys.stderr)  # noqa: T201 - there is no log yet
        return 1
    logs.configure(fmt=known.log_format, level=known.log_level)

    again = False

    async def main(stop: asyncio.Event) -> None:
        nonlocal again
        again = await serve(known, stop)

    try:
        until_signalled(main)
    except (Refused, NoSuchPlatform) as error:
        log.error("agent_refused", reason=str(error))  # noqa: TRY400 - a sentence, not a trace
        return 1
    if again:
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - this very program
    return 0
