from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from streamspace.kit import quantities
from streamspace.protocol.base import Wire
from streamspace.server.limits.errors import BadLimit
from streamspace.server.limits.models import Limit
from streamspace.server.limits.rules import Amount, Limits

_MOST_SESSIONS = 1_000_000


class QuotaIn(Wire):
    """Limits to set: a field left out stays, null removes it."""

    max_sessions: int | None = Field(default=None, ge=0, le=_MOST_SESSIONS)
    max_cpu: str | None = Field(default=None, max_length=40, examples=["4000m"])
    max_memory: str | None = Field(default=None, max_length=40, examples=["8Gi"])
    max_storage: str | None = Field(default=None, max_length=40, examples=["50Gi"])

    def changes(self) -> dict[str, int | None]:
        """Return what to write.

        Raises:
            BadLimit: a quantity is none.
        """
        found: dict[str, int | None] = {}
        readers: dict[str, tuple[str, Any]] = {
            "max_cpu": ("max_cpu_millicores", quantities.millicores),
            "max_memory": ("max_memory_bytes", quantities.size_bytes),
            "max_storage": ("max_storage_bytes", quantities.size_bytes),
        }
        for name in self.model_fields_set & {"max_sessions", *readers}:
            value = getattr(self, name)
            if name == "max_sessions":
                found[name] = value
                continue
            column, read = readers[name]
            try:
                found[column] = None if value is None else read(value)
            except quantities.BadQuantity as error:
                raise BadLimit(str(error)) from None
            if (found[column] or 0) >= 2**63:
                raise BadLimit
        return found


class NamedQuotaIn(QuotaIn):
    """Limits of a person who is named."""

    username: str = Field(min_length=1, max_length=254)


class QuotaOut(Wire):
    """Limits and what is used of them; a limit of null is none of its own."""

    user_id: str | None = None
    username: str | None = None
    group_id: str | None = None
    org_id: str | None = None
    name: str | None = None
    max_sessions: int | None = None
    max_cpu: str | None = None
    max_memory: str | None = None
    max_storage: str | None = None
    used_sessions: int = 0
    used_cpu: str = "0m"
    used_memory: str = "0"
    used_storage: str | None = None
    """What people's homes hold, as their agents last measured it; left out where none was measured."""
    inherited: bool = False
    """Whether these are the platform's defaults."""
    created_at: datetime | None = None
    updated_at: datetime | None = None


class QuotaList(Wire):
    """A page of people's limits and use."""

    quotas: list[QuotaOut]
    total: int
    next_cursor: str | None = None


def quota_out(limits: Limits, used: Amount | None, row: Limit | None, **whose: str | None) -> QuotaOut:
    """Show limits and their use."""
    amount = used or Amount()
    return QuotaOut(
        max_sessions=limits.max_sessions,
        max_cpu=_shown(limits.max_cpu_millicores, quantities.format_millicores),
        max_memory=_shown(limits.max_memory_bytes, quantities.format_bytes),
        max_storage=_shown(limits.max_storage_bytes, quantities.format_bytes),
        used_sessions=amount.sessions,
        used_cpu=quantities.format_millicores(amount.cpu_millicores),
        used_memory=quantities.format_bytes(amount.memory_bytes),
        used_storage=_shown(amount.storage_bytes, quantities.format_size),
        inherited=row is None and "user_id" in whose,
        created_at=row.created_at if row else None,
        updated_at=row.updated_at if row else None,
        **whose,
    )


def _shown(value: int | None, form: Any) -> str | None:
    return None if value is None else form(value)
