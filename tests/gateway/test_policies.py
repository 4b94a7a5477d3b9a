"""A policy in a ticket holds at the gateway, whatever the session's engine does; without one nothing is looked at."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from streamspace.gateway import filter_rules
from streamspace.kit.splice import Splice
from streamspace.protocol import tokens
from streamspace.protocol.policies import Policy
from streamspace.protocol.streams import StreamCookie
from tests.gateway.conftest import SECRET, SESSION, MakeWorld, World, until
from tests.gateway.test_filter import frame

STREAM = "api/websockets"
SECRETS = ["clipboard,c2VjcmV0", "clipboard_binary,image/png,aGk=", '{"type": "print_document", "name": "a.pdf"}']
PICTURES = [b"\x03picture", b"\x04" + bytes(200_000), "cursor,{}"]


@pytest.fixture
async def world(make_world: MakeWorld) -> World:
    made = await make_world()
    made.origin.says = [SECRETS[0], PICTURES[0], SECRETS[1], PICTURES[1], SECRETS[2], PICTURES[2]]
    return made


def restricted(world: World, **said: Any) -> str:
    return world.cookie(policy=Policy.model_validate(said))


async def hear(stream: Any, count: int) -> list[str | bytes]:
    async with asyncio.timeout(30):
        return [await stream.recv() for _ in range(count)]


async def over(reader: asyncio.StreamReader) -> None:
    """Wait until the connection is closed."""
    async with asyncio.timeout(30):
        with contextlib.suppress(ConnectionError):
            while await reader.read(1 << 20):
                pass


class TestAStream:
    async def test_brings_out_what_may_leave_and_nothing_else(self, world: World) -> None:
        cookie = restricted(world, clipboard="in", printing=False)
        async with world.stream(STREAM, cookie=cookie) as stream:
            assert await hear(stream, 3) == PICTURES
            await asyncio.wait_for(await stream.ping(), 30)
        assert world.gateway.gate.dropped["out"] == 3

    async def test_brings_in_what_may_enter_and_nothing_else(self, world: World) -> None:
        cookie = restricted(world, clipboard="out", microphone=False)
        large = "cw," + "x" * 300_000
        async with world.stream(STREAM, cookie=cookie) as stream:
            for message in ("kd,65", "cw,aGk=", b"\x02voice", large, "_gz,1", b"\x05\x1f\x8b", "cr", "m,1,2,0,0"):
                await stream.send(message)
            await until(lambda: "m,1,2,0,0" in world.origin.heard)
        assert world.origin.heard == ["kd,65", "cr", "m,1,2,0,0"]
        assert world.gateway.gate.dropped["in"] == 5

    async def test_in_fragments_is_judged_as_a_whole(self, world: World) -> None:
        async with world.stream(STREAM, cookie=restricted(world, clipboard="off")) as stream:
            await stream.send(["c", "w", ",aGk="])
            await stream.send(["k", "d,", "65"])
            await until(lambda: world.origin.heard)
        assert world.origin.heard == ["kd,65"]

    async def test_is_not_compressed_though_the_browser_offers_it(self, world: World) -> None:
        offers = "Sec-WebSocket-Extensions: permessage-deflate\r\n"
        for cookie, compressed in ((restricted(world, clipboard="off"), False), (world.cookie(), True)):
            answer = await world.ask(world.upgrade(f"/s/{SESSION}/{STREAM}", cookie=cookie, extra=offers))
            assert answer.status == 101
            assert bool(answer.one("sec-websocket-extensions")) is compressed

    async def test_ends_where_a_browser_sends_what_is_no_frame(self, world: World) -> None:
        reader, writer = await world.dial()
        writer.write(world.upgrade(f"/s/{SESSION}/{STREAM}", cookie=restricted(world, clipboard="off")))
        await reader.readuntil(b"\r\n\r\n")
        writer.write(frame(1, b"kd,65"))
        await over(reader)
        await until(lambda: not world.gateway.gate.streams.count)
        assert world.origin.heard == []

    async def test_that_sends_nonsense_before_it_is_open_never_opens(self, world: World) -> None:
        world.platform.delay = 0.5
        reader, writer = await world.dial()
        writer.write(world.upgrade(f"/s/{SESSION}/{STREAM}", cookie=restricted(world, clipboard="off")))
        await until(lambda: world.platform.asked)
        writer.write(frame(1, b"kd,65"))
        await over(reader)
        assert world.origin.heard == []

    async def test_of_a_viewer_is_held_to_it_too(self, world: World) -> None:
        cookie = world.cookie(role="viewer", policy=Policy(clipboard="off"))
        async with world.stream(STREAM, cookie=cookie) as stream:
            assert SECRETS[0] not in await hear(stream, 3)

    async def test_at_another_path_is_refused(self, world: World) -> None:
        cookie = restricted(world, clipboard="off")
        answer = await world.ask(world.upgrade(f"/s/{SESSION}/echo", cookie=cookie))
        assert (answer.status, b'"policy"' in answer.body) == (403, True)


class TestWithoutARestriction:
    async def test_no_filter_is_made_and_our_code_sees_no_byte(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def never(*_: object) -> None:
            raise AssertionError

        monkeypatch.setattr(filter_rules, "filters", never)
        monkeypatch.setattr(Splice, "_through", never)
        for cookie in (world.cookie(), restricted(world, clipboard="both", watermark=True, maxUploadBytes=5)):
            async with world.stream(STREAM, cookie=cookie) as stream:
                assert await hear(stream, 6) == world.origin.says

    async def test_the_engines_own_uploads_are_refused_all_the_same(self, world: World) -> None:
        for path, method in (("api/upload", "POST"), ("api/files/home/x", "GET")):
            answer = await world.get(f"/s/{SESSION}/{path}", method=method)
            assert answer.status == 403
        assert world.origin.requests == []


class TestAPage:
    async def test_passes_and_other_paths_do_not(self, world: World) -> None:
        cookie = restricted(world, download=False)
        page = await world.get(f"/s/{SESSION}/", cookie=cookie)
        assert page.status == 200
        assert page.one("permissions-policy") == ""
        assert (await world.get(f"/s/{SESSION}/secret", cookie=cookie)).status == 403
        assert (await world.get(f"/s/{SESSION}/", method="POST", cookie=cookie)).status == 403

    async def test_is_denied_the_clipboard_and_the_microphone_by_the_browser_too(self, world: World) -> None:
        page = await world.get(f"/s/{SESSION}/", cookie=restricted(world, clipboard="off", microphone=False))
        assert page.all("permissions-policy") == [
            "microphone=(), camera=(), display-capture=(), clipboard-read=(), clipboard-write=()"
        ]


async def test_a_ticket_hands_its_policy_to_the_cookie(world: World) -> None:
    ticket = world.ticket(policy=Policy(clipboard="in", max_upload_bytes=5))
    answer = await world.get(f"/s/{SESSION}/?ticket={ticket}", cookie=None)
    assert answer.status == 303
    value = answer.one("set-cookie").partition("=")[2].partition(";")[0]
    cookie = tokens.verify(StreamCookie, value, SECRET, world.gateway.gate.clock.now())
    assert cookie.policy == Policy(clipboard="in", max_upload_bytes=5)


async def test_a_browser_learns_that_its_stream_is_over_when_the_policy_changes(world: World) -> None:
    async with world.stream(STREAM) as stream:
        await hear(stream, 6)
        await world.control_plane.revoke("connection", "c1")
        with pytest.raises(ConnectionClosed):
            await asyncio.wait_for(stream.recv(), 30)
