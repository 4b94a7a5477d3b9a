from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class StoredPolicy(Base):
    """What an organisation or a group says. What it does not mention it leaves to others."""

    __tablename__ = "policies"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    """organization or group."""
    subject_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    org_id: Mapped[str] = mapped_column(String(64), index=True)
    said: Mapped[dict[str, Any]]
    """A `protocol.policies.Policy` as it goes over the wire, without what is null."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
