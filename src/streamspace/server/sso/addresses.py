"""Our own addresses that providers are told, where browsers go afterwards, and what travels through their hands."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import orjson

from streamspace.server.core import auth
from streamspace.server.core.settings import Settings

LIFETIME = timedelta(minutes=15)
"""How long somebody may take at the provider."""
LONGEST_NEXT = 500
_LONGEST_STATE = 4000
_BROWSER_BYTES, _MAC_BYTES, _RANDOM_BYTES = 16, 20, 12


def base(settings: Settings) -> str:
    """Return where the API is for browsers and providers."""
    return f"{settings.resolved_public_url}/api/v1/auth"


def login_path(kind: str, name: str) -> str:
    """Return where a sign-in begins."""
    return f"/api/v1/auth/{kind}/{name}/login"


def oidc_addresses(settings: Settings, name: str) -> dict[str, str]:
    """Return what an OpenID provider must be told."""
    here = f"{base(settings)}/oidc/{name}"
    return {
        "redirectUri": f"{here}/callback",
        "backchannelLogoutUri": f"{here}/backchannel-logout",
        "postLogoutRedirectUri": f"{settings.resolved_public_url}/login",
    }


def saml_addresses(settings: Settings, name: str) -> dict[str, str]:
    """Return what a SAML provider must be told."""
    here = f"{base(settings)}/saml/{name}"
    return {
        "entityId": f"{here}/metadata",
        "metadataUrl": f"{here}/metadata",
        "acsUrl": f"{here}/acs",
        "sloUrl": f"{here}/slo",
    }


def safe_next(wanted: str | None) -> str:
    """Return a path of this site; anything else becomes the first page.

    Browsers take `//host`, and with backslashes or control characters even more, for another site.
    """
    if (
        wanted is None
        or not wanted.startswith("/")
        or wanted.startswith(("//", "/api/"))
        or len(wanted) > LONGEST_NEXT
        or not wanted.isascii()
        or any(character <= " " or character in '\\"<>\x7f' for character in wanted)
    ):
        return "/"
    return wanted


def sign_in_page(to: str, **said: str) -> str:
    """Return the sign-in page with what it should say."""
    query = said | ({"next": to} if to != "/" else {})
    return f"/login?{urlencode(query)}" if query else "/login"


def second_step(to: str, token: str, methods: list[str]) -> str:
    """Return the sign-in page where it asks for the second factor; a fragment reaches no server and no log."""
    return f"{sign_in_page(to)}#{urlencode({'mfaToken': token, 'methods': ','.join(methods)})}"


def fingerprint(browser: str) -> str:
    """Return what is known of a browser's secret without being it."""
    return hashlib.sha256(f"sso {browser}".encode()).hexdigest()[: 2 * _BROWSER_BYTES]


def seal_state(settings: Settings, kind: str, payload: dict[str, Any], now: datetime) -> str:
    """Hand something to a browser that comes back unread and unchanged; nothing is kept here meanwhile."""
    until = int((now + LIFETIME).timestamp())
    text = orjson.dumps({**payload, "kind": kind, "until": until}).decode()
    return auth.seal(settings.secret_key.get_secret_value(), text)


def unseal_state(settings: Settings, kind: str, state: str | None, now: datetime) -> dict[str, Any] | None:
    """Return what was handed out; None if it was not, or too long ago."""
    if state is None or len(state) > _LONGEST_STATE or not state.isascii():
        return None
    text = auth.unseal(settings.secret_key.get_secret_value(), state)
    found = orjson.loads(text) if text is not None and text.startswith("{") else None
    if not isinstance(found, dict) or found.get("kind") != kind or found.get("until", 0) < now.timestamp():
        return None
    return found


def new_request_id(settings: Settings, provider_id: str, browser: str, now: datetime) -> str:
    """Name a SAML request so that its answer shows that we asked, when, and in which browser.

    A cross-site POST brings no cookies, and nothing is kept of anonymous requests, so the name itself must tell.
    """
    until = struct.pack(">Q", int((now + LIFETIME).timestamp()))
    told = until + secrets.token_bytes(_RANDOM_BYTES) + bytes.fromhex(fingerprint(browser))
    return "_" + base64.urlsafe_b64encode(told + _mac(settings, provider_id, told)).decode().rstrip("=")


def asked_by(settings: Settings, provider_id: str, request_id: str, now: datetime) -> str | None:
    """Return the fingerprint of the browser in which we asked this; None if we did not, or too long ago."""
    if not request_id.startswith("_") or not request_id.isascii():
        return None
    text = request_id[1:]
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != 8 + _RANDOM_BYTES + _BROWSER_BYTES + _MAC_BYTES:
        return None
    told, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(settings, provider_id, told)):
        return None
    if struct.unpack(">Q", told[:8])[0] < now.timestamp():
        return None
    return told[8 + _RANDOM_BYTES :].hex()


def _mac(settings: Settings, provider_id: str, told: bytes) -> bytes:
    key = hashlib.sha256(b"saml requests " + settings.secret_key.get_secret_value().encode()).digest()
    return hmac.digest(key, provider_id.encode() + told, "sha256")[:_MAC_BYTES]
