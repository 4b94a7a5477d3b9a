"""The audit log's chain: how an entry is written down and hashed, so that anybody can check it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

BEGINNING = "0" * 64
"""What the first entry names as the hash before it."""
GAP = "audit.gap_found"
"""The action of the entry with which the server goes on after it found the log changed behind its back."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def canonical(entry: Mapping[str, Any]) -> bytes:
    """Write an entry the one way that is hashed.

    UTF-8 JSON without spaces; members sorted by their names' code points; without `hash`, and without
    members of the entry itself that are null. Numbers are whole; everything else is text.
    """
    return _ENCODER.encode({k: v for k, v in entry.items() if v is not None and k != "hash"}).encode()


def digest(entry: Mapping[str, Any]) -> str:
    """Return the hash that an entry must have: SHA-256, in hexadecimal."""
    return hashlib.sha256(canonical(entry)).hexdigest()


def instant(moment: datetime) -> str:
    """Write a time as entries do: UTC, with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold."""

    seq: int
    reason: str


class Chain:
    """Follows entries in their order and says where they are not those that were written."""

    def __init__(self, seq: int = 0, hash: str = BEGINNING) -> None:  # noqa: A002 - the field's name
        self.seq = seq
        """The last entry that held."""
        self.hash = hash
        self.entries = 0
        self.broken: Break | None = None
        self.gaps: list[int] = []
        """Entries in which the server itself says that it found the log changed."""

    def follow(self, entries: Iterable[Mapping[str, Any]]) -> Break | None:
        """Check further entries; the first that does not hold ends it."""
        for entry in entries:
            if self.broken is None:
                self.broken = self._fault(entry)
            if self.broken is not None:
                break
            self.seq, self.hash = entry["seq"], entry["hash"]
            self.entries += 1
            if entry.get("action") == GAP:
                self.gaps.append(self.seq)
        return self.broken

    def _fault(self, entry: Mapping[str, Any]) -> Break | None:
        seq, wanted = entry.get("seq"), self.seq + 1
        if not isinstance(seq, int):
            return Break(wanted, f"Entry {wanted} is not an entry.")
        if seq > wanted:
            return Break(wanted, f"Entry {wanted} is missing.")
        if seq < wanted:
            return Break(seq, f"Entry {seq} is out of place.")
        if entry.get("prevHash") != self.hash:
            return Break(seq, f"Entry {seq} does not follow entry {self.seq} as that is now.")
        try:
            made = digest(entry)
        except (TypeError, ValueError):
            made = ""
        if entry.get("hash") != made:
            return Break(seq, f"Entry {seq} is not what was written.")
        return None
