from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.limits.models import Limit


async def of(db: AsyncSession, subjects: Sequence[tuple[str, str, str]], *, hold: bool) -> Sequence[Limit]:
    """Limits by kind, subject and organisation; held in one order, so that two creates never wait for each other."""
    asked = (
        select(Limit)
        .where(tuple_(Limit.kind, Limit.subject_id, Limit.org_id).in_(subjects))
        .order_by(Limit.kind, Limit.subject_id, Limit.org_id)
    )
    if hold:
        # What was read before the lock may be old.
        asked = asked.with_for_update().execution_options(populate_existing=True)
    return (await db.execute(asked)).scalars().all()


async def around(db: AsyncSession, subjects: Sequence[tuple[str, str, str]], org_id: str) -> Sequence[Limit]:
    """Those of some subjects and of all groups of an organisation, not held."""
    groups = and_(Limit.kind == "group", Limit.org_id == org_id)
    asked = select(Limit).where(or_(groups, tuple_(Limit.kind, Limit.subject_id, Limit.org_id).in_(subjects)))
    return (await db.execute(asked)).scalars().all()
