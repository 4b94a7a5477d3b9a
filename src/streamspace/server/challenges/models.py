from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class Challenge(Base):
    """Something that must come back once, soon: half a sign-in, a redirect's state, an assertion already seen."""

    __tablename__ = "challenges"

    hashed: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the secret that whoever answers must show."""
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    expires_at: Mapped[datetime] = mapped_column(index=True)
