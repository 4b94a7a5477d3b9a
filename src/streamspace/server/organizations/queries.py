from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.core import permissions
from streamspace.server.core.permissions import Action, Actor, OrgRole, Role, Scope
from streamspace.server.organizations.models import Membership, Organization


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Everybody sees the organisations they belong to; a key, only the one it was made in."""
    if permissions.scope(actor, Action.ORGANIZATION_VIEW) is Scope.ALL:
        return Organization.id.is_not(None)
    if permissions.scope(actor, Action.ORGANIZATION_VIEW) is Scope.NONE:
        return Organization.id.is_(None)
    if actor.key_id is not None or actor.home_org_only:
        return Organization.id == actor.org_id
    mine = select(Membership.org_id).where(Membership.user_id == actor.id)
    return Organization.id.in_(mine) & (Organization.status == "active")


async def page(
    db: AsyncSession,
    actor: Actor,
    *,
    search: str | None,
    status: str | None,
    limit: int,
    after: tuple[Any, ...] | None,
) -> tuple[Sequence[Organization], int]:
    where = [visible_to(actor)]
    if status is not None:
        where.append(Organization.status == status)
    if search:
        text = search.lower()
        where.append(
            or_(
                func.lower(Organization.name).contains(text, autoescape=True),
                func.lower(Organization.display_name).contains(text, autoescape=True),
            )
        )
    total = (await db.execute(select(func.count()).select_from(Organization).where(*where))).scalar_one()
    if after is not None:
        where.append(tuple_(Organization.name, Organization.id) > after)
    found = await db.execute(
        select(Organization).where(*where).order_by(Organization.name, Organization.id).limit(limit + 1)
    )
    return found.scalars().all(), total


async def visible(db: AsyncSession, actor: Actor, org_id: str) -> Organization | None:
    found = await db.execute(select(Organization).where(Organization.id == org_id, visible_to(actor)).with_for_update())
    return found.scalar_one_or_none()


async def by_name(db: AsyncSession, name: str) -> Organization | None:
    return (await db.execute(select(Organization).where(Organization.name == name))).scalar_one_or_none()


async def member_counts(db: AsyncSession, org_ids: Sequence[str]) -> dict[str, int]:
    found = await db.execute(
        select(Membership.org_id, func.count()).where(Membership.org_id.in_(org_ids)).group_by(Membership.org_id)
    )
    return {key: value for key, value in found}  # noqa: C416 - a row is no pair to `dict`


async def of_user(db: AsyncSession, user_id: str) -> Sequence[Row[str, str, str, str]]:
    found = await db.execute(
        select(Organization.id, Organization.name, Organization.display_name, Membership.org_role)
        .join(Membership, Membership.org_id == Organization.id)
        .where(Membership.user_id == user_id, Organization.status == "active")
        .order_by(Organization.display_name)
    )
    return found.all()


async def places_shown(db: AsyncSession, actor: Actor, user_id: str) -> Sequence[Row[str, str, str, str]]:
    """Where a person belongs, as far as the actor sees the people there, or it is about themselves."""
    where = [Membership.user_id == user_id, visible_to(actor)]
    if user_id != actor.id and permissions.scope(actor, Action.USER_VIEW) is not Scope.ALL:
        overseeing = [role for role in OrgRole if permissions.reach(Role.USER, role, Action.USER_VIEW) >= Scope.ORG]
        mine = select(Membership.org_id).where(Membership.user_id == actor.id, Membership.org_role.in_(overseeing))
        where.append(Organization.id.in_(mine))
    found = await db.execute(
        select(Organization.id, Organization.name, Organization.display_name, Membership.org_role)
        .join(Membership, Membership.org_id == Organization.id)
        .where(*where)
        .order_by(Organization.display_name, Organization.id)
    )
    return found.all()


async def memberships(db: AsyncSession, user_id: str) -> Sequence[Membership]:
    return (await db.execute(select(Membership).where(Membership.user_id == user_id))).scalars().all()


async def administrators(db: AsyncSession, org_id: str) -> Sequence[Membership]:
    """Locked, so that two administrators cannot both step down at once."""
    found = await db.execute(
        select(Membership)
        .where(Membership.org_id == org_id, Membership.org_role == "org_admin")
        .order_by(Membership.user_id)
        .with_for_update()
    )
    return found.scalars().all()


async def deleted_before(db: AsyncSession, at: datetime) -> Sequence[Organization]:
    found = await db.execute(select(Organization).where(Organization.status == "deleted", Organization.deleted_at < at))
    return found.scalars().all()
