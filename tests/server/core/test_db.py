import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import ClassVar

import aiosqlite
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import StatementError

from streamspace.kit.clock import FakeClock
from streamspace.server.core.db import Database, Lease, OutboxEntry
from streamspace.server.core.errors import Conflict
from streamspace.server.core.events import Event
from streamspace.server.organizations.models import Organization


@dataclass(frozen=True, kw_only=True, slots=True)
class KettleBoiled(Event):
    """The water is hot."""

    name: ClassVar[str] = "kettle.boiled"
    degrees: int


class Noted(Conflict):
    """What was written before this stays."""

    keeps_work = True


def organization(name: str, at: datetime) -> Organization:
    return Organization(id=name, name=name, display_name=name, created_at=at, updated_at=at)


async def count(database: Database, table: type) -> int:
    async with database.work(write=False) as uow:
        return (await uow.db.execute(select(func.count()).select_from(table))).scalar_one()


class TestWork:
    async def test_commits_rows_and_events_together(self, database: Database, clock: FakeClock) -> None:
        async with database.work() as uow:
            uow.db.add(organization("tea", clock.now()))
            uow.announce(KettleBoiled(degrees=100, org_id="tea"))
        async with database.work(write=False) as uow:
            (entry,) = (await uow.db.execute(select(OutboxEntry))).scalars()
            assert (entry.name, entry.org_id, entry.payload) == ("kettle.boiled", "tea", {"degrees": 100})
        assert await count(database, Organization) == 1

    async def test_an_exception_takes_back_rows_and_events(self, database: Database, clock: FakeClock) -> None:
        with pytest.raises(RuntimeError):
            async with database.work() as uow:
                uow.db.add(organization("tea", clock.now()))
                uow.announce(KettleBoiled(degrees=100))
                raise RuntimeError
        assert await count(database, Organization) == await count(database, OutboxEntry) == 0

    async def test_a_problem_takes_back_as_well(self, database: Database, clock: FakeClock) -> None:
        with pytest.raises(Conflict):
            async with database.work() as uow:
                uow.db.add(organization("tea", clock.now()))
                raise Conflict
        assert await count(database, Organization) == 0

    async def test_a_problem_that_keeps_its_work_commits_and_is_raised(
        self, database: Database, clock: FakeClock
    ) -> None:
        with pytest.raises(Noted):
            async with database.work() as uow:
                uow.db.add(organization("tea", clock.now()))
                uow.announce(KettleBoiled(degrees=100))
                raise Noted
        assert await count(database, Organization) == await count(database, OutboxEntry) == 1

    async def test_wakes_the_relay_only_if_something_was_announced(self, database: Database) -> None:
        woken: list[int] = []
        database.on_events.append(lambda: woken.append(1))
        async with database.work():
            pass
        assert woken == []
        async with database.work() as uow:
            uow.announce(KettleBoiled(degrees=1))
        assert woken == [1]

    async def test_two_writers_at_once_wait_for_each_other(self, database: Database, clock: FakeClock) -> None:
        import asyncio

        async def add(name: str) -> None:
            async with database.work() as uow:
                await uow.db.execute(select(Organization))
                uow.db.add(organization(name, clock.now()))

        await asyncio.gather(*(add(f"o{n}") for n in range(8)))
        assert await count(database, Organization) == 8

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    async def test_writers_come_in_turn_and_one_that_gives_up_holds_up_nobody(self, database: Database) -> None:
        import asyncio

        order: list[int] = []
        first = asyncio.Event()

        async def write(number: int) -> None:
            async with database.work() as uow:
                await uow.db.execute(select(Organization))
                order.append(number)
                if number == 0:
                    await first.wait()

        writers = []
        for number in range(4):
            writers.append(asyncio.create_task(write(number)))
            await asyncio.sleep(0.05)
        writers[1].cancel()
        await asyncio.sleep(0.05)
        first.set()
        await asyncio.gather(*writers, return_exceptions=True)
        assert order == [0, 2, 3]


