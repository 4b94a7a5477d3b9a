"""The Docker Engine is killed again and again while sessions start, sleep, wake and end; none is lost or doubled."""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter

import pytest

from streamspace.platforms.base import PlatformError, State
from streamspace.platforms.docker import DockerPlatform
from streamspace.platforms.docker.engine import Engine
from tests.platforms.contract import states
from tests.platforms.docker.inside import script_spec
from tests.platforms.process.inside import ignore
from tools import docker

pytestmark = [pytest.mark.docker, pytest.mark.timeout(400)]

KILLS = int(os.environ.get("STREAMSPACE_TEST_ENGINE_KILLS", "2"))
PATIENCE_SECONDS = 120


class Person:
    """Has one session, and asks for each thing until it is done, as the control plane does."""

    def __init__(self, platform: DockerPlatform, name: str) -> None:
        self._platform = platform
        self.spec = script_spec(name)
        self.wish: State | None = None
        self.done = 0

    async def live(self, over: asyncio.Event) -> None:
        while not over.is_set():
            await self._wish_for(random.choice((State.RUNNING, State.RUNNING, State.HIBERNATED, None)))

    async def _wish_for(self, wish: State | None) -> None:
        if wish is State.HIBERNATED and self.wish is None:
            wish = State.RUNNING
        self.wish = wish
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await self._done():
                await asyncio.sleep(0.3)
        self.done += 1

    async def _done(self) -> bool:
        try:
            if self.wish is None:
                await self._platform.stop(self.spec.session_id)
            elif self.wish is State.HIBERNATED:
                await self._platform.hibernate(self.spec.session_id)
            elif self.spec.session_id in await states(self._platform):
                await self._platform.wake(self.spec, ignore)
            else:
                await self._platform.start(self.spec, ignore)
        except PlatformError:
            return False
        return True


@pytest.mark.may_skip  # where the machine's own engine is used, nobody may end it
async def test_the_engine_is_killed_under_load(
    platform: DockerPlatform, engine: Engine, running: docker.Running
) -> None:
    if not running.private:
        pytest.skip("this is the machine's own engine")
    people = [Person(platform, f"person-{number}") for number in range(3)]
    over = asyncio.Event()
    lives = [asyncio.create_task(person.live(over)) for person in people]
    for _ in range(KILLS):
        await asyncio.sleep(random.uniform(3, 6))
        await asyncio.to_thread(running.kill)
        await asyncio.sleep(random.uniform(0, 2))
        await asyncio.to_thread(running.start)
    over.set()
    await asyncio.gather(*lives)
    assert sum(person.done for person in people) > len(people)

    # What ran when the engine was killed last sleeps now; nothing else may have changed.
    held = await states(platform)
    for person in people:
        if person.wish is State.RUNNING:
            assert held.pop(person.spec.session_id) in {State.RUNNING, State.HIBERNATED}
        elif person.wish is State.HIBERNATED:
            assert held.pop(person.spec.session_id) is State.HIBERNATED
    assert held == {}
    containers = await engine.containers("streamspace.agent")
    doubled = Counter(container["Labels"]["streamspace.key"] for container in containers)
    assert set(doubled.values()) <= {1}
    assert len(containers) == sum(person.wish is not None for person in people)

    for person in people:
        await platform.stop(person.spec.session_id)
    assert await engine.containers("streamspace.agent") == []
