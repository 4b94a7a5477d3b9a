from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select

from streamspace.kit import pages
from streamspace.server.core.db import Base, Database
from streamspace.server.core.http import Context
from streamspace.server.gateways.models import Gateway
from streamspace.server.sessions.models import Session
from tests.server import people
from tests.server.conftest import Login
from tests.server.sessions import rows

URL = "/api/v1/sessions"


@pytest.fixture
async def mia(login: Login) -> httpx2.AsyncClient:
    return await login(name="mia")


async def add(context: Context, *names: str, owner: str = "mia", org: str | None = None, **more: Any) -> None:
    async with context.database.work() as uow:
        await rows.add(uow, await people.add(uow, owner, org_id=org), *names, **more)


async def names(person: httpx2.AsyncClient, query: str = "") -> list[str]:
    answer = await person.get(f"{URL}{query}")
    assert answer.status_code == 200, answer.text
    return [session["id"] for session in answer.json()["sessions"]]


async def rows_of(database: Database) -> dict[str, int]:
    """Count what is in the tables that a session or its audit entry would show in."""
    tables = ("sessions", "session_tags", "session_events", "agent_commands", "outbox")
    async with database.work(write=False) as uow:
        found = {
            name: (await uow.db.execute(select(func.count()).select_from(Base.metadata.tables[name]))).scalar_one()
            for name in tables
        }
        # Sealing moves entries from one to the other.
        audited = [Base.metadata.tables[name] for name in ("audit_pending", "audit_log")]
        entries = [(await uow.db.execute(select(func.count()).select_from(t))).scalar_one() for t in audited]
        return found | {"audit": sum(entries)}


