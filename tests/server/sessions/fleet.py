"""Agents that run sessions in memory, behind the real hub: a test says when they hear, work, speak and break."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from unittest.mock import AsyncMock

from streamspace.kit import ids
from streamspace.protocol import control
from streamspace.protocol.control import Action as Order
from streamspace.protocol.control import MessageType
from streamspace.server.agents.hub import AgentHub
from streamspace.server.agents.link import AgentLink
from streamspace.server.agents.models import Agent
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.events import Bus
from streamspace.server.core.settings import Settings
from streamspace.server.sessions.jobs import Queues, Reconciler
from streamspace.server.sessions.reactions import Reactions


def agent_row(uow: UnitOfWork, agent_id: str, **more: Any) -> Agent:
    """Return an agent that is online, as far as the database knows, not yet added."""
    values: dict[str, Any] = {
        "id": ids.uid(),
        "agent_id": agent_id,
        "platform": "process",
        "online": True,
        "draining": False,
        "capacity": {"maxSessions": 3, "cpu": "4", "memory": "8Gi"},
        "abilities": [],
        "agent_metadata": {},
        "api_key_hash": "-",
        "api_key_created_at": uow.now(),
        "last_heartbeat": uow.now(),
        "approval_status": "approved",
        "created_at": uow.now(),
        "updated_at": uow.now(),
    }
    return Agent(**(values | more))


class Fleet:
    """The control plane's side: hub, reactions and reconciler on one database."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database
        self.hub = AgentHub(settings, database, Bus(), Reactions(settings))
        self.reconciler = Reconciler(settings, database)
        self.queues = Queues(settings, database)
        self.agents: dict[str, SimulatedAgent] = {}

    async def add(self, agent_id: str, **more: Any) -> SimulatedAgent:
        """Add an agent and connect it."""
        async with self.database.work() as uow:
            uow.db.add(agent_row(uow, agent_id, **more))
        agent = self.agents[agent_id] = SimulatedAgent(self, agent_id)
        await agent.connect()
        return agent


