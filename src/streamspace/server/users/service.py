"""What can be done with people. What the asker may do is checked by `require_over` and the callers' own rows."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import IntegrityError

from streamspace.kit import ids
from streamspace.server.core import auth, lists, permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Action, Actor, OrgRole, Role
from streamspace.server.gateways import service as gateways
from streamspace.server.organizations import service as organizations
from streamspace.server.organizations.errors import BeyondYourRights
from streamspace.server.users import queries
from streamspace.server.users.errors import (
    BadUsername,
    EmailTaken,
    LastSystemAdministrator,
    NoSuchUser,
    NotYourself,
    PasswordElsewhere,
    UsernameTaken,
    WeakPassword,
)
from streamspace.server.users.events import UserDeactivated
from streamspace.server.users.models import User
from streamspace.server.users.schemas import Filter, Seen

SHORTEST_PASSWORD = 8
USERNAME = re.compile(r"[A-Za-z0-9_-]{3,32}")
_TRIED_FIRST = {"password", "password1", "12345678", "123456789", "qwertyui", "qwerty123", "iloveyou", "streamspace"}
_NOT_NAME = re.compile(r"[^A-Za-z0-9_-]+")


async def list_users(
    uow: UnitOfWork, actor: Actor, wanted: Filter, *, sort: str, limit: int, cursor: str | None
) -> tuple[list[Seen], int, str | None]:
    """Return a page of the people the actor may see, each with the role that counts there."""
    after = lists.after(cursor, queries.sort_kind(sort), str)
    rows, total = await queries.page(uow.db, actor, wanted, sort=sort, limit=limit, after=after)
    rows, following = lists.cut(rows, limit, lambda row: (queries.sort_value(row.User, sort), row.User.id))
    return [Seen(row.User, row.place, row.org_role) for row in rows], total, following


async def members(
    uow: UnitOfWork, org_id: str, *, limit: int, cursor: str | None
) -> tuple[Sequence[Row[str, str, str, str, bool, str, datetime]], int, str | None]:
    """Return a page of the people of an organisation."""
    rows, total = await queries.members(uow.db, org_id, limit=limit, after=lists.after(cursor, str, str))
    rows, following = lists.cut(rows, limit, lambda row: (row.username, row.id))
    return rows, total, following


async def visible(uow: UnitOfWork, actor: Actor, user_id: str) -> Seen:
    """Return a person that the actor may see.

    Raises:
        NoSuchUser: they are not there for the actor.
    """
    row = await queries.visible(uow.db, actor, user_id)
    if row is None:
        raise NoSuchUser
    return Seen(row.User, row.place, row.org_role)


async def find(uow: UnitOfWork, username: str) -> User | None:
    """Look a person up by name; for other features, which check what may be told."""
    return await queries.by_username(uow.db, username)


async def find_by_email(uow: UnitOfWork, email: str) -> User | None:
    """Look a person up by e-mail address, whatever its case."""
    return await queries.by_email(uow.db, email)


async def get_by_id(uow: UnitOfWork, user_id: str) -> User | None:
    """Look a person up by id."""
    return await uow.db.get(User, user_id)


async def taken(uow: UnitOfWork, usernames: Sequence[str], emails: Sequence[str]) -> tuple[set[str], set[str]]:
    """Say which of these names and addresses somebody has, in lower case."""
    return await queries.taken(uow.db, [n.lower() for n in usernames], [e.lower() for e in emails])


async def hold(uow: UnitOfWork, user_id: str) -> None:
    """Let nobody else decide anything about a person until this transaction ends."""
    if not uow.alone:
        await queries.locked(uow.db, user_id)


async def require_over(uow: UnitOfWork, actor: Actor, user: User) -> None:
    """Refuse to change somebody who has a right, anywhere, that the actor lacks.

    Raises:
        Forbidden: the actor manages nobody.
        BeyondYourRights: this one is beyond them.
    """
    permissions.require(actor, Action.USER_MANAGE, owner_id=None, org_id=actor.org_id)
    places = await organizations.memberships(uow, user.id)
    role = Role(user.role)
    for place in places:
        if not permissions.covers(actor, role=role, org_role=OrgRole(place.org_role), org_id=place.org_id):
            raise BeyondYourRights
    if not places and not permissions.covers(actor, role=role, org_role=OrgRole.VIEWER, org_id=user.org_id):
        raise BeyondYourRights


def require_grant(actor: Actor, *, role: Role, org_role: OrgRole, org_id: str) -> None:
    """Refuse to hand out rights that the actor lacks.

    Raises:
        BeyondYourRights: these are.
    """
    if not permissions.covers(actor, role=role, org_role=org_role, org_id=org_id):
        raise BeyondYourRights


def check_password(password: str) -> None:
    """Refuse a password that is too short, too long, or everybody's.

    Raises:
        WeakPassword: it is.
    """
    if not len(password) >= SHORTEST_PASSWORD or len(password.encode()) > auth.LONGEST_PASSWORD_BYTES:
        raise WeakPassword
    if password.lower() in _TRIED_FIRST or len(set(password)) == 1:
        raise WeakPassword


async def hash_password(password: str) -> str:
    """Hash a new password. It takes its time: do it before you begin to write.

    Raises:
        WeakPassword: it is one.
    """
    check_password(password)
    return await auth.hash_password(password)


async def free_username(uow: UnitOfWork, wanted: str) -> str:
    """Return a user name nobody has, made from an e-mail address or a display name."""
    base = _NOT_NAME.sub("-", wanted.split("@", maxsplit=1)[0]).strip("-")[:28] or "user"
    base = base if len(base) >= 3 else f"{base}-user"  # noqa: PLR2004 - the shortest name there may be
    names = [base, *(f"{base}{number}" for number in range(2, 100))]
    taken, _ = await queries.taken(uow.db, [name.lower() for name in names], [])
    free = (name for name in names if name.lower() not in taken)
    return next(free, f"{base[:23]}-{secrets.token_hex(4)}")


async def create(
    uow: UnitOfWork,
    *,
    username: str,
    password_hash: str | None = None,
    role: Role = Role.USER,
    org_role: OrgRole = OrgRole.USER,
    email: str = "",
    full_name: str = "",
    org_id: str | None = None,
    provider: str = "local",
    active: bool = True,
) -> User:
    """Add a person to an organisation. Callers have checked what the actor may do.

    Raises:
        BadUsername: malformed.
        UsernameTaken, EmailTaken: somebody has it.
    """
    if not USERNAME.fullmatch(username):
        raise BadUsername
    email = email or f"{username}@localhost"
    await _check_free(uow, username, email)
    user = User(
        id=ids.uid(),
        org_id=org_id or (await organizations.ensure_default(uow)).id,
        username=username,
        email=email,
        full_name=full_name or username,
        role=role,
        provider=provider,
        active=active,
        password_hash=password_hash,
        password_generated=False,
        created_at=uow.now(),
        updated_at=uow.now(),
    )
    try:
        async with uow.db.begin_nested():
            uow.db.add(user)
    except IntegrityError:  # somebody else took it a moment before us
        raise UsernameTaken from None
    await organizations.set_member(uow, user.org_id, user.id, org_role)
    uow.note("user.created", "user", user.id, after=facts(user) | {"org_role": str(org_role)}, org_id=user.org_id)
    return user


async def _check_free(uow: UnitOfWork, username: str, email: str) -> None:
    names, addresses = await taken(uow, [username], [email])
    if names:
        raise UsernameTaken
    if addresses:
        raise EmailTaken


def facts(user: User) -> dict[str, Any]:
    """Return what the record shows of a person."""
    names = ("username", "email", "full_name", "role", "provider", "active")
    return {name: getattr(user, name) for name in names}


async def change_profile(uow: UnitOfWork, user: User, *, email: str | None, full_name: str | None) -> None:
    """Change a person's address and name.

    Raises:
        EmailTaken: somebody else has the address.
    """
    before = facts(user)
    if email is not None and email.lower() != user.email.lower():
        _, addresses = await taken(uow, [], [email])
        if addresses:
            raise EmailTaken
    user.email = email if email is not None else user.email
    user.full_name = full_name if full_name is not None else user.full_name
    user.updated_at = uow.now()
    await uow.db.flush()
    uow.note("user.updated", "user", user.id, before=before, after=facts(user), org_id=user.org_id)


async def with_own_password(uow: UnitOfWork, actor: Actor) -> User:
    """Return the actor's own account, whose password they may change.

    Raises:
        PasswordElsewhere: it has none here.
    """
    permissions.require(actor, Action.CREDENTIALS_CHANGE, owner_id=actor.id, org_id=actor.org_id)
    user = await uow.db.get(User, actor.id)
    if user is None:
        raise NoSuchUser
    check_has_password(user)
    return user


def check_has_password(user: User) -> None:
    """Refuse to give a password to who signs in elsewhere.

    Raises:
        PasswordElsewhere: they do.
    """
    if user.provider != "local":
        raise PasswordElsewhere


async def set_password(uow: UnitOfWork, user: User, password_hash: str) -> None:
    """Replace a person's password by one that `hash_password` hashed.

    Raises:
        PasswordElsewhere.
    """
    check_has_password(user)
    user.password_hash = password_hash
    user.password_generated = False
    user.updated_at = uow.now()
    uow.note("user.password_changed", "user", user.id, org_id=user.org_id)


async def set_active(uow: UnitOfWork, user: User, active: bool) -> None:  # noqa: FBT001 - it is the value
    """Switch a person on or off. Off: nothing of theirs works any more, and their sessions end.

    Raises:
        LastSystemAdministrator: nobody could switch anybody on again.
    """
    if user.active == active:
        return
    if not active:
        await _not_the_last(uow, user)
    user.active = active
    user.updated_at = uow.now()
    await uow.db.flush()
    if not active:
        await gateways.revoke(uow, "user", user.id)
        uow.announce(UserDeactivated(org_id=user.org_id, user_id=user.id))
    uow.note("user.activated" if active else "user.deactivated", "user", user.id, org_id=user.org_id)


async def set_role(uow: UnitOfWork, user: User, role: Role) -> None:
    """Change a person's system role.

    Raises:
        LastSystemAdministrator: the installation would have none.
    """
    if user.role == role:
        return
    await _not_the_last(uow, user)
    before, user.role = user.role, role
    user.updated_at = uow.now()
    await uow.db.flush()
    await gateways.revoke(uow, "user", user.id)
    uow.note(
        "user.role_changed", "user", user.id, before={"role": before}, after={"role": str(role)}, org_id=user.org_id
    )


async def _not_the_last(uow: UnitOfWork, user: User) -> None:
    if user.role != Role.ADMIN:
        return
    if all(admin.id == user.id for admin in await queries.administrators(uow.db)):
        raise LastSystemAdministrator


def not_oneself(actor: Actor, user: User) -> None:
    """Refuse to cut off the branch one sits on.

    Raises:
        NotYourself: it is the actor.
    """
    if actor.id == user.id:
        raise NotYourself


async def remove(uow: UnitOfWork, user: User) -> None:
    """Remove a person. The row stays for the record, without name and address, so that both are free again."""
    before = facts(user)
    await set_active(uow, user, active=False)
    user.username = f"{queries.REMOVED}{user.id[:12]}"
    user.email = f"{user.id}@removed.invalid"
    user.full_name = "Removed"
    user.password_hash = None
    user.role = Role.USER
    await uow.db.flush()
    for place in await organizations.memberships(uow, user.id):
        await uow.db.delete(place)
    uow.note("user.removed", "user", user.id, before=before, org_id=user.org_id)


async def ensure_admin(uow: UnitOfWork, username: str, password_hash: str, *, generated: bool = False) -> bool:
    """Make the first administrator if there is nobody yet; true if one was made."""
    if await queries.count(uow.db):
        return False
    user = await create(
        uow,
        username=username,
        password_hash=password_hash,
        role=Role.ADMIN,
        org_role=OrgRole.ORG_ADMIN,
        full_name="Administrator",
    )
    user.password_generated = generated
    return True


async def is_empty(uow: UnitOfWork) -> bool:
    """Say whether nobody exists yet."""
    return await queries.count(uow.db) == 0


async def setup_pending(uow: UnitOfWork) -> bool:
    """Say whether the first administrator still has the password that was made for them."""
    return await queries.generated_password(uow.db)
