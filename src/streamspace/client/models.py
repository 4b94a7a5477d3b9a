"""What the API answers: camelCase on the wire, snake_case here, unknown fields ignored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from streamspace.protocol.base import Wire
from streamspace.protocol.places import Place

READY = "running"
SETTLED = frozenset({READY, "hibernated", "failed", "terminated"})


class Resources(Wire):
    """Memory and CPU as Kubernetes quantities (`2Gi`, `500m`)."""

    memory: str | None = None
    cpu: str | None = None


class Reason(Wire):
    """Why something is not possible; `packages` are Debian packages to install, `params` what the message speaks of."""

    code: str = ""
    message: str = ""
    packages: list[str] | None = None
    params: dict[str, str | float] = Field(default_factory=dict)


class Failure(Wire):
    """Why a session failed, with the last lines of its log."""

    code: str = ""
    message: str = ""
    log_tail: str | None = None


class Availability(Wire):
    """Whether one agent can run a template, and if not, why."""

    agent_id: str
    ok: bool = False
    reasons: list[Reason] = Field(default_factory=list)


class Template(Wire):
    """How to run one application. `availability` and `manifest` come only with `templates.get`."""

    id: str = ""
    name: str
    display_name: str = ""
    description: str = ""
    category: str = ""
    icon: str | None = None
    app_type: str = ""
    streaming_protocol: str = ""
    tags: list[str] = Field(default_factory=list)
    featured: bool = False
    default_resources: Resources = Field(default_factory=Resources)
    available: bool = True
    unavailable_reason: Reason | None = None
    availability: list[Availability] | None = None
    org_id: str | None = None
    version: str = ""
    source: str = ""
    popularity: int = 0
    favorited: bool = False
    rating: float | None = None
    rating_count: int = 0
    asks: bool = False
    retired: bool = False
    created_at: datetime | None = None
    updated_at: datetime | None = None
    revision: int = 0
    manifest: dict[str, Any] | None = None
    parameter_schema: dict[str, Any] | None = None


class TemplateList(Wire):
    """A page of templates; `categories` counts all that match, `next_cursor` is None on the last page."""

    templates: list[Template]
    total: int
    categories: dict[str, int] = Field(default_factory=dict)
    corrected: bool = False
    next_cursor: str | None = None


class Step(Wire):
    """A phase of a start and when it began.

    Phases: `accepted`, `sent`, `sandbox`, `display`, `engine`, `application`, `ready`.
    """

    phase: str
    at: datetime
    message: str | None = None


class Attempt(Wire):
    """One try to start a session; `code` and `message` say what went wrong, if anything did."""

    agent_id: str
    at: datetime
    code: str | None = None
    message: str | None = None


class SessionStatus(Wire):
    """The spec's status object; `url` is a path of the web UI."""

    phase: str = ""
    message: str | None = None
    url: str = ""
    pod_name: str | None = None
    last_activity: datetime | None = None


class Session(Wire):
    """A running, hibernated or ended application of one user.

    `state` is `pending`, `starting`, `running`, `hibernating`, `hibernated`, `waking`, `terminating`,
    `terminated` or `failed` (then `reason` says why). `idle_timeout` and `max_session_duration` are text such
    as `30m`.
    """

    id: str
    name: str = ""
    namespace: str | None = None
    org_id: str | None = None
    user: str = ""
    user_id: str = ""
    template: str
    template_display_name: str = ""
    icon: str = ""
    state: str
    platform: str | None = None
    agent_id: str | None = None
    persistent_home: bool = True
    idle_timeout: str | None = None
    max_session_duration: str | None = None
    created_at: datetime
    updated_at: datetime | None = None
    started_at: datetime | None = None
    active_connections: int = 0
    streaming_protocol: str | None = None
    streaming_port: int | None = None
    streaming_path: str | None = None
    resources: Resources = Field(default_factory=Resources)
    tags: list[str] = Field(default_factory=list)
    environment: dict[str, str] = Field(default_factory=dict)
    status: SessionStatus = Field(default_factory=SessionStatus)
    reason: Failure | None = None
    progress: list[Step] = Field(default_factory=list)
    attempts: list[Attempt] = Field(default_factory=list)
    retry_at: datetime | None = None
    queue_position: int | None = None
    """Its place among the starts that wait for their agent, from 1."""
    idle_warning: datetime | None = None
    """When it will be hibernated unless it gets input; only shortly before."""
    termination_reason: str | None = None
    terminated_at: datetime | None = None

    @property
    def ready(self) -> bool:
        """Whether it can be connected to now."""
        return self.state == READY

    @property
    def settled(self) -> bool:
        """Whether it stays in its state until somebody acts."""
        return self.state in SETTLED


class SessionEvent(Wire):
    """One entry of a session's timeline; `actor` is the person who caused it, if it was one."""

    number: int
    at: datetime
    kind: str
    message: str | None = None
    actor: str | None = None


class SessionEventList(Wire):
    """What happened to a session, oldest first."""

    session_id: str
    events: list[SessionEvent]
    total: int


class Placement(Wire):
    """Why a session was given to its agent, and why not to the others."""

    session_id: str
    agent_id: str
    strategy: str | None = None
    wanted: Place = Field(default_factory=Place)
    """Where it must run, by its template and its person."""
    agents: list[Availability] = Field(default_factory=list)
    attempts: list[Attempt] = Field(default_factory=list)


class QuotaCheck(Wire):
    """Whether a session would fit all limits, and if not, which it would pass."""

    ok: bool
    message: str | None = None
    details: dict[str, Any] | None = None


class Places(Wire):
    """The regions and labels of the agents that come into question."""

    regions: list[str] = Field(default_factory=list)
    labels: dict[str, list[str]] = Field(default_factory=dict)


class Preview(Wire):
    """What would become of a session if it were created now; `when` there will be room at the latest, if known."""

    possible: bool
    agent_id: str | None = None
    strategy: str = ""
    wanted: Place = Field(default_factory=Place)
    """Where it must run, by its template and this request."""
    places: Places = Field(default_factory=Places)
    agents: list[Availability] = Field(default_factory=list)
    quota: QuotaCheck
    reasons: list[Reason] = Field(default_factory=list)
    queue_position: int | None = None
    waiting_helps: bool = False
    when: datetime | None = None
    message: str = ""


class SessionList(Wire):
    """A page of sessions; `total` counts all that match."""

    sessions: list[Session]
    total: int
    next_cursor: str | None = None


class Connection(Wire):
    """An answer to `connect`.

    `session_url` is the stream's address with a ticket that works once within 60 s; None while the session is
    not ready, and then `message` says what it is waiting for.
    """

    connection_id: str | None = None
    session_url: str | None = None
    state: str = ""
    ready: bool = False
    message: str = ""
    role: str = "controller"
    expires_at: datetime | None = None
    watermark: str | None = None
    """Who is looking, to be shown over the picture with the time, where the session's policy asks for it."""


class Event(Wire):
    """Something happened. `hello` opens every (re)connection: what you hold may be old, so fetch it again."""

    type: str
    session_id: str | None = None
    user_id: str | None = None
    timestamp: datetime | None = None
    data: dict[str, Any] = Field(default_factory=dict)

    @property
    def session(self) -> Session | None:
        """The session as it is now, on events that carry one."""
        found = self.data.get("session")
        return Session.model_validate(found) if isinstance(found, dict) else None


class Version(Wire):
    """Release of the control plane, and of its API."""

    version: str
    api: str | None = None
