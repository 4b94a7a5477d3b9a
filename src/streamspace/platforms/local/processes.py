"""Processes as the kernel shows them, told apart from later ones that got the same number."""

from __future__ import annotations

import contextlib
import os
import signal
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Process:
    """A process: its number, and its start in clock ticks since boot, which a reused number does not share."""

    pid: int
    started: int

    def alive(self) -> bool:
        """Return whether it still runs."""
        return of(self.pid) == self

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, if it still runs."""
        with contextlib.suppress(ProcessLookupError):
            descriptor = os.pidfd_open(self.pid)
            try:
                # The descriptor was opened first, so the check and the signal concern one and the same process.
                if self.alive():
                    signal.pidfd_send_signal(descriptor, number)
            finally:
                os.close(descriptor)


def parse(stat: str) -> Process | None:
    """Read a line of /proc/PID/stat; None for a zombie or something else."""
    pid, _, rest = stat.partition(" ")
    fields = rest.rpartition(")")[2].split()
    if len(fields) < 20 or fields[0] in "ZX":  # noqa: PLR2004 - proc(5): state is field 3, starttime field 22
        return None
    return Process(int(pid), int(fields[19]))


def of(pid: int) -> Process | None:
    """Return the living process of this number."""
    try:
        return parse(Path(f"/proc/{pid}/stat").read_text())
    except (OSError, ValueError):
        return None


def in_namespace_of(process: Process) -> list[int]:
    """Return the numbers of all processes of a sandbox."""
    try:
        namespace = os.readlink(f"/proc/{process.pid}/ns/pid")  # noqa: PTH115 - not a path
    except OSError:
        return []
    found = []
    for entry in os.listdir("/proc"):  # noqa: PTH208 - hundreds of entries, names are all it needs
        with contextlib.suppress(OSError):
            if entry.isdigit() and os.readlink(f"/proc/{entry}/ns/pid") == namespace:  # noqa: PTH115
                found.append(int(entry))
    return found
