"""Facts that were committed, and the bus that tells others of them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, ClassVar

import structlog

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happened. Subclasses are named in the past tense and carry JSON values only."""

    name: ClassVar[str]
    org_id: str | None = None
    """The tenant that may hear of it; None for the whole installation's administrators."""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def payload(self) -> dict[str, Any]:
        """Return the fields that travel, without the envelope's own."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in {"org_id", "at"}}


@dataclass(frozen=True, slots=True)
class Published:
    """An event as subscribers get it."""

    name: str
    org_id: str | None
    at: datetime
    payload: dict[str, Any]


Subscriber = Callable[[Published], Awaitable[None]]


class Bus:
    """Hands events to subscribers of this process, in order. A slow listener loses its place, not others' time."""

    BACKLOG = 1000

    def __init__(self) -> None:
        self._handlers: list[tuple[tuple[str, ...], Subscriber]] = []
        self._queues: set[asyncio.Queue[Published | None]] = set()

    def subscribe(self, handler: Subscriber, *names: str) -> None:
        """Call a handler for each event whose name starts with one of the names."""
        self._handlers.append((names, handler))

    async def publish(self, event: Published) -> None:
        """Deliver one event: to listeners at once, then to handlers, of which a failing one stops no other."""
        for queue in list(self._queues):
            if queue.qsize() >= self.BACKLOG:
                self._queues.discard(queue)
                _close(queue)
            else:
                queue.put_nowait(event)
        for names, handler in self._handlers:
            if event.name.startswith(names):
                try:
                    await handler(event)
                except Exception:
                    log.exception("event_handler_failed", event_name=event.name)

    @contextlib.contextmanager
    def listen(self) -> Iterator[AsyncIterator[Published]]:
        """Iterate over events from now on; the iteration ends when the listener falls too far behind."""
        queue: asyncio.Queue[Published | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield _drain(queue)
        finally:
            self._queues.discard(queue)


def _close(queue: asyncio.Queue[Published | None]) -> None:
    while not queue.empty():
        queue.get_nowait()
    queue.put_nowait(None)


async def _drain(queue: asyncio.Queue[Published | None]) -> AsyncIterator[Published]:
    while (event := await queue.get()) is not None:
        yield event
