from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class Organization(Base):
    """A tenant; everything that belongs to one names it."""

    __tablename__ = "organizations"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(50), unique=True)
    display_name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(String(500), default="")
    k8s_namespace: Mapped[str] = mapped_column(String(63), default="streamspace")
    status: Mapped[str] = mapped_column(String(20), default="active")
    require_mfa: Mapped[bool] = mapped_column(default=False, server_default="0")
    """Whether its people need a second factor."""
    guest_links: Mapped[bool] = mapped_column(default=False, server_default="0")
    """Whether a sharing link lets in who has no login."""
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Membership(Base):
    """One person in one organisation; a person may be in several."""

    __tablename__ = "memberships"

    org_id: Mapped[str] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True)
    org_role: Mapped[str] = mapped_column(String(20), default="user")
    created_at: Mapped[datetime]
