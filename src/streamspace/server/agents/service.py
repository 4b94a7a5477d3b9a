"""What can be done with agents."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson

from streamspace.kit import ids
from streamspace.protocol.control import Action as Order
from streamspace.protocol.control import Command
from streamspace.server.agents import placement, queries
from streamspace.server.agents.errors import (
    AgentBusy,
    AgentOffline,
    CannotInstall,
    CommandUnknown,
    NoSuchAgent,
    NoSuchCommand,
    NothingToInstall,
)
from streamspace.server.agents.events import AgentDrained, AgentsChanged, CommandDone, CommandQueued
from streamspace.server.agents.models import Agent, AgentCommand
from streamspace.server.agents.placement import Candidate
from streamspace.server.agents.schemas import AgentFilter, AgentPatch, CommandIn
from streamspace.server.core import lists, permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.core.settings import Settings
from streamspace.server.gateways import service as gateways
from streamspace.server.organizations import service as organizations
from streamspace.server.organizations.errors import NoSuchOrganization

STARTS = queries.STARTS
_COMMANDS_KEPT = timedelta(days=30)
_BY_HAND_TIMEOUT = timedelta(minutes=1)
_LARGEST_RESULT_BYTES = 100_000
_ORDERS_BY_HAND = 2
"""The first version of the control channel whose agents know administrators' orders."""


def _may(actor: Actor, action: Action) -> None:
    permissions.require(actor, action, owner_id=None, org_id=None)


async def list_agents(
    uow: UnitOfWork, actor: Actor, wanted: AgentFilter, *, limit: int, cursor: str | None
) -> tuple[Sequence[Agent], int, str | None]:
    """Return a page of the agents that match, by name, how many match in all, and where the next page begins."""
    _may(actor, Action.AGENT_VIEW)
    after = lists.after(cursor, str)
    names = [row.agent_id for row in await queries.described(uow.db) if wanted.matches(row)]
    following = [name for name in names if after is None or name > after[0]]
    page, following_cursor = lists.cut(following, limit, lambda name: (name,))
    found = {agent.agent_id: agent for agent in await queries.named(uow.db, list(page))}
    return [found[name] for name in page], len(names), following_cursor


async def get(uow: UnitOfWork, actor: Actor, agent_id: str) -> Agent:
    """Return one agent."""
    _may(actor, Action.AGENT_VIEW)
    return await _find(uow, agent_id)


async def _find(uow: UnitOfWork, agent_id: str, *, lock: bool = False) -> Agent:
    agent = await (queries.locked if lock else queries.by_agent_id)(uow.db, agent_id)
    if agent is None:
        raise NoSuchAgent
    return agent


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


async def drain(
    uow: UnitOfWork, actor: Actor, agent_id: str, *, draining: bool, evict: str | None = None, sessions: int = 0
) -> Agent:
    """Empty an agent, or use it again: no new sessions, and those it has, so many now, go on or are put to sleep."""
    _may(actor, Action.AGENT_MANAGE)
    agent = await _find(uow, agent_id, lock=True)
    if draining and not agent.draining:
        agent.draining_since, agent.draining_from = uow.now(), sessions
    elif not draining:
        agent.draining_since = agent.draining_from = None
    agent.draining, agent.evict, agent.updated_at = draining, evict if draining else None, uow.now()
    uow.announce(AgentsChanged(agent_id=agent_id, what="draining" if draining else "undrained"))
    if draining:
        uow.announce(AgentDrained(agent_id=agent_id, evict=evict))
    uow.note("agent.drained" if draining else "agent.undrained", "agent", agent_id, after={"evict": agent.evict})
    return agent


async def cordon(uow: UnitOfWork, actor: Actor, agent_id: str, *, cordoned: bool) -> Agent:
    """Give an agent no new sessions, or do again. Asking twice is fine."""
    return await update(uow, actor, agent_id, AgentPatch(cordoned=cordoned))


