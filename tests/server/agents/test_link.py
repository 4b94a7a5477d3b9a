"""A channel whose agent takes nothing: it holds up nobody, and ends when it must."""

import asyncio
from datetime import timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from fastapi import WebSocketDisconnect

from streamspace.protocol import control
from streamspace.protocol.control import REFUSED, TOO_SLOW, MessageType
from streamspace.server.agents.link import AgentLink

STREAMS = control.Streams(gateways=[control.Gateway(gateway_id="g", url="ws://127.0.0.1", token="t")])


class Socket:
    """Takes the first message, and then no more unless it is told to."""

    def __init__(self, *, takes: int) -> None:
        self.takes = takes
        self.taken: list[str] = []
        self.left, self.stuck = asyncio.Event(), asyncio.Event()
        self.closed: tuple[int, str] | None = None

    async def send_text(self, text: str) -> None:
        if len(self.taken) >= self.takes:
            self.stuck.set()
            await asyncio.Event().wait()
        self.taken.append(control.unwrap(text).type)

    async def receive(self) -> Any:
        await self.left.wait()
        raise WebSocketDisconnect(1006)

    async def close(self, code: int, reason: str) -> None:
        self.closed = code, reason


def link_of(socket: Socket) -> AgentLink:
    return AgentLink(Mock(), socket, "robot")  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AgentLink, "PATIENCE", timedelta(seconds=0.05))


async def test_an_agent_that_takes_nothing_more_is_sent_away_all_the_same() -> None:
    socket = Socket(takes=1)
    link = link_of(socket)
    link.tell(STREAMS)
    running = asyncio.create_task(link.run())
    async with asyncio.timeout(1):
        await socket.stuck.wait()
        link.end("revoked", REFUSED)
        await running
    assert socket.taken == [MessageType.HELLO]
    assert socket.closed == (REFUSED, "revoked")
    assert link.goodbye


async def test_an_agent_that_does_not_take_its_gateways_is_sent_away() -> None:
    socket = Socket(takes=1)
    link = link_of(socket)
    link.tell(STREAMS)
    async with asyncio.timeout(1):
        await link.run()
    assert socket.closed == (TOO_SLOW, "slow")


async def test_who_is_told_of_newer_gateways_first_is_not_told_of_older_ones() -> None:
    socket = Socket(takes=9)
    link = link_of(socket)
    link.tell(control.Streams(gateways=[]))
    link.tell_first(STREAMS)
    running = asyncio.create_task(link.run())
    async with asyncio.timeout(1):
        while len(socket.taken) < 2:
            await asyncio.sleep(0)
    assert link._gateways == control.Streams(gateways=[])
    socket.left.set()
    await running
    assert socket.taken == [MessageType.HELLO, MessageType.STREAMS]
    assert not link.goodbye
