"""How sessions begin: places, queues, second attempts. The agents are simulated, everything else is real."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from streamspace.kit.clock import FakeClock
from streamspace.server.core.db import Base, Database
from streamspace.server.core.permissions import Actor
from streamspace.server.core.settings import Settings
from streamspace.server.sessions import service, starting
from streamspace.server.sessions.errors import NoCapacity
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.rules import State
from streamspace.server.sessions.schemas import PreviewOut, SessionIn
from streamspace.server.templates import reader
from streamspace.server.templates import service as templates
from tests.server import people
from tests.server.sessions.fleet import Fleet, running

MOST_STATEMENTS = {"sqlite": 22, "postgresql": 26}
ROOMY = {"maxSessions": 50, "cpu": "64", "memory": "64Gi"}


@pytest.fixture
async def fleet(settings: Settings, database: Database) -> Fleet:
    assert settings.catalog_dir is not None
    entries, _ = reader.read(settings.catalog_dir)
    async with database.work() as uow:
        await templates.take_in(uow, entries)
    return Fleet(settings, database)


async def create(fleet: Fleet, actor: Actor, **more: Any) -> str:
    assert isinstance(fleet.database.clock, FakeClock)
    fleet.database.clock.advance(timedelta(milliseconds=1))  # the queue goes by age
    async with fleet.database.work() as uow:
        session = await starting.create(uow, actor, fleet.settings, SessionIn(template="editor", **more))
        return session.id


async def look(fleet: Fleet, session_id: str) -> Session:
    async with fleet.database.work(write=False) as uow:
        return await uow.db.get_one(Session, session_id)


async def preview(fleet: Fleet, actor: Actor, **more: Any) -> PreviewOut:
    async with fleet.database.work() as uow:
        return await starting.preview(uow, actor, fleet.settings, SessionIn(template="editor", **more))


async def counts(database: Database) -> dict[str, int]:
    async with database.work(write=False) as uow:
        return {
            table.name: (await uow.db.execute(select(func.count()).select_from(table))).scalar_one()
            for table in Base.metadata.sorted_tables
        }


class TestRace:
    async def test_of_thirty_at_once_as_many_begin_as_there_are_places(self, fleet: Fleet) -> None:
        await fleet.add("robot", capacity={"maxSessions": 5, "cpu": "64", "memory": "64Gi"})
        async with fleet.database.work() as uow:
            actors = [await people.add(uow, f"p-{n}") for n in range(30)]
        tried = await asyncio.gather(*(create(fleet, actor) for actor in actors), return_exceptions=True)
        assert {type(outcome) for outcome in tried} == {str, NoCapacity}, tried
        assert len([outcome for outcome in tried if isinstance(outcome, str)]) == 5

    async def test_who_finds_a_place_taken_gets_one_elsewhere(self, fleet: Fleet) -> None:
        for name in ("a", "b", "c"):
            await fleet.add(name, capacity={"maxSessions": 4, "cpu": "64", "memory": "64Gi"})
        async with fleet.database.work() as uow:
            actors = [await people.add(uow, f"p-{n}") for n in range(12)]
        made = await asyncio.gather(*(create(fleet, actor) for actor in actors))
        places = [(await look(fleet, session_id)).agent_id for session_id in made]
        assert {name: places.count(name) for name in "abc"} == {"a": 4, "b": 4, "c": 4}

    async def test_a_sleeper_wakes_only_where_there_is_room(self, fleet: Fleet, member: Actor) -> None:
        agent = await fleet.add("robot", capacity={"maxSessions": 1, "cpu": "64", "memory": "64Gi"})
        first = await create(fleet, member)
        await agent.settle()
        async with fleet.database.work() as uow:
            await service.hibernate(uow, member, fleet.settings, first)
        await agent.settle()
        await create(fleet, member)
        async with fleet.database.work() as uow:
            with pytest.raises(NoCapacity, match="places are taken"):
                await service.wake(uow, member, fleet.settings, first)


class TestPreview:
    async def test_says_yes_and_where(self, fleet: Fleet, member: Actor) -> None:
        await fleet.add("robot")
        seen = await preview(fleet, member)
        assert (seen.possible, seen.agent_id, seen.quota.ok, seen.queue_position) == (True, "robot", True, None)

    async def test_writes_nothing(self, fleet: Fleet, member: Actor) -> None:
        await fleet.add("robot")
        before = await counts(fleet.database)
        await preview(fleet, member)
        assert await counts(fleet.database) == before

    async def test_tells_the_limit_that_would_be_passed(self, fleet: Fleet, member: Actor) -> None:
        await fleet.add("robot")
        seen = await preview(fleet, member, resources={"cpu": "8"})
        assert (seen.possible, seen.quota.ok, [r.code for r in seen.reasons]) == (False, False, ["quota_exceeded"])
        assert seen.quota.details is not None
        assert (seen.quota.details["limit"], seen.quota.details["max"]) == ("cpu", "4000m")

    async def test_tells_when_there_is_room_again(self, fleet: Fleet, member: Actor, clock: FakeClock) -> None:
        agent = await fleet.add("robot", capacity={"maxSessions": 2, "cpu": "64", "memory": "64Gi"})
        await create(fleet, member, max_session_duration="8h")
        await create(fleet, member, max_session_duration="2h")
        await agent.settle()
        seen = await preview(fleet, member)
        assert (seen.possible, seen.agents[0].reasons[0].code) == (False, "full")
        assert seen.when == clock.now() + timedelta(hours=2)

    async def test_knows_that_no_end_is_known(self, fleet: Fleet, member: Actor) -> None:
        await fleet.add("robot", capacity={"maxSessions": 1, "cpu": "64", "memory": "64Gi"})
        await create(fleet, member)
        seen = await preview(fleet, member)
        assert (seen.when, seen.waiting_helps) == (None, True)
        assert "none that would do has a known end" in seen.message

    async def test_knows_that_waiting_does_not_help(self, fleet: Fleet, member: Actor) -> None:
        await fleet.add("robot", draining=True)
        seen = await preview(fleet, member)
        assert "Waiting does not help" in seen.message
        assert not seen.waiting_helps

    async def test_what_is_larger_than_the_whole_agent_is_not_waited_for(self, fleet: Fleet, member: Actor) -> None:
        await fleet.add("robot", capacity={"maxSessions": 9, "cpu": "64", "memory": "4Gi"})
        seen = await preview(fleet, member, resources={"memory": "5Gi"})
        assert [reason.code for reason in seen.agents[0].reasons] == ["memory"]
        assert (seen.waiting_helps, seen.when) == (False, None)
        assert "Waiting does not help" in seen.message


class TestHome:
    async def told(self, fleet: Fleet, actor: Actor, session_id: str) -> str:
        async with fleet.database.work(write=False) as uow:
            return str((await service.history(uow, actor, session_id))[0].message)

    async def test_elsewhere_is_said_before_and_after(self, fleet: Fleet, member: Actor) -> None:
        small = {"maxSessions": 1, "cpu": "64", "memory": "64Gi"}
        first = await fleet.add("a", capacity=small)
        began = await create(fleet, member)
        assert await self.told(fleet, member, began) == "Given to the agent a."
        await first.settle()
        await fleet.add("b", capacity=small)
        assert "on the agent a" in (await preview(fleet, member)).message
        made = await create(fleet, member)
        assert "The files of earlier sessions are on the agent a" in await self.told(fleet, member, made)

    async def test_a_session_goes_where_its_persons_files_are(self, fleet: Fleet, member: Actor) -> None:
        first = await fleet.add("b", capacity=ROOMY)
        await create(fleet, member)
        await first.settle()
        await fleet.add("a", capacity=ROOMY)  # less loaded, and first by name
        seen = await preview(fleet, member)
        assert (seen.agent_id, [[one.code for one in agent.advantages] for agent in seen.agents]) == (
            "b",
            [[], ["home"]],
        )
        assert (await look(fleet, await create(fleet, member))).agent_id == "b"
        assert (await look(fleet, await create(fleet, member, persistent_home=False))).agent_id == "a"

    async def test_here_or_not_wanted_is_no_word_worth(self, fleet: Fleet, member: Actor) -> None:
        first = await fleet.add("a")
        await create(fleet, member)
        await first.settle()
        assert (await preview(fleet, member)).message == "It could start now. Given to the agent a."
        await fleet.add("b", capacity=ROOMY)
        made = await create(fleet, member, persistent_home=False)
        assert "earlier sessions" not in await self.told(fleet, member, made)


class TestQueue:
    async def test_so_many_at_once_and_the_others_in_turn(self, fleet: Fleet, admin: Actor) -> None:
        agent = await fleet.add("robot", capacity=ROOMY, max_starts=2)
        made = [await create(fleet, admin) for _ in range(5)]
        assert [(await look(fleet, one)).queue_position for one in made] == [None, None, 1, 2, 3]
        await agent.hear()
        assert [command.payload["sessionId"] for command in agent.inbox] == made[:2]
        agent.work()
        while agent.outbox:
            await agent.deliver()
        await fleet.queues.renumber("robot")
        assert [(await look(fleet, one)).queue_position for one in made] == [None, None, None, 1, 2]
        await agent.hear()
        assert [command.payload["sessionId"] for command in agent.inbox] == made[1:3]
        await agent.settle()
        assert {(await look(fleet, one)).state for one in made} == {State.RUNNING}
        assert {(await look(fleet, one)).queue_position for one in made} == {None}

    async def test_one_that_waits_is_gone_at_once_when_stopped(self, fleet: Fleet, admin: Actor) -> None:
        agent = await fleet.add("robot", capacity=ROOMY, max_starts=1)
        first, second, third = [await create(fleet, admin) for _ in range(3)]
        await agent.hear()
        async with fleet.database.work() as uow:
            stopped = await service.stop(uow, admin, fleet.settings, second)
            assert (stopped.state, stopped.termination_reason) == (State.TERMINATED, "stopped")
        await fleet.queues.renumber("robot")
        assert (await look(fleet, third)).queue_position == 1
        await agent.settle()
        assert set(agent.held) == {first, third}

    async def test_its_time_runs_from_the_sending(self, fleet: Fleet, admin: Actor, clock: FakeClock) -> None:
        agent = await fleet.add("robot", capacity=ROOMY, max_starts=1)
        first, second = [await create(fleet, admin) for _ in range(2)]
        await agent.hear()
        for _ in range(4):
            clock.advance(fleet.settings.start_timeout - timedelta(seconds=1))
            agent.work()
            await agent.beat()
            await fleet.reconciler.run()
            assert (await look(fleet, second)).state == State.PENDING
        assert (await look(fleet, first)).attempts[0].get("code") == "timeout"

    async def test_the_setting_counts_where_the_agent_has_no_number_of_its_own(
        self, fleet: Fleet, admin: Actor
    ) -> None:
        agent = await fleet.add("robot", capacity=ROOMY)
        for _ in range(6):
            await create(fleet, admin)
        await agent.hear()
        assert len(agent.inbox) == fleet.settings.starts_per_agent


class TestRetry:
    async def fail(self, fleet: Fleet, agent_id: str, code: str = "internal_error") -> None:
        agent = fleet.agents[agent_id]
        await agent.hear()
        agent.work(failure=code)
        while agent.outbox:
            await agent.deliver()

    async def test_goes_to_another_agent_and_the_first_is_told_to_stop(
        self, fleet: Fleet, member: Actor, clock: FakeClock
    ) -> None:
        await fleet.add("a")
        await fleet.add("b")
        session_id = await create(fleet, member)
        await self.fail(fleet, "a")
        waiting = await look(fleet, session_id)
        assert (waiting.state, waiting.message) == (State.PENDING, "Trying again (2 of 3): It did not work.")
        await fleet.reconciler.run()
        assert (await look(fleet, session_id)).agent_id == "a"
        clock.advance(timedelta(seconds=2))
        await fleet.reconciler.run()
        assert (await look(fleet, session_id)).agent_id == "b"
        for agent in fleet.agents.values():
            await agent.settle()
        found = await look(fleet, session_id)
        assert (found.state, found.reason_code) == (State.RUNNING, None)
        assert [(a["agentId"], a.get("code")) for a in found.attempts] == [("a", "internal_error"), ("b", None)]

    async def test_stays_where_no_other_fits_and_fails_after_three(
        self, fleet: Fleet, member: Actor, clock: FakeClock
    ) -> None:
        await fleet.add("a")
        session_id = await create(fleet, member)
        for wait in (2, 8):
            await self.fail(fleet, "a")
            assert (await look(fleet, session_id)).retry_at == clock.now() + timedelta(seconds=wait)
            clock.advance(timedelta(seconds=wait))
            await fleet.reconciler.run()
        await self.fail(fleet, "a")
        found = await look(fleet, session_id)
        assert (found.state, found.reason_code, len(found.attempts)) == (State.FAILED, "internal_error", 3)

    async def test_one_that_took_too_long_for_the_last_time_is_told_to_stop(
        self, fleet: Fleet, member: Actor, clock: FakeClock
    ) -> None:
        agent = await fleet.add("a")
        session_id = await create(fleet, member)
        for _ in range(3):
            await agent.hear()
            clock.advance(fleet.settings.start_timeout + timedelta(seconds=1))
            await agent.beat()
            await fleet.reconciler.run()
            clock.advance(timedelta(seconds=10))
            await fleet.reconciler.run()
        assert ((found := await look(fleet, session_id)).state, found.reason_code) == (State.FAILED, "timeout")
        await agent.settle()  # it gets round to the starts at last
        assert agent.held == {}

    async def test_what_would_only_come_again_fails_at_once(self, fleet: Fleet, member: Actor) -> None:
        await fleet.add("a")
        session_id = await create(fleet, member)
        await self.fail(fleet, "a", "packages_missing")
        found = await look(fleet, session_id)
        assert (found.state, found.reason_code) == (State.FAILED, "packages_missing")

    async def test_an_agent_that_went_away_loses_its_start_to_another(
        self, fleet: Fleet, member: Actor, clock: FakeClock
    ) -> None:
        first, second = await fleet.add("a"), await fleet.add("b")
        session_id = await create(fleet, member)
        await first.hear()
        first.work()
        await first.lose_link()
        clock.advance(fleet.settings.agent_away_after + timedelta(seconds=1))
        await second.beat()
        await fleet.reconciler.run()
        await second.settle()
        assert running(fleet.agents.values(), session_id) == ["a", "b"]
        # The first had it up, unheard; it comes back and learns that it is another's now.
        await first.connect()
        await first.settle()
        assert running(fleet.agents.values(), session_id) == ["b"]
        assert (await look(fleet, session_id)).state == State.RUNNING

    async def test_one_that_is_alone_keeps_its_start_and_goes_on_when_it_is_back(
        self, fleet: Fleet, member: Actor, clock: FakeClock
    ) -> None:
        agent = await fleet.add("a")
        session_id = await create(fleet, member)
        await agent.lose_link()
        clock.advance(fleet.settings.agent_away_after + timedelta(seconds=1))
        await fleet.reconciler.run()
        await agent.connect()
        await agent.settle()
        assert ((found := await look(fleet, session_id)).state, len(found.attempts)) == (State.RUNNING, 1)

    async def test_a_late_word_of_the_first_agent_is_answered_with_a_stop(
        self, fleet: Fleet, member: Actor, clock: FakeClock
    ) -> None:
        first, second = await fleet.add("a"), await fleet.add("b")
        session_id = await create(fleet, member)
        await self.fail(fleet, "a")
        clock.advance(timedelta(seconds=2))
        await fleet.reconciler.run()
        await second.settle()
        await first.settle()
        first.held[session_id] = "running"
        first.say("status", sessionId=session_id, state="running", streamingReady=True)
        await first.settle()
        assert running(fleet.agents.values(), session_id) == ["b"]
        assert (await look(fleet, session_id)).agent_id == "b"

    async def test_a_stop_while_it_waits_ends_it(self, fleet: Fleet, member: Actor, clock: FakeClock) -> None:
        agent = await fleet.add("a")
        session_id = await create(fleet, member)
        await self.fail(fleet, "a")
        async with fleet.database.work() as uow:
            await service.stop(uow, member, fleet.settings, session_id)
        clock.advance(timedelta(seconds=10))
        await fleet.reconciler.run()
        await agent.settle()
        assert (await look(fleet, session_id)).state == State.TERMINATED
        assert agent.held == {}


async def test_a_start_takes_no_more_statements_than_were_counted_once(
    fleet: Fleet, statements: Callable[[Database], AbstractContextManager[list[str]]]
) -> None:
    """A person waits for it. SQLite has one writer, who need not hold what was read."""
    await fleet.add("robot", capacity=ROOMY)
    async with fleet.database.work() as uow:
        actor = await people.add(uow, "ann")
    await create(fleet, actor)
    with statements(fleet.database) as seen:
        await create(fleet, actor)
    most = MOST_STATEMENTS[fleet.database.engine.dialect.name]
    assert len(seen) <= most, "\n".join(seen)
