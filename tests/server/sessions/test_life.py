"""Whatever people, agents, networks and clocks do to sessions: none is lost, doubled or stuck, and use is what runs."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import select, text

from streamspace.kit.clock import FakeClock
from streamspace.server.core.db import Database
from streamspace.server.core.errors import Conflict, Forbidden, Unavailable
from streamspace.server.core.permissions import Actor
from streamspace.server.core.settings import Settings
from streamspace.server.sessions import queries, service, starting
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.rules import BUSY, ENDED, State
from streamspace.server.sessions.schemas import SessionIn
from streamspace.server.templates import reader
from streamspace.server.templates import service as templates
from tests.server import catalog, people
from tests.server.conftest import SECRETS
from tests.server.sessions.fleet import Fleet, SimulatedAgent, running

T = TypeVar("T")
PLACES = 3
NAMES = ("a", "b")
AGENTS = st.sampled_from(NAMES)
NUMBERS = st.integers(0, 30)


class Life(RuleBasedStateMachine):
    """Two agents with three places each, and one person who does what comes to mind."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.database = self.world.database
        self.clock = self.database.clock = FakeClock(datetime(2026, 1, 1, tzinfo=UTC))
        self.fleet = Fleet(self.world.settings, self.database)
        self.created: list[str] = []
        self.actor = self.run(self.begin())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        self.clock.advance(timedelta(milliseconds=1))  # what is done later is later
        return self.world.runner.run(work)

    async def begin(self) -> Actor:
        async with self.database.work() as uow:
            for table in ("session_events", "session_tags", "connections", "sessions", "agent_commands", "agents"):
                await uow.db.execute(text(f"DELETE FROM {table}"))  # noqa: S608
            actor = await people.add(uow, "mia")
        for name in NAMES:
            await self.fleet.add(name, capacity={"maxSessions": PLACES, "cpu": "64", "memory": "64Gi"})
        return actor

    def teardown(self) -> None:
        self.run(self.check_the_end())

    def some(self, number: int) -> str | None:
        return self.created[number % len(self.created)] if self.created else None

    async def sessions(self) -> list[Session]:
        async with self.database.work(write=False) as uow:
            return list((await uow.db.execute(select(Session).order_by(Session.id))).scalars())

    async def anything_busy(self) -> bool:
        return any(session.state in BUSY for session in await self.sessions())

    # What people do

    @initialize()
    def begin_with_two(self) -> None:
        self.create()
        self.create()

    @rule()
    def create(self) -> None:
        async def act() -> None:
            with contextlib.suppress(Forbidden, Unavailable):
                async with self.database.work() as uow:
                    wanted = SessionIn(template="editor", idle_timeout="30m", max_session_duration="8h")
                    made = await starting.create(uow, self.actor, self.fleet.settings, wanted)
                self.created.append(made.id)

        self.run(act())

    @rule(number=NUMBERS, verb=st.sampled_from(["stop", "hibernate", "wake"]))
    def order(self, number: int, verb: str) -> None:
        async def act(session_id: str) -> None:
            with contextlib.suppress(Conflict, Forbidden, Unavailable):
                async with self.database.work() as uow:
                    await getattr(service, verb)(uow, self.actor, self.fleet.settings, session_id)

        if (session_id := self.some(number)) is not None:
            self.run(act(session_id))

    @rule(name=AGENTS, number=NUMBERS, how=st.sampled_from(["crash", "quit"]))
    def end(self, name: str, number: int, how: str) -> None:
        agent = self.fleet.agents[name]
        alive = [session for session in self.created if agent.held.get(session) == "running"]
        if alive:
            getattr(agent, how)(alive[number % len(alive)])

    # What agents and networks do

    @rule(name=AGENTS, failure=st.sampled_from([None, None, "internal_error"]))
    def go_on(self, name: str, failure: str | None) -> None:
        async def act(agent: SimulatedAgent) -> None:
            await agent.hear()
            agent.work(failure=failure)
            await agent.deliver()

        self.run(act(self.fleet.agents[name]))

    @rule(name=AGENTS, twice=st.booleans())
    def hear(self, name: str, *, twice: bool) -> None:
        self.run(self.fleet.agents[name].hear(twice=twice))

    @rule(name=AGENTS)
    def get_late(self, name: str) -> None:
        self.fleet.agents[name].get_late()

    @rule(name=AGENTS)
    def hand_over(self, name: str) -> None:
        self.run(self.fleet.agents[name].hand_over())

    @rule(name=AGENTS, failure=st.sampled_from([None, None, None, "internal_error", "packages_missing"]))
    def work(self, name: str, failure: str | None) -> None:
        self.fleet.agents[name].work(failure=failure)

    @rule(name=AGENTS, at=st.integers(0, 3), twice=st.booleans())
    def deliver(self, name: str, at: int, *, twice: bool) -> None:
        self.run(self.fleet.agents[name].deliver(at=at, twice=twice))

    @rule(name=AGENTS)
    def settle_one(self, name: str) -> None:
        if self.fleet.agents[name].link is not None:
            self.run(self.fleet.agents[name].settle())

    @rule(name=AGENTS)
    def lose_link(self, name: str) -> None:
        self.run(self.fleet.agents[name].lose_link())

    @rule(name=AGENTS)
    def connect(self, name: str) -> None:
        self.run(self.fleet.agents[name].connect())

    @rule(name=AGENTS, machine=st.booleans())
    def restart(self, name: str, *, machine: bool) -> None:
        self.run(self.fleet.agents[name].restart(machine=machine))

    @rule(name=AGENTS)
    def beat(self, name: str) -> None:
        self.run(self.fleet.agents[name].beat())

    # What time does

    @rule(seconds=st.sampled_from([1, 5, 30, 200, 1000, 10_000, -60]))
    def pass_time(self, seconds: int) -> None:
        self.clock.advance(timedelta(seconds=seconds))

    @rule()
    def reconcile(self) -> None:
        self.run(self.fleet.reconciler.run())

    @rule(name=AGENTS)
    def renumber(self, name: str) -> None:
        self.run(self.fleet.queues.renumber(name))

    async def check_the_end(self) -> None:
        """Let everybody come back and finish: then what is written is what is."""
        agents = list(self.fleet.agents.values())
        for agent in agents:
            await agent.connect()
        for _ in range(12):
            for agent in agents:
                await agent.settle()
                await agent.beat()
            self.clock.advance(timedelta(seconds=31))
            await self.fleet.reconciler.run()
            if not any(agent.inbox or agent.outbox for agent in agents) and not await self.anything_busy():
                break
        for agent in agents:
            await agent.settle()
            await self.fleet.queues.renumber(agent.agent_id)
        sessions = await self.sessions()
        assert {session.id for session in sessions} == set(self.created)
        for session in sessions:
            where = running(agents, session.id)
            assert session.state not in BUSY, f"{session.id} is stuck in {session.state}: {session.message}"
            assert (session.terminated_at is not None) == (session.state in ENDED)
            assert (session.queue_position, session.retry_at) == (None, None)
            expected = [session.agent_id] if session.state == State.RUNNING else []
            assert where == expected, f"{session.id} is {session.state} and runs on {where}"
        async with self.database.work(write=False) as uow:
            used = await queries.usage(uow.db, self.actor.org_id)
        assert used.sessions == sum(len(self.alive(agent)) for agent in agents)

    @staticmethod
    def alive(agent: SimulatedAgent) -> set[str]:
        return {session for session, state in agent.held.items() if state == "running"}


class World:
    """What all lives share, because it takes long to make: the loop, and a database with one person and templates."""

    def __init__(self, url: str, folder: Path) -> None:
        self.runner = asyncio.Runner()
        self.database = Database(url, FakeClock())
        self.settings = Settings(starts_per_agent=2, data_dir=folder, port=0, **SECRETS)
        self.runner.run(self._fill(folder))

    async def _fill(self, folder: Path) -> None:
        entries, _ = reader.read(catalog.write(folder))
        async with self.database.work() as uow:
            await templates.take_in(uow, entries)
            await people.add(uow, "mia")

    def close(self) -> None:
        self.runner.run(self.database.close())
        self.runner.close()


def test_sessions_survive_everything(database_url: str, tmp_path: Path) -> None:
    class Prepared(Life):
        world = World(database_url, tmp_path)

    usual = 25 if database_url.startswith("sqlite") else 10
    lives = int(os.environ.get("STREAMSPACE_TEST_LIVES", usual))
    try:
        run_state_machine_as_test(
            Prepared,
            settings=settings(
                max_examples=lives, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
    finally:
        Prepared.world.close()
