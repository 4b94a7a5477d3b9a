"""Turns what an administrator typed into what the protocol needs, asking the provider where it must."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson

from streamspace.kit.clock import SystemClock
from streamspace.server.core import auth
from streamspace.server.core.fetch import CannotFetch, check_url, fetch
from streamspace.server.core.settings import Settings
from streamspace.server.sso import addresses, metadata
from streamspace.server.sso.clients import OK, Client
from streamspace.server.sso.errors import BadProvider, SsoUnreachable
from streamspace.server.sso.models import IdentityProvider
from streamspace.server.sso.presets import PRESETS
from streamspace.server.sso.schemas import ProviderFields

_SAML_TEXTS = ("email_attribute", "name_attribute", "username_attribute", "groups_attribute", "subject_attribute")
_SAML_FLAGS = ("want_response_signed", "allow_unsolicited")


@dataclass(frozen=True, slots=True)
class Configured:
    """What is kept: the public part, and the secret one, sealed."""

    config: dict[str, Any]
    secret: str | None


def authority(config: dict[str, Any]) -> str:
    """Return who vouches: with another one, all subjects are somebody else."""
    return str(config.get("issuer") or config.get("entity_id"))


def is_public(preset: str, config: dict[str, Any]) -> bool:
    """Say whether this is the one that everybody can have an account at, and not somebody's own installation."""
    return str(config.get("issuer", PRESETS[preset].issuer)) == PRESETS[preset].issuer


async def configure(
    settings: Settings, wanted: ProviderFields, *, kind: str, preset: str, name: str, private: bool
) -> Configured:
    """Make the settings of a new provider.

    Raises:
        BadProvider: something is missing or wrong.
    """
    if kind not in PRESETS[preset].kinds:
        raise BadProvider(f"{PRESETS[preset].display_name} does not speak {kind.upper()}.")
    if kind == "oidc":
        return _oidc(settings, wanted, {}, None, preset=preset, private=private)
    keys = await asyncio.to_thread(_new_keys, name)
    sealed = auth.seal(settings.secret_key.get_secret_value(), orjson.dumps(keys).decode())
    return await _saml(wanted, {"certificate": keys["certificate"]}, sealed, preset=preset, private=private)


async def reconfigure(settings: Settings, provider: IdentityProvider, wanted: ProviderFields) -> Configured | None:
    """Make the settings of a provider that changes; None if nothing of the protocol does.

    Raises:
        BadProvider: something is wrong.
    """
    changed = wanted.model_fields_set
    private = provider.managed_by == "platform"
    if provider.kind == "oidc":
        if not changed & {"issuer", "client_id", "client_secret", "scopes", "groups_claim", "username_claim"}:
            return None
        return _oidc(settings, wanted, provider.config, provider.secret, preset=provider.preset, private=private)
    if not changed & {"metadata_url", "metadata_xml", *_SAML_TEXTS, *_SAML_FLAGS}:
        return None
    return await _saml(wanted, provider.config, provider.secret, preset=provider.preset, private=private)


def _new_keys(name: str) -> dict[str, str]:
    from streamspace.server.sso import saml  # noqa: PLC0415 - in the thread: it takes a second to load

    key, certificate = saml.new_keys(name, SystemClock().now())
    return {"key": key, "certificate": certificate}


def _oidc(
    settings: Settings,
    wanted: ProviderFields,
    known: dict[str, Any],
    secret: str | None,
    *,
    preset: str,
    private: bool,
) -> Configured:
    usual = PRESETS[preset]
    config = {
        "issuer": usual.issuer,
        "client_id": "",
        "scopes": list(usual.scopes),
        "groups_claim": usual.groups_claim,
        "username_claim": "",
        **known,
    }
    for name in ("issuer", "client_id", "scopes", "groups_claim", "username_claim"):
        value = getattr(wanted, name)
        if value is not None:
            config[name] = value
    issuer = config["issuer"]
    if "{" in issuer or not issuer:
        raise BadProvider("The issuer is missing; it is the address before /.well-known/openid-configuration.")
    _check_address(issuer, private=private)
    if urlsplit(issuer).query or urlsplit(issuer).fragment:
        raise BadProvider("An issuer has no query and no fragment.")
    if not config["client_id"]:
        raise BadProvider("The client id is missing; the provider shows it when you register an application there.")
    if any(" " in scope or not scope.isascii() for scope in config["scopes"]):
        raise BadProvider("A scope is one word.")
    if preset != "github" and "openid" not in config["scopes"]:
        config["scopes"] = ["openid", *config["scopes"]]
    if secret is not None and wanted.client_secret is None and known.get("issuer") != issuer:
        # Whoever may change the address must not learn the secret by having it sent there.
        raise BadProvider("The issuer changes, so give the client secret again.")
    if wanted.client_secret is not None:
        secret = auth.seal(settings.secret_key.get_secret_value(), wanted.client_secret)
    return Configured(config, secret)


