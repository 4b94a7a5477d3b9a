from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Result, Row, and_, delete, func, not_, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer, load_only

from streamspace.protocol.control import Action as Order
from streamspace.server.agents.keys import Known
from streamspace.server.agents.models import Agent, AgentCommand, JoinToken, UsageSample

OPEN = ("pending", "sent", "ack")
STARTS = (Order.START, Order.WAKE)
"""Orders of which an agent gets only so many at once."""
_OF_A_CHANNEL = (
    *(Agent.agent_id, Agent.api_key_hash, Agent.previous_key_hash, Agent.previous_key_until, Agent.approval_status),
    *(Agent.instance, Agent.epoch, Agent.online, Agent.websocket_id, Agent.last_heartbeat, Agent.api_key_last_used_at),
    *(Agent.version, Agent.protocol_version, Agent.abilities),
)
# The second half matters where an agent's word crosses a later command on its way.
_OPEN = (AgentCommand.status.in_(OPEN), AgentCommand.completed_at.is_(None))


async def by_agent_id(db: AsyncSession, agent_id: str) -> Agent | None:
    return (await db.execute(select(Agent).where(Agent.agent_id == agent_id))).scalar_one_or_none()


async def locked(db: AsyncSession, agent_id: str) -> Agent | None:
    found = await db.execute(select(Agent).where(Agent.agent_id == agent_id).with_for_update())
    return found.scalar_one_or_none()


async def held(db: AsyncSession, agent_id: str) -> Agent | None:
    """Locked, and as it is now: what was read before the lock may be old."""
    asked = select(Agent).where(Agent.agent_id == agent_id).with_for_update()
    return (await db.execute(asked.execution_options(populate_existing=True))).scalar_one_or_none()


async def keys_of(db: AsyncSession, agent_ids: Collection[str]) -> list[Known]:
    asked = select(Agent.agent_id, Agent.api_key_hash, Agent.previous_key_hash, Agent.previous_key_until)
    return [Known(*row) for row in await db.execute(asked.where(Agent.agent_id.in_(agent_ids)))]


async def several_held(db: AsyncSession, agent_ids: Collection[str]) -> Sequence[Agent]:
    """Locked in one order, so that two who hold several never wait for each other; with what a channel needs."""
    asked = select(Agent).where(Agent.agent_id.in_(agent_ids)).order_by(Agent.agent_id).with_for_update()
    return (await db.execute(asked.options(load_only(*_OF_A_CHANNEL, raiseload=True)))).scalars().all()


async def described(db: AsyncSession) -> Sequence[Row[Any]]:
    """What lists are filtered by, of all agents, by name as Python orders names."""
    asked = (Agent.agent_id, Agent.platform, Agent.region, Agent.approval_status, Agent.labels)
    found: Result[Any] = await db.execute(select(*asked, Agent.draining, Agent.online))
    return sorted(found.all(), key=lambda row: row.agent_id)


async def visible(db: AsyncSession) -> Sequence[Agent]:
    return (await db.execute(select(Agent).order_by(Agent.agent_id))).scalars().all()


async def disconnect_all(db: AsyncSession) -> None:
    was = or_(Agent.online, Agent.websocket_id.is_not(None))
    await db.execute(update(Agent).where(was).values(online=False, websocket_id=None))


async def packages(db: AsyncSession, agent_id: str) -> list[str] | None:
    return await db.scalar(select(Agent.packages).where(Agent.agent_id == agent_id))


async def for_placement(db: AsyncSession, org_id: str) -> Sequence[Agent]:
    """The agents that an organisation's sessions could run on, or nearly: other organisations' stay unseen."""
    mine = or_(Agent.org_id.is_(None), Agent.org_id == org_id)
    found = await db.execute(select(Agent).where(mine, Agent.approval_status != "rejected").order_by(Agent.agent_id))
    return found.scalars().all()


