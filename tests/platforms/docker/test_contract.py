from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from streamspace.platforms.base import SessionSpec
from streamspace.platforms.docker import DockerPlatform
from tests.platforms.contract import PlatformContract, World
from tests.platforms.docker.conftest import clean
from tests.platforms.docker.inside import home, script_spec
from tools import docker

# The first test may have to build the images.
pytestmark = [pytest.mark.docker, pytest.mark.timeout(400)]


class DockerWorld(World):
    def __init__(self, root: Path, socket: Path) -> None:
        self.root = root
        self.socket = socket
        self.platform: DockerPlatform = DockerPlatform(root, socket=socket)

    def spec(self, session_id: str, *, packages: list[str] | None = None) -> SessionSpec:
        return script_spec(session_id, packages=packages, user_id=f"user-{session_id}")

    async def crash(self, session_id: str) -> None:
        (await home(self.platform, self.spec(session_id)) / "crash").touch()

    async def quit(self, session_id: str) -> None:
        (await home(self.platform, self.spec(session_id)) / "quit").touch()

    async def restart_agent(self) -> None:
        await self.platform.close()
        self.platform = DockerPlatform(self.root, socket=self.socket)


class TestDockerPlatform(PlatformContract):
    @pytest.fixture
    async def world(self, running: docker.Running, tmp_path: Path) -> AsyncIterator[DockerWorld]:
        world = DockerWorld(tmp_path, running.socket)
        yield world
        await clean(world.platform)
