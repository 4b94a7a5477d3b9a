"""Passkeys (WebAuthn): what the browser is asked, and whether its answer is right. Knows no database."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import structlog
import webauthn
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import base64url_to_bytes, options_to_json_dict
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from streamspace.server.mfa.errors import BadPasskey, PasskeysNeedName, PasskeysNeedTls
from streamspace.server.mfa.models import MfaMethod

log = structlog.get_logger(__name__)

PRODUCT = "StreamSpace"
LONGEST_REASON = 200
_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRANSPORTS = {transport.value for transport in AuthenticatorTransport}


@dataclass(frozen=True, slots=True)
class Site:
    """Whom a passkey is for: its RP id, and the one origin whose pages may ask for it."""

    id: str
    origin: str


def site(public_url: str) -> Site:
    """Return the site that browsers see.

    Raises:
        PasskeysNeedName: it has only an address.
        PasskeysNeedTls: browsers offer no passkeys there.
    """
    parts = urlsplit(public_url)
    host = (parts.hostname or "").encode("idna").decode()
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        raise PasskeysNeedName
    if parts.scheme != "https" and host != "localhost" and not host.endswith(".localhost"):
        raise PasskeysNeedTls
    port = "" if parts.port in {None, _DEFAULT_PORTS.get(parts.scheme)} else f":{parts.port}"
    return Site(host, f"{parts.scheme}://{host}{port}")


def creation_options(
    to: Site, challenge: bytes, *, user_id: str, username: str, full_name: str, known: Iterable[MfaMethod]
) -> dict[str, Any]:
    """Return what `navigator.credentials.create` is given."""
    options = webauthn.generate_registration_options(
        rp_id=to.id,
        rp_name=PRODUCT,
        user_id=user_id.encode(),
        user_name=username,
        user_display_name=full_name or username,
        challenge=challenge,
        exclude_credentials=_descriptors(known),
        # Preferred, not required: an old security key is still a good second factor.
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )
    return options_to_json_dict(options)


def request_options(to: Site, challenge: bytes, *, known: Iterable[MfaMethod], alone: bool) -> dict[str, Any]:
    """Return what `navigator.credentials.get` is given; `alone` is without a password before."""
    need = UserVerificationRequirement.REQUIRED if alone else UserVerificationRequirement.PREFERRED
    options = webauthn.generate_authentication_options(
        rp_id=to.id, challenge=challenge, allow_credentials=_descriptors(known), user_verification=need
    )
    return options_to_json_dict(options)


def created(to: Site, challenge: bytes, credential: dict[str, Any]) -> VerifiedRegistration:
    """Return the passkey that a browser made.

    Raises:
        BadPasskey: it does not answer this challenge, or cannot be read.
    """
    try:
        return webauthn.verify_registration_response(
            credential=credential, expected_challenge=challenge, expected_rp_id=to.id, expected_origin=to.origin
        )
    except Exception as error:  # noqa: BLE001 - the parsers below raise whatever hostile bytes make them raise
        log.info("passkey_refused", reason=str(error)[:LONGEST_REASON])
        raise BadPasskey from None


def answered(
    to: Site, challenge: bytes, credential: dict[str, Any], method: MfaMethod, *, alone: bool
) -> VerifiedAuthentication | None:
    """Return how a passkey answered; None if it did not, or counts backwards as a copied one does."""
    try:
        handle = credential["response"].get("userHandle")
        if handle is not None and base64url_to_bytes(handle) != method.user_id.encode():
            return None
        return webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=to.id,
            expected_origin=to.origin,
            credential_public_key=base64url_to_bytes(method.public_key or ""),
            credential_current_sign_count=method.sign_count,
            require_user_verification=alone,
        )
    except Exception as error:  # noqa: BLE001 - the parsers below raise whatever hostile bytes make them raise
        log.info("passkey_refused", method=method.id, reason=str(error)[:LONGEST_REASON])
        return None


def known_transports(given: Sequence[str]) -> list[str]:
    """Return those of a browser's names for transports that we can give back to it."""
    return sorted(_TRANSPORTS & set(given))


def _descriptors(methods: Iterable[MfaMethod]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(method.credential_id),
            transports=[AuthenticatorTransport(name) for name in method.transports] or None,
        )
        for method in methods
        if method.credential_id
    ]
