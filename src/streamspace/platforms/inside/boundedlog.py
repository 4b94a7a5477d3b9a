"""A log file that forgets its oldest half when it is full."""

from __future__ import annotations

import os
import time

_LONGEST_LINE = 2000


class BoundedLog:
    """Writes lines to an open file that others may read at any time."""

    def __init__(self, descriptor: int, most_bytes: int) -> None:
        self._descriptor = descriptor
        self._most = most_bytes
        self._size = os.fstat(descriptor).st_size

    def write(self, source: str, text: str) -> None:
        """Add a line with the time and who said it."""
        line = f"{time.strftime('%H:%M:%S', time.gmtime())} {source}: {text[:_LONGEST_LINE].rstrip()}\n".encode()
        if self._size + len(line) > self._most:
            kept = os.pread(self._descriptor, self._most // 2, max(0, self._size - self._most // 2))
            kept = kept[kept.find(b"\n") + 1 :]
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, kept, 0)
            self._size = len(kept)
        self._size += os.pwrite(self._descriptor, line, self._size)
