"""What it costs to know who asks and what they may see: a list with all checks and without any, in turns."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.api.load import Request, measure
from benchmarks.api.servers import UNCHECKED, Running, control_plane

LIST = Request("GET", "/api/v1/sessions?limit=50")
MOST = 0.20
"""The target: the checks' share of a list call."""
ROUNDS = 8


async def compare(kind: str, url: str, *, clients: int, seconds: float) -> list[dict[str, Any]]:
    """Measure the list for three kinds of people whose lists are all the same, and unchecked, in alternating rounds."""
    with tempfile.TemporaryDirectory(prefix="streamspace-bench-") as name:
        folder = Path(name)
        async with control_plane(url, folder) as checked, control_plane(url, folder, UNCHECKED) as unchecked:
            own = await checked.sign_in("person")
            tokens = {"own": own, "org": await checked.sign_in("maintainer"), "key": await checked.make_key(own)}
            return [
                {"database": kind, "who": who, **await _share(checked, unchecked, token, clients, seconds)}
                for who, token in tokens.items()
            ]


async def _share(checked: Running, unchecked: Running, token: str, clients: int, seconds: float) -> dict[str, Any]:
    cpu: list[float] = []
    took: list[float] = []
    absolute: dict[str, list[float]] = {"checked": [], "unchecked": []}
    for turn in range(-1, ROUNDS):  # the first one warms up
        # Neighbours that share a moment share its noise; who goes first changes, so that none has the warmer caches.
        pair = {"checked": checked, "unchecked": unchecked}
        order = pair if turn % 2 else dict(reversed(pair.items()))
        seen = {name: await _cost(server, token, clients, seconds) for name, server in order.items()}
        if turn < 0:
            continue
        cpu.append(1 - seen["unchecked"][0] / seen["checked"][0])
        took.append(1 - seen["unchecked"][1] / seen["checked"][1])
        for name, (used, _) in seen.items():
            absolute[name].append(used)
    return {
        "shareOfCpu": round(statistics.median(cpu), 3),
        "shareOfTime": round(statistics.median(took), 3),
        "checkedCpuMs": round(statistics.median(absolute["checked"]), 2),
        "uncheckedCpuMs": round(statistics.median(absolute["unchecked"]), 2),
        "cpuRounds": [round(one, 3) for one in sorted(cpu)],
    }


async def _cost(server: Running, token: str, clients: int, seconds: float) -> tuple[float, float]:
    """Return what a call cost: processor time of the server, and time, in ms."""
    before = server.cpu()
    result = await measure(server.port, token, lambda _: LIST, clients=clients, seconds=seconds)
    if result.errors or not result.took:
        raise SystemExit(f"the list was answered with {result.errors}")
    return (server.cpu() - before) * 1000 / len(result.took), result.seconds * 1000 / len(result.took)


def report(lines: list[dict[str, Any]]) -> None:
    """Print the checks' share of a list call, and whether it meets the target."""
    print(f"\n{'database':<11}{'who':<6}{'with':>10}{'without':>10}{'of cpu':>9}{'of time':>9}")
    for x in lines:
        verdict = "met" if x["shareOfCpu"] <= MOST else "MISSED"
        print(
            f"{x['database']:<11}{x['who']:<6}{x['checkedCpuMs']:>7} ms{x['uncheckedCpuMs']:>7} ms"
            f"{x['shareOfCpu']:>9.1%}{x['shareOfTime']:>9.1%}   target ≤ {MOST:.0%}: {verdict}"
        )
