"""Debian packages of this machine."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from streamspace.platforms.base import PlatformError

STATUS = Path("/var/lib/dpkg/status")
LISTS = Path("/var/lib/apt/lists")


class Installed:
    """The packages that are installed, read again when dpkg has changed them."""

    def __init__(self, status: Path = STATUS) -> None:
        self._status = status
        self._read_at: tuple[int, int] | None = None
        self._names: frozenset[str] = frozenset()
        self._provided: frozenset[str] = frozenset()

    def names(self) -> frozenset[str]:
        """Return their names."""
        self._refresh()
        return self._names

    def missing(self, wanted: Iterable[str]) -> list[str]:
        """Return what is neither installed nor provided by something that is; nothing on a machine without dpkg."""
        self._refresh()
        if self._read_at is None:
            return []
        return [name for name in wanted if name not in self._names and name not in self._provided]

    def _refresh(self) -> None:
        try:
            stat = self._status.stat()
        except OSError:
            return
        stamp = (stat.st_mtime_ns, stat.st_size)
        if stamp == self._read_at:
            return
        names: set[str] = set()
        provided: set[str] = set()
        name, installed = "", False
        with self._status.open(errors="replace") as file:
            for line in file:
                if line.startswith("Package: "):
                    name, installed = line[9:].strip(), False
                elif line.startswith("Status: ") and line.rstrip().endswith(" installed"):
                    installed = True
                    names.add(name)
                elif installed and line.startswith("Provides: "):
                    provided.update(part.split("(")[0].strip() for part in line[10:].split(","))
        self._names, self._provided, self._read_at = frozenset(names), frozenset(provided), stamp


async def install(names: list[str], log: Callable[[str], Awaitable[None]]) -> None:
    """Install packages with apt, which must be allowed to.

    Raises:
        PlatformError: this is not root on Debian, or apt failed; its last lines are the `log_tail`.
    """
    if os.geteuid() != 0:
        raise PlatformError("Installing packages needs an agent that runs as root.")
    if shutil.which("apt-get") is None:
        raise PlatformError("This machine has no apt-get, so packages cannot be installed here.")
    if not any("_Packages" in name for name in await asyncio.to_thread(os.listdir, LISTS)):
        await _apt(["update"], log)
    # Package names are checked by the manifest; `--` keeps anything else from being an option.
    await _apt(["install", "-y", "--no-install-recommends", "--", *names], log)


async def _apt(arguments: list[str], log: Callable[[str], Awaitable[None]]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    process = await asyncio.create_subprocess_exec(
        "apt-get",
        "-o",
        "DPkg::Lock::Timeout=120",
        *arguments,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    tail: list[str] = []
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    try:
        async for raw in process.stdout:
            line = raw.decode(errors="replace").rstrip()
            tail = [*tail[-19:], line]
            await log(line)
        code = await process.wait()
    except asyncio.CancelledError:
        process.terminate()
        await process.wait()
        raise
    if code != 0:
        reason = next((line for line in reversed(tail) if line.startswith("E:")), f"exit code {code}")
        raise PlatformError(f"apt-get {arguments[0]} failed: {reason}", log_tail="\n".join(tail))
