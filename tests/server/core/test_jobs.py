import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from streamspace.server.core.db import Database, OutboxEntry
from streamspace.server.core.events import Bus, Published
from streamspace.server.core.jobs import Jobs, Relay
from streamspace.server.templates.events import TemplatesChanged


async def announce(database: Database, *names: str) -> None:
    async with database.work() as uow:
        for name in names:
            uow.announce(TemplatesChanged(names=[name]))


class Listener:
    """Hears everything, and may be told to fail."""

    def __init__(self, bus: Bus) -> None:
        self.heard: list[str] = []
        self.enough = asyncio.Event()
        bus.subscribe(self._hear, "")

    async def _hear(self, event: Published) -> None:
        self.heard += event.payload["names"]
        self.enough.set()


class TestRelay:
    async def test_publishes_in_the_order_of_the_commits(self, database: Database) -> None:
        bus = Bus()
        listener = Listener(bus)
        relay = Relay(database, bus)
        for n in range(5):
            await announce(database, f"{n}a", f"{n}b")
        await relay.flush()
        assert listener.heard == [f"{n}{part}" for n in range(5) for part in "ab"]

    async def test_leaves_nothing_behind(self, database: Database) -> None:
        relay = Relay(database, Bus())
        await announce(database, "a")
        assert not await relay.flush()
        async with database.work(write=False) as uow:
            assert (await uow.db.execute(select(OutboxEntry))).all() == []

    @pytest.mark.parametrize("steps", range(4))
    async def test_ends_though_it_is_woken_at_the_same_moment(self, database: Database, steps: int) -> None:
        relay = Relay(database, Bus())
        await relay.flush()  # which opens the connection: a thread that is only starting would outlive the test
        running = asyncio.create_task(relay.run())
        await asyncio.sleep(0.1)
        for wake in database.on_events:
            wake()
        for _ in range(steps):
            await asyncio.sleep(0)
        running.cancel()
        done, _ = await asyncio.wait({running}, timeout=1)
        running.cancel()  # or the failed test would leave it behind
        assert done

    async def test_what_was_committed_before_a_crash_is_published_after_it(
        self, database: Database, database_url: str
    ) -> None:
        await announce(database, "a")
        again = Database(database_url)
        bus = Bus()
        listener = Listener(bus)
        try:
            await Relay(again, bus).flush()
        finally:
            await again.close()
        assert listener.heard == ["a"]

    async def test_a_failed_deletion_publishes_again_elsewhere_but_not_here(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bus = Bus()
        listener = Listener(bus)
        relay = Relay(database, bus)
        await announce(database, "a")
        real = database.work

        def broken(*, write: bool = True) -> object:
            if write:
                raise ConnectionError
            return real(write=write)

        monkeypatch.setattr(database, "work", broken)
        with pytest.raises(ConnectionError):
            await relay.flush()
        monkeypatch.setattr(database, "work", real)
        await relay.flush()
        assert listener.heard == ["a"]

    async def test_takes_out_what_it_published_a_moment_later(self, database: Database) -> None:
        bus = Bus()
        listener = Listener(bus)
        left: list[int] = []

        async def count() -> int:
            async with database.work(write=False) as uow:
                return len((await uow.db.execute(select(OutboxEntry.id))).all())

        async def on_event(event: Published) -> None:
            del event
            left.append(await count())

        bus.subscribe(on_event, "")
        running = asyncio.create_task(Relay(database, bus).run())
        try:
            await announce(database, "a")
            async with asyncio.timeout(5):
                while not left or await count():
                    await asyncio.sleep(0.01)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        assert (listener.heard, left) == (["a"], [1])

    async def test_wakes_when_a_transaction_announced_something(self, database: Database) -> None:
        bus = Bus()
        listener = Listener(bus)
        running = asyncio.create_task(Relay(database, bus).run())
        try:
            await asyncio.sleep(0.05)
            await announce(database, "a")
            await asyncio.wait_for(listener.enough.wait(), 1)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        assert listener.heard == ["a"]


class TestEvery:
    async def test_runs_in_one_of_two_processes(self, database: Database, database_url: str) -> None:
        other = Database(database_url, database.clock)
        ran: list[str] = []
        pair = {name: Jobs(base) for name, base in (("one", database), ("two", other))}

        async def job(name: str) -> None:
            ran.append(name)

        try:
            for name, jobs in pair.items():
                jobs.every(timedelta(milliseconds=10), "sweep", lambda name=name: job(name))
            while len(ran) < 5:
                await asyncio.sleep(0.01)
        finally:
            for jobs in pair.values():
                await jobs.close()
            await other.close()
        assert len(set(ran)) == 1

    async def test_goes_on_after_a_failure(self, database: Database) -> None:
        ran = 0
        jobs = Jobs(database)

        async def job() -> None:
            nonlocal ran
            ran += 1
            raise RuntimeError

        jobs.every(timedelta(milliseconds=5), "sweep", job, exclusive=False)
        try:
            while ran < 3:
                await asyncio.sleep(0.01)
        finally:
            await jobs.close()