async def join_token(db: AsyncSession, hashed: str) -> JoinToken | None:
    """Locked, so that two agents never share its last use."""
    found = await db.execute(select(JoinToken).where(JoinToken.token_hash == hashed).with_for_update())
    return found.scalar_one_or_none()


async def join_tokens(db: AsyncSession) -> Sequence[JoinToken]:
    found = await db.execute(select(JoinToken).order_by(JoinToken.created_at.desc(), JoinToken.id))
    return found.scalars().all()


async def join_token_by_id(db: AsyncSession, token_id: str) -> JoinToken | None:
    return (await db.execute(select(JoinToken).where(JoinToken.id == token_id).with_for_update())).scalar_one_or_none()


async def forget_join_tokens(db: AsyncSession, before: datetime) -> None:
    await db.execute(delete(JoinToken).where(JoinToken.expires_at < before))


async def command(db: AsyncSession, command_id: str) -> AgentCommand | None:
    return (await db.execute(select(AgentCommand).where(AgentCommand.command_id == command_id))).scalar_one_or_none()


async def open_commands(db: AsyncSession, agent_ids: Collection[str]) -> Sequence[Row[Any]]:
    """Without the payloads, which are large and needed once; the oldest first."""
    asked = (AgentCommand.agent_id, AgentCommand.command_id, AgentCommand.session_id)
    found: Result[Any] = await db.execute(
        select(*asked, AgentCommand.action, AgentCommand.status)
        .where(AgentCommand.agent_id.in_(agent_ids), *_OPEN)
        .order_by(AgentCommand.created_at, AgentCommand.id)
    )
    return found.all()


async def with_open_commands(db: AsyncSession, agent_ids: Collection[str]) -> set[str]:
    asked = select(AgentCommand.agent_id).where(AgentCommand.agent_id.in_(agent_ids), *_OPEN).distinct()
    return set((await db.scalars(asked)).all())


async def most_starts(db: AsyncSession, agent_ids: Collection[str]) -> dict[str, int]:
    """Of those agents that have a bound of their own."""
    asked = select(Agent.agent_id, Agent.max_starts).where(Agent.agent_id.in_(agent_ids), Agent.max_starts.is_not(None))
    return {row.agent_id: row.max_starts for row in await db.execute(asked)}


async def commands(db: AsyncSession, command_ids: Sequence[str]) -> Sequence[AgentCommand]:
    found = await db.execute(
        select(AgentCommand)
        .where(AgentCommand.command_id.in_(command_ids), *_OPEN)
        .order_by(AgentCommand.created_at, AgentCommand.id)
        .with_for_update()
    )
    return found.scalars().all()


