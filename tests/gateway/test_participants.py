"""Several people at one real engine: each by a token of their own, which says what they may and dies with them."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import os
import shutil
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from websockets.asyncio.client import unix_connect
from websockets.exceptions import ConnectionClosed

from streamspace.platforms.base import AdmitsConnections, State
from streamspace.platforms.local import participants
from streamspace.platforms.local.participants import Admissions
from streamspace.platforms.local.records import Folder, Record
from streamspace.platforms.process import launching
from streamspace.platforms.process.session import Session
from streamspace.protocol.streams import Endpoint, Role
from tests.gateway.conftest import display_number

if TYPE_CHECKING:
    from tests.gateway.conftest import MakeWorld, World

SESSION = "ana-xterm-00000001"
AT_ONCE = 1.0
PRESS, RELEASE = "kd,97", "ku,97"  # keysym of `a`
pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.may_skip,
    pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb"),
]


class OneSession(Admissions):
    """The process platform's admissions, over an engine that runs without a sandbox."""

    def __init__(self, root: Path) -> None:
        record = Record(
            session_id=SESSION,
            user_id="u1",
            org_id="o1",
            template="xterm",
            cpu_millicores=100,
            memory_bytes=1,
            persistent_home=True,
            network=False,
            owner=0,
            state=State.RUNNING,
            tokens=launching.new_tokens(),
        )
        self.record = record
        self.session = Session(Folder(root, SESSION), asyncio.Lock(), record)
        self.session.folder.create()
        self.session.folder.log.parent.mkdir(exist_ok=True)
        self.display = ""
        self.eye: Any = None

    async def _held(self, session_id: str) -> Session:
        return self.session

    async def endpoint(self, session_id: str, role: Role) -> Endpoint:
        path = str(self.session.folder.socket)
        return Endpoint(kind="unix", path=path, query={"token": self.record.tokens[role]})

    def pressed(self) -> bool:
        """Say whether any key of the screen is down."""
        from Xlib.display import Display

        if self.eye is None:
            self.eye = Display(self.display)
        return any(self.eye.query_keymap())


@pytest.fixture
async def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[OneSession]:
    found = importlib.util.find_spec("selkies")
    assert found is not None
    assert found.origin is not None
    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(found.origin).parent)])  # it brings Xlib
    platform = OneSession(tmp_path)
    read, write = os.pipe()
    screen = await asyncio.create_subprocess_exec(
        *("Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"),
        pass_fds=[write],
        stderr=asyncio.subprocess.DEVNULL,
    )
    platform.display = f":{await display_number(read)}"
    os.close(read)
    os.close(write)
    selkies = await asyncio.create_subprocess_exec(
        str(Path(sys.executable).with_name("selkies")),
        *("--unix-socket", str(platform.session.folder.socket), "--subfolder", f"/s/{SESSION}"),
        *("--enable-basic-auth=false", "--audio-enabled=false", "--turn-host", ""),
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "DISPLAY": platform.display,
            "XDG_RUNTIME_DIR": str(tmp_path),
            "SELKIES_MASTER_TOKEN": platform.record.tokens["master"],
        },
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    async with asyncio.timeout(90):
        while True:
            with contextlib.suppress(OSError, participants.Unsettled):
                await participants.provision(platform.session.folder.socket, f"/s/{SESSION}", platform.record)
                break
            await asyncio.sleep(0.2)
    yield platform
    for process in (selkies, screen):
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(10):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


@pytest.fixture
async def world(engine: OneSession, make_world: MakeWorld) -> World:
    assert isinstance(engine, AdmitsConnections)
    return await make_world(platform=engine)


@contextlib.asynccontextmanager
async def taking_part(world: World, name: str, role: Role) -> AsyncIterator[Any]:
    """Open the stream of a connection and wait until the engine has said what it may."""
    cookie = world.cookie(connection_id=name, role=role, user_id=name)
    async with world.stream("api/websockets", cookie=cookie) as stream:
        async with asyncio.timeout(30):
            while not str(await stream.recv()).startswith("MK_ACCESS"):
                pass
        yield stream
    await asyncio.sleep(0.6)  # the engine refuses two connections within half a second


async def key_goes_down(engine: OneSession, stream: Any) -> bool:
    """Press a key, and say whether it reached the screen."""
    await stream.send(PRESS)
    until = time.monotonic() + 1.5
    while time.monotonic() < until:
        if await asyncio.to_thread(engine.pressed):
            await stream.send(RELEASE)
            while await asyncio.to_thread(engine.pressed):
                await asyncio.sleep(0.02)
            return True
        await asyncio.sleep(0.05)
    return False


async def test_a_controllers_key_reaches_the_screen_and_a_viewers_does_not(world: World, engine: OneSession) -> None:
    async with taking_part(world, "owner", "controller") as owner:
        assert await key_goes_down(engine, owner)
    async with taking_part(world, "guest", "viewer") as guest:
        assert not await key_goes_down(engine, guest)
    tokens = [one["token"] for one in engine.record.participants.values()]
    assert len(set(tokens)) == 2
    assert not set(tokens) & set(engine.record.tokens.values())


async def test_control_is_given_to_a_viewer_alone_and_taken_back(world: World, engine: OneSession) -> None:
    async with taking_part(world, "owner", "controller") as owner:
        await asyncio.sleep(0.6)
        async with taking_part(world, "guest", "viewer") as guest:
            await engine.give_control(SESSION, "guest")
            assert await key_goes_down(engine, guest)
            assert not await key_goes_down(engine, owner)
            await engine.give_control(SESSION, None)
            assert await key_goes_down(engine, owner)
            assert not await key_goes_down(engine, guest)


async def test_a_revoked_connection_is_cut_at_once_and_its_token_dies(world: World, engine: OneSession) -> None:
    async with taking_part(world, "guest", "viewer") as guest:
        token = engine.record.participants["guest"]["token"]
        began = time.monotonic()
        await world.control_plane.revoke("connection", "guest")
        with pytest.raises(ConnectionClosed):
            async with asyncio.timeout(AT_ONCE):
                while True:
                    await guest.recv()
        assert time.monotonic() - began < AT_ONCE
    async with asyncio.timeout(5):
        while "guest" in engine.record.participants:
            await asyncio.sleep(0.01)
    uri = f"ws://localhost/s/{SESSION}/api/websockets?token={token}"
    async with unix_connect(str(engine.session.folder.socket), uri) as stray:
        with pytest.raises(ConnectionClosed):
            async with asyncio.timeout(5):
                while True:
                    await stray.recv()
    assert stray.close_code == 4001


async def test_others_keep_their_stream_when_one_is_revoked(world: World, engine: OneSession) -> None:
    async with taking_part(world, "owner", "controller") as owner:
        await asyncio.sleep(0.6)
        async with taking_part(world, "guest", "viewer"):
            await engine.give_control(SESSION, "guest")
            await world.control_plane.revoke("connection", "guest")
            async with asyncio.timeout(5):
                while "guest" in engine.record.participants:
                    await asyncio.sleep(0.01)
        assert engine.record.control == ""
        assert await key_goes_down(engine, owner)
