from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class WarmPool(Base):
    """How many sessions of a template are to wait, and for whom."""

    __tablename__ = "warm_pools"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org_id: Mapped[str | None] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    """Whose people they wait for; None for everybody's."""
    template_id: Mapped[str] = mapped_column(ForeignKey("templates.id"), index=True)
    template_name: Mapped[str] = mapped_column(String(63))
    agent_id: Mapped[str | None] = mapped_column(String(100))
    """The only agent they wait on; None for any."""
    size: Mapped[int]
    cpu_millicores: Mapped[int]
    memory_bytes: Mapped[int] = mapped_column(BigInteger)
    max_age_seconds: Mapped[int]
    problem: Mapped[str | None] = mapped_column("message", Text)
    """What keeps it from being full, if anything does: a `PoolProblem` as JSON."""
    failures: Mapped[int] = mapped_column(default=0)
    """Starts that failed since the last that did not."""
    retry_at: Mapped[datetime | None]
    created_by: Mapped[str] = mapped_column(String(36))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class WarmSession(Base):
    """One that waits, or did: `starting → ready → claimed`, or `expired` on the way until its agent ended it."""

    __tablename__ = "warm_sessions"

    id: Mapped[str] = mapped_column(String(63), primary_key=True)
    """Its own; the session that claims it keeps another."""
    pool_id: Mapped[str | None] = mapped_column(ForeignKey("warm_pools.id", ondelete="SET NULL"))
    """None once its pool is gone."""
    agent_id: Mapped[str] = mapped_column(String(100))
    agent_version: Mapped[str | None] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(64))
    """The template's, when it was started."""
    cpu_millicores: Mapped[int]
    memory_bytes: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(20))
    used_bytes: Mapped[int | None] = mapped_column(BigInteger)
    """How much memory it uses while it waits."""
    session_id: Mapped[str | None] = mapped_column(String(63))
    """Whose it became."""
    created_at: Mapped[datetime]
    ready_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    """When it was claimed, or was to end."""


class WarmClaim(Base):
    """A session that could have come from a pool, and whether it did."""

    __tablename__ = "warm_claims"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    pool_id: Mapped[str] = mapped_column(ForeignKey("warm_pools.id", ondelete="CASCADE"))
    hit: Mapped[bool]
    at: Mapped[datetime]


Index("ix_warm_sessions_pool", WarmSession.pool_id, WarmSession.state, WarmSession.ready_at)
Index("ix_warm_sessions_agent", WarmSession.agent_id, WarmSession.state)
Index("ix_warm_sessions_state", WarmSession.state, WarmSession.ended_at)
Index("ix_warm_claims_pool", WarmClaim.pool_id, WarmClaim.at)
Index("ix_warm_claims_at", WarmClaim.at)
