"""The ways of a browser: to a provider, back with its answer, and out again."""

from __future__ import annotations

import asyncio
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from streamspace.kit import ids
from streamspace.server.challenges import service as challenges
from streamspace.server.core.db import Database
from streamspace.server.core.errors import Problem
from streamspace.server.core.settings import Settings
from streamspace.server.logins.service import Issued
from streamspace.server.logins.signin import From
from streamspace.server.sso import addresses, arrivals, configuring, oidc, service
from streamspace.server.sso.admission import External
from streamspace.server.sso.arrivals import Desk, Vouching
from streamspace.server.sso.clients import Client
from streamspace.server.sso.errors import NoSuchProvider, SsoDenied, SsoExpired, SsoRefused
from streamspace.server.sso.models import IdentityProvider

TICKET = "saml-ticket"
TICKET_LIFETIME = timedelta(minutes=2)
_BROWSER = re.compile(r"[0-9a-f]{64}")
_LONGEST_RELAY_STATE = 80
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How a sign-in went, and where the browser goes."""

    to: str
    issued: Issued | None = None
    problem: Problem | None = None


def browser_secret(cookie: str | None) -> str:
    """Return what a browser is known by while it is away; several tabs share it."""
    return cookie if cookie is not None and _BROWSER.fullmatch(cookie) else ids.secret()


async def _open(database: Database, kind: str, name: str) -> IdentityProvider:
    async with database.work(write=False) as uow:
        return await service.open_by_name(uow, kind, name)


async def client_named(database: Database, settings: Settings, name: str) -> tuple[IdentityProvider, Client]:
    """Return an OpenID provider through which somebody may sign in now."""
    provider = await _open(database, "oidc", name)
    return provider, configuring.client_of(settings, provider)


async def begin_oidc(
    database: Database, settings: Settings, desk: Desk, name: str, *, to: str | None, browser: str
) -> str:
    """Return where a browser goes to sign in."""
    provider, client = await client_named(database, settings, name)
    verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
    state = addresses.seal_state(
        settings,
        "oidc",
        {
            "provider": provider.id,
            "nonce": nonce,
            "verifier": verifier,
            "to": addresses.safe_next(to),
            "browser": addresses.fingerprint(browser),
        },
        database.clock.now(),
    )
    return await oidc.begin(
        desk.directory,
        client,
        redirect_uri=addresses.oidc_addresses(settings, name)["redirectUri"],
        state=state,
        nonce=nonce,
        verifier=verifier,
    )


async def finish_oidc(
    database: Database,
    settings: Settings,
    desk: Desk,
    name: str,
    *,
    answer: dict[str, str],
    browser: str | None,
    source: From,
) -> Outcome:
    """Take a provider's answer, which the browser brings, and open a login.

    Raises:
        NoSuchProvider: there is none of this name.
    """
    provider, client = await client_named(database, settings, name)
    now = database.clock.now()
    state = addresses.unseal_state(settings, "oidc", answer.get("state"), now)
    to = state["to"] if state is not None else "/"
    try:
        if state is None or state["provider"] != provider.id or not _same(state["browser"], browser):
            raise SsoExpired("The state is not of this browser and provider, or too old.")
        await _once(database, "oidc-state", answer["state"])
        await oidc.check_issuer(desk.directory, client, answer.get("iss"))
        if "code" not in answer:
            raise SsoDenied(f"The provider answers {answer.get('error', 'without a code')[:100]!r}.")
        vouched = await oidc.finish(
            desk.directory,
            client,
            code=answer["code"],
            redirect_uri=addresses.oidc_addresses(settings, name)["redirectUri"],
            verifier=state["verifier"],
            nonce=state["nonce"],
            now=now,
        )
        vouching = Vouching(method="oidc", session=vouched.session, refresh_token=vouched.refresh_token)
        return Outcome(to=to, issued=await _enter(database, settings, provider, vouched.person, vouching, source))
    except Problem as problem:
        if state is not None and isinstance(problem, SsoRefused):
            await arrivals.refused(database, desk, provider, problem, source)
        return Outcome(to=to, problem=problem)


def _same(fingerprint: str, browser: str | None) -> bool:
    return browser is not None and hmac.compare_digest(fingerprint, addresses.fingerprint(browser))


async def _once(database: Database, kind: str, value: str, lifetime: timedelta = addresses.LIFETIME) -> None:
    async with database.work() as uow:
        if not await challenges.first_time(uow, kind, value, lifetime):
            raise SsoExpired("This answer was shown before.")


async def _enter(
    database: Database,
    settings: Settings,
    provider: IdentityProvider,
    person: External,
    vouching: Vouching,
    source: From,
) -> Issued:
    async with database.work() as uow:
        # It may have been switched off while the provider was asked.
        current = await service.open_by_id(uow, provider.id)
        if current is None:
            raise NoSuchProvider
        return await arrivals.enter(uow, settings, current, person, vouching, source)


async def with_saml(settings: Settings, provider: IdentityProvider, work: Callable[[Any, Any], T]) -> T:
    """Call something of `saml` with a provider's party, in a thread: it starts programs, and takes long to load."""

    def call() -> T:
        from streamspace.server.sso import saml  # noqa: PLC0415

        return work(saml, configuring.party_of(settings, provider))

    return await asyncio.to_thread(call)


