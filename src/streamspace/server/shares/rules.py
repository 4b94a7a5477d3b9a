"""How long a share lasts, and what it lets do. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from streamspace.protocol.streams import Role

DEFAULT_LIFE = timedelta(hours=24)
SHORTEST_LIFE = timedelta(minutes=1)
LONGEST_LIFE = timedelta(days=30)
MOST_SHARES = 100
"""Open ones of a session."""
INVITEE_SEARCHES = 60
"""In a minute: a person who types asks far less often, somebody who copies the list of people far more."""
ROLES: dict[str, Role] = {"view": "viewer", "control": "controller"}


def expiry(now: datetime, *, life: timedelta | None, at: datetime | None) -> datetime | None:
    """Return when a share ends that was asked for like this; None if it would be too soon or too late."""
    if at is None:
        at = now + (DEFAULT_LIFE if life is None else min(life, LONGEST_LIFE * 2))
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    return at if now + SHORTEST_LIFE <= at <= now + LONGEST_LIFE else None
