"""Bounds how often somebody may guess a secret, and makes each lock-out longer than the one before."""

from __future__ import annotations

import contextlib
import time
from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from streamspace.server.core.errors import TooMany


class TooManyAttempts(TooMany):
    """Too many wrong tries. Wait a while, then try again."""

    code = "too_many_attempts"


class Attempt:
    """One try; it counts as wrong unless it is said to have succeeded."""

    def __init__(self) -> None:
        self.wrong = True

    def succeeded(self) -> None:
        """Take the try back."""
        self.wrong = False


@dataclass(slots=True)
class _Record:
    tries: deque[float] = field(default_factory=deque)
    lockouts: int = 0
    until: float = 0.0


class Attempts:
    """Counts wrong tries per name and per address in a sliding minute, for at most so many keys.

    A try counts from its beginning, so that many at once cannot all pass before the first has failed. Reaching the
    limit locks the key out for a minute, the next time for two, then four, up to an hour; a success, or an hour
    without wrong tries, begins anew.
    """

    WINDOW_SECONDS = 60.0
    LONGEST_SECONDS = 3600.0
    KEYS = 20_000
    ADDRESS_FACTOR = 3
    """Several people share an address."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._records: OrderedDict[str, _Record] = OrderedDict()

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
            self._records.setdefault(key, _Record()).tries.append(now)
            self._records.move_to_end(key)
        while len(self._records) > self.KEYS:
            self._records.popitem(last=False)
        attempt = Attempt()
        try:
            yield attempt
        finally:
            if attempt.wrong:
                for key, limit in limits.items():
                    self._lock_out(key, limit)
            else:
                for key in limits:
                    self._take_back(key, now)
                self._records.pop(name, None)

    def locked(self, name: str) -> bool:
        """Say whether a name is locked out now."""
        record = self._records.get(name)
        return record is not None and record.until > time.monotonic()

    def unlock(self, name: str) -> None:
        """Forget a name's wrong tries."""
        self._records.pop(name, None)

    def _check(self, key: str, limit: int, now: float) -> None:
        record = self._records.get(key)
        if record is None:
            return
        while record.tries and record.tries[0] <= now - self.WINDOW_SECONDS:
            record.tries.popleft()
        if not record.tries and record.until + self.LONGEST_SECONDS < now:
            record.lockouts = 0
        until = record.until
        if len(record.tries) >= limit:
            until = max(until, record.tries[0] + self.WINDOW_SECONDS)
        if until > now:
            wait = max(1, round(until - now))
            raise TooManyAttempts(headers={"Retry-After": str(wait)}, details={"retryAfter": wait})

    def _lock_out(self, key: str, limit: int) -> None:
        record = self._records.get(key)
        if record is None or len(record.tries) < limit:
            return
        seconds = min(self.WINDOW_SECONDS * 2**record.lockouts, self.LONGEST_SECONDS)
        record.lockouts = min(record.lockouts + 1, 10)
        record.until = time.monotonic() + seconds
        record.tries.clear()

    def _take_back(self, key: str, at: float) -> None:
        with contextlib.suppress(ValueError, KeyError):
            record = self._records[key]
            record.tries.remove(at)
            if not record.tries and not record.lockouts:
                del self._records[key]
