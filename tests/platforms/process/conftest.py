from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from streamspace.platforms.process.platform import ProcessPlatform
from streamspace.platforms.process.sandbox import PROGRAMS


@pytest.fixture(autouse=True)
def _needs_a_sandbox(request: pytest.FixtureRequest) -> None:
    missing = [program for program in (*PROGRAMS, "xterm") if shutil.which(program) is None]
    if request.node.get_closest_marker("sandbox") and missing and os.environ.get("CI") != "true":
        pytest.skip(f"not installed: {', '.join(missing)}")


@pytest.fixture
async def platform(tmp_path: Path) -> AsyncIterator[ProcessPlatform]:
    """A platform on an empty data folder, left with nothing running."""
    platform = ProcessPlatform(tmp_path)
    yield platform
    for view in await platform.inventory():
        await platform.stop(view.session_id)
    await platform.close()
