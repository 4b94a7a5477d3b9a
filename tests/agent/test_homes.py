"""The agent tells what homes hold: all now and then, and some soon after a session's end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from streamspace.agent import homes
from streamspace.agent.homes import HomeSizes
from streamspace.platforms.base import HomeSize, PlatformError
from streamspace.platforms.fake import FakePlatform
from streamspace.protocol import control
from streamspace.protocol.base import Wire
from streamspace.protocol.control import MessageType


class Measured(FakePlatform):
    """Says of homes what it is told to say."""

    def __init__(self) -> None:
        super().__init__()
        self.sizes: list[HomeSize] = []
        self.whole = True
        self.broken = False

    async def homes(self, *, touched: bool = False) -> tuple[list[HomeSize], bool]:
        if self.broken:
            raise PlatformError("no")
        return (self.sizes[:1] if touched else self.sizes), self.whole


class Told:
    """What was sent."""

    def __init__(self) -> None:
        self.said: asyncio.Queue[control.Homes] = asyncio.Queue()

    async def __call__(self, kind: MessageType, payload: Wire) -> None:
        assert kind is MessageType.HOMES
        assert isinstance(payload, control.Homes)
        self.said.put_nowait(payload)

    async def next(self) -> control.Homes:
        async with asyncio.timeout(20):
            return await self.said.get()


@pytest.fixture
def platform() -> Measured:
    return Measured()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homes, "_TOGETHER", 0.05)


def home(number: int) -> HomeSize:
    return HomeSize(org_id="org-1", user_id=f"user-{number:04}", size_bytes=number)


@asynccontextmanager
async def running(platform: FakePlatform, told: Told, every: float) -> AsyncIterator[HomeSizes]:
    connected = asyncio.Event()
    connected.set()
    sizes = HomeSizes(platform, told, connected, timedelta(seconds=every))
    task = asyncio.create_task(sizes.run())
    try:
        yield sizes
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_round_of_many_comes_in_pages_and_only_the_last_ends_it(platform: Measured) -> None:
    platform.sizes = [home(number) for number in range(control.MOST_HOMES + 1)]
    told = Told()
    async with running(platform, told, 60):
        pages = [await told.next(), await told.next()]
    assert [len(page.homes) for page in pages] == [control.MOST_HOMES, 1]
    assert pages[0].round_seconds is None
    assert pages[1].round_seconds is not None


async def test_a_round_that_left_one_out_ends_nothing_and_one_of_none_ends(platform: Measured) -> None:
    platform.sizes, platform.whole = [home(1)], False
    told = Told()
    async with running(platform, told, 0.2):
        assert (await told.next()).round_seconds is None
        platform.sizes, platform.whole = [], True
        while (page := await told.next()).homes:
            pass
        assert page.round_seconds is not None


async def test_after_a_sessions_end_its_home_alone_is_told(platform: Measured) -> None:
    platform.sizes = [home(1), home(2)]
    told = Told()
    async with running(platform, told, 60) as sizes:
        assert len((await told.next()).homes) == 2
        sizes.session_ended()
        sizes.session_ended()
        page = await told.next()
        assert ([one.user_id for one in page.homes], page.round_seconds) == (["user-0001"], None)
        await asyncio.sleep(0.2)
        assert told.said.empty()


async def test_a_look_that_fails_is_followed_by_another(platform: Measured) -> None:
    platform.broken, platform.sizes = True, [home(1)]
    told = Told()
    async with running(platform, told, 0.1):
        await asyncio.sleep(0.3)
        assert told.said.empty()
        platform.broken = False
        assert len((await told.next()).homes) == 1


async def test_a_platform_that_cannot_is_not_asked() -> None:
    told = Told()
    async with asyncio.timeout(5):
        await HomeSizes(FakePlatform(), told, asyncio.Event(), timedelta(seconds=1)).run()
    assert told.said.empty()
