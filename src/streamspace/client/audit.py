"""The audit log: who did what, and whether the log is the one that was written."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from pydantic import Field

from streamspace.protocol.auditing import Break, Chain
from streamspace.protocol.base import Wire

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

    from streamspace.client.transport import Transport

PATH = "/api/v1/admin/audit"
POLL = timedelta(seconds=1)
_PAGE = 500


class AuditEntry(Wire):
    """What somebody did or was refused. `prev_hash` and `hash` come only for who may see the whole log."""

    seq: int
    at: datetime
    org_id: str | None = None
    actor_id: str | None = None
    actor_name: str | None = None
    actor_kind: str = ""
    key_id: str | None = None
    login_id: str | None = None
    ip: str | None = None
    user_agent: str | None = None
    request_id: str | None = None
    action: str
    resource_type: str = ""
    resource_id: str | None = None
    outcome: str = ""
    code: str | None = None
    changes: dict[str, Any] | None = None
    prev_hash: str | None = None
    hash: str | None = None


class AuditList(Wire):
    """A page of the log; `next_cursor` leads to the one before it."""

    logs: list[AuditEntry]
    total: int = 0
    next_cursor: str | None = None


class AuditHead(Wire):
    """The log's end."""

    seq: int
    hash: str


class Verified(Wire):
    """What the server found when it read the whole chain and compared its end with what it had signed."""

    ok: bool
    entries: int
    head: AuditHead
    broken_at: int | None = None
    reason: str | None = None
    gaps: list[int] = Field(default_factory=list)


class Audit:
    """`api.audit`. Filters have the API's names: `username`, `action` (`user.*`), `outcome`, `start_date` and so on."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def list(self, filters: Mapping[str, Any] | None = None, *, limit: int = 50, cursor: str = "") -> AuditList:
        """Return entries, newest first."""
        return await self._transport.get(
            AuditList, PATH, {**_written(filters), "limit": limit, "cursor": cursor or None}
        )

    async def after(self, seq: int, filters: Mapping[str, Any] | None = None) -> Sequence[AuditEntry]:
        """Return the next entries after one, oldest first."""
        query = {**_written(filters), "after": seq, "limit": _PAGE}
        return (await self._transport.get(AuditList, PATH, query)).logs

    async def follow(self, seq: int, filters: Mapping[str, Any] | None = None) -> AsyncIterator[AuditEntry]:
        """Yield entries after one as they are written, until cancelled."""
        while True:
            found = await self.after(seq, filters)
            for entry in found:
                yield entry
                seq = entry.seq
            if len(found) < _PAGE:
                await asyncio.sleep(POLL.total_seconds())

    async def get(self, seq: int) -> AuditEntry:
        """Return one entry."""
        return await self._transport.get(AuditEntry, f"{PATH}/{seq:d}")

    async def export(self, form: str, filters: Mapping[str, Any] | None = None) -> AsyncIterator[bytes]:
        """Yield the log as a file in parts: `csv`, `json` or `jsonl`."""
        async with self._transport.stream(f"{PATH}/export", {**_written(filters), "format": form}) as answer:
            async for part in answer.aiter_bytes():
                yield part

    async def verify(self, accept: Iterable[int] = ()) -> Verified:
        """Have the server check its log; `accept` names entries about gaps whose reason is known."""
        async with self._transport.stream(f"{PATH}/verify", {"accept": [*accept] or None}) as answer:
            await answer.aread()
            return self._transport.read(Verified, answer)


def follow_line(chain: Chain, line: bytes) -> Break | None:
    """Check one line of a `jsonl` export; nothing for an empty one."""
    if not line.strip():
        return chain.broken
    try:
        entry = json.loads(line)
    except ValueError:
        entry = None
    return chain.follow([entry if isinstance(entry, dict) else {}])


def _written(filters: Mapping[str, Any] | None) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in (filters or {}).items() if v is not None}
