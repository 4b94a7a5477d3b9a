"""Bounds how often somebody may guess a secret."""

from __future__ import annotations

import contextlib
import time
from collections import OrderedDict, deque
from collections.abc import Iterator

from streamspace.server.core.errors import TooMany


class TooManyAttempts(TooMany):
    """Too many wrong tries. Wait a minute, then try again."""

    code = "too_many_attempts"


class Attempt:
    """One try; it counts as wrong unless it is said to have succeeded."""

    def __init__(self) -> None:
        self.wrong = True

    def succeeded(self) -> None:
        """Take the try back."""
        self.wrong = False


class Attempts:
    """Counts wrong tries per name and per address in a sliding minute, for at most so many keys.

    A try counts from its beginning, so that many at once cannot all pass before the first has failed.
    """

    WINDOW_SECONDS = 60.0
    KEYS = 20_000
    ADDRESS_FACTOR = 3
    """Several people share an address."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()

    @contextlib.contextmanager
    def one(self, name: str, address: str) -> Iterator[Attempt]:
        """Try once.

        Raises:
            TooManyAttempts: with Retry-After, in seconds.
        """
        now = time.monotonic()
        limits = {name: self.limit, address: self.limit * self.ADDRESS_FACTOR}
        for key, limit in limits.items():
            self._check(key, limit, now)
        for key in limits:
            self._tries.setdefault(key, deque()).append(now)
            self._tries.move_to_end(key)
        while len(self._tries) > self.KEYS:
            self._tries.popitem(last=False)
        attempt = Attempt()
        try:
            yield attempt
        finally:
            if not attempt.wrong:
                for key in limits:
                    self._take_back(key, now)

    def _check(self, key: str, limit: int, now: float) -> None:
        tries = self._tries.get(key)
        while tries and tries[0] <= now - self.WINDOW_SECONDS:
            tries.popleft()
        if tries and len(tries) >= limit:
            wait = max(1, round(tries[0] + self.WINDOW_SECONDS - now))
            raise TooManyAttempts(headers={"Retry-After": str(wait)}, details={"retryAfter": wait})

    def _take_back(self, key: str, at: float) -> None:
        with contextlib.suppress(ValueError, KeyError):
            self._tries[key].remove(at)
            if not self._tries[key]:
                del self._tries[key]
