"""Messages that come late, twice, in another order, or whose connection breaks under them."""

from __future__ import annotations

import time

import pytest

from tests.faults.conftest import SECONDS
from tests.faults.installation import Installation
from tests.faults.load import Load
from tests.faults.postman import Manners, Postman

WAYS = {
    "late": Manners(late=0.8, twice=0.0, swapped=0.0),
    "twice": Manners(late=0.0, twice=0.7, swapped=0.0),
    "in another order": Manners(late=0.2, twice=0.0, swapped=0.6),
    "all of it": Manners(hang_up=0.02),
}


@pytest.mark.parametrize("installation", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=() if way == "all of it" else pytest.mark.long) for way in WAYS]
)
def test_messages_arrive(installation: Installation, way: str) -> None:
    with Postman(installation.port, WAYS[way]) as postman:
        for name, agent in installation.agents.items():
            agent.server = postman.url
            installation.kill(name)
            installation.start_agent(name)
        installation.until_online(3)
        with Load(installation) as load:
            time.sleep(SECONDS)
        print(load.check(), dict(postman.done))
        load.tidy()
        assert sum(postman.done.values()) > 20
    for name, agent in installation.agents.items():
        agent.server = None
        installation.kill(name)
        installation.start_agent(name)
    installation.until_online(3)
