from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Result, Row, and_, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.logins.models import Login
from streamspace.server.organizations.models import Membership, Organization
from streamspace.server.users.models import User

_user, _login, _member, _org = (kind.__table__.c for kind in (User, Login, Membership, Organization))
# Asked at every request: built once, and from the tables' columns, which cost less than the mapped ones.
_WITH_USER = (
    select(
        _user.id,
        _user.username,
        _user.role,
        _user.active,
        _login.org_id,
        _login.method,
        _login.bound_to_org,
        _login.revoked_at,
        _login.expires_at,
        _login.created_at,
        _member.org_role,
        _org.status,
        _org.require_mfa,
    )
    .join_from(User.__table__, Login.__table__, _login.user_id == _user.id)
    .join(Organization.__table__, _org.id == _login.org_id)
    .outerjoin(Membership.__table__, and_(_member.org_id == _login.org_id, _member.user_id == _user.id))
    .where(_login.id == bindparam("login_id"))
)


async def with_user(db: AsyncSession, login_id: str) -> Row[Any] | None:
    """Everything a request must know about its login, in one statement."""
    found: Result[Any] = await db.execute(_WITH_USER, {"login_id": login_id})
    return found.one_or_none()


async def by_refresh(db: AsyncSession, hashed: str) -> Login | None:
    """Locked, so that of two refreshes at once the second sees what the first did."""
    mine = or_(Login.refresh_hash == hashed, Login.previous_hash == hashed)
    found = await db.execute(select(Login).where(mine).with_for_update())
    return found.scalar_one_or_none()


async def held(db: AsyncSession, login_id: str, **columns: str) -> Login | None:
    """Locked, so that it is not switched to another organisation meanwhile."""
    found = await db.execute(select(Login).filter_by(id=login_id, **columns).with_for_update())
    return found.scalar_one_or_none()


async def open_of(db: AsyncSession, now: datetime, **columns: str) -> Sequence[Login]:
    found = await db.execute(
        select(Login)
        .filter_by(**columns)
        .where(Login.revoked_at.is_(None), Login.expires_at > now)
        .order_by(Login.refreshed_at.desc())
        .limit(500)
    )
    return found.scalars().all()


async def open_where(db: AsyncSession, now: datetime, **columns: str) -> Sequence[Login]:
    found = await db.execute(
        select(Login).filter_by(**columns).where(Login.revoked_at.is_(None), Login.expires_at > now).with_for_update()
    )
    return found.scalars().all()


async def end_in(db: AsyncSession, org_id: str, now: datetime) -> int:
    open_there = (Login.org_id == org_id, Login.revoked_at.is_(None), Login.expires_at > now)
    found = await db.execute(update(Login).where(*open_there).values(revoked_at=now).returning(Login.id))
    return len(found.all())
