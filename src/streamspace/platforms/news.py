"""What happens unordered, for whoever listens; kept for the first listener while there is none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from streamspace.platforms.base import Change

_MOST_KEPT = 1000


class News:
    """Passes changes on."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Change]] = set()
        self._unheard: list[Change] = []

    def tell(self, change: Change) -> None:
        """Say that something happened."""
        for queue in self._listeners:
            queue.put_nowait(change)
        if not self._listeners:
            self._unheard = [*self._unheard[1 - _MOST_KEPT :], change]

    async def listen(self) -> AsyncIterator[Change]:
        """Yield what happens until the caller stops."""
        queue: asyncio.Queue[Change] = asyncio.Queue()
        self._listeners.add(queue)
        while self._unheard:
            queue.put_nowait(self._unheard.pop(0))
        try:
            while True:
                yield await queue.get()
        finally:
            self._listeners.discard(queue)
