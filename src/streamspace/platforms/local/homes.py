"""How much room a home takes: measured by a program at the lowest priority, for no longer than a bound."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

SECONDS = 300.0
_GENTLY = (("nice", "-n", "19"), ("ionice", "-c", "3"))


async def size_of(home: Path, seconds: float = SECONDS) -> int | None:
    """Return how many bytes of the disk a folder's files take, those on other file systems left out.

    None where nobody could tell, as where it takes too long.
    """
    gently = [word for words in _GENTLY if shutil.which(words[0]) for word in words]
    process = await asyncio.create_subprocess_exec(
        *(*gently, "du", "--summarize", "--one-file-system", "--block-size=1", "--", str(home)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(seconds):
            said, _ = await process.communicate()
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    # It says a sum although a file went away meanwhile, which it counts as an error.
    number = said.split(b"\t", 1)[0]
    return int(number) if number.isdigit() else None
