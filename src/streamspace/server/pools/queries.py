from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Result, Row, and_, case, delete, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.agents.placement import Load
from streamspace.server.core import permissions
from streamspace.server.core.permissions import Action, Actor, Scope
from streamspace.server.pools.models import WarmClaim, WarmPool, WarmSession
from streamspace.server.pools.rules import WAITING, WarmState


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The one place that says whose pools somebody sees: all, or those that wait for their organisation alone."""
    if permissions.scope(actor, Action.POOL_VIEW) is Scope.ALL:
        return true()
    return WarmPool.org_id == actor.org_id


async def listed(db: AsyncSession, actor: Actor, pool_id: str | None = None) -> Sequence[WarmPool]:
    where = [visible_to(actor)] + ([WarmPool.id == pool_id] if pool_id is not None else [])
    found = await db.execute(select(WarmPool).where(*where).order_by(WarmPool.template_name, WarmPool.id).limit(500))
    return found.scalars().all()


async def locked(db: AsyncSession, pool_id: str) -> WarmPool | None:
    asked = select(WarmPool).where(WarmPool.id == pool_id).with_for_update()
    return (await db.execute(asked.execution_options(populate_existing=True))).scalar_one_or_none()


async def pool_ids(db: AsyncSession) -> Sequence[str]:
    return (await db.execute(select(WarmPool.id).order_by(WarmPool.id))).scalars().all()


async def anything(db: AsyncSession) -> bool:
    """Whether there is a pool, or anything left of one."""
    if (await db.execute(select(WarmPool.id).limit(1))).first() is not None:
        return True
    return (await db.execute(select(WarmSession.id).limit(1))).first() is not None


async def wanted_by(db: AsyncSession, org_id: str, without: str | None) -> int:
    """How many sessions an organisation's own pools want, less one of them."""
    where = [WarmPool.org_id == org_id] + ([WarmPool.id != without] if without is not None else [])
    return int((await db.execute(select(func.coalesce(func.sum(WarmPool.size), 0)).where(*where))).scalar_one())


async def counts(db: AsyncSession, pools: Collection[str]) -> dict[str, Row[Any]]:
    """What waits in each pool, in one statement."""
    waiting: Result[Any] = await db.execute(
        select(
            WarmSession.pool_id,
            func.sum(case((WarmSession.state == WarmState.READY, 1), else_=0)).label("ready"),
            func.sum(case((WarmSession.state == WarmState.STARTING, 1), else_=0)).label("starting"),
            func.max(WarmSession.used_bytes).label("used_bytes"),
        )
        .where(WarmSession.pool_id.in_(pools), WarmSession.state.in_(WAITING))
        .group_by(WarmSession.pool_id)
    )
    return {row.pool_id: row for row in waiting}


async def claims(db: AsyncSession, pools: Collection[str], since: datetime) -> dict[str, tuple[int, int]]:
    """How many claims of each pool found one that waited, and how many did not."""
    found = await db.execute(
        select(WarmClaim.pool_id, WarmClaim.hit, func.count())
        .where(WarmClaim.pool_id.in_(pools), WarmClaim.at >= since)
        .group_by(WarmClaim.pool_id, WarmClaim.hit)
    )
    counted: dict[str, tuple[int, int]] = {}
    for pool_id, hit, number in found:
        hits, misses = counted.get(pool_id, (0, 0))
        counted[pool_id] = (hits + number, misses) if hit else (hits, misses + number)
    return counted


async def serving(
    db: AsyncSession, org_id: str, template_id: str, digest: str, cpu: int, memory: int
) -> Sequence[Row[Any]]:
    """The pools that could serve a session, its organisation's own first, and where each has one ready."""
    ready = and_(
        WarmSession.pool_id == WarmPool.id,
        WarmSession.state == WarmState.READY,
        WarmSession.digest == digest,
        WarmSession.cpu_millicores == cpu,
        WarmSession.memory_bytes == memory,
    )
    found: Result[Any] = await db.execute(
        select(WarmPool.id, WarmSession.agent_id)
        .outerjoin(WarmSession, ready)
        .where(
            WarmPool.template_id == template_id,
            WarmPool.cpu_millicores == cpu,
            WarmPool.memory_bytes == memory,
            WarmPool.size > 0,
            or_(WarmPool.org_id.is_(None), WarmPool.org_id == org_id),
        )
        .group_by(WarmPool.id, WarmPool.org_id, WarmSession.agent_id)
        .order_by(WarmPool.org_id.is_(None), WarmPool.id, WarmSession.agent_id)
    )
    return found.all()


