"""Tickets, cookies, revocations, and what happens without the control plane."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from streamspace.protocol import control, tokens
from streamspace.protocol.streams import AGENT_LINK_PATH, Endpoint
from tests.gateway.conftest import until

if TYPE_CHECKING:
    from tests.gateway.conftest import MakeWorld, World

SESSION = "ana-xterm-00000001"
SECRET = "a secret that gateways and control plane share"


class TestTickets:
    async def test_a_ticket_is_swapped_for_a_cookie_of_that_session_alone(self, world: World) -> None:
        answer = await world.get(f"/s/{SESSION}/?ticket={world.ticket()}", cookie=None)
        assert answer.status == 303
        assert answer.one("location") == f"/s/{SESSION}/"
        (cookie,) = answer.all("set-cookie")
        attributes = [part.strip() for part in cookie.split(";")]
        assert attributes[0].startswith(f"streamspace_s_{SESSION}=")
        assert f"Path=/s/{SESSION}/" in attributes
        assert "HttpOnly" in attributes
        assert "SameSite=Lax" in attributes
        assert ("Secure" in attributes) == (world.client_tls is not None)
        assert (await world.get(f"/s/{SESSION}/", cookie=attributes[0])).status == 200
        async with world.stream(cookie=attributes[0]) as stream:
            await stream.send("hi")
            assert await stream.recv() == "hi"

    async def test_a_ticket_works_once(self, plain_world: World) -> None:
        path = f"/s/{SESSION}/?ticket={plain_world.ticket()}"
        assert (await plain_world.get(path, cookie=None)).status == 303
        again = await plain_world.get(path, cookie=None)
        assert again.status == 401
        assert not again.all("set-cookie")
        # A reload of the frame that has its cookie goes on, without a new one.
        reload = await plain_world.get(path)
        assert reload.status == 303
        assert not reload.all("set-cookie")

    async def test_parallel_uses_of_one_ticket_let_one_in(self, plain_world: World) -> None:
        path = f"/s/{SESSION}/?ticket={plain_world.ticket()}"
        answers = await asyncio.gather(*(plain_world.get(path, cookie=None) for _ in range(8)))
        assert sorted(answer.status for answer in answers) == [303] + [401] * 7

    @pytest.mark.parametrize(
        "changes",
        [
            {"session_id": "ana-xterm-00000002"},
            {"iat": time.time() - 100, "exp": time.time() - 40},
            {"exp": time.time() + 3600},
            {"iat": time.time() + 100, "exp": time.time() + 160},
            {"aud": "streamspace-stream"},
        ],
    )
    async def test_tickets_that_are_not_good_for_this(self, plain_world: World, changes: dict[str, Any]) -> None:
        ticket = plain_world.ticket(**changes)
        assert (await plain_world.get(f"/s/{SESSION}/?ticket={ticket}", cookie=None)).status == 401

    async def test_tickets_signed_otherwise(self, plain_world: World) -> None:
        claims = jwt.decode(plain_world.ticket(), options={"verify_signature": False})
        forged = [
            jwt.encode(claims, "another secret of more than 32 characters", algorithm="HS256"),
            jwt.encode(claims, SECRET + "x" * 64, algorithm="HS512"),
            jwt.encode(claims, SECRET * 2, algorithm="HS384"),
            jwt.encode(claims, "", algorithm="none"),
            jwt.encode({key: value for key, value in claims.items() if key != "exp"}, SECRET),
            jwt.encode({key: value for key, value in claims.items() if key != "jti"}, SECRET),
        ]
        for ticket in forged:
            assert (await plain_world.get(f"/s/{SESSION}/?ticket={ticket}", cookie=None)).status == 401

    @pytest.mark.parametrize(
        "changes",
        [
            {"exp": time.time() - 60},
            {"aud": "streamspace-ticket"},
            {"session_id": "ana-xterm-00000002"},
        ],
    )
    async def test_cookies_that_are_not_good_for_this(self, plain_world: World, changes: dict[str, Any]) -> None:
        value = plain_world.cookie(**changes).partition("=")[2]
        cookie = f"streamspace_s_{SESSION}={value}"
        assert (await plain_world.get(f"/s/{SESSION}/", cookie=cookie)).status == 401
        assert (await plain_world.ask(plain_world.upgrade(f"/s/{SESSION}/echo", cookie=cookie))).status == 401

    async def test_a_ticket_is_no_cookie(self, plain_world: World) -> None:
        cookie = f"streamspace_s_{SESSION}={plain_world.ticket()}"
        assert (await plain_world.get(f"/s/{SESSION}/", cookie=cookie)).status == 401

    async def test_a_tossed_cookie_does_not_lock_the_person_out(self, plain_world: World) -> None:
        cookie = f"streamspace_s_{SESSION}=junk; {plain_world.cookie()}"
        assert (await plain_world.get(f"/s/{SESSION}/", cookie=cookie)).status == 200

    async def test_the_viewers_role_reaches_the_agent(self, plain_world: World) -> None:
        await plain_world.get(f"/s/{SESSION}/", cookie=plain_world.cookie(role="viewer"))
        assert plain_world.platform.asked == [(SESSION, "viewer")]


class TestRevocations:
    @pytest.mark.parametrize(
        ("kind", "name"),
        [("session", SESSION), ("login", "l1"), ("user", "u1"), ("agent", "agent-1"), ("connection", "c1")],
    )
    async def test_a_revocation_closes_within_a_second_and_refuses_the_cookie(
        self, world: World, kind: str, name: str
    ) -> None:
        cookie = world.cookie()
        async with world.stream(cookie=cookie) as stream:
            started = time.monotonic()
            await world.control_plane.revoke(kind, name)
            await asyncio.wait_for(stream.wait_closed(), 30)
            assert time.monotonic() - started < 1
        with pytest.raises(InvalidStatus) as refused:
            async with world.stream(cookie=cookie):
                pass
        assert refused.value.response.status_code == 401
        assert (await world.get(f"/s/{SESSION}/", cookie=cookie)).status == 401

    async def test_others_are_left_alone(self, plain_world: World) -> None:
        async with plain_world.stream() as stream:
            await plain_world.control_plane.revoke("connection", "c2")
            await plain_world.control_plane.revoke("user", "u2")
            await until(lambda: plain_world.gateway.gate.revocations.at("user", "u2"))
            await stream.send("hi")
            assert await stream.recv() == "hi"

    async def test_downloads_are_cut_too(self, plain_world: World) -> None:
        reader, writer = await plain_world.dial(limit=1024)
        path = f"/s/{SESSION}/download?size=500000000"
        writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nCookie: {plain_world.cookie()}\r\n\r\n".encode())
        await reader.readuntil(b"\r\n\r\n")
        await plain_world.control_plane.revoke("login", "l1")
        got = 0
        async with asyncio.timeout(30):
            while data := await reader.read(1 << 20):
                got += len(data)
        assert got < 400_000_000
        writer.transport.abort()

    async def test_what_was_granted_later_is_let_in(self, plain_world: World) -> None:
        await plain_world.control_plane.revoke("session", SESSION)
        await until(lambda: plain_world.gateway.gate.revocations.at("session", SESSION))
        ticket = plain_world.ticket()
        assert (await plain_world.get(f"/s/{SESSION}/?ticket={ticket}", cookie=None)).status == 303

    async def test_a_ticket_made_before_is_refused(self, plain_world: World) -> None:
        ticket = plain_world.ticket()
        await plain_world.control_plane.revoke("user", "u1")
        await until(lambda: plain_world.gateway.gate.revocations.at("user", "u1"))
        assert (await plain_world.get(f"/s/{SESSION}/?ticket={ticket}", cookie=None)).status == 401

    async def test_a_revoked_agent_is_sent_away_until_it_has_a_new_token(self, plain_world: World) -> None:
        await plain_world.control_plane.revoke("agent", "agent-1")
        links = plain_world.gateway.gate.links
        await until(lambda: links.get("agent-1") is None)
        await asyncio.sleep(1.0)
        assert links.get("agent-1") is None
        token = tokens.mint_agent_token("agent-1", SECRET, datetime.now(UTC), timedelta(hours=1))
        gateway = control.Gateway(gateway_id="gateway", url=plain_world.base, token=token)
        await plain_world.agent.update([gateway])
        await until(lambda: links.get("agent-1"))


class TestControlLink:
    async def test_nothing_opens_before_the_first_complete_revocations(self, make_world: MakeWorld) -> None:
        world = await make_world(control_plane_url="http://127.0.0.1:9")
        assert (await world.get(f"/s/{SESSION}/")).status == 503
        assert (await world.get(f"/s/{SESSION}/?ticket={world.ticket()}", cookie=None)).status == 503
        assert (await world.ask(world.upgrade(f"/s/{SESSION}/echo"))).status == 503
        assert (await world.get("/readyz", cookie=None)).status == 503
        assert (await world.get("/healthz", cookie=None)).status == 200

    async def test_without_the_link_open_streams_stay_and_new_ones_are_refused_after_a_grace(
        self, make_world: MakeWorld
    ) -> None:
        world = await make_world(grace=timedelta(seconds=3))
        async with world.stream() as stream:
            await world.control_plane.stop()
            await until(lambda: not world.gateway.link.up)
            assert (await world.get(f"/s/{SESSION}/")).status == 200
            await until(lambda: not world.gateway.link.may_open())
            assert (await world.get(f"/s/{SESSION}/")).status == 503
            assert (await world.ask(world.upgrade(f"/s/{SESSION}/echo"))).status == 503
            await stream.send("still here")
            assert await stream.recv() == "still here"
            await world.control_plane.start()
            await until(lambda: world.gateway.link.up)
            assert (await world.get(f"/s/{SESSION}/")).status == 200
            await until(lambda: world.control_plane.told and world.control_plane.told[-1].open == 1)

    async def test_what_was_revoked_meanwhile_is_closed_on_return(self, plain_world: World) -> None:
        async with plain_world.stream() as stream:
            await plain_world.control_plane.stop()
            await plain_world.control_plane.revoke("user", "u1")
            await plain_world.control_plane.start()
            await asyncio.wait_for(stream.wait_closed(), 30)

    async def test_the_hello_says_where_it_is(self, plain_world: World) -> None:
        (hello,) = plain_world.control_plane.hellos
        assert (hello.gateway_id, hello.public_url, hello.agent_url) == (
            "gateway",
            plain_world.base,
            plain_world.base,
        )


class TestAgents:
    async def test_an_agent_needs_a_token(self, plain_world: World) -> None:
        url = f"ws://127.0.0.1:{plain_world.gateway.port}{AGENT_LINK_PATH}"
        for token in ("", plain_world.ticket(), plain_world.cookie().partition("=")[2]):
            with pytest.raises((InvalidStatus, ConnectionClosed)):
                async with connect(url, additional_headers={"Authorization": f"Bearer {token}"}) as link:
                    await link.recv()

    async def test_a_dial_back_needs_its_one_time_token(self, plain_world: World) -> None:
        extra = "Sec-WebSocket-Protocol: streamspace.stream.v1\r\n"
        answer = await plain_world.ask(plain_world.upgrade("/_agent/dial/guess", extra=extra))
        assert answer.status == 403

    async def test_an_agent_may_end_only_streams_of_its_own_sessions(self, plain_world: World) -> None:
        async with plain_world.stream() as stream:
            plain_world.gateway.gate._gone("agent-2", SESSION)
            await stream.send("hi")
            assert await stream.recv() == "hi"

    @pytest.mark.parametrize("how", ["dots", "link", "folder link", "elsewhere", "prefix", "file"])
    async def test_a_hostile_agent_cannot_point_the_gateway_elsewhere(self, make_world: MakeWorld, how: str) -> None:
        world = await make_world(direct=True)
        run = world.folder / "run"
        outside = world.folder / "run-secret"
        outside.mkdir()
        touched: list[int] = []
        server = await asyncio.start_unix_server(lambda *_: touched.append(1), outside / "x.sock")
        (run / "link.sock").symlink_to(outside / "x.sock")
        (run / "folder").symlink_to(outside)
        (run / "file").write_text("")
        paths: dict[str, Path] = {
            "dots": run / ".." / "run-secret" / "x.sock",
            "link": run / "link.sock",
            "folder link": run / "folder" / "x.sock",
            "elsewhere": outside / "x.sock",
            "prefix": world.folder / "run-secret" / "x.sock",
            "file": run / "file",
        }
        world.platform.endpoints[SESSION] = Endpoint(kind="unix", path=str(paths[how]))
        # The agent itself is not asked to dial, so whoever connects was the gateway.
        world.agent._connect = _refuse  # type: ignore[method-assign,assignment]
        assert (await world.ask(world.upgrade(f"/s/{SESSION}/echo"))).status == 502
        assert touched == []
        server.close()

    async def test_sockets_here_are_believed_only_of_agents_here(self, make_world: MakeWorld) -> None:
        world = await make_world(direct=True, direct_agents=frozenset({"another"}))
        world.agent._connect = _refuse  # type: ignore[method-assign,assignment]
        assert (await world.ask(world.upgrade(f"/s/{SESSION}/echo"))).status == 502

    async def test_a_link_that_talks_nonsense_is_closed(self, plain_world: World) -> None:
        token = tokens.mint_agent_token("agent-9", SECRET, datetime.now(UTC), timedelta(hours=1))
        url = f"ws://127.0.0.1:{plain_world.gateway.port}{AGENT_LINK_PATH}"
        async with connect(url, additional_headers={"Authorization": f"Bearer {token}"}) as link:
            await link.send("nonsense")
            with pytest.raises(ConnectionClosed):
                await asyncio.wait_for(link.recv(), 30)


async def _refuse(_session_id: str, _service: str) -> Any:
    raise ConnectionRefusedError


class TestStopping:
    async def test_open_streams_may_go_on_while_nothing_new_opens(self, make_world: MakeWorld) -> None:
        world = await make_world(drain=timedelta(seconds=30))
        async with world.stream() as stream:
            world.stop.set()
            await until(lambda: world.gateway.gate.stopping)
            assert (await world.ask(world.upgrade(f"/s/{SESSION}/echo"))).status == 503
            await stream.send("hi")
            assert await stream.recv() == "hi"

    async def test_no_descriptor_is_left_behind(self, world: World) -> None:
        async with world.stream() as stream:
            await stream.send("hi")
            await stream.recv()
        await asyncio.sleep(0.2)
        before = descriptors()
        for _ in range(10):
            async with world.stream() as stream:
                await stream.send("hi")
                await stream.recv()
            await world.ask(world.upgrade(f"/s/{SESSION}/no"))
        # The agent's dialled connections end a moment after the gateway's; a few may wait in the pool.
        await until(lambda: descriptors() <= before + 4)


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))
