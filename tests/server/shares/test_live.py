"""What others hear at once: who came, who left, who has control; and what the gateways must close."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx2
from sqlalchemy import update

from streamspace.server.shares.models import Share
from tests.server import people
from tests.server.conftest import Login, Served
from tests.server.sessions import rows
from tests.server.shares.conftest import MINE, SESSION, URL
from tests.server.test_revocation import AT_ONCE, Gate, bearer, gate, hearing

__all__ = ["gate"]


async def invite(served: Served, mia: httpx2.AsyncClient, name: str = "bob") -> str:
    async with served.context.database.work() as uow:
        await rows.add(uow, await people.add(uow, "mia"), SESSION)
    answer = await mia.post(f"{URL}/shares", json={"username": name})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def connect(bob: httpx2.AsyncClient, gate: Gate) -> str:
    async with asyncio.timeout(5):
        await gate.news.wait()  # it was told all, so it is known
    answer = await bob.post(f"{MINE}/{SESSION}/connect")
    assert answer.status_code == 200, answer.text
    return str(answer.json()["connectionId"])


async def heard(socket: Any, kind: str) -> dict[str, Any]:
    async with asyncio.timeout(5):
        while True:
            message: dict[str, Any] = json.loads(await socket.recv())
            if message["type"] == kind:
                return message


class TestStreams:
    async def test_ending_a_share_closes_its_streams_at_once(self, served: Served, gate: Gate, enter: Login) -> None:
        mia, bob = await enter(name="mia"), await enter(name="bob")
        share_id = await invite(served, mia)
        connection_id = await connect(bob, gate)
        await mia.delete(f"{URL}/shares/{share_id}")
        await gate.must_close("connection", connection_id)

    async def test_so_does_the_end_of_its_time(self, served: Served, gate: Gate, enter: Login) -> None:
        mia, bob = await enter(name="mia"), await enter(name="bob")
        await invite(served, mia)
        connection_id = await connect(bob, gate)
        async with served.context.database.work() as uow:
            await uow.db.execute(update(Share).values(expires_at=uow.now()))
        async with asyncio.timeout(2 * AT_ONCE):
            while ("connection", connection_id) not in gate.told:
                await asyncio.sleep(0.01)


class TestEvents:
    async def test_the_owner_hears_who_comes_asks_and_leaves(self, served: Served, gate: Gate, enter: Login) -> None:
        mia, bob = await enter(name="mia"), await enter(name="bob")
        await invite(served, mia)
        async with hearing(served, bearer(mia)) as socket:
            connection_id = await connect(bob, gate)
            came = await heard(socket, "session.connected")
            assert came["data"]["connection"]["username"] == "bob"
            await bob.post(f"{URL}/control/request", json={"connectionId": connection_id})
            assert (await heard(socket, "session.control_requested"))["data"]["connection"]["id"] == connection_id
            await bob.post(f"{URL}/disconnect?connectionId={connection_id}")
            assert (await heard(socket, "session.disconnected"))["data"]["connection"]["username"] == "bob"

    async def test_somebody_invited_hears_of_the_share_and_of_its_end(
        self, served: Served, gate: Gate, enter: Login
    ) -> None:
        mia, bob = await enter(name="mia"), await enter(name="bob")
        async with hearing(served, bearer(bob)) as socket:
            share_id = await invite(served, mia)
            told = await heard(socket, "session.shared")
            assert (told["sessionId"], told["data"]["share"]["id"]) == (SESSION, share_id)
            await mia.delete(f"{URL}/shares/{share_id}")
            assert (await heard(socket, "session.unshared"))["data"]["share"]["state"] == "revoked"

    async def test_others_hear_nothing_of_it(self, served: Served, gate: Gate, enter: Login) -> None:
        mia, eve, _ = await enter(name="mia"), await enter(name="eve"), await enter(name="bob")
        async with hearing(served, bearer(eve)) as socket:
            await invite(served, mia)
            await mia.post(f"{URL}/shares", json={"username": "eve"})
            told = await heard(socket, "session.shared")
            assert told["data"]["share"]["username"] == "eve"
