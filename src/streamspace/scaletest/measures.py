"""What is measured, and whether it is good enough."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psutil


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of all does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -int(-len(ordered) * share // 1) - 1)]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the result; `most` is what it should not exceed."""

    name: str
    value: float
    unit: str
    most: float | None = None

    @property
    def good(self) -> bool:
        """Whether it is within its target, or has none."""
        return self.most is None or self.value <= self.most

    def out(self) -> dict[str, Any]:
        """Return it as JSON shows it."""
        shown: dict[str, Any] = {"name": self.name, "value": round(self.value, 3), "unit": self.unit}
        return shown | ({"target": self.most, "good": self.good} if self.most is not None else {})


class Meter:
    """A process's processor time and memory since the meter was made."""

    def __init__(self, process: psutil.Process) -> None:
        self._process = process
        self._began, self._used = time.monotonic(), self._processor()

    def _processor(self) -> float:
        times = self._process.cpu_times()
        return times.user + times.system

    def seconds(self) -> float:
        """How much processor time it used."""
        return self._processor() - self._used

    def cores(self) -> float:
        """How many cores it kept busy."""
        return self.seconds() / max(time.monotonic() - self._began, 1e-9)

    def memory(self) -> int:
        """Bytes that it has to itself, where the system says so, else that it has."""
        full = self._process.memory_full_info()
        return int(getattr(full, "uss", full.rss))
