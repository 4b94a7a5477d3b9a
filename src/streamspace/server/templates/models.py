from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class Template(Base):
    """How to run one application."""

    __tablename__ = "templates"
    __table_args__ = (UniqueConstraint("org_id", "name"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org_id: Mapped[str | None] = mapped_column(ForeignKey("organizations.id"))
    """None: everybody's, as those of the official catalog are."""
    name: Mapped[str] = mapped_column(String(63), index=True)
    display_name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(String(60))
    app_type: Mapped[str] = mapped_column(String(20))
    streaming_protocol: Mapped[str] = mapped_column(String(20))
    tags: Mapped[list[str]]
    featured: Mapped[bool]
    manifest: Mapped[dict[str, Any]]
    icon: Mapped[bytes | None] = mapped_column(LargeBinary)
    icon_type: Mapped[str | None] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the manifest and icon, so that reading an unchanged catalog writes nothing."""
    popularity: Mapped[int] = mapped_column(default=0)
    retired: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