async def update(uow: UnitOfWork, actor: Actor, agent_id: str, wanted: AgentPatch) -> Agent:
    """Change what an administrator decides about an agent; what is left out stays."""
    _may(actor, Action.AGENT_MANAGE)
    agent = await _find(uow, agent_id, lock=True)
    changes = wanted.model_dump(exclude_unset=True)
    if changes.get("org_id") is not None and await organizations.get_by_id(uow, changes["org_id"]) is None:
        raise NoSuchOrganization
    for name in ("labels", "cordoned"):
        if changes.get(name, ...) is None:
            del changes[name]  # they have no absence; `{}` and `false` take them away
    before = {name: getattr(agent, name) for name in changes}
    for name, value in changes.items():
        setattr(agent, name, value)
    agent.updated_at = uow.now()
    uow.announce(AgentsChanged(agent_id=agent_id, what="changed"))
    if agent.max_starts != before.get("max_starts", agent.max_starts):
        uow.announce(CommandQueued(agent_id=agent_id))  # more may begin now
    uow.note("agent.changed", "agent", agent_id, before=before, after=changes)
    return agent


async def evicting(uow: UnitOfWork) -> dict[str, str]:
    """Return what becomes of the sessions of agents that are being emptied: agent → `hibernate`."""
    return await queries.evicting(uow.db)


async def remove(
    uow: UnitOfWork, actor: Actor, agent_id: str, let_go: Callable[[UnitOfWork, str], Awaitable[None]]
) -> None:
    """Forget an agent that runs nothing, or is away; its key is worth nothing from now on.

    `let_go` sees to what it had, in the same transaction.
    """
    _may(actor, Action.AGENT_MANAGE)
    agent = await _find(uow, agent_id, lock=True)
    if agent.online and (agent.usage or {}).get("activeSessions"):
        raise AgentBusy
    await gateways.revoke(uow, "agent", agent_id)
    await queries.give_up_all(uow.db, agent_id, uow.now(), "The agent was removed.")
    await let_go(uow, agent_id)
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


async def supersede(uow: UnitOfWork, session_id: str, agent_id: str) -> Sequence[AgentCommand]:
    """Give up an agent's open commands for a session because a later one makes them pointless; return which."""
    given_up = await queries.open_of_session(uow.db, session_id, agent_id)
    for command in given_up:
        give_up(uow, command, "A later command replaced it.")
    return given_up


def give_up(uow: UnitOfWork, command: AgentCommand, error: str) -> None:
    """Close a command that its agent did not answer; another may take its turn."""
    finish(uow, command, error)
    uow.announce(CommandQueued(agent_id=command.agent_id))


def finish(
    uow: UnitOfWork, command: AgentCommand, error: str | None = None, result: dict[str, Any] | None = None
) -> None:
    """Close a command. What came of it is kept where an administrator gave it, or somebody reads it."""
    if command.action in STARTS:
        uow.announce(CommandDone(agent_id=command.agent_id))
    command.status = "failed" if error else "completed"
    command.error_message = error
    if (command.requested_by is not None or command.action == Order.WARM) and result is not None:
        small = len(orjson.dumps(result)) <= _LARGEST_RESULT_BYTES
        command.result = result if small else {"truncated": True}
    command.completed_at = uow.now()


async def command_by_hand(uow: UnitOfWork, actor: Actor, agent_id: str, wanted: CommandIn) -> AgentCommand:
    """Give a connected agent an order of an administrator's."""
    _may(actor, Action.AGENT_MANAGE)
    agent = await _find(uow, agent_id)
    if not agent.online:
        raise AgentOffline
    if (agent.protocol_version or 0) < _ORDERS_BY_HAND or wanted.action not in _able(agent):
        raise CommandUnknown
    payload = dict(wanted.payload)
    if wanted.session_id is not None:
        payload["sessionId"] = wanted.session_id
    given = await order(uow, agent_id, Order(wanted.action), payload, timeout=_BY_HAND_TIMEOUT)
    given.requested_by = actor.id
    uow.note("agent.command", "agent", agent_id, after={"action": wanted.action, "command": given.command_id})
    return given


def _able(agent: Agent) -> set[str]:
    # How a process ends or begins again depends on who started it; the rest every agent can do.
    return {Order.PING, Order.INVENTORY, Order.USAGE, *agent.abilities}


async def history(
    uow: UnitOfWork, actor: Actor, agent_id: str, *, status: str | None, limit: int, cursor: str | None
) -> tuple[Sequence[AgentCommand], int, str | None]:
    """Return a page of what an agent was ordered, the newest first, and how many there are."""
    _may(actor, Action.AGENT_VIEW)
    await _find(uow, agent_id)
    after = lists.after(cursor, datetime, str)
    rows, total = await queries.history(uow.db, agent_id, status=status, limit=limit, after=after)
    rows, following = lists.cut(rows, limit, lambda command: (command.created_at, command.id))
    return rows, total, following


