"""How long to wait before trying again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta


def jittered(
    first: timedelta = timedelta(seconds=0.3),
    ceiling: timedelta = timedelta(seconds=15),
    factor: float = 1.8,
) -> Iterator[timedelta]:
    """Yield growing delays, each drawn between half and all of its step, so that a crowd does not return at once."""
    step = first
    while True:
        yield step * random.uniform(0.5, 1.0)  # noqa: S311 - spreading load, not a secret
        step = min(step * factor, ceiling)
