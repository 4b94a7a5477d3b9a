from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest

from streamspace.server.core.http import Context
from streamspace.server.gateways.models import Gateway
from tests.server import people
from tests.server.conftest import Login
from tests.server.sessions import rows

SESSION = "mia-editor-00000001"
URL = f"/api/v1/sessions/{SESSION}"
MINE = "/api/v1/me/shared-sessions"
Share = Callable[..., Awaitable[dict[str, Any]]]


async def add_session(context: Context, name: str = SESSION, **more: Any) -> None:
    async with context.database.work() as uow:
        await rows.add(uow, await people.add(uow, "mia"), name, **more)


@pytest.fixture
async def mia(login: Login, context: Context) -> httpx2.AsyncClient:
    """Somebody with a session that runs, and a gateway to see it through."""
    client = await login(name="mia")
    await add_session(context)
    async with context.database.work() as uow:
        address = "http://gate.test"
        uow.db.add(Gateway(id="gate", public_url=address, agent_url=address, online=True, seen_at=uow.now()))
    return client


@pytest.fixture
async def bob(login: Login) -> httpx2.AsyncClient:
    return await login(name="bob")


@pytest.fixture
def share(mia: httpx2.AsyncClient) -> Share:
    async def make(**wanted: Any) -> dict[str, Any]:
        answer = await mia.post(f"{URL}/shares", json=wanted)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    return make
