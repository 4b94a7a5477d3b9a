from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Result, Row, and_, bindparam, delete, false, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.core import permissions
from streamspace.server.core.permissions import Action, Actor, Scope
from streamspace.server.keys.models import ApiKey
from streamspace.server.organizations.models import Membership, Organization
from streamspace.server.users.models import User

# Asked at every request that comes with a key, so it is built once.
_WITH_USER = (
    select(
        ApiKey.id.label("key_id"),
        ApiKey.org_id,
        ApiKey.scopes,
        ApiKey.allowed_ips,
        ApiKey.rate_limit,
        ApiKey.expires_at,
        ApiKey.revoked_at,
        User.id,
        User.username,
        User.role,
        User.active,
        Membership.org_role,
        Organization.status,
    )
    .join(User, User.id == ApiKey.user_id)
    .join(Organization, Organization.id == ApiKey.org_id)
    .outerjoin(Membership, and_(Membership.org_id == ApiKey.org_id, Membership.user_id == User.id))
    .where(ApiKey.hashed == bindparam("hashed"))
)


async def with_user(db: AsyncSession, hashed: str) -> Row[Any] | None:
    """Everything a request must know about its key, in one statement."""
    found: Result[Any] = await db.execute(_WITH_USER, {"hashed": hashed})
    return found.one_or_none()


def visible_to(actor: Actor, *, own: bool) -> ColumnElement[bool]:
    """The one place that says which keys somebody sees; a person's own everywhere they belong and may go."""
    reach = permissions.scope(actor, Action.KEY_MANAGE)
    mine = ApiKey.user_id == actor.id
    if actor.key_id is not None or actor.home_org_only:
        mine &= ApiKey.org_id == actor.org_id
    if own or reach is Scope.OWN:
        return mine if reach is not Scope.NONE else false()
    if reach is Scope.ALL:
        return ApiKey.id.is_not(None)
    return mine | (ApiKey.org_id == actor.org_id) if reach is Scope.ORG else false()


async def page(
    db: AsyncSession, actor: Actor, *, own: bool, limit: int, after: tuple[Any, ...] | None
) -> tuple[Sequence[Row[ApiKey, str]], int]:
    where = [visible_to(actor, own=own)]
    total = (await db.execute(select(func.count()).select_from(ApiKey).where(*where))).scalar_one()
    if after is not None:
        where.append(tuple_(ApiKey.created_at, ApiKey.id) < after)
    found = await db.execute(
        select(ApiKey, User.username)
        .join(User, User.id == ApiKey.user_id)
        .where(*where)
        .order_by(ApiKey.created_at.desc(), ApiKey.id.desc())
        .limit(limit + 1)
    )
    return found.all(), total


async def visible(db: AsyncSession, actor: Actor, key_id: str) -> Row[ApiKey, str] | None:
    found = await db.execute(
        select(ApiKey, User.username)
        .join(User, User.id == ApiKey.user_id)
        .where(ApiKey.id == key_id, visible_to(actor, own=False))
    )
    return found.one_or_none()


async def count_of(db: AsyncSession, user_id: str) -> int:
    mine = (ApiKey.user_id == user_id, ApiKey.revoked_at.is_(None))
    return (await db.execute(select(func.count()).select_from(ApiKey).where(*mine))).scalar_one()


async def used(db: AsyncSession, key_id: str, *, times: int, at: datetime, ip: str) -> None:
    await db.execute(
        update(ApiKey)
        .where(ApiKey.id == key_id)
        .values(use_count=ApiKey.use_count + times, last_used_at=at, last_used_ip=ip[:64])
    )


async def drop_of(db: AsyncSession, user_id: str) -> None:
    await db.execute(delete(ApiKey).where(ApiKey.user_id == user_id))
