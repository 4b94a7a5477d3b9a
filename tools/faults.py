"""`./dev faults --minutes N`: the loops of tests/faults for long, with the ones that are too slow for every day."""

from __future__ import annotations

import argparse
import os
import sys

from tools import test

LOOPS = 16
"""About so many share the time."""


def main(arguments: list[str]) -> int:
    """Run the loops; each gets its share of the minutes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long all loops take together, about")
    known, rest = parser.parse_known_args(arguments)
    os.environ["STREAMSPACE_TEST_FAULT_SECONDS"] = str(known.minutes * 60 / LOOPS)
    return test.main([*(rest or ["tests/faults"]), "-n", "0", "-s"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
