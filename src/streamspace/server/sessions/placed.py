"""Which sessions are given to which agents, for as long as they have not ended."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.agents.models import Agent
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.rules import ENDED

_GOES_ON = Session.state.not_in(ENDED)


async def agents_in_use(db: AsyncSession, agent_ids: Collection[str]) -> set[str]:
    """Return which of these agents were given any."""
    asked = select(Session.agent_id).where(Session.agent_id.in_(agent_ids), _GOES_ON).distinct()
    return set((await db.scalars(asked)).all())


async def on(db: AsyncSession, agent_id: str) -> Sequence[Session]:
    """Return an agent's, also those that sleep, held in the one order."""
    asked = select(Session).where(Session.agent_id == agent_id, _GOES_ON).order_by(Session.id)
    return (await db.execute(asked.with_for_update())).scalars().all()


async def orphaned(db: AsyncSession, most: int) -> Sequence[Session]:
    """Return those whose agent is not there any more, held."""
    there = select(Agent.id).where(Agent.agent_id == Session.agent_id).exists()
    asked = select(Session).where(_GOES_ON, not_(there)).order_by(Session.id).limit(most)
    return (await db.execute(asked.with_for_update())).scalars().all()
