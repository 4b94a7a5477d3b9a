"""How often keys are used: counted in memory, bounded per hour, written down in batches."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from streamspace.server.core.errors import KeyExhausted

_HOUR_SECONDS = 3600.0


@dataclass(slots=True)
class Used:
    """Use of a key that is not yet written down."""

    times: int
    at: datetime
    ip: str


class KeyUse:
    """Counts the requests of each key. A key may use a whole hour's requests at once, and regains them steadily."""

    def __init__(self) -> None:
        self._unwritten: dict[str, Used] = {}
        self._level: dict[str, tuple[float, float]] = {}

    def note(self, key_id: str, per_hour: int, ip: str, at: datetime) -> None:
        """Count one request.

        Raises:
            KeyExhausted: it is one too many; Retry-After says when the next may come.
        """
        now = time.monotonic()
        level, since = self._level.get(key_id, (0.0, now))
        level = max(0.0, level - (now - since) * per_hour / _HOUR_SECONDS)
        if level + 1 > per_hour:
            wait = max(1, round((level + 1 - per_hour) * _HOUR_SECONDS / per_hour))
            raise KeyExhausted(headers={"Retry-After": str(wait)}, details={"retryAfter": wait, "limit": per_hour})
        self._level[key_id] = (level + 1, now)
        used = self._unwritten.get(key_id)
        self._unwritten[key_id] = Used(used.times + 1 if used else 1, at, ip)

    def taken(self) -> dict[str, Used]:
        """Hand over what is not yet written down."""
        taken, self._unwritten = self._unwritten, {}
        now = time.monotonic()
        self._level = {key: value for key, value in self._level.items() if now - value[1] < _HOUR_SECONDS}
        return taken
