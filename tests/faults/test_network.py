"""A network between agent and control plane that is slow, loses packets, or is cut without a word."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator

import pytest

from tests.faults.conftest import SECONDS
from tests.faults.installation import Installation
from tests.faults.load import Load
from tests.faults.network import Cable

WEATHER: list[Callable[[Cable], None]] = [
    Cable.mend,
    Cable.slow_down,
    lambda cable: cable.lose(25),
    Cable.cut,
    Cable.cut,
]
SILENCE = 45
"""After so many seconds each side has noticed a cut that nobody told it of."""


pytestmark = pytest.mark.may_skip  # needs root, and a kernel with nftables


@pytest.fixture
def cables(installation: Installation) -> Iterator[list[Cable]]:
    """Two of three agents behind networks of their own."""
    laid = [Cable(number) for number in (1, 2)]
    moved = [f"agent-{number}" for number in (1, 2)]
    try:
        for name, cable in zip(moved, laid, strict=True):
            cable.lay()
            agent = installation.agents[name]
            agent.prefix, agent.server = cable.enter(), f"http://{cable.address}:{installation.port}"
            installation.kill(name)
            installation.start_agent(name)
        installation.until_online(3)
        yield laid
    finally:
        for name in moved:
            agent = installation.agents[name]
            agent.prefix, agent.server = [], None
            installation.kill(name)
            installation.start_agent(name)
        for cable in laid:
            cable.remove()
    installation.until_online(3)


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_the_network_is_bad(installation: Installation, cables: list[Cable]) -> None:
    end = time.monotonic() + SECONDS
    with Load(installation) as load:
        while time.monotonic() < end:
            for cable in cables:
                random.choice(WEATHER)(cable)
            time.sleep(random.uniform(0.5, 3))
        for cable in cables:
            cable.mend()
    installation.until_online(3)
    print(load.check(seconds=90))
    load.tidy()


@pytest.mark.long
@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_the_network_is_cut_until_both_sides_give_up(installation: Installation, cables: list[Cable]) -> None:
    with Load(installation) as load:
        time.sleep(2)
        cables[0].cut()
        time.sleep(SILENCE)
        assert installation.connected() == 2
        cables[0].mend()
    installation.until_online(3)
    print(load.check(seconds=90))
    load.tidy()