class SimulatedAgent:
    """Keeps what it holds and remembers what it did, as the real one does on disk."""

    def __init__(self, fleet: Fleet, agent_id: str) -> None:
        self.fleet = fleet
        self.agent_id = agent_id
        self.held: dict[str, str] = {}
        """Sessions, and whether they are running, hibernated or failed."""
        self.inbox: list[control.Command] = []
        self.outbox: list[str] = []
        self.link: AgentLink | None = None
        self.epoch = 0
        self.late: list[control.Command] = []
        """What the channels before this one still carry."""
        self._answers: dict[str, str] = {}
        self._stopped: set[str] = set()
        self._others: tuple[dict[str, str], set[str]] = {}, set()
        """What the journal of the process says that stands by, on another machine with the same platform."""

    async def connect(self) -> None:
        """Dial in and say what is held."""
        if self.link is not None:
            return
        self.link = AgentLink(self.fleet.hub, AsyncMock(), self.agent_id)
        self.epoch += 1
        await self._mark(online=True)
        self._say_what_is_held()

    def _say_what_is_held(self) -> None:
        self.say(MessageType.INVENTORY, sessions=[{"sessionId": s, "state": state} for s, state in self.held.items()])

    async def lose_link(self) -> None:
        """Break the channel; what was said on it is lost, and what was ordered may come late."""
        self.link = None
        self.outbox.clear()
        self.late = [*self.late, *self.inbox][-10:]
        self.inbox.clear()
        await self._mark(online=False)

    async def restart(self, *, machine: bool) -> None:
        """End and begin anew. A machine that restarts takes what runs with it."""
        await self.lose_link()
        if machine:
            self.held = {s: "hibernated" for s, state in self.held.items() if state == "hibernated"}
        await self.connect()

    async def hand_over(self) -> None:
        """End, and let the process act that stood by; it knows what is held, and not what was done."""
        await self.lose_link()
        mine = self._answers, self._stopped
        (self._answers, self._stopped), self._others = self._others, mine
        await self.connect()

    def get_late(self) -> None:
        """Take in what was ordered on a former channel."""
        self.inbox += self.late
        self.late = []

    async def beat(self) -> None:
        """Say that it lives and what runs, as heartbeats do."""
        if self.link is None:
            return
        async with self.fleet.database.work() as uow:
            await self._row(uow, last_heartbeat=uow.now())
            running = {s: 0.0 for s, state in self.held.items() if state == "running"}
            await self.fleet.hub.reactions.active(uow, self.agent_id, running)

    async def hear(self, *, twice: bool = False) -> None:
        """Take in the commands that are sent now."""
        if self.link is None:
            return
        for command in await self.link._orders():
            self.link.turns.sent.add(command.command_id)
            self.inbox += [command.model_copy(update={"epoch": self.epoch})] * (1 + twice)

    def work(self, *, failure: str | None = None) -> None:
        """Do the oldest command, or fail to."""
        if not self.inbox:
            return
        command = self.inbox.pop(0)
        if command.epoch != self.epoch:
            return
        if command.command_id in self._answers:
            self.outbox.append(self._answers[command.command_id])
            self._say_what_is_held()  # it may have ended since
            return
        self.say(MessageType.ACK, commandId=command.command_id)
        session_id = command.payload["sessionId"]
        if command.action == Order.STOP:
            self._stopped.add(session_id)
        elif session_id in self._stopped:
            failure = "platform_error"
        elif command.action == Order.HIBERNATE and session_id not in self.held:
            failure = "not_found"
        if failure is not None:
            text = self._answer(
                MessageType.FAILED, commandId=command.command_id, error="It did not work.", code=failure
            )
        else:
            self._do(command.action, session_id)
            text = self._answer(MessageType.COMPLETE, commandId=command.command_id)
        self._answers[command.command_id] = text

    def _do(self, action: str, session_id: str) -> None:
        if action == Order.STOP:
            self.held.pop(session_id, None)
        elif action == Order.HIBERNATE:
            self.held[session_id] = "hibernated"
        else:
            self.held[session_id] = "running"

    def crash(self, session_id: str) -> None:
        """Let a session's application die."""
        self.held[session_id] = "failed"
        self.say(MessageType.STATUS, sessionId=session_id, state="failed", message="It died.")

    def quit(self, session_id: str) -> None:
        """Let a person close a session's application."""
        del self.held[session_id]
        self.say(MessageType.STATUS, sessionId=session_id, state="terminated")

    def say(self, kind: str, **payload: Any) -> None:
        """Put a message on its way."""
        self._answer(kind, **payload)

    def _answer(self, kind: str, **payload: Any) -> str:
        text = control.Envelope(type=kind, payload=payload).model_dump_json(by_alias=True)
        self.outbox.append(text)
        return text

    async def deliver(self, *, at: int = 0, twice: bool = False) -> None:
        """Let one message arrive."""
        if self.link is None or not self.outbox:
            return
        text = self.outbox.pop(at % len(self.outbox))
        for _ in range(2 if twice else 1):
            await self.link._take(text)

    async def settle(self) -> None:
        """Hear, work and speak until there is nothing more to do."""
        for _ in range(50):
            await self.hear()
            if not self.inbox and not self.outbox:
                return
            while self.inbox:
                self.work()
            while self.outbox:
                await self.deliver()
        raise AssertionError(f"{self.agent_id} is never done")

    async def _mark(self, *, online: bool) -> None:
        async with self.fleet.database.work() as uow:
            await self._row(uow, online=online, **({"last_heartbeat": uow.now()} if online else {}))

    async def _row(self, uow: UnitOfWork, **values: Any) -> None:
        from sqlalchemy import update

        await uow.db.execute(update(Agent).where(Agent.agent_id == self.agent_id).values(**values))


def running(agents: Iterable[SimulatedAgent], session_id: str) -> list[str]:
    """Return the agents that run a session."""
    return [agent.agent_id for agent in agents if agent.held.get(session_id) == "running"]
