"""What providers say about themselves: their endpoints and keys."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from authlib.oidc.discovery import OpenIDProviderMetadata
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from streamspace.server.sso.clients import Client, an_object, ask
from streamspace.server.sso.errors import SsoUnreachable


@dataclass(slots=True)
class _Known:
    metadata: dict[str, Any]
    fetched: float
    keys: KeySet | None = None
    keys_fetched: float = float("-inf")


@dataclass(slots=True)
class _Place:
    known: _Known | None = None
    # One lock a provider: a slow one holds up nobody else.
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Directory:
    """Remembers for a while what providers say about themselves."""

    LASTS_SECONDS = 600.0
    KEYS_AGAIN_SECONDS = 10.0
    """An unknown key is asked for at most so often, or anybody could have us ask."""
    MOST = 500

    def __init__(self) -> None:
        self._places: dict[tuple[str, bool], _Place] = defaultdict(_Place)

    async def metadata(self, client: Client) -> dict[str, Any]:
        """Return the provider's own description.

        Raises:
            SsoUnreachable: there is none, or it describes another provider.
        """
        place = self._place(client)
        async with place.lock:
            return (await self._known(client, place)).metadata

    async def keys(self, client: Client, kid: str | None) -> KeySet:
        """Return the provider's keys, asking again when a token names one that is new.

        Raises:
            SsoUnreachable: they cannot be read.
        """
        place = self._place(client)
        async with place.lock:
            known = await self._known(client, place)
            unknown = known.keys is None or (kid is not None and all(key.kid != kid for key in known.keys.keys))
            if unknown and known.keys_fetched + self.KEYS_AGAIN_SECONDS < time.monotonic():
                known.keys_fetched = time.monotonic()
                known.keys = await _fetch_keys(client, known.metadata["jwks_uri"])
            if known.keys is None:
                raise SsoUnreachable("The provider's keys could not be read.")
            return known.keys

    def forget(self, client: Client) -> None:
        """Ask anew next time."""
        self._places.pop((client.issuer, client.private), None)

    def _place(self, client: Client) -> _Place:
        if len(self._places) >= self.MOST:
            self._places.clear()
        return self._places[client.issuer, client.private]

    async def _known(self, client: Client, place: _Place) -> _Known:
        if place.known is None or place.known.fetched + self.LASTS_SECONDS < time.monotonic():
            place.known = _Known(await discover(client), time.monotonic())
        return place.known


async def discover(client: Client) -> dict[str, Any]:
    """Fetch a provider's description and check that it is its own.

    Raises:
        SsoUnreachable: it says why.
    """
    url = f"{client.issuer.rstrip('/')}/.well-known/openid-configuration"
    found = an_object(await ask(client, url), "discovery document")
    if found.get("issuer") != client.issuer:
        raise SsoUnreachable(f"The discovery document is of the issuer {str(found.get('issuer'))[:200]!r}.")
    metadata = OpenIDProviderMetadata(found)
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not isinstance(metadata.get(name), str) or urlsplit(metadata[name]).scheme not in {"https", "http"}:
            raise SsoUnreachable(f"The discovery document has no {name}.")
    return dict(metadata)


async def _fetch_keys(client: Client, url: str) -> KeySet:
    found = an_object(await ask(client, url), "key set").get("keys")
    usable = [
        key
        for key in (found if isinstance(found, list) else [])[:100]
        if isinstance(key, dict) and key.get("kty") in {"RSA", "EC", "OKP"} and key.get("use", "sig") == "sig"
    ]
    try:
        return KeySet.import_key_set({"keys": usable})
    except (JoseError, ValueError, TypeError, KeyError):
        raise SsoUnreachable("The provider's keys cannot be read.") from None
