from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from streamspace.kit import durations, quantities
from streamspace.protocol.base import Wire
from streamspace.protocol.places import Place
from streamspace.protocol.streams import Role
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.rules import LONGEST_TAG, MOST_TAGS, State

Tag = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TAG, pattern=r"^[\w][\w .:/@-]*$")]
Tags = Annotated[list[Tag], Field(max_length=MOST_TAGS)]
VariableName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=100)]
Text = Annotated[str, StringConstraints(max_length=4000, pattern=r"^[^\x00]*$")]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which sessions a list holds."""

    user_id: str | None = None
    agent_id: str | None = None
    states: tuple[str, ...] = ()
    template: str | None = None
    tags: tuple[str, ...] = ()
    any_tag: bool = False


class ResourcesIn(Wire):
    """Kubernetes quantities."""

    memory: str | None = Field(default=None, max_length=40, examples=["2Gi"])
    cpu: str | None = Field(default=None, max_length=40, examples=["1000m"])


class SessionIn(Wire):
    """What to start. `user` is for those who may start sessions for others."""

    template: str = Field(min_length=1, max_length=63, examples=["terminal"])
    user: str | None = Field(default=None, max_length=64)
    resources: ResourcesIn = Field(default_factory=ResourcesIn)
    persistent_home: bool = True
    idle_timeout: str | None = Field(default=None, max_length=20, examples=["30m"])
    max_session_duration: str | None = Field(default=None, max_length=20, examples=["8h"])
    tags: Tags = Field(default_factory=list)
    environment: dict[VariableName, Text] = Field(default_factory=dict, max_length=50)
    template_version: str | None = Field(default=None, max_length=64)
    parameters: dict[str, bool | int | float | str | None] = Field(default_factory=dict, max_length=100)
    placement: Place | None = None
    """Where it should run, within what the template allows."""


class SessionPatch(Wire):
    """What to change. A state does what the verb of that name does."""

    state: Literal["running", "hibernated", "terminated"] | None = None
    tags: Tags | None = None
    resources: ResourcesIn | None = None
    """Only while it is hibernated."""


class TagsIn(Wire):
    """The whole new list of tags."""

    tags: Tags


class ResourcesOut(Wire):
    """Kubernetes quantities."""

    memory: str
    cpu: str


class StatusOut(Wire):
    """What to show of a session's state."""

    phase: str
    message: str | None = None
    url: str
    pod_name: str | None = None
    last_activity: datetime | None = None


class FailureOut(Wire):
    """Why a session failed, in a sentence, with the end of its log."""

    code: str
    message: str
    log_tail: str | None = None


class ProgressOut(Wire):
    """One step of a start."""

    phase: str
    at: datetime
    message: str | None = None


class AttemptOut(Wire):
    """One try to start a session."""

    agent_id: str
    at: datetime
    code: str | None = None
    message: str | None = None
    """What went wrong, if anything did."""


class SessionOut(Wire):
    """A session as the API shows it."""

    id: str
    name: str
    namespace: str
    org_id: str
    user: str
    user_id: str
    template: str
    template_display_name: str
    icon: str
    state: State
    platform: str
    agent_id: str
    persistent_home: bool
    idle_timeout: str | None = None
    max_session_duration: str | None = None
    created_at: datetime
    updated_at: datetime
    started_at: datetime | None = None
    terminated_at: datetime | None = None
    termination_reason: str | None = None
    active_connections: int
    streaming_protocol: str
    streaming_port: int
    streaming_path: str
    resources: ResourcesOut
    tags: list[str]
    environment: dict[str, Any]
    template_version: str | None = None
    parameters: dict[str, Any] | None = None
    status: StatusOut
    reason: FailureOut | None = None
    progress: list[ProgressOut]
    attempts: list[AttemptOut]
    retry_at: datetime | None = None
    """When it is tried again to start it."""
    queue_position: int | None = None
    """Its place among the starts that wait for their agent, from 1."""
    placement: Place | None = None
    """Where its person wanted it to run."""
    idle_warning: datetime | None = None
    """When it will be hibernated unless somebody gives it input; only shortly before."""


class SessionList(Wire):
    """A list of sessions; `next_cursor` goes on where it ends."""

    sessions: list[SessionOut]
    total: int
    next_cursor: str | None = None
    tags: list[str] | None = None


class ConnectOut(Wire):
    """How to see a session: `session_url` works once, within a minute, when `ready`."""

    connection_id: str | None = None
    session_url: str | None = None
    state: State
    ready: bool
    message: str
    role: Role = "controller"
    expires_at: datetime | None = None
    watermark: str | None = None
    """Who is looking, to be shown over the picture with the time, where the session's policy asks for it."""


class DisconnectOut(Wire):
    """Who is left."""

    message: str
    active_connections: int


class HeartbeatOut(Wire):
    """The connection lives on."""

    status: Literal["ok"] = "ok"


class ConnectionOut(Wire):
    """Who watches, since when, and whether keyboard and mouse are theirs; from where, for who sees the session."""

    id: str
    session_id: str
    user_id: str
    username: str
    role: str
    client_ip: str
    user_agent: str
    connected_at: datetime
    last_heartbeat: datetime
    has_control: bool
    guest: bool
    share_id: str | None = None
    """What lets them in, where the session is not theirs; for who sees the session."""


