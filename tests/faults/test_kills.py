"""`kill -9` of each program, again and again, while people work."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator

import pytest

from tests.faults.conftest import SECONDS
from tests.faults.installation import Installation
from tests.faults.load import Load


def rounds(pause: tuple[float, float]) -> Iterator[int]:
    """Count, with a pause before each, until the time is over."""
    end, number = time.monotonic() + SECONDS, 0
    while time.monotonic() < end or number < 2:
        time.sleep(random.uniform(*pause))
        yield number
        number += 1


def test_the_control_plane_is_killed(installation: Installation) -> None:
    with Load(installation) as load:
        for _ in rounds((0.5, 2.5)):
            installation.kill("server")
            installation.start_server()
            installation.api.until_ready()
    installation.until_online(3)
    print(load.check())
    load.tidy()


@pytest.mark.parametrize("installation", ["postgresql"], indirect=True)
def test_agents_are_killed(installation: Installation) -> None:
    names = list(installation.agents)
    with Load(installation) as load:
        for number in rounds((0.3, 1.5)):
            name = names[number % len(names)]
            installation.kill(name)
            time.sleep(random.uniform(0, 1))
            installation.start_agent(name)
    installation.until_online(3)
    print(load.check())
    load.tidy()


@pytest.mark.long
def test_everything_is_killed_at_once(installation: Installation) -> None:
    with Load(installation) as load:
        for _ in rounds((1.5, 3.0)):
            for name in ("server", "gateway", *installation.agents):
                installation.kill(name)
            installation.start_server()
            installation.start_gateway()
            for name in installation.agents:
                installation.start_agent(name)
            installation.api.until_ready()
    installation.until_online(3)
    print(load.check())
    load.tidy()


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_sessions_processes_are_killed(installation: Installation) -> None:
    killed: dict[str, set[str]] = {}
    with Load(installation) as load:
        for _ in rounds((0.05, 0.3)):
            running = installation.running()
            if running:
                session_id = random.choice(list(running))
                killed[session_id] = {"failed", "hibernated"}
                for pid in running[session_id]:
                    os.kill(pid, signal.SIGKILL)
    outcome = load.check(excused=killed)
    print(outcome)
    ended = {one: session for one, session in installation.api.sessions().items() if one in killed}
    crashed = [session for session in ended.values() if session["state"] == "failed"]
    assert crashed
    assert all(session["reason"]["message"] for session in crashed)
    load.tidy()
