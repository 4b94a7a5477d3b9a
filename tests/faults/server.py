"""`streamspace server` as it is, but for its clock, which jumps when a file says so."""

from __future__ import annotations

import contextlib
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from streamspace.kit.clock import SystemClock
from streamspace.server import program


def jumping(_clock: SystemClock) -> datetime:
    seconds = 0.0
    with contextlib.suppress(OSError, ValueError):
        seconds = float(Path(os.environ["FAULTS_CLOCK"]).read_text())
    return datetime.now(UTC) + timedelta(seconds=seconds)


if __name__ == "__main__":
    SystemClock.now = jumping  # type: ignore[method-assign]
    sys.exit(program.run())
