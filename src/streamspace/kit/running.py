"""Runs a program in the foreground until Ctrl-C or SIGTERM asks it to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable

import uvloop

_TRIES = 10
_TRY_SECONDS = 0.5


def until_signalled(serve: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run `serve`, whose event is set when the program is asked to stop."""

    async def main() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        try:
            await serve(stop)
        finally:
            await _end_what_is_left()

    uvloop.run(main())


async def _end_what_is_left() -> None:
    """Cancel what still runs, again and again: aiosqlite, cancelled once, waits for a thread that may have ended."""
    for _ in range(_TRIES):
        left = asyncio.all_tasks() - {asyncio.current_task()}
        if not left:
            return
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=_TRY_SECONDS)
