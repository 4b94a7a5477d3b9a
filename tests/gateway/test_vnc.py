"""A VNC session behind a real gateway and agent: framed to the browser, plain to the server."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import struct
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from streamspace.platforms.base import State
from streamspace.platforms.local.participants import Admissions, endpoint
from streamspace.platforms.local.records import Folder, Record
from streamspace.platforms.process import launching
from streamspace.platforms.process.session import Session
from streamspace.protocol.policies import Clipboard, Policy
from streamspace.protocol.streams import Dismiss, Endpoint, Role
from tests.gateway.conftest import until

if TYPE_CHECKING:
    from tests.gateway.conftest import MakeWorld

SESSION = "ana-xterm-00000001"
HELLO = b"RFB 003.008\n\x01\x01"
KEY = struct.pack(">BBxxI", 4, 1, ord("a"))
REQUEST = struct.pack(">BBHHHH", 3, 1, 0, 0, 800, 600)
PAGE = b"<!doctype html><title>StreamSpace</title>"


class OneSession(Admissions):
    """The platforms' admissions, over a server that is no session's."""

    def __init__(self, root: Path) -> None:
        record = Record(
            session_id=SESSION,
            user_id="u1",
            org_id="o1",
            template="icewm",
            cpu_millicores=100,
            memory_bytes=1,
            persistent_home=True,
            network=False,
            owner=0,
            state=State.RUNNING,
            tokens=launching.new_tokens(),
            protocol="vnc",
        )
        self.record = record
        self.session = Session(Folder(root, SESSION), asyncio.Lock(), record)
        self.session.folder.create()
        self._sessions = {SESSION: self.session}

    async def _held(self, session_id: str) -> Session:
        assert session_id == SESSION
        return self.session

    async def endpoint(self, session_id: str, role: Role) -> Endpoint:
        assert session_id == SESSION
        return endpoint(self.session, self.record, self.record.tokens[role])


class Server:
    """Records what a VNC server would get, and says what a test tells it to."""

    def __init__(self) -> None:
        self.got: list[bytearray] = []
        self.writers: list[asyncio.StreamWriter] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        got = bytearray()
        self.got.append(got)
        self.writers.append(writer)
        writer.write(b"RFB 003.008\n")
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                got += data
        writer.close()


@pytest.fixture
async def platform(tmp_path: Path) -> OneSession:
    return OneSession(tmp_path)


@pytest.fixture
async def server(platform: OneSession) -> AsyncIterator[Server]:
    server = Server()
    listening = await asyncio.start_unix_server(server.serve, platform.session.folder.socket)
    yield server
    listening.close()


@pytest.mark.parametrize("tls", [False, True])
async def test_frames_become_plain_bytes_and_back(
    make_world: MakeWorld, platform: OneSession, server: Server, *, tls: bool
) -> None:
    world = await make_world(platform=platform, tls=tls)
    async with world.stream("websockify") as stream:
        assert await stream.recv() == b"RFB 003.008\n"
        await stream.send(HELLO)
        text = struct.pack(">Bxxxi", 6, 100_000) + bytes(range(250)) * 400
        for at in range(0, len(text), 7777):
            await stream.send(text[at : at + 7777])
        await stream.send([KEY[:3], KEY[3:]])  # one message in two frames
        await (await stream.ping())
        await until(lambda: server.got[0] == HELLO + text + KEY)
        picture = bytes(range(256)) * 20_000
        server.writers[0].write(picture)
        came = b""
        while len(came) < len(picture):
            piece = await stream.recv()
            assert isinstance(piece, bytes)
            came += piece
        assert came == picture
    await until(lambda: world.agent.open_streams == 0)


async def test_who_only_watches_cannot_act_whatever_they_send(
    make_world: MakeWorld, platform: OneSession, server: Server
) -> None:
    world = await make_world(platform=platform)
    cookie = world.cookie(role="viewer", connection_id="c9")
    async with world.stream("websockify", cookie=cookie) as stream:
        await stream.send(HELLO + KEY + REQUEST + KEY)
        await until(lambda: server.got[0] == HELLO + REQUEST)
    page = await world.get(f"/s/{SESSION}/.streamspace/status", cookie=cookie)
    assert b'"role": "viewer"' in page.body


async def test_control_given_to_one_is_taken_from_the_others_at_once(
    make_world: MakeWorld, platform: OneSession, server: Server
) -> None:
    world = await make_world(platform=platform)
    one, two = (world.cookie(connection_id=name) for name in ("c1", "c2"))
    async with world.stream("websockify", cookie=one) as first, world.stream("websockify", cookie=two) as second:
        for stream in (first, second):
            await stream.send(HELLO)
        await until(lambda: [bytes(got) for got in server.got] == [HELLO, HELLO])
        await platform.give_control(SESSION, "c2")
        await first.send(KEY)
        await second.send(KEY)
        await until(lambda: HELLO + KEY in server.got)
        await first.send(REQUEST)
        await until(lambda: HELLO + REQUEST in server.got)
        await platform.give_control(SESSION, None)
        await first.send(KEY)
        await until(lambda: HELLO + REQUEST + KEY in server.got)


async def test_a_dismissed_connection_is_cut(make_world: MakeWorld, platform: OneSession, server: Server) -> None:
    world = await make_world(platform=platform)
    async with world.stream("websockify") as stream:
        await stream.send(HELLO)
        await until(lambda: server.got and server.got[0] == HELLO)
        await world.agent.dismiss(Dismiss(session_id=SESSION, connection_id="c1"))
        with pytest.raises(ConnectionClosed):
            while True:
                async with asyncio.timeout(5):
                    await stream.recv()


async def test_what_is_no_vnc_is_closed_and_the_server_gets_nothing_of_it(
    make_world: MakeWorld, platform: OneSession, server: Server
) -> None:
    world = await make_world(platform=platform)
    async with world.stream("websockify") as stream:
        await stream.send(HELLO + b"\x63 nonsense")
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                await stream.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1003
    assert bytes(server.got[0]) in {b"", HELLO}


async def test_a_server_that_is_away_is_told_before_the_upgrade(make_world: MakeWorld, platform: OneSession) -> None:
    world = await make_world(platform=platform)
    with pytest.raises(InvalidStatus) as refused:
        async with world.stream("websockify"):
            pass
    assert refused.value.response.status_code == 502


async def test_a_browser_that_does_not_read_holds_the_server_back(
    make_world: MakeWorld, platform: OneSession, server: Server
) -> None:
    world = await make_world(platform=platform)
    reader, writer = await world.dial(limit=1024)
    writer.write(world.upgrade(f"/s/{SESSION}/websockify"))
    await reader.readuntil(b"\r\n\r\n")
    await until(lambda: server.writers)
    sent = 0
    with contextlib.suppress(TimeoutError):
        while sent < 200 * 1024**2:
            server.writers[0].write(bytes(1024**2))
            async with asyncio.timeout(1):
                await server.writers[0].drain()
            sent += 1024**2
    assert sent < 60 * 1024**2
    writer.transport.abort()


async def test_the_page_is_ours_and_may_load_nothing_else(
    make_world: MakeWorld, platform: OneSession, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del server
    built = tmp_path / "built"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_bytes(PAGE)
    (built / "assets" / "vnc-1.js").write_text("1")
    monkeypatch.setattr("streamspace.gateway.desk.answer.__defaults__", (built,))
    world = await make_world(platform=platform)
    page = await world.get(f"/s/{SESSION}/")
    assert (page.status, page.body, page.one("content-type")) == (200, PAGE, "text/html; charset=utf-8")
    policy = page.one("content-security-policy")
    assert f"connect-src {world.base}/s/{SESSION}/ {world.base.replace('http', 'ws')}/s/{SESSION}/;" in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors http://localhost:8000" in policy
    script = await world.get(f"/s/{SESSION}/assets/vnc-1.js")
    assert (script.body, script.one("cache-control")) == (b"1", "private, max-age=31536000, immutable")
    for path in ("nothing", "../index.html", "assets/..%2f..%2fsecret", "assets"):
        assert (await world.get(f"/s/{SESSION}/{path}")).status == 404
    assert (await world.get(f"/s/{SESSION}/", method="POST", extra="Content-Length: 0\r\n")).status == 400
    assert (await world.get(f"/s/{SESSION}/", cookie=None)).status == 401


@pytest.mark.parametrize(
    ("held", "asked", "status"),
    [("both", None, 101), ("both", "both", 101), ("both", "out", 403), ("out", "out", 101), ("off", "in", 101)],
)
async def test_a_policy_is_met_where_the_session_keeps_to_as_much(
    make_world: MakeWorld, platform: OneSession, server: Server, held: Clipboard, asked: Clipboard | None, status: int
) -> None:
    del server
    platform.record.clipboard = held
    world = await make_world(platform=platform)
    policy = Policy(clipboard=asked, download=False, upload=False)
    answer = await world.ask(world.upgrade(f"/s/{SESSION}/websockify", cookie=world.cookie(policy=policy)))
    assert answer.status == status


@pytest.mark.sandbox
@pytest.mark.may_skip
@pytest.mark.skipif(shutil.which("Xtigervnc") is None, reason="needs tigervnc-standalone-server")
async def test_a_real_server_greets_a_browser(make_world: MakeWorld, platform: OneSession) -> None:
    read = platform.session.folder.socket
    process = await asyncio.create_subprocess_exec(
        *("Xtigervnc", ":97", "-rfbunixpath", str(read), "-rfbport", "-1", "-SecurityTypes", "None"),
        *("-geometry", "800x600", "-nolisten", "tcp", "-desktop", "real"),
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await until(read.exists)
        world = await make_world(platform=platform)
        async with world.stream("websockify") as stream:
            said = b""
            await stream.send(HELLO)
            while not said.endswith(b"real"):
                piece = await stream.recv()
                assert isinstance(piece, bytes)
                said += piece
        assert said[12:18] == b"\x01\x01" + bytes(4)
        assert struct.unpack(">HH", said[18:22]) == (800, 600)
    finally:
        process.terminate()
        await process.wait()
