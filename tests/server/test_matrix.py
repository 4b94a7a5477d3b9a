"""Every operation and every socket, asked by everybody: who may gets in, nobody else does, neighbours hear nothing."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fastapi.routing import APIRoute
from starlette.routing import WebSocketRoute

from streamspace.server.sessions import service as sessions
from streamspace.server.sessions.models import Session
from tests.architecture.test_routes import APP, METHODS, ROUTES
from tests.server.conftest import empty_postgres
from tests.server.matrix import world as worlds
from tests.server.matrix.ears import listening
from tests.server.matrix.rows import ALIASES, OUTSIDE, PEOPLE, ROWS, SOCKETS, Row
from tests.server.matrix.things import Things
from tests.server.matrix.world import ACTORS, MARK, Someone, World
from tests.server.sessions import rows

in_one_world = pytest.mark.asyncio(loop_scope="module")

OPERATIONS: dict[str, tuple[str, str]] = {
    operation["operationId"]: (method.upper(), path)
    for path, methods in APP.openapi()["paths"].items()
    for method, operation in methods.items()
    if method in METHODS
}
HIDDEN = [
    (method, route.path, route.name)
    for route in ROUTES
    if isinstance(route, APIRoute) and not route.include_in_schema
    for method in sorted(route.methods)
]
AUDIT = "/api/v1/admin/audit"
UNKNOWN = {"anonymous", "expired"}
"""Who is told to sign in; others are told that they may not, or that there is no such thing."""
UNAUTHENTICATED = 401


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["sqlite", "postgresql"])
async def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, catalog_dir: Path
) -> AsyncIterator[World]:
    """One installation with both organisations, for all rows."""
    folder = tmp_path_factory.mktemp("matrix")
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), folder / "streamspace.db")
        url = f"sqlite+aiosqlite:///{folder / 'streamspace.db'}"
    else:
        url = request.getfixturevalue("postgres_url")
        empty_postgres(url)
    async with worlds.running(url, folder, catalog_dir) as world:
        yield world


def operation_of(name: str) -> str:
    return name.partition(" ")[0]


async def ask(
    world: World, row: Row, kind: str, method: str, path: str
) -> tuple[Someone, httpx2.Response, dict[str, Any]]:
    """Do one cell: new people, new things, one request."""
    async with world.work() as uow:
        asking = await worlds.somebody(world.context, uow, kind)
        things = Things(world.context, uow, asking, row.own, row.group_role, world.entry)
        names = await things.fill(row.path)
        query, headers = await things.fill(row.query), await things.fill(row.headers)
        body, text = await things.fill(row.json), await things.fill(row.text)
    form = {"Content-Type": "application/x-www-form-urlencoded"} if text is not None else {}
    answer = await world.client.request(
        method,
        path.format(**names),
        params=query,
        headers=form | headers | asking.headers,
        json=body,
        content=text.encode() if text is not None else None,
    )
    return asking, answer, things.made


def judge(row: Row, kind: str, answer: httpx2.Response) -> str | None:
    """Say what is wrong with who got which answer, or None."""
    told = f"{kind}: {answer.status_code} {answer.text[:200]}"
    if row.may == "public" or kind in row.may.split():
        return None if answer.status_code in row.answers else f"{told}, expected {sorted(row.answers)}"
    expected = {UNAUTHENTICATED} if kind in UNKNOWN else row.refused
    return None if answer.status_code in expected else f"{told}, expected {sorted(expected)}"


def leaks(answer: httpx2.Response, made: dict[str, Any]) -> str | None:
    """Say what of acme an answer to its rival tells, or None."""
    text = f"{answer.text} {list(answer.headers.values())}"
    if MARK in text.lower():
        return f"rival hears of {MARK}: {text[:400]}"
    for name, thing in made.items():
        found = getattr(thing, "id", None)
        if getattr(thing, "org_id", None) == worlds.ACME and found and found in text:
            return f"rival hears of acme's {name}: {text[:400]}"
    return None


def test_every_operation_has_a_row_and_every_row_an_operation() -> None:
    assert {operation_of(name) for name in ROWS} == set(OPERATIONS)
    assert all(operation_of(name) in ROWS for name in ROWS), "each operation has a row without a further word"


def test_every_row_names_people_we_know() -> None:
    for name, row in ROWS.items():
        assert row.may == "public" or set(row.may.split()) <= set(ACTORS) - UNKNOWN, name


def test_every_public_row_is_of_a_public_operation() -> None:
    declared = {
        operation["operationId"]: operation["x-permission"]
        for methods in APP.openapi()["paths"].values()
        for method, operation in methods.items()
        if method in METHODS
    }
    for name, row in ROWS.items():
        assert (row.may == "public") is (declared[operation_of(name)] == "public"), name


def test_every_hidden_address_is_written_down() -> None:
    known = {path for _, path in ALIASES}
    for method, path, name in HIDDEN:
        assert (method, path) in ALIASES or name in OUTSIDE, f"{method} {path}"
    assert known <= {path for _, path, _ in HIDDEN}


@in_one_world
@pytest.mark.parametrize("name", ROWS)
async def test_who_may(world: World, name: str) -> None:
    row = ROWS[name]
    method, path = OPERATIONS[operation_of(name)]
    wrong = []
    for kind in ACTORS:
        # A neighbour tries each address that leads to the operation.
        for address in addresses(path) if kind == "rival" else [path]:
            _, answer, made = await ask(world, row, kind, method, address)
            wrong += [fault for fault in (judge(row, kind, answer),) if fault]
            wrong += [fault for fault in (leaks(answer, made),) if fault and kind == "rival"]
    assert wrong == []


def addresses(path: str) -> list[str]:
    """Return all addresses of an operation: with the version, without, and where directories look."""
    if not path.startswith("/api/v1/"):
        return [path]
    found = [path, path.replace("/api/v1/", "/api/", 1)]
    return [*found, path.removeprefix("/api/v1")] if "/scim/" in path else found


@in_one_world
async def test_an_audit_log_holds_only_what_the_organisations_own_people_did(world: World) -> None:
    row = ROWS["list_audit_entries"]
    asking, answer, _ = await ask(world, dataclasses.replace(row, query={"limit": "1000"}), "rival", "GET", AUDIT)
    entries = answer.json()["logs"]
    assert asking.login_id
    assert {entry["orgId"] for entry in entries} <= {worlds.RIVAL}
    assert {entry["actorName"].split("-")[0] for entry in entries if entry.get("actorName")} <= {"any"}


@in_one_world
@pytest.mark.parametrize(("method", "path"), ALIASES, ids=str)
async def test_who_may_at_an_address_that_is_not_described(world: World, method: str, path: str) -> None:
    operation = ALIASES[method, path]
    wrong = []
    for name, row in ROWS.items():
        if operation_of(name) == operation:
            for kind in ACTORS:
                _, answer, made = await ask(world, row, kind, method, f"/api/v1{path}")
                wrong += [fault for fault in (judge(row, kind, answer),) if fault]
                wrong += [fault for fault in (leaks(answer, made),) if fault and kind == "rival"]
    assert wrong == []


def test_every_socket_has_a_row_and_every_row_a_socket() -> None:
    assert {route.path for route in ROUTES if isinstance(route, WebSocketRoute)} == set(SOCKETS)


HEARERS = {"maintainer", "org_admin", "operator", "admin"}
"""Who hears of a colleague's session in acme."""


