"""Agents that start sessions ahead, behind the real hub."""

from __future__ import annotations

from typing import Any

from streamspace.protocol.control import Action as Order
from streamspace.protocol.control import MessageType
from streamspace.server.agents.hub import AgentHub
from streamspace.server.agents.standing import Promises
from streamspace.server.core.db import Database
from streamspace.server.core.events import Bus
from streamspace.server.core.settings import Settings
from streamspace.server.pools import jobs
from streamspace.server.sessions import placing
from streamspace.server.sessions.reactions import Reactions
from tests.server.sessions.fleet import Fleet, SimulatedAgent, agent_row

ABILITY = "warm"


class WarmFleet(Fleet):
    """A control plane's side that keeps pools full."""

    def __init__(self, settings: Settings, database: Database) -> None:
        super().__init__(settings, database)
        self.hub = AgentHub(settings, database, Bus(), jobs.Reactions(Reactions(settings)))
        self.pools = jobs.Reconciler(settings, database, Promises(placing.promised))

    async def add(self, agent_id: str, **more: Any) -> WarmAgent:
        """Add an agent that can start sessions ahead, and connect it."""
        async with self.database.work() as uow:
            uow.db.add(agent_row(uow, agent_id, **({"abilities": [ABILITY], "version": "1"} | more)))
        agent = self.agents[agent_id] = WarmAgent(self, agent_id)
        await agent.connect()
        return agent

    async def fill(self) -> None:
        """Let everybody do what there is to do until nothing changes."""
        quiet = 0
        while quiet < 2:  # what an agent says may give the next turn something to do
            before = self.warm()
            await self.pools.run()
            for agent in self.agents.values():
                await agent.settle()
            quiet = quiet + 1 if self.warm() == before else 0

    def warm(self) -> dict[str, set[str]]:
        """Return what waits on each agent."""
        return {name: set(agent.held_warm) for name, agent in self.agents.items() if isinstance(agent, WarmAgent)}


class WarmAgent(SimulatedAgent):
    """Remembers what it started ahead, and what became of it."""

    def __init__(self, fleet: Fleet, agent_id: str) -> None:
        super().__init__(fleet, agent_id)
        self.held_warm: set[str] = set()
        self.taken: dict[str, str] = {}
        """Which warm session became which session."""
        self.began: list[str] = []
        self.warm_failure: str | None = None

    def work(self, *, failure: str | None = None) -> None:
        """Do the oldest command."""
        if not self.inbox:
            return
        command = self.inbox[0]
        if command.action in {Order.WARM, Order.COOL}:
            self.inbox.pop(0)
            self._warm_or_cool(command.action, command.command_id, command.payload["warmId"])
            return
        warm_id = command.payload.get("warmId", "")
        if command.action == Order.START and warm_id in self.held_warm:
            self.held_warm.discard(warm_id)
            self.taken[warm_id] = command.payload["sessionId"]
        super().work(failure=failure)

    def _warm_or_cool(self, action: str, command_id: str, warm_id: str) -> None:
        self.say(MessageType.ACK, commandId=command_id)
        if action == Order.COOL:
            self.held_warm.discard(warm_id)
        elif self.warm_failure is not None:
            self.say(MessageType.FAILED, commandId=command_id, error=self.warm_failure, code="start_failed")
            return
        else:
            self.began.append(warm_id)
            self.held_warm.add(warm_id)
        self.say(MessageType.COMPLETE, commandId=command_id, result={"warmId": warm_id, "memoryBytes": 100 * 1024**2})

    def _say_what_is_held(self) -> None:
        sessions = [{"sessionId": name, "state": state} for name, state in self.held.items()]
        warm = [{"warmId": name, "ready": True, "memoryBytes": 100} for name in sorted(self.held_warm)]
        self.say(MessageType.INVENTORY, sessions=sessions, warm=warm)

    async def restart(self, *, machine: bool) -> None:
        """End and begin anew; a machine that restarts takes with it what waits."""
        if machine:
            self.held_warm.clear()
        await super().restart(machine=machine)
