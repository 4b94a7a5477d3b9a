"""A program that is told to stop ends, whatever its libraries still wait for."""

import asyncio

import pytest

from streamspace.kit.running import until_signalled


@pytest.mark.timeout(20)
def test_what_waits_once_more_when_it_is_cancelled_does_not_keep_the_program() -> None:
    steps: list[str] = []

    async def stubborn() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            steps.append("cancelled")
            await asyncio.Event().wait()

    kept: list[asyncio.Task[None]] = []

    async def serve(stop: asyncio.Event) -> None:
        kept.append(asyncio.create_task(stubborn()))
        await asyncio.sleep(0)

    until_signalled(serve)
    assert steps == ["cancelled"]
    assert kept[0].cancelled()


@pytest.mark.timeout(20)
def test_a_failure_is_still_told() -> None:
    async def serve(stop: asyncio.Event) -> None:
        raise LookupError("no such thing")

    with pytest.raises(LookupError, match="no such thing"):
        until_signalled(serve)
