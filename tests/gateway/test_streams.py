"""Streams through a real gateway and agent: straight and dialled back, plain and TLS."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.gateway.conftest import until

if TYPE_CHECKING:
    from streamspace.gateway.links import AgentLink
    from streamspace.kit.splice import Conn
    from tests.gateway.conftest import MakeWorld, World

SESSION = "ana-xterm-00000001"


def resident_kb() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4


async def settle(world: World) -> None:
    await until(lambda: not (world.gateway.gate.streams.count or world.agent.open_streams or world.origin.connections))


async def test_messages_of_every_size_come_back_whole(world: World) -> None:
    async with world.stream() as stream:
        for size in (0, 1, 125, 126, 65535, 65536, 1 << 20, 20 << 20):
            message = os.urandom(size)
            await stream.send(message)
            assert await stream.recv() == message
        await stream.send("text é")
        assert await stream.recv() == "text é"
        await asyncio.wait_for(await stream.ping(), 30)
    await settle(world)


async def test_the_engine_gets_its_token_and_the_browser_does_not(world: World) -> None:
    async with world.stream("echo?x=1&token=forged") as stream:
        assert stream.response is not None
        assert "engine-token" not in str(stream.response.headers)
    request = world.origin.requests[-1]
    assert request.query_string == "x=1&token=engine-token-0123456789"
    assert "cookie" not in {key.lower() for key in request.headers}
    assert request.headers["Origin"] == world.base
    assert request.headers["Host"] == world.base.split("//")[1]


async def test_an_upgrade_on_a_reused_connection(world: World) -> None:
    reader, writer = await world.dial()
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    assert (await reader.readuntil(b"}")).startswith(b"HTTP/1.1 200")
    writer.write(world.upgrade(f"/s/{SESSION}/echo"))
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101")
    writer.transport.abort()


@pytest.mark.parametrize(
    ("path", "options", "status"),
    [
        (f"/s/{SESSION}/echo", {"cookie": None}, 401),
        (f"/s/{SESSION}/echo", {"cookie": f"streamspace_s_{SESSION}=a.b.c"}, 401),
        (f"/s/{SESSION}/echo", {"origin": "http://evil.example"}, 403),
        (f"/s/{SESSION}/echo", {"origin": None}, 403),
        ("/elsewhere", {}, 404),
        ("/s/UPPER/echo", {}, 404),
        (f"/s/{SESSION}/echo", {"extra": "Content-Length: 5\r\n"}, 400),
        (f"/s/{SESSION}/echo", {"extra": "Transfer-Encoding: chunked\r\n"}, 400),
        (f"/s/{SESSION}/no", {}, 502),
    ],
)
async def test_refused_upgrades_say_why(plain_world: World, path: str, options: dict[str, str], status: int) -> None:
    answer = await plain_world.ask(plain_world.upgrade(path, **options))
    assert answer.status == status
    assert answer.one("content-type") == "application/json"
    assert b'"error"' in answer.body


@pytest.mark.parametrize(("session_id", "status"), [("ana-xterm-unknown", 404), ("ana-xterm-stopped", 409)])
async def test_sessions_that_are_not_there(plain_world: World, session_id: str, status: int) -> None:
    cookie = plain_world.cookie(session_id)
    answer = await plain_world.ask(plain_world.upgrade(f"/s/{session_id}/echo", cookie=cookie))
    assert answer.status == status


@pytest.mark.parametrize("direct", [True, False])
async def test_a_dead_socket_is_502(make_world: MakeWorld, *, direct: bool) -> None:
    world = await make_world(direct=direct)
    await world.origin.stop()
    answer = await world.ask(world.upgrade(f"/s/{SESSION}/echo"))
    assert answer.status == 502


async def test_an_agent_that_is_away_is_503(plain_world: World) -> None:
    cookie = plain_world.cookie(agent_id="agent-2")
    started = time.monotonic()
    answer = await plain_world.ask(plain_world.upgrade(f"/s/{SESSION}/echo", cookie=cookie))
    assert answer.status == 503
    # It waits two seconds for the agent; the time in which a stream must open is ten.
    assert time.monotonic() - started < 8


async def test_a_look_up_that_hangs_is_504(make_world: MakeWorld) -> None:
    world = await make_world(open_timeout=timedelta(seconds=0.5))
    world.platform.delay = 20
    answer = await world.ask(world.upgrade(f"/s/{SESSION}/echo"))
    assert answer.status == 504


async def test_a_session_that_never_answers_the_upgrade_is_504(make_world: MakeWorld) -> None:
    world = await make_world(raw=True, open_timeout=timedelta(seconds=0.5))
    answer = await world.ask(world.upgrade(f"/s/{SESSION}/hang"))
    assert answer.status == 504


@pytest.mark.parametrize("early", [True, False])
async def test_no_pipe_is_left_after_a_refused_upgrade(world: World, *, early: bool) -> None:
    reader, writer = await world.dial()
    request, smuggled = world.upgrade(f"/s/{SESSION}/no"), b"GET /s/secret HTTP/1.1\r\nHost: x\r\n\r\n"
    writer.write(request + smuggled if early else request)
    rest = b""
    # What was sent and never read makes the close a reset, which may overtake the answer.
    with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
        assert (await world.read(reader)).status == 502
        if not early:
            writer.write(smuggled)
        rest = await asyncio.wait_for(reader.read(-1), 30)
    assert b"HTTP/1.1" not in rest
    await settle(world)
    assert not any("secret" in request.path for request in world.origin.requests)
    writer.transport.abort()


async def test_a_client_that_leaves_while_it_is_let_in_leaves_nothing(world: World) -> None:
    world.platform.delay = 0.5
    for graceful in (False, True):
        _, writer = await world.dial()
        writer.write(world.upgrade(f"/s/{SESSION}/echo"))
        await asyncio.sleep(0.1)
        if graceful:
            writer.close()
        else:
            writer.transport.abort()
    await asyncio.sleep(0.8)
    gate = world.gateway.gate
    await settle(world)
    await until(lambda: not (gate.streams._requests or gate.links._dials))
    await settle(world)


async def test_unread_bulk_streams_do_not_fill_the_memory(world: World) -> None:
    before = resident_kb()
    writers = []
    for _ in range(10):
        _, writer = await world.dial(limit=1024)
        writer.write(world.upgrade(f"/s/{SESSION}/bulk"))
        writers.append(writer)
    await until(lambda: world.gateway.gate.streams.count == 10)
    await asyncio.sleep(1.5)
    grown = resident_kb() - before
    for writer in writers:
        writer.transport.abort()
    await settle(world)
    # The session's own server, the client and both hops live in this process.
    assert grown < 60_000


async def test_what_the_session_says_first_is_not_lost(raw_world: World) -> None:
    reader, writer = await raw_world.dial()
    writer.write(raw_world.upgrade(f"/s/{SESSION}/talk-first"))
    head = await reader.readuntil(b"\r\n\r\n")
    assert b"set-cookie" not in head.lower()
    assert b"engine-token" not in head
    assert await reader.readexactly(5) == b"hello"
    writer.transport.abort()
    await settle(raw_world)


async def test_what_the_client_says_early_is_not_lost(raw_world: World) -> None:
    raw_world.platform.delay = 0.2
    reader, writer = await raw_world.dial()
    writer.write(raw_world.upgrade(f"/s/{SESSION}/x"))
    await asyncio.sleep(0.05)
    early = os.urandom(100_000)
    writer.write(early)
    await reader.readuntil(b"\r\n\r\n")
    assert await asyncio.wait_for(reader.readexactly(len(early)), 30) == early
    writer.transport.abort()
    await settle(raw_world)


@pytest.mark.parametrize("raw_world", ["direct", "dial-back"], indirect=True)
async def test_half_closing_travels_to_the_session_and_its_last_words_back(raw_world: World) -> None:
    reader, writer = await raw_world.dial()
    writer.write(raw_world.upgrade(f"/s/{SESSION}/count"))
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"z" * 1_000_000)
    writer.write_eof()
    assert await asyncio.wait_for(reader.read(-1), 30) == b"got 1000000"
    writer.close()
    await settle(raw_world)


async def test_a_client_that_aborts_ends_the_sessions_side(raw_world: World) -> None:
    reader, writer = await raw_world.dial()
    writer.write(raw_world.upgrade(f"/s/{SESSION}/x"))
    await reader.readuntil(b"\r\n\r\n")
    assert raw_world.origin.connections == 1
    writer.transport.abort()
    await settle(raw_world)


async def test_a_session_that_is_gone_closes_its_streams(world: World) -> None:
    async with world.stream() as stream:
        await world.agent.gone(SESSION)
        await asyncio.wait_for(stream.wait_closed(), 30)
    await settle(world)


async def test_opens_and_closes_are_told_to_the_control_plane(plain_world: World) -> None:
    async with plain_world.stream():
        await until(lambda: plain_world.control_plane.told)
        first = plain_world.control_plane.told[-1]
        assert (first.session_id, first.connection_id, first.user_id, first.open) == (SESSION, "c1", "u1", 1)
    await until(lambda: not plain_world.control_plane.told[-1].open)


async def test_a_pooled_connection_saves_the_stream_its_dial_back(plain_world: World) -> None:
    assert (await plain_world.get(f"/s/{SESSION}/page")).status == 200
    dialled: list[str] = []
    original = plain_world.gateway.gate.links.dial

    async def dial(link: AgentLink, session_id: str) -> Conn:
        dialled.append(session_id)
        return await original(link, session_id)

    plain_world.gateway.gate.links.dial = dial  # type: ignore[method-assign]
    async with plain_world.stream() as stream:
        await stream.send("hi")
        assert await stream.recv() == "hi"
    assert dialled == []


async def test_one_session_cannot_hold_more_streams_than_allowed(make_world: MakeWorld) -> None:
    world = await make_world(most_streams=2)
    async with world.stream(), world.stream(cookie=world.cookie(connection_id="c2")):
        assert (await world.ask(world.upgrade(f"/s/{SESSION}/echo"))).status == 503
    await settle(world)
    async with world.stream():
        assert world.gateway.gate.streams.count == 1
