"""The agents' control channel: JSON messages in one envelope over a WebSocket that the agent dials.

Names and fields are those of the spec (`agent_protocol`); `hello`, `inventory`, `homes`, `streams`, `query`, `answer`
and `standby` are additions that an older peer may ignore.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, ValidationError

from streamspace.protocol.base import Wire
from streamspace.protocol.policies import Policy

CONNECT_PATH = "/api/v1/agents/connect"
REGISTER_PATH = "/api/v1/agents/register"
HEARTBEAT_PATH = "/api/v1/agents/{agent_id}/heartbeat"
KEY_HEADER = "X-Agent-API-Key"
"""Carries the agent's own key: 64 hexadecimal digits, made by the agent."""
JOIN_HEADER = "X-Agent-Join-Token"
"""Carries the join token at the first registration."""
INSTANCE_HEADER = "X-Agent-Instance"
"""Names the process that speaks for the agent. Of several, one acts and the others stand by."""

REFUSED, TOO_SLOW, HELD, MISFIT = 4401, 4408, 4409, 4426
"""Why the control plane closes a channel: not let in, takes nothing, another process acts, versions that do not fit."""

IMAGE_PHASE = "image"
"""The step of a start that may take long: it is told again and again, and its command waits for it."""

Platform = Literal["kubernetes", "docker", "vm", "cloud", "process"]


class MessageType(StrEnum):
    """Which payload an envelope carries."""

    # control plane → agent
    COMMAND = "command"
    PING = "ping"
    SHUTDOWN = "shutdown"
    STREAMS = "streams"
    QUERY = "query"
    STANDBY = "standby"
    # agent → control plane
    HEARTBEAT = "heartbeat"
    ACK = "ack"
    COMPLETE = "complete"
    FAILED = "failed"
    STATUS = "status"
    PONG = "pong"
    INVENTORY = "inventory"
    HOMES = "homes"
    ANSWER = "answer"
    # both ways, first
    HELLO = "hello"


class Action(StrEnum):
    """What a command orders."""

    START = "start_session"
    STOP = "stop_session"
    HIBERNATE = "hibernate_session"
    WAKE = "wake_session"
    INSTALL_PACKAGES = "install_packages"
    WARM = "warm_session"
    COOL = "cool_session"
    # An administrator's
    PING = "ping"
    INVENTORY = "inventory"
    USAGE = "usage"
    SHUTDOWN = "shutdown"
    RESTART = "restart"


ADMINISTRATORS = frozenset({Action.PING, Action.INVENTORY, Action.USAGE, Action.SHUTDOWN, Action.RESTART})
"""What an administrator may order by hand; the rest follows from what is wanted of sessions."""


LabelKey = Annotated[str, Field(min_length=1, max_length=63, pattern=r"^[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?$")]
LabelValue = Annotated[str, Field(max_length=63, pattern=r"^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$")]


class Envelope(Wire):
    """Every message, both ways."""

    type: str
    timestamp: datetime = Field(default_factory=lambda: datetime.now(UTC))
    payload: dict[str, Any] = Field(default_factory=dict)


class Capacity(Wire):
    """What an agent may use in all."""

    max_sessions: int = Field(ge=0, le=100_000)
    cpu: str = Field(max_length=40)
    memory: str = Field(max_length=40)
    storage: str | None = Field(default=None, max_length=40)


