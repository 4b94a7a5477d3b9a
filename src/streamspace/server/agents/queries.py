from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Result, Row, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.agents.models import Agent, AgentCommand, JoinToken
from streamspace.server.core.permissions import Actor

OPEN = ("pending", "sent", "ack")
# The second half matters where an agent's word crosses a later command on its way.
_OPEN = (AgentCommand.status.in_(OPEN), AgentCommand.completed_at.is_(None))


async def by_agent_id(db: AsyncSession, agent_id: str) -> Agent | None:
    return (await db.execute(select(Agent).where(Agent.agent_id == agent_id))).scalar_one_or_none()


async def locked(db: AsyncSession, agent_id: str) -> Agent | None:
    found = await db.execute(select(Agent).where(Agent.agent_id == agent_id).with_for_update())
    return found.scalar_one_or_none()


async def visible(db: AsyncSession) -> Sequence[Agent]:
    return (await db.execute(select(Agent).order_by(Agent.agent_id))).scalars().all()


async def for_placement(db: AsyncSession, actor: Actor) -> Sequence[Agent]:
    """The agents that this actor's sessions could run on, or nearly: other organisations' stay unseen."""
    mine = or_(Agent.org_id.is_(None), Agent.org_id == actor.org_id)
    found = await db.execute(select(Agent).where(mine, Agent.approval_status != "rejected").order_by(Agent.agent_id))
    return found.scalars().all()


async def join_token(db: AsyncSession, hashed: str) -> JoinToken | None:
    """Locked, so that two agents never share its last use."""
    found = await db.execute(select(JoinToken).where(JoinToken.token_hash == hashed).with_for_update())
    return found.scalar_one_or_none()


async def command(db: AsyncSession, command_id: str) -> AgentCommand | None:
    return (await db.execute(select(AgentCommand).where(AgentCommand.command_id == command_id))).scalar_one_or_none()


async def open_commands(db: AsyncSession, agent_id: str) -> Sequence[Row[Any]]:
    """Without the payloads, which are large and needed once."""
    found: Result[Any] = await db.execute(
        select(AgentCommand.command_id, AgentCommand.session_id)
        .where(AgentCommand.agent_id == agent_id, *_OPEN)
        .order_by(AgentCommand.created_at, AgentCommand.id)
    )
    return found.all()


async def commands(db: AsyncSession, command_ids: Sequence[str]) -> Sequence[AgentCommand]:
    found = await db.execute(
        select(AgentCommand)
        .where(AgentCommand.command_id.in_(command_ids), *_OPEN)
        .order_by(AgentCommand.created_at, AgentCommand.id)
    )
    return found.scalars().all()


async def open_of_session(db: AsyncSession, session_id: str) -> Sequence[AgentCommand]:
    found = await db.execute(select(AgentCommand).where(AgentCommand.session_id == session_id, *_OPEN))
    return found.scalars().all()


async def overdue(db: AsyncSession, now: datetime) -> Sequence[AgentCommand]:
    found = await db.execute(select(AgentCommand).where(*_OPEN, AgentCommand.deadline < now).limit(200))
    return found.scalars().all()


async def silent_since(db: AsyncSession, since: datetime) -> Sequence[Agent]:
    found = await db.execute(
        select(Agent).where(Agent.online, or_(Agent.last_heartbeat.is_(None), Agent.last_heartbeat < since))
    )
    return found.scalars().all()


async def named(db: AsyncSession, agent_ids: list[str]) -> Sequence[Agent]:
    return (await db.execute(select(Agent).where(Agent.agent_id.in_(agent_ids)))).scalars().all()
