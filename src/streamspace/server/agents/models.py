from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class Agent(Base):
    """A program on a host or cluster that runs sessions."""

    __tablename__ = "agents"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    agent_id: Mapped[str] = mapped_column(String(100), unique=True)
    org_id: Mapped[str | None] = mapped_column(ForeignKey("organizations.id"))
    """The only organisation it runs sessions for; None for all."""
    platform: Mapped[str] = mapped_column(String(20))
    region: Mapped[str | None] = mapped_column(String(50))
    online: Mapped[bool] = mapped_column(default=False)
    draining: Mapped[bool] = mapped_column(default=False)
    cordoned: Mapped[bool] = mapped_column(default=False)
    evict: Mapped[str | None] = mapped_column(String(20))
    """What becomes of its sessions while it drains: `hibernate`, or None to leave them."""
    labels: Mapped[dict[str, Any]] = mapped_column(default=dict)
    max_starts: Mapped[int | None]
    """How many starts and wakes it is given at once; None for what the settings say."""
    max_sessions: Mapped[int | None]
    """How many sessions it is given at most, where an administrator says less than the agent does."""
    draining_since: Mapped[datetime | None]
    draining_from: Mapped[int | None]
    """How many sessions it had when it began to be emptied."""
    capacity: Mapped[dict[str, Any] | None]
    usage: Mapped[dict[str, Any] | None]
    abilities: Mapped[list[str]] = mapped_column(default=list)
    packages: Mapped[list[str] | None]
    """Debian packages present, where the platform runs them."""
    agent_metadata: Mapped[dict[str, Any]] = mapped_column("metadata", default=dict)
    version: Mapped[str | None] = mapped_column(String(100))
    protocol_version: Mapped[int | None]
    websocket_id: Mapped[str | None] = mapped_column(String(36))
    instance: Mapped[str | None] = mapped_column(String(64))
    """The process that acts for this agent, or did last; None for one too old to name itself."""
    epoch: Mapped[int] = mapped_column(default=0)
    """Counts the times that a process began to act; an order of an older count is void."""
    last_heartbeat: Mapped[datetime | None]
    api_key_hash: Mapped[str] = mapped_column(String(100))
    """Empty once revoked, which no key matches."""
    api_key_created_at: Mapped[datetime]
    previous_key_hash: Mapped[str | None] = mapped_column(String(100))
    previous_key_until: Mapped[datetime | None]
    """Until then the key before this one works too."""
    api_key_last_used_at: Mapped[datetime | None]
    approval_status: Mapped[str] = mapped_column(String(20), default="pending")
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class JoinToken(Base):
    """Lets so many new agents register until it expires."""

    __tablename__ = "agent_join_tokens"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    platform: Mapped[str | None] = mapped_column(String(20))
    org_id: Mapped[str | None] = mapped_column(ForeignKey("organizations.id"))
    region: Mapped[str | None] = mapped_column(String(50))
    """Where agents that register with it are, unless they name a region themselves."""
    approves: Mapped[bool] = mapped_column(default=False)
    """Whether who registers with it needs no further approval."""
    uses: Mapped[int] = mapped_column(default=1, server_default="1")
    """How many agents it was made for."""
    uses_left: Mapped[int]
    last_used_at: Mapped[datetime | None]
    created_by: Mapped[str] = mapped_column(String(36))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class UsageSample(Base):
    """What an agent's machine used, and what was promised on it, at one moment."""

    __tablename__ = "agent_usage"

    agent_id: Mapped[str] = mapped_column(ForeignKey("agents.agent_id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    cpu_percent: Mapped[float | None]
    memory_used_bytes: Mapped[int | None] = mapped_column(BigInteger)
    memory_total_bytes: Mapped[int | None] = mapped_column(BigInteger)
    disk_free_bytes: Mapped[int | None] = mapped_column(BigInteger)
    sessions: Mapped[int]
    """How many it said that it runs."""
    reserved_sessions: Mapped[int]
    reserved_millicores: Mapped[int]
    reserved_bytes: Mapped[int] = mapped_column(BigInteger)


class AgentCommand(Base):
    """One order to an agent: `pending → sent → ack → completed | failed`."""

    __tablename__ = "agent_commands"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    command_id: Mapped[str] = mapped_column(String(40), unique=True)
    agent_id: Mapped[str] = mapped_column(String(100))
    session_id: Mapped[str | None] = mapped_column(String(63))
    action: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(String(20), default="pending")
    error_message: Mapped[str | None] = mapped_column(Text)
    result: Mapped[dict[str, Any] | None]
    """What an administrator's command brought back."""
    requested_by: Mapped[str | None] = mapped_column(String(36))
    """The administrator, where one asked."""
    created_at: Mapped[datetime]
    deadline: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]


Index("ix_agent_commands_open", AgentCommand.agent_id, AgentCommand.status, AgentCommand.created_at)
Index("ix_agent_commands_session", AgentCommand.session_id)
Index("ix_agent_commands_deadline", AgentCommand.status, AgentCommand.deadline)
Index("ix_agent_usage_at", UsageSample.at)
