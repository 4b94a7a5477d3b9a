from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, false, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.core import permissions
from streamspace.server.core.permissions import Action, Actor, Scope
from streamspace.server.groups.models import Group, GroupMembership
from streamspace.server.organizations.models import Organization
from streamspace.server.users.models import User


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The one place that says which groups somebody sees."""
    reach = permissions.scope(actor, Action.GROUP_VIEW)
    if reach is Scope.ALL:
        return Group.id.is_not(None)
    return Group.org_id == actor.org_id if reach is Scope.ORG else false()


_MEMBERS = (
    select(func.count())
    .select_from(GroupMembership)
    .where(GroupMembership.group_id == Group.id)
    .correlate(Group)
    .scalar_subquery()
)


def _shown(actor: Actor) -> Any:
    mine = (
        select(GroupMembership.role)
        .where(GroupMembership.group_id == Group.id, GroupMembership.user_id == actor.id)
        .correlate(Group)
        .scalar_subquery()
    )
    return select(Group, _MEMBERS.label("member_count"), mine.label("my_role"))


async def page(
    db: AsyncSession,
    actor: Actor,
    *,
    search: str | None,
    kind: str | None,
    user_id: str | None,
    limit: int,
    after: tuple[Any, ...] | None,
) -> tuple[Sequence[Row[Any]], int]:
    where = [visible_to(actor)]
    if search:
        text = search.lower()
        columns = (Group.name, Group.display_name)
        where.append(or_(*(func.lower(column).contains(text, autoescape=True) for column in columns)))
    if kind is not None:
        where.append(Group.type == kind)
    if user_id is not None:
        where.append(Group.id.in_(select(GroupMembership.group_id).where(GroupMembership.user_id == user_id)))
    total = (await db.execute(select(func.count()).select_from(Group).where(*where))).scalar_one()
    if after is not None:
        where.append(tuple_(Group.name, Group.id) > after)
    found = await db.execute(_shown(actor).where(*where).order_by(Group.name, Group.id).limit(limit + 1))
    return found.all(), total


async def visible(db: AsyncSession, actor: Actor, group_id: str) -> Row[Any] | None:
    return (await db.execute(_shown(actor).where(Group.id == group_id, visible_to(actor)))).one_or_none()


async def by_name(db: AsyncSession, org_id: str, name: str) -> Group | None:
    found = await db.execute(select(Group).where(Group.org_id == org_id, Group.name == name))
    return found.scalar_one_or_none()


async def hold_tree(db: AsyncSession, org_id: str) -> None:
    """Nobody else rearranges an organisation's groups until this transaction ends."""
    await db.execute(select(Organization.id).where(Organization.id == org_id).with_for_update())


async def parents(db: AsyncSession, org_id: str) -> dict[str, str | None]:
    found = await db.execute(select(Group.id, Group.parent_id).where(Group.org_id == org_id))
    return {key: value for key, value in found}  # noqa: C416 - a row is no pair to `dict`


async def children(db: AsyncSession, group_id: str) -> int:
    found = await db.execute(select(func.count()).select_from(Group).where(Group.parent_id == group_id))
    return found.scalar_one()


async def membership(db: AsyncSession, group_id: str, user_id: str) -> GroupMembership | None:
    mine = (GroupMembership.group_id == group_id, GroupMembership.user_id == user_id)
    return (await db.execute(select(GroupMembership).where(*mine))).scalar_one_or_none()


async def members(
    db: AsyncSession, group_id: str, *, limit: int, after: tuple[Any, ...] | None
) -> tuple[Sequence[Row[GroupMembership, str, str, str, str]], int]:
    where = [GroupMembership.group_id == group_id]
    total = (await db.execute(select(func.count()).select_from(GroupMembership).where(*where))).scalar_one()
    if after is not None:
        where.append(tuple_(User.username, User.id) > after)
    found = await db.execute(
        select(GroupMembership, User.id, User.username, User.full_name, User.email)
        .join(User, User.id == GroupMembership.user_id)
        .where(*where)
        .order_by(User.username, User.id)
        .limit(limit + 1)
    )
    return found.all(), total


async def roles_in(db: AsyncSession, group_id: str) -> Sequence[tuple[str, str]]:
    found = await db.execute(
        select(GroupMembership.user_id, GroupMembership.role)
        .where(GroupMembership.group_id == group_id)
        .order_by(GroupMembership.created_at)
    )
    return [(user_id, role) for user_id, role in found]


async def people_in(db: AsyncSession, group_ids: Sequence[str]) -> Sequence[str]:
    found = await db.execute(select(GroupMembership.user_id).where(GroupMembership.group_id.in_(group_ids)).distinct())
    return found.scalars().all()


async def of_users(db: AsyncSession, user_ids: Sequence[str]) -> Sequence[tuple[str, str, str]]:
    """Person, group and the group's organisation."""
    found = await db.execute(
        select(GroupMembership.user_id, Group.id, Group.org_id)
        .join(Group, Group.id == GroupMembership.group_id)
        .where(GroupMembership.user_id.in_(user_ids))
        .order_by(Group.name)
    )
    return [(user_id, group_id, org_id) for user_id, group_id, org_id in found]


async def of_user(db: AsyncSession, org_id: str, user_id: str) -> Sequence[Group]:
    found = await db.execute(
        select(Group)
        .join(GroupMembership, GroupMembership.group_id == Group.id)
        .where(GroupMembership.user_id == user_id, Group.org_id == org_id)
        .order_by(Group.id)
    )
    return found.scalars().all()


async def of_organization(db: AsyncSession, org_id: str) -> Sequence[Group]:
    found = await db.execute(select(Group).where(Group.org_id == org_id).order_by(Group.name))
    return found.scalars().all()


async def memberships_of(db: AsyncSession, org_id: str, user_id: str) -> Sequence[GroupMembership]:
    found = await db.execute(
        select(GroupMembership)
        .join(Group, Group.id == GroupMembership.group_id)
        .where(GroupMembership.user_id == user_id, Group.org_id == org_id)
    )
    return found.scalars().all()