class ConnectionList(Wire):
    """The people watching a session."""

    session_id: str
    connections: list[ConnectionOut]
    total: int


class EventOut(Wire):
    """One entry of a session's timeline; `actor` is the person who caused it."""

    number: int
    at: datetime
    kind: str
    message: str | None = None
    actor: str | None = None


class EventList(Wire):
    """What happened to a session, oldest first; the newest 200 are kept."""

    session_id: str
    events: list[EventOut]
    total: int


class ReasonOut(Wire):
    """One thing that speaks for or against something; `params` serve who says the message in another language."""

    code: str
    message: str
    packages: list[str] | None = None
    params: dict[str, str | float] | None = None


class VerdictOut(Wire):
    """An agent and what speaks against it, if anything, or puts it before others; the chosen one scores highest."""

    agent_id: str
    ok: bool
    reasons: list[ReasonOut]
    score: float | None = None
    advantages: list[ReasonOut] = Field(default_factory=list)


class PlacementOut(Wire):
    """Why a session runs where it does, as it was decided, and where it must run by its template and its person."""

    session_id: str
    wanted: Place
    agent_id: str
    strategy: str | None = None
    agents: list[VerdictOut]
    attempts: list[AttemptOut]


class QuotaCheckOut(Wire):
    """Whether a session would fit the limits; the details say which it would pass, and whose."""

    ok: bool
    message: str | None = None
    details: dict[str, Any] | None = None


class PlacesOut(Wire):
    """The regions and labels of the agents that come into question, for who wants a session in a certain place."""

    regions: list[str]
    labels: dict[str, list[str]]


class PreviewOut(Wire):
    """What would become of a session if it were created now. Nothing is."""

    possible: bool
    agent_id: str | None = None
    strategy: str
    wanted: Place = Field(default_factory=Place)
    """Where it must run, by its template and by this request."""
    places: PlacesOut
    agents: list[VerdictOut]
    quota: QuotaCheckOut
    reasons: list[ReasonOut]
    queue_position: int | None = None
    waiting_helps: bool = False
    when: datetime | None = None
    """Waiting helps where only room is missing; this is when there will be some at the latest, if that is known."""
    message: str


class UsageOut(Wire):
    """What a session uses at this moment."""

    session_id: str
    cpu_cores: float
    memory_bytes: int
    processes: int


class LogsOut(Wire):
    """The last lines of a session's log."""

    logs: str
    lines: int


def _instant(at: datetime | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at else None


def _sleeps_at(s: Session | Any) -> datetime | None:
    if s.last_activity is None or s.idle_seconds is None:
        return None
    at: datetime = s.last_activity + timedelta(seconds=s.idle_seconds)
    return at


def resources_json(s: Session | Any) -> dict[str, str]:
    """Write what a session may use as Kubernetes quantities."""
    return {
        "memory": quantities.format_bytes(s.memory_bytes),
        "cpu": quantities.format_millicores(s.cpu_millicores),
    }


def session_json(s: Session | Any) -> dict[str, Any]:
    """Write a session, or a row with its columns, as `SessionOut` declares it, ready to be encoded."""
    shown: dict[str, Any] = {
        "id": s.id,
        "name": s.id,
        "namespace": "streamspace",
        "orgId": s.org_id,
        "user": s.username,
        "userId": s.user_id,
        "template": s.template_name,
        "templateDisplayName": s.template_display_name,
        "icon": f"/api/v1/templates/{s.template_name}/icon",
        "state": s.state,
        "platform": s.platform,
        "agentId": s.agent_id,
        "persistentHome": s.persistent_home,
        "createdAt": _instant(s.created_at),
        "updatedAt": _instant(s.updated_at),
        "activeConnections": s.active_connections,
        "streamingProtocol": s.streaming_protocol,
        "streamingPort": s.streaming_port,
        "streamingPath": f"/s/{s.id}/",
        "resources": resources_json(s),
        "tags": s.tags,
        "environment": s.environment,
        "templateVersion": s.template_version,
        "parameters": s.parameters,
        "status": {
            "phase": s.state.capitalize(),
            "message": s.message,
            "url": f"/sessions/{s.id}",
            "podName": s.id,
            "lastActivity": _instant(s.last_activity),
        },
        "progress": s.progress,
        "attempts": s.attempts,
    }
    if s.wanted_place is not None:
        shown["placement"] = s.wanted_place
    if s.queue_position is not None:
        shown["queuePosition"] = s.queue_position
    if s.idle_seconds is not None:
        shown["idleTimeout"] = durations.write_seconds(s.idle_seconds)
    if s.max_seconds is not None:
        shown["maxSessionDuration"] = durations.write_seconds(s.max_seconds)
    dates = {
        "startedAt": s.started_at,
        "terminatedAt": s.terminated_at,
        "retryAt": s.retry_at,
        "idleWarning": _sleeps_at(s) if s.idle_warned_at is not None else None,
    }
    for name, at in dates.items():
        if at is not None:
            shown[name] = _instant(at)
    if s.termination_reason:
        shown["terminationReason"] = s.termination_reason
    if s.reason_code:
        shown["reason"] = {"code": s.reason_code, "message": s.reason, "logTail": s.log_tail}
    return shown
