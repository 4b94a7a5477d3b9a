from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class User(Base):
    """A person, or a program that has a name."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"), index=True)
    """Where they are signed in first; their role there, and where else they belong, is in `memberships`."""
    username: Mapped[str] = mapped_column(String(32), unique=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    full_name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20), default="user")
    provider: Mapped[str] = mapped_column(String(20), default="local")
    active: Mapped[bool] = mapped_column(default=True)
    password_hash: Mapped[str | None] = mapped_column(String(100))
    password_generated: Mapped[bool] = mapped_column(default=False, server_default="0")
    """Whether the password is one we made for the first start, to be replaced."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    last_login: Mapped[datetime | None]
