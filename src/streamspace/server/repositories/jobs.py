"""Reads repositories: those that are due and those that somebody asked for, a few at a time, each in one process."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from streamspace.kit.tasks import Tasks
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.events import Bus, Published
from streamspace.server.core.settings import Settings
from streamspace.server.repositories import access, applying, child, queries, rules, service
from streamspace.server.repositories.bounds import Bounds, Unusable
from streamspace.server.repositories.events import SyncMoved, SyncWanted
from streamspace.server.repositories.models import Repository, RepositorySync
from streamspace.server.repositories.rules import Status, SyncStatus
from streamspace.server.repositories.worker import Order

log = structlog.get_logger(__name__)

Read = Callable[[Order, child.Progress], Awaitable[dict[str, Any]]]
_AT_ONCE = 2
_IDLE = timedelta(seconds=5)
_CLAIM = timedelta(seconds=Bounds().seconds + 180)
_QUIET = frozenset({"schedule", "webhook"})
_INTERRUPTED = "The process that read it ended. It is read again."
_STEPS = {"fetching": "Fetching: {} kB so far.", "unpacking": "Unpacking {} kB."}


class Syncs:
    """Runs in every process; a claim on the repository's row says which of them reads it."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        bus: Bus,
        registry: CollectorRegistry | None = None,
        *,
        read: Read = child.read,
    ) -> None:
        self._settings = settings
        self._database = database
        self._bus = bus
        self._read = read
        self._wake = asyncio.Event()
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._tasks = Tasks()
        self._meters = _meters(registry) if registry is not None else None

    def listen(self, bus: Bus) -> None:
        """Look at once when somebody asks."""
        bus.subscribe(self._on_wanted, SyncWanted.name)

    async def _on_wanted(self, event: Published) -> None:
        del event
        self._wake.set()

    async def run(self) -> None:
        """Read what is due until cancelled."""
        try:
            while True:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_IDLE.total_seconds()):
                        await self._wake.wait()
                self._wake.clear()
                try:
                    await self._look()
                except Exception:
                    log.exception("repositories_not_read")
                    await asyncio.sleep(1)
        finally:
            await self._tasks.close()

    async def _look(self) -> None:
        async with self._database.work(write=False) as uow:
            now = uow.now()
            due, left = await queries.due(uow.db, now), await queries.abandoned(uow.db, now)
        if due or left:
            async with self._database.work() as uow:
                await self._queue(uow, due, left)
        async with self._database.work(write=False) as uow:
            waiting = await queries.waiting(uow.db, uow.now())
        for repository_id in waiting:
            await self._slots.acquire()
            self._tasks.spawn(self._one(repository_id), f"repository-{repository_id}")
        await self._measure()

    async def _queue(self, uow: UnitOfWork, due: Any, left: Any) -> None:
        for repository_id, number in left:
            sync = await queries.sync(uow.db, repository_id, number)
            row = await queries.locked(uow.db, repository_id)
            if row is not None and sync is not None and sync.status == SyncStatus.RUNNING:
                sync.status, sync.error_message, sync.finished_at = SyncStatus.FAILED, _INTERRUPTED, uow.now()
                row.claimed_by = row.claimed_until = None
                await service.ask(uow, row, sync.cause, by=sync.requested_by, dry_run=sync.dry_run)
        for repository_id in due:
            row = await queries.locked(uow.db, repository_id)
            if row is not None and row.enabled and row.due_at is not None and row.due_at <= uow.now():
                row.due_at = rules.next_due(uow.now(), row.interval_seconds, row.failures)
                await service.ask(uow, row, "schedule")

    async def _one(self, repository_id: int) -> None:
        try:
            while await self.sync_one(repository_id):
                pass
        except Exception:
            log.exception("repository_not_read", repository=repository_id)
        finally:
            self._slots.release()

    async def sync_one(self, repository_id: int) -> bool:
        """Read a repository that waits for it; false if it does not, or another process does it."""
        began = time.monotonic()
        async with self._database.work() as uow:
            now = uow.now()
            if not await queries.claim(uow.db, repository_id, self._database.instance, now, now + _CLAIM):
                return False
            row = await queries.locked(uow.db, repository_id)
            sync = await queries.next_pending(uow.db, repository_id)
            if row is None or sync is None:
                if row is not None:
                    row.claimed_by = row.claimed_until = None
                return False
            sync.status, sync.started_at = SyncStatus.RUNNING, now
            if not sync.dry_run:
                row.status = Status.SYNCING
            number, org_id, order = sync.number, row.org_id, self._order(row, sync)
            applying.moved(uow, row, sync)
            read_from = (row.url, row.branch, row.folder)
        teller = _Teller(self._bus, repository_id, number, org_id, self._database)
        result, failure = await self._result(order, teller)
        outcome = await self._end(repository_id, number, result, failure, teller.lines, read_from)
        if self._meters is not None:
            self._meters.syncs.labels(outcome).inc()
            self._meters.seconds.observe(time.monotonic() - began)
        return True

    def _order(self, row: Repository, sync: RepositorySync) -> Order | str:
        try:
            auth = access.credentials(self._settings, row)
        except Unusable as problem:
            return problem.message
        fresh = sync.force or sync.dry_run
        return Order(
            transport=row.transport,
            url=row.url,
            branch=row.branch,
            folder=row.folder,
            auth=auth,
            known="" if fresh else row.seen,
            etag="" if fresh else row.etag,
            reach=tuple(self._settings.outbound_allow),
        )

    async def _result(self, order: Order | str, teller: _Teller) -> tuple[dict[str, Any] | None, str]:
        if isinstance(order, str):
            return None, order
        try:
            return await self._read(order, teller), ""
        except Unusable as problem:
            return None, problem.message
        except Exception:
            log.exception("repository_read_crashed")
            return None, "Reading it failed on our side. The log says more."

    async def _end(
        self,
        repository_id: int,
        number: int,
        result: dict[str, Any] | None,
        failure: str,
        lines: list[dict[str, Any]],
        read_from: tuple[str, str, str],
    ) -> str:
        async with self._database.work() as uow:
            row = await queries.locked(uow.db, repository_id)
            sync = await queries.sync(uow.db, repository_id, number)
            if row is None or sync is None or sync.status != SyncStatus.RUNNING:
                return "gone"  # the repository was removed meanwhile, or another process took over
            if result is not None and (row.url, row.branch, row.folder) != read_from:
                failure, result = "The repository was changed while it was read.", None
            if result is None:
                _failed(uow, row, sync, failure)
            else:
                if result["hostKey"] and not row.host_key:
                    row.host_key = result["hostKey"]
                    uow.note(
                        "repository.host_trusted",
                        "repository",
                        str(row.id),
                        after={"hostKey": row.host_key},
                        org_id=row.org_id,
                    )
                if result["unchanged"]:
                    applying.unchanged(uow, row, sync, result)
                else:
                    await applying.finish(uow, row, sync, result)
            row.claimed_by = row.claimed_until = None
            row.due_at = rules.next_due(uow.now(), row.interval_seconds, row.failures) if row.enabled else None
            sync.finished_at = uow.now()
            sync.log = [*lines, *_closing(uow, sync)][: rules.MOST_LOG_LINES]
            applying.moved(uow, row, sync)
            outcome = str(sync.status)
            if sync.status == SyncStatus.SUCCEEDED and sync.cause in _QUIET and result and result["unchanged"]:
                await uow.db.delete(sync)  # an hourly look that finds nothing new is not worth a line
            else:
                await queries.forget_syncs(uow.db, row.id, number)
        return outcome

    async def _measure(self) -> None:
        if self._meters is None:
            return
        async with self._database.work(write=False) as uow:
            there = await queries.by_status(uow.db)
        self._meters.repositories.clear()
        for status, number in there:
            self._meters.repositories.labels(status).set(number)


