"""How long to wait before trying again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

EAGER_TRIES = 80


def jittered(
    first: timedelta = timedelta(seconds=0.6),
    ceiling: timedelta = timedelta(seconds=10),
    factor: float = 1.6,
) -> Iterator[timedelta]:
    """Yield delays, each drawn between half and all of its step, so that a crowd does not return at once.

    The step stays at `first` for half a minute, the length of a restart, so that whoever comes back is found
    within a second; then it grows.
    """
    step, tries = first, 0
    while True:
        yield step * random.uniform(0.5, 1.0)  # noqa: S311 - spreading load, not a secret
        tries += 1
        if tries > EAGER_TRIES:
            step = min(step * factor, ceiling)
