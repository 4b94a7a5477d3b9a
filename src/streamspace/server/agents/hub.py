"""The control channels that agents keep to this process."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from fastapi import WebSocket, WebSocketDisconnect
from sqlalchemy import Row
from starlette.websockets import WebSocketState

import streamspace
from streamspace import protocol
from streamspace.kit import ids
from streamspace.kit.tasks import Tasks
from streamspace.protocol import control
from streamspace.protocol.base import Wire
from streamspace.protocol.control import HELD, MISFIT, REFUSED, MessageType
from streamspace.server.agents import admission, keys, presence, service
from streamspace.server.agents.admission import Claim
from streamspace.server.agents.errors import AgentAway, AgentHeld, AgentOffline, CannotRotate
from streamspace.server.agents.events import AgentsChanged, CommandQueued
from streamspace.server.agents.models import Agent
from streamspace.server.agents.reactions import Reactions
from streamspace.server.agents.standby import Standbys
from streamspace.server.core.db import Database
from streamspace.server.core.errors import Problem
from streamspace.server.core.events import Bus, Published
from streamspace.server.core.permissions import Actor
from streamspace.server.core.settings import Settings
from streamspace.server.gateways import service as gateways
from streamspace.server.gateways.events import GatewaysChanged

log = structlog.get_logger(__name__)

_CUT_OFF = {"rejected", "removed", "revoked"}
_GOODBYES = {1000, 1001}
"""Close codes of a process that ended its channel on purpose, and acts no more."""


class AgentHub:
    """Sends commands to the agents connected here and takes in what they say."""

    def __init__(self, settings: Settings, database: Database, bus: Bus, reactions: Reactions) -> None:
        self.settings = settings
        self.database = database
        self.reactions = reactions
        self.links: dict[str, AgentLink] = {}
        self._heartbeats: dict[str, tuple[str, control.Heartbeat]] = {}
        self._standbys = Standbys()
        bus.subscribe(self._on_command, CommandQueued.name)
        bus.subscribe(self._on_agents, AgentsChanged.name)
        bus.subscribe(self._on_gateways, GatewaysChanged.name)

    async def serve(self, socket: WebSocket, claim: Claim) -> None:
        """Hold one agent's channel until it breaks; while another process acts for the agent, wait for its end."""
        agent_id = claim.agent_id
        link = AgentLink(self, socket, agent_id)
        try:
            epoch = await self._turn(socket, claim, link.id)
        except Problem as refusal:
            await refuse(socket, refusal)
            return
        except (WebSocketDisconnect, RuntimeError, control.BadMessage):
            return
        if epoch is None:
            return
        link.epoch = epoch
        former, self.links[agent_id] = self.links.get(agent_id), link
        if former is not None:
            await former.close("replaced", HELD)
        try:
            await link.run()
        finally:
            if self.links.get(agent_id) is link:
                del self.links[agent_id]
            async with self.database.work() as uow:
                await admission.gone(uow, agent_id, link.id, goodbye=link.goodbye)

    async def _turn(self, socket: WebSocket, claim: Claim, link_id: str) -> int | None:
        """Return the number under which this process acts, as soon as it may; None if it left before."""

        async def begin() -> int:
            return await admission.begin(self.database, claim, link_id)

        try:
            epoch = await begin()
        except AgentHeld:
            if claim.instance is None:  # too old to stand by
                raise
        else:
            await socket.accept()
            return epoch
        await socket.accept()
        await socket.send_text(control.wrap(MessageType.STANDBY, control.Standby(reason="Another process acts.")))
        # One that waits has nothing to say; what it sends, or its leaving, ends the wait.
        ended = asyncio.create_task(_text(socket))
        try:
            return await self._standbys.turn(claim.agent_id, begin, ended)
        finally:
            ended.cancel()
            await asyncio.gather(ended, return_exceptions=True)

    async def ask(self, agent_id: str, question: str, payload: dict[str, object]) -> dict[str, object]:
        """Ask a connected agent something and wait for its answer.

        Raises:
            AgentOffline: it is not connected, or did not answer within ten seconds.
        """
        link = self.links.get(agent_id)
        if link is None:
            raise AgentOffline
        return await link.ask(question, payload)

    async def rotate_key(self, actor: Actor, agent_id: str) -> Agent:
        """Have a connected agent make a new key, and take it; no key is shown to anybody.

        Raises:
            AgentAway, CannotRotate: as they say.
        """
        async with self.database.work(write=False) as uow:
            await admission.rotating(uow, actor, agent_id)
        try:
            answer = await self.ask(agent_id, "rotate_key", {})
        except AgentOffline:
            raise AgentAway from None
        key = answer.get("key")
        if not isinstance(key, str) or not keys.FORM.fullmatch(key):
            raise CannotRotate
        hashed = await asyncio.to_thread(keys.hash_key, key)
        async with self.database.work() as uow:
            agent = await admission.take_key(uow, actor, agent_id, hashed, self.settings.agent_key_overlap)
        with contextlib.suppress(AgentOffline):  # it finds out by itself when its old key stops working
            await self.ask(agent_id, "key_accepted", {})
        return agent

    def beat(self, agent_id: str, websocket_id: str, heartbeat: control.Heartbeat) -> None:
        """Take note of a heartbeat; `flush` writes many at once."""
        self._heartbeats[agent_id] = websocket_id, heartbeat

    async def flush(self) -> None:
        """Write the heartbeats that came since the last time."""
        beats, self._heartbeats = self._heartbeats, {}
        if beats:
            async with self.database.work() as uow:
                for agent_id in await presence.note_heartbeats(uow, beats):
                    idle = (beats[agent_id][1].usage or {}).get("sessions")
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
        agent_id, what = event.payload["agent_id"], event.payload["what"]
        self._standbys.wake(agent_id)
        link = self.links.get(agent_id)
        if link is not None and what in _CUT_OFF:
            await link.close(what, REFUSED)
        elif link is not None and what == "connected":
            async with self.database.work(write=False) as uow:
                replaced = await admission.replaced(uow, agent_id, link.id)
            if replaced and self.links.get(agent_id) is link:
                await link.close("replaced", HELD)

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
        self.epoch = 0
        self.goodbye = False
        """Whether the channel ended on purpose."""
        self._greeted = False
        """Whether the agent said which version it speaks; before that it is told nothing that matters."""
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
            hello = control.Hello(version=protocol.VERSION, software=streamspace.__version__, epoch=self.epoch)
            await self.send(MessageType.HELLO, hello)
            await self.send_streams()
            log.info("agent_connected", agent=self.agent_id)
            while True:
                await self._take(await _text(self.socket))
        except (WebSocketDisconnect, RuntimeError, control.BadMessage) as error:
            log.info("agent_left", agent=self.agent_id, reason=str(error) or type(error).__name__)
            self.goodbye |= isinstance(error, WebSocketDisconnect) and error.code in _GOODBYES
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
        self.goodbye = True
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
                    await self.send(MessageType.COMMAND, order.model_copy(update={"epoch": self.epoch}))
                except (RuntimeError, WebSocketDisconnect):
                    return  # the reading side ends the link; the next one sends again

    async def _orders(self) -> list[control.Command]:
        async with self.hub.database.work(write=False) as uow:
            most = await service.most_starts(uow, self.hub.settings, self.agent_id)
            ready = self._ready(await service.open_commands(uow, self.agent_id), most)
        if not ready:
            return []
        async with self.hub.database.work() as uow:
            return await service.send_out(uow, ready)

    def _ready(self, waiting: Sequence[Row[Any]], most_starts: int) -> list[str]:
        self._sent &= {command.command_id for command in waiting}
        starts = [command for command in waiting if command.action in service.STARTS]
        turns = most_starts - sum(command.status != "pending" for command in starts)
        ready: list[str] = []
        busy: set[str] = set()
        for command in waiting:
            if command.session_id is not None:
                if command.session_id in busy:
                    continue
                busy.add(command.session_id)
            if command.command_id in self._sent:
                continue
            if command.action in service.STARTS and command.status == "pending":
                if turns <= 0:
                    continue
                turns -= 1
            ready.append(command.command_id)
        return ready[: self.AT_ONCE]

    async def _hello(self, envelope: control.Envelope) -> None:
        hello = control.read(envelope, control.Hello)
        async with self.hub.database.work() as uow:
            await presence.note_abilities(uow, self.agent_id, hello)
        if (reason := protocol.misfit(protocol.VERSION, hello.version)) is not None:
            log.warning("agent_of_another_version", agent=self.agent_id, reason=reason)
            await self.close(reason, MISFIT)
        elif not self._greeted:
            self._greeted = True
            self._tasks.spawn(self._pump(), f"commands of {self.agent_id}")

    async def _heartbeat(self, envelope: control.Envelope) -> None:
        self.hub.beat(self.agent_id, self.id, control.read(envelope, control.Heartbeat))

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
                service.finish(uow, command, result=done.result)
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
            await presence.note_packages(uow, self.agent_id, inventory.packages)
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


async def refuse(socket: WebSocket, refusal: Problem) -> None:
    """Close a channel with the reason why."""
    # Accepted first, because a refused upgrade shows the agent a bare 403 without the reason.
    if socket.application_state is WebSocketState.CONNECTING:
        await socket.accept()
    await socket.close(HELD if isinstance(refusal, AgentHeld) else REFUSED, refusal.code)
