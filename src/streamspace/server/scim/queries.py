from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, case, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.groups.models import Group, GroupMembership
from streamspace.server.organizations.models import Membership
from streamspace.server.scim.filters import Columns, Links, Where
from streamspace.server.scim.models import Provisioned
from streamspace.server.sso.models import IdentityProvider
from streamspace.server.users.models import User

USER_NAME = func.coalesce(Provisioned.user_name, case((User.provider == "local", User.username), else_=User.email))
"""What a directory calls a person; those it has not written it finds by e-mail, or by the name they sign in with."""


def _written(column: Any, otherwise: Any) -> Any:
    return case((Provisioned.user_id.is_(None), otherwise), else_=column)


PEOPLE: Columns = {
    ("id", None): User.id,
    ("user_name", None): USER_NAME,
    ("external_id", None): Provisioned.external_id,
    ("display_name", None): _written(Provisioned.display_name, User.full_name),
    ("name", "formatted"): _written(Provisioned.formatted, User.full_name),
    ("name", "given_name"): Provisioned.given_name,
    ("name", "family_name"): Provisioned.family_name,
    ("active", None): User.active,
    ("emails", None): User.email,
    ("emails", "value"): User.email,
    ("meta", "created"): User.created_at,
    ("meta", "last_modified"): _written(
        case((Provisioned.updated_at > User.updated_at, Provisioned.updated_at), else_=User.updated_at),
        User.updated_at,
    ),
}
GROUPS: Columns = {
    ("id", None): Group.id,
    ("external_id", None): Group.external_id,
    ("display_name", None): Group.display_name,
    ("meta", "created"): Group.created_at,
    ("meta", "last_modified"): Group.updated_at,
}


def _in_group(group_id: str | None) -> Where:
    found = exists().where(GroupMembership.user_id == User.id, GroupMembership.group_id == Group.id)
    found = found.where(Group.org_id == Membership.org_id)
    return found if group_id is None else found.where(Group.id == group_id)


def _has_member(user_id: str | None) -> Where:
    found = exists().where(GroupMembership.group_id == Group.id)
    return found if user_id is None else found.where(GroupMembership.user_id == user_id)


OF_PEOPLE: Links = {"groups": _in_group}
OF_GROUPS: Links = {"members": _has_member}


def _people(org_id: str, *columns: Any) -> Any:
    return (
        select(*columns)
        .select_from(User)
        .join(Membership, (Membership.user_id == User.id) & (Membership.org_id == org_id))
        .outerjoin(Provisioned, (Provisioned.user_id == User.id) & (Provisioned.org_id == org_id))
    )


async def people(
    db: AsyncSession, org_id: str, where: Sequence[Where], order: Any, *, offset: int, limit: int
) -> tuple[Sequence[Row[Any]], int]:
    total = (await db.execute(_people(org_id, func.count()).where(*where))).scalar_one()
    if not limit:
        return [], total
    query = _people(org_id, User, Provisioned, USER_NAME.label("user_name")).where(*where)
    return (await db.execute(query.order_by(*order, User.id).offset(offset).limit(limit))).all(), total


async def person(db: AsyncSession, org_id: str, user_id: str) -> Row[Any] | None:
    query = _people(org_id, User, Provisioned, USER_NAME.label("user_name")).where(User.id == user_id)
    return (await db.execute(query)).one_or_none()


async def user_name_taken(db: AsyncSession, org_id: str, key: str, but: str | None) -> bool:
    query = _people(org_id, User.id).where(func.coalesce(Provisioned.user_name_key, func.lower(USER_NAME)) == key)
    query = query if but is None else query.where(User.id != but)
    return (await db.execute(query.limit(1))).first() is not None


async def forget_strangers(db: AsyncSession, org_id: str, key: str) -> None:
    """People who have left keep no name."""
    here = select(Membership.user_id).where(Membership.org_id == org_id)
    await db.execute(
        delete(Provisioned)
        .where(Provisioned.org_id == org_id, Provisioned.user_name_key == key, Provisioned.user_id.not_in(here))
        .execution_options(synchronize_session=False)
    )


async def groups(
    db: AsyncSession, org_id: str, where: Sequence[Where], order: Any, *, offset: int, limit: int
) -> tuple[Sequence[Group], int]:
    here = [Group.org_id == org_id, *where]
    total = (await db.execute(select(func.count()).select_from(Group).where(*here))).scalar_one()
    if not limit:
        return [], total
    query = select(Group).where(*here).order_by(*order, Group.id).offset(offset).limit(limit)
    return (await db.execute(query)).scalars().all(), total


async def group(db: AsyncSession, org_id: str, group_id: str) -> Group | None:
    query = select(Group).where(Group.id == group_id, Group.org_id == org_id)
    return (await db.execute(query)).scalar_one_or_none()


async def display_name_taken(db: AsyncSession, org_id: str, display_name: str, but: str | None) -> bool:
    query = select(Group.id, Group.display_name).where(Group.org_id == org_id)
    query = query.where(func.lower(Group.display_name).in_([display_name.lower(), display_name]))
    return any(found.id != but for found in await db.execute(query))


async def names_like(db: AsyncSession, org_id: str, base: str) -> set[str]:
    query = select(Group.name).where(Group.org_id == org_id, Group.name.startswith(base, autoescape=True))
    return set((await db.execute(query)).scalars())


async def members(db: AsyncSession, group_ids: Sequence[str]) -> Sequence[Row[str, str]]:
    query = (
        select(GroupMembership.group_id, GroupMembership.user_id)
        .where(GroupMembership.group_id.in_(group_ids))
        .order_by(GroupMembership.created_at, GroupMembership.user_id)
    )
    return (await db.execute(query)).all()


async def groups_of(db: AsyncSession, org_id: str, user_ids: Sequence[str]) -> Sequence[Row[str, str, str]]:
    query = (
        select(GroupMembership.user_id, Group.id, Group.display_name)
        .join(Group, Group.id == GroupMembership.group_id)
        .where(GroupMembership.user_id.in_(user_ids), Group.org_id == org_id)
        .order_by(Group.display_name, Group.id)
    )
    return (await db.execute(query)).all()


async def belonging(db: AsyncSession, org_id: str, user_ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(user_ids), 500):
        part = user_ids[start : start + 500]
        query = select(Membership.user_id).where(Membership.org_id == org_id, Membership.user_id.in_(part))
        found.update((await db.execute(query)).scalars())
    return found


async def provider_kind(db: AsyncSession, org_id: str) -> str | None:
    """How people of this organisation sign in: by the provider it set up first."""
    query = (
        select(IdentityProvider.kind)
        .where(IdentityProvider.org_id == org_id, IdentityProvider.enabled.is_(True))
        .order_by(IdentityProvider.created_at, IdentityProvider.id)
        .limit(1)
    )
    return (await db.execute(query)).scalar_one_or_none()


async def forget(db: AsyncSession, org_id: str, user_id: str) -> None:
    await db.execute(
        delete(Provisioned)
        .where(Provisioned.org_id == org_id, Provisioned.user_id == user_id)
        .execution_options(synchronize_session=False)
    )
