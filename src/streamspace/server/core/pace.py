"""Bounds how often somebody may ask for what costs little once and tells much in bulk."""

from __future__ import annotations

import time
from collections import OrderedDict, deque

from streamspace.server.core.errors import TooMany


class TooFast(TooMany):
    """You asked for this very often. Wait a while, then try again."""

    code = "too_fast"


class Pace:
    """Lets each key through so many times in a sliding minute; it remembers at most so many keys."""

    WINDOW_SECONDS = 60.0
    KEYS = 20_000

    def __init__(self) -> None:
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()

    def keep(self, key: str, limit: int) -> None:
        """Count one request.

        Raises:
            TooFast: with Retry-After, in seconds. What is refused does not count.
        """
        now = time.monotonic()
        asked = self._asked.setdefault(key, deque())
        self._asked.move_to_end(key)
        while len(self._asked) > self.KEYS:
            self._asked.popitem(last=False)
        while asked and asked[0] <= now - self.WINDOW_SECONDS:
            asked.popleft()
        if len(asked) >= limit:
            wait = max(1, round(asked[0] + self.WINDOW_SECONDS - now))
            raise TooFast(headers={"Retry-After": str(wait)}, details={"retryAfter": wait})
        asked.append(now)
