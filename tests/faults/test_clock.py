"""The control plane's clock jumps by an hour, forth and back, also while it is down."""

from __future__ import annotations

import random
import time

import pytest

from tests.faults.conftest import SECONDS
from tests.faults.installation import Installation
from tests.faults.load import Load


@pytest.mark.parametrize("installation", ["postgresql"], indirect=True)
def test_the_clock_jumps(installation: Installation) -> None:
    end, seconds = time.monotonic() + SECONDS, 0
    try:
        with Load(installation) as load:
            while time.monotonic() < end:
                time.sleep(random.uniform(1, 2))
                seconds = 3600 if seconds <= 0 else -3600
                installation.clock.write_text(str(seconds))
        print(load.check())
        load.tidy()
    finally:
        installation.clock.write_text("0")


@pytest.mark.long
def test_the_clock_is_set_back_while_the_control_plane_is_down(installation: Installation) -> None:
    installation.clock.write_text("3600")
    try:
        with Load(installation) as load:
            time.sleep(3)
            installation.kill("server")
            installation.kill("agent-1")
            installation.clock.write_text("0")
            installation.start_server()
            installation.api.until_ready()
            time.sleep(2)
            installation.start_agent("agent-1")
            time.sleep(2)
        installation.until_online(3)
        print(load.check())
        load.tidy()
    finally:
        installation.clock.write_text("0")
