"""The shapes of agents, what they are ordered and use, and the tokens with which they join."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from streamspace.client.models import Reason
from streamspace.protocol.base import Wire


class Capacity(Wire):
    """What an agent may use in all."""

    max_sessions: int | None = None
    cpu: str | None = None
    memory: str | None = None
    storage: str | None = None


class Reserved(Wire):
    """What is promised to sessions, used or not."""

    sessions: int = 0
    cpu_millicores: int = 0
    memory_bytes: int = 0


class Starts(Wire):
    """Starts and wakes: those an agent has begun, those that wait for their turn, and how many it gets at once."""

    under_way: int = 0
    waiting: int = 0
    at_once: int = 0


class Standing(Wire):
    """How an agent stands right now, and why it takes no session of the usual size."""

    reserved: Reserved = Field(default_factory=Reserved)
    asleep: int = 0
    """Hibernated sessions whose files it has."""
    starts: Starts = Field(default_factory=Starts)
    takes_sessions: bool = False
    reasons: list[Reason] = Field(default_factory=list)


class Agent(Wire):
    """The program that runs sessions on a host or cluster.

    `status` is `online`, `offline` or `draining`; `approval_status` is `pending`, `approved` or `rejected`.
    """

    id: str = ""
    agent_id: str
    platform: str
    region: str | None = None
    status: str = "offline"
    capacity: Capacity | None = None
    last_heartbeat: datetime | None = None
    websocket_id: str | None = None
    metadata: dict[str, Any] | None = None
    approval_status: str = "pending"
    approved_at: datetime | None = None
    approved_by: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    active_sessions: int = 0
    usage: dict[str, Any] | None = None
    """What its machine uses, and under `sessionUsage` each session."""
    labels: dict[str, str] = Field(default_factory=dict)
    org_id: str | None = None
    """The only organisation it runs sessions for, if any."""
    connected: bool = False
    cordoned: bool = False
    evict: str | None = None
    draining_since: datetime | None = None
    draining_from: int | None = None
    """How many sessions it had when it began to be emptied."""
    max_starts: int | None = None
    max_sessions: int | None = None
    """How many sessions it is given at most, where an administrator says less than the agent does."""
    version: str | None = None
    protocol_version: int | None = None
    versions_behind: int | None = None
    """How far its control channel is behind the control plane's; one more or less still works."""
    abilities: list[str] = Field(default_factory=list)
    epoch: int = 0
    key_created_at: datetime | None = None
    key_revoked: bool = False
    previous_key_until: datetime | None = None
    standing: Standing | None = None


class AgentKey(Wire):
    """An agent's new key; shown once."""

    agent_id: str
    api_key: str
    message: str = ""
    warning: str = ""


class AgentList(Wire):
    """Agents by name; `total` counts all that match, and `next_cursor` leads to those that a `limit` left out."""

    agents: list[Agent]
    total: int
    next_cursor: str | None = None


class JoinToken(Wire):
    """Lets new agents register; `state` is `usable`, `used_up` or `expired`."""

    id: str = ""
    expires_at: datetime
    platform: str | None = None
    org_id: str | None = None
    region: str | None = None
    """Where agents that use it are, unless they name a region themselves."""
    uses: int | None = None
    uses_left: int | None = None
    approve: bool | None = None
    state: str = "usable"
    created_by: str | None = None
    created_at: datetime | None = None
    last_used_at: datetime | None = None


class NewJoinToken(JoinToken):
    """A join token with its text; shown once."""

    token: str


class JoinTokenList(Wire):
    """The join tokens there are."""

    join_tokens: list[JoinToken]
    total: int


class UsageSample(Wire):
    """What an agent's machine used at one moment, and what was promised on it."""

    at: datetime
    cpu_percent: float | None = None
    memory_used_bytes: int | None = None
    memory_total_bytes: int | None = None
    disk_free_bytes: int | None = None
    sessions: int = 0
    reserved_sessions: int = 0
    reserved_millicores: int = 0
    reserved_bytes: int = 0


class AgentUsage(Wire):
    """What an agent used lately, oldest first; where it was away, samples are missing."""

    agent_id: str
    every_seconds: int
    samples: list[UsageSample]


class CommandStatus(Wire):
    """One order to an agent: `status` goes `pending`, `sent`, `ack`, then `completed` or `failed`."""

    command_id: str
    action: str = ""
    status: str
    session_id: str | None = None
    error_message: str | None = None
    result: dict[str, Any] | None = None
    """What an administrator's order brought back."""
    created_at: datetime | None = None
    sent_at: datetime | None = None
    acknowledged_at: datetime | None = None
    completed_at: datetime | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in {"completed", "failed"}


class CommandList(Wire):
    """A page of an agent's orders, the newest first."""

    commands: list[CommandStatus]
    total: int
    next_cursor: str | None = None
