import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
from sqlalchemy import select
from websockets.asyncio.client import ClientConnection, connect

from streamspace.server.sessions import service
from streamspace.server.sessions.models import Session
from tests.server import people
from tests.server.conftest import Login, Served
from tests.server.sessions import rows


@asynccontextmanager
async def listening(
    served: Served, person: httpx2.AsyncClient | None, query: str = "", **headers: str
) -> AsyncIterator[ClientConnection]:
    """Open the event socket and take its greeting."""
    if person is not None:
        headers["Authorization"] = person.headers["Authorization"]
    url = served.url.replace("http", "ws", 1) + "/api/v1/ws/sessions" + query
    async with connect(url, additional_headers=headers, proxy=None) as socket:
        if person is not None:
            assert (await heard(socket))["type"] == "hello"
        yield socket


async def heard(socket: ClientConnection) -> dict[str, Any]:
    async with asyncio.timeout(5):
        while True:
            message: dict[str, Any] = json.loads(await socket.recv())
            # Start-up reads the catalog and says so at some moment.
            if message["type"] != "templates.changed":
                return message


async def add(served: Served, name: str, owner: str, org: str | None = None) -> None:
    async with served.context.database.work() as uow:
        await rows.add(uow, await people.add(uow, owner, org_id=org), name)


async def change(served: Served, name: str) -> None:
    async with served.context.database.work() as uow:
        service.announce(uow, (await uow.db.execute(select(Session).where(Session.id == name))).scalar_one())


class TestEvents:
    async def test_arrive_with_the_session_as_the_api_shows_it(self, served: Served, enter: Login) -> None:
        mia = await enter(name="mia")
        await add(served, "a", "mia")
        async with listening(served, mia) as socket:
            await mia.patch("/api/v1/sessions/a/tags", json={"tags": ["new"]})
            event = await heard(socket)
            assert (event["type"], event["sessionId"]) == ("session.updated", "a")
            assert event["data"]["session"] == (await mia.get("/api/v1/sessions/a")).json()
            await mia.delete("/api/v1/sessions/a")
            assert (await heard(socket))["data"]["session"]["state"] == "terminating"

    async def test_of_others_are_not_heard(self, served: Served, enter: Login) -> None:
        mia = await enter(name="mia")
        await add(served, "mine", "mia")
        await add(served, "colleagues", "tom")
        await add(served, "foreign", "otto", "other")
        async with listening(served, mia) as socket:
            for name in ("foreign", "colleagues", "mine"):
                await change(served, name)
            assert (await heard(socket))["sessionId"] == "mine"

    async def test_an_organisations_administrator_hears_of_all_its_sessions_and_no_others(
        self, served: Served, enter: Login
    ) -> None:
        boss = await enter(name="boss", org_role="org_admin")
        await add(served, "colleagues", "tom")
        await add(served, "foreign", "otto", "other")
        async with listening(served, boss) as socket:
            for name in ("foreign", "colleagues"):
                await change(served, name)
            assert (await heard(socket))["sessionId"] == "colleagues"

    async def test_can_be_narrowed_to_one_session(self, served: Served, enter: Login) -> None:
        mia = await enter(name="mia")
        for name in ("a", "b"):
            await add(served, name, "mia")
        async with listening(served, mia, "?session_id=b") as socket:
            for name in ("a", "b"):
                await change(served, name)
            assert (await heard(socket))["sessionId"] == "b"

    async def test_can_be_narrowed_to_one_person(self, served: Served, enter: Login) -> None:
        admin = await enter("admin")
        await add(served, "a", "mia")
        await add(served, "b", "tom")
        async with served.context.database.work() as uow:
            tom = await people.add(uow, "tom")
        async with listening(served, admin, f"?user_id={tom.id}") as socket:
            for name in ("a", "b"):
                await change(served, name)
            assert (await heard(socket))["sessionId"] == "b"

    async def test_come_in_the_order_they_happened(self, served: Served, enter: Login) -> None:
        mia = await enter(name="mia")
        await add(served, "a", "mia")
        async with listening(served, mia) as socket:
            for n in range(20):
                await mia.patch("/api/v1/sessions/a/tags", json={"tags": [f"t{n}"]})
            tags = [(await heard(socket))["data"]["session"]["tags"][0] for _ in range(20)]
            assert tags == [f"t{n}" for n in range(20)]


class TestAdmission:
    async def test_without_a_login_it_closes_with_a_reason(self, served: Served) -> None:
        async with listening(served, None) as socket:
            await socket.wait_closed()
        assert (socket.close_code, socket.close_reason) == (4401, "unauthenticated")

    @pytest.mark.parametrize(("origin", "code"), [("https://evil.test", 4401), ("null", 4401), (None, None)])
    async def test_a_foreign_page_cannot_use_the_cookie(
        self, served: Served, enter: Login, origin: str | None, code: int | None
    ) -> None:
        token = (await enter(name="mia")).headers["Authorization"].removeprefix("Bearer ")
        headers = {"Cookie": f"streamspace_login={token}"} | ({"Origin": origin} if origin else {})
        async with listening(served, None, **headers) as socket:
            if code is None:
                assert (await heard(socket))["type"] == "hello"
            else:
                await socket.wait_closed()
                assert (socket.close_code, socket.close_reason) == (code, "foreign_origin")

    async def test_our_own_page_can(self, served: Served, enter: Login) -> None:
        token = (await enter(name="mia")).headers["Authorization"].removeprefix("Bearer ")
        headers = {"Cookie": f"streamspace_login={token}", "Origin": served.url}
        async with listening(served, None, **headers) as socket:
            assert (await heard(socket))["type"] == "hello"

    async def test_signing_out_closes_it_within_a_second(self, served: Served, enter: Login) -> None:
        mia, elsewhere = await enter(name="mia"), await enter(name="mia")
        async with listening(served, mia) as socket, listening(served, elsewhere) as other:
            await mia.post("/api/v1/auth/logout")
            async with asyncio.timeout(1):
                await socket.wait_closed()
            assert socket.close_code == 4401
            assert other.close_code is None
