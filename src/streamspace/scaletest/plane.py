"""A control plane of the test's own, which it may kill."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import psutil

from streamspace.kit import ids

_PATIENCE_SECONDS = 120.0
_LOOK_SECONDS = 0.02
_LOG_TAIL = 2000
_PROGRAM = "from streamspace.cli import main; main()"


class DidNotStart(Exception):  # noqa: N818 - reads as the fact it states
    """The control plane did not become ready; the text is the end of its log."""


class LocalPlane:
    """`streamspace server` as a process beside this one, with an empty database unless one is named."""

    def __init__(self, folder: Path, database_url: str | None) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self.password = ids.secret()
        self._log = folder / "server.log"
        self._env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("STREAMSPACE_")},
            "STREAMSPACE_PORT": str(self._port),
            "STREAMSPACE_DATA_DIR": str(folder),
            "STREAMSPACE_DATABASE_URL": database_url or "",
            "STREAMSPACE_SECRET_KEY": ids.secret(),
            "STREAMSPACE_GATEWAY_SECRET": ids.secret(),
            "STREAMSPACE_ADMIN_PASSWORD": self.password,
            "STREAMSPACE_LOG_LEVEL": "warning",
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> float:
        """Start it; return how many seconds it took until it was ready.

        Raises:
            DidNotStart: it was not ready in two minutes.
        """
        began = time.monotonic()
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", _PROGRAM, "server", env=self._env, stdout=log, stderr=log
            )
        async with httpx2.AsyncClient(base_url=self.url, timeout=5) as http:
            while not await _is_ready(http):
                if self._process.returncode is not None or time.monotonic() - began > _PATIENCE_SECONDS:
                    raise DidNotStart(self._log.read_text(errors="replace")[-_LOG_TAIL:])
                await asyncio.sleep(_LOOK_SECONDS)
        return time.monotonic() - began

    async def kill(self) -> None:
        """End it without a word, as a crash does."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """End it as an administrator does."""
        await self._end(signal.SIGTERM)

    async def _end(self, number: int) -> None:
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(number)
            await self._process.wait()

    @property
    def process(self) -> psutil.Process:
        """What to measure."""
        assert self._process is not None  # noqa: S101 - nobody measures before the start
        return psutil.Process(self._process.pid)


async def _is_ready(http: httpx2.AsyncClient) -> bool:
    try:
        return (await http.get("/readyz")).status_code == 200  # noqa: PLR2004
    except httpx2.TransportError:
        return False


@contextlib.asynccontextmanager
async def local(database_url: str | None) -> AsyncIterator[LocalPlane]:
    """Run a control plane; its folder is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="streamspace-scaletest-"))
    plane = LocalPlane(folder, database_url)
    loop, mine = asyncio.get_running_loop(), asyncio.current_task()
    assert mine is not None  # noqa: S101 - a coroutine runs in a task
    loop.add_signal_handler(signal.SIGTERM, mine.cancel)  # or the process would outlive its test
    try:
        yield plane
    finally:
        loop.remove_signal_handler(signal.SIGTERM)
        await plane.stop()
        shutil.rmtree(folder, ignore_errors=True)
