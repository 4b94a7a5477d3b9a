from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from streamspace.platforms.docker import DockerPlatform
from streamspace.platforms.docker.engine import Engine
from streamspace.platforms.docker.images import Images
from tests.platforms.docker.inside import script_spec
from tests.platforms.process.inside import ignore
from tools import docker


@pytest.fixture(scope="session")
def running(docker_engine: docker.Running) -> docker.Running:
    """An engine that has the image of the tests' sessions, which takes minutes on a machine that never had it."""
    asyncio.run(_prepare(docker_engine.socket))
    return docker_engine


async def _prepare(socket: Path) -> None:
    engine = Engine(socket)
    try:
        image = await Images(engine).ensure(script_spec("any").manifest.spec, _nothing, ignore)
        assert image.name
        await _remove_what_a_broken_run_left(engine)
    finally:
        await engine.close()


async def _nothing() -> None:
    """Nobody waits."""


@pytest.fixture
async def engine(running: docker.Running) -> AsyncIterator[Engine]:
    engine = Engine(running.socket)
    yield engine
    await engine.close()


@pytest.fixture
async def platform(running: docker.Running, tmp_path: Path) -> AsyncIterator[DockerPlatform]:
    """A platform on an empty data folder, left with nothing running and no homes."""
    platform = DockerPlatform(tmp_path, socket=running.socket)
    yield platform
    await clean(platform)


async def clean(platform: DockerPlatform) -> None:
    """Leave nothing of a platform's sessions, nor of their homes."""
    for view in await platform.inventory():
        await platform.stop(view.session_id)
    await _remove_what_a_broken_run_left(platform._engine)
    await platform.close()


async def _remove_what_a_broken_run_left(engine: Engine) -> None:
    for container in await engine.containers("streamspace.agent"):
        await engine.remove_container(container["Id"])
    for network in await engine.client.networks.list(filters={"label": ["streamspace.agent"]}):
        await (await engine.client.networks.get(network["Id"])).delete()
    for volume in await engine.volumes("streamspace.home"):
        await engine.remove_volume(volume["Name"])
