from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Path, Query, Request, Response
from starlette.responses import RedirectResponse

from streamspace.server.core.errors import BadRequest, Problem
from streamspace.server.core.http import (
    ActorAlone,
    Context,
    CurrentContext,
    Uow,
    cookie_name,
    encoded,
    needs,
    open_to_all,
    set_login_cookies,
)
from streamspace.server.core.permissions import Action
from streamspace.server.core.settings import Settings
from streamspace.server.logins.errors import MfaRequired
from streamspace.server.logins.routes import source_of
from streamspace.server.sso import addresses, flows, leaving, provider_routes, service
from streamspace.server.sso.arrivals import Desk
from streamspace.server.sso.errors import (
    AccountElsewhere,
    BadLogoutToken,
    EmailNotVerified,
    NoLogout,
    NoSuchProvider,
    NotAdmitted,
    SamlUnavailable,
    SeveralProviders,
    SsoDenied,
    SsoExpired,
    SsoRefused,
    SsoUnreachable,
)
from streamspace.server.sso.flows import Outcome
from streamspace.server.sso.schemas import (
    LogoutUrlOut,
    PublicProvider,
    SignInWays,
)

router = APIRouter(prefix="/auth", tags=["single sign-on"])

COOKIE = "streamspace_sso"
_MOST_FIELDS = 20
_LARGEST_FORM = 768 * 1024
_SEE_OTHER = 303
# Such an answer is not a page: nothing of it may be kept, shown in a frame, or told to the next site.
_REDIRECTS: dict[str, Any] = {"response_class": RedirectResponse, "status_code": _SEE_OTHER}
_REFUSALS = (SsoRefused, SsoExpired, SsoDenied, NotAdmitted, EmailNotVerified, AccountElsewhere)

Name = Annotated[str, Path(max_length=50)]
Next = Annotated[str | None, Query(alias="next", max_length=2000)]


def desk_of(context: Context) -> Desk:
    """Return what sign-ins share while the program runs."""
    return context.part(Desk)


def _form(*names: str) -> dict[str, Any]:
    """Describe a posted form."""
    fields = {name: {"type": "string"} for name in names}
    schema = {"type": "object", "properties": fields, "required": [names[0]]}
    return {"requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": schema}}}}


def _posted(*names: str, declared: dict[str, Any]) -> dict[str, Any]:
    return {**declared, "openapi_extra": {**declared["openapi_extra"], **_form(*names)}}


async def _read_form(request: Request) -> dict[str, str]:
    body = await request.body()
    try:
        found = parse_qs(body.decode("ascii"), max_num_fields=_MOST_FIELDS, keep_blank_values=True, errors="strict")
    except ValueError:
        raise BadRequest("The form cannot be read.") from None
    if len(body) > _LARGEST_FORM or any(len(values) > 1 for values in found.values()):
        raise BadRequest("The form cannot be read.")
    return {name: values[0] for name, values in found.items()}


def _browser_cookie(request: Request, settings: Settings) -> str | None:
    return request.cookies.get(cookie_name(settings, COOKIE))


def _sent_away(url: str, settings: Settings, browser: str) -> Response:
    response = RedirectResponse(url, _SEE_OTHER)
    response.set_cookie(
        cookie_name(settings, COOKIE),
        browser,
        max_age=int(addresses.LIFETIME.total_seconds()),
        path="/",
        secure=settings.secure,
        httponly=True,
        # The provider's page brings the browser back, and `strict` would not send the cookie then.
        samesite="lax",
    )
    return response


def _arrived(outcome: Outcome, settings: Settings) -> Response:
    problem, issued = outcome.problem, outcome.issued
    if isinstance(problem, MfaRequired):
        url = addresses.second_step(outcome.to, problem.details["mfaToken"], problem.details["methods"])
        return RedirectResponse(url, _SEE_OTHER)
    if problem is not None or issued is None:
        code = problem.code if problem is not None else SsoRefused.code
        return RedirectResponse(addresses.sign_in_page(outcome.to, error=code), _SEE_OTHER)
    response = RedirectResponse(outcome.to, _SEE_OTHER)
    set_login_cookies(
        response,
        settings,
        token=issued.token,
        refresh_token=issued.refresh_token,
        expires_at=issued.login.expires_at,
    )
    return response


