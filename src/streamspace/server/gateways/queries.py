from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.gateways.models import Gateway, Revocation


async def online(db: AsyncSession) -> Sequence[Gateway]:
    return (await db.execute(select(Gateway).where(Gateway.online).order_by(Gateway.id))).scalars().all()


async def revoked_since(db: AsyncSession, since: datetime) -> Sequence[Revocation]:
    return (await db.execute(select(Revocation).where(Revocation.at >= since))).scalars().all()


async def forget_before(db: AsyncSession, before: datetime) -> None:
    await db.execute(delete(Revocation).where(Revocation.at < before))


async def put_revocation(db: AsyncSession, kind: str, subject: str, at: datetime) -> None:
    """One statement, because two may revoke the same at once."""
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    put = insert(Revocation).values(kind=kind, subject=subject, at=at)
    await db.execute(put.on_conflict_do_update(index_elements=["kind", "subject"], set_={"at": at}))
