"""What can be done with API keys."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from streamspace.kit import durations, ids
from streamspace.server.core import auth, lists, permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.errors import BadDuration, ForeignAddress, Unauthenticated
from streamspace.server.core.permissions import KEY_SCOPES, Action, Actor, OrgRole, Role
from streamspace.server.gateways import service as gateways
from streamspace.server.keys import queries
from streamspace.server.keys.errors import (
    BadExpiry,
    BadNetwork,
    NoSuchKey,
    StrongerKey,
    TooManyKeys,
    UnknownScope,
)
from streamspace.server.keys.models import ApiKey
from streamspace.server.keys.schemas import KeyIn, KeyOut, key_out
from streamspace.server.keys.use import KeyUse
from streamspace.server.users import service as users

PREFIX = "sk_"
MOST_KEYS = 100
_SHOWN_CHARACTERS = 11
_LONGEST_LIFE = timedelta(days=3660)


async def list_keys(
    uow: UnitOfWork, actor: Actor, *, own: bool, limit: int, cursor: str | None
) -> tuple[list[KeyOut], int, str | None]:
    """Return a page of keys: the actor's own, or all they may manage."""
    rows, total = await queries.page(uow.db, actor, own=own, limit=limit, after=lists.after(cursor, datetime, str))
    rows, following = lists.cut(rows, limit, lambda row: (row.ApiKey.created_at, row.ApiKey.id))
    return [key_out(row.ApiKey, row.username, uow.now()) for row in rows], total, following


async def get(uow: UnitOfWork, actor: Actor, key_id: str) -> KeyOut:
    """Return one key, without the key itself."""
    key, username = await _visible(uow, actor, key_id)
    return key_out(key, username, uow.now())


async def _visible(uow: UnitOfWork, actor: Actor, key_id: str) -> tuple[ApiKey, str]:
    row = await queries.visible(uow.db, actor, key_id)
    if row is None:
        raise NoSuchKey
    return row.ApiKey, row.username


async def create(uow: UnitOfWork, actor: Actor, wanted: KeyIn) -> tuple[ApiKey, str]:
    """Make a key for the actor, in the organisation they are in. Returns it, and its secret, which is kept nowhere.

    Raises:
        UnknownScope, BadNetwork, BadExpiry, BadDuration: malformed.
        StrongerKey: a key asks, for more than it may itself.
    """
    permissions.require(actor, Action.KEY_MANAGE, owner_id=actor.id, org_id=actor.org_id)
    if unknown := [name for name in wanted.scopes if name not in KEY_SCOPES]:
        raise UnknownScope(f"There is no scope {unknown[0]!r}. /api/v1/api-keys/scopes lists them.")
    networks = [_network(text) for text in wanted.allowed_ips]
    expires_at = _expiry(uow.now(), wanted)
    maker = await uow.db.get(ApiKey, actor.key_id) if actor.key_id is not None else None
    if maker is not None:
        _check_not_stronger(actor, maker, wanted, networks, expires_at)
    await users.hold(uow, actor.id)
    if await queries.count_of(uow.db, actor.id) >= MOST_KEYS:
        raise TooManyKeys
    secret = f"{PREFIX}{secrets.token_urlsafe(32)}"
    key = ApiKey(
        id=ids.uid(),
        org_id=actor.org_id,
        user_id=actor.id,
        name=wanted.name,
        description=wanted.description,
        hashed=auth.hash_secret(secret),
        prefix=secret[:_SHOWN_CHARACTERS],
        scopes=list(dict.fromkeys(wanted.scopes)),
        allowed_ips=[str(network) for network in networks],
        rate_limit=wanted.rate_limit,
        made_by_key=actor.key_id,
        use_count=0,
        expires_at=expires_at,
        created_at=uow.now(),
    )
    uow.db.add(key)
    await uow.db.flush()
    made = {"name": key.name, "scopes": key.scopes, "allowed_ips": key.allowed_ips}
    uow.note("key.created", "key", key.id, after=made | {"expires_at": str(expires_at) if expires_at else None})
    return key, secret


Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        raise BadNetwork from None


