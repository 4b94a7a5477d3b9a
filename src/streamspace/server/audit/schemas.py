from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Row

from streamspace.protocol.auditing import instant
from streamspace.protocol.base import Wire

Outcome = Literal["ok", "denied", "failed"]
FIELDS = {
    "seq": "seq",
    "at": "at",
    "orgId": "org_id",
    "actorId": "actor_id",
    "actorName": "actor_name",
    "actorKind": "actor_kind",
    "keyId": "key_id",
    "loginId": "login_id",
    "ip": "ip",
    "userAgent": "user_agent",
    "requestId": "request_id",
    "action": "action",
    "resourceType": "resource_type",
    "resourceId": "resource_id",
    "outcome": "outcome",
    "code": "code",
    "changes": "changes",
    "prevHash": "prev_hash",
    "hash": "hash",
}
"""An entry's members, as they are hashed and shown, and their columns."""
CHAIN = ("prevHash", "hash")


def entry_json(row: Row[Any], *, chain: bool) -> dict[str, Any]:
    """Write an entry as it was hashed; what belongs to the chain is for those who see all of it."""
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's name for a public thing
    shown = {name: values[column] for name, column in FIELDS.items()}
    shown["at"] = instant(shown["at"])
    return {k: v for k, v in shown.items() if v is not None and (chain or k not in CHAIN)}


def columns(entry: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Return an entry as a row of the table."""
    return {column: entry.get(name) for name, column in FIELDS.items()} | {"at": at}


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """Which entries are wanted. An action may end with `*`."""

    user_id: str | None = None
    username: str | None = None
    org_id: str | None = None
    action: str | None = None
    resource_type: str | None = None
    resource_id: str | None = None
    ip_address: str | None = None
    outcome: Outcome | None = None
    code: str | None = None
    start_date: datetime | None = None
    end_date: datetime | None = None

    def told(self) -> dict[str, Any]:
        """Return what was asked for, for the entry of an export."""
        return {name: str(value) for name, value in asdict(self).items() if value is not None}


class Changes(Wire):
    """What was before and after, without secrets; of two states what differs."""

    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


class AuditEntryOut(Wire):
    """What somebody did or was refused. Entries are numbered without gaps; `prevHash` and `hash` chain them."""

    seq: int
    at: datetime
    org_id: str | None = None
    actor_id: str | None = None
    actor_name: str | None = None
    actor_kind: Literal["user", "key", "agent", "system", "anonymous"]
    key_id: str | None = None
    login_id: str | None = None
    ip: str | None = None
    user_agent: str | None = None
    request_id: str | None = None
    action: str
    resource_type: str
    resource_id: str | None = None
    outcome: Outcome
    code: str | None = None
    changes: Changes | None = None
    prev_hash: str | None = None
    hash: str | None = None


class AuditList(BaseModel):
    """A page of the audit log, with the spec's names."""

    model_config = ConfigDict(populate_by_name=True)

    logs: list[AuditEntryOut]
    total: int
    next_cursor: str | None = Field(default=None, alias="nextCursor")
    page: int
    page_size: int
    total_pages: int


class HeadOut(Wire):
    """The chain's end: its last entry's number and hash."""

    seq: int
    hash: str


class VerifyOut(Wire):
    """Whether the log is the one that was written. `gaps` are entries in which the server said that it is not."""

    ok: bool
    entries: int
    head: HeadOut
    broken_at: int | None = None
    reason: str | None = None
    gaps: list[int] = Field(default_factory=list)
