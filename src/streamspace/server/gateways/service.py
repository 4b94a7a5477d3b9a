"""What can be done with gateways."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from streamspace.protocol import control, streams
from streamspace.protocol.tokens import mint, mint_agent_token
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.errors import Unavailable
from streamspace.server.core.settings import Settings
from streamspace.server.gateways import queries
from streamspace.server.gateways.events import GatewaysChanged, StreamsRevoked
from streamspace.server.gateways.models import Gateway

AGENT_TOKEN_LIFETIME = timedelta(days=1)


class NoGateway(Unavailable):
    """No gateway is connected, so the screen cannot be shown. Start one with `streamspace gateway`."""

    code = "no_gateway"


@dataclass(frozen=True, slots=True)
class Online:
    """Which gateways were connected when: ids, and the addresses at which agents reach them."""

    at: datetime
    gateways: list[tuple[str, str]]


async def seen(uow: UnitOfWork, hello: streams.GatewayHello) -> None:
    """Write down a gateway that just connected."""
    await queries.put_gateway(
        uow.db,
        hello.gateway_id,
        public_url=hello.public_url.rstrip("/"),
        agent_url=hello.agent_url.rstrip("/"),
        online=True,
        seen_at=uow.now(),
    )
    uow.announce(GatewaysChanged())


async def left(uow: UnitOfWork, gateway_id: str) -> None:
    """Write down that a gateway's link broke. It goes on serving what is open."""
    gateway = await uow.db.get(Gateway, gateway_id)
    if gateway is not None:
        gateway.online = False
        gateway.seen_at = uow.now()


async def none_connected(uow: UnitOfWork) -> None:
    """Forget who was online when this process last ran; gateways that live dial again."""
    for gateway in await queries.online(uow.db):
        gateway.online = False


async def revoke(uow: UnitOfWork, kind: str, subject: str) -> None:
    """Have every gateway close the streams this names, and refuse what was granted before now."""
    await queries.put_revocation(uow.db, kind, subject, uow.now())
    uow.announce(StreamsRevoked(kind=kind, subject=subject, seconds=uow.now().timestamp()))


async def standing_revocations(uow: UnitOfWork) -> list[streams.Revocation]:
    """Return all that a gateway must know when it connects."""
    rows = await queries.revoked_since(uow.db, uow.now() - timedelta(seconds=streams.COOKIE_SECONDS))
    return [streams.Revocation(kind=row.kind, id=row.subject, at=row.at.timestamp()) for row in rows]


async def forget_old_revocations(uow: UnitOfWork) -> None:
    """Drop revocations of which no cookie can be left."""
    await queries.forget_before(uow.db, uow.now() - timedelta(seconds=streams.COOKIE_SECONDS + 3600))


async def online(uow: UnitOfWork) -> Online:
    """Return the gateways that are connected, and when that was so."""
    return Online(uow.now(), [(gateway.id, gateway.agent_url) for gateway in await queries.online(uow.db)])


def for_agent(settings: Settings, found: Online, agent_id: str) -> control.Streams:
    """List the gateways an agent must dial, each with the token that proves the agent to it."""
    secret = settings.gateway_secret.get_secret_value()
    token = mint_agent_token(agent_id, secret, found.at, AGENT_TOKEN_LIFETIME)
    return control.Streams(
        gateways=[control.Gateway(gateway_id=gateway_id, url=url, token=token) for gateway_id, url in found.gateways]
    )


async def choose(uow: UnitOfWork, session_id: str) -> Gateway:
    """Return the gateway that a session's streams go through; the same one as long as the same ones are connected.

    Raises:
        NoGateway: none is connected.
    """
    gateways: Sequence[Gateway] = await queries.online(uow.db)
    if not gateways:
        raise NoGateway
    return gateways[zlib.crc32(session_id.encode()) % len(gateways)]


def ticket_url(settings: Settings, gateway: Gateway, ticket: streams.Ticket) -> str:
    """Return the address that opens a session once."""
    token = mint(ticket, settings.gateway_secret.get_secret_value())
    return f"{gateway.public_url}{streams.SESSION_PREFIX}{ticket.session_id}/?ticket={token}"
