from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.limits.models import Limit


async def of(db: AsyncSession, subjects: Sequence[tuple[str, str, str]], *, hold: bool) -> Sequence[Limit]:
    """Limits by kind, subject and organisation; held in one order, so that two creates never wait for each other."""
    asked = (
        select(Limit)
        .where(tuple_(Limit.kind, Limit.subject_id, Limit.org_id).in_(subjects))
        .order_by(Limit.kind, Limit.subject_id, Limit.org_id)
    )
    return (await db.execute(asked.with_for_update() if hold else asked)).scalars().all()


async def group_limits(db: AsyncSession, org_id: str) -> set[str]:
    found = await db.execute(select(Limit.subject_id).where(Limit.kind == "group", Limit.org_id == org_id))
    return set(found.scalars())
