from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from streamspace.platforms.base import InstallsPackages, SessionSpec, StartFailed, State
from streamspace.platforms.fake import FakePlatform
from tests.platforms.contract import Phases, PlatformContract, World
from tests.platforms.specs import session_spec


class FakeWorld(World):
    def __init__(self) -> None:
        self.fake = FakePlatform(installed={"xterm"})
        self.platform = self.fake

    def spec(self, session_id: str, *, packages: list[str] | None = None) -> SessionSpec:
        return session_spec(session_id, packages=packages or ["xterm"])

    async def crash(self, session_id: str) -> None:
        self.fake.crash(session_id)

    async def quit(self, session_id: str) -> None:
        self.fake.quit(session_id)

    async def restart_agent(self) -> None:
        await self.fake.close()


class TestFakePlatform(PlatformContract):
    @pytest.fixture
    def world(self) -> FakeWorld:
        return FakeWorld()


async def test_the_fake_fails_when_told() -> None:
    fake = FakePlatform()
    fake.failures["start"] = StartFailed("It broke.", log_tail="last words")
    with pytest.raises(StartFailed, match="It broke") as caught:
        await fake.start(session_spec("ann-term-00000001"), Phases())
    assert caught.value.log_tail == "last words"
    assert await fake.inventory() == []


async def test_the_fake_is_slow_when_told() -> None:
    fake = FakePlatform()
    fake.delays["start"] = timedelta(seconds=30)
    start = asyncio.create_task(fake.start(session_spec("ann-term-00000001"), Phases()))
    await asyncio.sleep(0.01)
    assert [view.state for view in await fake.inventory()] == [State.STARTING]
    start.cancel()
    with pytest.raises(asyncio.CancelledError):
        await start


async def test_the_fake_installs_packages() -> None:
    fake = FakePlatform(installed=set())
    assert isinstance(fake, InstallsPackages)
    lines: list[str] = []

    async def log(line: str) -> None:
        lines.append(line)

    await fake.install_packages(["xterm"], log)
    assert await fake.packages() == ["xterm"]
    assert lines == ["Setting up xterm ..."]
