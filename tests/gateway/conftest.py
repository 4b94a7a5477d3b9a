"""A whole gateway with its three partners: a control plane, an agent, and a session that answers."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import itertools
import os
import ssl
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from aiohttp import WSMsgType, web
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import Server, ServerConnection
from websockets.asyncio.server import serve as serve_websockets

from streamspace.agent.streams import StreamLinks
from streamspace.gateway.server import GatewayServer, make_server
from streamspace.gateway.settings import GatewaySettings
from streamspace.platforms.base import NoSuchSession, NotRunning, Platform
from streamspace.protocol import control, tokens
from streamspace.protocol.files import FileMoved
from streamspace.protocol.links import LinkMessage, wrap
from streamspace.protocol.streams import (
    GATEWAY_LINK_PATH,
    Endpoint,
    GatewayHello,
    GatewayToken,
    Revocation,
    Revoke,
    StreamCookie,
    StreamsChanged,
    Ticket,
)

SECRET = "a secret that gateways and control plane share"
ENGINE_TOKEN = "engine-token-0123456789"
PORTAL = "http://localhost:8000"
AGENT = "agent-1"
SESSION = "ana-xterm-00000001"
KEY = "dGhlIHNhbXBsZSBub25jZQ=="


class FakeControlPlane:
    """What a gateway's link meets: it says hello, gets revocations and tells its streams."""

    def __init__(self) -> None:
        self.hellos: list[GatewayHello] = []
        self.told: list[StreamsChanged] = []
        self.moved: list[FileMoved] = []
        self.complete: list[Revocation] = []
        self._links: set[ServerConnection] = set()
        self._server: Server | None = None
        self.port = 0

    async def start(self) -> None:
        self._server = await serve_websockets(self._serve, "127.0.0.1", self.port)
        self.port = next(iter(self._server.sockets)).getsockname()[1]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    async def _serve(self, link: ServerConnection) -> None:
        assert link.request is not None
        assert link.request.path == GATEWAY_LINK_PATH
        scheme, _, token = link.request.headers["Authorization"].partition(" ")
        assert scheme == "Bearer"
        tokens.verify(GatewayToken, token, SECRET, datetime.now(UTC))
        self._links.add(link)
        try:
            async for text in link:
                message = control.unwrap(text)
                if message.type == LinkMessage.HELLO:
                    self.hellos.append(control.read(message, GatewayHello))
                    everything = Revoke(revocations=self.complete, complete=True)
                    await link.send(wrap(LinkMessage.REVOKE, everything))
                elif message.type == LinkMessage.STREAMS_CHANGED:
                    self.told.append(control.read(message, StreamsChanged))
                elif message.type == LinkMessage.FILE_MOVED:
                    self.moved.append(control.read(message, FileMoved))
        finally:
            self._links.discard(link)

    async def revoke(self, kind: str, name: str, at: float | None = None) -> None:
        revocation = Revocation(kind=cast("Any", kind), id=name, at=at or datetime.now(UTC).timestamp())
        self.complete.append(revocation)
        for link in self._links:
            await link.send(wrap(LinkMessage.REVOKE, Revoke(revocations=[revocation])))


