"""Asks providers again whether people may still come in, and for the keys they sign with now."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog

from streamspace.server.core import auth
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.errors import Problem
from streamspace.server.core.settings import Settings
from streamspace.server.logins import service as logins
from streamspace.server.sso import arrivals, configuring, oidc, queries, service
from streamspace.server.sso.arrivals import Desk, Vouching
from streamspace.server.sso.errors import BadProvider, SsoRefused, SsoUnreachable
from streamspace.server.sso.models import Identity, IdentityProvider

log = structlog.get_logger(__name__)

METADATA_EVERY = timedelta(hours=6)
_AT_ONCE = 8


class Rechecks:
    """Ends logins of people whom their provider no longer lets in."""

    EVERY = timedelta(minutes=1)

    def __init__(self, settings: Settings, database: Database, desk: Desk) -> None:
        self._settings = settings
        self._database = database
        self._desk = desk

    async def run(self) -> None:
        """Ask about everybody who is signed in and was not asked about lately."""
        async with self._database.work(write=False) as uow:
            due = [
                (identity, provider)
                for identity, provider in await queries.with_logins(uow.db, uow.now())
                if _due(identity, provider, uow.now())
            ]
        at_once = asyncio.Semaphore(_AT_ONCE)

        async def one(identity: Identity, provider: IdentityProvider) -> None:
            async with at_once:
                try:
                    await self._check(identity, provider)
                except Exception:  # one person's trouble is not the next one's
                    log.exception("recheck_failed", provider=provider.name)

        await asyncio.gather(*(one(identity, provider) for identity, provider in due))

    async def _check(self, identity: Identity, provider: IdentityProvider) -> None:
        now = self._database.clock.now()
        try:
            if identity.refresh_token is None:
                raise SsoUnreachable("This provider cannot be asked.")  # noqa: TRY301
            await self._ask(identity, provider, now)
        except SsoUnreachable as problem:
            if identity.last_checked_at + timedelta(hours=provider.session_hours) <= now:
                await self._end(identity, provider, problem)
        except Problem as problem:
            await self._end(identity, provider, problem)

    async def _ask(self, identity: Identity, provider: IdentityProvider, now: datetime) -> None:
        token = auth.unseal(self._settings.secret_key.get_secret_value(), identity.refresh_token or "")
        if token is None:
            raise SsoUnreachable("The refresh token was sealed with another secret key.")
        client = configuring.client_of(self._settings, provider)
        vouched = await oidc.ask_again(
            self._desk.directory, client, refresh_token=token, subject=identity.subject, now=now
        )
        async with self._database.work() as uow:
            current = await service.open_by_id(uow, provider.id)
            if current is None:
                raise SsoRefused("The provider was switched off.")
            vouching = Vouching(method="oidc", refresh_token=vouched.refresh_token)
            await arrivals.receive(uow, self._settings, current, vouched.person, vouching)

    async def _end(self, identity: Identity, provider: IdentityProvider, problem: Problem) -> None:
        log.info("recheck_refused", provider=provider.name, code=problem.code, reason=problem.message)
        async with self._database.work() as uow:
            await logins.end_by_provider(uow, provider.id, user_id=identity.user_id)
            kept = await uow.db.get(Identity, identity.id)
            if kept is not None:
                kept.refresh_token = None
            uow.note(
                "login.refused",
                "user",
                identity.user_id,
                after={"provider": provider.name, "reason": problem.message},
                org_id=provider.org_id,
                outcome="denied",
                code=problem.code,
            )


def _due(identity: Identity, provider: IdentityProvider, now: datetime) -> bool:
    if identity.refresh_token is None:
        return identity.last_checked_at + timedelta(hours=provider.session_hours) <= now
    return identity.last_checked_at + timedelta(minutes=provider.recheck_minutes) <= now


async def refresh_metadata(database: Database) -> None:
    """Read SAML providers' metadata again: certificates are replaced, and the old ones are trusted no more."""
    async with database.work(write=False) as uow:
        providers = await queries.saml_with_metadata_url(uow.db)
    for provider in providers:
        try:
            facts = await configuring.fetch_metadata(
                provider.config["metadata_url"], private=provider.managed_by == service.PLATFORM
            )
        except BadProvider as problem:
            log.warning("saml_metadata_unreadable", provider=provider.name, reason=problem.message)
            continue
        if facts.entity_id != provider.config["entity_id"]:
            log.warning("saml_metadata_is_anothers", provider=provider.name, entity_id=facts.entity_id)
            continue
        async with database.work() as uow:
            await _renew(uow, provider.id, facts.config())


async def _renew(uow: UnitOfWork, provider_id: str, told: dict[str, object]) -> None:
    provider = await uow.db.get(IdentityProvider, provider_id)
    if provider is None or provider.config.items() >= told.items():
        return
    before = {name: provider.config.get(name) for name in told}
    provider.config = {**provider.config, **told}
    uow.note("provider.renewed", "identity_provider", provider.id, before=before, after=told, org_id=provider.org_id)
