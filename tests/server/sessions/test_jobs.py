"""Deadlines and their warnings, the timeline, and what a heartbeat reveals."""

from datetime import timedelta
from typing import Any

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import select

from streamspace.kit.clock import FakeClock
from streamspace.protocol.control import Action as Order
from streamspace.server.agents.models import AgentCommand
from streamspace.server.core.db import Database, OutboxEntry
from streamspace.server.core.permissions import Actor
from streamspace.server.core.settings import Settings
from streamspace.server.sessions import rules, service, timeline
from streamspace.server.sessions.jobs import Reconciler
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.rules import State
from tests.server.sessions import rows
from tests.server.sessions.fleet import Fleet, SimulatedAgent

MINUTE = timedelta(minutes=1)


@pytest.fixture
def fleet(settings: Settings, database: Database) -> Fleet:
    return Fleet(settings, database)


@pytest.fixture
async def robot(fleet: Fleet) -> SimulatedAgent:
    return await fleet.add("robot")


async def add(fleet: Fleet, owner: Actor, **more: Any) -> None:
    async with fleet.database.work() as uow:
        uow.db.add(rows.row(uow, owner, "one", **more))
    fleet.agents["robot"].held["one"] = "running"


async def look(fleet: Fleet) -> Session:
    async with fleet.database.work(write=False) as uow:
        return await uow.db.get_one(Session, "one")


async def told(fleet: Fleet, kind: str) -> list[dict[str, Any]]:
    async with fleet.database.work(write=False) as uow:
        found = await uow.db.execute(select(OutboxEntry).where(OutboxEntry.name == kind).order_by(OutboxEntry.id))
        return [entry.payload for entry in found.scalars()]


async def kinds(fleet: Fleet, owner: Actor) -> list[str]:
    async with fleet.database.work(write=False) as uow:
        return [entry.kind for entry in await service.history(uow, owner, "one")]


class TestLongestDuration:
    async def test_is_warned_of_twice_and_then_ends(
        self, fleet: Fleet, robot: SimulatedAgent, member: Actor, clock: FakeClock
    ) -> None:
        await add(fleet, member, max_seconds=3600)
        for _ in range(61):
            await fleet.reconciler.run()
            clock.advance(MINUTE)
        assert [warning["seconds_left"] for warning in await told(fleet, "session.expiring")] == [900, 300]
        ended = await look(fleet)
        assert (ended.state, ended.termination_reason) == (State.TERMINATING, "max_duration")
        assert await kinds(fleet, member) == ["expiring", "expiring", "terminating"]

    async def test_a_warning_as_long_as_the_session_is_left_out(
        self, fleet: Fleet, robot: SimulatedAgent, member: Actor
    ) -> None:
        await add(fleet, member, max_seconds=600)
        await fleet.reconciler.run()
        assert await told(fleet, "session.expiring") == []


class TestIdle:
    async def test_is_warned_of_a_minute_before_and_then_sleeps(
        self, fleet: Fleet, robot: SimulatedAgent, member: Actor, clock: FakeClock
    ) -> None:
        await add(fleet, member, idle_seconds=600)
        clock.advance(8 * MINUTE)
        await fleet.reconciler.run()
        assert await told(fleet, "session.idle") == []
        clock.advance(MINUTE)
        for _ in range(2):
            await fleet.reconciler.run()
        (warning,) = await told(fleet, "session.idle")
        assert warning["seconds_left"] == 60
        assert warning["session"]["idleWarning"] == (clock.now() + MINUTE).isoformat().replace("+00:00", "Z")
        clock.advance(MINUTE)
        await fleet.reconciler.run()
        assert (await look(fleet)).state == State.HIBERNATING

    async def test_input_takes_the_warning_back(
        self, fleet: Fleet, robot: SimulatedAgent, member: Actor, clock: FakeClock
    ) -> None:
        await add(fleet, member, idle_seconds=600)
        clock.advance(9 * MINUTE + timedelta(seconds=30))
        await fleet.reconciler.run()
        await robot.beat()
        (shown,) = await told(fleet, "session.updated")
        assert "idleWarning" not in shown["session"]
        clock.advance(MINUTE)
        await fleet.reconciler.run()
        assert (await look(fleet)).state == State.RUNNING
        clock.advance(8 * MINUTE + timedelta(seconds=30))
        await fleet.reconciler.run()
        assert len(await told(fleet, "session.idle")) == 2


