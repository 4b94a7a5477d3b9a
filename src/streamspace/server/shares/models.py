from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class Share(Base):
    """Lets somebody else take part in a session: one person, or whoever has a link."""

    __tablename__ = "shares"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    """Who is invited; None for a link."""
    hashed: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Of a link's token, which is kept nowhere."""
    permission: Mapped[str] = mapped_column(String(10))
    max_uses: Mapped[int | None]
    uses: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[str] = mapped_column(String(36))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    """When what it had let in was cut: at its revocation, or just after it expired."""


class ShareUse(Base):
    """Somebody who opened a link, and may come back by it."""

    __tablename__ = "share_uses"

    share_id: Mapped[str] = mapped_column(ForeignKey("shares.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True)
    at: Mapped[datetime]


Index("ix_shares_open", Share.closed_at, Share.expires_at)
