"""Two processes for one agent, on two machines with one platform: never do both act."""

from __future__ import annotations

import random
import shutil
import threading
import time
from collections.abc import Iterator

import pytest

from tests.faults.conftest import SECONDS
from tests.faults.installation import Agent, Installation, until
from tests.faults.load import Load

PAIR = ("agent-1", "twin")
ACTS, STANDS_BY = "control_link_up", "standing_by"
TRIES = 10


@pytest.fixture
def twins(installation: Installation) -> Iterator[Installation]:
    first = installation.agents["agent-1"]
    twin = Agent("twin", installation.folder / "twin", first.sessions)
    twin.agent_id = first.agent_id
    twin.data_dir.mkdir()
    for name in ("agent.key", "agent.instance"):
        shutil.copy(first.data_dir / name, twin.data_dir / name)
    installation.agents["twin"] = twin
    installation.start_agent("twin")
    yield installation
    del installation.agents["twin"]
    installation.programs.pop("twin").kill()
    shutil.rmtree(twin.data_dir)
    installation.kill("agent-1")
    installation.start_agent("agent-1")
    installation.until_online(3)


class Watcher(threading.Thread):
    """Looks for a session with two processes, all the time."""

    def __init__(self, installation: Installation) -> None:
        super().__init__(daemon=True)
        self._installation = installation
        self.over = threading.Event()
        self.doubled: set[str] = set()

    def run(self) -> None:
        while not self.over.wait(0.1):
            self.doubled |= {one for one, pids in self._installation.running().items() if len(pids) > 1}


def takes_over(installation: Installation, ends: str, remains: str) -> bool:
    """End one so that the other acts, and say whether it then stood by; on a busy machine the other may seem gone."""
    installation.programs[ends].stop()
    until(lambda: installation.programs[remains].said(ACTS))
    installation.start_agent(ends)
    again = installation.programs[ends]
    until(lambda: again.said(STANDS_BY) or again.said(ACTS))
    return again.said(STANDS_BY)


@pytest.mark.parametrize("installation", ["postgresql"], indirect=True)
def test_one_takes_over_when_the_other_ends(twins: Installation) -> None:
    watcher = Watcher(twins)
    watcher.start()
    end, number = time.monotonic() + SECONDS, 0
    with Load(twins) as load:
        while time.monotonic() < end or number < 2:
            time.sleep(random.uniform(0.5, 1.5))
            name = PAIR[number % 2]
            if random.random() < 0.6:
                twins.programs[name].stop()
            else:
                twins.kill(name)
            time.sleep(random.uniform(0, 2))
            twins.start_agent(name)
            number += 1
        # Who is killed and starts again at once takes its own place back, so that these rounds may change nothing.
        for ends, remains in (PAIR, PAIR[::-1]):
            assert any(takes_over(twins, ends, remains) for _ in range(TRIES)), f"{ends} never stood by"
    twins.until_online(3)
    print(number, "rounds", load.check(seconds=90))
    load.tidy()
    watcher.over.set()
    watcher.join()
    assert watcher.doubled == set()
