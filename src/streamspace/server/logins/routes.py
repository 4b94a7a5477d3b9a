from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from streamspace.server.core.attempts import Attempts, TooManyAttempts
from streamspace.server.core.errors import Unauthenticated
from streamspace.server.core.http import (
    LOGIN_COOKIE,
    REFRESH_COOKIE,
    CurrentActor,
    CurrentContext,
    ForeignOrigin,
    Uow,
    check_origin,
    client_address,
    cookie_name,
    needs,
    open_to_all,
)
from streamspace.server.core.permissions import Action
from streamspace.server.core.settings import Settings
from streamspace.server.logins import service
from streamspace.server.logins.schemas import LoginIn, LoginOut, RefreshIn
from streamspace.server.logins.service import Deactivated, Issued, RefreshTokenReused, WrongPassword
from streamspace.server.users.schemas import user_out

router = APIRouter(prefix="/auth", tags=["auth"])


@router.post("/login", **open_to_all(WrongPassword, Deactivated, ForeignOrigin, TooManyAttempts))
async def login(body: LoginIn, request: Request, response: Response, context: CurrentContext) -> LoginOut:
    """Sign in with name and password."""
    if body.cookie:
        check_origin(request)
    issued = await service.sign_in(
        context.database,
        context.settings,
        context.part(Attempts),
        username=body.username,
        password=body.password,
        ip=client_address(request),
        user_agent=request.headers.get("user-agent", ""),
    )
    return _answer(response, context.settings, issued, cookie=body.cookie)


@router.post("/refresh", **open_to_all(Unauthenticated, RefreshTokenReused, Deactivated, ForeignOrigin))
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
    return _answer(response, context.settings, issued, cookie=body.refresh_token is None)


@router.post("/logout", status_code=204, **needs(Action.PROFILE_VIEW))
async def logout(actor: CurrentActor, response: Response, context: CurrentContext, uow: Uow) -> None:
    """Sign out: this login's tokens, sockets and streams end now."""
    await service.sign_out(uow, actor)
    for name in (LOGIN_COOKIE, REFRESH_COOKIE):
        response.delete_cookie(cookie_name(context.settings, name), path="/", secure=context.settings.secure)


def _answer(response: Response, settings: Settings, issued: Issued, *, cookie: bool) -> LoginOut:
    answer = LoginOut(expires_at=issued.expires_at, user=user_out(issued.user))
    if not cookie:
        return answer.model_copy(update={"token": issued.token, "refresh_token": issued.refresh_token})
    lifetime = int((issued.login.expires_at - datetime.now(UTC)).total_seconds())
    for name, value in ((LOGIN_COOKIE, issued.token), (REFRESH_COOKIE, issued.refresh_token)):
        if value is None:
            continue
        response.set_cookie(
            cookie_name(settings, name),
            value,
            max_age=max(lifetime, 1),
            path="/",
            secure=settings.secure,
            httponly=True,
            samesite="strict",
        )
    return answer
