from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from streamspace.kit import durations, quantities
from streamspace.protocol.base import Wire
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


class SessionPatch(Wire):
    """What to change. A state does what the verb of that name does."""

    state: Literal["running", "hibernated", "terminated"] | None = None
    tags: Tags | None = None


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
    status: StatusOut
    reason: FailureOut | None = None
    progress: list[ProgressOut]


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


class DisconnectOut(Wire):
    """Who is left."""

    message: str
    active_connections: int


class HeartbeatOut(Wire):
    """The connection lives on."""

    status: Literal["ok"] = "ok"


class ConnectionOut(Wire):
    """Who watches, from where, since when."""

    id: str
    session_id: str
    user_id: str
    username: str
    role: str
    client_ip: str
    user_agent: str
    connected_at: datetime
    last_heartbeat: datetime


class ConnectionList(Wire):
    """The people watching a session."""

    session_id: str
    connections: list[ConnectionOut]
    total: int


class LogsOut(Wire):
    """The last lines of a session's log."""

    logs: str
    lines: int


def _instant(at: datetime | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at else None


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
        "resources": {
            "memory": quantities.format_bytes(s.memory_bytes),
            "cpu": quantities.format_millicores(s.cpu_millicores),
        },
        "tags": s.tags,
        "environment": s.environment,
        "status": {
            "phase": s.state.capitalize(),
            "message": s.message,
            "url": f"/sessions/{s.id}",
            "podName": s.id,
            "lastActivity": _instant(s.last_activity),
        },
        "progress": s.progress,
    }
    if s.idle_seconds is not None:
        shown["idleTimeout"] = durations.write_seconds(s.idle_seconds)
    if s.max_seconds is not None:
        shown["maxSessionDuration"] = durations.write_seconds(s.max_seconds)
    for name, at in (("startedAt", s.started_at), ("terminatedAt", s.terminated_at)):
        if at is not None:
            shown[name] = _instant(at)
    if s.termination_reason:
        shown["terminationReason"] = s.termination_reason
    if s.reason_code:
        shown["reason"] = {"code": s.reason_code, "message": s.reason, "logTail": s.log_tail}
    return shown
