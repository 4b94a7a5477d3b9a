"""A disk without a byte left, under an agent and under the control plane's database."""

from __future__ import annotations

import os
import time

import pytest

from tests.faults.conftest import SECONDS
from tests.faults.disk import full
from tests.faults.installation import Installation
from tests.faults.load import Load

pytestmark = [
    pytest.mark.parametrize("installation", ["sqlite"], indirect=True),
    pytest.mark.may_skip,  # mounting needs root, and some containers forbid it
]


@pytest.fixture(autouse=True)
def _own_disk(installation: Installation) -> None:
    if not os.path.ismount(installation.server_dir):
        pytest.skip("a file system of its own could not be mounted")


def test_an_agents_disk_is_full(installation: Installation) -> None:
    with Load(installation) as load:
        for _ in range(2):
            time.sleep(SECONDS / 6)
            with full(installation.agents["agent-1"].data_dir):
                time.sleep(SECONDS / 3)
    # What the platform could not write down, it could not do: such a session stays as it was, and says why.
    known = installation.api.sessions()
    excused = {one: {"running", "hibernated"} for one in load.wishes if known[one]["agentId"] == "agent-1"}
    print(load.check(excused=excused))
    load.tidy()


def test_the_databases_disk_is_full(installation: Installation) -> None:
    with Load(installation) as load:
        for _ in range(2):
            time.sleep(SECONDS / 6)
            with full(installation.server_dir):
                time.sleep(SECONDS / 3)
    installation.until_online(3)
    print(load.check())
    load.tidy()


@pytest.mark.long
def test_the_control_plane_is_killed_while_its_disk_is_full(installation: Installation) -> None:
    with Load(installation) as load:
        time.sleep(1)
        with full(installation.server_dir):
            time.sleep(1)
            installation.kill("server")
            installation.start_server()
            time.sleep(3)
        installation.kill("server")  # it may not have started at all
        installation.start_server()
        installation.api.until_ready()
    installation.until_online(3)
    print(load.check())
    load.tidy()
