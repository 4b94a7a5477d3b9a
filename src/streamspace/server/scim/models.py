from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class Provisioned(Base):
    """What an organisation's directory says of a person; it reads back what it wrote."""

    __tablename__ = "provisioned_people"
    __table_args__ = (UniqueConstraint("org_id", "user_name_key"),)

    org_id: Mapped[str] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True)
    user_name: Mapped[str] = mapped_column(String(255))
    """The directory's own name, often an e-mail address; ours is `users.username` and never changes."""
    user_name_key: Mapped[str] = mapped_column(String(255))
    """In lower case, because the directory's names differ by more than their case."""
    external_id: Mapped[str | None] = mapped_column(String(255), index=True)
    formatted: Mapped[str | None] = mapped_column(String(200))
    given_name: Mapped[str | None] = mapped_column(String(200))
    family_name: Mapped[str | None] = mapped_column(String(200))
    display_name: Mapped[str | None] = mapped_column(String(200))
    emails: Mapped[list[dict[str, Any]]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
