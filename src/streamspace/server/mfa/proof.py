"""Who changes how they prove who they are, proves it once more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from streamspace.server.core import auth
from streamspace.server.core.attempts import Attempts
from streamspace.server.core.db import Database
from streamspace.server.core.errors import NotFound
from streamspace.server.core.permissions import Actor
from streamspace.server.mfa.errors import ReauthenticationRequired
from streamspace.server.users import service as users

FRESH = timedelta(minutes=15)
"""A sign-in younger than this still proves who is there."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody shows, and from where."""

    attempts: Attempts
    address: str
    password: str | None


async def require(database: Database, actor: Actor, given: Proof, *, adding: bool) -> None:
    """Let on only who shows that they are still the one who signed in.

    Whoever finds a screen unlocked, or stole a token, could else add a passkey and come back for good. People with a
    password give it, and need not just after they signed in if they only add; others must have signed in just now.

    Raises:
        ReauthenticationRequired: they do not show it.
        TooManyAttempts: too many wrong passwords.
    """
    async with database.work(write=False) as uow:
        user = await users.get_by_id(uow, actor.id)
        fresh = actor.signed_in_at is not None and uow.now() - actor.signed_in_at < FRESH
    if user is None:
        raise NotFound
    local = user.provider == "local" and user.password_hash is not None
    if given.password is None or not local:
        if not fresh or (local and not adding):
            raise ReauthenticationRequired
        return
    with given.attempts.one(f"name:{user.username.lower()}", f"ip:{given.address}") as attempt:
        # The slow hash runs outside of transactions.
        if not await auth.password_matches(given.password, user.password_hash):
            raise ReauthenticationRequired("This password is wrong.")
        attempt.succeeded()
