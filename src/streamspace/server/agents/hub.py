"""The control channels that agents keep to this process."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Protocol

import structlog
from fastapi import WebSocket, WebSocketDisconnect
from sqlalchemy import Row

import streamspace
from streamspace import protocol
from streamspace.kit import ids
from streamspace.kit.tasks import Tasks
from streamspace.protocol import control
from streamspace.protocol.base import Wire
from streamspace.protocol.control import MessageType
from streamspace.server.agents import service
from streamspace.server.agents.errors import AgentOffline
from streamspace.server.agents.events import AgentsChanged, CommandQueued
from streamspace.server.agents.models import AgentCommand
from streamspace.server.core.attempts import Attempts
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.errors import Problem
from streamspace.server.core.events import Bus, Published
from streamspace.server.core.settings import Settings
from streamspace.server.gateways import service as gateways
from streamspace.server.gateways.events import GatewaysChanged

log = structlog.get_logger(__name__)

SILENCE = timedelta(seconds=32)
"""Three missed heartbeats."""
REFUSED, REPLACED, TOO_NEW = 4401, 4409, 4426


class Reactions(Protocol):
    """What follows from an agent's words, in the transaction that notes them."""

    async def acknowledged(self, uow: UnitOfWork, command: AgentCommand) -> None:
        """An agent begins with a command."""

    async def completed(self, uow: UnitOfWork, command: AgentCommand) -> None:
        """An agent did a command."""

    async def failed(self, uow: UnitOfWork, command: AgentCommand, failure: control.Failed) -> None:
        """An agent could not do a command."""

    async def reported(self, uow: UnitOfWork, agent_id: str, status: control.Status) -> None:
        """A session changed on its agent."""

    async def inventoried(self, uow: UnitOfWork, agent_id: str, inventory: control.Inventory) -> None:
        """An agent listed all it holds."""

    async def active(self, uow: UnitOfWork, agent_id: str, idle_seconds: Mapping[str, float]) -> None:
        """An agent says how long ago its sessions had input."""


class AgentHub:
    """Sends commands to the agents connected here and takes in what they say."""

    def __init__(self, settings: Settings, database: Database, bus: Bus, reactions: Reactions) -> None:
        self.settings = settings
        self.database = database
        self.reactions = reactions
        self.links: dict[str, AgentLink] = {}
        self._heartbeats: dict[str, control.Heartbeat] = {}
        bus.subscribe(self._on_command, CommandQueued.name)
        bus.subscribe(self._on_agents, AgentsChanged.name)
        bus.subscribe(self._on_gateways, GatewaysChanged.name)

    async def serve(self, socket: WebSocket, agent_id: str, key: str, attempts: Attempts, ip: str) -> None:
        """Hold one agent's channel until it breaks."""
        link = AgentLink(self, socket, agent_id)
        try:
            await service.admit(self.database, attempts, agent_id, key, link.id, ip)
        except Problem as refusal:
            await _refuse(socket, refusal)
            return
        await socket.accept()
        former, self.links[agent_id] = self.links.get(agent_id), link
        if former is not None:
            await former.close("replaced", REPLACED)
        try:
            await link.run()
        finally:
            if self.links.get(agent_id) is link:
                del self.links[agent_id]
            async with self.database.work() as uow:
                await service.gone(uow, agent_id, link.id)

    async def ask(self, agent_id: str, question: str, payload: dict[str, object]) -> dict[str, object]:
        """Ask a connected agent something and wait for its answer.

        Raises:
            AgentOffline: it is not connected, or did not answer within ten seconds.
        """
        link = self.links.get(agent_id)
        if link is None:
            raise AgentOffline
        return await link.ask(question, payload)

    def beat(self, agent_id: str, heartbeat: control.Heartbeat) -> None:
        """Take note of a heartbeat; `flush` writes many at once."""
        self._heartbeats[agent_id] = heartbeat

    async def flush(self) -> None:
        """Write the heartbeats that came since the last time."""
        beats, self._heartbeats = self._heartbeats, {}
        if beats:
            async with self.database.work() as uow:
                await service.note_heartbeats(uow, beats)
                for agent_id, beat in beats.items():
                    idle = (beat.usage or {}).get("sessions")
                    if isinstance(idle, dict) and all(isinstance(s, int | float) for s in idle.values()):
                        await self.reactions.active(uow, agent_id, idle)

    async def refresh_streams(self) -> None:
        """Give every agent the gateways, with fresh tokens."""
        for link in list(self.links.values()):
            await link.send_streams()

    async def _on_command(self, event: Published) -> None:
        if (link := self.links.get(event.payload["agent_id"])) is not None:
            link.wake.set()

    async def _on_agents(self, event: Published) -> None:
        link = self.links.get(event.payload["agent_id"])
        if link is not None and event.payload["what"] in {"rejected", "removed"}:
            await link.close(event.payload["what"], REFUSED)

    async def _on_gateways(self, event: Published) -> None:
        del event
        await self.refresh_streams()


