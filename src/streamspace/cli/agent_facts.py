"""What `streamspace agents show` says of an agent beside its own words."""

from typing import Any

from streamspace.client import Agent, Standing

_GIB = 1024**3


def standing(how: Standing | None) -> list[tuple[str, Any]]:
    """Return how an agent stands: what is promised on it, and why it takes nothing."""
    if how is None:
        return []
    held, starts = how.reserved, how.starts
    promised = f"{held.sessions} sessions, {held.cpu_millicores / 1000:g} cores, {held.memory_bytes / _GIB:.1f} GiB"
    return [
        ("Promised", promised),
        ("Asleep", how.asleep or None),
        ("Starts", f"{starts.under_way} under way, {starts.waiting} waiting, {starts.at_once} at once"),
        ("Takes sessions", "yes" if how.takes_sessions else "no"),
        ("Why not", " ".join(reason.message for reason in how.reasons) or None),
    ]


def used(agent: Agent) -> list[tuple[str, Any]]:
    """Return what its machine uses."""
    usage = agent.usage or {}
    shown: list[tuple[str, Any]] = []
    if isinstance(percent := usage.get("cpuPercent"), int | float):
        shown.append(("CPU used", f"{percent:.0f} %"))
    if (used := usage.get("memoryUsedBytes")) and (whole := usage.get("memoryTotalBytes")):
        shown.append(("Memory used", f"{used / _GIB:.1f} of {whole / _GIB:.1f} GiB"))
    if free := usage.get("diskFreeBytes"):
        shown.append(("Disk free", f"{free / _GIB:.1f} GiB"))
    return shown
