"""When a session that waits must go, and when the next one may be tried. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

FEWEST_MILLICORES, MOST_MILLICORES = 100, 64_000
LEAST_MEMORY, MOST_MEMORY = 128 * 1024**2, 512 * 1024**3
SHORTEST_AGE, LONGEST_AGE = 60, 7 * 24 * 3600
MOST_IN_A_POOL = 100
STARTS_AT_ONCE = 2
"""For each agent and pool; an agent does one of them at a time, and people's starts come first."""
PAUSE = timedelta(seconds=4)
"""Between a claim and the start of a successor, which would have its machine while the person waits for a picture."""
_FIRST_RETRY = timedelta(seconds=15)
_LAST_RETRY = timedelta(minutes=30)


class WarmState(StrEnum):
    """What became of a session that was started ahead."""

    STARTING = "starting"
    READY = "ready"
    CLAIMED = "claimed"
    TAKEN = "taken"
    """Claimed, and its agent has been told that it is no warm one any more."""
    EXPIRED = "expired"


WAITING = (WarmState.STARTING, WarmState.READY)


def retry_after(failures: int) -> timedelta:
    """Return how long to leave a pool alone after so many failed starts in a row."""
    doublings: int = 2 ** min(max(failures - 1, 0), 10)
    return min(_FIRST_RETRY * doublings, _LAST_RETRY)


def outdated(
    *,
    now: datetime,
    since: datetime,
    max_age_seconds: int,
    made_of: tuple[str, str | None],
    wanted: tuple[str, str | None],
) -> bool:
    """Say whether one that waits is too old, or was made from another template or by another version of its agent."""
    return now - since > timedelta(seconds=max_age_seconds) or made_of != wanted
