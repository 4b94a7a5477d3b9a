"""`streamspace agent` as it is, but for its platform."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from streamspace.agent import program
from streamspace.agent.settings import AgentSettings
from streamspace.platforms.base import Platform
from tests.faults.sleeper import Sleepers


def sleepers(settings: AgentSettings) -> Platform:
    return Sleepers(Path(os.environ["FAULTS_SESSIONS"]))


if __name__ == "__main__":
    program.make_platform = sleepers
    sys.exit(program.run())
