"""What was measured: kept, set against this machine's own floor, printed and judged."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Measured:
    """Values in milliseconds unless their name says otherwise, by name, in order of their appearance."""

    values: dict[str, list[float]] = field(default_factory=dict)

    def note(self, name: str, value: float) -> None:
        """Keep a value."""
        self.values.setdefault(name, []).append(value)

    def note_since(self, name: str, began: float) -> float:
        """Keep the time since a moment of `time.time()` and return now."""
        now = time.time()
        self.note(name, (now - began) * 1e3)
        return now


def anchors(measured: Measured) -> None:
    """Time what a session cannot do without: a sandbox, a display, and the engine's own imports."""
    began = time.time()
    subprocess.run(["bwrap", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "true"], check=True)
    after_sandbox = measured.note_since("anchor: bwrap true", began)
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as display:
        os.read(read, 16)
        now = measured.note_since("anchor: Xvfb answers", after_sandbox)
        display.terminate()
    os.close(read)
    os.close(write)
    measured.note("anchor: floor (both)", (now - began) * 1e3)
    began = time.time()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", "import selkies.__main__"], env=environment, check=True, capture_output=True)
    measured.note_since("anchor: engine imported", began)


def p95(values: list[float]) -> float:
    """Return the value that 95 of 100 do not exceed; of fewer than 20 the largest."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def report(measured: Measured, bounds: dict[str, float]) -> dict[str, Any]:
    """Print the table and return what goes into the file."""
    columns: dict[str, Callable[[list[float]], float]] = {"p50": statistics.median, "p95": p95, "min": min}
    print(f"{'ms unless named otherwise':36}" + "".join(f"{column:>10}" for column in columns))
    table = {name: {c: round(f(values), 2) for c, f in columns.items()} for name, values in measured.values.items()}
    for name, row in table.items():
        print(f"{name:36}" + "".join(f"{value:10.1f}" for value in row.values()))
    ratios = {
        f"{name} / {anchor}": round(table[name]["p50"] / table[anchor]["p50"], 2)
        for anchor in ("anchor: floor (both)", "anchor: engine imported")
        for name in ("click to first picture", "wake: click to first picture", "running (told by the socket)")
        if name in table
    }
    print()
    for name, value in ratios.items():
        print(f"{name:56}{value:8.1f}")
    verdicts = {}
    for bound, limit in bounds.items():
        value = table[bound.removesuffix(", p95")]["p95"]
        verdicts[bound] = {"value": value, "bound": limit, "ok": value <= limit}
        print(f"{'ok' if value <= limit else 'BROKEN':7}{bound:39}{value:8.1f}  bound {limit:.0f} ms")
    return {"table": table, "ratios": ratios, "verdicts": verdicts, "values": measured.values}