@in_one_world
@pytest.mark.parametrize("prefix", ["/api/v1", "/api"])
@pytest.mark.parametrize("kind", ACTORS)
async def test_who_hears_what_on_the_event_socket(world: World, prefix: str, kind: str) -> None:
    async with world.work() as uow:
        asking = await worlds.somebody(world.context, uow, kind)
        things = Things(world.context, uow, asking, own=False, group_role=None)
        theirs = await things.get("session")
        actor = rows.Actor(id=asking.user.id, username=asking.user.username, org_id=asking.org_id)
        mine = rows.row(uow, actor, f"{asking.user.username}-own")
        uow.db.add(mine)
    async with listening(world.app, f"{prefix}/ws/sessions", asking.headers) as ear:
        if kind not in SOCKETS["/ws/sessions"].split():
            assert (ear.code, ear.heard) == (4401, [])
            return
        for session in (theirs, mine):  # one's own comes last, and shows that all before was passed over
            async with world.work() as uow:
                sessions.announce(uow, await uow.db.get_one(Session, session.id))
        await ear.until(mine.id)
    heard = {message.get("sessionId") for message in ear.messages()}
    assert mine.id in heard
    assert (theirs.id in heard) is (kind in HEARERS)
    if kind == "rival":
        assert MARK not in "".join(ear.heard).lower()
        assert theirs.id not in "".join(ear.heard)


@in_one_world
@pytest.mark.parametrize("narrowing", ["user_id", "session_id"])
async def test_a_rival_who_asks_for_acmes_events_by_name_hears_none(world: World, narrowing: str) -> None:
    async with world.work() as uow:
        asking = await worlds.somebody(world.context, uow, "rival")
        things = Things(world.context, uow, asking, own=False, group_role=None)
        theirs = await things.get("session")
    wanted = theirs.user_id if narrowing == "user_id" else theirs.id
    async with listening(world.app, "/api/v1/ws/sessions", asking.headers, f"{narrowing}={wanted}") as ear:
        async with world.work() as uow:
            sessions.announce(uow, await uow.db.get_one(Session, theirs.id))
        async with world.work() as uow:  # the rival's other socket shows when all was delivered
            fence = rows.row(
                uow, rows.Actor(id=asking.user.id, username="x", org_id=asking.org_id), f"{asking.user.username}-own"
            )
            uow.db.add(fence)
        async with listening(world.app, "/api/v1/ws/sessions", asking.headers) as other:
            async with world.work() as uow:
                sessions.announce(uow, await uow.db.get_one(Session, fence.id))
            await other.until(fence.id)
    assert [message["type"] for message in ear.messages() if "sessionId" in message] == []
    assert MARK not in "".join(ear.heard).lower()


@in_one_world
@pytest.mark.parametrize("kind", ACTORS)
@pytest.mark.parametrize("path", [path for path, may in SOCKETS.items() if not may])
async def test_no_person_opens_a_machines_socket(world: World, path: str, kind: str) -> None:
    async with world.work() as uow:
        asking = await worlds.somebody(world.context, uow, kind)
    for prefix in ("/api/v1", "/api"):
        async with listening(world.app, f"{prefix}{path}", asking.headers, f"agent_id={worlds.AGENT}") as ear:
            await ear.until("nothing is said")
        assert ear.code is not None
        assert MARK not in "".join(ear.heard).lower()


def test_every_person_is_one_of_the_matrix() -> None:
    assert set(PEOPLE.split()) | UNKNOWN | {"narrow"} == set(ACTORS)
