"""SAML messages in a query: compressed, and signed as the text they were sent as."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Sequence
from urllib.parse import unquote_plus

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from streamspace.server.sso.document import LARGEST_BYTES, SIGNATURES, BadDocument

_HASHES: dict[str, hashes.HashAlgorithm] = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}

_MOST_PARTS = 20


def inflated(encoded: str) -> bytes:
    """Unpack a message, however large it says it is.

    Raises:
        BadDocument: it cannot be unpacked.
    """
    try:
        unpacker = zlib.decompressobj(-15)
        found = unpacker.decompress(base64.b64decode(encoded, validate=True), LARGEST_BYTES)
    except (zlib.error, binascii.Error, ValueError):
        raise BadDocument("It cannot be unpacked.") from None
    if unpacker.unconsumed_tail:
        raise BadDocument("It is too large.")
    return found


def verified(query: str, certificates: Sequence[str]) -> tuple[str, str] | None:
    """Return the message and the relay state of a query that one of these certificates' keys signed.

    The signature is over the text as it was sent, because senders differ in how they escape.
    """
    pairs = [pair.partition("=") for pair in query.split("&")]
    parts = {name: value for name, _, value in pairs}
    message = "SAMLRequest" if "SAMLRequest" in parts else "SAMLResponse"
    if len(parts) != len(pairs) or not {message, "SigAlg", "Signature"} <= parts.keys() or len(parts) > _MOST_PARTS:
        return None
    algorithm = unquote_plus(parts["SigAlg"])
    if algorithm not in SIGNATURES:
        return None
    text = "&".join(f"{name}={parts[name]}" for name in (message, "RelayState", "SigAlg") if name in parts).encode()
    try:
        signature = base64.b64decode(unquote_plus(parts["Signature"]), validate=True)
    except (binascii.Error, ValueError):
        return None
    if not any(_fits(certificate, algorithm, signature, text) for certificate in certificates):
        return None
    return unquote_plus(parts[message]), unquote_plus(parts.get("RelayState", ""))


def _fits(certificate: str, algorithm: str, signature: bytes, text: bytes) -> bool:
    key = x509.load_der_x509_certificate(base64.b64decode(certificate)).public_key()
    digest = _HASHES[algorithm[-3:]]
    try:
        if isinstance(key, rsa.RSAPublicKey) and "#rsa-" in algorithm:
            key.verify(signature, text, padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey) and "#ecdsa-" in algorithm:
            key.verify(signature, text, ec.ECDSA(digest))
        else:
            return False
    except InvalidSignature:
        return False
    return True
