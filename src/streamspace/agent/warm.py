"""What an agent does about sessions that are started ahead."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog

from streamspace.kit import quantities
from streamspace.platforms.base import Platform, PlatformError, Warms, WarmSpec
from streamspace.protocol import control
from streamspace.protocol.control import Action
from streamspace.protocol.manifest import TemplateManifest

log = structlog.get_logger(__name__)

ABILITY = "warm"
_AT_ONCE = 1
"""Nobody waits for these, and somebody may for another start."""


class Readiness:
    """Whether sessions can be started ahead here, which may change: a container engine comes later, or comes back."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._problem: str | None = None

    async def ability(self) -> list[str]:
        """Return the ability's name while the platform and its machine have it."""
        if not isinstance(self._platform, Warms):
            return []
        try:
            problem = await self._platform.warm_problem()
        except (PlatformError, OSError) as error:
            problem = str(error)
        if problem is not None and problem != self._problem:
            log.info("nothing_started_ahead", reason=problem)
        self._problem = problem
        return [] if problem is not None else [ABILITY]


class Warmth:
    """Carries out the orders that concern warm sessions. A `cool` breaks off a `warm` of the same."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._starting: dict[str, asyncio.Future[Any]] = {}
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._unwanted: set[str] = set()

    async def do(self, action: str, order: control.WarmOrder) -> dict[str, Any]:
        """Do it and return what came of it.

        Raises:
            PlatformError: it cannot be done here; the text says why.
        """
        platform = self._platform
        if not isinstance(platform, Warms):
            raise PlatformError("This platform starts nothing ahead.")
        if action == Action.COOL:
            await self._cool(platform, order.warm_id)
            return {"warmId": order.warm_id}
        view = await self._warm(platform, order)
        return {"warmId": order.warm_id, "memoryBytes": view.memory_bytes}

    async def _cool(self, platform: Warms, warm_id: str) -> None:
        starting = self._starting.get(warm_id)
        if starting is not None:
            self._unwanted.add(warm_id)
            starting.cancel()
            await asyncio.gather(starting, return_exceptions=True)
        await platform.cool(warm_id)

    async def _warm(self, platform: Warms, order: control.WarmOrder) -> Any:
        spec = WarmSpec(
            warm_id=order.warm_id,
            manifest=TemplateManifest.model_validate(order.template_manifest),
            cpu_millicores=quantities.millicores(order.resources.get("cpu") or "1000m"),
            memory_bytes=quantities.size_bytes(order.resources.get("memory") or "1Gi"),
        )

        async def begin() -> Any:
            async with self._slots:
                return await platform.warm(spec)

        starting = self._starting[order.warm_id] = asyncio.ensure_future(begin())
        try:
            return await starting
        except asyncio.CancelledError:
            if order.warm_id not in self._unwanted:
                starting.cancel()
                raise
            raise PlatformError("It was not wanted any more.") from None
        finally:
            self._starting.pop(order.warm_id, None)
            self._unwanted.discard(order.warm_id)

    async def inventory(self) -> list[control.WarmReported] | None:
        """Return those that wait here, or None where there are never any."""
        if not isinstance(self._platform, Warms):
            return None
        return [
            control.WarmReported(warm_id=view.warm_id, ready=view.ready, memory_bytes=view.memory_bytes)
            for view in await self._platform.warm_inventory()
        ]

    async def end(self) -> None:
        """End all that wait, because this machine's StreamSpace is told to stop."""
        if not isinstance(self._platform, Warms):
            return
        for view in await self._platform.warm_inventory():
            try:
                await self._platform.cool(view.warm_id)
            except PlatformError as error:
                log.warning("warm_session_stays", warm=view.warm_id, reason=str(error))
