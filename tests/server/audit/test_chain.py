"""The chain: what is sealed is found unchanged, and every change from outside is found."""

import asyncio
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from streamspace.protocol import auditing
from streamspace.server.audit.jobs import Sealer
from streamspace.server.audit.schemas import VerifyOut
from streamspace.server.core.db import Database
from streamspace.server.core.settings import Settings
from tests.server.audit.conftest import Caller, entries

Tamper = Callable[..., None]


async def write(database: Database, count: int, *, org: str = "here") -> None:
    for number in range(count):
        async with database.work() as uow:
            uow.note("thing.created", "thing", f"t{number}", after={"name": f"ä😀{number}", "share": 0.5}, org_id=org)


@pytest.fixture
def sealer(settings: Settings, database: Database) -> Sealer:
    return sealer_of(settings, database)


def sealer_of(settings: Settings, database: Database) -> Sealer:
    return Sealer(settings, database, CollectorRegistry())


@pytest.fixture
def tamper(database_url: str) -> Tamper:
    """Change the log as somebody who owns the database can: without its triggers."""

    def change(*statements: str, **values: object) -> None:
        engine = create_engine(database_url.replace("+aiosqlite", ""), poolclass=NullPool)
        with engine.begin() as connection:
            _drop_triggers(connection)
            for statement in statements:
                connection.execute(text(statement), values)
        engine.dispose()

    return change


def _drop_triggers(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        return
    for name in ("no_update", "no_delete", "no_replace"):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS audit_log_{name}")


async def verified(sealer: Sealer) -> VerifyOut:
    return await sealer.verify()


class TestSealing:
    async def test_an_untouched_log_holds(self, sealer: Sealer, database: Database) -> None:
        await write(database, 7)
        found = await verified(sealer)
        assert (found.ok, found.entries, found.head.seq, found.reason) == (True, 7, 7, None)

    async def test_so_does_an_empty_one(self, sealer: Sealer) -> None:
        found = await verified(sealer)
        assert (found.ok, found.entries, found.head.seq) == (True, 0, 0)

    async def test_more_than_a_batch_is_sealed_at_once(self, sealer: Sealer, database: Database) -> None:
        async with database.work() as uow:
            for number in range(1203):
                uow.note("thing.created", "thing", str(number))
        assert (await verified(sealer)).entries == 1203

    async def test_a_transaction_that_was_rolled_back_leaves_no_entry(self, sealer: Sealer, database: Database) -> None:
        with pytest.raises(RuntimeError):
            async with database.work() as uow:
                uow.note("thing.created", "thing", "t1")
                raise RuntimeError
        assert (await verified(sealer)).entries == 0

    async def test_fifty_writers_and_many_sealers_make_one_chain_without_gaps(
        self, settings: Settings, database: Database, calls: Caller
    ) -> None:
        sealers = [sealer_of(settings, database) for _ in range(4)]

        async def work(number: int) -> None:
            await write(database, 4)
            await sealers[number % 4].run()

        await asyncio.gather(*(work(number) for number in range(50)))
        found = await verified(sealers[0])
        assert (found.ok, found.entries, found.reason) == (True, 200, None)
        assert [entry["seq"] for entry in await entries(calls)] == list(range(1, 201))

    async def test_a_chain_goes_on_after_a_restart(self, settings: Settings, database: Database) -> None:
        await write(database, 2)
        await sealer_of(settings, database).run()
        await write(database, 2)
        assert (await verified(sealer_of(settings, database))).entries == 4


class TestTheDatabaseRefuses:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit_log SET action = 'harmless'",
            "UPDATE audit_log SET org_id = NULL WHERE seq = 1",
            "DELETE FROM audit_log",
            "DELETE FROM audit_log WHERE seq = 2",
        ],
    )
    async def test_changing_or_deleting_entries(self, sealer: Sealer, database: Database, statement: str) -> None:
        await write(database, 2)
        await sealer.run()
        with pytest.raises(DatabaseError, match="only ever added to"):
            async with database.work() as uow:
                await uow.db.execute(text(statement))
        assert (await verified(sealer)).ok

    async def test_emptying_or_replacing(self, sealer: Sealer, database: Database) -> None:
        await write(database, 2)
        await sealer.run()
        replace = "INSERT OR REPLACE INTO audit_log SELECT * FROM audit_log WHERE seq = 1"
        sqlite = database.engine.dialect.name == "sqlite"
        with pytest.raises(DatabaseError, match="only ever added to"):
            async with database.work() as uow:
                await uow.db.execute(text(replace if sqlite else "TRUNCATE audit_log"))


