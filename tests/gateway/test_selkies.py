"""The real engine behind a real gateway and agent."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from streamspace.protocol.streams import Endpoint
from tests.gateway.conftest import display_number

if TYPE_CHECKING:
    from tests.gateway.conftest import MakeWorld

SESSION = "ana-xterm-00000001"
# The sandbox job of CI has an X server; the others test all of this against a stand-in.
pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.may_skip,
    pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb"),
]


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[Path]:
    read, write = os.pipe()
    screen = await asyncio.create_subprocess_exec(
        *("Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"),
        pass_fds=[write],
        stderr=asyncio.subprocess.DEVNULL,
    )
    display = await display_number(read)
    os.close(read)
    os.close(write)
    path = tmp_path / "s.sock"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "DISPLAY": f":{display}",
        "XDG_RUNTIME_DIR": str(tmp_path),
    }
    selkies = await asyncio.create_subprocess_exec(
        str(Path(sys.executable).with_name("selkies")),
        *("--unix-socket", str(path), "--subfolder", f"/s/{SESSION}"),
        *("--enable-basic-auth=false", "--audio-enabled=false", "--turn-host", ""),
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    async with asyncio.timeout(90):
        while True:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_unix_connection(path)
                writer.close()
                break
            await asyncio.sleep(0.1)
    yield path
    for process in (selkies, screen):
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), 10)
        except TimeoutError:
            process.kill()
            await process.wait()


@pytest.mark.parametrize("tls", [False, True])
async def test_selkies_serves_its_page_and_accepts_the_stream(
    engine: Path, make_world: MakeWorld, *, tls: bool
) -> None:
    world = await make_world(tls=tls)
    world.platform.endpoints[SESSION] = Endpoint(kind="unix", path=str(engine))
    health = await world.get(f"/s/{SESSION}/api/health")
    assert (health.status, health.body.strip()) == (200, b"OK")
    page = await world.get(f"/s/{SESSION}/")
    assert page.status == 200
    assert b"<script" in page.body
    assert page.all("content-security-policy")[-1] == "frame-ancestors 'self' http://localhost:8000"
    # Selkies answers 403 to a foreign Origin; the browser's arrives as its own.
    async with world.stream("api/websockets") as stream:
        assert await asyncio.wait_for(stream.recv(), 30)
