"""One agent's control channel: what it says, what it is told, and which commands are its turn."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Protocol

import structlog
from fastapi import WebSocket, WebSocketDisconnect

import streamspace
from streamspace import protocol
from streamspace.kit import ids
from streamspace.kit.tasks import Tasks
from streamspace.protocol import control
from streamspace.protocol.base import Wire
from streamspace.protocol.control import MISFIT, TOO_SLOW, MessageType
from streamspace.server.agents import presence, sealed, service
from streamspace.server.agents.arrivals import Begun
from streamspace.server.agents.dispatch import Dispatch, Turns
from streamspace.server.agents.errors import AgentOffline
from streamspace.server.agents.reactions import Reactions
from streamspace.server.core.db import Database
from streamspace.server.core.settings import Settings

log = structlog.get_logger(__name__)

_GOODBYES = {1000, 1001}
"""Close codes of a process that ended its channel on purpose, and acts no more."""


class Hub(Protocol):
    """What a channel needs of the hub that holds it."""

    settings: Settings
    database: Database
    reactions: Reactions
    dispatch: Dispatch

    def beat(self, agent_id: str, websocket_id: str, heartbeat: control.Heartbeat) -> None:
        """Take note of a heartbeat."""


class LinkEnded(Exception):  # noqa: N818 - most links end without an error
    """This side ended the channel."""


class AgentLink:
    """One agent's channel, and what it has yet to be told. Telling waits for nobody."""

    PATIENCE = timedelta(seconds=5)
    """How long an agent may take for a word that ends its channel."""

    def __init__(self, hub: Hub, socket: WebSocket, agent_id: str) -> None:
        self.id = ids.uid()
        self.hub = hub
        self.socket = socket
        self.agent_id = agent_id
        self.wake = asyncio.Event()
        self.epoch = 0
        self.outdone = 0
        """The highest number under which any process began to act for this agent, as far as was heard here."""
        self.turns = Turns(agent_id)
        self.goodbye = False
        """Whether the channel ended on purpose."""
        self._greeted = False
        """Whether the agent said which version it speaks; before that it is told nothing that matters."""
        self._known_hello: control.Hello | None = None
        self._empty_so_far = False
        """Whether the agent was given nothing before this channel, so that its first word on that needs no check."""
        self._gateways: control.Streams | None = None
        self._ended: tuple[str, int] | None = None
        self._news = asyncio.Event()
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
            MessageType.HOMES: self._homes,
            MessageType.ANSWER: self._answer,
            MessageType.HELLO: self._hello,
            MessageType.PONG: self._nothing,
        }

    def begin(self, begun: Begun) -> None:
        """Act under this number, knowing what was known when it was given."""
        self.epoch = begun.epoch
        self.outdone = max(self.outdone, begun.epoch)
        self._known_hello = begun.hello
        self._empty_so_far = not begun.holds
        if begun.waits:
            self.wake.set()
        else:
            self.turns.behind = False

    def tell(self, gateways: control.Streams) -> None:
        """Have the agent dial these gateways, and no others."""
        self._gateways = gateways
        self._news.set()

    def tell_first(self, gateways: control.Streams) -> None:
        """Tell it of gateways unless it was told of newer ones already."""
        if self._gateways is None:
            self.tell(gateways)

    def end(self, reason: str, code: int) -> None:
        """Send the agent away."""
        self._ended = self._ended or (reason, code)
        self._news.set()

    async def run(self) -> None:
        """Talk until the channel breaks or is ended."""
        hello = control.Hello(version=protocol.VERSION, software=streamspace.__version__, epoch=self.epoch)
        try:
            await self.send(MessageType.HELLO, hello)
            log.info("agent_connected", agent=self.agent_id)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._tell(), name=f"news for {self.agent_id}")
                await self._listen()
        except* (WebSocketDisconnect, RuntimeError, control.BadMessage, LinkEnded) as errors:
            await self._left(errors.exceptions[0])
        finally:
            await self._tasks.close()
            for waiting in self._questions.values():
                if not waiting.done():
                    waiting.set_exception(AgentOffline())

    async def _left(self, error: Exception) -> None:
        log.info("agent_left", agent=self.agent_id, reason=str(error) or type(error).__name__)
        self.goodbye |= isinstance(error, WebSocketDisconnect) and error.code in _GOODBYES
        if isinstance(error, control.BadMessage):
            await self._within_patience(self.socket.close(1008, str(error)[:100]))

    async def _listen(self) -> None:
        while True:
            await self._take(await next_text(self.socket))

    async def _tell(self) -> None:
        told = None
        while self._ended is None:
            await self._news.wait()
            self._news.clear()
            gateways = self._gateways
            if gateways is not None and gateways is not told and self._ended is None:
                told = gateways
                if not await self._within_patience(self.send(MessageType.STREAMS, gateways)):
                    self.end("slow", TOO_SLOW)
        reason, code = self._ended
        self.goodbye = True
        await self._within_patience(self.send(MessageType.SHUTDOWN, control.Shutdown(reason=reason)))
        await self._within_patience(self.socket.close(code, reason))
        raise LinkEnded(reason)

    async def _within_patience(self, word: Awaitable[None]) -> bool:
        with contextlib.suppress(TimeoutError, RuntimeError, WebSocketDisconnect):
            async with asyncio.timeout(self.PATIENCE.total_seconds()):
                await word
                return True
        return False

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

    def _addressed(self, order: control.Command) -> control.Command:
        payload = sealed.opened(self.hub.settings, order.payload)
        return order.model_copy(update={"epoch": self.epoch, "payload": payload})

    async def _pump(self) -> None:
        """Send what is queued: in order, and per session only one at a time."""
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
            if len(orders) == self.turns.AT_ONCE:
                self.wake.set()
            for order in orders:
                self.turns.sent.add(order.command_id)
                try:
                    await self.send(MessageType.COMMAND, self._addressed(order))
                except (RuntimeError, WebSocketDisconnect):
                    return  # the reading side ends the link; the next one sends again

    async def _orders(self) -> list[control.Command]:
        return await self.hub.dispatch.orders(self.turns)

    def _ended_one(self) -> None:
        # The next look may find what waited for it; where nothing waits, it would look in vain.
        if self.turns.behind:
            self.wake.set()

    async def _hello(self, envelope: control.Envelope) -> None:
        hello = control.read(envelope, control.Hello)
        if self._known_hello is None or _said(hello) != _said(self._known_hello):
            async with self.hub.database.work() as uow:
                await presence.note_abilities(uow, self.agent_id, hello)
            self._known_hello = hello
        if (reason := protocol.misfit(protocol.VERSION, hello.version)) is not None:
            log.warning("agent_of_another_version", agent=self.agent_id, reason=reason)
            self.end(reason, MISFIT)
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
        self._ended_one()

    async def _failed(self, envelope: control.Envelope) -> None:
        failure = control.read(envelope, control.Failed)
        async with self.hub.database.work() as uow:
            command = await service.find_command(uow, self.agent_id, failure.command_id)
            if command is not None and command.completed_at is None:
                service.finish(uow, command, error=failure.error or "It failed without a reason.")
                await self.hub.reactions.failed(uow, command, failure)
        self._ended_one()

    async def _status(self, envelope: control.Envelope) -> None:
        status = control.read(envelope, control.Status)
        async with self.hub.database.work() as uow:
            await self.hub.reactions.reported(uow, self.agent_id, status)

    async def _inventory(self, envelope: control.Envelope) -> None:
        inventory = control.read(envelope, control.Inventory)
        empty, self._empty_so_far = self._empty_so_far, False
        if empty and not inventory.sessions and not inventory.warm and await self._has_packages(inventory.packages):
            return
        async with self.hub.database.work() as uow:
            await presence.note_packages(uow, self.agent_id, inventory.packages)
            await self.hub.reactions.inventoried(uow, self.agent_id, inventory)

    async def _homes(self, envelope: control.Envelope) -> None:
        report = control.read(envelope, control.Homes)
        async with self.hub.database.work() as uow:
            await self.hub.reactions.measured(uow, self.agent_id, report)

    async def _has_packages(self, packages: list[str] | None) -> bool:
        if packages is None:
            return True
        async with self.hub.database.work(write=False) as uow:
            return await presence.has_packages(uow, self.agent_id, packages)

    async def _answer(self, envelope: control.Envelope) -> None:
        answer = control.read(envelope, control.Answer)
        waiting = self._questions.get(answer.query_id)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    async def _nothing(self, envelope: control.Envelope) -> None:
        del envelope


def _said(hello: control.Hello) -> tuple[Any, ...]:
    return hello.version, hello.software, hello.abilities


async def next_text(socket: WebSocket) -> str:
    """Return the next message.

    Raises:
        WebSocketDisconnect: there is none.
        BadMessage: it is not text.
    """
    message = await socket.receive()
    if message["type"] != "websocket.receive":
        raise WebSocketDisconnect(message.get("code", 1006), message.get("reason"))
    text = message.get("text")
    if text is None:
        raise control.BadMessage("Messages are text.")
    return str(text)
