from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base

_Serial = BigInteger().with_variant(Integer, "sqlite")


class Repository(Base):
    """Where templates come from."""

    __tablename__ = "repositories"
    __table_args__ = (Index("ix_repositories_due", "enabled", "due_at"),)

    id: Mapped[int] = mapped_column(_Serial, primary_key=True, autoincrement=True)
    org_id: Mapped[str | None] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    """Whose it is; None for everybody's."""
    name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(Text)
    transport: Mapped[str] = mapped_column(String(10))
    """`git`, `http`, or `path`, which nobody can ask for."""
    kind: Mapped[str] = mapped_column(String(20))
    url: Mapped[str] = mapped_column(String(1000))
    branch: Mapped[str] = mapped_column(String(200))
    folder: Mapped[str] = mapped_column(String(400))
    auth_kind: Mapped[str] = mapped_column(String(10))
    credentials: Mapped[str | None] = mapped_column(Text)
    """Sealed JSON."""
    host_key: Mapped[str | None] = mapped_column(Text)
    """Of an SSH host: what it showed first, or what an administrator gave."""
    enabled: Mapped[bool]
    review: Mapped[bool]
    """Whether what changed waits for somebody's approval."""
    interval_seconds: Mapped[int]
    """0: only when told to."""
    status: Mapped[str] = mapped_column(String(20))
    error_message: Mapped[str | None] = mapped_column(Text)
    last_sync: Mapped[datetime | None]
    revision: Mapped[str] = mapped_column(String(64))
    """Of what the catalog shows: a commit, or an archive's SHA-256."""
    seen: Mapped[str] = mapped_column(String(64))
    """What was read last, and needs no reading again: shown, waiting for approval, or turned down."""
    etag: Mapped[str] = mapped_column(String(200))
    template_count: Mapped[int]
    failures: Mapped[int]
    due_at: Mapped[datetime | None] = mapped_column()
    """When it is to be synced next; None for never."""
    claimed_by: Mapped[str | None] = mapped_column(String(64))
    claimed_until: Mapped[datetime | None]
    webhook_secret: Mapped[str | None] = mapped_column(Text)
    """Sealed."""
    created_by: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class RepositorySync(Base):
    """One reading of a repository, and what it found."""

    __tablename__ = "repository_syncs"
    __table_args__ = (UniqueConstraint("repository_id", "number"),)

    id: Mapped[int] = mapped_column(_Serial, primary_key=True, autoincrement=True)
    repository_id: Mapped[int] = mapped_column(ForeignKey("repositories.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    cause: Mapped[str] = mapped_column(String(20))
    dry_run: Mapped[bool]
    force: Mapped[bool]
    status: Mapped[str] = mapped_column(String(20))
    revision: Mapped[str] = mapped_column(String(64))
    etag: Mapped[str] = mapped_column(String(200))
    error_message: Mapped[str | None] = mapped_column(Text)
    counts: Mapped[dict[str, Any]]
    """How many were added, changed, unchanged, retired and rejected."""
    log: Mapped[list[dict[str, Any]]]
    files: Mapped[list[dict[str, Any]]]
    """What became of each file."""
    staged: Mapped[list[dict[str, Any]] | None]
    """The templates that wait for approval, as they were read."""
    requested_by: Mapped[str | None] = mapped_column(String(36))
    decided_by: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class RepositoryDelivery(Base):
    """A webhook that was heard, so that it is not heard twice."""

    __tablename__ = "repository_deliveries"
    __table_args__ = (UniqueConstraint("repository_id", "key"),)

    id: Mapped[int] = mapped_column(_Serial, primary_key=True, autoincrement=True)
    repository_id: Mapped[int] = mapped_column(ForeignKey("repositories.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)


class CatalogTemplate(Base):
    """A template that a repository offers."""

    __tablename__ = "catalog_templates"
    __table_args__ = (UniqueConstraint("repository_id", "name"),)

    id: Mapped[int] = mapped_column(_Serial, primary_key=True, autoincrement=True)
    repository_id: Mapped[int] = mapped_column(ForeignKey("repositories.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(63), index=True)
    path: Mapped[str] = mapped_column(String(400))
    display_name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(String(60), index=True)
    app_type: Mapped[str] = mapped_column(String(20))
    tags: Mapped[list[str]]
    featured: Mapped[bool]
    icon: Mapped[str] = mapped_column(String(2000))
    icon_data: Mapped[bytes | None] = mapped_column(LargeBinary)
    icon_type: Mapped[str | None] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(60))
    manifest: Mapped[dict[str, Any]]
    """As it was written, unknown fields and all."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of manifest and icon, so that a sync without changes writes nothing."""
    install_count: Mapped[int]
    view_count: Mapped[int]
    rating_sum: Mapped[int]
    rating_count: Mapped[int]
    retired: Mapped[bool]
    """Gone from the repository; what was made of it stays."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
