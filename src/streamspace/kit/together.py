"""Many small askings answered at once: what comes while one go is under way is done in the next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from streamspace.kit.tasks import Tasks

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Together(Generic[Asked, Answer]):
    """Gathers what several ask for at the same time; one that asks alone waits for nobody.

    `work` takes what was asked and returns, in the same order, an answer or an exception for each. If it raises
    itself, each is tried again alone, so that one never fails for another's sake. Who gives up before its turn is
    left out; who gives up later misses its answer, though the work was done.
    """

    def __init__(self, work: Callable[[Sequence[Asked]], Awaitable[Sequence[Answer | Exception]]], most: int) -> None:
        self._work = work
        self._most = most
        self._waiting: list[tuple[Asked, asyncio.Future[Answer]]] = []
        self._tasks = Tasks()
        self._busy = False

    async def ask(self, asked: Asked) -> Answer:
        """Return the answer to this one.

        Raises:
            what `work` returned or raised for it.
        """
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if not self._busy:
            self._busy = True
            self._tasks.spawn(self._run(), f"{self._work.__name__} together")
        return await answer

    async def _run(self) -> None:
        try:
            while self._waiting:
                go, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                if go := [one for one in go if not one[1].done()]:
                    await self._go(go)
        finally:
            self._busy = False

    async def _go(self, go: Sequence[tuple[Asked, asyncio.Future[Answer]]]) -> None:
        try:
            answers = await self._work([asked for asked, _ in go])
        except Exception as error:  # noqa: BLE001 - it is told to who asked
            if len(go) > 1:
                for one in go:
                    await self._go([one])
                return
            answers = [error]
        except BaseException:
            for _, future in go:
                future.cancel()
            raise
        for (_, future), answer in zip(go, answers, strict=True):
            if future.done():
                continue
            if isinstance(answer, Exception):
                future.set_exception(answer)
            else:
                future.set_result(answer)