async def forget_old_commands(uow: UnitOfWork) -> None:
    """Drop commands that ended long ago."""
    await queries.forget_commands(uow.db, uow.now() - _COMMANDS_KEPT)


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


async def send_out(uow: UnitOfWork, command_ids: Sequence[str]) -> list[Command]:
    """Return these commands as they go over the wire, and write down that they do."""
    found = await queries.commands(uow.db, command_ids)
    for command in found:
        if command.status == "pending":
            # Its time runs from now on, not while it waited for its turn.
            command.deadline = uow.now() + (command.deadline - command.created_at)
            command.status, command.sent_at = "sent", uow.now()
    return [Command(command_id=c.command_id, action=c.action, payload=c.payload) for c in found]


async def overdue_commands(uow: UnitOfWork) -> Sequence[AgentCommand]:
    """Return commands past their deadline."""
    return await queries.overdue(uow.db, uow.now())


async def prolong(uow: UnitOfWork, session_id: str, by: timedelta, most: timedelta) -> None:
    """Give the start of a session more time, counted from now, but never more than so much in all."""
    for command in await queries.open_starts(uow.db, session_id):
        latest = (command.sent_at or command.created_at) + most
        command.deadline = max(command.deadline, min(uow.now() + by, latest))


async def still_open(uow: UnitOfWork, command: AgentCommand) -> bool:
    """Say whether a command that was read a moment ago is still to be done, and keep it so."""
    await uow.db.refresh(command, with_for_update=True)
    return command.completed_at is None


async def has_open_command(uow: UnitOfWork, session_id: str, agent_id: str | None = None) -> bool:
    """Say whether an agent, or this one, is still expected to act on a session."""
    return await queries.is_open(uow.db, session_id, agent_id)


async def starts(uow: UnitOfWork, agent_id: str) -> tuple[int, list[str]]:
    """Return how many starts an agent has under way, and the sessions that wait for theirs, oldest first."""
    found = [row for row in await queries.open_commands(uow.db, [agent_id]) if row.action in queries.STARTS]
    waiting = [row.session_id for row in found if row.status == "pending"]
    return len(found) - len(waiting), waiting


async def waiting_starts(uow: UnitOfWork) -> dict[str, int]:
    """Return how many starts wait for each agent."""
    return await queries.agents_with_waiting(uow.db)


async def candidates(uow: UnitOfWork, org_id: str, loads: Mapping[str, placement.Load]) -> list[Candidate]:
    """Return what placement must know of the agents that an organisation's sessions may run on, or almost."""
    return [
        candidate(agent, loads.get(agent.agent_id, placement.Load()))
        for agent in await queries.for_placement(uow.db, org_id)
    ]


async def able(uow: UnitOfWork, org_id: str | None, ability: str) -> list[Agent]:
    """Return the approved agents that are there, can do this, and run sessions of an organisation, or of all."""
    found = await (queries.for_placement(uow.db, org_id) if org_id is not None else queries.visible(uow.db))
    return [
        agent
        for agent in found
        if agent.approval_status == "approved"
        and agent.online
        and ability in agent.abilities
        and (agent.org_id is None or agent.org_id == org_id)
    ]


def candidate(agent: Agent, load: placement.Load) -> Candidate:
    """Return what placement must know of one agent."""
    stated, cpu, memory = placement.capacity(agent.capacity)
    most = min((bound for bound in (stated, agent.max_sessions) if bound is not None), default=None)
    return Candidate(
        agent.agent_id,
        agent.platform,
        agent.approval_status == "approved",
        agent.online,
        agent.draining or (agent.usage or {}).get("status") == "draining",
        most,
        cpu,
        memory,
        frozenset(agent.packages) if agent.packages is not None else None,
        load,
        cordoned=agent.cordoned,
        region=agent.region,
        labels=frozenset(agent.labels.items()),
    )


async def hold(uow: UnitOfWork, agent_id: str) -> Agent | None:
    """Lock an agent until this transaction ends, so that what is promised on it stays what was counted."""
    return await queries.held(uow.db, agent_id)


async def by_agent_id(uow: UnitOfWork, agent_id: str) -> Agent | None:
    """Look an agent up by name."""
    return await queries.by_agent_id(uow.db, agent_id)


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
