from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.audit.models import AuditEntry, AuditHead
from streamspace.server.audit.schemas import Filter
from streamspace.server.core import permissions
from streamspace.server.core.db import PendingEntry
from streamspace.server.core.errors import Forbidden
from streamspace.server.core.permissions import Action, Actor, Scope

_ENTRY = select(*AuditEntry.__table__.columns)


def visible_to(actor: Actor) -> list[ColumnElement[bool]]:
    """The one place that says which entries somebody sees: their organisation's, or all.

    Raises:
        Forbidden: none.
    """
    reach = permissions.scope(actor, Action.AUDIT_VIEW)
    if reach is Scope.ALL:
        return []
    if reach is Scope.ORG:
        return [AuditEntry.org_id == actor.org_id]
    raise Forbidden


def _where(actor: Actor, wanted: Filter) -> list[ColumnElement[bool]]:
    where = visible_to(actor)
    exact = {
        AuditEntry.actor_id: wanted.user_id,
        AuditEntry.actor_name: wanted.username,
        AuditEntry.org_id: wanted.org_id,
        AuditEntry.resource_type: wanted.resource_type,
        AuditEntry.resource_id: wanted.resource_id,
        AuditEntry.ip: wanted.ip_address,
        AuditEntry.outcome: wanted.outcome,
        AuditEntry.code: wanted.code,
    }
    where += [column == value for column, value in exact.items() if value is not None]
    if wanted.action is not None and wanted.action.endswith("*"):
        where.append(AuditEntry.action.startswith(wanted.action[:-1], autoescape=True))
    elif wanted.action is not None:
        where.append(AuditEntry.action == wanted.action)
    if wanted.start_date is not None:
        where.append(AuditEntry.at >= wanted.start_date)
    if wanted.end_date is not None:
        where.append(AuditEntry.at <= wanted.end_date)
    return where


async def newest(
    db: AsyncSession, actor: Actor, wanted: Filter, limit: int, *, before: int | None = None, skip: int = 0
) -> Sequence[Row[Any]]:
    """Newest first; one more row than asked for says that there is another page."""
    where = _where(actor, wanted)
    if before is not None:
        where.append(AuditEntry.seq < before)
    found = await db.execute(_ENTRY.where(*where).order_by(AuditEntry.seq.desc()).limit(limit + 1).offset(skip))
    return found.all()


async def following(
    db: AsyncSession, actor: Actor, wanted: Filter, limit: int, *, after: int, until: int | None = None
) -> Sequence[Row[Any]]:
    """Oldest first, from an entry on."""
    where = [*_where(actor, wanted), AuditEntry.seq > after]
    if until is not None:
        where.append(AuditEntry.seq <= until)
    found = await db.execute(_ENTRY.where(*where).order_by(AuditEntry.seq).limit(limit))
    return found.all()


async def count(db: AsyncSession, actor: Actor, wanted: Filter) -> int:
    found = await db.execute(select(func.count()).select_from(AuditEntry).where(*_where(actor, wanted)))
    return found.scalar_one()


async def shown(db: AsyncSession, actor: Actor, seq: int) -> Row[Any] | None:
    found = await db.execute(_ENTRY.where(AuditEntry.seq == seq, *visible_to(actor)))
    return found.one_or_none()


async def stretch(db: AsyncSession, after: int, until: int, limit: int) -> Sequence[Row[Any]]:
    """Return entries in their order, for whoever checks the chain."""
    found = await db.execute(
        _ENTRY.where(AuditEntry.seq > after, AuditEntry.seq <= until).order_by(AuditEntry.seq).limit(limit)
    )
    return found.all()


async def anything_pending(db: AsyncSession) -> bool:
    return (await db.execute(select(PendingEntry.id).limit(1))).first() is not None


async def pending(db: AsyncSession, limit: int) -> Sequence[Row[Any]]:
    found = await db.execute(
        select(PendingEntry.id, PendingEntry.at, PendingEntry.entry).order_by(PendingEntry.id).limit(limit)
    )
    return found.all()


async def locked_head(db: AsyncSession) -> AuditHead | None:
    """Return the chain's end; who has it locked is the only one who adds to the log."""
    return (await db.execute(select(AuditHead).where(AuditHead.id == 1).with_for_update())).scalar_one_or_none()


async def ends(db: AsyncSession) -> tuple[tuple[int, str, str] | None, tuple[int, str] | None]:
    """Return the end that was signed and the last entry there is, as of one moment."""
    last = select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1).subquery()
    one = select(AuditHead.seq, AuditHead.hash, AuditHead.signature).where(AuditHead.id == 1).subquery()
    found = (await db.execute(select(one, last).select_from(one.outerjoin(last, last.c.seq.is_not(None))))).first()
    if found is not None:
        return (found[0], found[1], found[2]), None if found[3] is None else (found[3], found[4])
    alone = (await db.execute(select(last))).first()
    return None, None if alone is None else (alone[0], alone[1])


async def hash_at(db: AsyncSession, seq: int) -> str | None:
    return (await db.execute(select(AuditEntry.hash).where(AuditEntry.seq == seq))).scalar_one_or_none()
