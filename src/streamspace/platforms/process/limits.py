"""Limits on what a session may use: control groups (version 1 or 2) where they can be written, else resource limits."""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

ROOT = Path("/sys/fs/cgroup")
PARENT = "streamspace"
PERIOD_MICROSECONDS = 100_000
MOST_PROCESSES = 2048
SMALLEST_BYTES = 384 * 1024**2
"""The engine and the display alone take half of this; with less, nothing starts."""


@dataclass(frozen=True, slots=True)
class Consumption:
    """What a group has used so far and holds now."""

    cpu_seconds: float
    memory_bytes: int
    processes: int


class Limits:
    """The groups of all sessions, one below `streamspace` in each hierarchy, next to those of container engines."""

    def __init__(self, root: Path = ROOT) -> None:
        self.version = 0
        self._parents: dict[str, Path] = {}
        try:
            if (root / "cgroup.controllers").exists():
                self._use_version_2(root)
            else:
                self._use_version_1(root)
            for parent in self._parents.values():
                if not os.access(parent, os.W_OK):
                    raise PermissionError(f"{parent} is not writable")
        except OSError as error:
            self.version = 0
            self._parents = {}
            log.warning("cgroups_unavailable", reason=str(error), instead="resource limits per process, no CPU limit")

    def _use_version_1(self, root: Path) -> None:
        for name in ("memory", "cpu", "cpuacct", "pids"):
            if (root / name / "cgroup.procs").exists():
                parent = root / name / PARENT
                parent.mkdir(exist_ok=True)
                self._parents[name] = parent
        if "memory" not in self._parents:
            raise FileNotFoundError("no memory controller is mounted")
        self.version = 1

    def _use_version_2(self, root: Path) -> None:
        base = root
        if os.geteuid() != 0:
            own = Path("/proc/self/cgroup").read_text().rpartition("::")[2].strip().lstrip("/")
            base = root / own
        wanted = "+cpu +memory +pids"
        (base / "cgroup.subtree_control").write_text(wanted)
        parent = base / PARENT
        parent.mkdir(exist_ok=True)
        (parent / "cgroup.subtree_control").write_text(wanted)
        self._parents["unified"] = parent
        self.version = 2

    def create(self, key: str, memory_bytes: int) -> list[Path]:
        """Make a session's groups and return their folders; the processor is limited later, by `settle`."""
        folders = []
        for parent in self._parents.values():
            folder = parent / key
            folder.mkdir(exist_ok=True)
            folders.append(folder)
        memory = str(max(memory_bytes, SMALLEST_BYTES))
        if self.version == 1:
            self._write("memory", key, "memory.limit_in_bytes", memory)
            with contextlib.suppress(OSError):  # absent where swap accounting is off
                self._write("memory", key, "memory.memsw.limit_in_bytes", memory)
            self._write("pids", key, "pids.max", str(MOST_PROCESSES))
        elif self.version == 2:  # noqa: PLR2004 - the version of control groups
            self._write("unified", key, "memory.max", memory)
            with contextlib.suppress(OSError):
                self._write("unified", key, "memory.swap.max", "0")
            self._write("unified", key, "pids.max", str(MOST_PROCESSES))
        return folders

    def settle(self, key: str, cpu_millicores: int) -> None:
        """Limit the processor. Not before the session runs: a start that may burst is seconds faster."""
        quota = str(max(1000, cpu_millicores * PERIOD_MICROSECONDS // 1000))
        with contextlib.suppress(OSError):
            if self.version == 1:
                self._write("cpu", key, "cpu.cfs_period_us", str(PERIOD_MICROSECONDS))
                self._write("cpu", key, "cpu.cfs_quota_us", quota)
            elif self.version == 2:  # noqa: PLR2004
                self._write("unified", key, "cpu.max", f"{quota} {PERIOD_MICROSECONDS}")

    def _write(self, controller: str, key: str, name: str, value: str) -> None:
        if controller in self._parents:
            (self._parents[controller] / key / name).write_text(value)

    def consumption(self, key: str) -> Consumption | None:
        """Return what a session uses, or None where no group tells."""
        try:
            if self.version == 1 and {"cpuacct", "memory"} <= self._parents.keys():
                memory = self._parents["memory"] / key
                cached = _table(memory / "memory.stat").get("total_inactive_file", 0)
                return Consumption(
                    cpu_seconds=int((self._parents["cpuacct"] / key / "cpuacct.usage").read_text()) / 1e9,
                    memory_bytes=max(0, int((memory / "memory.usage_in_bytes").read_text()) - cached),
                    processes=len((memory / "cgroup.procs").read_text().split()),
                )
            if self.version == 2:  # noqa: PLR2004
                group = self._parents["unified"] / key
                cached = _table(group / "memory.stat").get("inactive_file", 0)
                return Consumption(
                    cpu_seconds=_table(group / "cpu.stat")["usage_usec"] / 1e6,
                    memory_bytes=max(0, int((group / "memory.current").read_text()) - cached),
                    processes=len((group / "cgroup.procs").read_text().split()),
                )
        except (OSError, KeyError, ValueError):
            return None
        return None

    def memory_ran_out(self, key: str) -> bool:
        """Return whether the kernel had to kill something of the session for want of memory."""
        with contextlib.suppress(OSError):
            if self.version == 1:
                return _table(self._parents["memory"] / key / "memory.oom_control").get("oom_kill", 0) > 0
            if self.version == 2:  # noqa: PLR2004
                return _table(self._parents["unified"] / key / "memory.events").get("oom_kill", 0) > 0
        return False

    def members(self, key: str) -> set[int]:
        """Return the processes still in a session's groups."""
        found: set[int] = set()
        for parent in self._parents.values():
            with contextlib.suppress(OSError):
                found.update(int(pid) for pid in (parent / key / "cgroup.procs").read_text().split())
        return found

    def remove(self, key: str, patience_seconds: float = 2.0) -> bool:
        """Remove a session's groups, which the kernel allows once their last process is gone."""
        until = time.monotonic() + patience_seconds
        left = [parent / key for parent in self._parents.values()]
        while left:
            for folder in list(left):
                try:
                    folder.rmdir()
                    left.remove(folder)
                except FileNotFoundError:
                    left.remove(folder)
                except OSError:
                    pass
            if left and time.monotonic() > until:
                return False
            if left:
                time.sleep(0.02)
        return True

    def held(self) -> set[str]:
        """Return whose groups exist."""
        return {folder.name for parent in self._parents.values() for folder in parent.iterdir() if folder.is_dir()}


def _table(path: Path) -> dict[str, int]:
    found = {}
    for line in path.read_text().splitlines():
        name, _, value = line.partition(" ")
        if value.isdigit():
            found[name] = int(value)
    return found
