"""What follows when somebody, or a whole organisation, is switched off."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta

import structlog

from streamspace.server.core.db import Database
from streamspace.server.core.events import Bus, Published
from streamspace.server.core.settings import Settings
from streamspace.server.logins import service as logins
from streamspace.server.sessions import service as sessions

log = structlog.get_logger(__name__)


class Departures:
    """Ends the sessions and logins of who may no longer have any. Requests are refused before, at once."""

    IDLE = timedelta(seconds=15)
    BATCH = 5
    PAUSE = timedelta(milliseconds=100)
    """Few sessions at a time, and then others' turn: nobody's writes wait for an organisation's hundreds."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._wake = asyncio.Event()

    def listen(self, bus: Bus) -> None:
        """Act on what is announced from now on."""
        bus.subscribe(self._left, "user.deactivated", "organization.closed", "organization.member_left")

    async def _left(self, event: Published) -> None:
        async with self._database.work() as uow:
            if event.name == "user.deactivated":
                await logins.end_all_of(uow, event.payload["user_id"])
            elif event.name == "organization.closed":
                await logins.end_all_in(uow, event.payload["organization_id"])
        self._wake.set()

    async def run(self) -> None:
        """End sessions until cancelled: when somebody left, and now and then, in case a crash came between."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.IDLE.total_seconds()):
                    await self._wake.wait()
            self._wake.clear()
            try:
                while await self.end_some():  # noqa: ASYNC110 - a pause, not a wait for something
                    await asyncio.sleep(self.PAUSE.total_seconds())
            except Exception:
                log.exception("departures_failed")
                await asyncio.sleep(1)

    async def end_some(self) -> bool:
        """End some sessions; true if there may be more."""
        async with self._database.work(write=False) as uow:
            if not await sessions.has_left_behind(uow):
                return False
        async with self._database.work() as uow:
            return await sessions.end_left_behind(uow, self._settings, most=self.BATCH) == self.BATCH
