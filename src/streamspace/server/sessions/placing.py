"""Where a session goes: an agent that has room, held so that nobody else takes it, or when there might be one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from streamspace.protocol.manifest import TemplateManifest
from streamspace.protocol.places import Place
from streamspace.server.agents import placement
from streamspace.server.agents import service as agents
from streamspace.server.agents.models import Agent
from streamspace.server.agents.placement import Candidate, Decision, Load, Need
from streamspace.server.agents.standing import Promised
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.settings import Settings
from streamspace.server.pools import service as pools
from streamspace.server.sessions import queries
from streamspace.server.sessions.errors import NoCapacity
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.rules import ROOM
from streamspace.server.templates import service as templates

End = tuple[datetime, Load]
"""When a session ends at the latest, and what that frees."""
MOST_OFFERED = 100
"""Regions, and values of a label, that a person is offered; others can be asked for all the same."""


def need_of(session: Session | Row[Any]) -> Need:
    """Say what a session asks of an agent: what its template does, and the place its person wants."""
    manifest = TemplateManifest.model_validate(session.manifest)
    wanted = Place.model_validate(session.wanted_place) if session.wanted_place is not None else None
    return placement.within(templates.need_of(manifest, session.cpu_millicores, session.memory_bytes), wanted)


def place_of(need: Need) -> Place:
    """Return the place that a need asks for."""
    return Place(region=need.region, region_required=need.region_required, labels=dict(need.labels))


async def promised(uow: UnitOfWork, agent_id: str | None) -> dict[str, Promised]:
    """Return what is promised on each agent, or one of them, and how many sessions sleep there."""
    loads, asleep = await queries.loads(uow.db, agent_id=agent_id), await queries.asleep(uow.db, agent_id=agent_id)
    return {name: Promised(loads.get(name, Load()), asleep.get(name, 0)) for name in {*loads, *asleep}}


async def places(uow: UnitOfWork, org_id: str) -> dict[str, Any]:
    """Return the regions and labels of the agents that take an organisation's sessions, each once."""
    fleet = [c for c in await agents.candidates(uow, org_id, {}) if c.approved]
    labels: dict[str, set[str]] = {}
    for key, value in (label for c in fleet for label in c.labels):
        labels.setdefault(key, set()).add(value)
    return {
        "regions": sorted({c.region for c in fleet if c.region is not None})[:MOST_OFFERED],
        "labels": {key: sorted(values)[:MOST_OFFERED] for key, values in sorted(labels.items())},
    }


def decide(settings: Settings, need: Need, fleet: Sequence[Candidate]) -> Decision:
    """Choose as this installation's settings say."""
    return placement.decide(need, fleet, strategy=settings.placement_strategy, cpu_overcommit=settings.cpu_overcommit)


async def choose(
    uow: UnitOfWork,
    settings: Settings,
    org_id: str,
    need: Need,
    *,
    leaving_out: Collection[str] = (),
    only: str | None = None,
    moving: str | None = None,
    ready: Collection[str] = (),
    home: str | None = None,
) -> tuple[Agent | None, Decision]:
    """Choose an agent and hold it until the transaction ends, so that nobody else takes the room that was counted.

    Args:
        uow: the transaction.
        settings: strategy and overcommitment.
        org_id: whose session it is.
        need: what it asks for.
        leaving_out: agents that do not come into question.
        only: the one agent that does.
        moving: a session whose own room does not count, because it is the one to be placed.
        ready: agents where one like it was started ahead.
        home: the agent that has its person's files, if it is to have them.
    """
    loads = await queries.loads(uow.db, without=moving)
    fleet = {
        c.agent_id: replace(c, ready=c.agent_id in ready, home=c.agent_id == home)
        for c in await agents.candidates(uow, org_id, loads)
        if c.agent_id not in leaving_out and only in {None, c.agent_id}
    }
    while True:
        decision = decide(settings, need, list(fleet.values()))
        if decision.agent_id is None:
            return None, decision
        if uow.alone and (only_one := await agents.by_agent_id(uow, decision.agent_id)) is not None:
            return only_one, decision
        # Undone where the room was taken meanwhile: who holds one agent and waits for another may wait for ever.
        attempt = await uow.db.begin_nested()
        agent = await agents.hold(uow, decision.agent_id)
        if agent is None:
            del fleet[decision.agent_id]
            await attempt.rollback()
            continue
        now = await queries.loads(uow.db, agent_id=agent.agent_id, without=moving)
        fleet[agent.agent_id] = agents.candidate(agent, now.get(agent.agent_id, Load()))
        if decide(settings, need, [fleet[agent.agent_id]]).agent_id is not None:
            await attempt.commit()
            return agent, decision
        await attempt.rollback()


