"""The signed tokens of streams and files: made by one program, verified by another, without asking anybody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar

import jwt
from pydantic import ValidationError

from streamspace.protocol.files import FILES_AUDIENCE, FILES_SECONDS, FilesToken
from streamspace.protocol.streams import (
    AGENT_AUDIENCE,
    ALGORITHM,
    COOKIE_AUDIENCE,
    GATEWAY_AUDIENCE,
    TICKET_AUDIENCE,
    TICKET_SECONDS,
    AgentToken,
    GatewayToken,
    StreamCookie,
    Ticket,
)

LONGEST = 4096
SHORTEST_SECRET = 32
LEEWAY_SECONDS = 5
"""How far the clocks of control plane and gateway may be apart."""

Claims = Ticket | StreamCookie | AgentToken | GatewayToken | FilesToken
C = TypeVar("C", Ticket, StreamCookie, AgentToken, GatewayToken, FilesToken)

_AUDIENCES: dict[type[Claims], str] = {
    Ticket: TICKET_AUDIENCE,
    StreamCookie: COOKIE_AUDIENCE,
    AgentToken: AGENT_AUDIENCE,
    GatewayToken: GATEWAY_AUDIENCE,
    FilesToken: FILES_AUDIENCE,
}
_LONGEST_LIVES: dict[type[Claims], int] = {Ticket: TICKET_SECONDS, FilesToken: FILES_SECONDS}
"""Of those that say when they were made; nobody is believed who makes them last longer."""


class BadToken(Exception):  # noqa: N818
    """The token is not one of ours, is for something else, or is over."""


class Expired(BadToken):
    """The token is over."""


def mint(claims: Claims, secret: str, *, issued_at: datetime | None = None) -> str:
    """Sign claims. `issued_at` adds the standard `iat` to those whose model has none.

    Raises:
        ValueError: the secret has fewer than 32 characters.
    """
    _check_secret(secret)
    body = claims.model_dump(mode="json", by_alias=True, exclude_none=True)
    if issued_at is not None:
        body.setdefault("iat", issued_at.timestamp())
    return jwt.encode(body, secret, algorithm=ALGORITHM)


def mint_agent_token(agent_id: str, secret: str, now: datetime, lifetime: timedelta) -> str:
    """Sign what an agent shows to gateways; its `iat` lets a revocation of the agent outlive its old tokens."""
    claims = AgentToken(agent_id=agent_id, exp=(now + lifetime).timestamp())
    return mint(claims, secret, issued_at=now)


def mint_gateway_token(gateway_id: str, secret: str, now: datetime) -> str:
    """Sign what a gateway shows to the control plane, valid for a minute."""
    claims = GatewayToken(gateway_id=gateway_id, exp=now.timestamp() + 60)
    return mint(claims, secret, issued_at=now)


def verify(kind: type[C], token: str, secret: str, now: datetime) -> C:
    """Return the claims of a token that is whole, ours, of this kind and not over.

    Raises:
        Expired: it was good once.
        BadToken: anything else.
    """
    _check_secret(secret)
    if len(token) > LONGEST or not token.isascii():
        raise BadToken
    required = ["aud", "exp", *(["iat", "jti"] if kind in _LONGEST_LIVES else [])]
    # The time is an argument here, so the library's own clock stays out of it.
    options = {"require": required, "verify_exp": False, "verify_iat": False, "verify_nbf": False}
    try:
        body = jwt.decode(token, secret, algorithms=[ALGORITHM], audience=_AUDIENCES[kind], options=options)  # type: ignore[arg-type]
        claims = kind.model_validate(body)
    except (jwt.InvalidTokenError, ValidationError, ValueError, RecursionError) as error:
        raise BadToken from error
    _check_times(claims, now.timestamp())
    return claims


def issued_at(token: str) -> float:
    """Return the `iat` of a token that `verify` accepted; 0 if it has none."""
    value = jwt.decode(token, options={"verify_signature": False}).get("iat", 0)
    return float(value) if isinstance(value, int | float) else 0.0


def _check_secret(secret: str) -> None:
    if len(secret) < SHORTEST_SECRET:
        raise ValueError(f"The gateways' secret needs at least {SHORTEST_SECRET} characters.")


def _check_times(claims: Claims, now: float) -> None:
    # "not <" also refuses NaN.
    if not now - LEEWAY_SECONDS < claims.exp:
        raise Expired
    longest = _LONGEST_LIVES.get(type(claims))
    if isinstance(claims, Ticket | FilesToken) and not (
        claims.iat <= now + LEEWAY_SECONDS and 0 < claims.exp - claims.iat <= (longest or 0)
    ):
        raise BadToken
