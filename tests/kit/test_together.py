import asyncio
from collections.abc import Sequence

from streamspace.kit.together import Together


class Work:
    """Doubles numbers when it is let, refuses negative ones, and fails as a whole where a seven is among them."""

    def __init__(self, *, let: bool = True) -> None:
        self.goes: list[list[int]] = []
        self.begun, self.let = asyncio.Event(), asyncio.Event()
        if let:
            self.let.set()

    async def double(self, numbers: Sequence[int]) -> list[int | Exception]:
        self.goes.append(list(numbers))
        self.begun.set()
        await self.let.wait()
        if 7 in numbers:
            raise ConnectionError("seven")
        return [ValueError(number) if number < 0 else number * 2 for number in numbers]


async def all_of(together: Together[int, int], *numbers: int) -> list[int | BaseException]:
    return await asyncio.gather(*(together.ask(number) for number in numbers), return_exceptions=True)


async def test_one_that_asks_alone_is_answered_alone() -> None:
    work = Work()
    together = Together(work.double, 10)
    assert [await together.ask(1), await together.ask(2)] == [2, 4]
    assert work.goes == [[1], [2]]


async def test_those_that_come_meanwhile_share_the_next_goes() -> None:
    work = Work(let=False)
    together = Together(work.double, 3)
    first = asyncio.create_task(together.ask(10))
    await work.begun.wait()
    others = asyncio.create_task(all_of(together, 1, 2, 3, 4, 5))
    await asyncio.sleep(0)
    work.let.set()
    assert (await first, await others) == (20, [2, 4, 6, 8, 10])
    assert work.goes == [[10], [1, 2, 3], [4, 5]]


async def test_a_refusal_is_told_to_the_one_it_concerns() -> None:
    answers = await all_of(Together(Work().double, 10), 1, -2, 3)
    assert (answers[0], repr(answers[1]), answers[2]) == (2, "ValueError(-2)", 6)


async def test_a_failure_of_the_whole_go_is_only_the_failure_of_who_causes_it() -> None:
    work = Work()
    answers = await all_of(Together(work.double, 10), 1, 7, 3)
    assert (answers[0], repr(answers[1]), answers[2]) == (2, "ConnectionError('seven')", 6)
    assert work.goes == [[1, 7, 3], [1], [7], [3]]


async def test_who_gives_up_before_its_turn_is_left_out() -> None:
    work = Work(let=False)
    together = Together(work.double, 10)
    first = asyncio.create_task(together.ask(1))
    await work.begun.wait()
    gone, stays = asyncio.create_task(together.ask(2)), asyncio.create_task(together.ask(3))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.sleep(0)
    work.let.set()
    assert (await first, await stays) == (2, 6)
    assert work.goes == [[1], [3]]


async def test_who_gives_up_later_takes_no_other_with_it() -> None:
    work = Work(let=False)
    together = Together(work.double, 10)
    gone, stays = asyncio.create_task(together.ask(1)), asyncio.create_task(together.ask(2))
    await work.begun.wait()
    gone.cancel()
    await asyncio.sleep(0)
    work.let.set()
    assert await stays == 4
    assert await together.ask(5) == 10