def _failed(uow: UnitOfWork, row: Repository, sync: RepositorySync, message: str) -> None:
    sync.status, sync.error_message = SyncStatus.FAILED, message
    if not sync.dry_run:
        row.status, row.error_message = Status.FAILED, message
        row.failures += 1
        uow.note(
            "repository.sync_failed",
            "repository",
            str(row.id),
            after={"message": message},
            org_id=row.org_id,
            outcome="failed",
            code="sync_failed",
        )


def _closing(uow: UnitOfWork, sync: RepositorySync) -> list[dict[str, Any]]:
    counted = ", ".join(f"{number} {what}" for what, number in sync.counts.items() if number)
    texts = {
        SyncStatus.FAILED: f"Failed: {sync.error_message}",
        SyncStatus.REVIEW: f"Waits for approval: {counted}.",
        SyncStatus.PREVIEWED: f"Would be: {counted or 'nothing'}.",
    }
    text = texts.get(SyncStatus(sync.status), f"Done: {counted or 'nothing there'}.")
    return [{"at": uow.now().isoformat(), "message": text}]


class _Teller:
    """Hears how far the worker is: for the log, and for those who watch."""

    def __init__(self, bus: Bus, repository_id: int, number: int, org_id: str | None, database: Database) -> None:
        self._bus = bus
        self._about = {"repository_id": repository_id, "number": number}
        self._org_id = org_id
        self._clock = database.clock
        self._phase = ""
        self.lines: list[dict[str, Any]] = []

    async def __call__(self, told: Mapping[str, Any]) -> None:
        phase, received = str(told["phase"]), int(told["receivedBytes"])
        now = self._clock.now()
        if phase != self._phase:
            self._phase = phase
            self.lines.append({"at": now.isoformat(), "message": _STEPS[phase].format(received // 1024)})
        payload = {**self._about, "status": str(SyncStatus.RUNNING), "data": dict(told)}
        # Nobody needs it later, so it does not go through the database.
        await self._bus.publish(Published(SyncMoved.name, self._org_id, now, payload))


class _Meters:
    def __init__(self, registry: CollectorRegistry) -> None:
        self.syncs = Counter(
            "streamspace_repository_syncs",
            "Readings of repositories, by what became of them.",
            ["outcome"],
            registry=registry,
        )
        self.seconds = Histogram(
            "streamspace_repository_sync_seconds",
            "How long reading a repository takes.",
            registry=registry,
            buckets=(0.5, 1, 2, 5, 10, 20, 60, 120),
        )
        self.repositories = Gauge("streamspace_repositories", "Repositories, by status.", ["status"], registry=registry)


def _meters(registry: CollectorRegistry) -> _Meters:
    return _Meters(registry)
