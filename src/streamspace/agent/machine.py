"""What this machine has and how busy it is."""

from __future__ import annotations

import os
import platform
import shutil
from pathlib import Path
from typing import Any

import psutil

from streamspace.kit import quantities
from streamspace.platforms.base import Usage
from streamspace.protocol.control import Capacity


def capacity(max_sessions: int) -> Capacity:
    """Return what sessions may use here in all."""
    return Capacity(
        max_sessions=max_sessions,
        cpu=quantities.format_millicores((os.cpu_count() or 1) * 1000),
        memory=f"{psutil.virtual_memory().total // 1024**2}Mi",
    )


def usage(data_dir: Path) -> dict[str, Any]:
    """Return how busy the machine is now, and how much room there is for sessions' files."""
    memory, disk = psutil.virtual_memory(), shutil.disk_usage(data_dir)
    return {
        "cpuPercent": psutil.cpu_percent(interval=None),
        "memoryUsedBytes": memory.total - memory.available,
        "memoryTotalBytes": memory.total,
        "diskFreeBytes": disk.free,
        "diskTotalBytes": disk.total,
        "load": list(psutil.getloadavg()),
    }


def session_usage(used: Usage) -> dict[str, Any]:
    """Return what a session uses, as it goes over the wire."""
    return {"cpuCores": used.cpu_cores, "memoryBytes": used.memory_bytes, "processes": used.processes}


def description() -> dict[str, Any]:
    """Return what an administrator wants to know of the machine."""
    return {"hostname": platform.node(), "kernel": platform.release(), "python": platform.python_version()}
