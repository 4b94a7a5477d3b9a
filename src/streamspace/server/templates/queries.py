from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Result,
    Row,
    Select,
    Subquery,
    and_,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, defer

from streamspace.server.core import permissions
from streamspace.server.core.permissions import Action, Actor, Scope
from streamspace.server.ratings.models import RatingTotal
from streamspace.server.templates import indexing
from streamspace.server.templates.models import Template, TemplateFavorite, TemplateTag, TemplateVersion
from streamspace.server.templates.schemas import Filter

KIND = "template"
SUMMARY = (
    Template.id,
    Template.org_id,
    Template.name,
    Template.display_name,
    Template.sort_name,
    Template.description,
    Template.category,
    Template.app_type,
    Template.streaming_protocol,
    Template.tags,
    Template.featured,
    Template.manifest,
    Template.icon_type,
    Template.digest,
    Template.version,
    Template.revision,
    Template.source,
    Template.popularity,
    Template.retired,
    Template.created_at,
    Template.updated_at,
)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The one place that says what somebody may launch: everybody's, and their organisation's own."""
    return or_(Template.org_id.is_(None), Template.org_id == actor.org_id) & Template.retired.is_(False)


def found_by(actor: Actor, action: Action) -> ColumnElement[bool]:
    """What somebody may do this to by name or id: whose scope is everything may reach into each organisation."""
    if permissions.scope(actor, action) is Scope.ALL:
        return true()
    return or_(Template.org_id.is_(None), Template.org_id == actor.org_id)


def _not_hidden(actor: Actor) -> ColumnElement[bool]:
    """An organisation's own template hides everybody's of the same name."""
    own = aliased(Template)
    hiding = select(own.name).where(own.org_id == actor.org_id, own.retired.is_(False))
    return or_(Template.org_id.is_not(None), Template.name.not_in(hiding))


# One template


async def by_name(db: AsyncSession, actor: Actor, name: str) -> Template | None:
    found = await db.execute(
        select(Template).where(visible_to(actor), Template.name == name).order_by(Template.org_id.is_(None)).limit(1)
    )
    return found.scalar_one_or_none()


async def find(db: AsyncSession, actor: Actor, name: str, *, retired: bool, locked: bool = False) -> Template | None:
    """By its name, or by its id, which reaches further."""
    own = or_(Template.org_id.is_(None), Template.org_id == actor.org_id)
    asked = (
        select(Template)
        .where(or_(and_(own, Template.name == name), and_(found_by(actor, Action.TEMPLATE_VIEW), Template.id == name)))
        .where(true() if retired else Template.retired.is_(False))
        .order_by(Template.retired, Template.org_id.is_(None))
        .limit(1)
    )
    if locked:
        asked = asked.with_for_update(of=Template).execution_options(populate_existing=True)
    return (await db.execute(asked)).scalar_one_or_none()


async def named(db: AsyncSession, org_id: str | None, name: str) -> Template | None:
    place = Template.org_id.is_(None) if org_id is None else Template.org_id == org_id
    return (await db.execute(select(Template).where(place, Template.name == name).limit(1))).scalar_one_or_none()


async def everybodys(db: AsyncSession) -> Sequence[Template]:
    asked = select(Template).where(Template.org_id.is_(None))
    return (await db.execute(asked)).scalars().all()


async def unindexed(db: AsyncSession, rules: int) -> Sequence[Template]:
    asked = select(Template).where(Template.indexed < rules).options(defer(Template.icon)).limit(1000)
    return (await db.execute(asked)).scalars().all()


# Lists


@dataclass(frozen=True, slots=True)
class _Key:
    """One part of an order."""

    of: ColumnElement[Any]
    kind: type
    falling: bool = False


ORDERS = {
    "name": ("sort_name", "id"),
    "popularity": ("popularity", "sort_name", "id"),
    "created": ("created_at", "id"),
    "rating": ("stars", "ratings", "sort_name", "id"),
    "relevance": ("fit", "popularity", "sort_name", "id"),
}
_FALLING = {"popularity": int, "created_at": datetime, "stars": int, "ratings": int, "fit": int}


def kinds_of(sort: str) -> tuple[type, ...]:
    """Of which kinds the values in a cursor of this order are."""
    return tuple(_FALLING.get(name, str) for name in ORDERS[sort])


async def listed(
    db: AsyncSession,
    actor: Actor,
    wanted: Filter,
    meanings: Sequence[Mapping[str, int]],
    *,
    sort: str,
    limit: int,
    after: tuple[Any, ...] | None,
) -> tuple[Sequence[Row[Any]], int]:
    """One row more than asked for, if there is one, and how many there are in all."""
    parts, fit = indexing.ranked(meanings, wanted.search or "") if meanings else ([], None)
    columns: dict[str, Any] = {
        "fit": fit,
        "stars": func.coalesce(RatingTotal.score, 0),
        "ratings": func.coalesce(RatingTotal.number, 0),
        "sort_name": Template.sort_name,
        "popularity": Template.popularity,
        "created_at": Template.created_at,
        "id": Template.id,
    }
    order = [_Key(columns[name], _FALLING.get(name, str), name in _FALLING) for name in ORDERS[sort]]
    # Only what it is ordered by goes through the sorting; manifests are fetched for the page alone.
    keys = [key.of.label(name) for name, key in zip(ORDERS[sort], order, strict=True)]
    asked = _wanted(select(*keys, func.count().over().label("total")), actor, wanted, parts, rated=sort == "rating")
    if after is not None:
        asked = asked.where(_beyond(order, after))
    page = asked.order_by(*(_directed(key.of, key) for key in order)).limit(limit + 1).subquery("page")
    rows = await _filled(db, actor, page, [(page.c[name], key) for name, key in zip(ORDERS[sort], order, strict=True)])
    if after is None:
        return rows, rows[0].total if rows else 0
    counted = _wanted(select(func.count()), actor, wanted, parts)
    return rows, (await db.execute(counted)).scalar_one()


async def _filled(
    db: AsyncSession, actor: Actor, page: Subquery, order: Sequence[tuple[ColumnElement[Any], _Key]]
) -> Sequence[Row[Any]]:
    shown = {column.key for column in SUMMARY}
    more = [column for column in page.c if column.key not in shown]
    ratings = [] if "ratings" in page.c else [func.coalesce(RatingTotal.number, 0).label("ratings")]
    mine = TemplateFavorite.created_at.label("favorited_at")
    asked = (
        select(*SUMMARY, *more, *ratings, RatingTotal.total.label("all_stars"), mine)
        .select_from(page)
        .join(Template, Template.id == page.c.id)
        .join(RatingTotal, _rated(), isouter=True)
        .join(TemplateFavorite, _liked_by(actor), isouter=True)
        .order_by(*(_directed(column, key) for column, key in order))
    )
    found: Result[Any] = await db.execute(asked)
    return found.all()


def _directed(column: ColumnElement[Any], key: _Key) -> ColumnElement[Any]:
    return column.desc() if key.falling else column


def _rated() -> ColumnElement[bool]:
    return and_(RatingTotal.kind == KIND, RatingTotal.subject_id == Template.id)


def _liked_by(actor: Actor) -> ColumnElement[bool]:
    return and_(TemplateFavorite.template_id == Template.id, TemplateFavorite.user_id == actor.id)


def _wanted(
    asked: Select[Any], actor: Actor, wanted: Filter, parts: Sequence[Subquery], *, rated: bool = False
) -> Select[Any]:
    asked = asked.select_from(Template)
    for part in parts:
        asked = asked.join(part, part.c.template_id == Template.id)
    if rated:
        asked = asked.join(RatingTotal, _rated(), isouter=True)
    if wanted.favorites:
        asked = asked.join(TemplateFavorite, _liked_by(actor))
    return asked.where(*_filters(actor, wanted))


def _filters(actor: Actor, wanted: Filter) -> list[ColumnElement[bool]]:
    found = [_shown_to(actor, wanted)]
    if wanted.category is not None:
        found.append(func.lower(Template.category) == wanted.category.lower())
    if wanted.app_type is not None:
        found.append(Template.app_type == wanted.app_type)
    if wanted.featured is not None:
        found.append(Template.featured.is_(wanted.featured))
    tagged = exists().where(TemplateTag.template_id == Template.id)
    return found + [tagged.where(TemplateTag.tag == indexing.folded_tag(tag)) for tag in wanted.tags]


def _shown_to(actor: Actor, wanted: Filter) -> ColumnElement[bool]:
    if not wanted.retired:
        return visible_to(actor) & _not_hidden(actor)
    mine = permissions.scope(actor, Action.TEMPLATE_MANAGE)
    if mine is Scope.ALL:
        return Template.retired.is_(True) & or_(Template.org_id.is_(None), Template.org_id == actor.org_id)
    return Template.retired.is_(True) & (Template.org_id == actor.org_id) if mine is Scope.ORG else false()


def _beyond(order: Sequence[_Key], after: tuple[Any, ...]) -> ColumnElement[bool]:
    """What comes after a row, when some parts of the order rise and some fall."""
    alternatives: list[ColumnElement[bool]] = []
    same: list[ColumnElement[bool]] = []
    for key, value in zip(order, after, strict=True):
        further = key.of < value if key.falling else key.of > value
        alternatives.append(and_(*same, further))
        same.append(key.of == value)
    return or_(*alternatives)


async def categories(db: AsyncSession, actor: Actor) -> dict[str, int]:
    found = await db.execute(
        select(Template.category, func.count())
        .where(_shown_to(actor, Filter()))
        .group_by(Template.category)
        .order_by(Template.category)
    )
    return {category: number for category, number in found}  # noqa: C416 - a Row is no tuple to mypy


async def tags(db: AsyncSession, actor: Actor, most: int) -> dict[str, int]:
    found = await db.execute(
        select(TemplateTag.tag, func.count())
        .join(Template, Template.id == TemplateTag.template_id)
        .where(_shown_to(actor, Filter()))
        .group_by(TemplateTag.tag)
        .order_by(func.count().desc(), TemplateTag.tag)
        .limit(most)
    )
    return {tag: number for tag, number in found}  # noqa: C416


async def extras(db: AsyncSession, actor: Actor, template_id: str) -> Row[Any]:
    """What a list says of a template beside its row."""
    asked = (
        select(
            func.coalesce(RatingTotal.number, 0).label("ratings"),
            RatingTotal.total.label("all_stars"),
            TemplateFavorite.created_at.label("favorited_at"),
        )
        .select_from(Template)
        .join(RatingTotal, _rated(), isouter=True)
        .join(TemplateFavorite, _liked_by(actor), isouter=True)
        .where(Template.id == template_id)
    )
    found: Result[Any] = await db.execute(asked)
    return found.one()


# Versions


async def versions(db: AsyncSession, template_id: str, *, drafts: bool) -> Sequence[Row[Any]]:
    """Without the manifests, which are large."""
    v = TemplateVersion
    asked = select(
        v.id,
        v.version,
        v.status,
        v.changelog,
        v.automatic,
        v.parent_id,
        v.created_by,
        v.created_at,
        v.updated_at,
        v.published_at,
        v.deprecated_at,
    ).where(v.template_id == template_id, true() if drafts else v.status != "draft")
    found: Result[Any] = await db.execute(asked)
    return found.all()


async def version(db: AsyncSession, template_id: str, named_so: str) -> TemplateVersion | None:
    asked = select(TemplateVersion).where(
        TemplateVersion.template_id == template_id,
        or_(TemplateVersion.id == named_so, TemplateVersion.version == named_so),
    )
    return (await db.execute(asked.limit(1))).scalar_one_or_none()


async def versions_of(db: AsyncSession, templates: Collection[str]) -> dict[str, list[Row[Any]]]:
    """The bare versions of several templates, in as few statements as their number allows."""
    found: dict[str, list[Row[Any]]] = {template: [] for template in templates}
    every = sorted(templates)
    for at in range(0, len(every), 500):
        rows: Result[Any] = await db.execute(
            select(
                TemplateVersion.template_id,
                TemplateVersion.id,
                TemplateVersion.version,
                TemplateVersion.status,
                TemplateVersion.automatic,
                TemplateVersion.created_at,
            ).where(TemplateVersion.template_id.in_(every[at : at + 500]))
        )
        for row in rows:
            found[row.template_id].append(row)
    return found


async def drop_version(db: AsyncSession, version_id: str) -> None:
    await db.execute(delete(TemplateVersion).where(TemplateVersion.id == version_id))
