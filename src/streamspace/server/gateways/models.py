from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class Gateway(Base):
    """A gateway that browsers and agents can reach."""

    __tablename__ = "gateways"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    public_url: Mapped[str] = mapped_column(String(500))
    agent_url: Mapped[str] = mapped_column(String(500))
    online: Mapped[bool] = mapped_column(default=False)
    seen_at: Mapped[datetime]


class Revocation(Base):
    """Something whose streams must close; kept for as long as a gateway's cookie could still name it."""

    __tablename__ = "revocations"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject: Mapped[str] = mapped_column(String(100), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
