from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from streamspace.server.core.attempts import Attempts, TooManyAttempts
from streamspace.server.core.errors import BadRequest, Unauthenticated
from streamspace.server.core.http import (
    REFRESH_COOKIE,
    ActorAlone,
    CurrentActor,
    CurrentContext,
    ForeignOrigin,
    Uow,
    check_origin,
    client_address,
    cookie_name,
    drop_login_cookies,
    needs,
    open_to_all,
    set_login_cookies,
)
from streamspace.server.core.permissions import Action
from streamspace.server.core.settings import Settings
from streamspace.server.logins import service, signin
from streamspace.server.logins.errors import (
    AlreadySetUp,
    Deactivated,
    MfaExpired,
    MfaRequired,
    NoSuchLogin,
    OrganizationSuspended,
    ProviderGone,
    RefreshTokenReused,
    WrongCode,
    WrongPassword,
)
from streamspace.server.logins.models import Login
from streamspace.server.logins.schemas import (
    CeremonyOut,
    LoginEntry,
    LoginIn,
    LoginList,
    LoginOut,
    MfaIn,
    MfaTokenIn,
    PasskeyIn,
    RefreshIn,
    SetupIn,
    SetupStatus,
    SwitchIn,
)
from streamspace.server.logins.service import Issued
from streamspace.server.logins.signin import From, Vouchers
from streamspace.server.mfa import service as mfa
from streamspace.server.mfa.errors import PasskeyIsSecond, PasskeysNeedName, PasskeysNeedTls
from streamspace.server.organizations.errors import NoSuchOrganization
from streamspace.server.users import service as users
from streamspace.server.users.errors import EmailTaken, PasswordElsewhere, WeakPassword
from streamspace.server.users.schemas import Seen, user_out

router = APIRouter(prefix="/auth", tags=["auth"])

_REFUSALS = (Deactivated, OrganizationSuspended, ForeignOrigin, TooManyAttempts)


class PasswordsDiffer(BadRequest):
    """The two passwords are not the same."""

    code = "passwords_differ"


def source_of(request: Request) -> From:
    """Say where somebody signs in from."""
    return From(ip=client_address(request), user_agent=request.headers.get("user-agent", ""))


@router.post("/login", **open_to_all(WrongPassword, MfaRequired, *_REFUSALS))
async def login(body: LoginIn, request: Request, response: Response, context: CurrentContext) -> LoginOut:
    """Sign in with name and password. Who has a second factor gets `mfa_required`, and goes on at /auth/mfa."""
    if body.cookie:
        check_origin(request)
    issued = await signin.sign_in(
        context.database,
        context.settings,
        context.part(Attempts),
        username=body.username,
        password=body.password,
        source=source_of(request),
    )
    return answer(response, context.settings, issued, cookie=body.cookie)


@router.post("/mfa", **open_to_all(WrongCode, MfaExpired, ProviderGone, PasskeysNeedName, PasskeysNeedTls, *_REFUSALS))
async def finish_login(body: MfaIn, request: Request, response: Response, context: CurrentContext) -> LoginOut:
    """Give the second factor: a code of an app, a backup code, or a passkey."""
    if body.cookie:
        check_origin(request)
    source = source_of(request)
    if body.code is not None:
        issued = await signin.finish_with_code(
            context.database,
            context.settings,
            context.part(Attempts),
            context.part(Vouchers),
            token=body.mfa_token,
            code=body.code,
            source=source,
        )
    elif body.credential is not None and body.token is not None:
        async with context.database.work() as uow:
            issued = await signin.finish_with_passkey(
                uow,
                context.settings,
                context.part(Vouchers),
                token=body.mfa_token,
                ceremony=body.token,
                credential=body.credential,
                source=source,
            )
    else:
        raise BadRequest("Give a code, or a passkey's credential and its token.")
    return answer(response, context.settings, issued, cookie=body.cookie)


@router.post("/mfa/passkey-options", **open_to_all(MfaExpired, PasskeysNeedName, PasskeysNeedTls))
async def passkey_options_for_login(body: MfaTokenIn, context: CurrentContext, uow: Uow) -> CeremonyOut:
    """Begin the second step with a passkey."""
    half = await signin.half_signed_in(uow, body.mfa_token)
    token, options = await mfa.passkey_options(uow, context.settings, half["user_id"])
    return CeremonyOut(token=token, options=options)


@router.post("/passkey/options", **open_to_all(PasskeysNeedName, PasskeysNeedTls))
async def passkey_options(context: CurrentContext, uow: Uow) -> CeremonyOut:
    """Begin to sign in with a passkey alone."""
    token, options = await mfa.passkey_options(uow, context.settings, None)
    return CeremonyOut(token=token, options=options)


