"""Who is there: heartbeats, silence, and what agents say of themselves when they connect."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from streamspace.protocol.control import Heartbeat, Hello
from streamspace.server.agents import admission, queries
from streamspace.server.agents.events import AgentsChanged
from streamspace.server.agents.models import Agent
from streamspace.server.core.db import Database, UnitOfWork

_LARGEST_USAGE_BYTES = 100_000


async def none_connected(uow: UnitOfWork) -> None:
    """Forget who was connected when this process last ran; agents that live dial again at once."""
    await queries.disconnect_all(uow.db)


async def mark_silent(uow: UnitOfWork) -> None:
    """Count agents as offline that missed their heartbeats."""
    for agent in await queries.silent_since(uow.db, uow.now() - admission.SILENCE):
        agent.online = False
        uow.announce(AgentsChanged(agent_id=agent.agent_id, what="silent"))


async def note_heartbeats(uow: UnitOfWork, beats: Mapping[str, tuple[str, Heartbeat]]) -> set[str]:
    """Write down that agents live and how full they are: agent → channel and words; return whose word counted.

    What comes through a channel that another has replaced does not count.
    """
    counted = set()
    for agent in await queries.named(uow.db, list(beats)):
        websocket_id, beat = beats[agent.agent_id]
        if agent.websocket_id != websocket_id:
            continue
        counted.add(agent.agent_id)
        if not agent.online:
            agent.online = True
            uow.announce(AgentsChanged(agent_id=agent.agent_id, what="connected"))
        note_heartbeat(uow, agent, beat)
    return counted


async def heartbeat(database: Database, claim: admission.Claim, beat: Heartbeat) -> Agent:
    """Take note of a heartbeat that came over HTTP; it keeps the agent's place, but only a channel makes it online.

    Raises:
        what `admission.admit` raises.
    """
    async with database.work() as uow:
        agent = admission.admit(uow, await queries.locked(uow.db, claim.agent_id), claim)
        agent.api_key_last_used_at = uow.now()
        note_heartbeat(uow, agent, beat)
        return agent


def note_heartbeat(uow: UnitOfWork, agent: Agent, beat: Heartbeat) -> None:
    """Write down what one agent says of itself."""
    agent.last_heartbeat = uow.now()
    if beat.capacity is not None:
        agent.capacity = beat.capacity.model_dump(mode="json", by_alias=True)
    usage = agent.usage or {}
    if beat.usage is not None and len(orjson.dumps(beat.usage)) <= _LARGEST_USAGE_BYTES:
        usage = {key: value for key, value in beat.usage.items() if key != "sessions"}
    agent.usage = {**usage, "activeSessions": beat.active_sessions, "status": beat.status}


async def note_abilities(uow: UnitOfWork, agent_id: str, hello: Hello) -> None:
    """Write down what an agent says it can do."""
    agent = await queries.locked(uow.db, agent_id)
    if agent is not None:
        agent.abilities = hello.abilities
        agent.version, agent.protocol_version = hello.software, hello.version


async def has_packages(uow: UnitOfWork, agent_id: str, packages: list[str]) -> bool:
    """Say whether these are the packages that are known of an agent."""
    return await queries.packages(uow.db, agent_id) == packages


async def note_packages(uow: UnitOfWork, agent_id: str, packages: list[str] | None) -> None:
    """Write down which Debian packages an agent's machine has."""
    agent = await queries.locked(uow.db, agent_id)
    if agent is not None and packages is not None and agent.packages != packages:
        agent.packages = packages
        uow.announce(AgentsChanged(agent_id=agent_id, what="packages"))
