"""Stands between agents and the control plane, and delivers messages late, twice, in another order, or hangs up."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import threading
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Self

_TEXT = 1
_SPARED = {"hello", "standby", "streams", "shutdown", "inventory"}
"""What opens or closes a channel, and what is said of everything at once, which means nothing out of its place."""


@dataclass
class Manners:
    """How the postman treats messages; each number is a probability."""

    late: float = 0.3
    twice: float = 0.2
    swapped: float = 0.2
    hang_up: float = 0.0
    longest_delay: float = 1.0


class Postman:
    """A proxy on a port of this machine: `with Postman(port) as postman: … postman.url`."""

    def __init__(self, port: int, manners: Manners) -> None:
        self._to = port
        self.manners = manners
        self.done: Counter[str] = Counter()
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ways: set[asyncio.StreamWriter] = set()
        self.url = ""

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def hang_up(self) -> None:
        """Break every connection that is open now."""

        def act() -> None:
            for writer in self._ways:
                writer.transport.abort()

        self._loop.call_soon_threadsafe(act)

    def _run(self) -> None:
        async def begin() -> None:
            server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
            self._server = server
            self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            self._ready.set()

        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(begin())
        self._loop.run_forever()
        self._loop.run_until_complete(self._end())
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        for writer in self._ways:
            writer.transport.abort()
        await asyncio.sleep(0.2)  # each way ends by itself

    async def _serve(self, agent: asyncio.StreamReader, to_agent: asyncio.StreamWriter) -> None:
        try:
            server, to_server = await asyncio.open_connection("127.0.0.1", self._to)
        except OSError:
            to_agent.transport.abort()
            return
        self._ways |= {to_agent, to_server}
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                head = await agent.readuntil(b"\r\n\r\n")
                to_server.write(head)
                channel = b"/agents/connect" in head.split(b"\r\n")[0]
                if channel:
                    to_agent.write(await server.readuntil(b"\r\n\r\n"))
                carry: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
                carry = self._messages if channel else _bytes
                await asyncio.wait(
                    {
                        asyncio.ensure_future(carry(agent, to_server)),
                        asyncio.ensure_future(carry(server, to_agent)),
                    },
                    return_when=asyncio.FIRST_COMPLETED if channel else asyncio.ALL_COMPLETED,
                )
        finally:
            for writer in (to_agent, to_server):
                writer.transport.abort()
                self._ways.discard(writer)

    async def _messages(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        later: set[asyncio.Task[None]] = set()
        waiting: list[bytes] = []
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                frame, kind = await _frame(reader)
                if kind is None or kind in _SPARED:
                    writer.write(frame)
                    continue
                if random.random() < self.manners.hang_up:
                    self.done["hung up"] += 1
                    return
                if random.random() < self.manners.twice:
                    self.done["twice"] += 1
                    later.add(asyncio.ensure_future(self._send(writer, frame)))
                if random.random() < self.manners.late:
                    self.done["late"] += 1
                    later.add(asyncio.ensure_future(self._send(writer, frame)))
                elif random.random() < self.manners.swapped and not waiting:
                    self.done["swapped"] += 1
                    waiting.append(frame)
                    later.add(asyncio.ensure_future(self._flush(writer, waiting)))
                else:
                    writer.write(frame)
                    writer.writelines(waiting)
                    waiting.clear()

    async def _send(self, writer: asyncio.StreamWriter, frame: bytes) -> None:
        await asyncio.sleep(random.uniform(0, self.manners.longest_delay))
        writer.write(frame)

    async def _flush(self, writer: asyncio.StreamWriter, waiting: list[bytes]) -> None:
        await asyncio.sleep(self.manners.longest_delay)
        writer.writelines(waiting)
        waiting.clear()


async def _bytes(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
        writer.write_eof()


async def _frame(reader: asyncio.StreamReader) -> tuple[bytes, str | None]:
    """Read one WebSocket frame; say which message of ours it is, if it is one."""
    head = await reader.readexactly(2)
    size, extra = head[1] & 127, b""
    if size >= 126:
        extra = await reader.readexactly(2 if size == 126 else 8)
        size = int.from_bytes(extra)
    mask = await reader.readexactly(4) if head[1] & 128 else b""
    body = await reader.readexactly(size)
    frame = head + extra + mask + body
    if head[0] != 0x80 | _TEXT:
        return frame, None
    if mask:
        key = (mask * (size // 4 + 1))[:size]
        body = (int.from_bytes(body) ^ int.from_bytes(key)).to_bytes(size)
    return frame, str(json.loads(body)["type"])
