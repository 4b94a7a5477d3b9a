"""What can be done with agents."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from streamspace.kit import durations, ids
from streamspace.protocol.control import Action as Order
from streamspace.protocol.control import Command, Heartbeat, Hello, Registration
from streamspace.server.agents import keys, placement, queries
from streamspace.server.agents.errors import (
    AgentBusy,
    AgentNotApproved,
    AgentOffline,
    AgentRejected,
    BadAgentKey,
    BadJoinToken,
    CannotInstall,
    NoSuchAgent,
    NoSuchCommand,
    NothingToInstall,
    WrongAgentKey,
)
from streamspace.server.agents.events import AgentsChanged, CommandQueued
from streamspace.server.agents.models import Agent, AgentCommand, JoinToken
from streamspace.server.agents.placement import Candidate
from streamspace.server.agents.schemas import JoinTokenIn
from streamspace.server.core import auth, permissions
from streamspace.server.core.attempts import Attempts
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.errors import BadDuration
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.core.settings import Settings
from streamspace.server.gateways import service as gateways

_LONGEST_JOIN = timedelta(days=30)


def _may(actor: Actor, action: Action) -> None:
    permissions.require(actor, action, owner_id=None, org_id=None)


async def list_agents(uow: UnitOfWork, actor: Actor) -> Sequence[Agent]:
    """Return the fleet."""
    _may(actor, Action.AGENT_VIEW)
    return await queries.visible(uow.db)


async def get(uow: UnitOfWork, actor: Actor, agent_id: str) -> Agent:
    """Return one agent."""
    _may(actor, Action.AGENT_VIEW)
    return await _find(uow, agent_id)


async def _find(uow: UnitOfWork, agent_id: str, *, lock: bool = False) -> Agent:
    agent = await (queries.locked if lock else queries.by_agent_id)(uow.db, agent_id)
    if agent is None:
        raise NoSuchAgent
    return agent


async def create_join_token(uow: UnitOfWork, actor: Actor, wanted: JoinTokenIn) -> tuple[str, JoinToken]:
    """Make a join token; the text is returned once and only its hash is kept."""
    _may(actor, Action.AGENT_MANAGE)
    try:
        lifetime = durations.parse(wanted.expires_in)
    except ValueError:
        raise BadDuration from None
    token = f"join-{ids.secret()}"
    row = JoinToken(
        id=ids.uid(),
        token_hash=auth.hash_secret(token),
        platform=wanted.platform,
        approves=wanted.approve,
        uses_left=wanted.uses,
        created_by=actor.id,
        created_at=uow.now(),
        expires_at=uow.now() + min(lifetime, _LONGEST_JOIN),
    )
    uow.db.add(row)
    made = {"platform": row.platform, "approves": row.approves, "uses": row.uses_left}
    uow.note("agent.join_token_created", "join_token", row.id, after=made)
    return token, row


async def register(
    database: Database, attempts: Attempts, wanted: Registration, key: str, join_token: str | None, ip: str
) -> tuple[Agent, bool]:
    """Enrol an agent, or take note of what a known one says of itself; true for a new row.

    A known agent proves itself with its own key; no token replaces it. The slow hash runs between transactions.
    """
    if not keys.FORM.fullmatch(key):
        raise BadAgentKey
    async with database.work(write=False) as uow:
        known = await queries.by_agent_id(uow.db, wanted.agent_id)
        if known is None:
            await _good_token(uow, join_token, wanted.platform)
    if known is not None:
        await keys.prove(attempts, known, key, ip)
    hashed = known.api_key_hash if known else await asyncio.to_thread(keys.hash_key, key)
    async with database.work() as uow:
        agent = await queries.by_agent_id(uow.db, wanted.agent_id)
        if agent is None:
            return await _enrol(uow, wanted, hashed, join_token), True
        if agent.api_key_hash != hashed:
            raise WrongAgentKey  # somebody took the name meanwhile
        if agent.approval_status == "rejected":
            raise AgentRejected
        _describe(agent, wanted)
        agent.updated_at = uow.now()
        uow.changed_nothing()  # an agent that waits for approval asks again and again
        return agent, False


async def _enrol(uow: UnitOfWork, wanted: Registration, hashed: str, join_token: str | None) -> Agent:
    token = await _good_token(uow, join_token, wanted.platform)
    token.uses_left -= 1
    agent = Agent(
        id=ids.uid(),
        agent_id=wanted.agent_id,
        org_id=token.org_id,
        platform=wanted.platform,
        online=False,
        draining=False,
        abilities=[],
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
    agent.region = wanted.region
    agent.capacity = wanted.capacity.model_dump(mode="json", by_alias=True) if wanted.capacity else None
    agent.agent_metadata = wanted.metadata or {}


async def _good_token(uow: UnitOfWork, token: str | None, platform: str) -> JoinToken:
    row = await queries.join_token(uow.db, auth.hash_secret(token)) if token else None
    good = row is not None and row.uses_left > 0 and row.expires_at > uow.now() and row.platform in {None, platform}
    if row is None or not good:
        raise BadJoinToken
    return row


async def admit(database: Database, attempts: Attempts, agent_id: str, key: str, websocket_id: str, ip: str) -> None:
    """Let an agent's control channel in.

    Raises:
        NoSuchAgent, BadAgentKey, WrongAgentKey, AgentNotApproved, AgentRejected, TooManyAttempts: as they say.
    """
    if not keys.FORM.fullmatch(key):
        raise BadAgentKey
    async with database.work(write=False) as uow:
        known = await _find(uow, agent_id)
    await keys.prove(attempts, known, key, ip)
    async with database.work() as uow:
        agent = await _find(uow, agent_id)
        if agent.api_key_hash != known.api_key_hash:
            raise WrongAgentKey  # removed and enrolled anew while the key was checked
        if agent.approval_status == "rejected":
            raise AgentRejected
        if agent.approval_status != "approved":
            raise AgentNotApproved
        agent.api_key_last_used_at = agent.last_heartbeat = uow.now()
        agent.online, agent.websocket_id = True, websocket_id
        uow.announce(AgentsChanged(agent_id=agent_id, what="connected"))


async def gone(uow: UnitOfWork, agent_id: str, websocket_id: str) -> None:
    """Write down that a control channel broke, unless another has replaced it."""
    agent = await queries.locked(uow.db, agent_id)
    if agent is not None and agent.websocket_id == websocket_id:
        agent.online, agent.websocket_id = False, None
        uow.announce(AgentsChanged(agent_id=agent_id, what="disconnected"))


async def decide(uow: UnitOfWork, actor: Actor, agent_id: str, *, approve: bool) -> Agent:
    """Approve or reject an agent. A rejected one is cut off at once."""
    _may(actor, Action.AGENT_MANAGE)
    agent = await _find(uow, agent_id, lock=True)
    before = {"approval": agent.approval_status}
    agent.approval_status = "approved" if approve else "rejected"
    agent.approved_at, agent.approved_by, agent.updated_at = uow.now(), actor.id, uow.now()
    if not approve:
        await gateways.revoke(uow, "agent", agent_id)
    uow.announce(AgentsChanged(agent_id=agent_id, what=agent.approval_status))
    after = {"approval": agent.approval_status}
    uow.note(f"agent.{agent.approval_status}", "agent", agent_id, before=before, after=after)
    return agent


async def drain(uow: UnitOfWork, actor: Actor, agent_id: str, *, draining: bool) -> Agent:
    """Stop or resume giving new sessions to an agent; those it has go on."""
    _may(actor, Action.AGENT_MANAGE)
    agent = await _find(uow, agent_id, lock=True)
    agent.draining, agent.updated_at = draining, uow.now()
    uow.announce(AgentsChanged(agent_id=agent_id, what="draining" if draining else "undrained"))
    uow.note("agent.drained" if draining else "agent.undrained", "agent", agent_id)
    return agent


async def remove(uow: UnitOfWork, actor: Actor, agent_id: str) -> None:
    """Forget an agent that runs nothing, or is away; its key is worth nothing from now on."""
    _may(actor, Action.AGENT_MANAGE)
    agent = await _find(uow, agent_id, lock=True)
    if agent.online and (agent.usage or {}).get("activeSessions"):
        raise AgentBusy
    await gateways.revoke(uow, "agent", agent_id)
    await uow.db.delete(agent)
    uow.announce(AgentsChanged(agent_id=agent_id, what="removed"))
    uow.note("agent.removed", "agent", agent_id)


async def order(
    uow: UnitOfWork,
    agent_id: str,
    action: Order,
    payload: dict[str, Any],
    *,
    timeout: timedelta,  # noqa: ASYNC109 - how long the agent may take, not we
    session_id: str | None = None,
) -> AgentCommand:
    """Queue a command. It is sent when this transaction commits, or when the agent connects."""
    command = AgentCommand(
        id=ids.uid(),
        command_id=f"cmd-{ids.uid()}",
        agent_id=agent_id,
        session_id=session_id,
        action=action,
        payload=payload,
        status="pending",
        created_at=uow.now(),
        deadline=uow.now() + timeout,
    )
    uow.db.add(command)
    uow.announce(CommandQueued(agent_id=agent_id))
    return command


async def supersede(uow: UnitOfWork, session_id: str) -> None:
    """Give up a session's open commands because a later one makes them pointless."""
    for command in await queries.open_of_session(uow.db, session_id):
        finish(uow, command, error="A later command replaced it.")