class TestList:
    async def test_hands_out_all_of_120_sessions_page_by_page(self, mia: httpx2.AsyncClient, context: Context) -> None:
        await add(context, *(f"s-{n:03}" for n in range(120)))
        seen: list[str] = []
        query = "?limit=50"
        while True:
            page = (await mia.get(URL + query)).json()
            assert page["total"] == 120
            seen += [session["id"] for session in page["sessions"]]
            if "nextCursor" not in page:
                break
            query = f"?limit=50&cursor={page['nextCursor']}"
        assert seen == [f"s-{n:03}" for n in range(120)]

    async def test_new_sessions_between_two_pages_move_nothing(self, mia: httpx2.AsyncClient, context: Context) -> None:
        await add(context, *(f"s-{n:02}" for n in range(20)))
        first = (await mia.get(f"{URL}?limit=10")).json()
        await add(context, *(f"new-{n}" for n in range(5)))
        second = (await mia.get(f"{URL}?limit=10&cursor={first['nextCursor']}")).json()
        both = [session["id"] for page in (first, second) for session in page["sessions"]]
        assert both == [f"s-{n:02}" for n in range(20)]

    async def test_sessions_of_the_same_moment_are_not_lost_between_pages(
        self, mia: httpx2.AsyncClient, context: Context
    ) -> None:
        async with context.database.work() as uow:
            owner = await people.add(uow, "mia")
            at = uow.now()
            uow.db.add_all(rows.row(uow, owner, f"s-{n}", created_at=at) for n in range(5))
        first = (await mia.get(f"{URL}?limit=2")).json()
        rest = (await mia.get(f"{URL}?limit=3&cursor={first['nextCursor']}")).json()
        assert {s["id"] for s in first["sessions"] + rest["sessions"]} == {f"s-{n}" for n in range(5)}

    @pytest.mark.parametrize(
        "cursor",
        [
            "x",
            "e30",
            pages.encode("yesterday", "s"),
            pages.encode(5, "s"),
            pages.encode("0001-01-01T00:00:00+23:00", "s"),
        ],
    )
    async def test_a_cursor_that_we_did_not_make_is_a_bad_request(self, mia: httpx2.AsyncClient, cursor: str) -> None:
        refused = await mia.get(f"{URL}?cursor={cursor}")
        assert (refused.status_code, refused.json()["error"]) == (400, "bad_cursor")

    async def test_a_cursor_without_a_zone_harms_nothing(self, mia: httpx2.AsyncClient) -> None:
        assert await names(mia, f"?cursor={pages.encode('2026-01-01T00:00:00', 's')}") == []

    @pytest.mark.parametrize("query", ["?limit=0", "?limit=501", "?limit=x", "?state=flying", "?cursor=" + "x" * 301])
    async def test_its_parameters_have_bounds(self, mia: httpx2.AsyncClient, query: str) -> None:
        assert (await mia.get(URL + query)).status_code == 400

    async def test_can_be_narrowed(self, login: Login, context: Context) -> None:
        admin = await login("admin")
        await add(context, "a", state="failed")
        await add(context, "b", template_name="browser")
        await add(context, "c", owner="tom")
        assert await names(admin, "?state=failed") == ["a"]
        assert await names(admin, "?state=failed&state=running&user=mia&template=browser") == ["b"]
        assert await names(admin, "?user=tom") == ["c"]
        assert await names(admin, "?user=nobody") == []

    async def test_tags_must_all_match(self, mia: httpx2.AsyncClient, context: Context) -> None:
        await add(context, "both", tags=("red", "blue"))
        await add(context, "red", tags=("red",))
        assert sorted(await names(mia, "?tags=red")) == ["both", "red"]
        assert await names(mia, "?tags=red&tags=blue") == ["both"]
        assert await names(mia, "?tags=red&tags=red&tags=green") == []

    async def test_by_tags_any_may_match(self, mia: httpx2.AsyncClient, context: Context) -> None:
        await add(context, "both", tags=("red", "blue"))
        await add(context, "blue", tags=("blue",))
        await add(context, "none")
        assert sorted(await names(mia, "/by-tags?tags=red&tags=blue")) == ["blue", "both"]
        assert (await mia.get(f"{URL}/by-tags")).json()["error"] == "tags_required"

    async def test_costs_the_same_number_of_statements_for_5_and_for_50(
        self,
        mia: httpx2.AsyncClient,
        context: Context,
        statements: Callable[[Database], AbstractContextManager[list[str]]],
    ) -> None:
        await add(context, *(f"s-{n}" for n in range(60)), tags=("a", "b"))
        await names(mia)  # a new connection asks the database a few things about itself
        counts = []
        for limit in (5, 50):
            with statements(context.database) as seen:
                assert len(await names(mia, f"?limit={limit}")) == limit
            counts.append(len([statement for statement in seen if statement.startswith("SELECT")]))
        assert counts[0] == counts[1] <= 4

    async def test_what_it_shows_is_what_the_description_says(self, mia: httpx2.AsyncClient, context: Context) -> None:
        from streamspace.server.sessions.schemas import SessionOut

        await add(context, "a", idle_seconds=5400, max_seconds=86_400, reason_code="x", reason="y", tags=("t",))
        (session,) = (await mia.get(URL)).json()["sessions"]
        shown = SessionOut.model_validate(session)
        assert (shown.idle_timeout, shown.max_session_duration) == ("1h30m", "1d")
        assert set(session) <= {field.alias for field in SessionOut.model_fields.values()} | set()
        assert (await mia.get(f"{URL}/a")).json() == session