class AgentLink:
    """One agent's channel."""

    AT_ONCE = 100

    def __init__(self, hub: AgentHub, socket: WebSocket, agent_id: str) -> None:
        self.id = ids.uid()
        self.hub = hub
        self.socket = socket
        self.agent_id = agent_id
        self.wake = asyncio.Event()
        self._sent: set[str] = set()
        self._questions: dict[str, asyncio.Future[control.Answer]] = {}
        self._tasks = Tasks()
        self._sending = asyncio.Lock()
        self._handlers: dict[str, Callable[[control.Envelope], Awaitable[None]]] = {
            MessageType.HEARTBEAT: self._heartbeat,
            MessageType.ACK: self._ack,
            MessageType.COMPLETE: self._complete,
            MessageType.FAILED: self._failed,
            MessageType.STATUS: self._status,
            MessageType.INVENTORY: self._inventory,
            MessageType.ANSWER: self._answer,
            MessageType.HELLO: self._hello,
            MessageType.PONG: self._nothing,
        }

    async def run(self) -> None:
        """Talk until the channel breaks."""
        try:
            await self.send(
                MessageType.HELLO, control.Hello(version=protocol.VERSION, software=streamspace.__version__)
            )
            await self.send_streams()
            self._tasks.spawn(self._pump(), f"commands of {self.agent_id}")
            log.info("agent_connected", agent=self.agent_id)
            while True:
                await self._take(await _text(self.socket))
        except (WebSocketDisconnect, RuntimeError, control.BadMessage) as error:
            log.info("agent_left", agent=self.agent_id, reason=str(error) or type(error).__name__)
            with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                await self.socket.close(1008 if isinstance(error, control.BadMessage) else 1000, str(error)[:100])
        finally:
            await self._tasks.close()
            for waiting in self._questions.values():
                if not waiting.done():
                    waiting.set_exception(AgentOffline())

    async def _take(self, text: str) -> None:
        envelope = control.unwrap(text)
        handler = self._handlers.get(envelope.type)
        if handler is None:
            log.debug("unknown_message", agent=self.agent_id, type=envelope.type[:60])
            return
        await handler(envelope)

    async def send(self, kind: MessageType, payload: Wire) -> None:
        """Send one message."""
        async with self._sending:
            await self.socket.send_text(control.wrap(kind, payload))

    async def send_streams(self) -> None:
        """Tell the agent which gateways to dial."""
        async with self.hub.database.work(write=False) as uow:
            listed = await gateways.for_agent(uow, self.hub.settings, self.agent_id)
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            await self.send(MessageType.STREAMS, listed)

    async def close(self, reason: str, code: int) -> None:
        """Send the agent away."""
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            await self.send(MessageType.SHUTDOWN, control.Shutdown(reason=reason))
            await self.socket.close(code, reason)

    async def ask(self, question: str, payload: dict[str, object]) -> dict[str, object]:
        """Ask and wait for the answer."""
        query = control.Query(query_id=ids.uid(), question=question, payload=payload)
        waiting = self._questions[query.query_id] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(10):
                await self.send(MessageType.QUERY, query)
                answer = await waiting
        except (TimeoutError, RuntimeError, WebSocketDisconnect):
            raise AgentOffline from None
        finally:
            del self._questions[query.query_id]
        return {"error": answer.error} if answer.error else dict(answer.result)

    async def _pump(self) -> None:
        """Send what is queued: in order, and per session only one at a time."""
        self.wake.set()
        while True:
            await self.wake.wait()
            self.wake.clear()
            try:
                orders = await self._orders()
            except Exception:
                log.exception("commands_not_read", agent=self.agent_id)
                await asyncio.sleep(1)
                self.wake.set()
                continue
            if len(orders) == self.AT_ONCE:
                self.wake.set()
            for order in orders:
                self._sent.add(order.command_id)
                try:
                    await self.send(MessageType.COMMAND, order)
                except (RuntimeError, WebSocketDisconnect):
                    return  # the reading side ends the link; the next one sends again

    async def _orders(self) -> list[control.Command]:
        async with self.hub.database.work(write=False) as uow:
            ready = self._ready(await service.open_commands(uow, self.agent_id))
        if not ready:
            return []
        async with self.hub.database.work() as uow:
            return await service.send_out(uow, ready)

    def _ready(self, waiting: Sequence[Row[Any]]) -> list[str]:
        self._sent &= {command.command_id for command in waiting}
        ready: list[str] = []
        busy: set[str] = set()
        for command in waiting:
            if command.session_id is not None:
                if command.session_id in busy:
                    continue
                busy.add(command.session_id)
            if command.command_id not in self._sent:
                ready.append(command.command_id)
        return ready[: self.AT_ONCE]

    async def _hello(self, envelope: control.Envelope) -> None:
        hello = control.read(envelope, control.Hello)
        if not hello.version >= protocol.OLDEST_VERSION:
            await self.close(
                f"This control plane speaks version {protocol.VERSION}, the agent {hello.version}: upgrade the agent.",
                TOO_NEW,
            )
            return
        async with self.hub.database.work() as uow:
            await service.note_abilities(uow, self.agent_id, hello)

    async def _heartbeat(self, envelope: control.Envelope) -> None:
        self.hub.beat(self.agent_id, control.read(envelope, control.Heartbeat))

    async def _ack(self, envelope: control.Envelope) -> None:
        ack = control.read(envelope, control.Ack)
        async with self.hub.database.work() as uow:
            command = await service.find_command(uow, self.agent_id, ack.command_id)
            if command is not None and command.status in {"pending", "sent"}:
                command.status, command.acknowledged_at = "ack", uow.now()
                await self.hub.reactions.acknowledged(uow, command)

    async def _complete(self, envelope: control.Envelope) -> None:
        done = control.read(envelope, control.Complete)
        async with self.hub.database.work() as uow:
            command = await service.find_command(uow, self.agent_id, done.command_id)
            if command is not None and command.completed_at is None:
                service.finish(uow, command)
                await self.hub.reactions.completed(uow, command)
        self.wake.set()

    async def _failed(self, envelope: control.Envelope) -> None:
        failure = control.read(envelope, control.Failed)
        async with self.hub.database.work() as uow:
            command = await service.find_command(uow, self.agent_id, failure.command_id)
            if command is not None and command.completed_at is None:
                service.finish(uow, command, error=failure.error or "It failed without a reason.")
                await self.hub.reactions.failed(uow, command, failure)
        self.wake.set()

    async def _status(self, envelope: control.Envelope) -> None:
        status = control.read(envelope, control.Status)
        async with self.hub.database.work() as uow:
            await self.hub.reactions.reported(uow, self.agent_id, status)

    async def _inventory(self, envelope: control.Envelope) -> None:
        inventory = control.read(envelope, control.Inventory)
        async with self.hub.database.work() as uow:
            await service.note_packages(uow, self.agent_id, inventory.packages)
            await self.hub.reactions.inventoried(uow, self.agent_id, inventory)

    async def _answer(self, envelope: control.Envelope) -> None:
        answer = control.read(envelope, control.Answer)
        waiting = self._questions.get(answer.query_id)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    async def _nothing(self, envelope: control.Envelope) -> None:
        del envelope


async def _text(socket: WebSocket) -> str:
    message = await socket.receive()
    if message["type"] != "websocket.receive":
        raise WebSocketDisconnect(message.get("code", 1006), message.get("reason"))
    text = message.get("text")
    if text is None:
        raise control.BadMessage("Messages are text.")
    return str(text)


async def _refuse(socket: WebSocket, refusal: Problem) -> None:
    # Accepted first, because a refused upgrade shows the agent a bare 403 without the reason.
    await socket.accept()
    await socket.close(REFUSED, refusal.code)
