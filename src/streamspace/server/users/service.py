"""What can be done with people."""

from __future__ import annotations

import re

from streamspace.kit import ids
from streamspace.server.core import auth, permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.errors import BadRequest, NotFound
from streamspace.server.core.permissions import Action, Actor, OrgRole, Role
from streamspace.server.organizations import service as organizations
from streamspace.server.users import queries
from streamspace.server.users.models import User

SHORTEST_PASSWORD = 8
_USERNAME = re.compile(r"[A-Za-z0-9_-]{3,32}")


class BadUsername(BadRequest):
    """A user name has 3 to 32 letters, digits, hyphens or underscores."""

    code = "bad_username"


class WeakPassword(BadRequest):
    """A password has at least 8 characters."""

    code = "weak_password"


async def profile(uow: UnitOfWork, actor: Actor) -> User:
    """Return the actor's own entry."""
    permissions.require(actor, Action.PROFILE_VIEW, owner_id=actor.id, org_id=actor.org_id)
    found = await uow.db.get(User, actor.id)
    if found is None:
        raise NotFound
    return found


async def find(uow: UnitOfWork, username: str) -> User | None:
    """Look a person up by name; for other features, which check what may be told."""
    return await queries.by_username(uow.db, username)


async def hold(uow: UnitOfWork, user_id: str) -> None:
    """Let nobody else decide anything about a person until this transaction ends."""
    await queries.locked(uow.db, user_id)


async def create(
    uow: UnitOfWork,
    *,
    username: str,
    password: str,
    role: Role = Role.USER,
    org_role: OrgRole = OrgRole.USER,
    email: str = "",
    full_name: str = "",
    org_id: str | None = None,
) -> User:
    """Add a local person. Called at the first start and by tests; the API for people comes with organisations."""
    if not _USERNAME.fullmatch(username):
        raise BadUsername
    if not SHORTEST_PASSWORD <= len(password) <= auth.LONGEST_PASSWORD_BYTES:
        raise WeakPassword
    user = User(
        id=ids.uid(),
        org_id=org_id or (await organizations.ensure_default(uow)).id,
        username=username,
        email=email or f"{username}@localhost",
        full_name=full_name or username,
        role=role,
        org_role=org_role,
        provider="local",
        active=True,
        password_hash=await auth.hash_password(password),
        created_at=uow.now(),
        updated_at=uow.now(),
    )
    uow.db.add(user)
    await uow.db.flush()
    return user


async def ensure_admin(uow: UnitOfWork, username: str, password: str) -> bool:
    """Make the first administrator if there is nobody yet; true if one was made."""
    if await queries.count(uow.db):
        return False
    await create(
        uow,
        username=username,
        password=password,
        role=Role.ADMIN,
        org_role=OrgRole.ORG_ADMIN,
        full_name="Administrator",
    )
    return True


async def is_empty(uow: UnitOfWork) -> bool:
    """Say whether nobody exists yet."""
    return await queries.count(uow.db) == 0
