"""What can be done with logins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from streamspace.kit import ids
from streamspace.server.core import auth
from streamspace.server.core.attempts import Attempts
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.errors import Forbidden, Unauthenticated
from streamspace.server.core.permissions import Actor, OrgRole, Role
from streamspace.server.core.settings import Settings
from streamspace.server.gateways import service as gateways
from streamspace.server.logins import queries
from streamspace.server.logins.events import LoginEnded
from streamspace.server.logins.models import Login
from streamspace.server.users import service as users
from streamspace.server.users.models import User

REUSE_GRACE = timedelta(seconds=30)
"""Two tabs may refresh at once; only a refresh token that comes back later counts as stolen."""


class WrongPassword(Unauthenticated):
    """The user name or the password is wrong."""

    code = "invalid_credentials"


class RefreshTokenReused(Unauthenticated):
    """This sign-in was renewed elsewhere with the same token, so it was ended. Sign in again."""

    code = "refresh_token_reused"
    keeps_work = True


class Deactivated(Forbidden):
    """This account is switched off; an administrator can switch it on."""

    code = "account_inactive"


@dataclass(frozen=True, slots=True)
class Issued:
    """What a successful login hands out."""

    login: Login
    user: User
    token: str
    refresh_token: str | None
    """None for a second tab that refreshed a moment later: the first one's token is the one to keep."""
    expires_at: datetime


async def sign_in(
    database: Database,
    settings: Settings,
    attempts: Attempts,
    *,
    username: str,
    password: str,
    ip: str,
    user_agent: str,
) -> Issued:
    """Check a password and open a login. Unknown names and wrong passwords look and take the same.

    The slow hash runs between two transactions, so that nobody's guesses hold up anybody's writes.
    """
    with attempts.one(f"name:{username.lower()}", f"ip:{ip}") as attempt:
        async with database.work(write=False) as uow:
            known = await users.find(uow, username)
        local = known is not None and known.provider == "local"
        if not await auth.password_matches(password, known.password_hash if known and local else None):
            raise WrongPassword
        attempt.succeeded()
    async with database.work() as uow:
        user = await users.find(uow, username)
        if user is None or not user.active:
            raise Deactivated
        user.last_login = uow.now()
        refresh = ids.secret()
        login = Login(
            id=ids.uid(),
            user_id=user.id,
            org_id=user.org_id,
            refresh_hash=auth.hash_secret(refresh),
            refreshed_at=uow.now(),
            created_at=uow.now(),
            expires_at=uow.now() + settings.login_lifetime,
            ip=ip[:64],
            user_agent=user_agent[:300],
        )
        uow.db.add(login)
        return _issue(uow, settings, login, user, refresh)


async def refresh(uow: UnitOfWork, settings: Settings, token: str) -> Issued:
    """Exchange a refresh token for a new pair. A token that had been exchanged before ends the login."""
    hashed = auth.hash_secret(token)
    login = await queries.by_refresh(uow.db, hashed)
    if login is None or login.revoked_at is not None or login.expires_at <= uow.now():
        raise Unauthenticated
    if login.refresh_hash != hashed and login.refreshed_at + REUSE_GRACE < uow.now():
        await end(uow, login)
        raise RefreshTokenReused
    user = await uow.db.get(User, login.user_id)
    if user is None or not user.active:
        raise Deactivated
    fresh = None
    if login.refresh_hash == hashed:
        fresh = ids.secret()
        login.previous_hash, login.refresh_hash = hashed, auth.hash_secret(fresh)
        login.refreshed_at = uow.now()
    login.expires_at = uow.now() + settings.login_lifetime
    return _issue(uow, settings, login, user, fresh)


def _issue(uow: UnitOfWork, settings: Settings, login: Login, user: User, refresh_token: str | None) -> Issued:
    token = auth.sign_token(
        settings.secret_key.get_secret_value(),
        user_id=user.id,
        org_id=user.org_id,
        login_id=login.id,
        now=uow.now(),
        lifetime=settings.token_lifetime,
    )
    return Issued(login, user, token, refresh_token, uow.now() + settings.token_lifetime)


async def sign_out(uow: UnitOfWork, actor: Actor) -> None:
    """End the actor's own login. Its tokens are refused from now on, its sockets and streams close."""
    login = await uow.db.get(Login, actor.login_id)
    if login is not None:
        await end(uow, login)


async def end(uow: UnitOfWork, login: Login) -> None:
    """End a login. Ending it twice is fine."""
    if login.revoked_at is None:
        login.revoked_at = uow.now()
        await gateways.revoke(uow, "login", login.id)
        uow.announce(LoginEnded(org_id=login.org_id, login_id=login.id, user_id=login.user_id))


async def authenticate(uow: UnitOfWork, settings: Settings, token: str) -> Actor:
    """Return who holds an access token, with the roles they have now.

    Raises:
        Unauthenticated: the token is not ours, its login ended, or its person is gone.
        Deactivated: the person was switched off.
    """
    claims = auth.read_token(settings.secret_key.get_secret_value(), token)
    found = await queries.with_user(uow.db, claims["login"])
    if found is None or found.revoked_at is not None or found.expires_at <= uow.now() or found.org_id != claims["org"]:
        raise Unauthenticated
    if not found.active or found.status != "active":
        raise Deactivated
    return Actor(
        id=found.id,
        username=found.username,
        org_id=found.org_id,
        role=Role(found.role),
        org_role=OrgRole(found.org_role),
        login_id=claims["login"],
    )
