"""An agent that does what a test says, and no more, over a real socket."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from streamspace.kit import ids
from streamspace.protocol import control
from streamspace.protocol.control import MessageType

PATIENCE = 5.0


class ScriptedAgent:
    """One connected agent. `take` waits for a message, `say` sends one."""

    def __init__(self, socket: ClientConnection, agent_id: str, key: str) -> None:
        self.socket = socket
        self.agent_id = agent_id
        self.key = key
        self.epoch = 0

    async def take(self, kind: str) -> dict[str, Any]:
        """Return the payload of the next message of a kind, passing over others."""
        async with asyncio.timeout(PATIENCE):
            while True:
                message = json.loads(await self.socket.recv())
                if message["type"] == kind:
                    payload: dict[str, Any] = message["payload"]
                    return payload

    async def command(self, action: str | None = None) -> dict[str, Any]:
        """Return the next command, which must be this one."""
        found = await self.take("command")
        assert action is None or found["action"] == action, found
        return found

    async def silence(self, seconds: float = 0.3) -> None:
        """Fail if a command comes within this time."""
        try:
            async with asyncio.timeout(seconds):
                found = await self.take("command")
        except TimeoutError:
            return
        raise AssertionError(f"a command came: {found}")

    async def say(self, kind: str, **payload: Any) -> None:
        """Send one message."""
        await self.socket.send(json.dumps({"type": kind, "payload": payload}))

    async def ack(self, command: dict[str, Any]) -> None:
        await self.say("ack", commandId=command["commandId"])

    async def complete(self, command: dict[str, Any], **result: Any) -> None:
        await self.say("complete", commandId=command["commandId"], result=result)

    async def fail(self, command: dict[str, Any], error: str, **more: Any) -> None:
        await self.say("failed", commandId=command["commandId"], error=error, **more)

    async def bring_up(self, command: dict[str, Any]) -> None:
        """Do a start or wake as a good agent does."""
        await self.ack(command)
        for phase in ("sandbox", "display", "engine", "application"):
            await self.say("status", sessionId=command["payload"]["sessionId"], state="starting", phase=phase)
        await self.complete(command)

    async def closed(self) -> tuple[int, str]:
        """Return with which code and reason the control plane closes the channel."""
        async with asyncio.timeout(PATIENCE):
            with contextlib.suppress(ConnectionClosed):
                while True:
                    await self.socket.recv()
        return self.socket.close_code or 0, self.socket.close_reason or ""


def registration(agent_id: str, platform: str = "process", **more: Any) -> dict[str, Any]:
    """Return the body of a registration."""
    capacity = {"maxSessions": 1000, "cpu": "64", "memory": "512Gi"}
    return {"agentId": agent_id, "platform": platform, "capacity": capacity, **more}


async def register(
    http: httpx2.AsyncClient, agent_id: str, key: str, join_token: str | None, **more: Any
) -> httpx2.Response:
    """Register as an agent does."""
    headers = {control.KEY_HEADER: key} | ({control.JOIN_HEADER: join_token} if join_token else {})
    return await http.post(control.REGISTER_PATH, json=registration(agent_id, **more), headers=headers)


async def join_token(admin: httpx2.AsyncClient, **wanted: Any) -> str:
    """Make a join token as an administrator."""
    answer = await admin.post("/api/v1/agents/join-tokens", json={"approve": True, **wanted})
    assert answer.status_code == 201, answer.text
    token: str = answer.json()["token"]
    return token


@asynccontextmanager
async def channel(
    url: str, agent_id: str, key: str, *, instance: str | None = None, hello: int | None = None
) -> AsyncIterator[ScriptedAgent]:
    """Open an agent's control channel, as a process of this name if it has one; say which version it speaks, if any."""
    address = f"{url.replace('http', 'ws', 1)}{control.CONNECT_PATH}?agent_id={agent_id}"
    headers = {control.KEY_HEADER: key} | ({control.INSTANCE_HEADER: instance} if instance else {})
    async with connect(address, additional_headers=headers, compression=None, proxy=None) as socket:
        agent = ScriptedAgent(socket, agent_id, key)
        if hello is not None:
            await agent.say(MessageType.HELLO, version=hello)
        yield agent


@asynccontextmanager
async def connected(
    admin: httpx2.AsyncClient,
    url: str,
    agent_id: str = "robot",
    *,
    key: str | None = None,
    instance: str | None = None,
    version: int = 1,
    abilities: tuple[str, ...] = ("logs",),
    **inventory: Any,
) -> AsyncIterator[ScriptedAgent]:
    """Register, connect, say hello and list what is held."""
    if key is None:
        key = ids.secret()
        answer = await register(admin, agent_id, key, await join_token(admin))
        assert answer.status_code == 201, answer.text
    async with channel(url, agent_id, key, instance=instance) as agent:
        agent.epoch = (await agent.take("hello"))["epoch"]
        await agent.say(MessageType.HELLO, version=version, software="0.0.0", abilities=list(abilities))
        await agent.say(MessageType.INVENTORY, sessions=[], **inventory)
        yield agent
