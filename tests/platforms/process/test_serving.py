"""Sessions whose application serves by itself: over VNC from a real Xvnc, over HTTP from a real server."""

from __future__ import annotations

import asyncio
import shutil
import struct
from pathlib import Path

import pytest

from streamspace.platforms.base import SessionSpec, StartFailed
from streamspace.platforms.process.platform import ProcessPlatform
from streamspace.protocol.policies import Policy
from tests.platforms.process.inside import STAYS, eventually, home, ignore, script_spec

pytestmark = [pytest.mark.sandbox, pytest.mark.timeout(90)]
SERVER = "exec python3 -m http.server $STREAMSPACE_PORT --bind 127.0.0.1 --directory ~/web"
needs_vnc = pytest.mark.skipif(shutil.which("Xtigervnc") is None, reason="needs tigervnc-standalone-server")


def vnc_spec(session_id: str, script: str = STAYS, **options: object) -> SessionSpec:
    return script_spec(session_id, script, streamingProtocol="vnc", **options)


def http_spec(session_id: str, script: str = SERVER, **options: object) -> SessionSpec:
    return script_spec(
        session_id, script, streamingProtocol="http", ports=[{"containerPort": 8123}], window_manager=False, **options
    )


class Client:
    """As much of a VNC client as it takes to press a key."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def connect(cls, platform: ProcessPlatform, session_id: str) -> Client:
        endpoint = await platform.endpoint(session_id, "controller")
        assert endpoint.protocol == "vnc"
        client = cls(*await asyncio.open_unix_connection(endpoint.path))
        assert await client.reader.readexactly(12) == b"RFB 003.008\n"
        client.writer.write(b"RFB 003.008\n")
        assert await client.reader.readexactly(2) == b"\x01\x01"
        client.writer.write(b"\x01")
        assert await client.reader.readexactly(4) == bytes(4)
        client.writer.write(b"\x01")
        return client

    async def screen(self) -> tuple[int, int, str]:
        width, height = struct.unpack(">HH", await self.reader.readexactly(4))
        await self.reader.readexactly(16)
        (length,) = struct.unpack(">I", await self.reader.readexactly(4))
        return width, height, (await self.reader.readexactly(length)).decode()

    def type(self, text: str) -> None:
        """Press keys with the pointer on what is in the corner, which has them then even if nobody manages windows."""
        for buttons in (0, 1, 0):
            self.writer.write(struct.pack(">BBHH", 5, buttons, 60, 60))
        for letter in text:
            key = 0xFF0D if letter == "\n" else ord(letter)
            for down in (1, 0):
                self.writer.write(struct.pack(">BBxxI", 4, down, key))


@needs_vnc
async def test_a_vnc_session_shows_its_application_and_takes_keys(platform: ProcessPlatform, tmp_path: Path) -> None:
    spec = vnc_spec("ann-vnc-00000001", "exec xterm -e sh -c 'read line; echo \"$line\" > ~/typed; sleep 600'")
    await platform.start(spec, ignore)
    client = await Client.connect(platform, spec.session_id)
    assert await client.screen() == (1600, 900, "Test")
    await asyncio.sleep(1.5)
    idle = (await platform.inventory())[0].idle_seconds
    assert idle is not None
    typed = home(tmp_path, spec) / "typed"

    def was_typed() -> bool:
        if not typed.exists():
            client.type("hello\n")
        return typed.exists()

    await eventually(was_typed)
    assert "hello" in typed.read_text()
    client.writer.close()


@needs_vnc
async def test_a_vnc_sessions_idleness_is_that_of_its_display(platform: ProcessPlatform) -> None:
    spec = vnc_spec("ann-vnc-00000001")
    await platform.start(spec, ignore)

    async def idle() -> float:
        found = (await platform.inventory())[0].idle_seconds
        assert found is not None
        return found

    for _ in range(300):
        if (before := await idle()) > 6:
            break
        await asyncio.sleep(0.2)
    assert before > 6
    client = await Client.connect(platform, spec.session_id)
    for _ in range(100):
        client.type("x")
        await asyncio.sleep(0.1)
        if (after := await idle()) < 3:
            break
    assert after < 3


@needs_vnc
@pytest.mark.parametrize(("clipboard", "crosses"), [("both", "11"), ("in", "10"), ("out", "01"), ("off", "00")])
async def test_nothing_inside_opens_the_clipboard_that_a_policy_closed(
    platform: ProcessPlatform, tmp_path: Path, clipboard: str, crosses: str
) -> None:
    from dataclasses import replace

    asked = "; ".join(
        f"vncconfig -set {name}=1 2>&1; vncconfig -get {name} >> ~/said" for name in ("AcceptCutText", "SendCutText")
    )
    spec = replace(
        vnc_spec("ann-vnc-00000001", f"({asked}; touch ~/done) ; {STAYS}"),
        policy=Policy.model_validate({"clipboard": clipboard}),
    )
    await platform.start(spec, ignore)
    await eventually((home(tmp_path, spec) / "done").exists)
    said = (home(tmp_path, spec) / "said").read_text().split()
    assert ["1" if word in {"1", "on"} else "0" for word in said] == list(crosses)


async def test_a_web_application_is_reached_below_its_sessions_path(platform: ProcessPlatform, tmp_path: Path) -> None:
    page = 'mkdir -p ~/web/s/$STREAMSPACE_SESSION_ID && echo "hello from $SUBFOLDER" > ~/web$SUBFOLDER/index.html'
    spec = http_spec("ann-web-00000001", f"{page}; {SERVER}")
    await platform.start(spec, ignore)
    endpoint = await platform.endpoint(spec.session_id, "controller")
    assert (endpoint.protocol, endpoint.query) == ("http", {})
    assert await get(endpoint.path, "/s/ann-web-00000001/") == "hello from /s/ann-web-00000001/\n"
    admitted = await platform.admit(spec.session_id, "c1", "controller")
    assert admitted.query == {}
    first = platform._sessions[spec.session_id].folder.first_process()
    assert first is not None
    names = (Path("/proc") / str(first.pid) / "task" / str(first.pid) / "children").read_text().split()
    commands = [Path(f"/proc/{pid}/comm").read_text().strip() for pid in names]
    assert not {"Xvfb", "openbox", "Xtigervnc"} & set(commands)


async def test_a_web_applications_requests_are_its_activity(platform: ProcessPlatform) -> None:
    spec = http_spec("ann-web-00000001", f"mkdir -p ~/web; {SERVER}")
    await platform.start(spec, ignore)
    path = (await platform.endpoint(spec.session_id, "controller")).path

    async def idle() -> float:
        found = (await platform.inventory())[0].idle_seconds
        assert found is not None
        return found

    for _ in range(300):
        if (before := await idle()) > 6:
            break
        await asyncio.sleep(0.2)
    assert before > 6
    for _ in range(100):
        await get(path, "/")
        await asyncio.sleep(0.1)
        if (after := await idle()) < 3:
            break
    assert after < 3


async def test_a_web_application_that_never_listens_is_said_so(tmp_path: Path) -> None:
    platform = ProcessPlatform(tmp_path, start_seconds=3)
    with pytest.raises(StartFailed, match="The application did not answer in time"):
        await platform.start(http_spec("ann-web-00000001", "exec sleep 600"), ignore)
    await platform.close()


async def test_a_web_application_without_a_port_is_said_so(platform: ProcessPlatform) -> None:
    with pytest.raises(StartFailed, match=r"names no port \(spec.ports\)"):
        await platform.start(script_spec("ann-web-00000001", SERVER, streamingProtocol="http"), ignore)


async def test_two_sessions_of_one_port_do_not_meet(platform: ProcessPlatform) -> None:
    said = {}
    for number in (1, 2):
        spec = http_spec(
            f"ann-web-0000000{number}",
            f"mkdir -p /tmp/web$SUBFOLDER; echo {number} > /tmp/web$SUBFOLDER/index.html; "
            f"{SERVER.replace('~/web', '/tmp/web')}",
        )
        await platform.start(spec, ignore)
        endpoint = await platform.endpoint(spec.session_id, "controller")
        said[number] = await get(endpoint.path, f"/s/{spec.session_id}/")
    assert said == {1: "1\n", 2: "2\n"}


async def get(path: str | None, target: str) -> str:
    reader, writer = await asyncio.open_unix_connection(path)
    writer.write(f"GET {target} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    return answer.partition(b"\r\n\r\n")[2].decode()
