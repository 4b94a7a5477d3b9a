"""What is read last of a run of tests: what failed and why, what needed a second run, and where the time went."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = "STREAMSPACE_TEST_SUMMARY"
"""The environment variable that names where each program leaves its part; without it, none is left."""
LONGEST_REASON = 300
LAST_LINES = 12
SLOWEST = 15


@dataclass
class Part:
    """What one program tells of its tests or checks."""

    failed: dict[str, str] = field(default_factory=dict)
    """Why, by name."""
    again: dict[str, str] = field(default_factory=dict)
    """Those that passed, or failed, only at a second run, and why not at the first."""
    slow: list[tuple[float, str]] = field(default_factory=list)
    """Seconds and what took them, the longest first."""
    seconds: dict[str, float] = field(default_factory=dict)
    """Of all tests of a folder together, whatever ran beside them."""

    def leave(self) -> None:
        """Write it where the environment says, if it says so."""
        if FOLDER in os.environ:
            (Path(os.environ[FOLDER]) / f"{os.getpid()}.json").write_text(json.dumps(asdict(self)))


def of_pytest(stats: dict[str, list[Any]]) -> Part:
    """Tell of one run, by the reports that pytest's terminal reporter has collected."""
    reports = [report for some in stats.values() for report in some if hasattr(report, "duration")]
    timed = {(report.nodeid, report.when, report.duration) for report in reports if hasattr(report, "when")}
    seconds: Counter[str] = Counter()
    for name, _, duration in timed:
        seconds["/".join(name.partition("::")[0].split("/")[:2])] += duration
    slow = sorted(((duration, f"{when} {name}") for name, when, duration in timed), reverse=True)[:SLOWEST]
    return Part(
        failed={report.nodeid: reason(report) for report in [*stats.get("failed", []), *stats.get("error", [])]},
        again={report.nodeid: reason(report) for report in stats.get("rerun", [])},
        slow=slow,
        seconds=dict(seconds),
    )


def reason(report: Any) -> str:
    """Say in a line why a test failed, and where."""
    crash = getattr(report.longrepr, "reprcrash", None)
    said = f"{crash.message} ({Path(crash.path).name}:{crash.lineno})" if crash else str(report.longrepr)
    line = " · ".join(line.strip() for line in said.splitlines() if line.strip())
    return line if len(line) <= LONGEST_REASON else f"{line[: LONGEST_REASON - 80]} … {line[-80:]}"


def of_checks(outputs: dict[str, str], seconds: dict[str, float]) -> Part:
    """Tell of checks: the output of those that failed, and how long each took."""
    ends = {name: "\n    ".join(["", *text.rstrip().splitlines()[-LAST_LINES:]]) for name, text in outputs.items()}
    return Part(failed=ends, slow=[(took, name) for name, took in seconds.items()])


def read(folder: Path) -> list[Part]:
    """Return the parts that were left."""
    return [Part(**json.loads(path.read_text())) for path in sorted(folder.glob("*.json"))]


def show(parts: Iterable[Part], programs: dict[str, tuple[int, float]]) -> str:
    """Put all parts into one text; of each program there is its exit code, and how many seconds it took."""
    parts = list(parts)
    slow = sorted((tuple(one) for part in parts for one in part.slow), reverse=True)[:SLOWEST]
    seconds = sum((Counter(part.seconds) for part in parts), Counter[str]())
    lines = [f"{took:7.1f} s  {name}" for took, name in slow]
    lines += ["", "Minutes of each folder's tests: " + _minutes(seconds.most_common())]
    lines += ["Minutes of each program: " + _minutes((name, took) for name, (_, took) in programs.items()), ""]
    lines += [f"AGAIN {name} - {why}" for part in parts for name, why in part.again.items()]
    lines += [f"FAILED {name} - {why}" for part in parts for name, why in part.failed.items()]
    lines += [f"FAILED {name}: it ended with code {code}" for name, (code, _) in programs.items() if code]
    return "\n".join(["", "=== What took longest, was done again, or failed ===", *lines])


def _minutes(seconds: Iterable[tuple[str, float]]) -> str:
    return ", ".join(f"{name} {took / 60:.1f}" for name, took in seconds)
