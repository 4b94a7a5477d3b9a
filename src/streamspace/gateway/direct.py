"""Connects to a session's Unix socket on this machine, without trusting the path it was given."""

from __future__ import annotations

import asyncio
import contextlib
import os
import stat
from pathlib import Path, PurePosixPath

from streamspace.kit.splice import Conn


class Outside(Exception):  # noqa: N818
    """The path does not name a socket inside the root."""


def open_beneath(root: Path, path: str) -> int:
    """Return a descriptor (`O_PATH`) of the socket at `path`, reached from `root` without following any link.

    Raises:
        Outside: it is elsewhere, goes through a link or `..`, is no socket, or is not there.
    """
    parts = _inside(root, path)
    flags = os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        here = os.open(root, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
        for part in parts:
            above, here = here, -1
            try:
                here = os.open(part, flags, dir_fd=above)
            finally:
                os.close(above)
    except OSError:
        raise Outside from None
    if not stat.S_ISSOCK(os.fstat(here).st_mode):
        os.close(here)
        raise Outside
    return here


def _inside(root: Path, path: str) -> tuple[str, ...]:
    # PurePosixPath keeps "..", which is refused, and drops ".", which is harmless.
    wanted = PurePosixPath(path)
    if "\0" in path or not wanted.is_absolute() or ".." in wanted.parts:
        raise Outside
    for base in {root, Path(os.path.realpath(root))}:
        if wanted.is_relative_to(base) and (parts := wanted.relative_to(base).parts):
            return parts
    raise Outside


async def connect_beneath(root: Path, path: str) -> Conn:
    """Connect to a socket inside the root.

    Raises:
        Outside: as `open_beneath`.
        OSError: nobody listens.
    """
    descriptor = open_beneath(root, path)
    try:
        # The descriptor cannot be swapped for a link between the check and the use, and has no length limit.
        _, conn = await asyncio.get_running_loop().create_unix_connection(Conn, f"/proc/self/fd/{descriptor}")
    finally:
        with contextlib.suppress(OSError):
            os.close(descriptor)
    return conn
