from typing import Any

import httpx2
import pytest
from sqlalchemy import update

from streamspace.server.agents.errors import AgentOffline
from streamspace.server.agents.hub import AgentHub
from streamspace.server.core.http import Context
from streamspace.server.sessions.models import Session
from tests.server.shares.conftest import MINE, SESSION, URL, Share

CONTROL = f"{URL}/control"


class Hub:
    """The agents' hub, as far as control needs it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, object]]] = []
        self.answer: dict[str, object] = {}
        self.away = False

    async def ask(self, agent_id: str, question: str, payload: dict[str, object]) -> dict[str, object]:
        if self.away:
            raise AgentOffline
        self.asked.append((agent_id, question, payload))
        return self.answer


@pytest.fixture
def hub(context: Context) -> Hub:
    found = context.parts[AgentHub] = Hub()
    return found


@pytest.fixture
async def places(mia: httpx2.AsyncClient, bob: httpx2.AsyncClient, share: Share, hub: Hub) -> tuple[str, str]:
    """The owner's connection, and that of somebody who may only watch."""
    await share(username="bob")
    own = await mia.post(f"{URL}/connect")
    theirs = await bob.post(f"{MINE}/{SESSION}/connect")
    return own.json()["connectionId"], theirs.json()["connectionId"]


async def in_control(person: httpx2.AsyncClient) -> list[str]:
    found = (await person.get(f"{URL}/connections")).json()["connections"]
    return [one["username"] for one in found if one["hasControl"]]


async def give(person: httpx2.AsyncClient, connection_id: str) -> httpx2.Response:
    return await person.post(CONTROL, json={"connectionId": connection_id})


class TestControl:
    async def test_is_one_persons_alone_until_it_is_taken_back(
        self, mia: httpx2.AsyncClient, hub: Hub, places: tuple[str, str]
    ) -> None:
        assert await in_control(mia) == ["mia"]
        given = await give(mia, places[1])
        assert given.status_code == 200, given.text
        assert hub.asked == [("robot", "control", {"sessionId": SESSION, "connectionId": places[1]})]
        assert await in_control(mia) == ["bob"]
        taken = await mia.delete(CONTROL)
        assert [one["hasControl"] for one in taken.json()["connections"]] == [True, False]
        assert hub.asked[-1] == ("robot", "control", {"sessionId": SESSION, "connectionId": None})

    async def test_is_everybodys_again_when_who_had_it_leaves(
        self, mia: httpx2.AsyncClient, bob: httpx2.AsyncClient, places: tuple[str, str]
    ) -> None:
        await give(mia, places[1])
        await bob.post(f"{URL}/disconnect?connectionId={places[1]}")
        assert await in_control(mia) == ["mia"]

    async def test_nobody_but_the_owner_gives_or_takes_it(
        self, bob: httpx2.AsyncClient, places: tuple[str, str], hub: Hub
    ) -> None:
        assert (await give(bob, places[1])).status_code == 404
        assert (await bob.delete(CONTROL)).status_code == 404
        assert hub.asked == []

    async def test_stays_where_it_was_when_the_agent_is_away_or_cannot(
        self, mia: httpx2.AsyncClient, hub: Hub, places: tuple[str, str]
    ) -> None:
        hub.away = True
        assert (await give(mia, places[1])).status_code == 503
        hub.away, hub.answer = False, {"error": "unknown_question"}
        refused = await give(mia, places[1])
        assert (refused.status_code, refused.json()["error"]) == (409, "control_not_possible")
        assert await in_control(mia) == ["mia"]

    async def test_goes_to_a_connection_of_this_session_only(
        self, mia: httpx2.AsyncClient, places: tuple[str, str], context: Context
    ) -> None:
        assert (await give(mia, "nobodys")).json()["error"] == "connection_not_found"
        async with context.database.work() as uow:
            await uow.db.execute(update(Session).values(state="hibernated"))
        assert (await give(mia, places[1])).json()["error"] == "nothing_to_control"

    @pytest.mark.parametrize("body", [{}, {"connectionId": ""}, {"connectionId": "x" * 37}, {"connectionId": 7}])
    async def test_malformed_orders_are_refused(self, mia: httpx2.AsyncClient, body: dict[str, Any]) -> None:
        assert (await mia.post(CONTROL, json=body)).status_code == 400


class TestRequest:
    async def test_one_asks_for_oneself_and_not_without_end(
        self, bob: httpx2.AsyncClient, places: tuple[str, str]
    ) -> None:
        def ask(connection_id: str) -> Any:
            return bob.post(f"{CONTROL}/request", json={"connectionId": connection_id})

        assert (await ask(places[0])).status_code == 404
        statuses = [(await ask(places[1])).status_code for _ in range(12)]
        assert (statuses[0], statuses[-1]) == (204, 429)
