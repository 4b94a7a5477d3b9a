"""What is played in a session is heard in its stream: the real engine, the real sound server."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil

import pytest
from websockets.asyncio.client import unix_connect

from streamspace.platforms.process.platform import ProcessPlatform
from tests.platforms.process.inside import STAYS, ignore, script_spec

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.timeout(120),
    pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="needs pulseaudio"),
]
NOISE = "while sleep 0.2; do head -c 2000000 /dev/urandom | pacat --raw --latency-msec=50; done 2>&1 & "
AUDIO = 1
"""The first byte of a message that carries sound."""
SILENCE_BYTES = 60
"""An Opus packet of 10 ms of noise is larger, one of silence smaller."""


async def heard(platform: ProcessPlatform, session_id: str, seconds: float) -> list[int]:
    """Return the sizes of the sound packets of a while, counted from the first picture."""
    endpoint = await platform.endpoint(session_id, "controller")
    uri = f"ws://localhost/s/{session_id}/api/websockets?token={endpoint.query['token']}"
    sizes: list[int] = []
    async with unix_connect(endpoint.path, uri, max_size=None, compression=None) as stream:
        settings = {"displayId": "primary", "initialClientWidth": 640, "initialClientHeight": 480}
        await stream.send(f"SETTINGS,{json.dumps(settings)}")
        await stream.send("START_AUDIO")
        async with asyncio.timeout(60) as patience:
            while not isinstance(await stream.recv(), bytes):
                pass
            patience.reschedule(asyncio.get_running_loop().time() + seconds)
            with contextlib.suppress(asyncio.CancelledError):
                while True:
                    message = await stream.recv()
                    if isinstance(message, bytes) and message[0] == AUDIO:
                        sizes.append(len(message))
    return sizes


async def test_what_plays_is_in_the_stream(platform: ProcessPlatform) -> None:
    await platform.start(script_spec("ann-loud-00000001", NOISE + STAYS), ignore)
    sizes = await heard(platform, "ann-loud-00000001", 6)
    assert len(sizes) > 50
    assert max(sizes) > SILENCE_BYTES


async def test_of_a_silent_session_nothing_is_sent(platform: ProcessPlatform) -> None:
    await platform.start(script_spec("ann-still-00000001"), ignore)
    assert await heard(platform, "ann-still-00000001", 3) == []
