"""Reading the log: who sees what, filters, pages, exports."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from streamspace.kit.clock import FakeClock
from streamspace.protocol.auditing import Chain
from streamspace.server.core.db import Database
from tests.server.audit.conftest import Caller, entries

AUDIT = "/api/v1/admin/audit"
THINGS = "/api/v1/things"


async def note(database: Database, action: str, **more: Any) -> None:
    org_id = more.pop("org_id", "here")
    async with database.work() as uow:
        for name in ("actor_id", "actor_name", "ip"):
            if name in more:
                setattr(uow.origin, name, more.pop(name))
        kind, thing = more.pop("kind", "thing"), more.pop("id", "t1")
        uow.note(action, kind, thing, org_id=org_id, **more)


class TestWhoSeesWhat:
    @pytest.mark.parametrize("path", ["", "/1", "/export", "/verify"])
    @pytest.mark.parametrize("who", ["member", "key", ""])
    async def test_others_see_nothing(self, calls: Caller, database: Database, path: str, who: str) -> None:
        await note(database, "thing.created")
        assert (await calls(who).get(f"{AUDIT}{path}")).status_code == (403 if who else 401)

    async def test_an_organizations_administrator_sees_its_own_entries(self, calls: Caller, database: Database) -> None:
        await note(database, "thing.ours")
        await note(database, "thing.theirs", org_id="there")
        async with database.work() as uow:
            uow.note("thing.systems", "thing", "t1")
        for who, seen in (("lead", {"thing.ours"}), ("stranger", {"thing.theirs"})):
            page = (await calls(who).get(AUDIT)).json()
            assert {entry["action"] for entry in page["logs"]} == seen
            assert page["total"] == 1
            assert not {"hash", "prevHash"} & set(page["logs"][0])
            export = (await calls(who).get(f"{AUDIT}/export", params={"format": "jsonl", "action": "thing.*"})).text
            assert {json.loads(line)["action"] for line in export.splitlines()} == seen
            assert "ash" not in json.loads(export.splitlines()[0])
        everything = {entry["action"] for entry in await entries(calls)}
        assert {"thing.ours", "thing.theirs", "thing.systems"} <= everything
        operators = (await calls("operator").get(AUDIT)).json()
        assert operators["total"] == len(await entries(calls))

    async def test_asking_for_another_organization_gives_nothing(self, calls: Caller, database: Database) -> None:
        await note(database, "thing.theirs", org_id="there")
        assert (await calls("lead").get(AUDIT, params={"org_id": "there"})).json()["logs"] == []
        assert (await calls("lead").get(f"{AUDIT}/1")).status_code == 404
        assert (await calls("stranger").get(f"{AUDIT}/1")).status_code == 200
        assert (await calls("admin").get(AUDIT, params={"org_id": "there"})).json()["total"] == 1

    async def test_only_who_sees_all_can_verify(self, calls: Caller, database: Database) -> None:
        await note(database, "thing.created")
        assert (await calls("lead").get(f"{AUDIT}/verify")).status_code == 403
        answer = (await calls("operator").get(f"{AUDIT}/verify")).json()
        assert (answer["ok"], answer["entries"], answer["head"]["seq"]) == (True, 1, 1)


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "seen"),
        [
            ({"user_id": "u1"}, {"a.one"}),
            ({"username": "ann"}, {"a.one"}),
            ({"action": "a.*"}, {"a.one", "a.two"}),
            ({"action": "a.one"}, {"a.one"}),
            ({"action": "a._*"}, set()),
            ({"resource_type": "user"}, {"a.two"}),
            ({"resource_id": "t2"}, {"b.three"}),
            ({"ip_address": "192.0.2.9"}, {"a.one"}),
            ({"outcome": "denied"}, {"a.two"}),
            ({"code": "forbidden"}, {"a.two"}),
            ({"outcome": "ok", "action": "a.*"}, {"a.one"}),
        ],
    )
    async def test_each_narrows_it_down(
        self, calls: Caller, database: Database, query: dict[str, str], seen: set[str]
    ) -> None:
        await note(database, "a.one", actor_id="u1", actor_name="ann", ip="192.0.2.9")
        await note(database, "a.two", kind="user", outcome="denied", code="forbidden")
        await note(database, "b.three", id="t2")
        page = (await calls("admin").get(AUDIT, params=query)).json()
        assert {entry["action"] for entry in page["logs"]} == seen
        assert page["total"] == len(seen)

    async def test_times_bound_it(self, calls: Caller, database: Database, clock: FakeClock) -> None:
        moments = []
        for number in range(3):
            await note(database, f"thing.{number}")
            moments.append(clock.now())
            clock.advance(timedelta(hours=1))
        query = {"start_date": moments[1].isoformat(), "end_date": (moments[1] + timedelta(minutes=1)).isoformat()}
        assert [entry["action"] for entry in await entries(calls, **query)] == ["thing.1"]

    @pytest.mark.parametrize(
        "query",
        [
            "start_date=yesterday",
            "start_date=2026-01-01T00:00:00",
            "end_date=0001-01-01T00:00:00%2B14:00",
            "end_date=9999-12-31T23:59:59-12:00",
            "end_date=1e300",
            "outcome=perhaps",
            "limit=0",
            "limit=1001",
            "page=0",
            "page_size=1001",
            "after=-1",
            "cursor=nonsense",
            "cursor=WzFlMzBd",
            "format=xml",
        ],
    )
    async def test_nonsense_is_refused(self, calls: Caller, query: str) -> None:
        path = f"{AUDIT}/export" if query.startswith("format") else AUDIT
        answer = await calls("admin").get(f"{path}?{query}")
        assert (answer.status_code, answer.json()["error"]) in {(400, "bad_request"), (400, "bad_cursor")}

    @pytest.mark.parametrize("value", [quote("a\0b"), "%FF", quote("%_\\"), "x" * 255])
    async def test_odd_text_finds_nothing(self, calls: Caller, value: str) -> None:
        for name in ("action", "username"):
            answer = await calls("admin").get(f"{AUDIT}?{name}={value}*")
            assert answer.status_code in {200, 400}

    @pytest.mark.parametrize("seq", ["0", "-1", "99999999999999999999", "one", "2"])
    async def test_an_entry_that_is_not_there(self, calls: Caller, database: Database, seq: str) -> None:
        await note(database, "thing.created")
        assert (await calls("admin").get(f"{AUDIT}/{seq}")).status_code == (404 if seq == "2" else 400)


class TestPages:
    @pytest.fixture(autouse=True)
    async def _entries(self, database: Database) -> None:
        async with database.work() as uow:
            for number in range(1, 8):
                uow.note("thing.created", "thing", str(number))

    async def test_cursors_lead_through_all(self, calls: Caller) -> None:
        seen: list[int] = []
        query: dict[str, Any] = {"limit": 3}
        while True:
            page = (await calls("admin").get(AUDIT, params=query)).json()
            seen += [entry["seq"] for entry in page["logs"]]
            assert page["total"] == 7
            if "nextCursor" not in page:
                break
            query["cursor"] = page["nextCursor"]
        assert seen == [7, 6, 5, 4, 3, 2, 1]

    async def test_so_do_the_specs_numbers(self, calls: Caller) -> None:
        page = (await calls("admin").get(AUDIT, params={"page": 2, "page_size": 3})).json()
        assert [entry["seq"] for entry in page["logs"]] == [4, 3, 2]
        assert (page["total"], page["page"], page["page_size"], page["total_pages"]) == (7, 2, 3, 3)

    async def test_after_gives_what_followed_oldest_first(self, calls: Caller) -> None:
        page = (await calls("admin").get(AUDIT, params={"after": 4, "limit": 2})).json()
        assert [entry["seq"] for entry in page["logs"]] == [5, 6]

    async def test_one_entry(self, calls: Caller) -> None:
        assert (await calls("admin").get(f"{AUDIT}/3")).json()["resourceId"] == "3"


class TestExport:
    async def test_json_lines_are_what_was_hashed(self, calls: Caller, database: Database) -> None:
        for number in range(3):
            await note(database, "thing.created", after={"name": f"ü😀\u2028{number}", "cpu": 0.5, "none": None})
        answer = await calls("admin").get(f"{AUDIT}/export", params={"format": "jsonl"})
        chain = Chain()
        assert chain.follow(json.loads(line) for line in answer.text.split("\n") if line) is None
        head = (await calls("admin").get(f"{AUDIT}/verify")).json()["head"]
        assert (chain.seq, chain.hash) == (head["seq"], head["hash"])
        assert answer.headers["content-disposition"] == 'attachment; filename="streamspace-audit.jsonl"'

    async def test_an_export_is_an_entry_itself(self, calls: Caller) -> None:
        await calls("admin").get(f"{AUDIT}/export", params={"format": "csv", "outcome": "denied"})
        (entry,) = await entries(calls)
        assert (entry["action"], entry["changes"]["after"]) == (
            "audit.exported",
            {"format": "csv", "outcome": "denied"},
        )

    @pytest.mark.parametrize("count", [0, 1, 1201])
    async def test_json_is_one_list(self, calls: Caller, database: Database, count: int) -> None:
        async with database.work() as uow:
            for number in range(count):
                uow.note("thing.created", "thing", str(number))
        answer = await calls("admin").get(f"{AUDIT}/export", params={"action": "thing.*"})
        assert [entry["resourceId"] for entry in answer.json()] == [str(number) for number in range(count)]

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    async def test_no_cell_of_the_csv_is_a_formula(self, calls: Caller, database: Database, start: str) -> None:
        evil = f'{start}HYPERLINK("http://evil.example","x")'
        await note(database, "thing.created", id=evil, actor_name=evil)
        answer = await calls("admin").get(f"{AUDIT}/export", params={"format": "csv", "action": "thing.*"})
        (row,) = csv.DictReader(io.StringIO(answer.text, newline=""))
        assert row["resourceId"] == row["actorName"] == f"'{evil}"
        assert datetime.fromisoformat(row["at"]).tzinfo == UTC
        assert answer.headers["content-type"].startswith("text/csv")


async def test_what_belongs_to_another_organization_is_in_its_log(calls: Caller) -> None:
    await calls("admin").post(f"{THINGS}/elsewhere")
    assert (await calls("stranger").get(AUDIT)).json()["logs"][0]["action"] == "thing.moved"
    assert (await calls("lead").get(AUDIT)).json()["logs"] == []
