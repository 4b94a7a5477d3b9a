from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class ApiKey(Base):
    """A credential for programs: what its person may do, less what its scopes leave out."""

    __tablename__ = "api_keys"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(String(500), default="")
    hashed: Mapped[str] = mapped_column(String(64), unique=True)
    prefix: Mapped[str] = mapped_column(String(16))
    """The beginning of the key, for people to tell their keys apart."""
    scopes: Mapped[list[str]]
    allowed_ips: Mapped[list[str]]
    """Networks (CIDR) it may be used from; empty means from anywhere."""
    rate_limit: Mapped[int] = mapped_column(Integer, default=1000)
    """Requests an hour."""
    made_by_key: Mapped[str | None] = mapped_column(String(36))
    use_count: Mapped[int] = mapped_column(default=0)
    last_used_at: Mapped[datetime | None]
    last_used_ip: Mapped[str | None] = mapped_column(String(64))
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
