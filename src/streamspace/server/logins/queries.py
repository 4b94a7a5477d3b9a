from __future__ import annotations

from typing import Any

from sqlalchemy import Result, Row, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.logins.models import Login
from streamspace.server.organizations.models import Organization
from streamspace.server.users.models import User

# Asked at every request, so it is built once.
_WITH_USER = (
    select(
        User.id,
        User.username,
        User.org_id,
        User.role,
        User.org_role,
        User.active,
        Organization.status,
        Login.revoked_at,
        Login.expires_at,
    )
    .join(Login, Login.user_id == User.id)
    .join(Organization, Organization.id == User.org_id)
    .where(Login.id == bindparam("login_id"))
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