async def _saml(
    wanted: ProviderFields, known: dict[str, Any], secret: str | None, *, preset: str, private: bool
) -> Configured:
    config: dict[str, Any] = {**dict.fromkeys(_SAML_TEXTS, ""), **dict.fromkeys(_SAML_FLAGS, False), **known}
    for name in (*_SAML_TEXTS, *_SAML_FLAGS):
        value = getattr(wanted, name)
        if value is not None:
            config[name] = value
    if wanted.metadata_url:
        config |= {"metadata_url": wanted.metadata_url}
        config |= (await fetch_metadata(wanted.metadata_url, private=private)).config()
    elif wanted.metadata_xml:
        config |= {"metadata_url": ""} | (await asyncio.to_thread(metadata.read, wanted.metadata_xml)).config()
    elif "entity_id" not in config:
        raise BadProvider(f"The metadata is missing: give its address or its text ({PRESETS[preset].display_name}).")
    for name in ("sso_url", "slo_url", "slo_answer_url"):
        if config.get(name):
            _check_address(config[name], private=private)
    return Configured(config, secret)


async def fetch_metadata(url: str, *, private: bool) -> metadata.Facts:
    """Fetch and read a SAML provider's metadata.

    Raises:
        BadProvider: it says what is wrong.
    """
    try:
        found = await fetch(url, private=private, headers={"Accept": "application/samlmetadata+xml, */*;q=0.5"})
    except CannotFetch as error:
        raise BadProvider(error.message) from None
    if found.status != OK:
        raise BadProvider(f"The metadata's address answers {found.status}.")
    return await asyncio.to_thread(metadata.read, found.body)


def _check_address(url: str, *, private: bool) -> None:
    try:
        check_url(url, private=private)
    except CannotFetch as error:
        raise BadProvider(error.message) from None


def client_of(settings: Settings, provider: IdentityProvider) -> Client:
    """Return what we are to an OpenID provider."""
    config = provider.config
    secret = None
    if provider.secret is not None:
        secret = auth.unseal(settings.secret_key.get_secret_value(), provider.secret)
        if secret is None:
            raise SsoUnreachable("The client secret was sealed with another secret key.")
    return Client(
        name=provider.name,
        preset=provider.preset,
        issuer=config["issuer"],
        client_id=config["client_id"],
        client_secret=secret,
        scopes=tuple(config["scopes"]),
        groups_claim=config["groups_claim"],
        username_claim=config["username_claim"],
        private=provider.managed_by == "platform",
        trust_email=provider.trust_email,
    )


def party_of(settings: Settings, provider: IdentityProvider) -> Any:
    """Return what we are to a SAML provider, a `saml.Party`. It takes a second the first time: call it in a thread."""
    from streamspace.server.sso import saml  # noqa: PLC0415

    config = provider.config
    sealed = auth.unseal(settings.secret_key.get_secret_value(), provider.secret or "")
    if sealed is None:
        raise SsoUnreachable("Our key for this provider was sealed with another secret key.")
    keys = orjson.loads(sealed)
    places = addresses.saml_addresses(settings, provider.name)
    return saml.Party(
        name=provider.name,
        entity_id=places["entityId"],
        acs_url=places["acsUrl"],
        slo_url=places["sloUrl"],
        key_pem=keys["key"],
        certificate_pem=keys["certificate"],
        provider=metadata.facts_of(config),
        trust_email=provider.trust_email,
        want_response_signed=config["want_response_signed"],
        **{name: config[name] for name in _SAML_TEXTS},
    )
