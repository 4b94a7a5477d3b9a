"""What administrators order by hand."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

import streamspace
from streamspace import protocol
from streamspace.agent import machine
from streamspace.platforms.base import Platform, PlatformError
from streamspace.protocol.control import Action

log = structlog.get_logger(__name__)

End = Callable[[bool], None]
"""Ends the program; true to begin it anew."""
_LAST_WORDS_SECONDS = 0.5


class ByHand:
    """Carries out administrators' orders. Without `end`, the program that holds this agent is not its to end."""

    def __init__(
        self, platform: Platform, data_dir: Path, tell_inventory: Callable[[], Awaitable[None]], end: End | None
    ) -> None:
        self._platform = platform
        self._data_dir = data_dir
        self._tell_inventory = tell_inventory
        self._end = end

    @property
    def abilities(self) -> list[str]:
        """What this agent can do beyond what every agent can."""
        return [] if self._end is None else [Action.SHUTDOWN, Action.RESTART]

    async def do(self, action: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Do it and return what came of it.

        Raises:
            PlatformError: it cannot be done here; the text says why.
        """
        if action == Action.PING:
            now = datetime.now(UTC).isoformat()
            spoken = {"version": streamspace.__version__, "protocolVersion": protocol.VERSION}
            return {"at": now, "process": os.getpid(), **spoken}
        if action == Action.INVENTORY:
            await self._tell_inventory()
            held = await self._platform.inventory()
            return {"sessions": [{"sessionId": view.session_id, "state": view.state.value} for view in held]}
        if action == Action.USAGE:
            return await self._usage(payload.get("sessionId"))
        return self._ending(again=action == Action.RESTART)

    async def _usage(self, session_id: Any) -> dict[str, Any]:
        if session_id is None:
            return machine.usage(self._data_dir)
        used = await self._platform.usage(str(session_id))
        return machine.session_usage(used)

    def _ending(self, *, again: bool) -> dict[str, Any]:
        if self._end is None:
            raise PlatformError("This agent is part of a larger program. Stop that one.")
        log.warning("ending_by_order", again=again)
        # The order's own answer goes out first; the journal keeps it from being carried out twice.
        asyncio.get_running_loop().call_later(_LAST_WORDS_SECONDS, self._end, again)
        return {"again": again}
