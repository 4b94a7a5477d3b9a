from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, case, false, func, literal, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.core import permissions
from streamspace.server.core.permissions import Action, Actor, Scope
from streamspace.server.organizations.models import Membership
from streamspace.server.users.models import User
from streamspace.server.users.schemas import Filter

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
REMOVED = "removed-"
"""How the names of people begin whose rows stay for the record only."""


def _role_in(org_id: str) -> Any:
    return (
        select(Membership.org_role).where(Membership.user_id == User.id, Membership.org_id == org_id).scalar_subquery()
    )


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The one place that says which people somebody sees."""
    reach = permissions.scope(actor, Action.USER_VIEW)
    if reach is Scope.ALL:
        return User.id.is_not(None)
    if reach is Scope.ORG:
        return User.id.in_(select(Membership.user_id).where(Membership.org_id == actor.org_id))
    return User.id == actor.id if reach is Scope.OWN else false()


def _shown(actor: Actor) -> Any:
    """People with the organisation that counts, and their role there: the actor's, else the person's own."""
    here = _role_in(actor.org_id)
    place = case((here.is_not(None), literal(actor.org_id)), else_=User.org_id)
    return select(User, place.label("place"), func.coalesce(here, _home_role(), literal("user")).label("org_role"))


def _home_role() -> Any:
    return (
        select(Membership.org_role)
        .where(Membership.user_id == User.id, Membership.org_id == User.org_id)
        .scalar_subquery()
    )


_SORTS: dict[str, tuple[Any, type]] = {
    "username": (User.username, str),
    "createdAt": (User.created_at, datetime),
    "lastLogin": (func.coalesce(User.last_login, NEVER), datetime),
}


def sort_kind(sort: str) -> type:
    return _SORTS[sort.removeprefix("-")][1]


def sort_value(user: User, sort: str) -> Any:
    values = {"username": user.username, "createdAt": user.created_at, "lastLogin": user.last_login or NEVER}
    return values[sort.removeprefix("-")]


async def page(
    db: AsyncSession, actor: Actor, wanted: Filter, *, sort: str, limit: int, after: tuple[Any, ...] | None
) -> tuple[Sequence[Row[Any]], int]:
    """One more row than asked for says that there is another page."""
    where = [visible_to(actor), User.username.not_like(f"{REMOVED}%"), *_narrow(actor, wanted)]
    total = (await db.execute(select(func.count()).select_from(User).where(*where))).scalar_one()
    column, descending = _SORTS[sort.removeprefix("-")][0], sort.startswith("-")
    if after is not None:
        key = tuple_(column, User.id)
        where.append(key < after if descending else key > after)
    order = (column.desc(), User.id.desc()) if descending else (column, User.id)
    found = await db.execute(_shown(actor).where(*where).order_by(*order).limit(limit + 1))
    return found.all(), total


def _narrow(actor: Actor, wanted: Filter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.search:
        text = wanted.search.lower()
        columns = (User.username, User.email, User.full_name)
        where.append(or_(*(func.lower(column).contains(text, autoescape=True) for column in columns)))
    for column, value in ((User.role, wanted.role), (User.active, wanted.active), (User.provider, wanted.provider)):
        if value is not None:
            where.append(column == value)
    if wanted.org_role is not None:
        where.append(func.coalesce(_role_in(actor.org_id), _home_role()) == wanted.org_role)
    if wanted.ids is not None:
        where.append(User.id.in_(wanted.ids))
    return where


async def visible(db: AsyncSession, actor: Actor, user_id: str) -> Row[Any] | None:
    found = await db.execute(_shown(actor).where(User.id == user_id, visible_to(actor)))
    return found.one_or_none()


async def members(
    db: AsyncSession, org_id: str, *, limit: int, after: tuple[Any, ...] | None
) -> tuple[Sequence[Row[str, str, str, str, bool, str, datetime]], int]:
    where = [Membership.org_id == org_id]
    total = (await db.execute(select(func.count()).select_from(Membership).where(*where))).scalar_one()
    if after is not None:
        where.append(tuple_(User.username, User.id) > after)
    found = await db.execute(
        select(
            User.id, User.username, User.full_name, User.email, User.active, Membership.org_role, Membership.created_at
        )
        .join(Membership, Membership.user_id == User.id)
        .where(*where)
        .order_by(User.username, User.id)
        .limit(limit + 1)
    )
    return found.all(), total


async def by_username(db: AsyncSession, username: str) -> User | None:
    return (await db.execute(select(User).where(User.username == username))).scalar_one_or_none()


async def by_email(db: AsyncSession, email: str) -> User | None:
    found = await db.execute(select(User).where(func.lower(User.email) == email.lower()))
    return found.scalars().first()


async def taken(db: AsyncSession, usernames: Sequence[str], emails: Sequence[str]) -> tuple[set[str], set[str]]:
    """Which of these names and addresses exist, in lower case."""
    names = await db.execute(select(func.lower(User.username)).where(func.lower(User.username).in_(usernames)))
    addresses = await db.execute(select(func.lower(User.email)).where(func.lower(User.email).in_(emails)))
    return set(names.scalars()), set(addresses.scalars())


async def locked(db: AsyncSession, user_id: str) -> User | None:
    return (await db.execute(select(User).where(User.id == user_id).with_for_update())).scalar_one_or_none()


async def count(db: AsyncSession) -> int:
    return (await db.execute(select(func.count()).select_from(User))).scalar_one()


async def administrators(db: AsyncSession) -> Sequence[User]:
    """Locked, so that two cannot both step down at once."""
    found = await db.execute(
        select(User).where(User.role == "admin", User.active.is_(True)).order_by(User.id).with_for_update()
    )
    return found.scalars().all()


async def generated_password(db: AsyncSession) -> bool:
    found = await db.execute(select(User.id).where(User.password_generated.is_(True)).limit(1))
    return found.first() is not None
