"""Decisions about repositories: what a sync would change, when the next is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

MOST_REPOSITORIES = 50
SHORTEST_INTERVAL = 300
LONGEST_INTERVAL = 30 * 86400
DEFAULT_INTERVAL = 3600
KEPT_SYNCS = 20
MOST_LOG_LINES = 200
MOST_CHANGES = 40
_LONGEST_VALUE = 200
_LONGEST_BACKOFF = timedelta(hours=6)


class Status(StrEnum):
    """Of a repository."""

    PENDING = "pending"
    SYNCING = "syncing"
    SYNCED = "synced"
    FAILED = "failed"


class SyncStatus(StrEnum):
    """Of one reading."""

    PENDING = "pending"
    RUNNING = "running"
    PREVIEWED = "previewed"
    REVIEW = "review"
    """What it found waits for approval."""
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


OPEN = (SyncStatus.PENDING, SyncStatus.RUNNING)


def next_due(now: datetime, interval_seconds: int, failures: int) -> datetime | None:
    """Say when a repository is to be synced next: after its interval, sooner after a first failure, then ever later."""
    if interval_seconds == 0:
        return None
    interval = timedelta(seconds=interval_seconds)
    if failures == 0:
        return now + interval
    backoff = timedelta(minutes=2 * 1 << min(failures - 1, 8))
    return now + min(backoff, _LONGEST_BACKOFF, interval)


def compared(
    known: Mapping[str, Mapping[str, Any]], files: Iterable[dict[str, Any]]
) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Say of each file, and of each template that vanished, what a sync does: a report and its counts.

    `known` has, by name, `digest`, `path`, `retired` and `manifest` of what the catalog shows.
    """
    report, there = [], set()
    for file in files:
        line = {key: value for key, value in file.items() if key != "template"}
        if file["outcome"] == "accepted":
            template = file["template"]
            there.add(template["name"])
            line |= {"name": template["name"], **_change(known.get(template["name"]), template)}
        report.append(line)
    rejected = {line["path"] for line in report if line["outcome"] == "rejected"}
    for name, before in sorted(known.items()):
        if name in there or before["retired"]:
            continue
        # A manifest with a fault in it is not gone: what was good before stays until it is mended or taken away.
        kept = before["path"] in rejected
        outcome = "kept" if kept else "retired"
        report.append({"path": before["path"], "name": name, "outcome": outcome, "findings": []})
    counts = dict.fromkeys(("added", "changed", "unchanged", "retired", "kept", "rejected"), 0)
    for line in report:
        counts[line["outcome"]] += 1
    return report, counts


def _change(before: Mapping[str, Any] | None, template: Mapping[str, Any]) -> dict[str, Any]:
    if before is None or before["retired"]:
        return {"outcome": "added"}
    if before["digest"] == template["digest"]:
        return {"outcome": "unchanged"}
    return {"outcome": "changed", "changes": list(differences(before["manifest"], template["manifest"]))[:MOST_CHANGES]}


def differences(before: Any, after: Any, path: str = "") -> Iterable[dict[str, Any]]:
    """Yield the fields that differ, with what they were and are, shortened."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(before.keys() | after.keys()):
            yield from differences(before.get(key), after.get(key), f"{path}.{key}" if path else str(key))
    elif before != after:
        yield {"field": path[:_LONGEST_VALUE], "before": _short(before), "after": _short(after)}


def _short(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def changes_anything(counts: Mapping[str, int]) -> bool:
    """Say whether a sync would change the catalog."""
    return any(counts.get(what, 0) for what in ("added", "changed", "retired"))
