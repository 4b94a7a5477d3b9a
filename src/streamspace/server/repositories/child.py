"""Runs the worker, so that no repository can stall, fill or crash the control plane."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import structlog

from streamspace.server.repositories.bounds import MIB, Bounds, Unusable
from streamspace.server.repositories.worker import Order

log = structlog.get_logger(__name__)

Progress = Callable[[dict[str, Any]], Awaitable[None]]
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "SSL_CERT_FILE", "SSL_CERT_DIR")
_LONGEST_LINE = 192 * MIB
_GRACE_SECONDS = 30.0
"""The worker's own limits should end it first."""


async def read(order: Order, progress: Progress) -> dict[str, Any]:
    """Have a repository read and return what was found, as `worker` writes it.

    Raises:
        Unusable: the message says why.
    """
    longest = Bounds(**order.bounds).seconds + _GRACE_SECONDS  # type: ignore[arg-type]
    try:
        # The folder is ours, so that it goes even if the worker is killed.
        with tempfile.TemporaryDirectory(prefix="streamspace-repository-", ignore_cleanup_errors=True) as work:
            return await _read(order, progress, longest, work)
    except TimeoutError:
        raise Unusable("Reading it took too long.") from None


async def _read(order: Order, progress: Progress, longest: float, work: str) -> dict[str, Any]:
    async with asyncio.timeout(longest), _worker(work) as process:
        assert process.stdin is not None  # noqa: S101 - it is a pipe
        with contextlib.suppress(ConnectionError):
            process.stdin.write(order.text().encode() + b"\n")
            await process.stdin.drain()
            process.stdin.close()
        return await _hear(process, progress)


@contextlib.asynccontextmanager
async def _worker(work: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        "-m",
        "streamspace.server.repositories.worker",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ} | {"TMPDIR": work},
        limit=_LONGEST_LINE,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _hear(process: asyncio.subprocess.Process, progress: Progress) -> dict[str, Any]:
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    while line := await _line(process.stdout):
        told = await asyncio.to_thread(json.loads, line) if len(line) > MIB else json.loads(line)
        if "progress" in told:
            await progress(told["progress"])
        elif "failed" in told:
            if "trace" in told:
                log.warning("repository_worker_failed", trace=told["trace"])
            raise Unusable(told["failed"])
        else:
            return told["done"]  # type: ignore[no-any-return]
    code = await process.wait()
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise Unusable("Reading it took more time or memory than a repository is given.")
    raise Unusable("Reading it failed: the program that reads it ended early.")


async def _line(stream: asyncio.StreamReader) -> bytes:
    try:
        return await stream.readline()
    except ValueError:
        raise Unusable("What was found is too large.") from None
