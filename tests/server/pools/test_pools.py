"""Pools: filled, claimed, emptied. The agents are simulated, everything else is real, on both databases."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from streamspace.kit.clock import FakeClock
from streamspace.server.agents.models import Agent, AgentCommand
from streamspace.server.core.db import Database
from streamspace.server.core.errors import Forbidden
from streamspace.server.core.permissions import Actor, OrgRole, Role
from streamspace.server.core.settings import Settings
from streamspace.server.organizations.purge import purge
from streamspace.server.pools import service
from streamspace.server.pools.errors import NoSuchPool, TooManyWait
from streamspace.server.pools.models import WarmPool, WarmSession
from streamspace.server.pools.schemas import PoolIn, PoolOut, PoolPatch
from streamspace.server.sessions import service as sessions
from streamspace.server.sessions import starting
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.schemas import ResourcesIn, SessionIn
from streamspace.server.templates import reader
from streamspace.server.templates import service as templates
from streamspace.server.templates.models import Template
from tests.server import people
from tests.server.pools.kindling import WarmAgent, WarmFleet

ROOMY = {"maxSessions": 200, "cpu": "64", "memory": "256Gi"}


@pytest.fixture
async def fleet(settings: Settings, database: Database) -> WarmFleet:
    assert settings.catalog_dir is not None
    entries, _ = reader.read(settings.catalog_dir)
    async with database.work() as uow:
        await templates.take_in(uow, entries)
    return WarmFleet(settings, database)


async def pool(fleet: WarmFleet, actor: Actor, size: int, **more: Any) -> PoolOut:
    async with fleet.database.work() as uow:
        return await service.create(uow, actor, fleet.settings, PoolIn(template="editor", size=size, **more))


async def shown(fleet: WarmFleet, actor: Actor, pool_id: str) -> PoolOut:
    async with fleet.database.work(write=False) as uow:
        return await service.get(uow, actor, pool_id)


async def create(fleet: WarmFleet, actor: Actor, **more: Any) -> str:
    async with fleet.database.work() as uow:
        session = await starting.create(uow, actor, fleet.settings, SessionIn(template="editor", **more))
        return session.id


async def start_of(fleet: WarmFleet, session_id: str) -> dict[str, Any]:
    async with fleet.database.work(write=False) as uow:
        found = await uow.db.execute(
            select(AgentCommand).where(AgentCommand.session_id == session_id, AgentCommand.action == "start_session")
        )
        return found.scalars().one().payload


async def rows(fleet: WarmFleet) -> Counter[str]:
    async with fleet.database.work(write=False) as uow:
        return Counter((await uow.db.execute(select(WarmSession.state))).scalars())


def pass_time(fleet: WarmFleet, **length: float) -> None:
    assert isinstance(fleet.database.clock, FakeClock)
    fleet.database.clock.advance(timedelta(**length))


class TestFilling:
    async def test_a_pool_fills_and_says_so(self, fleet: WarmFleet, admin: Actor) -> None:
        robot = await fleet.add("robot", capacity=ROOMY)
        made = await pool(fleet, admin, 3)
        assert (made.ready, made.starting, made.resources.memory) == (0, 0, "512Mi")
        await fleet.fill()
        now = await shown(fleet, admin, made.id)
        assert (now.ready, now.starting, now.message, now.memory_bytes) == (3, 0, None, 100 * 1024**2)
        assert len(robot.held_warm) == 3

    async def test_only_two_are_begun_at_once_on_an_agent(self, fleet: WarmFleet, admin: Actor) -> None:
        robot = await fleet.add("robot", capacity=ROOMY)
        await pool(fleet, admin, 10)
        await fleet.pools.run()
        await fleet.pools.run()
        await robot.hear()
        assert len(robot.inbox) == 2

    async def test_it_spreads_over_agents(self, fleet: WarmFleet, admin: Actor) -> None:
        agents = [await fleet.add(name, capacity=ROOMY) for name in ("a", "b")]
        await pool(fleet, admin, 6)
        await fleet.fill()
        assert [len(agent.held_warm) for agent in agents] == [3, 3]

    async def test_one_that_names_its_agent_stays_there(self, fleet: WarmFleet, admin: Actor) -> None:
        there, elsewhere = [await fleet.add(name, capacity=ROOMY) for name in ("a", "b")]
        await pool(fleet, admin, 3, agentId="a")
        await fleet.fill()
        assert (len(there.held_warm), len(elsewhere.held_warm)) == (3, 0)

    async def test_agents_that_cannot_are_left_alone_and_the_pool_says_why(
        self, fleet: WarmFleet, admin: Actor
    ) -> None:
        robot = await fleet.add("robot", capacity=ROOMY, abilities=[])
        made = await pool(fleet, admin, 1)
        await fleet.fill()
        assert robot.began == []
        now = await shown(fleet, admin, made.id)
        assert "can start sessions ahead" in str(now.message)
        assert now.problem is not None
        assert (now.problem.code, now.problem.agent_id) == ("no_agent", None)

    async def test_it_takes_no_more_room_than_sessions_leave(
        self, fleet: WarmFleet, admin: Actor, member: Actor
    ) -> None:
        robot = await fleet.add("robot", capacity={"maxSessions": 4, "cpu": "64", "memory": "64Gi"})
        await create(fleet, member)
        made = await pool(fleet, admin, 10)
        await fleet.fill()
        assert len(robot.held_warm) == 3
        now = await shown(fleet, admin, made.id)
        assert "places are taken" in str(now.message)
        assert now.problem is not None
        (against,) = now.problem.agents
        assert (against.agent_id, against.code, against.params) == ("robot", "full", {"places": 4})

    async def test_one_that_holds_all_it_wants_has_no_problem_any_more(self, fleet: WarmFleet, admin: Actor) -> None:
        await fleet.add("robot", capacity={"maxSessions": 2, "cpu": "64", "memory": "64Gi"})
        made = await pool(fleet, admin, 5)
        await fleet.fill()
        assert (await shown(fleet, admin, made.id)).problem is not None
        async with fleet.database.work() as uow:
            await service.update(uow, admin, fleet.settings, made.id, PoolPatch(size=2))
        await fleet.fill()
        now = await shown(fleet, admin, made.id)
        assert (now.ready, now.problem, now.message) == (2, None, None)

    async def test_one_whose_agent_is_missing_or_whose_application_is_gone_says_so(
        self, fleet: WarmFleet, admin: Actor
    ) -> None:
        await fleet.add("robot", capacity=ROOMY, abilities=[])
        made = await pool(fleet, admin, 1, agentId="robot")
        await fleet.fill()
        missing = (await shown(fleet, admin, made.id)).problem
        assert missing is not None
        assert (missing.code, missing.agent_id) == ("agent_missing", "robot")
        async with fleet.database.work() as uow:
            await uow.db.execute(update(Template).values(retired=True))
        await fleet.fill()
        gone = (await shown(fleet, admin, made.id)).problem
        assert gone is not None
        assert gone.code == "template_gone"

    async def test_what_was_written_down_before_there_were_codes_is_shown_as_it_is(
        self, fleet: WarmFleet, admin: Actor
    ) -> None:
        made = await pool(fleet, admin, 0)
        async with fleet.database.work() as uow:
            await uow.db.execute(update(WarmPool).values(problem="The disk is full."))
        now = await shown(fleet, admin, made.id)
        assert now.problem is not None
        assert (now.message, now.problem.code) == ("The disk is full.", "failed")

    async def test_failed_starts_are_told_and_tried_less_and_less_often(self, fleet: WarmFleet, admin: Actor) -> None:
        robot = await fleet.add("robot", capacity=ROOMY)
        robot.warm_failure = "The X server could not be started."
        made = await pool(fleet, admin, 1)
        tried = []
        for minute in range(60):
            before = len(await commands(fleet, "warm_session"))
            await fleet.fill()
            if len(await commands(fleet, "warm_session")) > before:
                tried.append(minute)
            pass_time(fleet, minutes=1)
        assert (await shown(fleet, admin, made.id)).message == robot.warm_failure
        assert 4 < len(tried) < 10, tried
        assert tried[-1] - tried[-2] > tried[1] - tried[0]
        robot.warm_failure = None
        pass_time(fleet, hours=1)
        await fleet.fill()
        assert (await shown(fleet, admin, made.id)).model_dump(include={"ready", "message"}) == {
            "ready": 1,
            "message": None,
        }


async def commands(fleet: WarmFleet, action: str) -> list[AgentCommand]:
    async with fleet.database.work(write=False) as uow:
        return list((await uow.db.execute(select(AgentCommand).where(AgentCommand.action == action))).scalars())


class TestReplacing:
    async def test_those_that_are_old_are_replaced(self, fleet: WarmFleet, admin: Actor) -> None:
        robot = await fleet.add("robot", capacity=ROOMY)
        await pool(fleet, admin, 2, maxAgeSeconds=60)
        await fleet.fill()
        first = set(robot.held_warm)
        pass_time(fleet, seconds=61)
        await robot.beat()
        await fleet.fill()
        assert len(robot.held_warm) == 2
        assert not first & robot.held_warm

    async def test_a_new_template_or_agent_version_replaces_them(self, fleet: WarmFleet, admin: Actor) -> None:
        robot = await fleet.add("robot", capacity=ROOMY)
        await pool(fleet, admin, 1)
        await fleet.fill()
        seen = set(robot.held_warm)
        for table, values in ((Template, {"digest": "f" * 64}), (Agent, {"version": "2"})):
            async with fleet.database.work() as uow:
                await uow.db.execute(update(table).values(**values))
            await fleet.fill()
            assert len(robot.held_warm) == 1
            assert not seen & robot.held_warm
            seen |= robot.held_warm

    async def test_surplus_and_a_removed_pool_end(self, fleet: WarmFleet, admin: Actor) -> None:
        robot = await fleet.add("robot", capacity=ROOMY)
        made = await pool(fleet, admin, 3)
        await fleet.fill()
        async with fleet.database.work() as uow:
            await service.update(uow, admin, fleet.settings, made.id, PoolPatch(size=1))
        await fleet.fill()
        assert len(robot.held_warm) == 1
        async with fleet.database.work() as uow:
            await service.delete(uow, admin, made.id)
        await fleet.fill()
        assert robot.held_warm == set()
        assert await rows(fleet) == {}

    async def test_a_drained_agent_is_left(self, fleet: WarmFleet, admin: Actor) -> None:
        robot, other = await fleet.add("robot", capacity=ROOMY), await fleet.add("other", capacity=ROOMY)
        await pool(fleet, admin, 2)
        await fleet.fill()
        async with fleet.database.work() as uow:
            await uow.db.execute(update(Agent).where(Agent.agent_id == "robot").values(draining=True))
        await fleet.fill()
        assert (len(robot.held_warm), len(other.held_warm)) == (0, 2)


class TestClaiming:
    async def test_a_session_takes_one_and_the_pool_is_refilled(
        self, fleet: WarmFleet, admin: Actor, member: Actor
    ) -> None:
        robot = await fleet.add("robot", capacity=ROOMY)
        made = await pool(fleet, admin, 1)
        await fleet.fill()
        (waiting,) = robot.held_warm
        session_id = await create(fleet, member)
        order = await start_of(fleet, session_id)
        assert order["warmId"] == waiting
        await fleet.fill()
        assert robot.taken == {waiting: session_id}
        assert robot.held == {session_id: "running"}
        pass_time(fleet, seconds=5)
        await fleet.fill()
        now = await shown(fleet, admin, made.id)
        assert (now.ready, now.claimed24h, now.missed24h) == (1, 1, 0)

    async def test_a_successor_leaves_the_machine_to_the_claimed_one_for_a_moment(
        self, fleet: WarmFleet, admin: Actor, member: Actor
    ) -> None:
        robot = await fleet.add("robot", capacity=ROOMY)
        await pool(fleet, admin, 2)
        await fleet.fill()
        assert len(robot.held_warm) == 2
        await create(fleet, member)
        pass_time(fleet, seconds=3)
        await fleet.fill()
        assert (len(robot.held_warm), len(robot.began)) == (1, 2)
        pass_time(fleet, seconds=2)
        await fleet.fill()
        assert (len(robot.held_warm), len(robot.began)) == (2, 3)

    async def test_one_that_waits_is_preferred_to_a_less_loaded_agent(
        self, fleet: WarmFleet, admin: Actor, member: Actor
    ) -> None:
        await fleet.add("a-idle", capacity=ROOMY)
        await fleet.add("z-warm", capacity=ROOMY)
        await pool(fleet, admin, 1, agentId="z-warm")
        await fleet.fill()
        assert "warmId" in await start_of(fleet, await create(fleet, member))

    async def test_an_empty_pool_is_a_miss_and_an_ordinary_start(
        self, fleet: WarmFleet, admin: Actor, member: Actor
    ) -> None:
        await fleet.add("robot", capacity=ROOMY)
        made = await pool(fleet, admin, 1)
        assert "warmId" not in await start_of(fleet, await create(fleet, member))
        assert (await shown(fleet, admin, made.id)).missed24h == 1

    async def test_other_resources_are_no_match(self, fleet: WarmFleet, admin: Actor, member: Actor) -> None:
        await fleet.add("robot", capacity=ROOMY)
        made = await pool(fleet, admin, 1)
        await fleet.fill()
        wanted = ResourcesIn(memory="2Gi")
        assert "warmId" not in await start_of(fleet, await create(fleet, member, resources=wanted))
        assert (await shown(fleet, admin, made.id)).ready == 1

    async def test_of_fifty_at_once_ten_get_the_ten_that_wait_and_no_two_the_same(
        self, fleet: WarmFleet, admin: Actor
    ) -> None:
        for name in ("a", "b"):
            await fleet.add(name, capacity=ROOMY)
        made = await pool(fleet, admin, 10)
        await fleet.fill()
        async with fleet.database.work() as uow:
            actors = [await people.add(uow, f"p-{n}") for n in range(50)]
        begun = await asyncio.gather(*(create(fleet, actor) for actor in actors))
        taken = [order["warmId"] for order in [await start_of(fleet, one) for one in begun] if "warmId" in order]
        assert len(taken) == len(set(taken)) == 10
        now = await shown(fleet, admin, made.id)
        assert (now.claimed24h, now.missed24h) == (10, 40)

    async def test_it_gives_way_where_an_agent_is_full_of_it(
        self, fleet: WarmFleet, admin: Actor, member: Actor
    ) -> None:
        robot = await fleet.add("robot", capacity={"maxSessions": 3, "cpu": "64", "memory": "64Gi"})
        await pool(fleet, admin, 3)
        await fleet.fill()
        assert len(robot.held_warm) == 3
        await create(fleet, member, resources=ResourcesIn(memory="1Gi"))
        await robot.settle()
        assert (len(robot.held), len(robot.held_warm)) == (1, 2)

    async def test_one_claimed_for_a_session_that_ended_before_it_began_is_ended(
        self, fleet: WarmFleet, admin: Actor, member: Actor
    ) -> None:
        robot = await fleet.add("robot", capacity=ROOMY)
        made = await pool(fleet, admin, 1)
        await fleet.fill()
        (waiting,) = robot.held_warm
        async with fleet.database.work() as uow:
            await service.update(uow, admin, fleet.settings, made.id, PoolPatch(size=0))
        session_id = await create(fleet, member)
        async with fleet.database.work() as uow:
            await sessions.stop(uow, member, fleet.settings, session_id)
        await robot.settle()
        assert waiting in robot.held_warm or not robot.held_warm
        pass_time(fleet, seconds=11)
        await robot.beat()
        await fleet.fill()
        assert robot.held_warm == set()


class TestTenants:
    async def test_an_organisations_pool_serves_nobody_else(
        self, fleet: WarmFleet, admin: Actor, member: Actor
    ) -> None:
        await fleet.add("robot", capacity=ROOMY)
        async with fleet.database.work() as uow:
            rival = await people.add(uow, "rita", org_id="org-rival", org_role=OrgRole.ORG_ADMIN)
        theirs = await pool(fleet, rival, 1)
        assert theirs.org_id == "org-rival"
        await fleet.fill()
        assert "warmId" not in await start_of(fleet, await create(fleet, member))
        assert "warmId" in await start_of(fleet, await create(fleet, rival))

    async def test_neither_is_it_seen_by_anybody_else(self, fleet: WarmFleet, admin: Actor) -> None:
        async with fleet.database.work() as uow:
            chief = await people.add(uow, "cora", org_role=OrgRole.ORG_ADMIN)
            rival = await people.add(uow, "rita", org_id="org-rival", org_role=OrgRole.ORG_ADMIN)
        theirs, everybodys = await pool(fleet, rival, 1), await pool(fleet, admin, 1)
        async with fleet.database.work() as uow:
            assert [p.id for p in await service.list_pools(uow, rival)] == [theirs.id]
            assert await service.list_pools(uow, chief) == []
            assert {p.id for p in await service.list_pools(uow, admin)} == {theirs.id, everybodys.id}
            for foreign in (theirs.id, everybodys.id):
                with pytest.raises(NoSuchPool):
                    await service.delete(uow, chief, foreign)

    async def test_its_own_pool_is_used_before_everybodys(self, fleet: WarmFleet, admin: Actor) -> None:
        await fleet.add("robot", capacity=ROOMY)
        async with fleet.database.work() as uow:
            chief = await people.add(uow, "cora", org_role=OrgRole.ORG_ADMIN)
        shared, own = await pool(fleet, admin, 1), await pool(fleet, chief, 1)
        await fleet.fill()
        await create(fleet, chief)
        assert ((await shown(fleet, admin, shared.id)).claimed24h, (await shown(fleet, chief, own.id)).claimed24h) == (
            0,
            1,
        )

    async def test_an_organisation_has_only_so_many(self, fleet: WarmFleet, admin: Actor) -> None:
        async with fleet.database.work() as uow:
            chief = await people.add(uow, "cora", org_role=OrgRole.ORG_ADMIN)
        most = fleet.settings.warm_sessions_per_organization
        made = await pool(fleet, chief, most)
        with pytest.raises(TooManyWait):
            await pool(fleet, chief, 1)
        async with fleet.database.work() as uow:
            with pytest.raises(TooManyWait):
                await service.update(uow, chief, fleet.settings, made.id, PoolPatch(size=most + 1))

    async def test_agents_of_another_organisation_are_not_used(self, fleet: WarmFleet, admin: Actor) -> None:
        async with fleet.database.work() as uow:
            await people.add(uow, "rita", org_id="org-rival")
        bound = await fleet.add("robot", capacity=ROOMY, org_id="org-rival")
        await pool(fleet, admin, 2)
        await fleet.fill()
        assert bound.began == []


class TestRestarts:
    async def test_those_that_went_with_their_machine_are_replaced(self, fleet: WarmFleet, admin: Actor) -> None:
        robot = await fleet.add("robot", capacity=ROOMY)
        made = await pool(fleet, admin, 2)
        await fleet.fill()
        before = set(robot.held_warm)
        pass_time(fleet, seconds=20)
        await robot.restart(machine=True)
        await fleet.fill()
        assert len(robot.held_warm) == 2
        assert not before & robot.held_warm
        assert (await shown(fleet, admin, made.id)).ready == 2

    async def test_those_that_an_agent_found_again_stay(self, fleet: WarmFleet, admin: Actor) -> None:
        robot = await fleet.add("robot", capacity=ROOMY)
        await pool(fleet, admin, 2)
        await fleet.fill()
        before = set(robot.held_warm)
        await robot.restart(machine=False)
        await fleet.fill()
        assert robot.held_warm == before

    async def test_strangers_are_ended(self, fleet: WarmFleet, admin: Actor) -> None:
        robot = await fleet.add("robot", capacity=ROOMY)
        await pool(fleet, admin, 1)
        await fleet.fill()
        robot.held_warm.add("warm-of-another-time")
        await robot.restart(machine=False)
        await fleet.fill()
        assert "warm-of-another-time" not in robot.held_warm
        assert len(robot.held_warm) == 1

    async def test_a_claim_survives_an_agent_that_was_away(self, fleet: WarmFleet, admin: Actor, member: Actor) -> None:
        robot = await fleet.add("robot", capacity=ROOMY)
        await pool(fleet, admin, 1)
        await fleet.fill()
        (waiting,) = robot.held_warm
        session_id = await create(fleet, member)
        await robot.restart(machine=False)
        await robot.settle()
        assert robot.taken == {waiting: session_id}


async def test_whoever_may_not_cannot(fleet: WarmFleet, member: Actor, operator: Actor, admin: Actor) -> None:
    made = await pool(fleet, admin, 1)
    for actor in (member, operator):
        with pytest.raises(Forbidden):
            await pool(fleet, actor, 1)
    assert (await shown(fleet, operator, made.id)).id == made.id


async def disturb(dice: random.Random, fleet: WarmFleet, agent: WarmAgent) -> None:
    match dice.randrange(7):
        case 1:
            await agent.lose_link()
        case 2:
            await agent.restart(machine=dice.random() < 0.4)
        case 3:
            pass_time(fleet, seconds=dice.choice((1, 15, 120)))
        case 4:
            agent.work()
        case 5:
            await agent.deliver(at=dice.randrange(4), twice=dice.random() < 0.3)
        case 6:
            await agent.hear()
        case _:
            await fleet.pools.run()


async def test_random_times_and_losses_leave_neither_too_many_nor_too_few(fleet: WarmFleet, admin: Actor) -> None:
    dice = random.Random(20)  # noqa: S311 - a game
    agents: list[WarmAgent] = [await fleet.add(name, capacity=ROOMY) for name in ("a", "b", "c")]
    made = await pool(fleet, admin, 4)
    async with fleet.database.work() as uow:
        people_here = [await people.add(uow, f"p-{n}") for n in range(40)]
    begun: list[str] = []
    for turn in range(120):
        if people_here and turn % 8 == 0 and any(one.link for one in agents):
            begun.append(await create(fleet, people_here.pop()))
        await disturb(dice, fleet, dice.choice(agents))
        for one in agents:
            if turn % 9 == 0:
                await one.beat()
    for agent in agents:
        await agent.connect()
    for _ in range(8):
        pass_time(fleet, seconds=30)
        for agent in agents:
            await agent.beat()
        await fleet.reconciler.run()
        await fleet.fill()
    pass_time(fleet, seconds=30)
    for agent in agents:
        await agent.restart(machine=False)
    await fleet.fill()
    now = await shown(fleet, admin, made.id)
    assert (now.ready, now.starting) == (4, 0)
    assert sum(len(agent.held_warm) for agent in agents) == 4
    became = [one for agent in agents for one in agent.taken.values()]
    assert len(became) == len(set(became))
    assert begun


async def test_an_organisation_that_goes_takes_its_pools_with_it(fleet: WarmFleet, admin: Actor) -> None:
    robot = await fleet.add("robot", capacity=ROOMY)
    async with fleet.database.work() as uow:
        rival = await people.add(uow, "rita", org_id="org-rival", org_role=OrgRole.ORG_ADMIN, role=Role.USER)
    await pool(fleet, rival, 2)
    await fleet.fill()
    async with fleet.database.work() as uow:
        await purge(uow, "org-rival")
    async with fleet.database.work(write=False) as uow:
        assert (await uow.db.execute(select(WarmPool))).first() is None
        assert (await uow.db.execute(select(Session).where(Session.org_id == "org-rival"))).first() is None
    await robot.restart(machine=False)
    await fleet.fill()
    assert robot.held_warm == set()
