"""A session's files through a whole gateway: who may, what a policy forbids, and what is told of it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from streamspace.gateway import files as gateway_files
from streamspace.platforms.base import NoFiles, NotRunning, PlatformError
from streamspace.protocol import tokens
from streamspace.protocol.files import FilesToken, audience_of
from streamspace.protocol.streams import Endpoint
from tests.gateway.conftest import AGENT, PORTAL, SECRET, SESSION, Answer, MakeWorld, World, until
from tests.platforms.inside.files import Files

MB = 1024**2
OTHER = "bob-xterm-00000002"


class FilesWorld:
    """A gateway, an agent, and the file server of a session."""

    def __init__(self, world: World, files: Files) -> None:
        self.world = world
        self.files = files
        self.home = files.home
        self.failure: PlatformError | None = None
        world.platform.files = self._where  # type: ignore[attr-defined]

    async def _where(self, session_id: str) -> Endpoint:
        if self.failure is not None:
            raise self.failure
        return Endpoint(kind="unix", path=str(self.files.socket), protocol="http")

    def token(self, **changes: Any) -> str:
        now = datetime.now(UTC).timestamp()
        claims: dict[str, Any] = {
            "jti": str(uuid.uuid4()),
            "iat": now,
            "exp": now + 600,
            "session_id": SESSION,
            "agent_id": AGENT,
            "user_id": "u1",
            "username": "ana",
            "login_id": "l1",
            "org_id": "o1",
            "ip": "192.0.2.1",
            "upload": True,
            "download": True,
            "max_upload_bytes": 64 * MB,
        }
        return tokens.mint(FilesToken(**{**claims, **changes}), SECRET)

    async def ask(
        self,
        method: str,
        place: str,
        body: bytes = b"",
        *,
        token: str | None = "",
        origin: str | None = PORTAL,
        session_id: str = SESSION,
        length: int | None = None,
        **headers: str,
    ) -> Answer:
        lines = [f"{method} /f/{session_id}/{place} HTTP/1.1", "Host: x", "Connection: close"]
        if token is not None:
            lines.append(f"Authorization: Bearer {token or self.token()}")
        if origin is not None:
            lines.append(f"Origin: {origin}")
        if body or length is not None:
            lines.append(f"Content-Length: {len(body) if length is None else length}")
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        reader, writer = await self.world.dial()
        try:
            writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
            return await self.world.read(reader) if method != "HEAD" else await _head(reader)
        finally:
            writer.transport.abort()

    async def upload(self, path: str, data: bytes, **options: Any) -> Answer:
        begun = await self.ask("POST", f"uploads?path={quote(path)}&size={len(data)}", **options)
        if begun.status != 201:
            return begun
        upload_id = json.loads(begun.body)["id"]
        return await self.ask("PATCH", f"uploads/{upload_id}", data, Upload_Offset="0", length=len(data), **options)


async def _head(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = [(k.lower(), v.strip()) for k, _, v in (line.partition(":") for line in head[1:] if line)]
    return Answer(int(head[0].split()[1]), headers, b"")


def code(answer: Answer) -> str:
    return str(json.loads(answer.body)["error"])


@pytest.fixture(params=["direct", "dial-back", "dial-back-tls"])
async def far(request: pytest.FixtureRequest, make_world: MakeWorld) -> AsyncIterator[FilesWorld]:
    world = await make_world(direct="direct" in request.param, tls="tls" in request.param)
    files = Files(world.folder / "run")
    yield FilesWorld(world, files)
    files.close()


@pytest.fixture
async def near(make_world: MakeWorld) -> AsyncIterator[FilesWorld]:
    world = await make_world(direct=True)
    files = Files(world.folder / "run")
    yield FilesWorld(world, files)
    files.close()


class TestWays:
    async def test_files_go_in_and_out(self, far: FilesWorld) -> None:
        data = os.urandom(3 * MB)
        answer = await far.upload("Ü b.bin", data)
        assert (answer.status, json.loads(answer.body)["done"]) == (200, True)
        assert (far.home / "Ü b.bin").read_bytes() == data
        answer = await far.ask("GET", f"content?path={quote('Ü b.bin')}")
        assert (answer.status, hashlib.sha256(answer.body).digest()) == (200, hashlib.sha256(data).digest())
        part = await far.ask("GET", f"content?path={quote('Ü b.bin')}", Range="bytes=5-9", If_Range=answer.one("etag"))
        assert (part.status, part.body, part.one("content-range")) == (206, data[5:10], f"bytes 5-9/{len(data)}")
        listed = json.loads((await far.ask("GET", "list")).body)
        assert [(entry["name"], entry["size"]) for entry in listed["entries"]] == [("Ü b.bin", len(data))]

    async def test_a_broken_upload_goes_on(self, far: FilesWorld) -> None:
        data = os.urandom(2 * MB)
        begun = json.loads((await far.ask("POST", f"uploads?path=a&size={len(data)}")).body)
        _, writer = await far.world.dial()
        writer.write(
            f"PATCH /f/{SESSION}/uploads/{begun['id']} HTTP/1.1\r\nHost: x\r\nUpload-Offset: 0\r\n"
            f"Authorization: Bearer {far.token()}\r\nContent-Length: {len(data)}\r\n\r\n".encode()
            + data[:MB]
        )
        await writer.drain()
        part = far.home / ".cache" / "streamspace" / "uploads" / f"{begun['id']}.part"
        await until(lambda: part.stat().st_size >= MB // 2)
        writer.transport.abort()

        async def progress() -> int:
            return int((await far.ask("GET", f"uploads/{begun['id']}")).one("upload-offset"))

        for _ in range(200):
            offset = await progress()
            answer = await far.ask("PATCH", f"uploads/{begun['id']}", data[offset:], Upload_Offset=str(offset))
            if answer.status == 200:
                break
            await asyncio.sleep(0.05)
        assert json.loads(answer.body)["done"]
        assert (far.home / "a").read_bytes() == data

    async def test_a_link_works_once_in_a_browser(self, far: FilesWorld) -> None:
        (far.home / 'a "b.html').write_bytes(b"<script>")
        made = await far.ask("POST", "links?path=a%20%22b.html")
        url = json.loads(made.body)["url"]
        place = url.removeprefix(f"{far.world.base}/f/{SESSION}/")
        answer = await far.ask("GET", place, token=None, origin=None, Sec_Fetch_Site="cross-site")
        assert (answer.status, answer.body) == (200, b"<script>")
        # The same origin shows sessions: nothing that a session wrote may run as a page of it.
        assert answer.one("content-type") == "application/octet-stream"
        assert answer.one("x-content-type-options") == "nosniff"
        assert answer.one("content-security-policy").startswith("sandbox;")
        assert answer.one("content-disposition") == (
            "attachment; filename=\"a _b.html\"; filename*=UTF-8''a%20%22b.html"
        )
        assert (await far.ask("GET", place, token=None, origin=None)).status == 401
        assert (await far.ask("GET", "once/x", token=None, origin=None)).status == 401

    async def test_a_folder_comes_as_a_zip(self, near: FilesWorld) -> None:
        (near.home / "p").mkdir()
        (near.home / "p" / "a").write_bytes(b"a" * MB)
        made = await near.ask("POST", "links?path=p&archive=1")
        place = json.loads(made.body)["url"].removeprefix(f"{near.world.base}/f/{SESSION}/")
        answer = await near.ask("GET", place, token=None, origin=None)
        assert answer.body[:2] == b"PK"
        assert answer.one("content-disposition").startswith('attachment; filename="p.zip"')


class TestWho:
    async def test_nobody_without_a_token_of_this_session(self, near: FilesWorld) -> None:
        (near.home / "a").touch()
        now = datetime.now(UTC).timestamp()
        for token in (
            None,
            "nonsense",
            near.token(session_id=OTHER),
            near.token(iat=now - 700, exp=now - 100),
            near.token(exp=now + 86400),
            near.world.ticket(),
            near.token()[:-3],
        ):
            answer = await near.ask("GET", "content?path=a", token=token)
            assert (answer.status, code(answer)) == (401, "unauthorized")
        assert (await near.ask("GET", "content?path=a", token=near.token(), session_id=OTHER)).status == 401
        # A files token opens nothing else.
        cookie = f"streamspace_s_{SESSION}={near.token()}"
        assert (await near.world.get(f"/s/{SESSION}/page", cookie=cookie)).status == 401

    @pytest.mark.parametrize(
        ("kind", "name"),
        [
            ("session", SESSION),
            ("login", "l1"),
            ("user", "u1"),
            ("organization", "o1"),
            ("agent", AGENT),
            ("connection", audience_of("o1")),
        ],
    )
    async def test_a_revocation_cuts_what_is_under_way_and_what_would_come(
        self, near: FilesWorld, kind: str, name: str
    ) -> None:
        (near.home / "big").write_bytes(b"x" * 64 * MB)
        token = near.token()
        link = json.loads((await near.ask("POST", "links?path=big", token=token)).body)["url"]
        reader, writer = await near.world.dial()
        writer.write(
            f"GET /f/{SESSION}/content?path=big HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
        )
        await reader.readexactly(1000)
        await near.world.control_plane.revoke(kind, name)
        async with asyncio.timeout(20):
            got = len(await reader.read(-1))
        assert got < 64 * MB
        writer.transport.abort()
        if kind == "agent":
            return  # its link is gone with it
        answer = await near.ask("GET", "list", token=token)
        assert (answer.status, code(answer)) == (401, "revoked")
        place = link.removeprefix(f"{near.world.base}/f/{SESSION}/")
        assert (await near.ask("GET", place, token=None, origin=None)).status == 401
        assert (await near.ask("GET", "list")).status == 200
        await until(lambda: near.world.control_plane.moved)
        moved = near.world.control_plane.moved[0]
        assert (moved.direction, moved.path, moved.complete) == ("downloaded", "big", False)
        assert moved.size_bytes < 64 * MB

    async def test_only_the_portals_pages_may_ask(self, near: FilesWorld) -> None:
        for origin in (near.world.base, "https://evil.example", "null"):
            answer = await near.ask("GET", "list", origin=origin)
            assert (answer.status, code(answer)) == (403, "wrong_origin")
            assert answer.all("access-control-allow-origin") == []
        asked = await near.ask("OPTIONS", "uploads/1", token=None, Access_Control_Request_Method="PATCH")
        assert asked.status == 204
        assert asked.one("access-control-allow-origin") == PORTAL
        assert "PATCH" in asked.one("access-control-allow-methods")
        assert "upload-offset" in asked.one("access-control-allow-headers")
        refused = await near.ask("GET", "list", token=None)
        assert refused.one("access-control-allow-origin") == PORTAL
        assert refused.all("access-control-allow-credentials") == []
        assert (await near.ask("GET", "list", origin=None)).status == 200


class TestPolicy:
    @pytest.mark.parametrize(
        ("policy", "refused", "allowed"),
        [
            (
                {"download": False},
                [("GET", "content?path=a"), ("GET", "archive?path=d"), ("POST", "links?path=a")],
                [("GET", "list"), ("POST", "uploads?path=b&size=1")],
            ),
            (
                {"upload": False},
                [
                    ("POST", "uploads?path=b&size=1"),
                    ("POST", "folders?path=x"),
                    ("POST", "moves?path=a&to=b"),
                    ("DELETE", "entries?path=a"),
                ],
                [("GET", "list"), ("GET", "content?path=a")],
            ),
            ({"download": False, "upload": False}, [("GET", "list"), ("GET", "content?path=a")], []),
        ],
    )
    async def test_what_it_forbids_is_refused_with_a_reason(
        self, near: FilesWorld, policy: dict[str, bool], refused: list[Any], allowed: list[Any]
    ) -> None:
        (near.home / "a").touch()
        (near.home / "d").mkdir()
        for method, place in refused:
            answer = await near.ask(method, place, token=near.token(**policy))
            assert answer.status == 403
            assert code(answer).startswith("policy_")
        for method, place in allowed:
            assert (await near.ask(method, place, token=near.token(**policy))).status in {200, 201}

    async def test_a_file_has_its_largest_size(self, near: FilesWorld) -> None:
        small = near.token(max_upload_bytes=10)
        assert (await near.upload("a", b"x" * 11, token=small)).status == 413
        begun = json.loads((await near.ask("POST", "uploads?path=b&size=11")).body)
        for data in (b"x" * 11, b"x" * 5):
            answer = await near.ask("PATCH", f"uploads/{begun['id']}", data, token=small, Upload_Offset="0")
            assert answer.status == 413
        assert (await near.ask("PATCH", f"uploads/{begun['id']}", Upload_Offset="0")).status == 411
        # Nobody outside may set it.
        answer = await near.ask("POST", "uploads?path=c&size=11", token=small, X_Streamspace_Limit="100")
        assert answer.status == 413


class TestTelling:
    async def test_each_transfer_is_told_and_counted(self, near: FilesWorld) -> None:
        await near.upload("a", b"12345")
        await near.ask("GET", "content?path=a")
        await near.ask("GET", "content?path=nothing")
        await near.ask("DELETE", "entries?path=a")
        told = near.world.control_plane.moved
        await until(lambda: len(told) == 3)
        assert [(one.direction, one.path, one.size_bytes, one.complete) for one in told] == [
            ("uploaded", "a", 5, True),
            ("downloaded", "a", 5, True),
            ("deleted", "a", 0, True),
        ]
        assert {(one.username, one.user_id, one.ip, one.org_id, one.session_id) for one in told} == {
            ("ana", "u1", "192.0.2.1", "o1", SESSION)
        }
        text = "\n".join(near.world.gateway.gate.moved.exposition())
        assert 'file_transfers_total{direction="uploaded",complete="true"} 1' in text
        assert 'file_bytes_total{direction="downloaded"} 5' in text

    async def test_a_session_cannot_say_that_a_file_came_in_where_none_was_sent(
        self, near: FilesWorld, tmp_path: Path
    ) -> None:
        async def lie(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            head = b"HTTP/1.1 200 OK\r\nx-file-done: plans\r\nx-file-size: 9\r\ncontent-length: 2\r\n"
            writer.write(head + b"connection: close\r\n\r\n{}")
            writer.close()

        async def where(session_id: str) -> Endpoint:
            return Endpoint(kind="unix", path=str(tmp_path / "l"), protocol="http")

        near.world.platform.files = where  # type: ignore[attr-defined]
        async with await asyncio.start_unix_server(lie, tmp_path / "l"):
            assert (await near.ask("GET", "list?path=")).status == 200
            assert (await near.ask("DELETE", "entries?path=a")).status == 200
            told = near.world.control_plane.moved
            await until(lambda: told)
        assert [(one.direction, one.path) for one in told] == [("deleted", "a")]

    async def test_what_the_control_plane_missed_is_told_later(self, near: FilesWorld) -> None:
        control_plane = near.world.control_plane
        await control_plane.stop()
        await until(lambda: not near.world.gateway.link.up)
        await near.upload("a", b"12345")
        assert control_plane.moved == []
        await control_plane.start()
        await until(lambda: control_plane.moved)
        assert control_plane.moved[0].path == "a"


class TestBounds:
    @pytest.mark.parametrize(
        ("failure", "status", "error"), [(NotRunning(), 409, "not_running"), (NoFiles(), 409, "no_files")]
    )
    async def test_a_session_that_cannot_is_said_so(
        self, near: FilesWorld, failure: PlatformError, status: int, error: str
    ) -> None:
        near.failure = failure
        answer = await near.ask("GET", "list")
        assert (answer.status, code(answer)) == (status, error)

    async def test_an_older_agent_has_no_files(self, make_world: MakeWorld) -> None:
        world = await make_world()
        made = FilesWorld(world, Files(world.folder / "run"))
        del world.platform.files  # type: ignore[attr-defined]
        assert code(await made.ask("GET", "list")) == "no_files"
        resolve = world.agent.resolve

        async def ignorant(question: Any) -> Any:
            return (await resolve(question.model_copy(update={"service": "stream"}))).model_copy(
                update={"service": "stream"}
            )

        world.agent.resolve = ignorant  # type: ignore[method-assign]
        assert code(await made.ask("GET", "list")) == "no_files"
        assert world.origin.requests == []
        made.files.close()

    async def test_nonsense_is_refused(self, near: FilesWorld) -> None:
        for method, place, status in [
            ("GET", "nothing", 404),
            ("PUT", "content?path=a", 404),
            ("GET", "../s/x", 404),
            ("GET", "list/a/b", 404),
            ("GET", "content?path=../../etc/passwd", 400),
            ("GET", "content?path=/etc/passwd", 404),
            ("PATCH", "uploads/..%2f..%2fx", 404),
            ("POST", "uploads?path=a&size=-1", 400),
        ]:
            assert (await near.ask(method, place)).status == status, place

    @pytest.mark.parametrize(("method", "what"), [("GET", "list"), ("POST", "links?path=a")])
    async def test_requests_are_bounded(
        self, near: FilesWorld, monkeypatch: pytest.MonkeyPatch, method: str, what: str
    ) -> None:
        monkeypatch.setattr(gateway_files, "MOST_A_MINUTE", 3)
        statuses = [(await near.ask(method, what)).status for _ in range(6)]
        assert 429 in statuses
        monkeypatch.setattr(gateway_files, "MOST_AT_ONCE", 0)
        monkeypatch.setattr(gateway_files, "MOST_A_MINUTE", 1000)
        assert code(await near.ask("GET", "list")) == "busy"

    async def test_large_files_are_not_held_in_memory(self, far: FilesWorld) -> None:
        size = int(os.environ.get("STREAMSPACE_TEST_LARGE_MB", "64")) * MB
        _sparse(far.home / "big", size)
        before = _resident()
        reader, writer = await far.world.dial(limit=1 << 16)
        writer.write(
            f"GET /f/{SESSION}/content?path=big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            f"Authorization: Bearer {far.token()}\r\n\r\n".encode()
        )
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.3)  # nobody reads: the session must be held back
        got, most = 0, _resident()
        while data := await reader.read(1 << 16):
            got += len(data)
            if not got % (4 * MB):
                most = max(most, _resident())
        assert got == size
        assert most - before < 24 * MB
        writer.transport.abort()

    async def test_large_uploads_are_held_back(self, far: FilesWorld) -> None:
        size = int(os.environ.get("STREAMSPACE_TEST_LARGE_MB", "64")) * MB
        token = far.token(max_upload_bytes=2 * size)
        begun = json.loads((await far.ask("POST", f"uploads?path=big&size={size}", token=token)).body)
        reader, writer = await far.world.dial()
        writer.write(
            f"PATCH /f/{SESSION}/uploads/{begun['id']} HTTP/1.1\r\nHost: x\r\nUpload-Offset: 0\r\nConnection: close\r\n"
            f"Authorization: Bearer {token}\r\nContent-Length: {size}\r\n\r\n".encode()
        )
        piece, before, most = os.urandom(MB), _resident(), 0
        for _ in range(size // MB):
            writer.write(piece)
            await writer.drain()
            most = max(most, _resident())
        assert json.loads((await far.world.read(reader)).body)["done"]
        assert most - before < 24 * MB
        assert (far.home / "big").stat().st_size == size
        writer.transport.abort()


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
