"""Sixteen clients with as little of their own as Python allows: raw HTTP/1.1 on kept connections."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Request:
    """What to send."""

    method: str
    path: str
    body: bytes = b""

    def raw(self, token: str) -> bytes:
        """Return it as it goes over the wire."""
        return (
            f"{self.method} {self.path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(self.body)}\r\n\r\n"
        ).encode() + self.body


@dataclass
class Measured:
    """What a run of requests took."""

    seconds: float = 0.0
    took: list[float] = field(default_factory=list)
    errors: dict[int, int] = field(default_factory=dict)

    def percentile(self, share: float) -> float:
        """Return the time in ms that so many of the requests stayed below."""
        ordered = sorted(self.took)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else float("nan")

    def out(self) -> dict[str, object]:
        """Return the figures of one line."""
        return {
            "perSecond": round(len(self.took) / self.seconds, 1),
            "p50": round(self.percentile(0.50), 2),
            "p95": round(self.percentile(0.95), 2),
            "p99": round(self.percentile(0.99), 2),
            "requests": len(self.took),
            "errors": self.errors,
        }


async def measure(
    port: int,
    token: str,
    request: Callable[[int], Request],
    *,
    clients: int,
    seconds: float,
    rate: float | None = None,
) -> Measured:
    """Send requests from so many clients for so long; each waits for its answer before the next.

    With a rate, so many requests a second leave in all, as long as the answers keep up.
    """
    result = Measured()
    counter = iter(range(10**9))
    started = time.perf_counter()
    end = started + seconds

    async def one(first: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        due = started + first
        while True:
            if rate is not None:
                await asyncio.sleep(due - time.perf_counter())
                due += clients / rate
            at = time.perf_counter()
            if at >= end:
                break
            writer.write(request(next(counter)).raw(token))
            status = await _answer(reader)
            if 200 <= status < 300:
                result.took.append(time.perf_counter() - at)
            else:
                result.errors[status] = result.errors.get(status, 0) + 1
        writer.close()

    await asyncio.gather(*(one(n / (rate or 1.0)) for n in range(clients)))
    result.seconds = time.perf_counter() - started
    return result


async def _answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    lowered = head.lower()
    at = lowered.find(b"content-length:")
    length = int(lowered[at + 15 : lowered.index(b"\r\n", at)])
    await reader.readexactly(length)
    return int(head[9:12])
