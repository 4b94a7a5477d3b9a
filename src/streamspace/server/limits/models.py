from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class Limit(Base):
    """What somebody may use at once. A column that is null sets no limit of its own."""

    __tablename__ = "limits"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    """user, group, organization or platform."""
    subject_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Whose it is; `defaults` for the platform's."""
    org_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Where it counts: a person may have other limits in another organisation. Empty for the platform's."""
    max_sessions: Mapped[int | None]
    max_cpu_millicores: Mapped[int | None] = mapped_column(BigInteger)
    max_memory_bytes: Mapped[int | None] = mapped_column(BigInteger)
    max_storage_bytes: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