@router.post("/passkey", **open_to_all(WrongCode, PasskeyIsSecond, PasskeysNeedName, PasskeysNeedTls, *_REFUSALS))
async def login_with_passkey(
    body: PasskeyIn, request: Request, response: Response, context: CurrentContext
) -> LoginOut:
    """Sign in with a passkey alone; it counts as two factors."""
    if body.cookie:
        check_origin(request)
    async with context.database.work() as uow:
        issued = await signin.sign_in_with_passkey(
            uow, context.settings, ceremony=body.token, credential=body.credential, source=source_of(request)
        )
    return answer(response, context.settings, issued, cookie=body.cookie)


@router.post("/refresh", **open_to_all(Unauthenticated, RefreshTokenReused, Deactivated, ForeignOrigin, audited=False))
async def refresh_login(
    body: RefreshIn, request: Request, response: Response, context: CurrentContext, uow: Uow
) -> LoginOut:
    """Get a new access token for a login that has not ended."""
    cookie = request.cookies.get(cookie_name(context.settings, REFRESH_COOKIE))
    token = body.refresh_token or cookie
    if token is None:
        raise Unauthenticated
    if body.refresh_token is None:
        check_origin(request)
    issued = await service.refresh(uow, context.settings, token)
    return answer(response, context.settings, issued, cookie=body.refresh_token is None)


@router.post("/switch", **needs(Action.ORGANIZATION_VIEW, NoSuchOrganization))
async def switch_organization(
    body: SwitchIn, actor: CurrentActor, response: Response, context: CurrentContext, uow: Uow
) -> LoginOut:
    """Go on in another of your organisations; the login's tokens name it from now on."""
    issued = await service.switch(uow, actor, context.settings, body.org_id)
    return answer(response, context.settings, issued, cookie=body.cookie)


@router.post("/logout", status_code=204, **needs(Action.PROFILE_VIEW))
async def logout(actor: CurrentActor, response: Response, context: CurrentContext, uow: Uow) -> None:
    """Sign out: this login's tokens, sockets and streams end now."""
    await service.sign_out(uow, actor)
    drop_login_cookies(response, context.settings)


@router.get("/logins", **needs(Action.PROFILE_VIEW))
async def list_logins(actor: CurrentActor, uow: Uow) -> LoginList:
    """List where you are signed in."""
    found = [entry(login, actor.login_id) for login in await service.list_open(uow, actor.id)]
    return LoginList(logins=found, total=len(found))


@router.delete("/logins/{login_id}", status_code=204, **needs(Action.CREDENTIALS_CHANGE, NoSuchLogin))
async def end_login(login_id: str, actor: CurrentActor, uow: Uow) -> None:
    """End one of your logins; its sockets and streams close."""
    await service.end_one(uow, actor, login_id)


@router.delete("/logins", status_code=204, **needs(Action.CREDENTIALS_CHANGE))
async def end_logins(actor: CurrentActor, uow: Uow, *, current: bool = False) -> None:
    """End all your other logins; with `current`, this one too."""
    await service.end_all_of(uow, actor.id, except_login=None if current else actor.login_id)


@router.get("/setup/status", **open_to_all())
async def setup_status(uow: Uow) -> SetupStatus:
    """Has the first administrator still to choose a password?"""
    pending, empty = await users.setup_pending(uow), await users.is_empty(uow)
    message = "Sign in with the password that was printed at the first start, then choose your own."
    return SetupStatus(
        setup_required=pending,
        admin_exists=not empty,
        has_password=not empty,
        message=message if pending else "This installation is set up.",
    )


@router.post(
    "/setup",
    status_code=204,
    **needs(Action.CREDENTIALS_CHANGE, AlreadySetUp, PasswordsDiffer, WeakPassword, EmailTaken, PasswordElsewhere),
)
async def setup_admin(body: SetupIn, actor: ActorAlone, context: CurrentContext) -> None:
    """Replace the password that was made for the first administrator, once."""
    if body.password != body.password_confirm:
        raise PasswordsDiffer
    await service.first_setup(
        context.database, actor, password=body.password, email=body.email, organization_name=body.organization_name
    )


def entry(login: Login, current: str) -> LoginEntry:
    """Show a login."""
    return LoginEntry(
        id=login.id,
        current=login.id == current,
        org_id=login.org_id,
        method=login.method,
        provider_id=login.provider_id,
        ip=login.ip,
        user_agent=login.user_agent,
        created_at=login.created_at,
        last_used_at=login.refreshed_at,
        expires_at=login.expires_at,
    )


def answer(response: Response, settings: Settings, issued: Issued, *, cookie: bool) -> LoginOut:
    """Hand out a login, in the body or as cookies."""
    shown: dict[str, Any] = {
        "expires_at": issued.expires_at,
        "user": user_out(Seen(issued.user, issued.login.org_id, issued.org_role)),
        "mfa_enrolment_required": issued.must_enrol,
    }
    if not cookie:
        return LoginOut(token=issued.token, refresh_token=issued.refresh_token, **shown)
    set_login_cookies(
        response,
        settings,
        token=issued.token,
        refresh_token=issued.refresh_token,
        expires_at=issued.login.expires_at,
    )
    return LoginOut(**shown)
