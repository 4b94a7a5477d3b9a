"""Signing out: at the provider after here, and here because the provider says so."""

from __future__ import annotations

from streamspace.server.challenges import service as challenges
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.permissions import Actor
from streamspace.server.core.settings import Settings
from streamspace.server.logins import service as logins
from streamspace.server.sso import addresses, configuring, flows, oidc, service
from streamspace.server.sso.arrivals import Desk
from streamspace.server.sso.errors import BadLogoutToken, NoLogout
from streamspace.server.sso.models import IdentityProvider


async def logout_url(database: Database, settings: Settings, desk: Desk, actor: Actor) -> str | None:
    """Return where a browser goes, once it signed out here, to sign out at its provider too."""
    async with database.work(write=False) as uow:
        login = next((login for login in await logins.list_open(uow, actor.id) if login.id == actor.login_id), None)
        provider = await service.open_by_id(uow, login.provider_id) if login and login.provider_id else None
        identity = await service.identity_of(uow, provider.id, actor.id) if provider else None
    if provider is None or login is None or identity is None:
        return None
    if provider.kind == "oidc":
        client = configuring.client_of(settings, provider)
        back_to = addresses.oidc_addresses(settings, provider.name)["postLogoutRedirectUri"]
        return await oidc.logout_url(desk.directory, client, back_to=back_to)
    claims, session = identity.claims, login.provider_session
    found: str | None = await flows.with_saml(
        settings,
        provider,
        lambda saml, us: saml.logout_url(
            us,
            name_id=claims.get("nameId", identity.subject),
            name_format=claims.get("nameFormat", ""),
            session_index=session,
            relay_state="",
        ),
    )
    return found


async def provider_logout(database: Database, settings: Settings, desk: Desk, name: str) -> str:
    """Return where an OpenID provider signs people out.

    Raises:
        NoLogout: it does not.
    """
    _, client = await flows.client_named(database, settings, name)
    back_to = addresses.oidc_addresses(settings, name)["postLogoutRedirectUri"]
    found = await oidc.logout_url(desk.directory, client, back_to=back_to)
    if found is None:
        raise NoLogout
    return found


async def told_by_oidc(database: Database, settings: Settings, desk: Desk, name: str, token: str) -> None:
    """End the logins that a logout token names (OpenID Connect Back-Channel Logout).

    Raises:
        BadLogoutToken: it is not the provider's, or was shown before.
    """
    provider, client = await flows.client_named(database, settings, name)
    if client.preset == "github":
        raise BadLogoutToken
    claims = await oidc.read_logout_token(desk.directory, client, token, database.clock.now())
    async with database.work() as uow:
        if not await challenges.first_time(
            uow, "logout-token", f"{provider.id} {claims['jti']}", 2 * oidc.OLDEST_LOGOUT
        ):
            raise BadLogoutToken
        session = claims.get("sid")
        ended = await _end(uow, provider, claims.get("sub"), (session,) if session else ())
        _note(uow, provider, ended)


async def told_by_saml(
    database: Database, settings: Settings, name: str, *, encoded: str = "", query: str | None = None, relay_state: str
) -> str:
    """End the logins that a logout request names, and return where the browser takes the answer.

    Raises:
        BadDocument: the request is not the provider's.
    """
    async with database.work(write=False) as uow:
        provider = await service.open_by_name(uow, "saml", name)
    now = database.clock.now()
    request = await flows.with_saml(
        settings, provider, lambda saml, us: saml.read_logout_request(us, encoded=encoded, query=query, now=now)
    )
    async with database.work() as uow:
        if await challenges.first_time(uow, "saml-logout", f"{provider.id} {request.id}", addresses.LIFETIME):
            ended = await _end(uow, provider, request.name_id, request.session_indexes)
            _note(uow, provider, ended)
    answer: str | None = await flows.with_saml(
        settings, provider, lambda saml, us: saml.logout_answer_url(us, request.id, relay_state, now)
    )
    return answer or "/login"


async def _end(uow: UnitOfWork, provider: IdentityProvider, subject: str | None, sessions: tuple[str, ...]) -> int:
    """End what is named: a session of one person, all of a person's, or a session whosever it is."""
    identity = await service.identity(uow, provider.id, subject) if subject else None
    whose = {"user_id": identity.user_id} if identity is not None else {}
    if not sessions:
        return await logins.end_by_provider(uow, provider.id, **whose) if whose else 0
    return sum(
        [await logins.end_by_provider(uow, provider.id, provider_session=session, **whose) for session in sessions]
    )


def _note(uow: UnitOfWork, provider: IdentityProvider, ended: int) -> None:
    uow.note(
        "provider.signed_out",
        "identity_provider",
        provider.id,
        after={"provider": provider.name, "count": ended},
        org_id=provider.org_id,
    )
