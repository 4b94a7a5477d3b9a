"""Writes a folder as a zip file into a pipe, so that it is never anywhere as a whole."""

from __future__ import annotations

import io
import os
import shutil
import stat
import time
from collections.abc import Callable

MOST_ENTRIES = 100_000
_PIECE = 1 << 18


class Pipe(io.RawIOBase):
    """Gathers small writes and passes them on; zipfile sees that it cannot go back."""

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._send = send
        self._held = bytearray()

    def writable(self) -> bool:
        """Called by zipfile."""
        return True

    def write(self, data: object) -> int:
        """Called by zipfile."""
        piece = memoryview(data)  # type: ignore[arg-type]
        self._held += piece
        if len(self._held) >= _PIECE:
            self.pass_on()
        return len(piece)

    def pass_on(self) -> None:
        """Send what is held."""
        if self._held:
            self._send(bytes(self._held))
            self._held.clear()


def write(folder: int, name: str, send: Callable[[bytes], None]) -> None:
    """Pack what lies below a folder. Links and what may not be read are left out; nothing is compressed.

    Raises:
        OSError: the receiver left.
    """
    import zipfile  # noqa: PLC0415 - most sessions never need it

    pipe, number = Pipe(send), 0
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for place, folders, files, descriptor in os.fwalk(".", dir_fd=folder, follow_symlinks=False):
            above = os.path.normpath(f"{name}/{place}")
            for one in sorted(folders):
                if stat.S_ISLNK(os.stat(one, dir_fd=descriptor, follow_symlinks=False).st_mode):
                    continue
                archive.writestr(zipfile.ZipInfo(_text(f"{above}/{one}/"), _date(time.time())), b"")
            for one in sorted(files):
                number += 1
                if number > MOST_ENTRIES:
                    raise OSError("too many files")
                try:
                    source = os.open(one, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=descriptor)
                except OSError:
                    continue
                with os.fdopen(source, "rb", buffering=0) as file:
                    info = os.fstat(source)
                    if not stat.S_ISREG(info.st_mode):
                        continue
                    entry = zipfile.ZipInfo(_text(f"{above}/{one}"), _date(info.st_mtime))
                    entry.external_attr = stat.S_IMODE(info.st_mode) << 16
                    with archive.open(entry, "w", force_zip64=True) as target:
                        shutil.copyfileobj(file, target, _PIECE)
    pipe.pass_on()


def _text(name: str) -> str:
    return name.encode(errors="replace").decode()


def _date(at: float) -> tuple[int, int, int, int, int, int]:
    moment = time.localtime(at)
    # The format's years run from 1980 to 2107.
    year = min(max(moment.tm_year, 1980), 2107)
    return year, moment.tm_mon, moment.tm_mday, moment.tm_hour, moment.tm_min, moment.tm_sec
