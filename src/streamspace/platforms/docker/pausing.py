"""Freezing a session's container, and letting it go on."""

from __future__ import annotations

from abc import ABC, abstractmethod

from streamspace.platforms.base import NotRunning
from streamspace.platforms.docker import engine
from streamspace.platforms.docker.session import Session


class Pausing(ABC):
    """The part of the platform that pauses sessions."""

    _engine: engine.Engine

    @abstractmethod
    async def _held(self, session_id: str) -> Session:
        """Return a session of this machine."""

    async def pause(self, session_id: str) -> None:
        """Freeze a session's processes; its memory stays."""
        await self._freeze(session_id, frozen=True)

    async def resume(self, session_id: str) -> None:
        """Let a paused session go on."""
        await self._freeze(session_id, frozen=False)

    async def _freeze(self, session_id: str, *, frozen: bool) -> None:
        session = await self._held(session_id)
        async with session.lock:
            if not session.alive():
                raise NotRunning
            if session.paused is not frozen:
                with engine.sentences():
                    container = self._engine.client.containers.container(session.name)
                    await (container.pause() if frozen else container.unpause())
                session.paused = frozen
