"""An authenticator in software: makes passkeys and signs with them, as a security key or a telephone does."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Passkey:
    id: bytes
    key: Any
    user_handle: bytes
    count: int = 0


@dataclass
class Authenticator:
    """What a browser and its authenticator do, with every lie that a test may want to tell."""

    origin: str
    algorithm: str = "ES256"
    attestation: str = "none"
    verifies: bool = True
    counts: bool = True
    passkeys: list[Passkey] = field(default_factory=list)

    def create(self, options: dict[str, Any], **lies: Any) -> dict[str, Any]:
        """Answer `navigator.credentials.create`."""
        passkey = Passkey(secrets.token_bytes(32), self._key(), unb64(options["user"]["id"]))
        self.passkeys.append(passkey)
        client = self._client("webauthn.create", options, lies)
        attested = bytes(16) + len(passkey.id).to_bytes(2) + passkey.id + cbor2.dumps(self._cose(passkey.key))
        data = self._data(lies.get("rp_id", options["rp"]["id"]), passkey, attested)
        statement: dict[str, Any] = {}
        if self.attestation == "packed":
            statement = {"alg": self._cose(passkey.key)[3], "sig": self._sign(passkey.key, data, client)}
        made = cbor2.dumps({"fmt": self.attestation, "attStmt": statement, "authData": data})
        return self._credential(
            passkey, {"clientDataJSON": b64(client), "attestationObject": b64(made), "transports": ["internal", "x"]}
        )

    def get(self, options: dict[str, Any], *, passkey: Passkey | None = None, **lies: Any) -> dict[str, Any]:
        """Answer `navigator.credentials.get`."""
        allowed = {unb64(one["id"]) for one in options.get("allowCredentials", [])}
        passkey = passkey or next(one for one in self.passkeys if not allowed or one.id in allowed)
        client = self._client("webauthn.get", options, lies)
        data = self._data(lies.get("rp_id", options["rpId"]), passkey)
        key = lies.get("key", passkey.key)
        return self._credential(
            passkey,
            {
                "clientDataJSON": b64(client),
                "authenticatorData": b64(data),
                "signature": b64(self._sign(key, data, client)),
                "userHandle": b64(lies.get("user_handle", passkey.user_handle)),
            },
        )

    def _client(self, kind: str, options: dict[str, Any], lies: dict[str, Any]) -> bytes:
        said = {
            "type": lies.get("type", kind),
            "challenge": lies.get("challenge", options["challenge"]),
            "origin": lies.get("origin", self.origin),
            "crossOrigin": False,
        }
        return json.dumps(said).encode()

    def _data(self, rp_id: str, passkey: Passkey, attested: bytes = b"") -> bytes:
        passkey.count += self.counts
        flags = PRESENT | (VERIFIED if self.verifies else 0) | (ATTESTED if attested else 0)
        return hashlib.sha256(rp_id.encode()).digest() + bytes([flags]) + passkey.count.to_bytes(4) + attested

    def _key(self) -> Any:
        if self.algorithm == "RS256":
            return rsa.generate_private_key(65537, 2048)
        return (
            ed25519.Ed25519PrivateKey.generate()
            if self.algorithm == "EdDSA"
            else ec.generate_private_key(ec.SECP256R1())
        )

    def _cose(self, key: Any) -> dict[int, Any]:
        if self.algorithm == "EdDSA":
            return {1: 1, 3: -8, -1: 6, -2: key.public_key().public_bytes_raw()}
        numbers = key.public_key().public_numbers()
        if self.algorithm == "RS256":
            return {1: 3, 3: -257, -1: numbers.n.to_bytes(256), -2: numbers.e.to_bytes(3)}
        return {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}

    def _sign(self, key: Any, data: bytes, client: bytes) -> bytes:
        signed = data + hashlib.sha256(client).digest()
        if isinstance(key, ed25519.Ed25519PrivateKey):
            return key.sign(signed)
        if isinstance(key, rsa.RSAPrivateKey):
            return key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
        signature: bytes = key.sign(signed, ec.ECDSA(hashes.SHA256()))
        return signature

    def _credential(self, passkey: Passkey, response: dict[str, Any]) -> dict[str, Any]:
        return {"id": b64(passkey.id), "rawId": b64(passkey.id), "type": "public-key", "response": response}
