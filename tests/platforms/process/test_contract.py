from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from streamspace.platforms.base import SessionSpec
from streamspace.platforms.process.platform import ProcessPlatform
from tests.platforms.contract import PlatformContract, World
from tests.platforms.process.inside import home, script_spec

pytestmark = pytest.mark.sandbox


class ProcessWorld(World):
    def __init__(self, root: Path) -> None:
        self.root = root
        self.platform: ProcessPlatform = ProcessPlatform(root)

    def spec(self, session_id: str, *, packages: list[str] | None = None) -> SessionSpec:
        return script_spec(session_id, packages=packages, user_id=f"user-{session_id}")

    async def crash(self, session_id: str) -> None:
        (home(self.root, self.spec(session_id)) / "crash").touch()

    async def quit(self, session_id: str) -> None:
        (home(self.root, self.spec(session_id)) / "quit").touch()

    async def restart_agent(self) -> None:
        await self.platform.close()
        self.platform = ProcessPlatform(self.root)


class TestProcessPlatform(PlatformContract):
    @pytest.fixture
    async def world(self, tmp_path: Path) -> AsyncIterator[ProcessWorld]:
        world = ProcessWorld(tmp_path)
        yield world
        for view in await world.platform.inventory():
            await world.platform.stop(view.session_id)
        await world.platform.close()
