"""Tells the control plane how much room people's homes take here."""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import timedelta

import structlog

from streamspace.agent.workloads import Send
from streamspace.platforms.base import HomeSize, MeasuresHomes, Platform, PlatformError
from streamspace.protocol import control
from streamspace.protocol.control import MOST_HOMES, MessageType

log = structlog.get_logger(__name__)

_TOGETHER = 5.0
"""How long after a session's end its home is measured, so that several ends are one look."""


class HomeSizes:
    """Measures all homes now and then, and those of sessions that ended soon after."""

    def __init__(self, platform: Platform, send: Send, connected: asyncio.Event, every: timedelta) -> None:
        self._platform = platform
        self._send = send
        self._connected = connected
        self._every = every.total_seconds()
        self._ended = asyncio.Event()

    def session_ended(self) -> None:
        """Look soon at what has changed."""
        self._ended.set()

    async def run(self) -> None:
        """Measure until cancelled, where the platform can."""
        if not isinstance(self._platform, MeasuresHomes):
            return
        while True:
            await self._connected.wait()
            await self._tell(self._platform, touched=False)
            due = time.monotonic() + self._every
            while (left := due - time.monotonic()) > 0:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(left):
                        await self._ended.wait()
                if self._ended.is_set():
                    await asyncio.sleep(min(_TOGETHER, self._every))
                    self._ended.clear()
                    await self._tell(self._platform, touched=True)

    async def _tell(self, platform: MeasuresHomes, *, touched: bool) -> None:
        began = time.monotonic()
        try:
            sizes, complete = await platform.homes(touched=touched)
        except (PlatformError, OSError) as error:
            log.warning("homes_not_measured", reason=str(error))
            return
        if not self._connected.is_set():
            return  # the next round says it
        took = time.monotonic() - began
        for first in range(0, max(len(sizes), 1), MOST_HOMES):
            last = first + MOST_HOMES >= len(sizes)
            page = [_wire(size) for size in sizes[first : first + MOST_HOMES]]
            whole = took if last and complete and not touched else None
            if page or whole is not None:
                await self._send(MessageType.HOMES, control.Homes(homes=page, round_seconds=whole))


def _wire(size: HomeSize) -> control.HomeSize:
    return control.HomeSize(org_id=size.org_id, user_id=size.user_id, size_bytes=size.size_bytes)