class TestCreate:
    async def test_answers_at_once_with_the_address_of_a_pending_session(
        self, mia: httpx2.AsyncClient, robot: str
    ) -> None:
        answer = await mia.post(URL, json={"template": "editor", "idleTimeout": "30m", "tags": ["a", "a"]})
        session = answer.json()
        assert (answer.status_code, session["state"], session["agentId"]) == (201, "pending", robot)
        assert answer.headers["location"] == f"{URL}/{session['id']}"
        assert session["id"].startswith("mia-editor-")
        assert session["resources"] == {"memory": "512Mi", "cpu": "500m"}
        assert (session["idleTimeout"], session["tags"]) == ("30m", ["a"])

    async def test_the_same_key_again_is_the_same_session(self, mia: httpx2.AsyncClient, robot: str) -> None:
        headers = {"Idempotency-Key": "once"}
        first = await mia.post(URL, json={"template": "editor"}, headers=headers)
        again = await mia.post(URL, json={"template": "editor"}, headers=headers)
        assert first.json()["id"] == again.json()["id"]
        assert len(await names(mia)) == 1

    async def test_the_same_key_for_something_else_is_a_conflict(self, mia: httpx2.AsyncClient, robot: str) -> None:
        headers = {"Idempotency-Key": "once"}
        await mia.post(URL, json={"template": "editor"}, headers=headers)
        refused = await mia.post(URL, json={"template": "browser"}, headers=headers)
        assert (refused.status_code, refused.json()["error"]) == (409, "idempotency_key_reused")

    async def test_two_at_once_with_one_key_make_one_session(
        self, mia: httpx2.AsyncClient, robot: str, context: Context
    ) -> None:
        import asyncio

        headers = {"Idempotency-Key": "once"}
        answers = await asyncio.gather(*(mia.post(URL, json={"template": "editor"}, headers=headers) for _ in range(4)))
        assert {answer.status_code for answer in answers} <= {201, 409}
        async with context.database.work(write=False) as uow:
            assert (await uow.db.execute(select(func.count()).select_from(Session))).scalar_one() == 1

    async def test_two_people_may_use_the_same_key(self, mia: httpx2.AsyncClient, login: Login, robot: str) -> None:
        headers = {"Idempotency-Key": "once"}
        ids = [
            (await person.post(URL, json={"template": "editor"}, headers=headers)).json()["id"]
            for person in (mia, await login(name="tom"))
        ]
        assert len(set(ids)) == 2

    async def test_without_room_it_says_why_agent_by_agent(self, mia: httpx2.AsyncClient, robot: str) -> None:
        for _ in range(3):
            assert (await mia.post(URL, json={"template": "editor"})).status_code == 201
        refused = await mia.post(URL, json={"template": "editor"})
        assert (refused.status_code, refused.json()["error"]) == (503, "no_capacity")
        (verdict,) = refused.json()["details"]["agents"]
        assert (verdict["agentId"], verdict["reasons"][0]["code"]) == (robot, "full")

    async def test_with_no_agent_at_all_it_says_how_to_get_one(self, mia: httpx2.AsyncClient) -> None:
        refused = await mia.post(URL, json={"template": "editor"})
        assert refused.json()["details"] == {"agents": []}
        assert "streamspace agent" in refused.json()["message"]

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ({"resources": {"cpu": "50m"}}, "bad_resources"),
            ({"resources": {"cpu": "lots"}}, "bad_resources"),
            ({"resources": {"memory": "1Ti"}}, "bad_resources"),
            ({"idleTimeout": "soon"}, "bad_duration"),
            ({"maxSessionDuration": "999999d"}, "bad_duration"),
            ({"tags": ["x" * 51]}, "bad_request"),
            ({"tags": ["<script>"]}, "bad_request"),
            ({"tags": [f"t{n}" for n in range(21)]}, "bad_request"),
            ({"environment": {"1": "x"}}, "bad_request"),
            ({"environment": {"X": "x\0y"}}, "bad_request"),
            ({"environment": {"X": "x" * 4001}}, "bad_request"),
            ({"user": "mi\0a"}, None),
        ],
    )
    async def test_malformed_input_is_a_bad_request(
        self, mia: httpx2.AsyncClient, robot: str, body: dict[str, Any], code: str | None
    ) -> None:
        refused = await mia.post(URL, json={"template": "editor", **body})
        assert refused.status_code == 400 or (code is None and refused.status_code in {403, 404})
        assert code in {None, refused.json()["error"]}

    async def test_a_template_that_is_not_there_is_not_found(self, mia: httpx2.AsyncClient, robot: str) -> None:
        assert (await mia.post(URL, json={"template": "nothing"})).json()["error"] == "template_not_found"

    async def test_only_some_may_start_for_others(self, mia: httpx2.AsyncClient, login: Login, robot: str) -> None:
        admin = await login("admin")
        made = await admin.post(URL, json={"template": "editor", "user": "mia"})
        assert (made.status_code, made.json()["user"]) == (201, "mia")
        for user in ("some-admin", "nobody"):
            assert (await mia.post(URL, json={"template": "editor", "user": user})).status_code == 403
        assert (await admin.post(URL, json={"template": "editor", "user": "nobody"})).status_code == 404

    async def test_a_viewer_may_not(self, login: Login, robot: str) -> None:
        vera = await login(name="vera", org_role="viewer")
        assert (await vera.post(URL, json={"template": "editor"})).status_code == 403


