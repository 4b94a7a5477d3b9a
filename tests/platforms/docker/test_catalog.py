"""Each official template starts and draws in a container.

Three of them each time, one of each way to stream; all with STREAMSPACE_TEST_CATALOG=all, because the images of a whole
catalog take a quarter of an hour and 5 GB to build on a machine that never had them.
"""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import pytest

from streamspace.platforms.base import SessionSpec
from streamspace.platforms.docker import DockerPlatform
from tests.platforms.process.inside import ignore
from tests.platforms.process.test_catalog import FILES, manifest
from tests.platforms.process.test_serving import get

pytestmark = [pytest.mark.docker, pytest.mark.timeout(900)]
EACH_TIME = ("terminal", "icewm", "jupyter")
ALL = os.environ.get("STREAMSPACE_TEST_CATALOG") == "all"
CHOSEN = [path for path in FILES if ALL or path.stem in EACH_TIME]
SECONDS_TO_DRAW = 90
COLOURS = """
import sys
sys.path[:0] = ["/opt/streamspace/engine/selkies"]
from Xlib import X
from Xlib.display import Display
root = Display(":0").screen().root
size = root.get_geometry()
seen = set()
for top in range(0, size.height - 1, 3):
    row = root.get_image(0, top, min(size.width, 2000), 1, X.ZPixmap, 0xFFFFFFFF).data
    seen |= {row[at : at + 3] for at in range(0, len(row), 4)}
print(len(seen))
"""


def test_each_way_to_stream_is_among_those_that_always_run() -> None:
    ways = {manifest(path).spec.streaming_protocol for path in FILES if path.stem in EACH_TIME}
    assert ways == {manifest(path).spec.streaming_protocol for path in FILES} == {"selkies", "vnc", "http"}


@pytest.mark.parametrize("path", CHOSEN, ids=lambda path: path.stem)
async def test_a_template_starts_and_draws(platform: DockerPlatform, path: Path) -> None:
    template = manifest(path)
    spec = SessionSpec(
        session_id=f"ann-{path.stem}-00000001",
        user="ann",
        user_id="user-1",
        org_id="org-1",
        manifest=template,
        cpu_millicores=2000,
        memory_bytes=2 * 1024**3,
    )
    await platform.start(spec, ignore)
    if template.spec.streaming_protocol == "http":
        endpoint = await platform.endpoint(spec.session_id, "controller")
        assert "<title>" in await get(endpoint.path, f"/s/{spec.session_id}/tree")
        return
    until = time.monotonic() + SECONDS_TO_DRAW
    while (seen := await colours(platform, spec.session_id)) <= 8:
        assert time.monotonic() < until, f"the screen stayed blank: {seen} colours"
        await asyncio.sleep(1)


async def colours(platform: DockerPlatform, session_id: str) -> int:
    """Return how many colours a session's screen shows, as a program in its container sees it."""
    container = platform._engine.client.containers.container(platform._sessions[session_id].name)
    ran = await container.exec(["/usr/bin/python3", "-I", "-c", COLOURS])
    said = b""
    async with ran.start(detach=False) as stream:
        while (message := await stream.read_out()) is not None:
            said += message.data
    last = said.decode(errors="replace").strip().splitlines()[-1:]
    return int(last[0]) if last and last[0].isdigit() else 0
