"""A disk of so many bytes, which can be full."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Self


class Disk:
    """A file system in memory on a folder, for as long as it is entered; without root a plain folder."""

    def __init__(self, folder: Path, size: str) -> None:
        self.folder = folder
        self._size = size
        self.real = False

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={self._size},mode=755", "faults", str(self.folder)]
        self.real = os.geteuid() == 0 and subprocess.run(mount, check=False, capture_output=True).returncode == 0
        return self

    def __exit__(self, *_: object) -> None:
        if self.real:
            subprocess.run(["umount", "--lazy", str(self.folder)], check=False, capture_output=True)


@contextlib.contextmanager
def full(folder: Path) -> Iterator[None]:
    """Take the last byte of a folder's disk, and give it back."""
    filler = folder / "filler"
    try:
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            for size in (1024**2, 4096, 1):
                with contextlib.suppress(OSError):
                    while file.write(b"x" * size):
                        pass
        yield
    finally:
        filler.unlink(missing_ok=True)
