from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class Session(Base):
    """A running, hibernated or ended application of one person."""

    __tablename__ = "sessions"
    __table_args__ = (UniqueConstraint("user_id", "idempotency_key"),)

    id: Mapped[str] = mapped_column(String(63), primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    username: Mapped[str] = mapped_column(String(32))
    template_name: Mapped[str] = mapped_column(String(63))
    template_display_name: Mapped[str] = mapped_column(String(100))
    manifest: Mapped[dict[str, Any]]
    """The template as it was at the start; a later deletion or change does not touch this session."""
    template_version: Mapped[str | None] = mapped_column(String(64))
    agent_id: Mapped[str] = mapped_column(String(100))
    platform: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    message: Mapped[str | None] = mapped_column(Text)
    reason_code: Mapped[str | None] = mapped_column(String(60))
    reason: Mapped[str | None] = mapped_column(Text)
    log_tail: Mapped[str | None] = mapped_column(Text)
    progress: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    placement: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    strategy: Mapped[str | None] = mapped_column(String(20))
    """By which its agent was chosen."""
    wanted_place: Mapped[dict[str, Any] | None]
    """Where its person wants it to run, beside what the template says."""
    attempts: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Each try of its last start or wake: agent, when, and what went wrong, if anything did."""
    retry_at: Mapped[datetime | None]
    """When the next attempt is due; None while nothing is waited for."""
    queue_position: Mapped[int | None]
    """Its place among the starts that wait for their agent, from 1; None while it does not wait."""
    event_count: Mapped[int] = mapped_column(default=0)
    """How many entries its timeline ever had."""
    cpu_millicores: Mapped[int]
    memory_bytes: Mapped[int] = mapped_column(BigInteger)
    persistent_home: Mapped[bool] = mapped_column(default=True)
    idle_seconds: Mapped[int | None]
    """Hibernate after so long without input."""
    max_seconds: Mapped[int | None]
    """End so long after the start."""
    environment: Mapped[dict[str, Any]] = mapped_column(default=dict)
    parameters: Mapped[dict[str, Any] | None]
    """What its person answered to what the template asks; secrets are masked."""
    sealed_environment: Mapped[str | None] = mapped_column(Text)
    """Variables that hold secrets, encrypted."""
    tags: Mapped[list[str]] = mapped_column(default=list)
    streaming_protocol: Mapped[str] = mapped_column(String(20))
    streaming_port: Mapped[int] = mapped_column(default=8080)
    active_connections: Mapped[int] = mapped_column(default=0)
    idempotency_key: Mapped[str | None] = mapped_column(String(100))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    last_connection: Mapped[datetime | None]
    last_disconnect: Mapped[datetime | None]
    last_activity: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]
    """When its people were told that its longest duration is near."""
    warned_seconds: Mapped[int | None]
    """The last such warning: so long before the end."""
    idle_warned_at: Mapped[datetime | None]
    """When its people were told that it will be hibernated for want of input; None again with the next input."""
    terminated_at: Mapped[datetime | None]
    termination_reason: Mapped[str | None] = mapped_column(String(60))


class SessionTag(Base):
    """A session's tags again, one a row, so that both databases find them by index."""

    __tablename__ = "session_tags"

    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(50), primary_key=True)


class SessionEvent(Base):
    """One entry of a session's timeline."""

    __tablename__ = "session_events"

    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """From 1 in each session."""
    org_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(40))
    message: Mapped[str | None] = mapped_column(Text)
    actor: Mapped[str | None] = mapped_column(String(255))
    """Who caused it; None for the system."""


class Connection(Base):
    """One person, or program, watching one session."""

    __tablename__ = "connections"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    user_id: Mapped[str] = mapped_column(String(36))
    username: Mapped[str] = mapped_column(String(32))
    login_id: Mapped[str] = mapped_column(String(36))
    role: Mapped[str] = mapped_column(String(20))
    client_ip: Mapped[str] = mapped_column(String(64))
    user_agent: Mapped[str] = mapped_column(String(300))
    connected_at: Mapped[datetime]
    last_heartbeat: Mapped[datetime]
    gateway_id: Mapped[str | None] = mapped_column(String(100))
    """The gateway that carries its streams, once there is one."""
    open_streams: Mapped[int] = mapped_column(default=0)
    """How many streams that gateway has open for it."""
    share_id: Mapped[str | None] = mapped_column(String(36))
    """What lets somebody else than the session's owner in; guests have no login."""
    in_control: Mapped[bool] = mapped_column(default=False, server_default="0")
    """Whether it alone has keyboard and mouse. While nobody was given them, all controllers have."""
    policy: Mapped[dict[str, Any] | None]
    """What its ticket restricts; None: nothing. Where the session's policy changes, it ends and comes again."""


# The organisation comes last: it need not order anything, but to count within one nothing else must be read.
Index("ix_sessions_user", Session.user_id, Session.created_at, Session.id, Session.org_id)
Index("ix_sessions_org", Session.org_id, Session.created_at, Session.id)
Index("ix_sessions_created", Session.created_at, Session.id)
Index("ix_sessions_agent", Session.agent_id, Session.state)
Index("ix_sessions_state", Session.state)
Index("ix_session_tags_tag", SessionTag.tag, SessionTag.session_id)
Index("ix_session_events_org", SessionEvent.org_id)
Index("ix_sessions_retry", Session.retry_at)
Index("ix_connections_session", Connection.session_id)
Index("ix_connections_share", Connection.share_id)
Index("ix_connections_heartbeat", Connection.last_heartbeat)
