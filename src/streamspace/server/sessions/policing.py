"""Has open streams follow when a policy changes: they close, and come again with what holds now."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta

import structlog

from streamspace.server.core.db import Database
from streamspace.server.core.events import Bus, Published
from streamspace.server.policies import service as policies
from streamspace.server.policies.events import PolicyChanged
from streamspace.server.sessions import borders, connections

log = structlog.get_logger(__name__)


class Policing:
    """Ends the connections whose tickets say something else than holds now."""

    SWEEP = timedelta(seconds=15)
    """How often all are looked at: people join and leave groups, and a crash may come between."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._changed: set[str] = set()
        self._wake = asyncio.Event()

    def listen(self, bus: Bus) -> None:
        """Look at an organisation's connections as soon as it, or a group of it, says something else."""
        bus.subscribe(self._on_change, PolicyChanged.name)

    async def _on_change(self, event: Published) -> None:
        if event.org_id is not None:
            self._changed.add(event.org_id)
            self._wake.set()

    async def run(self) -> None:
        """Follow changes until cancelled."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.SWEEP.total_seconds()):
                    await self._wake.wait()
            everywhere = not self._wake.is_set()
            self._wake.clear()
            try:
                await self.follow(await self._all() if everywhere else self._taken())
            except Exception:
                log.exception("policies_not_followed")

    async def follow(self, org_ids: set[str]) -> int:
        """End outdated connections in these organisations; return of how many sessions."""
        ended = 0
        for org_id in sorted(org_ids):
            async with self._database.work(write=False) as uow:
                found = await borders.outdated(uow, org_id)
            for session_id in found:
                # One at a time: nobody's writes wait for an organisation's hundreds.
                async with self._database.work() as uow:
                    ended += await connections.end_outdated(uow, session_id)
        return ended

    def _taken(self) -> set[str]:
        changed, self._changed = self._changed, set()
        return changed

    async def _all(self) -> set[str]:
        async with self._database.work(write=False) as uow:
            return set(await policies.organizations_with_any(uow))
