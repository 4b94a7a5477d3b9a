"""The database: one engine for two kinds, one transaction per request or job, the outbox, the leases."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, String, event, insert, update
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator
from sqlalchemy.util import await_

from streamspace.kit.clock import Clock, SystemClock
from streamspace.server.core.errors import Problem
from streamspace.server.core.events import Event
from streamspace.server.core.trail import changes, current_origin, entry


class Instant(TypeDecorator[datetime]):
    """A point in time; always UTC, on databases with time zones and without."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times, which mean different things on different machines."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone reached the database.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Put back the zone that SQLite forgets."""
        del dialect
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    """All tables."""

    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own convention
        datetime: Instant,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        list[str]: JSON,
        list[dict[str, Any]]: JSON,
    }


class OutboxEntry(Base):
    """An event that was committed and not yet published."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(String(100))
    org_id: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime]
    payload: Mapped[dict[str, Any]]


class PendingEntry(Base):
    """An audit entry that was committed and is not yet part of the chain."""

    __tablename__ = "audit_pending"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    entry: Mapped[dict[str, Any]]


class Lease(Base):
    """Who may do a job until when."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    holder: Mapped[str] = mapped_column(String(64))
    until: Mapped[datetime]


class UnitOfWork:
    """One transaction, and the events and audit entries that become true with it."""

    def __init__(self, db: AsyncSession, clock: Clock, *, alone: bool = False) -> None:
        self.db = db
        self.alone = alone
        """Whether nobody else can write until this ends, so that what was read stays true without holding it."""
        self.origin = current_origin()
        """Who causes this, and from where."""
        self._clock = clock
        self._events: list[Event] = []
        self._notes: list[dict[str, Any]] = []
        self._outcomes: set[str] = set()

    def now(self) -> datetime:
        """Return the time that this work should write."""
        return self._clock.now()

    def announce(self, happened: Event) -> None:
        """Publish an event if, and only if, this transaction commits."""
        self._events.append(happened)

    def note(
        self,
        action: str,
        kind: str,
        id: str | None,  # noqa: A002 - the thing's id
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
        org_id: str | None = None,
        outcome: str = "ok",
        code: str | None = None,
    ) -> None:
        """Write an audit entry if, and only if, this transaction commits.

        `org_id` is the organisation whose log it belongs to, where that is not the actor's own.
        Names that sound secret are masked; of `before` and `after` only what differs is kept.
        """
        told = self.origin.row() | {
            "action": action,
            "resourceType": kind,
            "resourceId": id,
            "outcome": outcome,
            "code": code,
            "changes": changes(before, after),
        }
        if org_id is not None:
            told["orgId"] = org_id
        self._outcomes.add(outcome)
        self._notes.append({"at": self.now(), "entry": entry(told)})

    def changed_nothing(self) -> None:
        """Tell that this operation, though it might have, changed nothing that the audit log should name."""
        self._outcomes.add("ok")

    @property
    def noted(self) -> bool:
        """Whether this work, or other work of the same request, wrote an entry."""
        return bool(self._outcomes or self.origin.noted)

    async def write_notes(self) -> None:
        """Put the audit entries where the sealing finds them: one statement, whatever their number."""
        if self._notes:
            await self.db.execute(insert(PendingEntry), self._notes)
            self._notes = []

    def kept(self) -> None:
        """Remember, for the rest of the request, that the entries are committed."""
        self.origin.noted |= self._outcomes

    async def write_events(self) -> int:
        """Move announced events into the outbox; the number says whether the relay has work."""
        if not self._events:
            return 0
        rows = [{"name": e.name, "org_id": e.org_id, "at": e.at, "payload": e.payload()} for e in self._events]
        # Without this, events of no organisation would take a statement of their own.
        await self.db.execute(insert(OutboxEntry), rows, execution_options={"render_nulls": True})
        self._events.clear()
        return len(rows)


class Turn:
    """One writer's turn at SQLite, which has room for one.

    Its own way to wait is to look again every so often, so that of twenty writers some wait for seconds while it rests.
    """

    def __init__(self, lock: asyncio.Lock) -> None:
        self._lock = lock
        self._mine = False

    async def begin(self) -> None:
        """Wait for those who came before."""
        if not self._mine:
            await self._lock.acquire()
            self._mine = True

    def end(self) -> None:
        """Let the next one write."""
        if self._mine:
            self._mine = False
            self._lock.release()


class Database:
    """The engine and what is done with it."""

    def __init__(self, url: str, clock: Clock | None = None) -> None:
        self.url = make_url(url)
        self.clock = clock or SystemClock()
        self.instance = uuid.uuid4().hex
        """Names this process in leases."""
        self.engine: AsyncEngine = _engine(url)
        self._sqlite = self.engine.dialect.name == "sqlite"
        self._writing = asyncio.Lock()
        self.on_events: list[Any] = []
        """Called without arguments after a commit that wrote events."""

    @contextlib.asynccontextmanager
    async def work(self, *, write: bool = True) -> AsyncIterator[UnitOfWork]:
        """Run one transaction: commit at the end, roll back on any exception.

        SQLite takes its write lock at the first statement of a writing unit, because a reader that turns
        writer half-way fails instead of waiting.
        """
        turn = Turn(self._writing) if write and self._sqlite else None
        options = {"sqlite_turn": turn} if turn is not None else {}
        async with contextlib.AsyncExitStack() as stack:
            if turn is not None:
                stack.callback(turn.end)
            connection = await stack.enter_async_context(self.engine.connect())
            await connection.execution_options(**options)
            async with AsyncSession(connection, expire_on_commit=False, autoflush=False) as session:
                uow = UnitOfWork(session, self.clock, alone=turn is not None)
                try:
                    yield uow
                    announced = await _commit(session, uow)
                except Problem as problem:
                    if not problem.keeps_work:
                        await session.rollback()
                        raise
                    if await _commit(session, uow):
                        self._woken()
                    raise
                except BaseException:
                    await session.rollback()
                    raise
        if announced:
            self._woken()

    def _woken(self) -> None:
        for wake in self.on_events:
            wake()

    async def acquire(self, name: str, duration: timedelta) -> bool:
        """Take or renew a lease; false while somebody else holds it."""
        async with self.work() as uow:
            now = uow.now()
            taken = await uow.db.execute(
                update(Lease)
                .where(
                    Lease.name == name,
                    # A lease that ends so late was taken before the clock was set back.
                    (Lease.until < now) | (Lease.until > now + 2 * duration) | (Lease.holder == self.instance),
                )
                .values(holder=self.instance, until=now + duration)
                .returning(Lease.name)
            )
            if taken.first() is not None:
                return True
            if await uow.db.get(Lease, name) is not None:
                return False
            try:
                async with uow.db.begin_nested():
                    uow.db.add(Lease(name=name, holder=self.instance, until=now + duration))
            except IntegrityError:
                return False  # another process made the row a moment before us
            return True

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


async def _commit(session: AsyncSession, uow: UnitOfWork) -> int:
    await session.flush()
    announced = await uow.write_events()
    await uow.write_notes()
    await session.commit()
    uow.kept()
    return announced


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _engine(url: str) -> AsyncEngine:
    options: dict[str, Any] = {
        "pool_size": 20,
        "max_overflow": 10,
        "json_serializer": _json,
        "json_deserializer": orjson.loads,
    }
    if not url.startswith("sqlite"):
        return create_async_engine(url, pool_pre_ping=True, **options)
    # Each unit of work ends its own transaction, so a further ROLLBACK is only a further trip to the thread.
    engine = create_async_engine(url, connect_args={"timeout": 30}, pool_reset_on_return=None, **options)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        del record
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        turn = connection.get_execution_options().get("sqlite_turn")
        if turn is not None:
            await_(turn.begin())
        connection.exec_driver_sql("BEGIN" if turn is None else "BEGIN IMMEDIATE")

    @event.listens_for(engine.sync_engine, "invalidate")
    def roll_back(connection: DBAPIConnection, record: ConnectionPoolEntry, error: BaseException | None) -> None:
        # SQLite keeps a closed connection's transaction, and its lock, while a statement of it is alive; that of a
        # cancelled task lives as long as the task's traceback.
        del record, error
        with contextlib.suppress(Exception):
            connection.rollback()

    return engine
