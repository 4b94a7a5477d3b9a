"""Waits until a session's screen shows something."""

from __future__ import annotations

import asyncio
import subprocess
import time
from pathlib import Path

from streamspace.platforms.process.platform import ProcessPlatform

SECONDS_TO_DRAW = 60
FEWEST_COLOURS = 8


async def wait_for_picture(platform: ProcessPlatform, session_id: str) -> None:
    """Look at the screen from inside its sandbox until it has colours, or fail."""
    first = platform._sessions[session_id].folder.first_process()
    assert first is not None
    picture = Path(f"/proc/{first.pid}/root/dev/shm/picture.xwd")
    enter = ["nsenter", "-t", str(first.pid), "-U", "-m", "-p", "-n", "-S", "1000", "-G", "1000", "--"]
    look = [*enter, "sh", "-c", "DISPLAY=:0 xwd -root -silent > /dev/shm/picture.xwd"]
    until = time.monotonic() + SECONDS_TO_DRAW
    while True:
        # A window that goes while xwd asks about it makes it fail (BadWindow); it is asked again.
        done = await asyncio.to_thread(subprocess.run, look, check=False, capture_output=True, text=True)
        if done.returncode == 0 and len(colours(picture.read_bytes())) > FEWEST_COLOURS:
            return
        assert time.monotonic() < until, f"the screen stayed blank {done.stderr}"
        await asyncio.sleep(0.5)


def colours(xwd: bytes) -> set[bytes]:
    """Return the pixel values that occur in every fifth pixel of a screen dump of 32 bits a pixel."""
    start = int.from_bytes(xwd[:4], "big") + 12 * int.from_bytes(xwd[76:80], "big")
    return {xwd[at : at + 3] for at in range(start, len(xwd) - 3, 20)}
