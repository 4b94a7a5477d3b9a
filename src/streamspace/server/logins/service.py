"""What can be done with logins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from streamspace.kit import ids
from streamspace.server.core import auth, permissions
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.errors import Forbidden, Unauthenticated
from streamspace.server.core.permissions import ENROLMENT, Action, Actor, OrgRole, Role
from streamspace.server.core.settings import Settings
from streamspace.server.gateways import service as gateways
from streamspace.server.logins import queries
from streamspace.server.logins.errors import (
    AlreadySetUp,
    Deactivated,
    NoSuchLogin,
    OrganizationSuspended,
    RefreshTokenReused,
)
from streamspace.server.logins.models import Login
from streamspace.server.mfa import service as mfa
from streamspace.server.organizations import service as organizations
from streamspace.server.organizations.errors import NoSuchOrganization
from streamspace.server.users import service as users
from streamspace.server.users.models import User

REUSE_GRACE = timedelta(seconds=30)
"""Two tabs may refresh at once; only a refresh token that comes back later counts as stolen."""
PASSKEY = "passkey"
WITH_FACTOR = "+mfa"


@dataclass(frozen=True, slots=True)
class Issued:
    """What a successful login hands out."""

    login: Login
    user: User
    org_role: str
    token: str
    refresh_token: str | None
    """None for a second tab that refreshed a moment later: the first one's token is the one to keep."""
    expires_at: datetime
    must_enrol: bool = False
    """Whether the organisation asks for a second factor that the person has yet to set up."""


async def open_login(
    uow: UnitOfWork,
    settings: Settings,
    user: User,
    *,
    method: str,
    ip: str,
    user_agent: str,
    org_id: str | None = None,
    provider_id: str | None = None,
    provider_session: str | None = None,
    bound_to_org: bool = False,
) -> Issued:
    """Open a login in the organisation that is named, else in the person's own."""
    places = {place.id: place for place in await organizations.of_user(uow, user.id)}
    place = places.get(org_id or user.org_id) or next(iter(places.values()) if org_id is None else iter(()), None)
    if place is None:
        raise OrganizationSuspended
    user.last_login = uow.now()
    refresh_token = ids.secret()
    login = Login(
        id=ids.uid(),
        user_id=user.id,
        org_id=place.id,
        refresh_hash=auth.hash_secret(refresh_token),
        refreshed_at=uow.now(),
        created_at=uow.now(),
        expires_at=uow.now() + settings.login_lifetime,
        method=method,
        provider_id=provider_id,
        provider_session=provider_session,
        bound_to_org=bound_to_org,
        ip=ip[:64],
        user_agent=user_agent[:300],
    )
    uow.db.add(login)
    await uow.db.flush()
    uow.origin.know(user.id, user.username, place.id, login_id=login.id, key_id=None)
    uow.note("login.opened", "login", login.id, after={"method": method})
    return await _issue(uow, settings, login, user, refresh_token)


async def refresh(uow: UnitOfWork, settings: Settings, token: str) -> Issued:
    """Exchange a refresh token for a new pair. A token that had been exchanged before ends the login."""
    hashed = auth.hash_secret(token)
    login = await queries.by_refresh(uow.db, hashed)
    if login is None or login.revoked_at is not None or login.expires_at <= uow.now():
        raise Unauthenticated
    if login.refresh_hash != hashed and login.refreshed_at + REUSE_GRACE < uow.now():
        await end(uow, login)
        raise RefreshTokenReused
    user = await users.get_by_id(uow, login.user_id)
    if user is None or not user.active:
        raise Deactivated
    if not _has_factor(login.method) and await mfa.enrolled_in(uow, user.id, login.id):
        # Whoever signed in here without a second factor has set one up since, here, and so has shown it.
        login.method = f"{login.method}{WITH_FACTOR}"
    fresh = None
    if login.refresh_hash == hashed:
        fresh = ids.secret()
        login.previous_hash, login.refresh_hash = hashed, auth.hash_secret(fresh)
        login.refreshed_at = uow.now()
    login.expires_at = uow.now() + settings.login_lifetime
    return await _issue(uow, settings, login, user, fresh)


async def switch(uow: UnitOfWork, actor: Actor, settings: Settings, org_id: str) -> Issued:
    """Go on in another organisation that the person belongs to.

    Raises:
        NoSuchOrganization: they do not, or their identity provider vouches for one organisation only.
        Forbidden: an API key stays where it was made.
    """
    if actor.key_id is not None:
        raise Forbidden
    places = {place.id for place in await organizations.of_user(uow, actor.id)}
    if org_id not in places or (actor.home_org_only and org_id != actor.org_id):
        raise NoSuchOrganization
    login, user = await uow.db.get(Login, actor.login_id), await users.get_by_id(uow, actor.id)
    if login is None or user is None:
        raise Unauthenticated
    if login.org_id != org_id:
        login.org_id = org_id
        # Sockets tell of the old organisation; its streams go on only from there.
        await gateways.revoke(uow, "login", login.id)
        uow.note("login.switched", "login", login.id, before={"org": actor.org_id}, after={"org": org_id})
    fresh = ids.secret()
    login.previous_hash, login.refresh_hash = login.refresh_hash, auth.hash_secret(fresh)
    login.refreshed_at = uow.now()
    return await _issue(uow, settings, login, user, fresh)


def _has_factor(method: str) -> bool:
    return method == PASSKEY or method.endswith(WITH_FACTOR)


