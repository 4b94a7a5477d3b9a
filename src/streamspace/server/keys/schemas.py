from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from streamspace.protocol.base import Wire
from streamspace.server.keys.models import ApiKey


class KeyIn(Wire):
    """A new API key. Without an expiry it lasts until it is revoked."""

    name: str = Field(min_length=1, max_length=100)
    description: str = Field(default="", max_length=500)
    scopes: list[Annotated[str, Field(max_length=50)]] = Field(min_length=1, max_length=50)
    expires_in: str | None = Field(default=None, max_length=20, examples=["30d"])
    expires_at: datetime | None = None
    allowed_ips: list[Annotated[str, Field(max_length=50)]] = Field(default_factory=list, max_length=50)
    rate_limit: int = Field(default=1000, ge=1, le=1_000_000)
    """Requests an hour."""


class KeyOut(Wire):
    """An API key as the API shows it: all but the key."""

    id: str
    user_id: str
    username: str
    org_id: str
    name: str
    description: str
    prefix: str
    scopes: list[str]
    allowed_ips: list[str]
    rate_limit: int
    use_count: int
    last_used_at: datetime | None = None
    last_used_ip: str | None = None
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    active: bool
    created_at: datetime


class MadeKeyOut(KeyOut):
    """A key that was just made; `key` is shown this once."""

    key: str


class KeyList(Wire):
    """A page of API keys."""

    api_keys: list[KeyOut]
    total: int
    next_cursor: str | None = None


class ScopeOut(Wire):
    """A scope and what it lets through."""

    name: str
    actions: list[str]


class ScopeList(Wire):
    """All scopes a key can have."""

    scopes: list[ScopeOut]


def key_out(key: ApiKey, username: str, now: datetime) -> KeyOut:
    """Show a key."""
    usable = key.revoked_at is None and (key.expires_at is None or key.expires_at > now)
    return KeyOut(
        id=key.id,
        user_id=key.user_id,
        username=username,
        org_id=key.org_id,
        name=key.name,
        description=key.description,
        prefix=key.prefix,
        scopes=key.scopes,
        allowed_ips=key.allowed_ips,
        rate_limit=key.rate_limit,
        use_count=key.use_count,
        last_used_at=key.last_used_at,
        last_used_ip=key.last_used_ip,
        expires_at=key.expires_at,
        revoked_at=key.revoked_at,
        active=usable,
        created_at=key.created_at,
    )
