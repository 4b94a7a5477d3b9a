"""What follows when somebody, or a whole organisation, is switched off."""

from __future__ import annotations

from streamspace.server.core.db import Database
from streamspace.server.core.events import Bus, Published
from streamspace.server.core.settings import Settings
from streamspace.server.logins import service as logins
from streamspace.server.sessions import service as sessions


class Departures:
    """Ends the sessions and logins of who may no longer have any. Requests are refused before, at once."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database

    def listen(self, bus: Bus) -> None:
        """Act on what is announced from now on."""
        bus.subscribe(self._deactivated, "user.deactivated")
        bus.subscribe(self._closed, "organization.closed")
        bus.subscribe(self._left, "organization.member_left")

    async def _deactivated(self, event: Published) -> None:
        user_id = event.payload["user_id"]
        async with self._database.work() as uow:
            await logins.end_all_of(uow, user_id)
            await sessions.end_all(uow, self._settings, "user_deactivated", user_id=user_id)

    async def _closed(self, event: Published) -> None:
        org_id = event.payload["organization_id"]
        async with self._database.work() as uow:
            await logins.end_all_in(uow, org_id)
            await sessions.end_all(uow, self._settings, "organization_closed", org_id=org_id)

    async def _left(self, event: Published) -> None:
        async with self._database.work() as uow:
            user_id = event.payload["user_id"]
            await sessions.end_all(uow, self._settings, "left_organization", user_id=user_id, org_id=event.org_id)
