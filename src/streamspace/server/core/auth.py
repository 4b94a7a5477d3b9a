"""Passwords and tokens."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

import bcrypt
import jwt
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from streamspace.server.core.errors import Unauthenticated

BCRYPT_COST = 11
LONGEST_PASSWORD_BYTES = 1024
_ALGORITHM = "HS256"
_ISSUER = "streamspace"
_NOBODY = bcrypt.hashpw(b"nobody has this password", bcrypt.gensalt(BCRYPT_COST))


class TokenExpired(Unauthenticated):
    """Your sign-in must be renewed."""

    code = "token_expired"


def _digest(password: str) -> bytes:
    # bcrypt reads 72 bytes only; hashing first makes every byte of a long password count.
    return hashlib.sha256(password.encode()).hexdigest().encode()


async def hash_password(password: str) -> str:
    """Hash a password, away from the event loop."""
    return (await asyncio.to_thread(bcrypt.hashpw, _digest(password), bcrypt.gensalt(BCRYPT_COST))).decode()


async def password_matches(password: str, hashed: str | None) -> bool:
    """Compare in the same time whether or not there is a hash to compare with."""
    same = await asyncio.to_thread(bcrypt.checkpw, _digest(password), hashed.encode() if hashed else _NOBODY)
    return same and hashed is not None


def hash_secret(secret: str) -> str:
    """Hash a 256-bit secret of ours, which needs no salt and no slowness."""
    return hashlib.sha256(secret.encode()).hexdigest()


def keyed_hash(settings_key: str, purpose: str, text: str) -> str:
    """Hash what is too short for a plain hash, so that a copy of the database alone does not help to guess it."""
    return hmac.new(_derived(settings_key, purpose), text.encode(), hashlib.sha256).hexdigest()


def seal(settings_key: str, text: str) -> str:
    """Encrypt a secret that we must read again, so that a copy of the database alone does not show it."""
    return _sealer(settings_key).encrypt(text.encode()).decode()


def unseal(settings_key: str, sealed: str) -> str | None:
    """Decrypt what `seal` made; None if it was made with another key."""
    try:
        return _sealer(settings_key).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _sealer(settings_key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derived(settings_key, "sealed values")))


def _derived(settings_key: str, purpose: str) -> bytes:
    info = f"streamspace {purpose}".encode()
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(settings_key.encode())


def sign_token(key: str, *, user_id: str, org_id: str, login_id: str, now: datetime, lifetime: timedelta) -> str:
    """Make an access token. It names the login; rights are looked up at each request."""
    claims = {
        "iss": _ISSUER,
        "sub": user_id,
        "org": org_id,
        "login": login_id,
        "iat": int(now.timestamp()),
        "exp": int((now + lifetime).timestamp()),
    }
    return jwt.encode(claims, key, algorithm=_ALGORITHM)


def read_token(key: str, token: str) -> dict[str, Any]:
    """Verify an access token and return its claims.

    Raises:
        TokenExpired: it was good once.
        Unauthenticated: it never was.
    """
    try:
        return jwt.decode(
            token,
            key,
            algorithms=[_ALGORITHM],
            issuer=_ISSUER,
            options={"require": ["exp", "sub", "org", "login"]},
        )
    except jwt.ExpiredSignatureError:
        raise TokenExpired from None
    except jwt.InvalidTokenError:
        raise Unauthenticated from None