def finish(uow: UnitOfWork, command: AgentCommand, error: str | None = None) -> None:
    """Close a command."""
    command.status = "failed" if error else "completed"
    command.error_message = error
    command.completed_at = uow.now()


async def command(uow: UnitOfWork, actor: Actor, agent_id: str, command_id: str) -> AgentCommand:
    """Return one command of an agent."""
    _may(actor, Action.AGENT_VIEW)
    found = await queries.command(uow.db, command_id)
    if found is None or found.agent_id != agent_id:
        raise NoSuchCommand
    return found


async def find_command(uow: UnitOfWork, agent_id: str, command_id: str) -> AgentCommand | None:
    """Return the command an agent speaks of, if it is its own."""
    found = await queries.command(uow.db, command_id)
    return found if found is not None and found.agent_id == agent_id else None


async def open_commands(uow: UnitOfWork, agent_id: str) -> Sequence[Row[Any]]:
    """Return what an agent still has to do, oldest first: command and session of each."""
    return await queries.open_commands(uow.db, agent_id)


async def send_out(uow: UnitOfWork, command_ids: Sequence[str]) -> list[Command]:
    """Return these commands as they go over the wire, and write down that they do."""
    found = await queries.commands(uow.db, command_ids)
    for command in found:
        if command.status == "pending":
            command.status, command.sent_at = "sent", uow.now()
    return [Command(command_id=c.command_id, action=c.action, payload=c.payload) for c in found]


