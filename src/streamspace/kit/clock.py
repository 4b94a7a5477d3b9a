"""Time as an argument, so that tests can hold it still."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What a service may ask about time."""

    def now(self) -> datetime:
        """Return the current time in UTC."""

    async def sleep(self, delay: timedelta) -> None:
        """Wait."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the current time in UTC."""
        return datetime.now(UTC)

    async def sleep(self, delay: timedelta) -> None:
        """Wait for real."""
        await asyncio.sleep(delay.total_seconds())


class FakeClock:
    """A clock that moves when a test says so."""

    def __init__(self, start: datetime | None = None) -> None:
        self._now = start or datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the time last set."""
        return self._now

    def advance(self, delay: timedelta) -> None:
        """Move the clock forward."""
        self._now += delay

    async def sleep(self, delay: timedelta) -> None:
        """Let others run, and count the wait as passed."""
        self.advance(delay)
        await asyncio.sleep(0)
