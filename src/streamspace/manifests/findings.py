"""What is to be said of a manifest, and where in its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,99}")
LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark. Line and column count from 1; they are None where the text has no such place."""

    path: str
    line: int | None
    column: int | None
    severity: Severity
    code: str
    message: str

    def __str__(self) -> str:
        place = ":".join(str(number) for number in (self.line, self.column) if number is not None)
        return ": ".join(part for part in (place, self.severity, self.path, self.message) if part)


def errors(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return those that keep a manifest from being taken."""
    return tuple(finding for finding in findings if finding.severity == "error")


def written(path: Path) -> str:
    """Write a path the way people do: `spec.ports[0].containerPort`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif _PLAIN.fullmatch(part):
            text += f".{part}" if text else part
        else:
            text += f"[{quoted(part)}]"
    return text


def quoted(value: object) -> str:
    """Quote what somebody wrote, on one line and not too much of it."""
    text = repr(value if isinstance(value, str) else str(value))
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 2]}…{text[0]}"
