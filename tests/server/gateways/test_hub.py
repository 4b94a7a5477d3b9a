"""What gateways are told, and how little one that does not listen matters to anybody else."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from streamspace import protocol
from streamspace.protocol import control, tokens
from streamspace.protocol.links import LinkMessage, wrap
from streamspace.protocol.streams import GATEWAY_LINK_PATH, GatewayHello
from streamspace.server.core.events import Published
from streamspace.server.gateways import service
from streamspace.server.gateways.events import StreamsRevoked
from streamspace.server.gateways.hub import REPLACED, TOO_SLOW, GatewayLink
from streamspace.server.gateways.models import Gateway
from tests.server.conftest import SECRETS, Served

AT_ONCE = 1.0
ADDRESS = "http://127.0.0.1:1"
Dial = Callable[[str], Awaitable[ClientConnection]]


@pytest.fixture
async def dial(served: Served) -> AsyncIterator[Dial]:
    async with contextlib.AsyncExitStack() as stack:

        async def dial(name: str) -> ClientConnection:
            token = tokens.mint_gateway_token(name, SECRETS["gateway_secret"], datetime.now(UTC))
            plain = socket.socket()
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)  # else the kernel takes 30 MB by itself
            plain.connect(("127.0.0.1", urlsplit(served.url).port))
            plain.setblocking(False)
            link = connect(
                served.url.replace("http", "ws", 1) + GATEWAY_LINK_PATH,
                additional_headers={"Authorization": f"Bearer {token}"},
                compression=None,
                sock=plain,
                proxy=None,
                max_size=None,
                max_queue=1,  # who does not read has the other side wait soon
                close_timeout=0.2,
            )
            gateway = await stack.enter_async_context(link)
            hello = GatewayHello(version=protocol.VERSION, gateway_id=name, public_url=ADDRESS, agent_url=ADDRESS)
            await gateway.send(wrap(LinkMessage.HELLO, hello))
            return gateway

        yield dial


async def told(gateway: ClientConnection, subject: str) -> bool:
    """Read until this is revoked; say whether it was among what the greeting holds."""
    async with asyncio.timeout(AT_ONCE):
        async for text in gateway:
            message = control.unwrap(text)
            if message.type == LinkMessage.REVOKE and subject in [r["id"] for r in message.payload["revocations"]]:
                return bool(message.payload.get("complete"))
    raise AssertionError("The link ended before.")


async def greeted(gateway: ClientConnection) -> None:
    async with asyncio.timeout(5):
        async for text in gateway:
            if control.unwrap(text).type == LinkMessage.REVOKE:
                return


async def revoke(served: Served, subject: str) -> None:
    async with served.context.database.work() as uow:
        await service.revoke(uow, "user", subject)


async def tell_much(served: Served, times: int) -> None:
    """Revoke, as the relay does, more than what fits between two programs that do not read."""
    for number in range(times):
        payload = {"kind": "user", "subject": f"{number}-" + "x" * 100_000, "seconds": 0.0}
        async with asyncio.timeout(AT_ONCE):
            await served.context.bus.publish(Published(StreamsRevoked.name, None, datetime.now(UTC), payload))
        await asyncio.sleep(0)


async def online(served: Served, name: str) -> bool:
    async with served.context.database.work(write=False) as uow:
        found = await uow.db.get(Gateway, name)
        return found is not None and found.online


async def goes_offline(served: Served, name: str) -> None:
    async with asyncio.timeout(5):
        while await online(served, name):
            await asyncio.sleep(0.02)


class TestAGatewayThatStopsReading:
    @pytest.fixture(autouse=True)
    def _patience(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(GatewayLink, "PATIENCE", timedelta(seconds=0.5))

    async def test_delays_neither_another_gateway_nor_the_relay_and_is_cut(self, served: Served, dial: Dial) -> None:
        stuck, quick = await dial("stuck"), await dial("quick")
        await greeted(stuck)
        await greeted(quick)

        reading = asyncio.create_task(told(quick, "the-last"))
        await tell_much(served, 80)
        assert await online(served, "stuck")
        # Through the outbox, and so through the relay, while one gateway's buffers are full.
        await revoke(served, "the-last")
        await reading
        await goes_offline(served, "stuck")
        assert await online(served, "quick")

    async def test_is_told_everything_when_it_dials_again(self, served: Served, dial: Dial) -> None:
        stuck = await dial("stuck")
        await greeted(stuck)
        await tell_much(served, 80)
        await revoke(served, "missed")
        await goes_offline(served, "stuck")
        assert await told(await dial("stuck"), "missed")
        assert await online(served, "stuck")

    async def test_does_not_keep_its_successor_waiting(
        self, served: Served, dial: Dial, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(GatewayLink, "PATIENCE", timedelta(seconds=20))
        await greeted(await dial("gate"))
        await tell_much(served, 80)
        await revoke(served, "missed")
        async with asyncio.timeout(AT_ONCE):
            again = await dial("gate")
            await told(again, "missed")
        await revoke(served, "later")
        assert not await told(again, "later")

    async def test_is_cut_at_once_when_too_much_waits_for_it(
        self, served: Served, dial: Dial, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(GatewayLink, "MOST_WAITING", 3)
        slow = await dial("slow")
        await greeted(slow)
        for number in range(5):  # no turn for the link in between
            payload = {"kind": "user", "subject": str(number), "seconds": 0.0}
            await served.context.bus.publish(Published(StreamsRevoked.name, None, datetime.now(UTC), payload))
        async with asyncio.timeout(AT_ONCE):
            with contextlib.suppress(ConnectionClosed):
                while True:
                    assert control.unwrap(await slow.recv()).payload["revocations"] == []
        assert slow.close_code == TOO_SLOW


async def test_a_second_link_of_a_gateway_ends_the_first(served: Served, dial: Dial) -> None:
    first = await dial("gate")
    await greeted(first)
    second = await dial("gate")
    async with asyncio.timeout(AT_ONCE):
        with contextlib.suppress(ConnectionClosed):
            await first.recv()
    await greeted(second)
    assert first.close_code == REPLACED
    assert await online(served, "gate")


async def test_what_was_revoked_before_is_in_the_greeting_and_what_comes_is_told(served: Served, dial: Dial) -> None:
    await revoke(served, "before")
    gate = await dial("gate")
    assert await told(gate, "before")
    await revoke(served, "after")
    assert not await told(gate, "after")


async def test_a_gateway_that_leaves_is_offline(served: Served, dial: Dial) -> None:
    gate = await dial("gate")
    await greeted(gate)
    assert await online(served, "gate")
    await gate.close()
    await goes_offline(served, "gate")
