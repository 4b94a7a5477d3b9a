"""Signing in: the password or passkey, then the second factor, then a login."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from streamspace.server.challenges import service as challenges
from streamspace.server.core import auth
from streamspace.server.core.attempts import Attempts
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.settings import Settings
from streamspace.server.core.trail import current_origin
from streamspace.server.logins import service
from streamspace.server.logins.errors import (
    Deactivated,
    MfaExpired,
    MfaRequired,
    ProviderGone,
    WrongCode,
    WrongPassword,
)
from streamspace.server.logins.service import PASSKEY, WITH_FACTOR, Issued
from streamspace.server.mfa import service as mfa
from streamspace.server.users import service as users
from streamspace.server.users.models import User

StillVouches = Callable[[UnitOfWork, str, str], Awaitable[bool]]
MFA_LIFETIME = timedelta(minutes=10)
HALF_SIGNED_IN = "mfa"


@dataclass(frozen=True, kw_only=True, slots=True)
class From:
    """Where somebody signs in from."""

    ip: str
    user_agent: str


@dataclass(frozen=True, slots=True)
class Vouchers:
    """What is asked of the identity providers, whose feature is above this one."""

    still_vouches: StillVouches
    """Does this provider still let this person in?"""


async def sign_in(
    database: Database, settings: Settings, attempts: Attempts, *, username: str, password: str, source: From
) -> Issued:
    """Check a password and open a login. Unknown names and wrong passwords look and take the same.

    The slow hash runs between two transactions, so that nobody's guesses hold up anybody's writes.

    Raises:
        WrongPassword, Deactivated, OrganizationSuspended: nobody comes in.
        MfaRequired: half the way is done; the details say how to go on.
    """
    with attempts.one(f"name:{username.lower()}", f"ip:{source.ip}") as attempt:
        async with database.work(write=False) as uow:
            known = await users.find(uow, username) or await users.find_by_email(uow, username)
        if known is not None:
            # Not what was typed: some type their password where the name belongs.
            origin = current_origin()
            origin.actor_name, origin.org_id = known.username, known.org_id
            origin.about["username"] = known.username
        local = known is not None and known.provider == "local"
        if not await auth.password_matches(password, known.password_hash if known and local else None):
            raise WrongPassword
        attempt.succeeded()
    assert known is not None  # noqa: S101 - nobody has no password
    async with database.work() as uow:
        user = await users.get_by_id(uow, known.id)
        if user is None:
            raise WrongPassword
        return await admit(uow, settings, user, method="password", source=source)


async def admit(
    uow: UnitOfWork,
    settings: Settings,
    user: User,
    *,
    method: str,
    source: From,
    has_factor: bool = False,
    org_id: str | None = None,
    provider_id: str | None = None,
    provider_session: str | None = None,
    bound_to_org: bool = False,
) -> Issued:
    """Open a login for somebody who proved who they are, or ask for their second factor first.

    `method` is password, passkey, oidc or saml; `has_factor` says that it was as good as two.

    Raises:
        Deactivated, OrganizationSuspended: they may not come in.
        MfaRequired: they have a second factor; the details hold `mfaToken` and `methods`.
    """
    if not user.active:
        raise Deactivated
    if not has_factor and (factors := await mfa.factors(uow, user.id)):
        methods = {"totp": factors.totp, "webauthn": factors.passkeys, "backup": factors.backup}
        rest = {
            "user_id": user.id,
            "method": method,
            "org_id": org_id,
            "provider_id": provider_id,
            "provider_session": provider_session,
            "bound_to_org": bound_to_org,
        }
        token = await challenges.issue(uow, HALF_SIGNED_IN, rest, MFA_LIFETIME)
        raise MfaRequired(details={"mfaToken": token, "methods": [name for name, has in methods.items() if has]})
    return await service.open_login(
        uow,
        settings,
        user,
        method=f"{method}{WITH_FACTOR}" if has_factor and method != PASSKEY else method,
        ip=source.ip,
        user_agent=source.user_agent,
        org_id=org_id,
        provider_id=provider_id,
        provider_session=provider_session,
        bound_to_org=bound_to_org,
    )


async def half_signed_in(uow: UnitOfWork, token: str) -> dict[str, Any]:
    """Return what is known of somebody who gave the first of two factors.

    Raises:
        MfaExpired: nobody, or too long ago.
    """
    found = await challenges.peek(uow, HALF_SIGNED_IN, token)
    if found is None:
        raise MfaExpired
    return found


async def finish_with_code(
    database: Database,
    settings: Settings,
    attempts: Attempts,
    vouchers: Vouchers,
    *,
    token: str,
    code: str,
    source: From,
) -> Issued:
    """Go on from `MfaRequired` with a code of an app or a backup code."""
    async with database.work(write=False) as uow:
        half = await half_signed_in(uow, token)
    with attempts.one(f"mfa:{half['user_id']}", f"ip:{source.ip}") as attempt:
        async with database.work() as uow:
            if await mfa.check_code(uow, settings, half["user_id"], code) is None:
                raise WrongCode
            attempt.succeeded()
            return await _finish(uow, settings, vouchers, token, source)


async def finish_with_passkey(
    uow: UnitOfWork,
    settings: Settings,
    vouchers: Vouchers,
    *,
    token: str,
    ceremony: str,
    credential: dict[str, Any],
    source: From,
) -> Issued:
    """Go on from `MfaRequired` with a passkey; `ceremony` is the token that came with its options."""
    half = await half_signed_in(uow, token)
    if await mfa.check_passkey(uow, settings, ceremony, credential, user_id=half["user_id"]) is None:
        raise WrongCode
    return await _finish(uow, settings, vouchers, token, source)


async def _finish(uow: UnitOfWork, settings: Settings, vouchers: Vouchers, token: str, source: From) -> Issued:
    half = await challenges.redeem(uow, HALF_SIGNED_IN, token)
    user = await users.get_by_id(uow, half["user_id"]) if half else None
    if half is None or user is None:
        raise MfaExpired
    # Between the two steps somebody may have switched off what the first one stood on.
    if half["provider_id"] and not await vouchers.still_vouches(uow, half["provider_id"], user.id):
        raise ProviderGone
    rest = {name: half[name] for name in ("method", "org_id", "provider_id", "provider_session", "bound_to_org")}
    return await admit(uow, settings, user, source=source, has_factor=True, **rest)


async def sign_in_with_passkey(
    uow: UnitOfWork, settings: Settings, *, ceremony: str, credential: dict[str, Any], source: From
) -> Issued:
    """Open a login with a passkey alone, which is two factors by itself."""
    user_id = await mfa.check_passkey(uow, settings, ceremony, credential)
    user = await users.get_by_id(uow, user_id) if user_id else None
    if user is None:
        raise WrongCode
    return await admit(uow, settings, user, method=PASSKEY, source=source, has_factor=True)
