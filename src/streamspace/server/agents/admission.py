"""Which agents are let in: enrolment, their keys, and which of several processes acts for one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from streamspace.kit import ids
from streamspace.kit.clock import Clock
from streamspace.protocol.control import Registration
from streamspace.server.agents import keys, queries
from streamspace.server.agents.errors import (
    AgentHeld,
    AgentKeyRevoked,
    AgentNotApproved,
    AgentRejected,
    BadAgentKey,
    BadJoinToken,
    NoSuchAgent,
    ReservedAgentName,
    WrongAgentKey,
)
from streamspace.server.agents.events import AgentsChanged
from streamspace.server.agents.models import Agent, JoinToken
from streamspace.server.core import auth, permissions
from streamspace.server.core.attempts import Attempts
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.gateways import service as gateways

SILENCE = timedelta(seconds=32)
"""Three missed heartbeats. Until then no other process may act for an agent whose channel broke."""

_OPERATIONS = {"connect", "join-tokens", "register"}
"""What the address of an agent of this name would mean already."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An agent that proved itself: with which key, and which of its processes speaks."""

    agent_id: str
    key_hash: str
    instance: str | None


async def register(
    database: Database, attempts: Attempts, wanted: Registration, key: str, join_token: str | None, ip: str
) -> tuple[Agent, bool]:
    """Enrol an agent, or take note of what a known one says of itself; true for a new row.

    A known agent proves itself with its own key; no token replaces it.
    """
    if not keys.FORM.fullmatch(key):
        raise BadAgentKey
    if wanted.agent_id in _OPERATIONS:
        raise ReservedAgentName
    async with database.work(write=False) as uow:
        known = await queries.by_agent_id(uow.db, wanted.agent_id)
        now = uow.now()
    proven = await keys.prove(attempts, keys.known(known), key, ip, now) if known is not None else None
    async with database.work() as uow:
        agent = await queries.by_agent_id(uow.db, wanted.agent_id)
        if agent is None:
            return await _enrol(uow, wanted, auth.hash_secret(key), join_token), True
        if proven not in keys.good(agent, uow.now()):
            raise WrongAgentKey  # somebody took the name meanwhile
        if proven == agent.api_key_hash:
            agent.api_key_hash = auth.hash_secret(key)
        if agent.approval_status == "rejected":
            raise AgentRejected
        _describe(agent, wanted)
        agent.updated_at = uow.now()
        uow.changed_nothing()  # an agent that waits for approval asks again and again
        return agent, False


async def _enrol(uow: UnitOfWork, wanted: Registration, hashed: str, join_token: str | None) -> Agent:
    token = await _good_token(uow, join_token, wanted.platform)
    token.uses_left -= 1
    token.last_used_at = uow.now()
    agent = Agent(
        id=ids.uid(),
        agent_id=wanted.agent_id,
        org_id=token.org_id,
        platform=wanted.platform,
        region=wanted.region or token.region,
        online=False,
        draining=False,
        cordoned=False,
        labels=wanted.labels or {},
        epoch=0,
        abilities=[],
        agent_metadata={},
        api_key_hash=hashed,
        api_key_created_at=uow.now(),
        approval_status="approved" if token.approves else "pending",
        approved_at=uow.now() if token.approves else None,
        approved_by=token.created_by if token.approves else None,
        created_at=uow.now(),
        updated_at=uow.now(),
    )
    _describe(agent, wanted)
    uow.db.add(agent)
    uow.announce(AgentsChanged(agent_id=agent.agent_id, what="registered"))
    uow.origin.actor_kind, uow.origin.actor_name = "agent", agent.agent_id
    enrolled = {"platform": agent.platform, "approval": agent.approval_status, "join_token_id": token.id}
    uow.note("agent.registered", "agent", agent.agent_id, after=enrolled)
    return agent


def _describe(agent: Agent, wanted: Registration) -> None:
    # An administrator's word on the region stays until the agent's own settings change.
    if wanted.region != agent.agent_metadata.get("statedRegion"):
        agent.region = wanted.region
    agent.capacity = wanted.capacity.model_dump(mode="json", by_alias=True) if wanted.capacity else None
    agent.agent_metadata = {**(wanted.metadata or {}), "statedRegion": wanted.region}


