"""Every operation that may change something leaves an entry: done, refused or crashed."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from fastapi import FastAPI

from streamspace.kit.clock import FakeClock
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.edge import Witness
from streamspace.server.core.http import Context
from tests.server.audit.conftest import Caller, entries

THINGS = "/api/v1/things"


class TestDone:
    async def test_what_the_service_noted_is_the_entry(self, calls: Caller) -> None:
        client = calls("lead")
        answer = await client.post(f"{THINGS}/noted", json={"name": "one"}, headers={"User-Agent": "a browser"})
        (entry,) = await entries(calls)
        assert {k: v for k, v in entry.items() if k not in {"at", "hash", "prevHash"}} == {
            "seq": 1,
            "orgId": "here",
            "actorId": "u-lead",
            "actorName": "lea",
            "actorKind": "user",
            "loginId": "login-of-lea",
            "ip": "203.0.113.7",
            "userAgent": "a browser",
            "requestId": answer.headers["x-request-id"],
            "action": "thing.created",
            "resourceType": "thing",
            "resourceId": "t1",
            "outcome": "ok",
            "changes": {"after": {"name": "one", "password": "***"}},
        }

    async def test_an_api_key_is_named(self, calls: Caller) -> None:
        await calls("key").post(f"{THINGS}/noted", json={"name": "one"})
        (entry,) = await entries(calls)
        assert (entry["actorKind"], entry["keyId"], entry.get("loginId")) == ("key", "key-1", None)

    async def test_what_no_service_noted_is_written_all_the_same(self, calls: Caller) -> None:
        await calls("lead").put(f"{THINGS}/t9/forgotten")
        (entry,) = await entries(calls)
        assert (entry["action"], entry["resourceType"], entry["resourceId"]) == ("forget_thing", "things", "t9")
        assert (entry["outcome"], entry["actorName"]) == ("ok", "lea")

    async def test_so_is_what_a_transaction_of_its_own_did(self, calls: Caller) -> None:
        await calls("lead").post(f"{THINGS}/alone")
        (entry,) = await entries(calls)
        assert (entry["action"], entry["outcome"], entry["actorName"]) == ("work_alone", "ok", "lea")

    async def test_what_changed_nothing_leaves_none(self, calls: Caller) -> None:
        await calls("lead").post(f"{THINGS}/nothing")
        await calls("lead").post(f"{THINGS}/heartbeat")
        await calls("lead").get(f"{THINGS}/t1")
        assert await entries(calls) == []

    async def test_it_costs_one_insert_in_the_writing_transaction(
        self, calls: Caller, database: Database, statements: Callable[[Database], AbstractContextManager[list[str]]]
    ) -> None:
        with statements(database) as seen:
            await calls("lead").post(f"{THINGS}/noted", json={"name": "one"})
        changing = [statement for statement in seen if not statement.startswith(("SELECT", "BEGIN", "COMMIT"))]
        assert len(changing) == 1
        assert changing[0].startswith("INSERT INTO audit_pending")


class TestRefused:
    async def test_what_was_rolled_back_has_no_entry_that_it_was_done(self, calls: Caller) -> None:
        await calls("lead").delete(f"{THINGS}/t1")
        (entry,) = await entries(calls)
        assert (entry["action"], entry["outcome"], entry["code"]) == ("remove_thing", "failed", "conflict")
        assert (entry["resourceId"], entry["actorName"]) == ("t1", "lea")

    async def test_a_crash_is_written(self, calls: Caller) -> None:
        assert (await calls("lead").post(f"{THINGS}/crash")).status_code == 500
        (entry,) = await entries(calls)
        assert (entry["action"], entry["outcome"], entry["code"]) == ("crash", "failed", "internal_error")

    async def test_nobody_signed_in(self, calls: Caller) -> None:
        await calls().delete(f"{THINGS}/t1")
        await calls("no such token").delete(f"{THINGS}/t1")
        found = await entries(calls)
        assert [(e["outcome"], e["code"], e["actorKind"]) for e in found] == [
            ("denied", "unauthenticated", "anonymous")
        ] * 2
        assert {e["ip"] for e in found} == {"203.0.113.7"}

    async def test_malformed_input_is_written_with_who_sent_it(self, calls: Caller) -> None:
        await calls("lead").post(f"{THINGS}/noted", json={"name": "much too long a name"})
        (entry,) = await entries(calls)
        assert (entry["outcome"], entry["code"]) == ("failed", "bad_request")

    async def test_a_body_that_is_too_large_is_written(self, calls: Caller) -> None:
        await calls("lead").post(f"{THINGS}/noted", content=b"x" * 1_100_000)
        (entry,) = await entries(calls)
        assert (entry["action"], entry["resourceId"], entry["code"]) == (
            *("request", f"{THINGS}/noted"),
            "body_too_large",
        )

    async def test_what_the_service_noted_of_a_refusal_is_enough(self, calls: Caller) -> None:
        await calls("lead").post(f"{THINGS}/kept")
        (entry,) = await entries(calls)
        assert (entry["action"], entry["outcome"], entry["code"]) == ("thing.stolen", "denied", "kept_refusal")

    async def test_sign_ins_are_written_whether_they_succeed_or_not(self, calls: Caller) -> None:
        await calls().post(f"{THINGS}/enter", json={"name": "mia"})
        await calls().post(f"{THINGS}/enter", json={"name": "eve"})
        first, second = await entries(calls)
        assert (first["outcome"], first["changes"]) == ("ok", {"after": {"username": "mia"}})
        assert (second["outcome"], second["changes"]) == ("denied", {"after": {"username": "eve"}})

    async def test_a_log_that_cannot_be_written_is_no_reason_to_answer_otherwise(
        self, calls: Caller, small: FastAPI, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        context: Context = small.state.context

        async def broken(_: object) -> None:
            raise OSError("no disk")

        monkeypatch.setattr(UnitOfWork, "write_notes", broken)
        assert (await calls("lead").post(f"{THINGS}/noted", json={"name": 1})).status_code == 400
        assert context.metrics.get_sample_value("streamspace_audit_entries_lost_total") == 1


class TestFlood:
    async def test_one_address_cannot_fill_the_log(
        self, calls: Caller, small: FastAPI, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Witness, "ANONYMOUS", 3)
        for _ in range(8):
            await calls().delete(f"{THINGS}/t1")
        await calls(address="198.51.100.1").delete(f"{THINGS}/t1")
        await calls("lead").delete(f"{THINGS}/t1")
        assert [e["ip"] for e in await entries(calls)] == ["203.0.113.7"] * 3 + ["198.51.100.1"] + ["203.0.113.7"]
        context: Context = small.state.context
        assert context.metrics.get_sample_value("streamspace_audit_refusals_left_out_total") == 5

    async def test_what_was_left_out_is_told_a_minute_later(
        self, calls: Caller, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Witness, "ANONYMOUS", 2)
        for _ in range(5):
            await calls().delete(f"{THINGS}/t1")
        clock.advance(timedelta(seconds=61))
        await calls().delete(f"{THINGS}/t1")
        *_, told, last = await entries(calls)
        assert (told["action"], told["changes"]) == ("audit.refusals_left_out", {"after": {"left_out_count": 3}})
        assert last["action"] == "remove_thing"

    async def test_neighbours_in_ipv6_count_as_one(self, calls: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Witness, "ANONYMOUS", 3)
        for number in range(6):
            await calls(address=f"2001:db8::{number + 1:x}").delete(f"{THINGS}/t1")
        assert len(await entries(calls)) == 3


async def test_work_that_outlives_a_request_is_the_systems(calls: Caller, small: FastAPI) -> None:
    context: Context = small.state.context
    answered, left = asyncio.Event(), []

    async def later() -> None:
        await answered.wait()
        async with context.database.work() as uow:
            uow.note("thing.cleaned", "thing", "t1")

    @small.post("/api/v1/leave")
    async def leave() -> None:
        left.append(asyncio.create_task(later()))

    await calls("lead").post("/api/v1/leave")
    answered.set()
    await left[0]
    (entry,) = await entries(calls)
    assert (entry["action"], entry["actorKind"], "ip" in entry) == ("thing.cleaned", "system", False)