async def _issue(uow: UnitOfWork, settings: Settings, login: Login, user: User, refresh_token: str | None) -> Issued:
    await uow.db.flush()
    place = await organizations.membership(uow, login.org_id, user.id)
    org = await organizations.get_by_id(uow, login.org_id)
    token = auth.sign_token(
        settings.secret_key.get_secret_value(),
        user_id=user.id,
        org_id=login.org_id,
        login_id=login.id,
        now=uow.now(),
        lifetime=settings.token_lifetime,
    )
    return Issued(
        login,
        user,
        place.org_role if place else OrgRole.VIEWER,
        token,
        refresh_token,
        uow.now() + settings.token_lifetime,
        must_enrol=bool(org and org.require_mfa) and not _has_factor(login.method),
    )


async def sign_out(uow: UnitOfWork, actor: Actor) -> None:
    """End the actor's own login. Its tokens are refused from now on, its sockets and streams close."""
    login = await uow.db.get(Login, actor.login_id)
    if login is not None:
        await end(uow, login)


async def list_open(uow: UnitOfWork, user_id: str, **columns: str) -> Sequence[Login]:
    """Return where somebody is signed in now, perhaps only in one organisation, the last used first."""
    return await queries.open_of(uow.db, uow.now(), user_id=user_id, **columns)


async def end_one(uow: UnitOfWork, actor: Actor, login_id: str) -> None:
    """End one of the actor's own logins.

    Raises:
        NoSuchLogin: it is not theirs.
    """
    permissions.require(actor, Action.CREDENTIALS_CHANGE, owner_id=actor.id, org_id=actor.org_id)
    await end_one_of(uow, actor.id, login_id)


async def end_one_of(uow: UnitOfWork, user_id: str, login_id: str, **columns: str) -> None:
    """End one of a person's logins, perhaps only if it is in one organisation.

    Raises:
        NoSuchLogin: it is not.
    """
    login = await queries.held(uow.db, login_id, user_id=user_id, **columns)
    if login is None:
        raise NoSuchLogin
    await end(uow, login)


async def end(uow: UnitOfWork, login: Login) -> None:
    """End a login. Ending it twice is fine."""
    if login.revoked_at is None:
        login.revoked_at = uow.now()
        await gateways.revoke(uow, "login", login.id)
        uow.note("login.ended", "login", login.id, after={"user_id": login.user_id}, org_id=login.org_id)


async def end_all_of(uow: UnitOfWork, user_id: str, except_login: str | None = None, **columns: str) -> int:
    """End all of a person's logins but one, perhaps only those in one organisation; return how many there were."""
    found = [
        login
        for login in await queries.open_where(uow.db, uow.now(), user_id=user_id, **columns)
        if login.id != except_login
    ]
    for login in found:
        await end(uow, login)
    return len(found)


async def end_all_in(uow: UnitOfWork, org_id: str) -> None:
    """End every login in an organisation that was closed, whose revocation speaks for them all."""
    ended = await queries.end_in(uow.db, org_id, uow.now())
    if ended:
        uow.note("login.ended", "organization", org_id, after={"logins": ended}, org_id=org_id)


async def end_by_provider(uow: UnitOfWork, provider_id: str, **columns: str) -> int:
    """End the logins an identity provider vouched for; columns narrow it down: provider_session, user_id."""
    found = await queries.open_where(uow.db, uow.now(), provider_id=provider_id, **columns)
    for login in found:
        await end(uow, login)
    return len(found)


async def first_setup(
    database: Database, actor: Actor, *, password: str, email: str, organization_name: str | None
) -> None:
    """Let the first administrator replace the password that was made for them.

    Raises:
        AlreadySetUp: somebody did.
    """
    permissions.require(actor, Action.CREDENTIALS_CHANGE, owner_id=actor.id, org_id=actor.org_id)
    async with database.work(write=False) as uow:
        await _not_set_up(uow, actor)
    password_hash = await users.hash_password(password)
    async with database.work() as uow:
        await users.hold(uow, actor.id)
        user = await _not_set_up(uow, actor)
        await users.set_password(uow, user, password_hash)
        await users.change_profile(uow, user, email=email, full_name=None)
        if organization_name is not None:
            await organizations.rename_first(uow, user.org_id, organization_name)
        await end_all_of(uow, user.id, except_login=actor.login_id)


async def _not_set_up(uow: UnitOfWork, actor: Actor) -> User:
    user = await users.get_by_id(uow, actor.id)
    if user is None or not user.password_generated:
        raise AlreadySetUp
    return user


async def authenticate(uow: UnitOfWork, settings: Settings, token: str) -> Actor:
    """Return who holds an access token, with the roles they have now.

    Raises:
        Unauthenticated: the token is not ours, its login ended, or its person is gone.
        Deactivated: the person was switched off.
        OrganizationSuspended: everybody in the organisation was.
    """
    claims = auth.read_token(settings.secret_key.get_secret_value(), token)
    found = await queries.with_user(uow.db, claims["login"])
    if found is None or found.revoked_at is not None or found.expires_at <= uow.now() or found.org_id != claims["org"]:
        raise Unauthenticated
    if not found.active:
        raise Deactivated
    if found.status != "active":
        raise OrganizationSuspended
    if found.org_role is None:
        raise Unauthenticated  # no longer a member
    return Actor(
        id=found.id,
        username=found.username,
        org_id=found.org_id,
        # One organisation's own provider vouches for nobody beyond it, whatever they became since.
        role=Role.USER if found.bound_to_org else Role(found.role),
        org_role=OrgRole(found.org_role),
        login_id=claims["login"],
        only=ENROLMENT if found.require_mfa and not _has_factor(found.method) else None,
        home_org_only=found.bound_to_org,
        signed_in_at=found.created_at,
    )
