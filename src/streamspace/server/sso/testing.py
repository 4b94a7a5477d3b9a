"""Asks a provider about itself and says, in sentences, what is wrong."""

from __future__ import annotations

import asyncio
from datetime import datetime

from streamspace.server.core.settings import Settings
from streamspace.server.sso import configuring, directory, metadata
from streamspace.server.sso.arrivals import Desk
from streamspace.server.sso.clients import ask
from streamspace.server.sso.errors import BadProvider, SamlUnavailable, SsoUnreachable
from streamspace.server.sso.models import IdentityProvider
from streamspace.server.sso.schemas import Check, ProviderTestOut


async def test(settings: Settings, desk: Desk, provider: IdentityProvider, now: datetime) -> ProviderTestOut:
    """Look at everything that can be looked at without anybody signing in."""
    checks = await (_oidc(settings, desk, provider) if provider.kind == "oidc" else _saml(provider, now))
    return ProviderTestOut(ok=all(check.ok for check in checks), checks=checks)


async def _oidc(settings: Settings, desk: Desk, provider: IdentityProvider) -> list[Check]:
    try:
        client = configuring.client_of(settings, provider)
        if client.preset == "github":
            answer = await ask(client, f"{client.issuer}/login/oauth/authorize?client_id=", any_status=True)
            return [Check(name="reachable", ok=answer.status < 500, message=f"It answers {answer.status}.")]  # noqa: PLR2004
        desk.directory.forget(client)
        found = await directory.discover(client)
        checks = [Check(name="discovery", ok=True, message=f"It is {client.issuer}.")]
        keys = await desk.directory.keys(client, None)
    except SsoUnreachable as problem:
        return [Check(name="discovery", ok=False, message=problem.message)]
    checks.append(Check(name="keys", ok=bool(keys.keys), message=f"It has {len(keys.keys)} keys that can sign."))
    methods = found.get("code_challenge_methods_supported")
    pkce = not isinstance(methods, list) or "S256" in methods
    checks.append(
        Check(name="pkce", ok=pkce, message="It takes PKCE with S256." if pkce else "It does not take PKCE with S256.")
    )
    offered = found.get("scopes_supported")
    missing = sorted(set(client.scopes) - set(offered)) if isinstance(offered, list) else []
    checks.append(
        Check(
            name="scopes",
            ok=not missing,
            message=f"It does not offer {', '.join(missing)}."
            if missing
            else "It offers the scopes that are asked for.",
        )
    )
    return checks


async def _saml(provider: IdentityProvider, now: datetime) -> list[Check]:
    checks = []
    try:
        await asyncio.to_thread(_find_xmlsec)
        checks.append(Check(name="xmlsec1", ok=True, message="The program that verifies signatures is installed."))
    except SamlUnavailable as problem:
        checks.append(Check(name="xmlsec1", ok=False, message=problem.message))
    facts = metadata.facts_of(provider.config)
    until = metadata.expiry(facts)
    good = "It is good until" if until > now else "It expired on"
    checks.append(Check(name="certificate", ok=until > now, message=f"{good} {until:%Y-%m-%d}."))
    url = provider.config.get("metadata_url")
    if url:
        try:
            found = await configuring.fetch_metadata(url, private=provider.managed_by == "platform")
            same = found.entity_id == facts.entity_id
            said = "The metadata can be read." if same else f"The metadata is of {found.entity_id[:200]}."
            checks.append(Check(name="metadata", ok=same, message=said))
        except BadProvider as problem:
            checks.append(Check(name="metadata", ok=False, message=problem.message))
    return checks


def _find_xmlsec() -> None:
    from streamspace.server.sso import saml  # noqa: PLC0415

    saml.binary()
