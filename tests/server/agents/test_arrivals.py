"""Many agents that come at once are let in together, each by its own right."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from streamspace.kit import ids
from streamspace.kit.clock import FakeClock
from streamspace.protocol.control import Action as Order
from streamspace.server.agents import presence, service
from streamspace.server.agents.admission import SILENCE, Claim
from streamspace.server.agents.arrivals import Arrivals, Begun
from streamspace.server.agents.errors import AgentHeld, AgentRejected, NoSuchAgent, WrongAgentKey
from streamspace.server.agents.models import Agent
from streamspace.server.core import auth
from streamspace.server.core.attempts import Attempts
from streamspace.server.core.db import Database
from streamspace.server.core.settings import Settings
from streamspace.server.sessions.reactions import Reactions
from tests.server.sessions.fleet import agent_row

KEY = "a" * 64


@pytest.fixture
def arrivals(settings: Settings, database: Database) -> Arrivals:
    return Arrivals(database, Reactions(settings))


async def enrol(database: Database, *names: str, **more: Any) -> None:
    values = {"online": False, "api_key_hash": auth.hash_secret(KEY), "last_heartbeat": None} | more
    async with database.work() as uow:
        uow.db.add_all(agent_row(uow, name, **values) for name in names)


async def come(arrivals: Arrivals, name: str, instance: str = "one", link_id: str = "") -> Begun:
    claim = await arrivals.prove(Attempts(5), name, KEY, "192.0.2.1", instance)
    return await arrivals.begin(claim, link_id or ids.uid())


async def look(database: Database, name: str) -> Agent:
    async with database.work(write=False) as uow:
        found = await service.by_agent_id(uow, name)
    assert found is not None
    return found


async def test_a_hundred_at_once_take_a_handful_of_transactions(database: Database, arrivals: Arrivals) -> None:
    names = [f"robot-{n:03}" for n in range(100)]
    await enrol(database, *names)
    commits = 0

    def count(connection: object) -> None:
        nonlocal commits
        commits += 1

    event.listen(database.engine.sync_engine, "commit", count)
    begun = await asyncio.gather(*(come(arrivals, name) for name in names))
    event.remove(database.engine.sync_engine, "commit", count)
    assert {one.epoch for one in begun} == {1}
    assert commits <= 10
    assert all([(await look(database, name)).online for name in names[::10]])


async def test_who_may_not_is_refused_and_stops_nobody_else(database: Database, arrivals: Arrivals) -> None:
    await enrol(database, "good")
    await enrol(database, "bad", approval_status="rejected")
    wrong = Claim("good", auth.hash_secret("b" * 64), "one")
    outcomes = await asyncio.gather(
        come(arrivals, "bad"),
        come(arrivals, "good"),
        come(arrivals, "nobody"),
        arrivals.begin(wrong, ids.uid()),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [AgentRejected, Begun, NoSuchAgent, WrongAgentKey]


async def test_of_two_processes_that_come_at_once_one_acts(
    database: Database, arrivals: Arrivals, clock: FakeClock
) -> None:
    await enrol(database, "robot")
    claims = [await arrivals.prove(Attempts(5), "robot", KEY, "192.0.2.1", name) for name in ("one", "two")]
    outcomes = await asyncio.gather(*(arrivals.begin(claim, ids.uid()) for claim in claims), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [Begun, AgentHeld]
    assert isinstance(outcomes[1], AgentHeld)
    assert outcomes[1].left == SILENCE
    clock.advance(SILENCE - timedelta(seconds=5))
    with pytest.raises(AgentHeld) as held:
        await come(arrivals, "robot", "two")
    assert held.value.left == timedelta(seconds=5)
    clock.advance(timedelta(seconds=5))
    assert (await come(arrivals, "robot", "two")).epoch == 2


async def test_says_what_waits_and_what_is_held(database: Database, arrivals: Arrivals, settings: Settings) -> None:
    await enrol(database, "busy", "idle")
    async with database.work() as uow:
        await service.order(uow, "busy", Order.STOP, {}, timeout=settings.command_timeout, session_id="s")
    busy, idle = await asyncio.gather(come(arrivals, "busy"), come(arrivals, "idle"))
    assert (busy.waits, idle.waits) == (True, False)
    assert not busy.holds
    assert not idle.holds


async def test_who_left_is_offline_unless_another_channel_replaced_it(database: Database, arrivals: Arrivals) -> None:
    await enrol(database, "stays", "leaves", "bids farewell")
    for name in ("stays", "leaves", "bids farewell"):
        await come(arrivals, name, link_id=f"first of {name}")
    await come(arrivals, "stays", link_id="second")
    await asyncio.gather(
        arrivals.gone("stays", "first of stays", goodbye=True),
        arrivals.gone("leaves", "first of leaves", goodbye=False),
        arrivals.gone("bids farewell", "first of bids farewell", goodbye=True),
    )
    found = [await look(database, name) for name in ("stays", "leaves", "bids farewell")]
    assert [(agent.online, agent.instance) for agent in found] == [(True, "one"), (False, "one"), (False, None)]


async def test_after_a_start_nobody_counts_as_connected(database: Database, arrivals: Arrivals) -> None:
    await enrol(database, "robot")
    await come(arrivals, "robot")
    async with database.work() as uow:
        await presence.none_connected(uow)
    agent = await look(database, "robot")
    assert (agent.online, agent.websocket_id, agent.epoch) == (False, None, 1)
