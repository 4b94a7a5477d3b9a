"""Organisations share one installation and never see each other."""

from typing import Any

import httpx2
import pytest

from streamspace.server.core.http import Context
from streamspace.server.sessions.models import Connection
from tests.server import people
from tests.server.conftest import Login
from tests.server.sessions import rows

OPERATIONS: list[tuple[str, str, dict[str, Any] | None]] = [
    ("GET", "", None),
    ("PATCH", "", {"tags": ["mine"]}),
    ("PATCH", "", {"state": "terminated"}),
    ("DELETE", "", None),
    ("PATCH", "/tags", {"tags": ["mine"]}),
    ("PUT", "/hibernate", None),
    ("POST", "/hibernate", None),
    ("PUT", "/wake", None),
    ("POST", "/wake", None),
    ("POST", "/connect", None),
    ("GET", "/connect", None),
    ("POST", "/disconnect?connectionId=conn", None),
    ("POST", "/heartbeat?connectionId=conn", None),
    ("GET", "/connections", None),
    ("DELETE", "/connections/conn", None),
    ("GET", "/policy", None),
    ("GET", "/usage", None),
    ("GET", "/logs", None),
    ("GET", "/events", None),
    ("GET", "/placement", None),
]
"""Every operation on one session; the last test fails when one is missing here."""
CONNECTION = "/connections/{connection_id}"


@pytest.fixture(autouse=True)
async def _theirs(context: Context) -> None:
    async with context.database.work() as uow:
        owner = await people.add(uow, "otto", org_id="other")
        await rows.add(uow, owner, "theirs", tags=("red",))
        await uow.db.flush()
        uow.db.add(
            Connection(
                id="conn",
                session_id="theirs",
                user_id=owner.id,
                username="otto",
                login_id="x",
                role="controller",
                client_ip="",
                user_agent="",
                connected_at=uow.now(),
                last_heartbeat=uow.now(),
            )
        )


ROLES = ["viewer", "user", "maintainer", "org_admin"]


@pytest.fixture
async def neighbour(login: Login) -> httpx2.AsyncClient:
    return await login(name="nina", org_role="org_admin")


@pytest.mark.parametrize(("method", "path", "body"), OPERATIONS, ids=str)
async def test_another_organisations_session_does_not_exist(
    neighbour: httpx2.AsyncClient, method: str, path: str, body: dict[str, Any] | None
) -> None:
    answer = await neighbour.request(method, f"/api/v1/sessions/theirs{path}", json=body)
    assert answer.status_code == 404
    assert answer.json()["error"] == "session_not_found"
    missing = await neighbour.request(method, f"/api/v1/sessions/missing{path.replace('=conn', '=none')}", json=body)
    assert missing.status_code == 404


@pytest.mark.parametrize("org_role", ROLES)
async def test_it_is_in_no_list(login: Login, org_role: str) -> None:
    person = await login(name=f"nina-{org_role}", org_role=org_role)
    for query in ("", "?user=otto", "?tags=red", "?state=running", "/by-tags?tags=red"):
        answer = (await person.get(f"/api/v1/sessions{query}")).json()
        assert (answer["sessions"], answer["total"]) == ([], 0), query


async def test_nothing_was_changed_by_all_that(neighbour: httpx2.AsyncClient, login: Login) -> None:
    for method, path, body in OPERATIONS:
        await neighbour.request(method, f"/api/v1/sessions/theirs{path}", json=body)
    otto = await login(name="otto")
    session = (await otto.get("/api/v1/sessions/theirs")).json()
    assert (session["state"], session["tags"], session["activeConnections"]) == ("running", ["red"], 0)


async def test_nobody_starts_a_session_for_another_organisations_person(
    neighbour: httpx2.AsyncClient, robot: str
) -> None:
    answers = {
        user: await neighbour.post("/api/v1/sessions", json={"template": "editor", "user": user})
        for user in ("otto", "nobody")
    }
    assert answers["otto"].status_code == answers["nobody"].status_code
    assert answers["otto"].json()["error"] == answers["nobody"].json()["error"]


async def test_an_operator_of_the_installation_sees_and_stops_but_does_not_watch(login: Login) -> None:
    operator = await login("operator")
    assert (await operator.get("/api/v1/sessions/theirs")).status_code == 200
    assert (await operator.post("/api/v1/sessions/theirs/connect")).status_code == 403
    assert (await operator.put("/api/v1/sessions/theirs/hibernate")).status_code == 403
    assert (await operator.delete("/api/v1/sessions/theirs")).status_code == 202


def test_every_operation_on_a_session_is_tried_above() -> None:
    from streamspace.server.sessions.routes import router

    named = [(method, path.split("?")[0].replace("/connections/conn", CONNECTION)) for method, path, _ in OPERATIONS]
    here = {(method, "/{session_id}" + path) for method, path in named}
    there = {
        (method, route.path.removeprefix("/sessions"))
        for route in router.routes
        for method in getattr(route, "methods", ())
        if "{session_id}" in getattr(route, "path", "")
    }
    assert there == here
