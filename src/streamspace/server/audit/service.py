from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, insert
from sqlalchemy.exc import IntegrityError

from streamspace.protocol import auditing
from streamspace.protocol.auditing import BEGINNING
from streamspace.server.audit import queries
from streamspace.server.audit.errors import NoSuchEntry
from streamspace.server.audit.models import AuditEntry, AuditHead
from streamspace.server.audit.schemas import Filter, columns
from streamspace.server.core import lists, permissions
from streamspace.server.core.db import PendingEntry, UnitOfWork
from streamspace.server.core.errors import Forbidden
from streamspace.server.core.permissions import Action, Actor, Scope

BATCH = 500


@dataclass(frozen=True, slots=True)
class End:
    """Where the chain ends."""

    seq: int = 0
    hash: str = BEGINNING


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a round of sealing did."""

    entries: int
    end: End
    gap: str | None = None


class Signer:
    """Signs the chain's end with a key that is derived from the control plane's secret and is not in the database."""

    def __init__(self, secret_key: str) -> None:
        self._key = hmac.digest(secret_key.encode(), b"streamspace audit head v1", "sha256")

    def sign(self, end: End) -> str:
        """Return the signature of an end."""
        return hmac.new(self._key, f"{end.seq}:{end.hash}".encode(), hashlib.sha256).hexdigest()

    def signed(self, end: End, signature: str) -> bool:
        """Say whether we signed this end."""
        return hmac.compare_digest(self.sign(end).encode(), signature.encode(errors="replace"))


async def anything_pending(uow: UnitOfWork) -> bool:
    """Say whether entries wait for the chain."""
    return await queries.anything_pending(uow.db)


async def seal(uow: UnitOfWork, signer: Signer, seen: End) -> Sealed:
    """Move entries that wait to the end of the chain; `seen` is an end that this process knows to have been.

    A log that was changed behind our back is not mended, and its end is not signed as if nothing had been: an
    entry says so, once for each time.
    """
    head = await _head(uow)
    rows = await queries.pending(uow.db, BATCH)
    if head is None or not rows:
        return Sealed(0, seen)
    _, last = await queries.ends(uow.db)
    tail = End() if last is None else End(*last)
    end = End(head.seq, head.hash)
    gap = await _gap(uow, signer, head, tail, seen)
    waiting = [(row.at, row.entry) for row in rows]
    if gap is not None:
        waiting.insert(0, (uow.now(), _gap_entry(gap, end, tail)))
        if gap == "end_not_signed":
            end = tail
    made = []
    seq, previous = max(end.seq, tail.seq), end.hash
    for at, waited in waiting:
        seq += 1
        entry = {**waited, "seq": seq, "at": auditing.instant(at), "prevHash": previous}
        previous = entry["hash"] = auditing.digest(entry)
        made.append(columns(entry, at))
    end = End(seq, previous)
    await uow.db.execute(insert(AuditEntry), made)
    await uow.db.execute(delete(PendingEntry).where(PendingEntry.id.in_([row.id for row in rows])))
    head.seq, head.hash, head.signature = end.seq, end.hash, signer.sign(end)
    return Sealed(len(made), end, gap)


async def _head(uow: UnitOfWork) -> AuditHead | None:
    head = await queries.locked_head(uow.db)
    if head is None and await queries.anything_pending(uow.db):
        try:
            async with uow.db.begin_nested():
                uow.db.add(AuditHead(id=1, seq=0, hash=BEGINNING, signature=""))
        except IntegrityError:
            pass  # another process made it a moment before us
        head = await queries.locked_head(uow.db)
    return head


async def _gap(uow: UnitOfWork, signer: Signer, head: AuditHead, tail: End, seen: End) -> str | None:
    """Say how the log differs from what we left; None if it does not."""
    end = End(head.seq, head.hash)
    fresh = end == tail == End() and head.signature == ""
    if not fresh and not signer.signed(end, head.signature):
        return "end_not_signed"
    if seen.seq > end.seq or (seen.seq and await queries.hash_at(uow.db, seen.seq) != seen.hash):
        return "log_put_back"
    if tail.seq < end.seq:
        return "entries_missing"
    if tail != end:
        return "entries_added"
    return None


def _gap_entry(gap: str, end: End, tail: End) -> dict[str, Any]:
    told = {"signedEnd": {"seq": end.seq, "hash": end.hash}, "lastEntry": {"seq": tail.seq, "hash": tail.hash}}
    return {
        "actorKind": "system",
        "action": auditing.GAP,
        "resourceType": "audit",
        "outcome": "failed",
        "code": gap,
        "changes": {"after": told},
    }


async def end_of(uow: UnitOfWork, signer: Signer) -> tuple[End, str | None]:
    """Return the chain's end, and what is wrong with it without reading the chain."""
    head, last = await queries.ends(uow.db)
    tail = End() if last is None else End(*last)
    if head is None:
        return tail, None if last is None else "The log has entries, but its signed end is gone."
    end = End(head[0], head[1])
    if not signer.signed(end, head[2]):
        return tail, "The log's end does not carry this control plane's signature."
    if tail.seq < end.seq:
        return end, f"The last entries are missing: {tail.seq} is the last, {end.seq} was written."
    if tail != end:
        return end, f"After entry {end.seq}, the last that was written, there is something else."
    return end, None


async def stretch(uow: UnitOfWork, after: int, until: int) -> Sequence[Row[Any]]:
    """Return some entries in their order, whosever they are, for whoever checks the chain."""
    return await queries.stretch(uow.db, after, until, BATCH)


async def page(
    uow: UnitOfWork, actor: Actor, wanted: Filter, *, limit: int, cursor: str | None, number: int | None
) -> tuple[Sequence[Row[Any]], int, str | None]:
    """List what the actor may see, newest first: the rows, how many there are, and where it goes on."""
    position = lists.after(cursor, int)
    skip = 0 if number is None else (number - 1) * limit
    before = position[0] if position and -(2**63) < position[0] < 2**63 else None
    rows = await queries.newest(uow.db, actor, wanted, limit, before=before, skip=skip)
    rows, following = lists.cut(rows, limit, lambda row: (row.seq,))
    return rows, await queries.count(uow.db, actor, wanted), following


async def since(uow: UnitOfWork, actor: Actor, wanted: Filter, *, limit: int, after: int) -> Sequence[Row[Any]]:
    """List what the actor may see after an entry, oldest first."""
    return await queries.following(uow.db, actor, wanted, limit, after=after)


async def export(uow: UnitOfWork, actor: Actor, wanted: Filter, *, after: int, until: int) -> Sequence[Row[Any]]:
    """Return the next entries of an export, oldest first."""
    return await queries.following(uow.db, actor, wanted, BATCH, after=after, until=until)


async def get(uow: UnitOfWork, actor: Actor, seq: int) -> Row[Any]:
    """Return one entry.

    Raises:
        NoSuchEntry: there is none that the actor may see.
    """
    found = await queries.shown(uow.db, actor, seq)
    if found is None:
        raise NoSuchEntry
    return found


def sees_all(actor: Actor) -> bool:
    """Say whether the actor sees the whole chain.

    Raises:
        Forbidden: they see nothing.
    """
    reach = permissions.scope(actor, Action.AUDIT_VIEW)
    if reach not in {Scope.ORG, Scope.ALL}:
        raise Forbidden
    return reach is Scope.ALL
