from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Result, Row, and_, delete, func, insert, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.core import permissions
from streamspace.server.core.permissions import Action, Actor, Scope
from streamspace.server.ratings.models import Rating, RatingTotal
from streamspace.server.users.models import User

_DOUBTS, _MIDDLE = 5, 3
"""So many ratings of the middle are added to a score."""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The one place that says whose ratings somebody reads: their organisation's, or all."""
    if permissions.scope(actor, Action.TEMPLATE_RATE) is Scope.ALL:
        return true()
    return Rating.org_id == actor.org_id


def _with_writers() -> Any:
    written: tuple[Any, ...] = (Rating.id, Rating.org_id, Rating.user_id, Rating.rating, Rating.review)
    more: tuple[Any, ...] = (Rating.created_at, Rating.updated_at, User.username, User.full_name)
    return select(*written, *more).join(User, User.id == Rating.user_id)


def _of(kind: str, subject_id: str) -> ColumnElement[bool]:
    return and_(Rating.kind == kind, Rating.subject_id == subject_id)


async def listed(
    db: AsyncSession, actor: Actor, kind: str, subject_id: str, *, limit: int, after: tuple[Any, ...] | None
) -> Sequence[Row[Any]]:
    asked = _with_writers().where(_of(kind, subject_id), visible_to(actor))
    if after is not None:
        at, last = after
        asked = asked.where(or_(Rating.updated_at < at, and_(Rating.updated_at == at, Rating.id > last)))
    found: Result[Any] = await db.execute(asked.order_by(Rating.updated_at.desc(), Rating.id).limit(limit + 1))
    return found.all()


async def count(db: AsyncSession, actor: Actor, kind: str, subject_id: str) -> int:
    asked = select(func.count()).select_from(Rating).where(_of(kind, subject_id), visible_to(actor))
    return (await db.execute(asked)).scalar_one()


async def by_user(db: AsyncSession, kind: str, subject_id: str, user_id: str) -> Row[Any] | None:
    asked = _with_writers().where(_of(kind, subject_id), Rating.user_id == user_id)
    found: Result[Any] = await db.execute(asked)
    return found.first()


async def one(db: AsyncSession, actor: Actor, kind: str, subject_id: str, rating_id: str) -> Row[Any] | None:
    asked = _with_writers().where(_of(kind, subject_id), Rating.id == rating_id, visible_to(actor))
    found: Result[Any] = await db.execute(asked)
    return found.first()


async def hold(db: AsyncSession, kind: str, subject_id: str) -> None:
    """Make others who rate the same thing wait, so that the totals count all of them."""
    kinds = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    put = kinds(RatingTotal).values(kind=kind, subject_id=subject_id, number=0, total=0, score=0)
    await db.execute(put.on_conflict_do_nothing())
    await db.execute(
        select(RatingTotal.number)
        .where(RatingTotal.kind == kind, RatingTotal.subject_id == subject_id)
        .with_for_update()
    )


async def add(db: AsyncSession, **values: Any) -> None:
    await db.execute(insert(Rating).values(**values))


async def change(db: AsyncSession, rating_id: str, **values: Any) -> None:
    await db.execute(update(Rating).where(Rating.id == rating_id).values(**values))


async def drop(db: AsyncSession, rating_id: str) -> None:
    await db.execute(delete(Rating).where(Rating.id == rating_id))


async def total(db: AsyncSession, kind: str, subject_id: str) -> tuple[int, int]:
    asked = select(RatingTotal.number, RatingTotal.total)
    row = (await db.execute(asked.where(RatingTotal.kind == kind, RatingTotal.subject_id == subject_id))).first()
    return (row.number, row.total) if row is not None else (0, 0)


async def recount(db: AsyncSession, kind: str, subject_id: str) -> None:
    counted = (
        await db.execute(select(func.count(), func.coalesce(func.sum(Rating.rating), 0)).where(_of(kind, subject_id)))
    ).one()
    await _write(db, kind, subject_id, int(counted[0]), int(counted[1]))


async def recount_wrong(db: AsyncSession) -> None:
    """Put right the totals whose ratings went with their writers."""
    counted = (
        select(Rating.kind, Rating.subject_id, func.count().label("number"), func.sum(Rating.rating).label("total"))
        .group_by(Rating.kind, Rating.subject_id)
        .subquery()
    )
    wrong = await db.execute(
        select(RatingTotal.kind, RatingTotal.subject_id, counted.c.number, counted.c.total)
        .join(
            counted,
            and_(counted.c.kind == RatingTotal.kind, counted.c.subject_id == RatingTotal.subject_id),
            isouter=True,
        )
        .where(
            or_(
                func.coalesce(counted.c.number, 0) != RatingTotal.number,
                func.coalesce(counted.c.total, 0) != RatingTotal.total,
            )
        )
    )
    for row in wrong.all():
        await _write(db, row.kind, row.subject_id, int(row.number or 0), int(row.total or 0))


async def _write(db: AsyncSession, kind: str, subject_id: str, number: int, stars: int) -> None:
    score = 1000 * (stars + _DOUBTS * _MIDDLE) // (number + _DOUBTS) if number else 0
    await db.execute(
        update(RatingTotal)
        .where(RatingTotal.kind == kind, RatingTotal.subject_id == subject_id)
        .values(number=number, total=stars, score=score)
    )


def since(row: Row[Any]) -> tuple[datetime, str]:
    return row.updated_at, row.id
