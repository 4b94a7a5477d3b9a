"""How a stream is opened: tickets, the gateway's links, the agent's dial-back.

A *ticket* is made by the control plane, lives at most 60 s, is used once, and is swapped by the gateway for a
cookie of that session alone. Both are JWTs (HS256) signed with the gateways' secret; the gateway verifies them
without asking anybody. An agent proves itself to a gateway with a token of the same kind, handed to it by the
control plane over the control channel.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from streamspace.protocol.base import Wire
from streamspace.protocol.policies import Clipboard, Policy

ALGORITHM = "HS256"
TICKET_AUDIENCE = "streamspace-ticket"
COOKIE_AUDIENCE = "streamspace-stream"
AGENT_AUDIENCE = "streamspace-agent-link"
GATEWAY_AUDIENCE = "streamspace-gateway"
TICKET_SECONDS = 60
COOKIE_SECONDS = 12 * 3600

GATEWAY_LINK_PATH = "/api/v1/gateways/connect"
"""WebSocket on the control plane, dialled by each gateway with `Authorization: Bearer` and a GATEWAY_AUDIENCE token."""
AGENT_LINK_PATH = "/_agent/link"
"""WebSocket on the gateway, dialled by each agent with `Authorization: Bearer` and an AGENT_AUDIENCE token."""
DIAL_PATH = "/_agent/dial/"
"""Followed by a one-time token: the agent's raw connection for one stream."""
DIAL_SUBPROTOCOL = "streamspace.stream.v1"
SESSION_PREFIX = "/s/"
"""A session is at `/s/{session_id}/` on the gateway, and at the same path inside its engine."""

Role = Literal["controller", "viewer"]


class Ticket(Wire):
    """Claims of a ticket. `iat` and `exp` are the control plane's clock, seconds since 1970."""

    aud: str = TICKET_AUDIENCE
    jti: str
    iat: float
    exp: float
    session_id: str
    agent_id: str
    user_id: str
    login_id: str
    org_id: str = ""
    connection_id: str
    role: Role = "controller"
    policy: Policy | None = None
    """Only what restricts; None: all may cross."""


class StreamCookie(Wire):
    """Claims of the cookie that replaces a ticket; revocations are compared with `granted`, the ticket's `iat`."""

    aud: str = COOKIE_AUDIENCE
    exp: float
    granted: float
    session_id: str
    agent_id: str
    user_id: str
    login_id: str
    org_id: str = ""
    connection_id: str
    role: Role
    policy: Policy | None = None


class AgentToken(Wire):
    """Claims of the token an agent shows to a gateway."""

    aud: str = AGENT_AUDIENCE
    exp: float
    agent_id: str


class GatewayToken(Wire):
    """Claims of the token a gateway shows to the control plane; the gateway makes it itself, valid for a minute."""

    aud: str = GATEWAY_AUDIENCE
    exp: float
    gateway_id: str


# Control plane ↔ gateway, in the envelope of `control`: types `hello`, `revoke`, `streams_changed`.


class GatewayHello(Wire):
    """gateway → control plane, first: where browsers reach it and where agents do."""

    version: int
    gateway_id: str = Field(min_length=1, max_length=100)
    public_url: str
    agent_url: str


class Revocation(Wire):
    """Close what these name and refuse their cookies if granted at or before `at` (a ticket's clock)."""

    kind: Literal["session", "login", "user", "organization", "agent", "connection"]
    id: str
    at: float


class Revoke(Wire):
    """control plane → gateway. On connect it carries all of the last `COOKIE_SECONDS`; `complete` says so."""

    revocations: list[Revocation]
    complete: bool = False


class StreamsChanged(Wire):
    """gateway → control plane: how many streams of a connection are open now."""

    session_id: str
    connection_id: str
    user_id: str
    open: int
    at: datetime


# Gateway ↔ agent, same envelope: types `resolve`, `resolved`, `open`, `failed`, `gone`, `dismiss`.


class Endpoint(Wire):
    """Where a session answers, as its agent sees it. The gateway adds `query` to requests; browsers never see it."""

    kind: Literal["unix", "tcp"]
    path: str | None = None
    host: str | None = None
    port: int | None = None
    query: dict[str, str] = Field(default_factory=dict)
    protocol: Literal["selkies", "vnc", "http"] = "selkies"
    clipboard: Clipboard | None = None
    """Which way a VNC server, whose messages the gateway does not see, lets the clipboard cross; None: nobody says."""


STREAM, FILES = "stream", "files"
"""What of a session a gateway may ask for; an agent that knows only the first answers for that, and says so."""


class Resolve(Wire):
    """gateway → agent: where is this session, for this connection of somebody of this role?

    An older gateway names no connection; an agent that tells connections apart gives each a token of its own.
    """

    request_id: str
    session_id: str
    role: Role
    connection_id: str = ""
    service: str = STREAM


class Resolved(Wire):
    """agent → gateway. `error` is a short code: `not_found`, `not_running`, `not_ready`, `no_files`.

    `service` repeats what was asked for; an agent that does not know the question leaves it out.
    """

    request_id: str
    service: str = STREAM
    endpoint: Endpoint | None = None
    error: str | None = None
    message: str = ""


class Open(Wire):
    """gateway → agent: connect to the session and dial back with this one-time token."""

    token: str
    session_id: str
    service: str = STREAM


class OpenFailed(Wire):
    """agent → gateway: the session did not take the connection."""

    token: str
    message: str


class Dismiss(Wire):
    """gateway → agent: this connection was revoked or has been silent for long; its token must work no more."""

    session_id: str
    connection_id: str


class Gone(Wire):
    """agent → gateway: the session ended or moved; forget its endpoint and close its streams."""

    session_id: str
