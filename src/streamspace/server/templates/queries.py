from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.core.permissions import Actor
from streamspace.server.templates.models import Template

_SUMMARY = (
    Template.id,
    Template.name,
    Template.display_name,
    Template.description,
    Template.category,
    Template.app_type,
    Template.streaming_protocol,
    Template.tags,
    Template.featured,
    Template.manifest,
    Template.icon_type,
    Template.digest,
    Template.popularity,
    Template.created_at,
    Template.updated_at,
)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    return or_(Template.org_id.is_(None), Template.org_id == actor.org_id) & Template.retired.is_(False)


async def listed(db: AsyncSession, actor: Actor) -> Sequence[Row[Any]]:
    return (await db.execute(select(*_SUMMARY).where(visible_to(actor)))).all()


async def by_name(db: AsyncSession, actor: Actor, name: str) -> Template | None:
    found = await db.execute(
        # An organisation's own template hides the official one of the same name.
        select(Template).where(visible_to(actor), Template.name == name).order_by(Template.org_id.is_(None)).limit(1)
    )
    return found.scalar_one_or_none()


async def official(db: AsyncSession) -> Sequence[Template]:
    return (await db.execute(select(Template).where(Template.org_id.is_(None)))).scalars().all()


async def count_launch(db: AsyncSession, template_id: str) -> None:
    await db.execute(
        update(Template).where(Template.id == template_id).values(popularity=func.coalesce(Template.popularity, 0) + 1)
    )
