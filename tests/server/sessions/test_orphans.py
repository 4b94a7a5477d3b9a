"""Sessions whose machine an administrator removes: none stays behind asleep for ever."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from streamspace.kit.clock import FakeClock
from streamspace.server.agents import service as agents
from streamspace.server.agents.models import Agent, AgentCommand
from streamspace.server.core.db import Database, OutboxEntry, PendingEntry
from streamspace.server.core.permissions import Actor
from streamspace.server.core.settings import Settings
from streamspace.server.sessions import orphans, service, starting
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.schemas import SessionIn
from streamspace.server.templates import reader
from streamspace.server.templates import service as templates
from tests.server.sessions.fleet import Fleet, SimulatedAgent

ROOM = {"maxSessions": 9, "cpu": "64", "memory": "64Gi"}


@pytest.fixture
async def fleet(settings: Settings, database: Database) -> Fleet:
    assert settings.catalog_dir is not None
    entries, _ = reader.read(settings.catalog_dir)
    async with database.work() as uow:
        await templates.take_in(uow, entries)
    return Fleet(settings, database)


async def create(fleet: Fleet, actor: Actor) -> str:
    assert isinstance(fleet.database.clock, FakeClock)
    fleet.database.clock.advance(timedelta(milliseconds=1))
    async with fleet.database.work() as uow:
        return (await starting.create(uow, actor, fleet.settings, SessionIn(template="editor"))).id


async def asleep(fleet: Fleet, agent: SimulatedAgent, actor: Actor) -> str:
    session_id = await create(fleet, actor)
    await agent.settle()
    async with fleet.database.work() as uow:
        await service.hibernate(uow, actor, fleet.settings, session_id)
    await agent.settle()
    return session_id


async def look(fleet: Fleet, session_id: str) -> Session:
    async with fleet.database.work(write=False) as uow:
        return await uow.db.get_one(Session, session_id)


async def remove(fleet: Fleet, admin: Actor, agent_id: str) -> None:
    async with fleet.database.work() as uow:
        await agents.remove(uow, admin, agent_id, fleet.hub.reactions.removed)


async def test_what_sleeps_or_runs_there_has_failed_and_says_why(fleet: Fleet, member: Actor, admin: Actor) -> None:
    robot = await fleet.add("robot", capacity=ROOM)
    sleeping = await asleep(fleet, robot, member)
    running = await create(fleet, member)
    await robot.settle()
    await robot.lose_link()
    await remove(fleet, admin, "robot")
    for session_id in (sleeping, running):
        session = await look(fleet, session_id)
        assert (session.state, session.reason_code, session.termination_reason) == (
            *("failed", orphans.CODE),
            orphans.CODE,
        )
        assert session.reason == session.message == orphans.REMOVED
        assert session.terminated_at is not None
    async with fleet.database.work(write=False) as uow:
        entries = [row.entry for row in (await uow.db.scalars(select(PendingEntry).order_by(PendingEntry.id))).all()]
        told = [row.payload for row in (await uow.db.scalars(select(OutboxEntry))).all() if "session" in row.payload]
    noted = {entry["resourceId"] for entry in entries if entry["action"] == "session.orphaned"}
    assert noted == {sleeping, running}
    assert entries[-1]["action"] == "agent.removed"
    assert told[-1]["session"]["state"] == "failed"


async def test_what_has_not_begun_is_given_to_another_machine(fleet: Fleet, member: Actor, admin: Actor) -> None:
    first = await fleet.add("a", capacity=ROOM)
    session_id = await create(fleet, member)
    await first.lose_link()
    second = await fleet.add("b", capacity=ROOM)
    await remove(fleet, admin, "a")
    await second.settle()
    session = await look(fleet, session_id)
    assert (session.agent_id, session.state) == ("b", "running")


async def test_what_was_about_to_end_has_ended(fleet: Fleet, member: Actor, admin: Actor) -> None:
    robot = await fleet.add("robot", capacity=ROOM)
    session_id = await create(fleet, member)
    await robot.settle()
    async with fleet.database.work() as uow:
        await service.stop(uow, member, fleet.settings, session_id)
    await robot.lose_link()
    await remove(fleet, admin, "robot")
    session = await look(fleet, session_id)
    assert (session.state, session.termination_reason, session.reason_code) == ("terminated", "stopped", None)


async def test_no_order_to_a_removed_machine_stays_open(fleet: Fleet, member: Actor, admin: Actor) -> None:
    robot = await fleet.add("robot", capacity=ROOM)
    await create(fleet, member)
    await robot.lose_link()
    await remove(fleet, admin, "robot")
    async with fleet.database.work(write=False) as uow:
        (command,) = (await uow.db.scalars(select(AgentCommand))).all()
    assert (command.status, command.error_message) == ("failed", "The agent was removed.")


async def test_others_are_left_alone(fleet: Fleet, member: Actor, admin: Actor) -> None:
    kept = await fleet.add("kept", capacity=ROOM)
    session_id = await asleep(fleet, kept, member)
    gone = await fleet.add("gone", capacity=ROOM)
    await gone.lose_link()
    await remove(fleet, admin, "gone")
    await orphans.end_all(fleet.database)
    assert (await look(fleet, session_id)).state == "hibernated"


async def test_what_earlier_removals_left_behind_is_found(fleet: Fleet, member: Actor) -> None:
    robot = await fleet.add("robot", capacity=ROOM)
    session_id = await asleep(fleet, robot, member)
    async with fleet.database.work() as uow:
        await uow.db.execute(delete(Agent))
    await orphans.end_all(fleet.database)
    assert (await look(fleet, session_id)).reason_code == orphans.CODE