def _refused_before(problem: Problem, to: str | None) -> Response:
    return RedirectResponse(addresses.sign_in_page(addresses.safe_next(to), error=problem.code), _SEE_OTHER)


@router.get("/providers", **open_to_all())
async def list_sign_in_ways(uow: Uow) -> SignInWays:
    """List the ways to sign in."""
    found = [
        PublicProvider(
            id=provider.id,
            name=provider.name,
            display_name=provider.display_name,
            kind=provider.kind,
            preset=provider.preset,
            login_url=addresses.login_path(provider.kind, provider.name),
        )
        for provider in await service.offered(uow)
    ]
    return SignInWays(providers=found, local_login=True, passkeys=True)


@router.get("/oidc/{name}/login", **_REDIRECTS, **open_to_all(NoSuchProvider, SsoUnreachable))
async def begin_oidc_login(name: Name, request: Request, context: CurrentContext, to: Next = None) -> Response:
    """Send a browser to an OpenID provider."""
    browser = flows.browser_secret(_browser_cookie(request, context.settings))
    try:
        url = await flows.begin_oidc(context.database, context.settings, desk_of(context), name, to=to, browser=browser)
    except SsoUnreachable as problem:
        return _refused_before(problem, to)
    return _sent_away(url, context.settings, browser)