class TestInstant:
    async def test_comes_back_in_utc_and_to_the_microsecond(self, database: Database) -> None:
        given = datetime(2026, 5, 1, 12, 30, 1, 123456, tzinfo=timezone(timedelta(hours=2)))
        async with database.work() as uow:
            uow.db.add(organization("tea", given))
        async with database.work(write=False) as uow:
            found = (await uow.db.execute(select(Organization.created_at))).scalar_one()
        assert found == given
        assert found.astimezone(UTC).isoformat() == "2026-05-01T10:30:01.123456+00:00"
        assert found.utcoffset() == timedelta(0)

    async def test_refuses_a_time_without_a_zone(self, database: Database) -> None:
        with pytest.raises(StatementError, match="without a zone"):
            async with database.work() as uow:
                uow.db.add(organization("tea", datetime(2026, 1, 1)))  # noqa: DTZ001


class TestAcquire:
    MINUTE = timedelta(minutes=1)

    async def test_one_of_two_holders_gets_it(self, database: Database, database_url: str, clock: FakeClock) -> None:
        other = Database(database_url, clock)
        try:
            assert await database.acquire("sweep", self.MINUTE)
            assert not await other.acquire("sweep", self.MINUTE)
        finally:
            await other.close()

    async def test_its_holder_renews_it(self, database: Database, clock: FakeClock) -> None:
        assert await database.acquire("sweep", self.MINUTE)
        clock.advance(timedelta(seconds=50))
        assert await database.acquire("sweep", self.MINUTE)
        async with database.work(write=False) as uow:
            (lease,) = (await uow.db.execute(select(Lease))).scalars()
        assert lease.until == clock.now() + self.MINUTE

    async def test_a_lease_that_ended_goes_to_whoever_asks(
        self, database: Database, database_url: str, clock: FakeClock
    ) -> None:
        other = Database(database_url, clock)
        try:
            assert await database.acquire("sweep", self.MINUTE)
            clock.advance(timedelta(seconds=61))
            assert await other.acquire("sweep", self.MINUTE)
            assert not await database.acquire("sweep", self.MINUTE)
        finally:
            await other.close()

    async def test_the_clock_is_set_back_and_a_dead_holder_does_not_keep_it(
        self, database: Database, database_url: str, clock: FakeClock
    ) -> None:
        other = Database(database_url, clock)
        try:
            assert await database.acquire("sweep", self.MINUTE)
            clock.advance(timedelta(hours=-1))
            assert await other.acquire("sweep", self.MINUTE)
            assert not await database.acquire("sweep", self.MINUTE)
        finally:
            await other.close()

    async def test_asked_for_at_once_by_many_it_goes_to_one(self, database_url: str, clock: FakeClock) -> None:
        import asyncio

        holders = [Database(database_url, clock) for _ in range(5)]
        try:
            got = await asyncio.gather(*(holder.acquire("sweep", self.MINUTE) for holder in holders))
        finally:
            for holder in holders:
                await holder.close()
        assert sorted(got) == [False] * 4 + [True]


class TestCancelled:
    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    async def test_work_lets_go_of_the_lock_though_its_traceback_lives(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reading = asyncio.Event()

        async def never(_: aiosqlite.Cursor) -> None:
            reading.set()
            await asyncio.Event().wait()

        async def write(name: str) -> None:
            async with database.work() as uow:
                uow.db.add(Lease(name=name, holder="somebody", until=uow.now()))
                await uow.db.flush()
                await uow.db.execute(select(Lease))

        for name in "cde":
            await write(name)
        with monkeypatch.context() as patch:
            patch.setattr(aiosqlite.Cursor, "fetchall", never)
            cancelled = asyncio.create_task(write("a"))
            await reading.wait()
            cancelled.cancel()
            with pytest.raises(asyncio.CancelledError) as _kept:
                await cancelled
        async with asyncio.timeout(5):
            await write("b")
