from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class Home(Base):
    """One person's files on one agent. Whoever works on several has a home on each."""

    __tablename__ = "homes"

    agent_id: Mapped[str] = mapped_column(ForeignKey("agents.agent_id", ondelete="CASCADE"), primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    measured_at: Mapped[datetime]


Index("ix_homes_person", Home.org_id, Home.user_id)
Index("ix_homes_size", Home.size_bytes)
