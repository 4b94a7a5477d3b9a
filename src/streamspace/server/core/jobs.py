"""Background work: loops that one process of the installation runs at a time, and the outbox relay."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import delete, select

from streamspace.kit.tasks import Tasks
from streamspace.server.core.db import Database, OutboxEntry
from streamspace.server.core.events import Bus, Published

log = structlog.get_logger(__name__)

Job = Callable[[], Awaitable[None]]
_BATCH = 500


class Jobs:
    """Runs loops. A loop with a lease runs in one process only; a crash frees it when the lease ends."""

    LEASE = timedelta(seconds=15)

    def __init__(self, database: Database) -> None:
        self._database = database
        self._tasks = Tasks()

    def every(self, interval: timedelta, name: str, job: Job, *, exclusive: bool = True) -> None:
        """Call a job again and again; a failing run is logged and the next one tries again."""
        self._tasks.spawn(self._loop(interval, name, job, exclusive=exclusive), name)

    async def _loop(self, interval: timedelta, name: str, job: Job, *, exclusive: bool) -> None:
        while True:
            try:
                if not exclusive or await self._database.acquire(name, max(self.LEASE, interval * 3)):
                    await job()
            except Exception:
                log.exception("job_failed", job=name)
            await asyncio.sleep(interval.total_seconds())

    def run(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run something until the process ends."""
        self._tasks.spawn(work(), name)

    async def close(self) -> None:
        """Stop all loops."""
        await self._tasks.close()


class Relay:
    """Publishes what transactions left in the outbox: at least once, in the order of their commits."""

    IDLE = timedelta(seconds=2)
    TIDY = timedelta(seconds=0.2)
    """How long what was published stays in the outbox: whoever acts on it at once need not wait for its deletion."""

    def __init__(self, database: Database, bus: Bus) -> None:
        self._database = database
        self._bus = bus
        self._wake = asyncio.Event()
        self._delivered: set[int] = set()
        database.on_events.append(self._wake.set)

    async def run(self) -> None:
        """Relay until cancelled."""
        tidy_at: float | None = None
        while True:
            patience = (self.TIDY if self._delivered else self.IDLE).total_seconds()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(patience):
                    await self._wake.wait()
            self._wake.clear()
            try:
                while await self._publish():
                    await self._tidy()
                if tidy_at is not None and time.monotonic() >= tidy_at:
                    await self._tidy()
                if not self._delivered:
                    tidy_at = None
                elif tidy_at is None:
                    tidy_at = time.monotonic() + self.TIDY.total_seconds()
            except Exception:
                log.exception("relay_failed")
                await asyncio.sleep(1)

    async def flush(self) -> bool:
        """Publish one batch and take it out of the outbox; true if there may be more."""
        more = await self._publish()
        await self._tidy()
        return more

    async def _publish(self) -> bool:
        async with self._database.work(write=False) as uow:
            rows = (await uow.db.execute(select(OutboxEntry).order_by(OutboxEntry.id).limit(_BATCH))).scalars().all()
        for row in rows:
            if row.id not in self._delivered:
                await self._bus.publish(Published(row.name, row.org_id, row.at, row.payload))
                self._delivered.add(row.id)
        return len(rows) == _BATCH

    async def _tidy(self) -> None:
        if not (ids := list(self._delivered)):
            return
        async with self._database.work() as uow:
            await uow.db.execute(delete(OutboxEntry).where(OutboxEntry.id.in_(ids)))
        self._delivered.difference_update(ids)
