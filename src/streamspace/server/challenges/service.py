"""What can be done with challenges."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from streamspace.kit import ids
from streamspace.server.challenges import queries
from streamspace.server.challenges.models import Challenge
from streamspace.server.core import auth
from streamspace.server.core.db import UnitOfWork


async def issue(uow: UnitOfWork, kind: str, payload: dict[str, Any], lifetime: timedelta) -> str:
    """Return a secret that brings the payload back, once, until the lifetime is over."""
    secret = ids.secret()
    uow.db.add(Challenge(hashed=auth.hash_secret(secret), kind=kind, payload=payload, expires_at=uow.now() + lifetime))
    await uow.db.flush()
    return secret


async def redeem(uow: UnitOfWork, kind: str, secret: str) -> dict[str, Any] | None:
    """Return what was kept for this secret and forget it; None if there is nothing, or no more."""
    found = await queries.take(uow.db, auth.hash_secret(secret), kind)
    return found.payload if found is not None and found.expires_at > uow.now() else None


async def peek(uow: UnitOfWork, kind: str, secret: str) -> dict[str, Any] | None:
    """Return what is kept for this secret, and keep it."""
    found = await queries.get(uow.db, auth.hash_secret(secret), kind)
    return found.payload if found is not None and found.expires_at > uow.now() else None


async def first_time(uow: UnitOfWork, kind: str, value: str, lifetime: timedelta) -> bool:
    """Say whether this value was never seen before; it is remembered for the lifetime."""
    try:
        async with uow.db.begin_nested():
            uow.db.add(
                Challenge(
                    hashed=auth.hash_secret(f"{kind}:{value}"),
                    kind=kind,
                    payload={},
                    expires_at=uow.now() + lifetime,
                )
            )
    except IntegrityError:
        return False
    return True


async def forget_expired(uow: UnitOfWork) -> None:
    """Drop what nobody can answer any more."""
    await queries.drop_before(uow.db, uow.now())