@router.get("/oidc/{name}/callback", **_REDIRECTS, **open_to_all(NoSuchProvider, *_REFUSALS))
async def finish_oidc_login(
    name: Name,
    request: Request,
    context: CurrentContext,
    code: Annotated[str | None, Query(max_length=4000)] = None,
    state: Annotated[str | None, Query(max_length=4000)] = None,
    iss: Annotated[str | None, Query(max_length=1000)] = None,
    error: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """Take a browser back from an OpenID provider, and sign it in. Refusals go to the sign-in page with their code."""
    answer = {"code": code, "state": state, "iss": iss, "error": error}
    outcome = await flows.finish_oidc(
        context.database,
        context.settings,
        desk_of(context),
        name,
        answer={key: value for key, value in answer.items() if value is not None},
        browser=_browser_cookie(request, context.settings),
        source=source_of(request),
    )
    return _arrived(outcome, context.settings)


@router.get("/oidc/{name}/logout", **_REDIRECTS, **open_to_all(NoSuchProvider, NoLogout, SsoUnreachable))
async def logout_at_oidc_provider(name: Name, context: CurrentContext) -> Response:
    """Send a browser, after it signed out here, to the provider's own sign-out."""
    url = await leaving.provider_logout(context.database, context.settings, desk_of(context), name)
    return RedirectResponse(url, _SEE_OTHER)


@router.post(
    "/oidc/{name}/backchannel-logout",
    **_posted("logout_token", declared=open_to_all(NoSuchProvider, BadLogoutToken, SsoUnreachable)),
)
async def backchannel_logout(name: Name, request: Request, context: CurrentContext) -> Response:
    """End the logins that a provider's signed logout token names."""
    token = (await _read_form(request)).get("logout_token", "")
    await leaving.told_by_oidc(context.database, context.settings, desk_of(context), name, token)
    return encoded({})


@router.get("/logout-url", **needs(Action.PROFILE_VIEW, SsoUnreachable, SamlUnavailable))
async def get_logout_url(actor: ActorAlone, context: CurrentContext) -> LogoutUrlOut:
    """Say where to go after signing out, to sign out at the identity provider too. Ask before signing out."""
    return LogoutUrlOut(url=await leaving.logout_url(context.database, context.settings, desk_of(context), actor))


@router.get("/saml/login", **_REDIRECTS, **open_to_all(SeveralProviders, SamlUnavailable))
async def begin_only_saml_login(request: Request, context: CurrentContext, to: Next = None) -> Response:
    """Send a browser to the only SAML provider."""
    return await begin_saml_login(await _only_name(context), request, context, to)


@router.get("/saml/metadata", **open_to_all(SeveralProviders, SamlUnavailable))
async def only_saml_metadata(context: CurrentContext) -> Response:
    """Describe this installation to the only SAML provider."""
    return await saml_metadata(await _only_name(context), context)


@router.post(
    "/saml/acs",
    **_REDIRECTS,
    **_posted("SAMLResponse", "RelayState", declared=open_to_all(SeveralProviders)),
)
async def take_only_saml_response(request: Request, context: CurrentContext) -> Response:
    """Take the only SAML provider's response."""
    return await take_saml_response(await _only_name(context), request, context)


async def _only_name(context: Context) -> str:
    async with context.database.work(write=False) as uow:
        return await service.only_name(uow, "saml")


@router.get("/saml/{name}/login", **_REDIRECTS, **open_to_all(NoSuchProvider, SamlUnavailable))
async def begin_saml_login(name: Name, request: Request, context: CurrentContext, to: Next = None) -> Response:
    """Send a browser to a SAML provider."""
    browser = flows.browser_secret(_browser_cookie(request, context.settings))
    try:
        url = await flows.begin_saml(context.database, context.settings, name, to=to, browser=browser)
    except (SamlUnavailable, SsoUnreachable) as problem:
        return _refused_before(problem, to)
    return _sent_away(url, context.settings, browser)


@router.post(
    "/saml/{name}/acs",
    **_REDIRECTS,
    **_posted("SAMLResponse", "RelayState", declared=open_to_all(NoSuchProvider, *_REFUSALS)),
)
async def take_saml_response(name: Name, request: Request, context: CurrentContext) -> Response:
    """Take a SAML provider's response. Refusals go to the sign-in page with their code."""
    form = await _read_form(request)
    ticket, outcome = await flows.take_saml(
        context.database,
        context.settings,
        desk_of(context),
        name,
        response=form.get("SAMLResponse", ""),
        relay_state=form.get("RelayState", ""),
        source=source_of(request),
    )
    if ticket is None:
        return _arrived(outcome, context.settings)
    # The browser comes again by itself: this post was another site's, so it brought no cookies.
    return RedirectResponse(f"{addresses.base(context.settings)}/saml/{name}/finish?ticket={ticket}", _SEE_OTHER)


@router.get("/saml/{name}/finish", **_REDIRECTS, **open_to_all(NoSuchProvider))
async def finish_saml_login(
    name: Name, request: Request, context: CurrentContext, ticket: Annotated[str, Query(max_length=100)]
) -> Response:
    """Sign in the browser that brings the ticket of a verified response."""
    outcome = await flows.finish_saml(
        context.database,
        context.settings,
        desk_of(context),
        name,
        ticket=ticket,
        browser=_browser_cookie(request, context.settings),
        source=source_of(request),
    )
    return _arrived(outcome, context.settings)


@router.get("/saml/{name}/metadata", **open_to_all(NoSuchProvider, SamlUnavailable))
async def saml_metadata(name: Name, context: CurrentContext) -> Response:
    """Describe this installation to a SAML provider."""
    async with context.database.work(write=False) as uow:
        provider = await service.open_by_name(uow, "saml", name)
    text = await flows.with_saml(context.settings, provider, lambda saml, us: str(saml.our_metadata(us)))
    return Response(text, media_type="application/samlmetadata+xml")


@router.get("/saml/{name}/slo", **_REDIRECTS, **open_to_all(NoSuchProvider, SsoRefused, SamlUnavailable))
async def saml_logout(name: Name, request: Request, context: CurrentContext) -> Response:
    """Sign out whom a SAML provider names, or come back from signing out there."""
    if "SAMLRequest" not in request.query_params:
        return RedirectResponse("/login", _SEE_OTHER)
    url = await leaving.told_by_saml(
        context.database,
        context.settings,
        name,
        query=request.url.query,
        relay_state=request.query_params.get("RelayState", ""),
    )
    return RedirectResponse(url, _SEE_OTHER)


@router.post(
    "/saml/{name}/slo",
    **_REDIRECTS,
    **_posted("SAMLRequest", "RelayState", declared=open_to_all(NoSuchProvider, SsoRefused, SamlUnavailable)),
)
async def take_saml_logout(name: Name, request: Request, context: CurrentContext) -> Response:
    """Sign out whom a SAML provider names, or come back from signing out there."""
    form = await _read_form(request)
    if "SAMLRequest" not in form:
        return RedirectResponse("/login", _SEE_OTHER)
    url = await leaving.told_by_saml(
        context.database,
        context.settings,
        name,
        encoded=form["SAMLRequest"],
        relay_state=form.get("RelayState", ""),
    )
    return RedirectResponse(url, _SEE_OTHER)


ROUTERS = (router, provider_routes.router)
