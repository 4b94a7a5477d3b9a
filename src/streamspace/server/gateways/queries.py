from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

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


async def put_gateway(db: AsyncSession, gateway_id: str, **values: Any) -> None:
    """One statement, because a gateway may dial twice at once."""
    put = _insert(db)(Gateway).values(id=gateway_id, **values)
    await db.execute(put.on_conflict_do_update(index_elements=["id"], set_=values))


async def put_revocation(db: AsyncSession, kind: str, subject: str, at: datetime) -> None:
    """One statement, because two may revoke the same at once."""
    put = _insert(db)(Revocation).values(kind=kind, subject=subject, at=at)
    await db.execute(put.on_conflict_do_update(index_elements=["kind", "subject"], set_={"at": at}))


def _insert(db: AsyncSession) -> Any:
    return postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