class Registration(Wire):
    """`POST /api/v1/agents/register`."""

    agent_id: str = Field(min_length=3, max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    platform: Platform
    region: str | None = Field(default=None, min_length=2, max_length=50)
    capacity: Capacity | None = None
    metadata: dict[str, Any] | None = None
    labels: dict[LabelKey, LabelValue] | None = Field(default=None, max_length=32)
    """Taken at the first registration; later they are an administrator's to change."""


class Hello(Wire):
    """The first message of either side. Abilities are names such as `packages`, `pause`, `logs`."""

    version: int
    software: str = Field(default="", max_length=100)
    abilities: list[str] = Field(default_factory=list, max_length=100)
    epoch: int | None = None
    """From the control plane: the number under which this process acts from now on."""


class Standby(Wire):
    """Another process acts for this agent; the hello comes when it has gone. Until then, do nothing."""

    reason: str = ""


class Command(Wire):
    """One order. The agent remembers `command_id` and answers a repeated order without doing it twice."""

    command_id: str
    action: str
    payload: dict[str, Any] = Field(default_factory=dict)
    epoch: int | None = None
    """Whose order it is; a process that acts under another number leaves it alone."""


class SessionOrder(Wire):
    """Payload of `start_session` and `wake_session`; the other two need only `session_id`."""

    session_id: str = Field(min_length=1, max_length=63, pattern=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")
    user: str = ""
    user_id: str = ""
    org_id: str = ""
    template: str = ""
    template_manifest: dict[str, Any] = Field(default_factory=dict)
    resources: dict[str, str] = Field(default_factory=dict)
    memory: str = ""
    cpu: str = ""
    persistent_home: bool = True
    environment: dict[str, str] = Field(default_factory=dict)
    tags: list[str] = Field(default_factory=list)
    policy: Policy = Field(default_factory=Policy)
    warm_id: str = Field(default="", max_length=63)
    """The warm session that was set aside for this start, if there was one."""


class WarmOrder(Wire):
    """Payload of `warm_session`; `cool_session` needs only `warm_id`. Only agents with the ability `warm` get them."""

    warm_id: str = Field(min_length=1, max_length=63, pattern=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")
    template_manifest: dict[str, Any] = Field(default_factory=dict)
    resources: dict[str, str] = Field(default_factory=dict)


class PackagesOrder(Wire):
    """Payload of `install_packages`: Debian package names."""

    packages: list[str] = Field(min_length=1, max_length=100)


class Ack(Wire):
    """The command arrived; work begins."""

    command_id: str


class Complete(Wire):
    """The command is done."""

    command_id: str
    result: dict[str, Any] = Field(default_factory=dict)


class Failed(Wire):
    """The command could not be done; `error` is a sentence for the person, `log_tail` the last lines seen."""

    command_id: str
    error: str = Field(max_length=4000)
    code: str = Field(default="failed", max_length=60)
    log_tail: str = Field(default="", max_length=16_000)


class Status(Wire):
    """A session changed. `phase` names the step of a start (`sandbox`, `display`, `engine`, `application`).

    The first of them may be `image`; then it is repeated, with a message that says how far the image is.
    """

    session_id: str
    state: str
    streaming_ready: bool = False
    streaming_port: int | None = None
    phase: str | None = Field(default=None, max_length=60)
    message: str | None = Field(default=None, max_length=4000)
    log_tail: str | None = Field(default=None, max_length=16_000)
    platform_metadata: dict[str, Any] | None = None


class Heartbeat(Wire):
    """Every 10 s.

    `usage` has what the machine uses: `cpuPercent`, `memoryUsedBytes`, `memoryTotalBytes`, `diskFreeBytes`,
    `diskTotalBytes`, `load` (1, 5, 15 minutes); `sessions`, the seconds since each session's last input; and
    `sessionUsage`, what each uses: `cpuCores`, `memoryBytes`, `processes`.
    """

    status: Literal["online", "draining"] = "online"
    active_sessions: int = Field(default=0, ge=0)
    capacity: Capacity | None = None
    usage: dict[str, Any] | None = None


class Reported(Wire):
    """One session as its agent sees it: `starting`, `running`, `hibernated` or `failed`."""

    session_id: str
    state: str
    message: str | None = None
    idle_seconds: float | None = None
    platform_metadata: dict[str, Any] | None = None


class WarmReported(Wire):
    """One warm session as its agent sees it."""

    warm_id: str
    ready: bool
    memory_bytes: int | None = None


class Inventory(Wire):
    """Everything the agent holds, on connect and on request; `packages` are the Debian packages present, if known."""

    sessions: list[Reported] = Field(default_factory=list)
    packages: list[str] | None = None
    warm: list[WarmReported] | None = None
    """The warm sessions that wait, where the agent can have such."""


class HomeSize(Wire):
    """How much room one person's home takes on the agent's machine."""

    org_id: str = Field(min_length=1, max_length=64)
    user_id: str = Field(min_length=1, max_length=64)
    size_bytes: int = Field(ge=0, lt=2**62)


MOST_HOMES = 500
"""In one message; a round of more is told in several."""


class Homes(Wire):
    """What an agent measured: all the homes it holds, or the few that may have changed."""

    homes: list[HomeSize] = Field(default_factory=list, max_length=MOST_HOMES)
    round_seconds: float | None = Field(default=None, ge=0, le=86_400)
    """With the last message of a round over all homes: how long the round took. What it did not name is gone."""


class Gateway(Wire):
    """A gateway that the agent must keep a link to; `token` proves the agent to it."""

    gateway_id: str
    url: str
    token: str


class Streams(Wire):
    """Which gateways to dial; replaces the former list."""

    gateways: list[Gateway]


class Query(Wire):
    """A question answered at once, without a row in the database: `logs`, `usage`, `rotate_key`, `key_accepted`."""

    query_id: str
    question: str
    payload: dict[str, Any] = Field(default_factory=dict)


class Answer(Wire):
    """What a query asked for, or why not."""

    query_id: str
    result: dict[str, Any] = Field(default_factory=dict)
    error: str | None = None


class Pong(Wire):
    """The answer to a ping."""

    timestamp: datetime = Field(default_factory=lambda: datetime.now(UTC))


class Shutdown(Wire):
    """The agent should leave; `reason` is `revoked`, `rejected`, `replaced`, `maintenance` or a sentence."""

    reason: str = ""


class BadMessage(ValueError):  # noqa: N818
    """The peer sent something that is not a message of this protocol."""


M = TypeVar("M", bound=Wire)


def wrap(kind: MessageType, payload: Wire) -> str:
    """Write one message as it goes over the wire."""
    body = payload.model_dump(mode="json", by_alias=True, exclude_none=True)
    return Envelope(type=kind, payload=body).model_dump_json(by_alias=True)


def unwrap(text: str | bytes) -> Envelope:
    """Read one message.

    Raises:
        BadMessage: it is not JSON or not an envelope.
    """
    try:
        envelope = Envelope.model_validate_json(text)
    except ValidationError as error:
        raise BadMessage(f"Not a message: {error.errors()[0]['msg']}") from None
    if (b"\\u0000" if isinstance(text, bytes) else "\\u0000") in text:  # type: ignore[operator]
        envelope.payload = _without_nul(envelope.payload)
    return envelope


def _without_nul(value: Any) -> Any:
    """Drop NUL characters, which logs of applications hold and PostgreSQL does not take."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, dict):
        return {_without_nul(key): _without_nul(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_nul(inner) for inner in value]
    return value


def read(envelope: Envelope, kind: type[M]) -> M:
    """Read the payload of a message.

    Raises:
        BadMessage: a field is missing or has the wrong form; the text names it.
    """
    try:
        return kind.model_validate(envelope.payload)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadMessage(f"{envelope.type}: {where}: {first['msg']}") from None
