"""What people like and start: the statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Result, Row, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.core.permissions import Actor
from streamspace.server.templates import indexing
from streamspace.server.templates.models import Template, TemplateFavorite, TemplateLaunch
from streamspace.server.templates.queries import SUMMARY, visible_to

# Favourites


async def favorites(db: AsyncSession, actor: Actor) -> Sequence[Row[Any]]:
    """Return what somebody likes and may still launch."""
    asked = (
        select(*SUMMARY, TemplateFavorite.created_at.label("favorited_at"))
        .join(TemplateFavorite, TemplateFavorite.template_id == Template.id)
        .where(TemplateFavorite.user_id == actor.id, visible_to(actor))
        .order_by(TemplateFavorite.created_at.desc(), Template.id)
    )
    return (await db.execute(asked)).all()


async def count_favorites(db: AsyncSession, user_id: str) -> int:
    """Count what somebody likes."""
    asked = select(func.count()).select_from(TemplateFavorite).where(TemplateFavorite.user_id == user_id)
    return (await db.execute(asked)).scalar_one()


async def put_favorite(db: AsyncSession, user_id: str, template_id: str, at: datetime) -> None:
    """Write down that somebody likes a template, once."""
    put = indexing.put_or_leave(db, TemplateFavorite)
    await db.execute(put.values(user_id=user_id, template_id=template_id, created_at=at))


async def drop_favorite(db: AsyncSession, user_id: str, template_id: str) -> bool:
    """Forget that somebody likes a template; false if they did not."""
    gone = await db.execute(
        delete(TemplateFavorite)
        .where(TemplateFavorite.user_id == user_id, TemplateFavorite.template_id == template_id)
        .returning(TemplateFavorite.template_id)
    )
    return gone.first() is not None


# Launches


async def count_launch(db: AsyncSession, template_id: str, org_id: str, user_id: str, day: date) -> None:
    """Count one launch more."""
    await db.execute(
        update(Template).where(Template.id == template_id).values(popularity=func.coalesce(Template.popularity, 0) + 1)
    )
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    put = insert(TemplateLaunch).values(template_id=template_id, org_id=org_id, user_id=user_id, day=day, launches=1)
    await db.execute(
        put.on_conflict_do_update(
            index_elements=["template_id", "day", "org_id", "user_id"], set_={"launches": TemplateLaunch.launches + 1}
        )
    )


async def launches(db: AsyncSession, template_id: str, org_id: str | None, since: date) -> Sequence[Row[Any]]:
    """Launches and different people, day by day."""
    asked = select(
        TemplateLaunch.day,
        func.sum(TemplateLaunch.launches).label("launches"),
        func.count(TemplateLaunch.user_id.distinct()).label("users"),
    ).where(*_launched(template_id, org_id, since))
    found: Result[Any] = await db.execute(asked.group_by(TemplateLaunch.day).order_by(TemplateLaunch.day))
    return found.all()


async def launchers(db: AsyncSession, template_id: str, org_id: str | None, since: date) -> int:
    """Count the different people who launched it."""
    asked = select(func.count(TemplateLaunch.user_id.distinct())).where(*_launched(template_id, org_id, since))
    return (await db.execute(asked)).scalar_one()


def _launched(template_id: str, org_id: str | None, since: date) -> list[ColumnElement[bool]]:
    found = [TemplateLaunch.template_id == template_id, TemplateLaunch.day >= since]
    return found if org_id is None else [*found, TemplateLaunch.org_id == org_id]


async def forget_launches(db: AsyncSession, before: date) -> None:
    """Forget who launched what before a day."""
    await db.execute(delete(TemplateLaunch).where(TemplateLaunch.day < before))
