"""Ends shares when their time is over."""

from __future__ import annotations

from datetime import timedelta

from streamspace.server.core.db import Database
from streamspace.server.shares import service

EVERY = timedelta(seconds=1)


async def close_expired(database: Database) -> None:
    """Look, and write only where there is something to end."""
    async with database.work(write=False) as uow:
        if not await service.anything_expired(uow):
            return
    async with database.work() as uow:
        await service.close_expired(uow)
