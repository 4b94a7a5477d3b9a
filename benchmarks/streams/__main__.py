"""`python -m benchmarks.streams`."""

from __future__ import annotations

import asyncio
import sys

from benchmarks.streams.run import main

sys.exit(asyncio.run(main()))
