"""Wakes that do not work at once: another attempt where that helps; otherwise the session sleeps on and says why."""

from datetime import timedelta

import pytest

from streamspace.kit.clock import FakeClock
from streamspace.server.core.db import Database
from streamspace.server.core.permissions import Actor
from streamspace.server.core.settings import Settings
from streamspace.server.sessions import rules, service
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.rules import State
from tests.server.sessions import rows
from tests.server.sessions.fleet import Fleet, SimulatedAgent


@pytest.fixture
def fleet(settings: Settings, database: Database) -> Fleet:
    return Fleet(settings, database)


@pytest.fixture
async def robot(fleet: Fleet) -> SimulatedAgent:
    return await fleet.add("robot")


async def look(fleet: Fleet) -> Session:
    async with fleet.database.work(write=False) as uow:
        return await uow.db.get_one(Session, "one")


@pytest.fixture
async def sleeper(fleet: Fleet, robot: SimulatedAgent, member: Actor) -> str:
    async with fleet.database.work() as uow:
        uow.db.add(rows.row(uow, member, "one", state=State.HIBERNATED))
    robot.held["one"] = "hibernated"
    return "one"


async def wake(fleet: Fleet, actor: Actor) -> None:
    async with fleet.database.work() as uow:
        await service.wake(uow, actor, fleet.settings, "one")


async def fail(robot: SimulatedAgent, code: str) -> None:
    await robot.hear()
    robot.work(failure=code)
    while robot.outbox:
        await robot.deliver()


async def later(fleet: Fleet, clock: FakeClock, wait: timedelta) -> Session:
    clock.advance(wait + timedelta(milliseconds=1))
    await fleet.reconciler.run()
    return await look(fleet)


@pytest.mark.usefixtures("sleeper")
class TestWaking:
    async def test_is_tried_again_and_keeps_its_place(
        self,
        fleet: Fleet,
        robot: SimulatedAgent,
        member: Actor,
        clock: FakeClock,
    ) -> None:
        await wake(fleet, member)
        await fail(robot, "platform_busy")
        session = await look(fleet)
        assert (session.state, session.retry_at) == (State.WAKING, clock.now() + rules.BACKOFF[0])
        assert session.message is not None
        assert session.message.startswith("Trying again (2 of 3)")
        await robot.hear()
        assert robot.inbox == []
        await later(fleet, clock, rules.BACKOFF[0])
        await robot.settle()
        session = await look(fleet)
        assert (session.state, session.retry_at, session.reason_code) == (State.RUNNING, None, None)
        assert [attempt.get("code") for attempt in session.attempts] == ["platform_busy", None]

    async def test_sleeps_on_after_the_last_attempt_and_says_why(
        self,
        fleet: Fleet,
        robot: SimulatedAgent,
        member: Actor,
        clock: FakeClock,
    ) -> None:
        await wake(fleet, member)
        for wait in (*rules.BACKOFF, timedelta(0)):
            await fail(robot, "internal_error")
            session = await later(fleet, clock, wait)
        assert (session.state, session.reason_code, session.reason) == (
            State.HIBERNATED, "internal_error", "It did not work.",
        )  # fmt: skip
        assert len(session.attempts) == rules.MOST_ATTEMPTS
        await wake(fleet, member)
        await robot.settle()
        assert (await look(fleet)).state == State.RUNNING

    async def test_is_not_tried_again_where_that_would_not_help(
        self,
        fleet: Fleet,
        robot: SimulatedAgent,
        member: Actor,
    ) -> None:
        await wake(fleet, member)
        await fail(robot, "packages_missing")
        session = await look(fleet)
        assert (session.state, session.reason_code) == (State.HIBERNATED, "packages_missing")

    async def test_waits_for_an_agent_that_is_away_only_once(
        self,
        fleet: Fleet,
        robot: SimulatedAgent,
        member: Actor,
        clock: FakeClock,
    ) -> None:
        await robot.lose_link()
        await wake(fleet, member)
        session = await later(fleet, clock, fleet.settings.start_timeout)
        assert (session.state, session.reason_code) == (State.HIBERNATED, "agent_away")

    async def test_can_be_ended_between_two_attempts(
        self,
        fleet: Fleet,
        robot: SimulatedAgent,
        member: Actor,
        clock: FakeClock,
    ) -> None:
        await wake(fleet, member)
        await fail(robot, "internal_error")
        async with fleet.database.work() as uow:
            await service.stop(uow, member, fleet.settings, "one")
        await later(fleet, clock, rules.BACKOFF[0])
        await robot.settle()
        assert (await look(fleet)).state == State.TERMINATED
        assert robot.held == {}

    async def test_that_succeeds_late_ends_the_waiting(
        self,
        fleet: Fleet,
        robot: SimulatedAgent,
        member: Actor,
        clock: FakeClock,
    ) -> None:
        await wake(fleet, member)
        await fail(robot, "timeout")
        robot.held["one"] = "running"
        robot.say("status", sessionId="one", state="running", streamingReady=True)
        await robot.deliver()
        session = await later(fleet, clock, rules.BACKOFF[0])
        assert (session.state, session.retry_at) == (State.RUNNING, None)
        assert robot.inbox == []