class FakeStreamPlatform:
    """The one method of a platform that streams need."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoints: dict[str, Endpoint | Exception] = {SESSION: endpoint}
        self.asked: list[tuple[str, str]] = []
        self.delay = 0.0

    async def endpoint(self, session_id: str, role: str) -> Endpoint:
        self.asked.append((session_id, role))
        await asyncio.sleep(self.delay)
        found = self.endpoints.get(session_id, NoSuchSession())
        if isinstance(found, Exception):
            raise found
        return found


class Origin:
    """A session: HTTP and WebSockets by aiohttp on one socket, raw bytes after a 101 on another."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "s.sock"
        self.raw_path = folder / "raw.sock"
        self.requests: list[web.Request] = []
        self.connections = 0
        self.uploads: list[int] = []
        self.says: list[str | bytes] = []
        """What a stream at the engine's own path says to each browser."""
        self.heard: list[str | bytes] = []
        self._runner: web.AppRunner | None = None
        self._raw: asyncio.Server | None = None

    async def start(self) -> None:
        app = web.Application(client_max_size=1 << 30)
        app.router.add_get("/s/{id}/echo", self._echo)
        app.router.add_get("/s/{id}/api/websockets", self._engine)
        app.router.add_get("/s/{id}/bulk", self._bulk)
        app.router.add_get("/s/{id}/no", self._no)
        app.router.add_get("/s/{id}/download", self._download)
        app.router.add_get("/s/{id}/break", self._break)
        app.router.add_get("/s/{id}/redirect", self._redirect)
        app.router.add_get("/s/{id}/slow", self._slow)
        app.router.add_post("/s/{id}/upload", self._upload)
        app.router.add_post("/s/{id}/refuse-upload", self._refuse_upload)
        app.router.add_route("*", "/{rest:.*}", self._mirror)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.UnixSite(self._runner, str(self.path)).start()
        self._raw = await asyncio.start_unix_server(self._serve_raw, self.raw_path)

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
        if self._raw is not None:
            self._raw.close()

    async def _echo(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        async for message in socket:
            if message.type is WSMsgType.BINARY:
                await socket.send_bytes(message.data)
            elif message.type is WSMsgType.TEXT:
                await socket.send_str(message.data)
        return socket

    async def _engine(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        for message in self.says:
            await (socket.send_str(message) if isinstance(message, str) else socket.send_bytes(message))
        async for message in socket:
            self.heard.append(message.data)
        return socket

    async def _bulk(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        with contextlib.suppress(ConnectionError):
            while not socket.closed:
                await socket.send_bytes(b"x" * 65536)
        return socket

    async def _no(self, _request: web.Request) -> web.Response:
        return web.Response(status=404, text="no")

    async def _mirror(self, request: web.Request) -> web.Response:
        self.requests.append(request)
        body = {
            "path": request.raw_path,
            "method": request.method,
            "headers": [[key, value] for key, value in request.headers.items()],
            "body": (await request.read()).decode(),
        }
        hostile = {
            "Set-Cookie": "streamspace_s_other=evil; Path=/",
            "Service-Worker-Allowed": "/",
            "Access-Control-Allow-Origin": "*",
            "X-Frame-Options": "DENY",
            "Content-Security-Policy": "default-src 'self'; frame-ancestors 'self'",
            "X-Engine": f"my token is {ENGINE_TOKEN}",
            "X-Kept": "yes",
        }
        return web.json_response(body, headers=hostile)

    async def _redirect(self, request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": f"{request.path}/next?{request.query_string}&a=1#x"})

    async def _download(self, request: web.Request) -> web.StreamResponse:
        size = int(request.query["size"])
        response = web.StreamResponse()
        if "chunked" not in request.query:
            response.content_length = size
        await response.prepare(request)
        left = size
        with contextlib.suppress(ConnectionError):
            while left:
                piece = min(left, 65536)
                await response.write(b"d" * piece)
                left -= piece
        return response

    async def _break(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        response.content_length = 1000
        await response.prepare(request)
        await response.write(b"x" * 10)
        assert request.transport is not None
        request.transport.abort()
        return response

    async def _slow(self, _request: web.Request) -> web.Response:
        await asyncio.sleep(30)
        return web.Response(text="late")

    async def _upload(self, request: web.Request) -> web.Response:
        digest = hashlib.sha256()
        size = 0
        async for chunk in request.content.iter_any():
            digest.update(chunk)
            size += len(chunk)
            self.uploads.append(size)
        return web.json_response({"size": size, "sha256": digest.hexdigest()})

    async def _refuse_upload(self, _request: web.Request) -> web.Response:
        return web.Response(status=403, text="no uploads")

    async def _serve_raw(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            if b"/hang" in head:
                await asyncio.sleep(30)
            writer.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
            writer.write(b"Set-Cookie: a=b\r\nX-Token: " + ENGINE_TOKEN.encode() + b"\r\n\r\n")
            if b"/talk-first" in head:
                writer.write(b"hello")
            if b"/count" in head:
                got = 0
                while data := await reader.read(65536):
                    got += len(data)
                writer.write(b"got %d" % got)
                writer.write_eof()
                return
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            self.connections -= 1
            writer.close()


@dataclass
class World:
    """Everything of one test."""

    gateway: GatewayServer
    control_plane: FakeControlPlane
    platform: FakeStreamPlatform
    agent: StreamLinks
    origin: Origin
    folder: Path
    base: str
    client_tls: ssl.SSLContext | None
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    def ticket(self, session_id: str = SESSION, **changes: Any) -> str:
        now = datetime.now(UTC).timestamp()
        claims = {
            "jti": str(uuid.uuid4()),
            "iat": now,
            "exp": now + 60,
            "session_id": session_id,
            "agent_id": AGENT,
            "user_id": "u1",
            "login_id": "l1",
            "connection_id": "c1",
        }
        return tokens.mint(Ticket(**{**claims, **changes}), SECRET)

    def cookie(self, session_id: str = SESSION, **changes: Any) -> str:
        now = datetime.now(UTC).timestamp()
        claims: dict[str, Any] = {
            "granted": now - 1,
            "exp": now + 3600,
            "session_id": session_id,
            "agent_id": AGENT,
            "user_id": "u1",
            "login_id": "l1",
            "connection_id": "c1",
            "role": "controller",
        }
        token = tokens.mint(StreamCookie(**{**claims, **changes}), SECRET)
        return f"streamspace_s_{session_id}={token}"

    def upgrade(self, path: str, *, cookie: str | None = "", origin: str | None = "", extra: str = "") -> bytes:
        lines = [f"GET {path} HTTP/1.1", f"Host: {self.base.split('//')[1]}", "Upgrade: websocket"]
        lines += ["Connection: Upgrade", f"Sec-WebSocket-Key: {KEY}", "Sec-WebSocket-Version: 13"]
        if cookie is not None:
            lines.append(f"Cookie: other=1; {cookie or self.cookie()}")
        if origin is not None:
            lines.append(f"Origin: {origin or self.base}")
        return ("\r\n".join(lines) + f"\r\n{extra}\r\n").encode()

    async def dial(self, **options: Any) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        name = "localhost" if self.client_tls else None
        return await asyncio.open_connection(
            "127.0.0.1", self.gateway.port, ssl=self.client_tls, server_hostname=name, **options
        )

    async def ask(self, request: bytes) -> Answer:
        """Send a request on its own connection and read the answer to its end."""
        reader, writer = await self.dial()
        try:
            writer.write(request)
            return await read_answer(reader)
        finally:
            writer.transport.abort()

    async def read(self, reader: asyncio.StreamReader) -> Answer:
        """Read one answer of a connection that goes on."""
        return await read_answer(reader)

    async def get(self, path: str, *, method: str = "GET", cookie: str | None = "", extra: str = "") -> Answer:
        line = "" if cookie is None else f"Cookie: portal=secret; {cookie or self.cookie()}\r\n"
        head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{line}{extra}\r\n"
        return await self.ask(head.encode())

    def stream(self, path: str = "echo", *, cookie: str = "", session_id: str = SESSION) -> connect:
        return connect(
            f"{self.base.replace('http', 'ws', 1)}/s/{session_id}/{path}",
            ssl=self.client_tls,
            host="127.0.0.1",
            port=self.gateway.port,
            origin=cast("Any", self.base),
            additional_headers={"Cookie": cookie or self.cookie(session_id)},
            max_size=None,
            compression=None,
            proxy=None,
        )


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    complete: bool = True

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]

    def one(self, name: str) -> str:
        return next(iter(self.all(name)), "")


async def read_answer(reader: asyncio.StreamReader) -> Answer:
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = [(k.lower(), v.strip()) for k, _, v in (line.partition(":") for line in lines if line)]
    answer = Answer(int(first.split()[1]), headers, b"")
    if answer.status in (101, 204):
        return answer
    try:
        if answer.one("transfer-encoding") == "chunked":
            while size := int(await reader.readline(), 16):
                answer.body += (await reader.readexactly(size + 2))[:-2]
            await reader.readline()
        else:
            answer.body = await reader.readexactly(int(answer.one("content-length") or 0))
    except (asyncio.IncompleteReadError, ValueError):
        answer.complete = False
    return answer


async def until(condition: Callable[[], object], seconds: float = 30.0) -> None:
    """Wait until something holds; the bound is for what never happens, not for a busy machine."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def display_number(descriptor: int) -> str:
    """Read what an X server says of itself; it dies if nobody reads on until the end of the line."""
    text = b""
    while not text.endswith(b"\n"):
        text += await asyncio.to_thread(os.read, descriptor, 16)
    return text.decode().strip()


_numbers = itertools.count()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert, private = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return cert, private


MakeWorld = Callable[..., Awaitable[World]]


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Splice on both loops, whose transports differ; all else on the one we ship."""
    import uvloop

    both = {"uvloop": uvloop.new_event_loop, "asyncio": asyncio.new_event_loop}
    return both if "test_streams" in item.nodeid else {"uvloop": uvloop.new_event_loop}


@pytest.fixture
async def make_world(
    tmp_path_factory: pytest.TempPathFactory, certificate: tuple[Path, Path]
) -> AsyncIterator[MakeWorld]:
    ends: list[Callable[[], Awaitable[None]]] = []

    async def make(
        *, direct: bool = False, tls: bool = False, raw: bool = False, platform: Any = None, **settings: Any
    ) -> World:
        folder = tmp_path_factory.mktemp(f"w{next(_numbers)}")
        run = folder / "run"
        run.mkdir()
        origin = Origin(run)
        await origin.start()
        control_plane = FakeControlPlane()
        await control_plane.start()
        gateway_port = _free_port()
        base = f"{'https' if tls else 'http'}://localhost:{gateway_port}"
        values: dict[str, Any] = {
            "host": "127.0.0.1",
            "port": gateway_port,
            "public_url": base,
            "control_plane_url": f"http://127.0.0.1:{control_plane.port}",
            "secret": SECRET,
            "portal_origins": (PORTAL,),
            "direct_root": run if direct else None,
            "direct_agents": {AGENT},
            "drain": timedelta(0),
            "tls_cert": certificate[0] if tls else None,
            "tls_key": certificate[1] if tls else None,
        }
        gateway = make_server(GatewaySettings(**{"gateway_id": "gateway", **values, **settings}))
        trust = ssl.create_default_context(cafile=certificate[0]) if tls else None
        path = origin.raw_path if raw else origin.path
        fake = FakeStreamPlatform(Endpoint(kind="unix", path=str(path), query={"token": ENGINE_TOKEN}))
        fake.endpoints["ana-xterm-stopped"] = NotRunning()
        agent = StreamLinks(cast("Platform", platform or fake), AGENT, tls=trust)
        world = World(gateway, control_plane, fake, agent, origin, folder, base, trust)
        serving = asyncio.create_task(gateway.serve(world.stop))

        async def end() -> None:
            world.stop.set()
            await agent.close()
            await asyncio.wait_for(serving, 30)
            await control_plane.stop()
            await origin.stop()

        ends.append(end)
        await gateway.started.wait()
        await link_agent(world)
        if "control_plane_url" not in settings:
            await until(lambda: gateway.link.up)
        return world

    yield make
    for end in ends:
        await end()


async def link_agent(world: World) -> None:
    token = tokens.mint_agent_token(AGENT, SECRET, datetime.now(UTC), timedelta(hours=1))
    await world.agent.update([control.Gateway(gateway_id="gateway", url=world.base, token=token)])
    await until(lambda: world.gateway.gate.links.get(AGENT))


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(params=["direct", "dial-back", "direct-tls", "dial-back-tls"])
async def world(request: pytest.FixtureRequest, make_world: MakeWorld) -> World:
    return await make_world(direct="direct" in request.param, tls="tls" in request.param)


@pytest.fixture(params=["direct", "dial-back", "direct-tls", "dial-back-tls"])
async def raw_world(request: pytest.FixtureRequest, make_world: MakeWorld) -> World:
    """As `world`, but after its 101 the session is raw bytes."""
    return await make_world(direct="direct" in request.param, tls="tls" in request.param, raw=True)


@pytest.fixture
async def plain_world(make_world: MakeWorld) -> World:
    return await make_world()


Stream = ClientConnection