class TestTampering:
    @pytest.fixture(autouse=True)
    async def _ten_entries(self, database: Database, sealer: Sealer) -> None:
        await write(database, 10)
        await sealer.run()

    @pytest.mark.parametrize(
        "change",
        [
            "action = 'harmless'",
            "at = '2020-01-01 00:00:00'",
            "actor_name = 'somebody'",
            "org_id = 'there'",
            "outcome = 'denied'",
            """changes = '{"after": {"name": "another"}}'""",
            "ip = '192.0.2.1'",
        ],
    )
    async def test_a_changed_entry_is_found(self, sealer: Sealer, tamper: Tamper, change: str) -> None:
        tamper(f"UPDATE audit_log SET {change} WHERE seq = 4")  # noqa: S608 - the words above
        found = await verified(sealer)
        assert (found.ok, found.broken_at, found.entries) == (False, 4, 3)

    async def test_a_deleted_entry_is_found(self, sealer: Sealer, tamper: Tamper) -> None:
        tamper("DELETE FROM audit_log WHERE seq = 6")
        found = await verified(sealer)
        assert (found.ok, found.broken_at, found.reason) == (False, 6, "Entry 6 is missing.")

    async def test_a_deleted_tail_is_found(self, sealer: Sealer, tamper: Tamper) -> None:
        tamper("DELETE FROM audit_log WHERE seq > 8")
        found = await verified(sealer)
        assert (found.ok, found.broken_at) == (False, 9)

    async def test_a_deleted_tail_stays_found_when_the_log_goes_on(
        self, sealer: Sealer, tamper: Tamper, database: Database
    ) -> None:
        tamper("DELETE FROM audit_log WHERE seq > 8")
        await write(database, 3)
        found = await verified(sealer)
        assert (found.ok, found.broken_at, found.head.seq) == (False, 9, 14)

    async def test_a_tail_deleted_with_its_end_is_found(self, sealer: Sealer, tamper: Tamper) -> None:
        tamper(
            "DELETE FROM audit_log WHERE seq > 8",
            "UPDATE audit_head SET seq = 8, hash = (SELECT hash FROM audit_log WHERE seq = 8)",
        )
        found = await verified(sealer)
        assert (found.ok, found.broken_at) == (False, 8)
        assert "signature" in (found.reason or "")

    async def test_an_inserted_entry_is_found(self, sealer: Sealer, tamper: Tamper) -> None:
        tamper(
            """INSERT INTO audit_log (seq, at, actor_kind, action, resource_type, outcome, prev_hash, hash)
            SELECT 11, at, 'user', 'forged', 'thing', 'ok', hash, :made FROM audit_log WHERE seq = 10""",
            made="f" * 64,
        )
        found = await verified(sealer)
        assert (found.ok, found.broken_at) == (False, 10)

    async def test_an_inserted_entry_stays_found_when_the_log_goes_on(
        self, sealer: Sealer, tamper: Tamper, database: Database, calls: Caller
    ) -> None:
        forged = (await entries(calls))[-1] | {"seq": 11, "actorName": "adam"}
        forged["prevHash"] = forged["hash"]
        tamper(
            """INSERT INTO audit_log (seq, at, org_id, actor_name, actor_kind, action, resource_type, resource_id,
            outcome, changes, prev_hash, hash)
            SELECT 11, at, org_id, 'adam', actor_kind, action, resource_type, resource_id, outcome, changes, hash, :made
            FROM audit_log WHERE seq = 10""",
            made=auditing.digest(forged),
        )
        await write(database, 1)
        found = await verified(sealer)
        assert (found.ok, found.broken_at, found.entries) == (False, 12, 11)

    async def test_a_chain_rewritten_without_the_servers_key_is_found(
        self, sealer: Sealer, tamper: Tamper, calls: Caller, database: Database
    ) -> None:
        _rewrite(tamper, await entries(calls))
        found = await verified(sealer)
        assert (found.ok, found.entries) == (False, 10)
        assert "signature" in (found.reason or "")
        await write(database, 2)  # sealing does not sign it as if nothing had been
        found = await verified(sealer)
        assert (found.ok, found.broken_at, found.gaps, found.entries) == (False, 11, [11], 13)

    async def test_a_known_gap_can_be_accepted(self, settings: Settings, database: Database) -> None:
        renewed = settings.model_copy(update={"secret_key": type(settings.secret_key)("n" * 40)})
        await write(database, 1)
        found = await verified(sealer_of(renewed, database))
        assert (found.ok, found.broken_at, found.gaps) == (False, 11, [11])
        assert (await sealer_of(renewed, database).verify(frozenset({11}))).ok

    async def test_a_lost_end_is_found(self, sealer: Sealer, tamper: Tamper, database: Database) -> None:
        tamper("DELETE FROM audit_head")
        assert not (await verified(sealer)).ok
        await write(database, 1)
        found = await verified(sealer)
        assert (found.ok, found.gaps) == (False, [11])

    async def test_a_log_put_back_to_an_earlier_state_is_found_by_who_saw_more(
        self, sealer: Sealer, tamper: Tamper, database: Database, database_url: str
    ) -> None:
        engine = create_engine(database_url.replace("+aiosqlite", ""), poolclass=NullPool)
        with engine.begin() as connection:
            seq, made, signature = connection.execute(text("SELECT seq, hash, signature FROM audit_head")).one()
        engine.dispose()
        await write(database, 3)
        assert (await verified(sealer)).ok
        tamper(
            "DELETE FROM audit_log WHERE seq > 10",
            "UPDATE audit_head SET seq = :seq, hash = :made, signature = :signature",
            seq=seq,
            made=made,
            signature=signature,
        )
        assert not (await verified(sealer)).ok
        await write(database, 1)
        found = await verified(sealer)
        assert (found.ok, found.gaps) == (False, [11])

    async def test_everything_deleted_is_found_by_who_saw_it(
        self, sealer: Sealer, tamper: Tamper, database: Database
    ) -> None:
        tamper("DELETE FROM audit_log", "DELETE FROM audit_head")
        assert not (await verified(sealer)).ok
        await write(database, 1)
        found = await verified(sealer)
        assert (found.ok, found.gaps) == (False, [1])


def _rewrite(tamper: Tamper, log: list[dict[str, object]]) -> None:
    """Change an entry and make every hash after it right, as anybody can who knows how they are made."""
    previous = log[2]["hash"]
    for entry in log[3:]:
        if entry["seq"] == 4:
            entry["action"] = "thing.harmless"
        entry["prevHash"] = previous
        previous = auditing.digest(entry)
        tamper(
            "UPDATE audit_log SET action = :action, prev_hash = :before, hash = :made WHERE seq = :seq",
            action=entry["action"],
            before=entry["prevHash"],
            made=previous,
            seq=entry["seq"],
        )
    tamper("UPDATE audit_head SET hash = :made", made=previous)


async def test_a_gap_is_counted_for_the_alarm(
    small: FastAPI, calls: Caller, tamper: Tamper, database: Database
) -> None:
    await write(database, 2)
    await entries(calls)
    tamper("DELETE FROM audit_log WHERE seq = 2")
    await write(database, 1)
    await entries(calls)
    assert small.state.context.metrics.get_sample_value("streamspace_audit_gaps_total") == 1
