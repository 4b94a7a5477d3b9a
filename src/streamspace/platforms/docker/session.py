"""One session in the agent's memory, and what is known of its container."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from typing import Any

from streamspace.platforms.base import SessionView, Usage
from streamspace.platforms.local import session as local
from streamspace.platforms.local.records import Folder, Record


class Session(local.Session):
    """A session whose first process is that of a container."""

    def __init__(self, folder: Folder, lock: asyncio.Lock, record: Record | None = None) -> None:
        super().__init__(folder, lock, record)
        self.running = False
        """Whether the container runs, as the engine last said."""
        self.paused = False
        self.starved = False
        """Whether the kernel had to kill something of it for want of memory."""
        self._consumed: tuple[float, int] | None = None

    @property
    def name(self) -> str:
        """The container's name."""
        return f"streamspace-{self.folder.key}"

    def alive(self) -> bool:
        """Return whether the container runs."""
        return self.running

    def view(self) -> SessionView:
        """Return what is known of it."""
        view = super().view()
        return dataclasses.replace(view, metadata={**view.metadata, "paused": "true"}) if self.paused else view

    def used(self, stats: dict[str, Any]) -> Usage | None:
        """Return what the session uses, from the engine's numbers and those before; None if there were none before."""
        now = (time.monotonic(), int(stats["cpu_stats"]["cpu_usage"]["total_usage"]))
        before, self._consumed = self._consumed, now
        if before is None:
            return None
        memory = stats["memory_stats"]
        detail = memory.get("stats", {})
        cached = detail.get("total_inactive_file", detail.get("inactive_file", 0))
        return Usage(
            cpu_cores=max(0, now[1] - before[1]) / 1e9 / max(now[0] - before[0], 0.001),
            memory_bytes=max(0, memory.get("usage", 0) - cached),
            processes=int(stats.get("pids_stats", {}).get("current", 0)),
        )