async def make_room(
    uow: UnitOfWork, settings: Settings, agent: Agent, need: Need, *, moving: str | None = None
) -> None:
    """Have what was started ahead on a held agent give way to a session that goes there."""
    load = (await queries.loads(uow.db, agent_id=agent.agent_id, without=moving)).get(agent.agent_id, Load())
    await pools.give_way(uow, settings, agent, load, need)


async def hold_again(uow: UnitOfWork, settings: Settings, session: Session) -> Agent | None:
    """Hold the agent that has a sleeping session's files; None if it is not there any more.

    An agent that is away may come back, and one that takes no new sessions may keep its own.

    Raises:
        NoCapacity: it has no room, or is being emptied.
    """
    agent = await agents.hold(uow, session.agent_id)
    if agent is None:
        return None
    if agent.draining and agent.evict is not None:
        raise NoCapacity("The agent that has this session's files is being emptied. Ask an administrator.")
    load = (await queries.loads(uow.db, agent_id=agent.agent_id)).get(agent.agent_id, Load())
    decision = decide(settings, need_of(session), [agents.candidate(agent, load)])
    crowded = [reason for verdict in decision.verdicts for reason in verdict.reasons if reason.code in ROOM]
    if crowded:
        raise NoCapacity(" ".join(reason.message for reason in crowded), details={"agents": decision.out()})
    await pools.give_way(uow, settings, agent, load, need_of(session))
    return agent


async def home_of(uow: UnitOfWork, session: Session) -> str | None:
    """Return the agent that has the files a session is to have; None if it needs none, or there are none."""
    if not session.persistent_home:
        return None
    return await queries.last_home(uow.db, session.org_id, session.user_id, session.id)


def given_to(agent_id: str, home: str | None) -> str:
    """Say which agent a session is given to, and that its person's files are on another one, where they are."""
    said = f"Given to the agent {agent_id}."
    if home in {None, agent_id}:
        return said
    return f"{said} The files of earlier sessions are on the agent {home}, and here only if both share their homes."


def no_capacity(decision: Decision) -> NoCapacity:
    """Say why no agent can."""
    if not decision.verdicts:
        message = "No agent is registered, so nothing can run. Start one with `streamspace agent`."
    elif len(decision.verdicts) == 1:
        message = " ".join(reason.message for reason in decision.verdicts[0].reasons)
    else:
        message = NoCapacity().message
    return NoCapacity(message, details={"agents": decision.out()})


async def waits_behind(uow: UnitOfWork, settings: Settings, agent: Agent) -> int | None:
    """Return the place that one more start would have in an agent's queue; None if it would go out at once."""
    under_way, waiting = await agents.starts(uow, agent.agent_id)
    place = under_way + len(waiting) + 1 - (agent.max_starts or settings.starts_per_agent)
    return place if place > 0 else None


async def room_from(
    uow: UnitOfWork, settings: Settings, org_id: str, need: Need, decision: Decision
) -> tuple[bool, datetime | None, str]:
    """Return whether waiting helps, when there will be room at the latest if that is known, and a sentence about it."""
    crowded = {v.agent_id for v in decision.verdicts if {reason.code for reason in v.reasons} <= ROOM}
    loads = await queries.loads(uow.db)
    fleet = [
        c
        for c in await agents.candidates(uow, org_id, loads)
        # What is larger than the whole agent never fits.
        if c.agent_id in crowded and decide(settings, need, [replace(c, load=Load())]).agent_id is not None
    ]
    if not fleet:
        return False, None, "Waiting does not help: what speaks against each agent must be changed first."
    at = earliest(settings, need, fleet, await queries.known_ends(uow.db, {c.agent_id for c in fleet}))
    if at is None:
        return True, None, "There will be room when enough sessions end; none that would do has a known end."
    return True, at, "There will be room at this time at the latest, when sessions there reach their longest duration."


def earliest(
    settings: Settings, need: Need, fleet: Sequence[Candidate], ends: Mapping[str, Sequence[End]]
) -> datetime | None:
    """Return when the first agent has room, as its sessions end one after the other."""
    found = []
    for agent in fleet:
        load = agent.load
        for at, freed in sorted(ends.get(agent.agent_id, ()), key=lambda end: end[0]):
            load = Load(
                load.sessions - freed.sessions,
                load.cpu_millicores - freed.cpu_millicores,
                load.memory_bytes - freed.memory_bytes,
            )
            if decide(settings, need, [replace(agent, load=load)]).agent_id is not None:
                found.append(at)
                break
    return min(found, default=None)