async def open_of_session(db: AsyncSession, session_id: str, agent_id: str) -> Sequence[AgentCommand]:
    """Locked, so that what was not sent yet is not sent while it is given up."""
    found = await db.execute(
        select(AgentCommand)
        .where(AgentCommand.session_id == session_id, AgentCommand.agent_id == agent_id, *_OPEN)
        .order_by(AgentCommand.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.scalars().all()


async def give_up_all(db: AsyncSession, agent_id: str, now: datetime, error: str) -> None:
    open_ones = (AgentCommand.agent_id == agent_id, *_OPEN)
    values = {"status": "failed", "error_message": error, "completed_at": now}
    await db.execute(update(AgentCommand).where(*open_ones).values(**values))


async def is_open(db: AsyncSession, session_id: str, agent_id: str | None) -> bool:
    where = [AgentCommand.session_id == session_id, *_OPEN]
    if agent_id is not None:
        where.append(AgentCommand.agent_id == agent_id)
    return (await db.execute(select(AgentCommand.id).where(*where).limit(1))).first() is not None


async def starts_of(db: AsyncSession, agent_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """How many starts each agent has begun, and how many wait for their turn."""
    waiting = AgentCommand.status == "pending"
    found = await db.execute(
        select(AgentCommand.agent_id, waiting, func.count())
        .where(AgentCommand.agent_id.in_(agent_ids), AgentCommand.action.in_(STARTS), *_OPEN)
        .group_by(AgentCommand.agent_id, waiting)
    )
    counts: dict[str, list[int]] = {}
    for agent_id, waits, number in found:
        counts.setdefault(agent_id, [0, 0])[bool(waits)] = number
    return {agent_id: (begun, waits) for agent_id, (begun, waits) in counts.items()}


async def agents_with_waiting(db: AsyncSession) -> dict[str, int]:
    """How many starts wait for each agent, unsent."""
    found = await db.execute(
        select(AgentCommand.agent_id, func.count())
        .where(AgentCommand.status == "pending", AgentCommand.action.in_(STARTS), AgentCommand.completed_at.is_(None))
        .group_by(AgentCommand.agent_id)
    )
    return {row[0]: row[1] for row in found}


async def open_starts(db: AsyncSession, session_id: str) -> Sequence[AgentCommand]:
    """Orders to start or wake a session that are not done."""
    wanted = (*_OPEN, AgentCommand.session_id == session_id, AgentCommand.action.in_(STARTS))
    return (await db.scalars(select(AgentCommand).where(*wanted))).all()


async def overdue(db: AsyncSession, now: datetime) -> Sequence[AgentCommand]:
    """An order that waits for its turn at a connected agent has no deadline yet; that of others counts."""
    waits = and_(AgentCommand.status == "pending", AgentCommand.action.in_(STARTS), Agent.online.is_(True))
    found = await db.execute(
        select(AgentCommand)
        .outerjoin(Agent, Agent.agent_id == AgentCommand.agent_id)
        .where(*_OPEN, AgentCommand.deadline < now, or_(Agent.id.is_(None), not_(waits)))
        .order_by(AgentCommand.deadline)
        .limit(200)
    )
    return found.scalars().all()


async def silent_since(db: AsyncSession, since: datetime) -> Sequence[Agent]:
    found = await db.execute(
        select(Agent).where(Agent.online, or_(Agent.last_heartbeat.is_(None), Agent.last_heartbeat < since))
    )
    return found.scalars().all()


async def named(db: AsyncSession, agent_ids: list[str]) -> Sequence[Agent]:
    return (await db.execute(select(Agent).where(Agent.agent_id.in_(agent_ids)))).scalars().all()


async def evicting(db: AsyncSession) -> dict[str, str]:
    found = await db.execute(select(Agent.agent_id, Agent.evict).where(Agent.draining, Agent.evict.is_not(None)))
    return {agent_id: str(what) for agent_id, what in found}


async def history(
    db: AsyncSession, agent_id: str, *, status: str | None, limit: int, after: tuple[Any, ...] | None
) -> tuple[Sequence[AgentCommand], int]:
    where = [AgentCommand.agent_id == agent_id]
    if status is not None:
        where.append(AgentCommand.status == status)
    total = (await db.execute(select(func.count()).select_from(AgentCommand).where(*where))).scalar_one()
    if after is not None:
        where.append(tuple_(AgentCommand.created_at, AgentCommand.id) < after)
    found = await db.execute(
        select(AgentCommand)
        .options(defer(AgentCommand.payload))
        .where(*where)
        .order_by(AgentCommand.created_at.desc(), AgentCommand.id.desc())
        .limit(limit + 1)
    )
    return found.scalars().all(), total


async def forget_commands(db: AsyncSession, before: datetime) -> None:
    await db.execute(delete(AgentCommand).where(AgentCommand.completed_at < before))


async def usage(db: AsyncSession, agent_id: str, since: datetime) -> Sequence[UsageSample]:
    found = await db.execute(
        select(UsageSample).where(UsageSample.agent_id == agent_id, UsageSample.at >= since).order_by(UsageSample.at)
    )
    return found.scalars().all()


async def forget_usage(db: AsyncSession, before: datetime) -> None:
    await db.execute(delete(UsageSample).where(UsageSample.at < before))
