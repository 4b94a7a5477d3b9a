"""Durations as people write them: `90s`, `30m`, `8h`, `1h30m`."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
_FORM = re.compile(r"([0-9]{1,6}[smhd]){1,4}")


def parse(text: str) -> timedelta:
    """Read a duration.

    Raises:
        ValueError: it is none; the text says what one looks like.
    """
    if not _FORM.fullmatch(text):
        raise ValueError(f"{text[:20]!r} is not a duration such as 90s, 30m or 8h.")
    return timedelta(seconds=sum(int(n) * _UNITS[unit] for n, unit in re.findall(r"(\d+)([smhd])", text)))


def write(duration: timedelta) -> str:
    """Write a duration with its largest units first; no time at all is `0s`."""
    left = int(duration.total_seconds())
    parts = []
    for unit, size in _UNITS.items():
        if left >= size:
            parts.append(f"{left // size}{unit}")
            left %= size
    return "".join(parts) or "0s"


def write_seconds(seconds: int) -> str:
    """Write a number of seconds as a duration."""
    return write(timedelta(seconds=seconds))
