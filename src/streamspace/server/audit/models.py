"""The audit log: a chain of entries that is only ever added to, and its end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base
from streamspace.server.core.trail import LENGTHS


class AuditEntry(Base):
    """What somebody did, or was refused. Triggers keep it from being changed or deleted."""

    __tablename__ = "audit_log"
    __table_args__ = (
        Index("ix_audit_log_org_id", "org_id", "seq"),
        Index("ix_audit_log_actor_id", "actor_id", "seq"),
        Index("ix_audit_log_action", "action", "seq"),
        Index("ix_audit_log_resource", "resource_type", "resource_id", "seq"),
        Index("ix_audit_log_at", "at"),
    )

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    org_id: Mapped[str | None] = mapped_column(String(LENGTHS["orgId"]))
    actor_id: Mapped[str | None] = mapped_column(String(LENGTHS["actorId"]))
    actor_name: Mapped[str | None] = mapped_column(String(LENGTHS["actorName"]))
    actor_kind: Mapped[str] = mapped_column(String(LENGTHS["actorKind"]))
    key_id: Mapped[str | None] = mapped_column(String(LENGTHS["keyId"]))
    login_id: Mapped[str | None] = mapped_column(String(LENGTHS["loginId"]))
    ip: Mapped[str | None] = mapped_column(String(LENGTHS["ip"]))
    user_agent: Mapped[str | None] = mapped_column(String(LENGTHS["userAgent"]))
    request_id: Mapped[str | None] = mapped_column(String(LENGTHS["requestId"]))
    action: Mapped[str] = mapped_column(String(LENGTHS["action"]))
    resource_type: Mapped[str] = mapped_column(String(LENGTHS["resourceType"]))
    resource_id: Mapped[str | None] = mapped_column(String(LENGTHS["resourceId"]))
    outcome: Mapped[str] = mapped_column(String(LENGTHS["outcome"]))
    code: Mapped[str | None] = mapped_column(String(LENGTHS["code"]))
    changes: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The chain's end, signed with a key that the database does not have. One row."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(64))
