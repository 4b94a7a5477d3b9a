"""What crossed sessions' borders through this gateway: counted, and kept until the control plane was told."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from streamspace.protocol.files import Direction, FileMoved

log = structlog.get_logger(__name__)


class Moved:
    """Transfers of files, oldest first."""

    MOST = 10_000
    """How many wait for a control plane that is away; then the log of this program is the only witness."""

    def __init__(self) -> None:
        self._waiting: deque[FileMoved] = deque()
        self._came = asyncio.Event()
        self._count: Counter[tuple[Direction, bool]] = Counter()
        self._bytes: Counter[Direction] = Counter()

    def tell(self, moved: FileMoved) -> None:
        """Count a transfer and have the control plane told."""
        self._count[moved.direction, moved.complete] += 1
        if len(self._waiting) >= self.MOST:
            lost = self._waiting.popleft()
            log.warning("file_report_lost", **lost.model_dump(mode="json", exclude={"ip"}))
        self._waiting.append(moved)
        self._came.set()

    def carried(self, direction: Direction, size_bytes: int) -> None:
        """Count bytes that went over, whatever becomes of their transfer."""
        self._bytes[direction] += size_bytes

    async def first(self) -> FileMoved:
        """Return the oldest that was not told yet, waiting for one; it stays the first until it was."""
        while not self._waiting:
            self._came.clear()
            await self._came.wait()
        return self._waiting[0]

    def told(self) -> None:
        """Forget the oldest."""
        self._waiting.popleft()

    def exposition(self) -> list[str]:
        """Write the counts in Prometheus' text format."""
        lines = ["# TYPE streamspace_gateway_file_transfers_total counter"]
        for (direction, complete), n in sorted(self._count.items()):
            labels = f'direction="{direction}",complete="{str(complete).lower()}"'
            lines.append(f"streamspace_gateway_file_transfers_total{{{labels}}} {n}")
        lines.append("# TYPE streamspace_gateway_file_bytes_total counter")
        return lines + [
            f'streamspace_gateway_file_bytes_total{{direction="{direction}"}} {n}'
            for direction, n in sorted(self._bytes.items())
        ]
