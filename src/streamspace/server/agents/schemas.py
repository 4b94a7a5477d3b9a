from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Row

from streamspace import protocol
from streamspace.protocol.base import Wire
from streamspace.protocol.control import KEY_HEADER, LabelKey, LabelValue, Platform
from streamspace.server.agents.models import Agent, AgentCommand, JoinToken

Approval = Literal["pending", "approved", "rejected"]
Status = Literal["online", "offline", "draining"]
CommandState = Literal["pending", "sent", "ack", "completed", "failed"]


class ReservedOut(Wire):
    """What is promised to sessions, used or not."""

    sessions: int
    cpu_millicores: int
    memory_bytes: int


class StartsOut(Wire):
    """Starts and wakes: those the agent has begun, those that wait for their turn, and how many it gets at once."""

    under_way: int
    waiting: int
    at_once: int


class ObstacleOut(Wire):
    """One thing that speaks against giving an agent a session."""

    code: str
    message: str
    params: dict[str, str | float] | None = None
    """What the message says of this case, for who says it in another language."""


class StandingOut(Wire):
    """How an agent stands right now."""

    reserved: ReservedOut
    asleep: int
    """Hibernated sessions whose files it has."""
    starts: StartsOut
    takes_sessions: bool
    reasons: list[ObstacleOut]
    """Why it takes no session of the usual size now."""


class AgentOut(Wire):
    """An agent as the API shows it."""

    id: str
    agent_id: str
    platform: Platform
    region: str | None = None
    labels: dict[str, str] = Field(default_factory=dict)
    org_id: str | None = None
    status: Status
    connected: bool = False
    cordoned: bool = False
    draining: bool = False
    evict: Literal["hibernate"] | None = None
    draining_since: datetime | None = None
    draining_from: int | None = None
    """How many sessions it had when it began to be emptied."""
    max_starts: int | None = None
    max_sessions: int | None = None
    """How many sessions it is given at most, where an administrator says less than the agent does."""
    version: str | None = None
    protocol_version: int | None = None
    versions_behind: int | None = None
    capacity: dict[str, Any] | None = None
    last_heartbeat: datetime | None = None
    websocket_id: str | None = None
    metadata: dict[str, Any]
    approval_status: Approval
    approved_at: datetime | None = None
    approved_by: str | None = None
    created_at: datetime
    updated_at: datetime
    active_sessions: int = 0
    usage: dict[str, Any] | None = None
    abilities: list[str]
    epoch: int = 0
    key_created_at: datetime
    key_last_used_at: datetime | None = None
    key_revoked: bool = False
    previous_key_until: datetime | None = None
    standing: StandingOut | None = None


class AgentPatch(Wire):
    """What an administrator changes; what is left out stays. `null` unsets region, organisation and the limits."""

    region: str | None = Field(default=None, min_length=2, max_length=50)
    labels: dict[LabelKey, LabelValue] | None = Field(default=None, max_length=32)
    org_id: str | None = Field(default=None, max_length=64)
    max_starts: int | None = Field(default=None, ge=1, le=1000)
    max_sessions: int | None = Field(default=None, ge=1, le=100_000)
    cordoned: bool | None = None


class AgentFilter(Wire):
    """Which agents to list; a label is `key`, or `key=value`, and all must match."""

    platform: Platform | None = None
    status: Status | None = None
    region: str | None = None
    approval: Approval | None = None
    labels: list[str] = Field(default_factory=list)

    def matches(self, agent: Agent | Row[Any]) -> bool:
        """Say whether an agent is wanted."""
        exact = ((self.platform, agent.platform), (self.region, agent.region), (self.approval, agent.approval_status))
        if any(wanted is not None and wanted != is_ for wanted, is_ in exact):
            return False
        if self.status is not None and self.status != status_of(agent):
            return False
        for label in self.labels:
            key, given, value = label.partition("=")
            if key not in agent.labels or (given and agent.labels[key] != value):
                return False
        return True


class CommandIn(Wire):
    """An administrator's order."""

    action: Literal["ping", "inventory", "usage", "shutdown", "restart"]
    session_id: str | None = Field(default=None, min_length=1, max_length=63)
    payload: dict[str, Any] = Field(default_factory=dict, max_length=20)


class KeyUseOut(Wire):
    """How an agent shows its key."""

    header: str = KEY_HEADER
    value: str


class AgentKeyOut(Wire):
    """An agent's new key; shown once."""

    message: str
    agent_id: str
    api_key: str
    warning: str
    usage: KeyUseOut
    created_at: datetime


class HeartbeatOut(Wire):
    """The answer to a heartbeat over HTTP: the agent is `online` only while its channel stands."""

    message: str
    agent_id: str
    status: Status
    last_heartbeat: datetime


class AgentList(Wire):
    """A page of the fleet, by name; `total` counts all that match."""

    agents: list[AgentOut]
    total: int
    next_cursor: str | None = None


