"""A WebSocket client that talks to an application without a network."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import FastAPI

PATIENCE = 5.0


class Ear:
    """One end of a socket."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.code: int | None = None
        self.reason = ""
        self.opened = asyncio.Event()
        self.said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.news = asyncio.Event()

    async def take(self, message: dict[str, Any]) -> None:
        """Receive what the application sends."""
        match message["type"]:
            case "websocket.accept":
                self.opened.set()
            case "websocket.send":
                self.heard.append(str(message.get("text") or message.get("bytes")))
            case "websocket.close":
                self.code, self.reason = message.get("code", 1000), message.get("reason") or ""
                self.opened.set()
        self.news.set()

    async def until(self, word: str) -> None:
        """Wait until a message with this word has come, or the socket has closed."""
        async with asyncio.timeout(PATIENCE):
            while self.code is None and not any(word in message for message in self.heard):
                self.news.clear()
                await self.news.wait()

    def messages(self) -> list[dict[str, Any]]:
        """Return all that came."""
        return [json.loads(message) for message in self.heard]


@contextlib.asynccontextmanager
async def listening(app: FastAPI, path: str, headers: dict[str, str], query: str = "") -> AsyncIterator[Ear]:
    """Open a socket; whoever is refused has its `code` set."""
    ear = Ear()
    scope = {
        "type": "websocket",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "ws",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(b"host", b"desk.test"), *((n.lower().encode(), v.encode()) for n, v in headers.items())],
        "client": ("192.0.2.1", 40000),
        "server": ("desk.test", 80),
        "subprotocols": [],
        "state": {},
        "extensions": {},
    }
    await ear.said.put({"type": "websocket.connect"})
    running = asyncio.create_task(app(scope, ear.said.get, ear.take))
    try:
        async with asyncio.timeout(PATIENCE):
            await ear.opened.wait()
        yield ear
    finally:
        await ear.said.put({"type": "websocket.disconnect", "code": 1000})
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await running
        running.cancel()