class TestDryRun:
    async def test_says_what_would_become_of_it_and_writes_nothing(
        self, mia: httpx2.AsyncClient, robot: str, context: Context
    ) -> None:
        before = await rows_of(context.database)
        answer = await mia.post(f"{URL}?dryRun=true", json={"template": "editor"}, headers={"Idempotency-Key": "once"})
        seen = answer.json()
        assert (answer.status_code, seen["possible"], seen["agentId"]) == (200, True, robot)
        assert (seen["quota"], seen["reasons"], seen["agents"][0]["ok"]) == ({"ok": True}, [], True)
        assert await rows_of(context.database) == before

    async def test_without_an_agent_it_is_no_error(self, mia: httpx2.AsyncClient) -> None:
        seen = (await mia.post(f"{URL}?dryRun=true", json={"template": "editor"})).json()
        assert (seen["possible"], [reason["code"] for reason in seen["reasons"]]) == (False, ["no_capacity"])

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({"template": "nothing"}, 404),
            ({"template": "editor", "resources": {"cpu": "lots"}}, 400),
            ({"template": "editor", "idleTimeout": "soon"}, 400),
            ({"template": "editor", "user": "tom"}, 403),
        ],
    )
    async def test_what_could_never_be_asked_is_refused_as_ever(
        self, mia: httpx2.AsyncClient, robot: str, body: dict[str, Any], status: int
    ) -> None:
        assert (await mia.post(f"{URL}?dryRun=true", json=body)).status_code == status


class TestLookBack:
    async def test_the_timeline_names_who_did_what(self, mia: httpx2.AsyncClient, robot: str) -> None:
        session_id = (await mia.post(URL, json={"template": "editor"})).json()["id"]
        await mia.delete(f"{URL}/{session_id}")
        seen = (await mia.get(f"{URL}/{session_id}/events")).json()
        assert [(event["kind"], event["actor"]) for event in seen["events"]][:2] == [
            ("created", "mia"),
            ("terminating", "mia"),
        ]
        assert seen["total"] == len(seen["events"])

    async def test_the_placement_says_why_there(self, mia: httpx2.AsyncClient, robot: str) -> None:
        session_id = (await mia.post(URL, json={"template": "editor"})).json()["id"]
        seen = (await mia.get(f"{URL}/{session_id}/placement")).json()
        assert (seen["sessionId"], seen["agentId"], seen["strategy"]) == (session_id, robot, "least_loaded")
        assert [(agent["agentId"], agent["ok"]) for agent in seen["agents"]] == [(robot, True)]
        assert [attempt["agentId"] for attempt in seen["attempts"]] == [robot]


class TestResize:
    async def test_while_it_sleeps(self, mia: httpx2.AsyncClient, context: Context) -> None:
        await add(context, "a", state="hibernated")
        changed = await mia.patch(f"{URL}/a", json={"resources": {"memory": "1Gi"}})
        assert changed.json()["resources"] == {"memory": "1Gi", "cpu": "500m"}

    async def test_not_while_it_runs(self, mia: httpx2.AsyncClient, context: Context) -> None:
        await add(context, "a")
        refused = await mia.patch(f"{URL}/a", json={"resources": {"memory": "1Gi"}})
        assert (refused.status_code, refused.json()["error"]) == (409, "wrong_state")

    async def test_more_than_allowed_shows_when_it_wakes(
        self, mia: httpx2.AsyncClient, context: Context, robot: str
    ) -> None:
        await add(context, "a", state="hibernated")
        refused = await mia.patch(f"{URL}/a", json={"resources": {"cpu": "8"}, "state": "running"})
        assert (refused.status_code, refused.json()["error"]) == (403, "quota_exceeded")
        assert (await mia.get(f"{URL}/a")).json()["resources"]["cpu"] == "500m"

    @pytest.mark.parametrize("wanted", [{"cpu": "lots"}, {"memory": "1Ti"}, {"cpu": "1m"}])
    async def test_malformed_is_a_bad_request(
        self, mia: httpx2.AsyncClient, context: Context, wanted: dict[str, str]
    ) -> None:
        await add(context, "a", state="hibernated")
        refused = await mia.patch(f"{URL}/a", json={"resources": wanted})
        assert (refused.status_code, refused.json()["error"]) == (400, "bad_resources")


