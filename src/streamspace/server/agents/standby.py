"""Processes that wait for their turn: of several for one agent, one acts."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import TypeVar

from streamspace.server.agents.errors import AgentHeld

Turn = TypeVar("Turn")
LOOK_SECONDS = 2.0
"""How often one that waits looks by itself, and when the other one begins to count as gone.

Where this process sees the other one go, it is woken at once.
"""
_SOON_SECONDS = 0.02


class Standbys:
    """Who waits for which agent."""

    MOST = 8

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)

    def wake(self, agent_id: str) -> None:
        """Have those who wait for an agent look again."""
        for event in self._waiting.get(agent_id, ()):
            event.set()

    async def turn(self, agent_id: str, begin: Callable[[], Awaitable[Turn]], ended: asyncio.Task[str]) -> Turn | None:
        """Wait until `begin` succeeds and return what it returns; None if `ended` comes first.

        Raises:
            AgentHeld: too many wait already.
            Problem: what else `begin` refuses with.
        """
        waiting = self._waiting[agent_id]
        if len(waiting) >= self.MOST:
            raise AgentHeld
        look = asyncio.Event()
        waiting.add(look)
        try:
            while not ended.done():
                look.clear()
                try:
                    return await begin()
                except AgentHeld as held:
                    patience = min(LOOK_SECONDS, held.left.total_seconds() + _SOON_SECONDS)
                woken = asyncio.create_task(look.wait())
                await asyncio.wait({ended, woken}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
                woken.cancel()
            return None
        finally:
            waiting.discard(look)
            if not waiting:
                self._waiting.pop(agent_id, None)