class RegistrationOut(Wire):
    """The answer to an agent that is not yet, or just now, approved."""

    agent: AgentOut
    approval_status: Approval
    message: str


class UsageSampleOut(Wire):
    """What a machine used at one moment, what was promised on it, and how many sessions it ran."""

    at: datetime
    cpu_percent: float | None = None
    memory_used_bytes: int | None = None
    memory_total_bytes: int | None = None
    disk_free_bytes: int | None = None
    sessions: int
    reserved_sessions: int
    reserved_millicores: int
    reserved_bytes: int


class AgentUsageOut(Wire):
    """What an agent used lately, oldest first; where it was away, samples are missing."""

    agent_id: str
    every_seconds: int
    samples: list[UsageSampleOut]


class JoinTokenIn(Wire):
    """What a new join token may be used for."""

    platform: Platform | None = None
    uses: int = Field(default=1, ge=1, le=1000)
    org_id: str | None = Field(default=None, max_length=64)
    region: str | None = Field(default=None, min_length=2, max_length=50)
    """Where agents that use it are, unless they name a region themselves."""
    expires_in: str = Field(default="1h", max_length=20)
    approve: bool = False


class JoinTokenOut(Wire):
    """A join token, without its text."""

    id: str
    platform: str | None = None
    org_id: str | None = None
    region: str | None = None
    uses: int
    uses_left: int
    approve: bool
    state: Literal["usable", "used_up", "expired"]
    created_by: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = None


class NewJoinTokenOut(JoinTokenOut):
    """A join token with its text, which is shown once."""

    token: str


class JoinTokenList(Wire):
    """The join tokens there are."""

    join_tokens: list[JoinTokenOut]
    total: int


class PackagesIn(Wire):
    """Which template's packages to install."""

    template: str = Field(min_length=1, max_length=63)


class CommandOut(Wire):
    """A command and how far it is."""

    command_id: str
    agent_id: str
    session_id: str | None = None
    action: str
    status: CommandState
    error_message: str | None = None
    result: dict[str, Any] | None = None
    requested_by: str | None = None
    created_at: datetime
    sent_at: datetime | None = None
    acknowledged_at: datetime | None = None
    completed_at: datetime | None = None


class CommandList(Wire):
    """A page of an agent's commands."""

    commands: list[CommandOut]
    total: int
    next_cursor: str | None = None


def status_of(agent: Agent | Row[Any]) -> Status:
    """One that drains says so whether or not it is connected."""
    return "draining" if agent.draining else "online" if agent.online else "offline"


def agent_out(agent: Agent, standing: StandingOut | None = None, *, brief: bool = False) -> AgentOut:
    """Show an agent; in a list without what each of its sessions uses."""
    usage = dict(agent.usage or {})
    if brief:
        usage.pop("sessionUsage", None)
    behind = None if agent.protocol_version is None else protocol.VERSION - agent.protocol_version
    return AgentOut(
        id=agent.id,
        agent_id=agent.agent_id,
        platform=agent.platform,
        region=agent.region,
        labels=agent.labels,
        org_id=agent.org_id,
        status=status_of(agent),
        connected=agent.online,
        cordoned=agent.cordoned,
        draining=agent.draining,
        evict=agent.evict,
        draining_since=agent.draining_since,
        draining_from=agent.draining_from,
        max_starts=agent.max_starts,
        max_sessions=agent.max_sessions,
        version=agent.version,
        protocol_version=agent.protocol_version,
        versions_behind=behind,
        capacity=agent.capacity,
        last_heartbeat=agent.last_heartbeat,
        websocket_id=agent.websocket_id,
        metadata={**agent.agent_metadata, "connected": agent.online},
        approval_status=agent.approval_status,
        approved_at=agent.approved_at,
        approved_by=agent.approved_by,
        created_at=agent.created_at,
        updated_at=agent.updated_at,
        active_sessions=int(usage.get("activeSessions", 0)),
        usage=usage or None,
        abilities=agent.abilities,
        epoch=agent.epoch,
        key_created_at=agent.api_key_created_at,
        key_last_used_at=agent.api_key_last_used_at,
        key_revoked=not agent.api_key_hash,
        previous_key_until=agent.previous_key_until,
        standing=standing,
    )


def token_out(row: JoinToken, now: datetime) -> JoinTokenOut:
    """Show a join token."""
    state: Literal["usable", "used_up", "expired"] = "usable"
    if row.expires_at <= now:
        state = "expired"
    elif row.uses_left == 0:
        state = "used_up"
    return JoinTokenOut(
        id=row.id,
        platform=row.platform,
        org_id=row.org_id,
        region=row.region,
        uses=row.uses,
        uses_left=row.uses_left,
        approve=row.approves,
        state=state,
        created_by=row.created_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
    )


def command_out(command: AgentCommand) -> CommandOut:
    """Show a command."""
    return CommandOut.model_validate(command, from_attributes=True)