class TestConnect:
    @pytest.fixture
    async def gateway(self, context: Context) -> None:
        async with context.database.work() as uow:
            uow.db.add(
                Gateway(id="g", public_url="http://stream.test", agent_url="http://g", online=True, seen_at=uow.now())
            )

    @pytest.mark.parametrize("method", ["GET", "POST"])
    async def test_gives_an_address_that_works_once(
        self, mia: httpx2.AsyncClient, context: Context, gateway: None, method: str
    ) -> None:
        await add(context, "a")
        opened = (await mia.request(method, f"{URL}/a/connect")).json()
        assert opened["ready"] is True
        assert opened["sessionUrl"].startswith("http://stream.test/s/a/?ticket=")
        assert (await mia.get(f"{URL}/a")).json()["activeConnections"] == 1

    async def test_without_a_gateway_it_says_so(self, mia: httpx2.AsyncClient, context: Context) -> None:
        await add(context, "a")
        assert (await mia.post(f"{URL}/a/connect")).json()["error"] == "no_gateway"

    async def test_wakes_what_is_hibernated(self, mia: httpx2.AsyncClient, context: Context) -> None:
        await add(context, "a", state="hibernated")
        opened = (await mia.post(f"{URL}/a/connect")).json()
        assert (opened["ready"], opened["sessionUrl"], opened["state"]) == (False, None, "waking")

    @pytest.mark.parametrize("state", ["terminated", "failed"])
    async def test_what_ended_stays_ended(self, mia: httpx2.AsyncClient, context: Context, state: str) -> None:
        await add(context, "a", state=state)
        assert (await mia.post(f"{URL}/a/connect")).json()["error"] == "wrong_state"

    async def test_a_connection_lives_on_heartbeats_until_it_is_ended(
        self, mia: httpx2.AsyncClient, context: Context, gateway: None
    ) -> None:
        await add(context, "a")
        connection = (await mia.post(f"{URL}/a/connect")).json()["connectionId"]
        assert (await mia.post(f"{URL}/a/heartbeat?connectionId={connection}")).json() == {"status": "ok"}
        assert (await mia.get(f"{URL}/a/connections")).json()["total"] == 1
        ended = await mia.post(f"{URL}/a/disconnect?connectionId={connection}")
        assert ended.json()["activeConnections"] == 0
        assert (await mia.post(f"{URL}/a/heartbeat?connectionId={connection}")).status_code == 404

    async def test_somebody_elses_connection_cannot_be_touched(
        self, mia: httpx2.AsyncClient, login: Login, context: Context, gateway: None
    ) -> None:
        await add(context, "a")
        connection = (await mia.post(f"{URL}/a/connect")).json()["connectionId"]
        for role, status in (("admin", 403), ("user", 404)):
            other = await login(role)
            for verb in ("heartbeat", "disconnect"):
                refused = await other.post(f"{URL}/a/{verb}?connectionId={connection}")
                assert refused.status_code == status, (role, verb)


class TestChange:
    async def test_tags_are_replaced_and_found(self, mia: httpx2.AsyncClient, context: Context) -> None:
        await add(context, "a", tags=("old",))
        changed = await mia.patch(f"{URL}/a/tags", json={"tags": ["new", "new", "x"]})
        assert changed.json()["tags"] == ["new", "x"]
        assert await names(mia, "?tags=new") == ["a"]
        assert await names(mia, "?tags=old") == []

    @pytest.mark.parametrize(
        ("state", "wanted", "becomes"),
        [
            ("running", "hibernated", "hibernating"),
            ("hibernated", "running", "waking"),
            ("running", "terminated", "terminating"),
        ],
    )
    async def test_a_state_does_what_its_verb_does(
        self, mia: httpx2.AsyncClient, context: Context, state: str, wanted: str, becomes: str
    ) -> None:
        await add(context, "a", state=state)
        assert (await mia.patch(f"{URL}/a", json={"state": wanted})).json()["state"] == becomes

    @pytest.mark.parametrize(("verb", "state"), [("hibernate", "hibernating"), ("wake", "waking")])
    async def test_asking_twice_is_fine(self, mia: httpx2.AsyncClient, context: Context, verb: str, state: str) -> None:
        await add(context, "a", state="running" if verb == "hibernate" else "hibernated")
        for _ in range(2):
            answer = await mia.put(f"{URL}/a/{verb}")
            assert (answer.status_code, answer.json()["state"]) == (202, state)

    async def test_stopping_twice_orders_once(self, mia: httpx2.AsyncClient, context: Context) -> None:
        from streamspace.server.agents.models import AgentCommand

        await add(context, "a")
        for _ in range(2):
            assert (await mia.delete(f"{URL}/a")).status_code == 202
        async with context.database.work(write=False) as uow:
            orders = (await uow.db.execute(select(AgentCommand.action))).scalars().all()
        assert orders == ["stop_session"]