async def claim(
    db: AsyncSession, pool_id: str, agent_id: str, digest: str, session_id: str, now: datetime
) -> str | None:
    """Take one that waits, the oldest first; nobody else gets the same."""
    oldest = (
        select(WarmSession.id)
        .where(
            WarmSession.pool_id == pool_id,
            WarmSession.agent_id == agent_id,
            WarmSession.digest == digest,
            WarmSession.state == WarmState.READY,
        )
        .order_by(WarmSession.ready_at, WarmSession.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    taken = await db.execute(
        update(WarmSession)
        .where(WarmSession.id == oldest.scalar_subquery(), WarmSession.state == WarmState.READY)
        .values(state=WarmState.CLAIMED, session_id=session_id, ended_at=now)
        .returning(WarmSession.id)
        .execution_options(synchronize_session=False)
    )
    return taken.scalar_one_or_none()


async def of_pool(db: AsyncSession, pool_id: str) -> Sequence[WarmSession]:
    found = await db.execute(
        select(WarmSession)
        .where(WarmSession.pool_id == pool_id, WarmSession.state.in_(WAITING))
        .order_by(WarmSession.created_at, WarmSession.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.scalars().all()


async def of_agent(db: AsyncSession, agent_id: str) -> Sequence[WarmSession]:
    """Those that wait on an agent, the ones that were started last first: they give way first."""
    found = await db.execute(
        select(WarmSession)
        .where(WarmSession.agent_id == agent_id, WarmSession.state.in_(WAITING))
        .order_by(WarmSession.created_at.desc(), WarmSession.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.scalars().all()


async def warm(db: AsyncSession, warm_id: str) -> WarmSession | None:
    asked = select(WarmSession).where(WarmSession.id == warm_id).with_for_update()
    return (await db.execute(asked.execution_options(populate_existing=True))).scalar_one_or_none()


async def held_by(db: AsyncSession, agent_id: str, also: Collection[str]) -> dict[str, WarmSession]:
    """Those of an agent that are not ended for good, and those it names."""
    open_ones = and_(WarmSession.agent_id == agent_id, WarmSession.state.in_((*WAITING, WarmState.EXPIRED)))
    found = await db.execute(select(WarmSession).where(or_(open_ones, WarmSession.id.in_(also))).with_for_update())
    return {row.id: row for row in found.scalars()}


async def agents_in_use(db: AsyncSession, agent_ids: Collection[str]) -> set[str]:
    asked = select(WarmSession.agent_id).where(WarmSession.agent_id.in_(agent_ids)).distinct()
    return set((await db.scalars(asked)).all())


async def forget_agent(db: AsyncSession, agent_id: str) -> None:
    await db.execute(delete(WarmSession).where(WarmSession.agent_id == agent_id))


async def unsettled(db: AsyncSession, before: datetime) -> Sequence[WarmSession]:
    """Those that were claimed or are to end, and of which no agent said a word since; and those without a pool."""
    leaving = and_(WarmSession.state.in_((WarmState.CLAIMED, WarmState.EXPIRED)), WarmSession.ended_at < before)
    orphaned = and_(WarmSession.pool_id.is_(None), WarmSession.state.in_(WAITING))
    found = await db.execute(select(WarmSession).where(or_(leaving, orphaned)).limit(200).with_for_update())
    return found.scalars().all()


async def loads(db: AsyncSession, agent_id: str | None = None) -> dict[str, Load]:
    """What those that wait take on each agent, or one of them."""
    where: list[ColumnElement[bool]] = [WarmSession.state.in_(WAITING)]
    if agent_id is not None:
        where.append(WarmSession.agent_id == agent_id)
    found = await db.execute(
        select(
            WarmSession.agent_id,
            func.count(),
            func.coalesce(func.sum(WarmSession.cpu_millicores), 0),
            func.coalesce(func.sum(WarmSession.memory_bytes), 0),
        )
        .where(*where)
        .group_by(WarmSession.agent_id)
    )
    return {agent: Load(number, int(cpu), int(memory)) for agent, number, cpu, memory in found}


async def by_template(db: AsyncSession) -> list[tuple[str, str, int]]:
    found = await db.execute(
        select(WarmPool.template_name, WarmSession.state, func.count())
        .join(WarmPool, WarmPool.id == WarmSession.pool_id)
        .where(WarmSession.state.in_(WAITING))
        .group_by(WarmPool.template_name, WarmSession.state)
    )
    return [(name, what, number) for name, what, number in found]


async def claims_by_template(db: AsyncSession, since: datetime) -> list[tuple[str, bool, int]]:
    found = await db.execute(
        select(WarmPool.template_name, WarmClaim.hit, func.count())
        .join(WarmPool, WarmPool.id == WarmClaim.pool_id)
        .where(WarmClaim.at >= since)
        .group_by(WarmPool.template_name, WarmClaim.hit)
    )
    return [(name, what, number) for name, what, number in found]


async def forget(db: AsyncSession, before: datetime) -> None:
    await db.execute(delete(WarmClaim).where(WarmClaim.at < before))
    await db.execute(delete(WarmSession).where(WarmSession.state == WarmState.TAKEN, WarmSession.ended_at < before))
