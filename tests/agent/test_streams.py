"""The agent's links, against a gateway that is only a WebSocket server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, cast

import pytest
from websockets.asyncio.server import Server, ServerConnection, serve

from streamspace.agent.streams import StreamLinks
from streamspace.kit import ids
from streamspace.platforms.base import NoSuchSession, NotRunning, Platform, StartFailed
from streamspace.protocol import control
from streamspace.protocol.links import LinkMessage, wrap
from streamspace.protocol.streams import AGENT_LINK_PATH, Dismiss, Endpoint, Gone, Open, OpenFailed, Resolve, Resolved


class FakeGateway:
    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.got: list[control.Envelope] = []
        self.links: list[ServerConnection] = []
        self.port = 0
        self._server: Server | None = None

    async def start(self) -> None:
        self._server = await serve(self._serve, "127.0.0.1", self.port)
        self.port = next(iter(self._server.sockets)).getsockname()[1]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _serve(self, link: ServerConnection) -> None:
        assert link.request is not None
        assert link.request.path == AGENT_LINK_PATH
        self.tokens.append(link.request.headers["Authorization"])
        self.links.append(link)
        try:
            async for text in link:
                self.got.append(control.unwrap(text))
        finally:
            self.links.remove(link)

    def named(self, name: str = "g1", token: str = "t1") -> control.Gateway:
        return control.Gateway(gateway_id=name, url=f"http://127.0.0.1:{self.port}", token=token)


class Sessions:
    async def endpoint(self, session_id: str, _role: str) -> Endpoint:
        answers: dict[str, Any] = {
            "good": Endpoint(kind="tcp", host="127.0.0.1", port=9, query={"token": "x"}),
            "stopped": NotRunning(),
            "broken": StartFailed("It died."),
        }
        found = answers.get(session_id, NoSuchSession())
        if isinstance(found, Exception):
            raise found
        return cast("Endpoint", found)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.01)


@pytest.fixture
async def gateway() -> AsyncIterator[FakeGateway]:
    made = FakeGateway()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def links(gateway: FakeGateway) -> AsyncIterator[StreamLinks]:
    made = StreamLinks(cast("Platform", Sessions()), "agent-1")
    yield made
    await made.close()


async def test_it_links_to_each_gateway_named_and_leaves_those_that_are_not(
    gateway: FakeGateway, links: StreamLinks
) -> None:
    await links.update([gateway.named()])
    await until(lambda: links.linked == ["g1"])
    assert gateway.tokens == ["Bearer t1"]
    await links.update([])
    await until(lambda: not gateway.links)


async def test_it_reconnects_within_a_second_with_its_newest_token(gateway: FakeGateway, links: StreamLinks) -> None:
    await links.update([gateway.named()])
    await until(lambda: links.linked)
    await links.update([gateway.named(token="t2")])
    assert len(gateway.links) == 1
    await gateway.stop()
    await until(lambda: not links.linked)
    await gateway.start()
    await until(lambda: links.linked)
    assert gateway.tokens == ["Bearer t1", "Bearer t2"]


@pytest.mark.parametrize(
    ("session_id", "error"),
    [("good", None), ("stopped", "not_running"), ("unknown", "not_found"), ("broken", "start_failed")],
)
async def test_it_answers_where_a_session_is(
    gateway: FakeGateway, links: StreamLinks, session_id: str, error: str | None
) -> None:
    await links.update([gateway.named()])
    await until(lambda: gateway.links)
    question = Resolve(request_id=ids.uid(), session_id=session_id, role="viewer")
    await gateway.links[0].send(wrap(LinkMessage.RESOLVE, question))
    await until(lambda: gateway.got)
    answer = control.read(gateway.got[0], Resolved)
    assert answer.request_id == question.request_id
    assert answer.error == error
    assert (answer.endpoint is None) == (error is not None)


class TellsApart(Sessions):
    """A platform that gives each connection a token of its own."""

    def __init__(self) -> None:
        self.there: set[str] = set()

    async def admit(self, session_id: str, connection_id: str, role: str) -> Endpoint:
        endpoint = await self.endpoint(session_id, role)
        self.there.add(connection_id)
        return endpoint.model_copy(update={"query": {"token": f"{role}-{connection_id}"}})

    async def dismiss(self, _session_id: str, connection_id: str) -> None:
        self.there.discard(connection_id)

    async def give_control(self, session_id: str, connection_id: str | None) -> None: ...


async def test_each_connection_has_its_own_token_until_it_is_dismissed(gateway: FakeGateway) -> None:
    platform = TellsApart()
    links = StreamLinks(cast("Platform", platform), "agent-1")
    await links.update([gateway.named()])
    await until(lambda: gateway.links)
    for connection in ("c1", "c2", ""):
        question = Resolve(request_id=connection, session_id="good", role="viewer", connection_id=connection)
        await gateway.links[0].send(wrap(LinkMessage.RESOLVE, question))
    await until(lambda: len(gateway.got) == 3)
    answers = [control.read(one, Resolved) for one in gateway.got]
    tokens = {one.request_id: one.endpoint.query["token"] for one in answers if one.endpoint is not None}
    assert tokens == {"c1": "viewer-c1", "c2": "viewer-c2", "": "x"}
    await gateway.links[0].send(wrap(LinkMessage.DISMISS, Dismiss(session_id="good", connection_id="c1")))
    await until(lambda: platform.there == {"c2"})
    await links.close()


@pytest.mark.parametrize("session_id", ["good", "unknown"])
async def test_it_says_when_a_session_does_not_take_the_connection(
    gateway: FakeGateway, links: StreamLinks, session_id: str
) -> None:
    await links.update([gateway.named()])
    await until(lambda: gateway.links)
    await gateway.links[0].send(wrap(LinkMessage.OPEN, Open(token="once", session_id=session_id)))
    await until(lambda: gateway.got)
    assert control.read(gateway.got[0], OpenFailed).token == "once"


async def test_it_tells_every_gateway_that_a_session_is_gone(gateway: FakeGateway, links: StreamLinks) -> None:
    await links.update([gateway.named("g1"), gateway.named("g2")])
    await until(lambda: len(gateway.links) == 2)
    await links.gone("good")
    await until(lambda: len(gateway.got) == 2)
    assert {control.read(message, Gone).session_id for message in gateway.got} == {"good"}


async def test_a_gateway_that_talks_nonsense_is_dialled_again(gateway: FakeGateway, links: StreamLinks) -> None:
    await links.update([gateway.named()])
    await until(lambda: gateway.links)
    await gateway.links[0].send("nonsense")
    await until(lambda: len(gateway.tokens) == 2)


def test_an_agent_loads_no_server() -> None:
    import subprocess
    import sys

    code = (
        "import sys, streamspace.agent.streams as s;"
        "bad = {'sqlalchemy', 'uvicorn', 'starlette', 'fastapi', 'jwt', 'streamspace.gateway'} & set(sys.modules);"
        "sys.exit(str(bad) if bad else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
