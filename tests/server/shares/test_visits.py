"""Who came and left, as a session's timeline keeps it; ending one connection; what a session uses."""

from datetime import timedelta

import httpx2
import pytest
from sqlalchemy import select, update

from streamspace.server.core.http import Context
from streamspace.server.gateways.models import Revocation
from streamspace.server.sessions import connections
from streamspace.server.sessions.models import Connection, Session, SessionEvent
from streamspace.server.sessions.rules import MOST_VISITS
from tests.server.shares.conftest import MINE, SESSION, URL, Share
from tests.server.shares.test_control import Hub, hub

__all__ = ["hub"]

Visit = tuple[str, str | None, str | None]


async def visits(client: httpx2.AsyncClient) -> list[Visit]:
    events = (await client.get(f"{URL}/events")).json()["events"]
    return [(e["kind"], e.get("actor"), e.get("message")) for e in events if e["kind"].endswith("connected")]


async def watch(bob: httpx2.AsyncClient) -> str:
    return str((await bob.post(f"{MINE}/{SESSION}/connect")).json()["connectionId"])


class TestVisits:
    async def test_who_came_and_left_is_kept(
        self, mia: httpx2.AsyncClient, bob: httpx2.AsyncClient, share: Share
    ) -> None:
        made = await share(username="bob")
        own = (await mia.post(f"{URL}/connect")).json()["connectionId"]
        await watch(bob)
        await mia.post(f"{URL}/disconnect", params={"connectionId": own})
        await mia.delete(f"{URL}/shares/{made['id']}")
        assert await visits(mia) == [
            ("connected", "mia", "Controls, from 127.0.0.1."),
            ("connected", "bob", "Watches, from 127.0.0.1."),
            ("disconnected", "mia", None),
            ("disconnected", "bob", "The share is over."),
        ]

    async def test_also_who_was_not_heard_of_any_more(
        self, mia: httpx2.AsyncClient, bob: httpx2.AsyncClient, share: Share, context: Context
    ) -> None:
        await share(username="bob")
        await watch(bob)
        async with context.database.work() as uow:
            await uow.db.execute(update(Connection).values(last_heartbeat=uow.now() - timedelta(minutes=5)))
        async with context.database.work() as uow:
            await connections.drop_silent(uow)
        assert (await visits(mia))[1:] == [("disconnected", "bob", "Nothing was heard of it any more.")]

    async def test_they_do_not_push_out_what_else_happened(self, mia: httpx2.AsyncClient, context: Context) -> None:
        async with context.database.work() as uow:
            session = await uow.db.get(Session, SESSION)
            assert session is not None
            session.event_count = 1
            first = SessionEvent(
                session_id=SESSION, number=1, org_id=session.org_id, at=uow.now(), kind="created", actor="mia"
            )
            uow.db.add(first)
        for _ in range(MOST_VISITS // 2 + 3):
            opened = await mia.post(f"{URL}/connect")
            await mia.post(f"{URL}/disconnect", params={"connectionId": opened.json()["connectionId"]})
        events = (await mia.get(f"{URL}/events")).json()["events"]
        assert (events[0]["kind"], len(events)) == ("created", MOST_VISITS + 1)
        assert events[-1]["number"] == 1 + 2 * (MOST_VISITS // 2 + 3)


class TestEndingOne:
    async def test_the_owner_ends_somebodys_connection_and_the_share_stays(
        self, mia: httpx2.AsyncClient, bob: httpx2.AsyncClient, share: Share, context: Context
    ) -> None:
        made = await share(username="bob")
        connection = await watch(bob)
        (seen,) = (await mia.get(f"{URL}/connections")).json()["connections"]
        assert (seen["id"], seen["shareId"]) == (connection, made["id"])
        (theirs,) = (await bob.get(f"{URL}/connections")).json()["connections"]
        assert theirs.get("shareId") is None
        assert (await mia.delete(f"{URL}/connections/{connection}")).status_code == 204
        async with context.database.work(write=False) as uow:
            closed = await uow.db.execute(select(Revocation.subject).where(Revocation.kind == "connection"))
            assert closed.scalars().all() == [connection]
        assert (await mia.get(f"{URL}/connections")).json()["total"] == 0
        assert (await visits(mia))[-1] == ("disconnected", "bob", "Ended by mia.")
        assert (await bob.post(f"{MINE}/{SESSION}/connect")).status_code == 200

    async def test_who_takes_part_ends_nobody(
        self, mia: httpx2.AsyncClient, bob: httpx2.AsyncClient, share: Share
    ) -> None:
        await share(username="bob", permission="control")
        own = (await mia.post(f"{URL}/connect")).json()["connectionId"]
        await watch(bob)
        assert (await bob.delete(f"{URL}/connections/{own}")).status_code == 404
        assert (await mia.delete(f"{URL}/connections/unknown")).status_code == 404


class TestUsage:
    async def test_is_what_the_agent_measures(self, mia: httpx2.AsyncClient, hub: Hub) -> None:
        hub.answer = {"cpuCores": 0.25, "memoryBytes": 300_000_000, "processes": 7}
        used = (await mia.get(f"{URL}/usage")).json()
        assert used == {"sessionId": SESSION, "cpuCores": 0.25, "memoryBytes": 300_000_000, "processes": 7}
        assert [(question, payload) for _, question, payload in hub.asked] == [("usage", {"sessionId": SESSION})]

    async def test_a_session_that_rests_uses_nothing(self, mia: httpx2.AsyncClient, hub: Hub, context: Context) -> None:
        async with context.database.work() as uow:
            await uow.db.execute(update(Session).values(state="hibernated"))
        refused = await mia.get(f"{URL}/usage")
        assert (refused.status_code, refused.json()["error"], hub.asked) == (409, "nothing_to_measure", [])

    @pytest.mark.parametrize("gone", [True, False])
    async def test_where_the_agent_cannot_say_it_is_said(
        self, mia: httpx2.AsyncClient, hub: Hub, *, gone: bool
    ) -> None:
        hub.away, hub.answer = gone, {"error": "not_found"}
        assert (await mia.get(f"{URL}/usage")).status_code == (503 if gone else 409)
