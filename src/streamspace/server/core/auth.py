"""Passwords and tokens."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import datetime, timedelta
from typing import Any

import bcrypt
import jwt

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