class TestHeartbeat:
    async def orders(self, fleet: Fleet) -> list[tuple[str | None, str]]:
        async with fleet.database.work(write=False) as uow:
            found = await uow.db.execute(select(AgentCommand.session_id, AgentCommand.action))
            return [(session_id, action) for session_id, action in found]

    async def test_what_should_not_run_there_is_stopped(
        self, fleet: Fleet, robot: SimulatedAgent, member: Actor, clock: FakeClock
    ) -> None:
        await add(fleet, member, state="terminated", terminated_at=clock.now())
        robot.held["nobody-knows-me"] = "running"
        await robot.beat()
        assert await self.orders(fleet) == [("nobody-knows-me", "stop_session")]
        clock.advance(MINUTE)
        await robot.beat()
        assert ("one", "stop_session") in await self.orders(fleet)
        await robot.settle()
        assert robot.held == {}


class TestRepair:
    async def hibernate(self, fleet: Fleet, owner: Actor) -> None:
        async with fleet.database.work() as uow:
            await service.hibernate(uow, owner, fleet.settings, "one")

    async def test_what_was_gone_before_it_could_be_hibernated_sleeps_with_a_reason(
        self, fleet: Fleet, robot: SimulatedAgent, member: Actor
    ) -> None:
        await add(fleet, member)
        await self.hibernate(fleet, member)
        await robot.restart(machine=True)
        await robot.settle()
        assert ((found := await look(fleet)).state, found.reason_code) == (State.HIBERNATED, "lost")

    async def test_a_hibernation_that_takes_too_long_is_ordered_again(
        self, fleet: Fleet, robot: SimulatedAgent, member: Actor, clock: FakeClock
    ) -> None:
        await add(fleet, member)
        await self.hibernate(fleet, member)
        await robot.hear()
        clock.advance(fleet.settings.command_timeout + timedelta(seconds=11))
        await fleet.reconciler.run()
        await robot.settle()
        assert (await look(fleet)).state == State.HIBERNATED
        assert robot.held == {"one": "hibernated"}

    async def test_a_wake_that_succeeds_too_late_is_laid_down_again(
        self, fleet: Fleet, robot: SimulatedAgent, member: Actor, clock: FakeClock
    ) -> None:
        await add(fleet, member, state="hibernated")
        robot.held["one"] = "hibernated"
        async with fleet.database.work() as uow:
            await service.wake(uow, member, fleet.settings, "one")
        for _ in range(rules.MOST_ATTEMPTS):
            await robot.hear()
            clock.advance(fleet.settings.start_timeout + timedelta(seconds=1))
            await fleet.reconciler.run()
            clock.advance(rules.BACKOFF[-1])
            await fleet.reconciler.run()
        assert ((found := await look(fleet)).state, found.reason_code) == (State.HIBERNATED, "timeout")
        robot.work()
        clock.advance(MINUTE)
        await robot.beat()
        await robot.settle()
        assert (await look(fleet)).state == State.HIBERNATED
        assert robot.held == {"one": "hibernated"}


async def test_the_queues_are_measured(settings: Settings, database: Database, member: Actor) -> None:
    fleet, registry = Fleet(settings, database), CollectorRegistry()
    await fleet.add("robot")
    async with database.work() as uow:
        for number in range(3):
            session = rows.row(uow, member, f"s-{number}", state="pending")
            uow.db.add(session)
            await uow.db.flush()
            await service.order(uow, settings, session, Order.START)
    await Reconciler(settings, database, registry).run()
    assert registry.get_sample_value("streamspace_queued_starts", {"agent": "robot"}) == 3


class TestTimeline:
    async def test_keeps_the_newest(self, fleet: Fleet, robot: SimulatedAgent, member: Actor) -> None:
        await add(fleet, member)
        async with fleet.database.work() as uow:
            session = await uow.db.get_one(Session, "one")
            for number in range(rules.MOST_EVENTS + 5):
                await timeline.record(uow, session, f"k{number}")
                await uow.db.flush()
        found = await kinds(fleet, member)
        assert (len(found), found[0], found[-1]) == (rules.MOST_EVENTS, "k5", f"k{rules.MOST_EVENTS + 4}")

    async def test_goes_with_its_session(self, fleet: Fleet, robot: SimulatedAgent, member: Actor) -> None:
        await add(fleet, member)
        async with fleet.database.work() as uow:
            session = await uow.db.get_one(Session, "one")
            await timeline.record(uow, session, "created")
            await uow.db.flush()
            await uow.db.delete(session)
        assert await _events(fleet) == 0

    async def test_goes_with_its_organisation(self, fleet: Fleet, robot: SimulatedAgent, member: Actor) -> None:
        from streamspace.server.organizations import purge

        await add(fleet, member)
        async with fleet.database.work() as uow:
            await timeline.record(uow, await uow.db.get_one(Session, "one"), "created")
        async with fleet.database.work() as uow:
            await purge.purge(uow, member.org_id)
        assert await _events(fleet) == 0


async def _events(fleet: Fleet) -> int:
    from streamspace.server.sessions.models import SessionEvent

    async with fleet.database.work(write=False) as uow:
        return len((await uow.db.execute(select(SessionEvent.number))).all())
