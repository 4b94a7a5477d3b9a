"""An agent that accepts every command at once, and remembers when a session was up."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator

import httpx2
from websockets.asyncio.client import ClientConnection, connect

from streamspace.kit import ids
from streamspace.protocol import control

CAPACITY = {"maxSessions": 100_000, "cpu": "1000000", "memory": "1Pi"}


@contextlib.asynccontextmanager
async def working(url: str, token: str) -> AsyncIterator[list[str]]:
    """Have an agent at work; yields the commands it did."""
    key, done = ids.secret(), []
    async with httpx2.AsyncClient(base_url=url, timeout=20) as http:
        wanted = {"approve": True, "platform": "process"}
        made = await http.post("/api/v1/agents/join-tokens", json=wanted, headers={"Authorization": f"Bearer {token}"})
        body = {"agentId": "robot", "platform": "process", "capacity": CAPACITY}
        headers = {control.KEY_HEADER: key, control.JOIN_HEADER: made.json()["token"]}
        (await http.post(control.REGISTER_PATH, json=body, headers=headers)).raise_for_status()
    address = f"{url.replace('http', 'ws', 1)}{control.CONNECT_PATH}?agent_id=robot"
    async with connect(address, additional_headers={control.KEY_HEADER: key}, compression=None, proxy=None) as socket:
        await socket.recv()
        await _say(socket, "hello", {"version": 1})
        work = asyncio.create_task(_work(socket, done))
        try:
            yield done
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


async def _work(socket: ClientConnection, done: list[str]) -> None:
    async for text in socket:
        message = json.loads(text)
        if message["type"] == "command":
            command = message["payload"]["commandId"]
            await _say(socket, "ack", {"commandId": command})
            await _say(socket, "complete", {"commandId": command})
            done.append(command)


async def _say(socket: ClientConnection, kind: str, payload: dict[str, object]) -> None:
    await socket.send(json.dumps({"type": kind, "payload": payload}))