def _expiry(now: datetime, wanted: KeyIn) -> datetime | None:
    at = wanted.expires_at
    if wanted.expires_in is not None:
        try:
            at = now + durations.parse(wanted.expires_in)
        except (ValueError, OverflowError):
            raise BadDuration from None
    if at is None:
        return None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    if not now < at <= now + _LONGEST_LIFE:
        raise BadExpiry
    return at


def _check_not_stronger(
    actor: Actor, maker: ApiKey, wanted: KeyIn, networks: Sequence[Network], expires_at: datetime | None
) -> None:
    asked = permissions.actions_of(wanted.scopes)
    if actor.only is None or not asked <= actor.only:
        raise StrongerKey
    if maker.expires_at is not None and (expires_at is None or expires_at > maker.expires_at):
        raise StrongerKey
    if wanted.rate_limit > maker.rate_limit:
        raise StrongerKey
    if maker.allowed_ips:
        allowed = [_network(text) for text in maker.allowed_ips]
        if not networks or not all(any(_within(inner, outer) for outer in allowed) for inner in networks):
            raise StrongerKey


def _within(inner: Network, outer: Network) -> bool:
    return (
        inner.version == outer.version
        and int(outer.network_address) <= int(inner.network_address)
        and int(inner.broadcast_address) <= int(outer.broadcast_address)
    )


async def revoke(uow: UnitOfWork, actor: Actor, key_id: str) -> KeyOut:
    """Make a key useless, now: its requests are refused, its sockets and streams close. Doing it twice is fine."""
    key, username = await _visible(uow, actor, key_id)
    if key.revoked_at is None:
        key.revoked_at = uow.now()
        await uow.db.flush()
        await gateways.revoke(uow, "login", key.id)
        uow.note("key.revoked", "key", key.id, before={"name": key.name, "user_id": key.user_id}, org_id=key.org_id)
    return key_out(key, username, uow.now())


async def remove(uow: UnitOfWork, actor: Actor, key_id: str) -> None:
    """Revoke a key and forget it."""
    key, _ = await _visible(uow, actor, key_id)
    await gateways.revoke(uow, "login", key.id)
    uow.note("key.removed", "key", key.id, before={"name": key.name, "user_id": key.user_id}, org_id=key.org_id)
    await uow.db.delete(key)


async def remove_all_of(uow: UnitOfWork, user_id: str) -> None:
    """Forget all keys of a person who is gone; the caller has checked that the actor may."""
    await queries.drop_of(uow.db, user_id)


async def authenticate(uow: UnitOfWork, use: KeyUse, secret: str, ip: str) -> Actor:
    """Return for whom a key speaks, with the roles they have now and what the key leaves of them.

    Raises:
        Unauthenticated: the key is not ours, was revoked, has expired, or its person is gone.
        ForeignAddress: it may not be used from there.
        KeyExhausted: it was used too often.
    """
    found = await queries.with_user(uow.db, auth.hash_secret(secret))
    if (
        found is None
        or found.revoked_at is not None
        or (found.expires_at is not None and found.expires_at <= uow.now())
        or not found.active
        or found.org_role is None
        or found.status != "active"
    ):
        raise Unauthenticated
    if found.allowed_ips and not _from(ip, found.allowed_ips):
        raise ForeignAddress
    use.note(found.key_id, found.rate_limit, ip, uow.now())
    return Actor(
        id=found.id,
        username=found.username,
        org_id=found.org_id,
        role=Role(found.role),
        org_role=OrgRole(found.org_role),
        login_id=found.key_id,
        key_id=found.key_id,
        only=permissions.actions_of(name for name in found.scopes if name in KEY_SCOPES),
    )


def _from(ip: str, networks: Sequence[str]) -> bool:
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    return any(mapped in ipaddress.ip_network(network) for network in networks)


async def write_use(uow: UnitOfWork, use: KeyUse) -> None:
    """Write down how often keys were used since the last time."""
    for key_id, used in use.taken().items():
        await queries.used(uow.db, key_id, times=used.times, at=used.at, ip=used.ip)