async def _good_token(uow: UnitOfWork, token: str | None, platform: str) -> JoinToken:
    row = await queries.join_token(uow.db, auth.hash_secret(token)) if token else None
    good = row is not None and row.uses_left > 0 and row.expires_at > uow.now() and row.platform in {None, platform}
    if row is None or not good:
        raise BadJoinToken
    return row


async def prove(
    find: Callable[[str], Awaitable[keys.Known | None]],
    attempts: Attempts,
    agent_id: str,
    key: str,
    ip: str,
    instance: str | None,
    clock: Clock,
) -> Claim:
    """Check the key that an agent shows.

    Raises:
        NoSuchAgent, BadAgentKey, WrongAgentKey, AgentKeyRevoked, TooManyAttempts: as they say.
    """
    if not keys.FORM.fullmatch(key):
        raise BadAgentKey
    known = await find(agent_id)
    if known is None:
        raise NoSuchAgent
    return Claim(agent_id, await keys.prove(attempts, known, key, ip, clock.now()), instance)


def admit(uow: UnitOfWork, agent: Agent | None, claim: Claim) -> Agent:
    """Return the agent that proved itself, if it may work and no other process acts for it.

    Raises:
        NoSuchAgent, WrongAgentKey, AgentNotApproved, AgentRejected, AgentHeld: as they say.
    """
    if agent is None:
        raise NoSuchAgent
    if claim.key_hash not in keys.good(agent, uow.now()):
        raise WrongAgentKey  # revoked, or removed and enrolled anew, while the key was checked
    if agent.approval_status == "rejected":
        raise AgentRejected
    if agent.approval_status != "approved":
        raise AgentNotApproved
    if agent.instance not in {None, claim.instance} and agent.last_heartbeat is not None:
        left = agent.last_heartbeat + SILENCE - uow.now()
        if left > timedelta(0):
            raise AgentHeld(left)
    return agent


async def take_key(uow: UnitOfWork, actor: Actor, agent_id: str, key: str, overlap: timedelta) -> Agent:
    """Give an agent the key that it made; the one before works for a while longer."""
    agent = await managed(uow, actor, agent_id)
    if agent.api_key_hash == keys.REVOKED:
        raise AgentKeyRevoked
    _replace(uow, agent, key, overlap)
    uow.note("agent.key_rotated", "agent", agent_id)
    return agent


async def generate_key(uow: UnitOfWork, actor: Actor, agent_id: str, overlap: timedelta) -> tuple[Agent, str]:
    """Make a key for an agent that cannot make its own: it lost its own, or that was revoked. It is shown once."""
    agent, key = await managed(uow, actor, agent_id), ids.secret()
    _replace(uow, agent, key, overlap)
    uow.note("agent.key_generated", "agent", agent_id)
    return agent, key


async def revoke_key(uow: UnitOfWork, actor: Actor, agent_id: str) -> Agent:
    """Have no key of an agent work any more, and cut it off with its streams."""
    agent = await managed(uow, actor, agent_id)
    agent.api_key_hash, agent.previous_key_hash, agent.previous_key_until = keys.REVOKED, None, None
    agent.updated_at = uow.now()
    await gateways.revoke(uow, "agent", agent.agent_id)
    uow.announce(AgentsChanged(agent_id=agent.agent_id, what="revoked"))
    uow.note("agent.key_revoked", "agent", agent_id)
    return agent


async def managed(uow: UnitOfWork, actor: Actor, agent_id: str) -> Agent:
    """Return an agent that the actor may manage."""
    permissions.require(actor, Action.AGENT_MANAGE, owner_id=None, org_id=None)
    agent = await queries.locked(uow.db, agent_id)
    if agent is None:
        raise NoSuchAgent
    return agent


def _replace(uow: UnitOfWork, agent: Agent, key: str, overlap: timedelta) -> None:
    if agent.api_key_hash != keys.REVOKED:
        agent.previous_key_hash, agent.previous_key_until = agent.api_key_hash, uow.now() + overlap
    agent.api_key_hash = auth.hash_secret(key)
    agent.api_key_created_at, agent.updated_at = uow.now(), uow.now()
    uow.announce(AgentsChanged(agent_id=agent.agent_id, what="key_replaced"))
