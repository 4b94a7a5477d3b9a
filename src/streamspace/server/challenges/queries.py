from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.challenges.models import Challenge


async def take(db: AsyncSession, hashed: str, kind: str) -> Challenge | None:
    mine = (Challenge.hashed == hashed, Challenge.kind == kind)
    return (await db.execute(delete(Challenge).where(*mine).returning(Challenge))).scalar_one_or_none()


async def get(db: AsyncSession, hashed: str, kind: str) -> Challenge | None:
    mine = (Challenge.hashed == hashed, Challenge.kind == kind)
    return (await db.execute(select(Challenge).where(*mine))).scalar_one_or_none()


async def drop_before(db: AsyncSession, at: datetime) -> None:
    await db.execute(delete(Challenge).where(Challenge.expires_at < at))