async def begin_saml(database: Database, settings: Settings, name: str, *, to: str | None, browser: str) -> str:
    """Return where a browser goes to sign in."""
    provider = await _open(database, "saml", name)
    request_id = addresses.new_request_id(settings, provider.id, browser, database.clock.now())
    wanted = addresses.safe_next(to)
    relay_state = wanted if len(wanted) <= _LONGEST_RELAY_STATE else "/"
    return await with_saml(settings, provider, lambda saml, us: str(saml.request_url(us, request_id, relay_state)))


async def take_saml(
    database: Database, settings: Settings, desk: Desk, name: str, *, response: str, relay_state: str, source: From
) -> tuple[str | None, Outcome]:
    """Verify a response that another site's page posted, and return a ticket for what it says.

    The post brings no cookies, so a login is opened only when the browser comes back with the ticket by itself.

    Raises:
        NoSuchProvider: there is none of this name.
    """
    provider = await _open(database, "saml", name)
    now = database.clock.now()
    to = addresses.safe_next(relay_state)
    try:
        arrival, browser = await _verified(settings, desk, provider, response, now)
        ticket = await _ticket(database, provider, arrival, browser, to)
    except Problem as problem:
        await arrivals.refused(database, desk, provider, problem, source)
        return None, Outcome(to=to, problem=problem)
    return ticket, Outcome(to=to)


async def _verified(
    settings: Settings, desk: Desk, provider: IdentityProvider, response: str, now: datetime
) -> tuple[Any, str | None]:
    """Verify a response; the second value is the browser in which we asked for it."""
    request_id = await with_saml(settings, provider, lambda saml, _: saml.answered_request(response))
    browser = None
    if request_id is not None:
        browser = addresses.asked_by(settings, provider.id, request_id, now)
        if browser is None:
            raise SsoExpired("It answers a request that is not ours, or too old.")
    elif not provider.config["allow_unsolicited"]:
        raise SsoRefused("Nobody asked for it.")
    async with desk.verifying:
        arrival = await with_saml(
            settings, provider, lambda saml, us: saml.verify(us, response, request_id=request_id, now=now)
        )
    return arrival, browser


async def _ticket(database: Database, provider: IdentityProvider, arrival: Any, browser: str | None, to: str) -> str:
    person: External = arrival.person
    async with database.work() as uow:
        lasts = arrival.not_on_or_after - uow.now() + timedelta(minutes=5)
        if not await challenges.first_time(uow, "saml-assertion", f"{provider.id} {arrival.assertion_id}", lasts):
            raise SsoExpired("This assertion was shown before.")
        kept = {
            "provider": provider.id,
            "browser": browser,
            "to": to,
            "person": {
                "subject": person.subject,
                "email": person.email,
                "email_verified": person.email_verified,
                "domain": person.domain,
                "username": person.username,
                "full_name": person.full_name,
                "groups": sorted(person.groups),
            },
            "session": arrival.session_index,
            "claims": {"nameId": arrival.name_id, "nameFormat": arrival.name_format},
        }
        return await challenges.issue(uow, TICKET, kept, TICKET_LIFETIME)


async def finish_saml(
    database: Database, settings: Settings, desk: Desk, name: str, *, ticket: str, browser: str | None, source: From
) -> Outcome:
    """Open the login that a ticket is for, in the browser that asked for it.

    Raises:
        NoSuchProvider: there is none of this name.
    """
    provider = await _open(database, "saml", name)
    to = "/"
    try:
        async with database.work() as uow:
            kept = await challenges.redeem(uow, TICKET, ticket)
        if kept is None or kept["provider"] != provider.id:
            raise SsoExpired("There is no such ticket.")
        to = kept["to"]
        if kept["browser"] is not None and not _same(kept["browser"], browser):
            raise SsoExpired("Another browser asked for this.")
        told = kept["person"]
        person = External(**{**told, "groups": frozenset(told["groups"])})
        vouching = Vouching(method="saml", session=kept["session"], claims=kept["claims"])
        return Outcome(to=to, issued=await _enter(database, settings, provider, person, vouching, source))
    except Problem as problem:
        if isinstance(problem, SsoRefused):
            await arrivals.refused(database, desk, provider, problem, source)
        return Outcome(to=to, problem=problem)