async def overdue_commands(uow: UnitOfWork) -> Sequence[AgentCommand]:
    """Return commands past their deadline."""
    return await queries.overdue(uow.db, uow.now())


async def has_open_command(uow: UnitOfWork, session_id: str) -> bool:
    """Say whether an agent is still expected to act on a session."""
    return bool(await queries.open_of_session(uow.db, session_id))


async def candidates(uow: UnitOfWork, actor: Actor, loads: Mapping[str, placement.Load]) -> list[Candidate]:
    """Return what placement must know of the agents that this actor's sessions may run on, or almost."""
    found = []
    for agent in await queries.for_placement(uow.db, actor):
        most, cpu, memory = placement.capacity(agent.capacity)
        found.append(
            Candidate(
                agent.agent_id,
                agent.platform,
                agent.approval_status == "approved",
                agent.online,
                agent.draining,
                most,
                cpu,
                memory,
                frozenset(agent.packages) if agent.packages is not None else None,
                loads.get(agent.agent_id, placement.Load()),
            )
        )
    return found


async def by_agent_id(uow: UnitOfWork, agent_id: str) -> Agent | None:
    """Look an agent up by name."""
    return await queries.by_agent_id(uow.db, agent_id)


async def active_sessions(uow: UnitOfWork) -> dict[str, int]:
    """Return how many sessions each agent last said it runs."""
    return {
        agent.agent_id: int((agent.usage or {}).get("activeSessions", 0)) for agent in await queries.visible(uow.db)
    }


async def none_connected(uow: UnitOfWork) -> None:
    """Forget who was connected when this process last ran; agents that live dial again at once."""
    for agent in await queries.visible(uow.db):
        agent.online, agent.websocket_id = False, None


async def mark_silent(uow: UnitOfWork, silence: timedelta) -> None:
    """Count agents as offline that missed their heartbeats."""
    for agent in await queries.silent_since(uow.db, uow.now() - silence):
        agent.online = False
        uow.announce(AgentsChanged(agent_id=agent.agent_id, what="silent"))


async def note_heartbeats(uow: UnitOfWork, beats: dict[str, Heartbeat]) -> None:
    """Write down that agents live and how full they are."""
    for agent in await queries.named(uow.db, list(beats)):
        beat = beats[agent.agent_id]
        agent.last_heartbeat = uow.now()
        if not agent.online:
            agent.online = True
            uow.announce(AgentsChanged(agent_id=agent.agent_id, what="connected"))
        if beat.capacity is not None:
            agent.capacity = beat.capacity.model_dump(mode="json", by_alias=True)
        if beat.usage is not None:
            agent.usage = {key: value for key, value in beat.usage.items() if key != "sessions"}
        agent.usage = {**(agent.usage or {}), "activeSessions": beat.active_sessions}


async def note_abilities(uow: UnitOfWork, agent_id: str, hello: Hello) -> None:
    """Write down what an agent says it can do."""
    agent = await queries.locked(uow.db, agent_id)
    if agent is not None:
        agent.abilities = hello.abilities
        agent.agent_metadata = {**agent.agent_metadata, "version": hello.software, "protocol": hello.version}


async def note_packages(uow: UnitOfWork, agent_id: str, packages: list[str] | None) -> None:
    """Write down which Debian packages an agent's machine has."""
    agent = await queries.locked(uow.db, agent_id)
    if agent is not None and packages is not None and agent.packages != packages:
        agent.packages = packages
        uow.announce(AgentsChanged(agent_id=agent_id, what="packages"))


async def install(
    uow: UnitOfWork, actor: Actor, settings: Settings, agent_id: str, packages: list[str]
) -> AgentCommand:
    """Have an agent install Debian packages on its machine."""
    _may(actor, Action.AGENT_MANAGE)
    agent = await _find(uow, agent_id)
    if not packages:
        raise NothingToInstall
    if not settings.allow_package_install or "packages" not in agent.abilities:
        raise CannotInstall
    if not agent.online:
        raise AgentOffline
    return await order(uow, agent_id, Order.INSTALL_PACKAGES, {"packages": packages}, timeout=timedelta(minutes=30))
