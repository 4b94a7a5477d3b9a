from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.policies.models import StoredPolicy


async def of_organization(db: AsyncSession, org_id: str) -> Sequence[StoredPolicy]:
    """The organisation's own and those of its groups."""
    return (await db.execute(select(StoredPolicy).where(StoredPolicy.org_id == org_id))).scalars().all()


async def organizations(db: AsyncSession) -> Sequence[str]:
    return (await db.execute(select(StoredPolicy.org_id).distinct())).scalars().all()
