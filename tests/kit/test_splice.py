from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from streamspace.kit.splice import Conn, ConnectionEnded, HeadTooLong, Splice


@dataclass
class Pair:
    """A spliced pair with its two outer ends."""

    left: socket.socket
    right: socket.socket
    splice: Splice
    closed: list[Splice]


@pytest.fixture
async def pair() -> AsyncIterator[Pair]:
    loop = asyncio.get_running_loop()
    left, a = socket.socketpair()
    b, right = socket.socketpair()
    for end in (left, right, a, b):
        end.setblocking(False)
    _, near = await loop.create_connection(Conn, sock=a)
    _, far = await loop.create_connection(Conn, sock=b)
    closed: list[Splice] = []
    splice = Splice(near.transport, far.transport, on_close=closed.append)
    splice.start(to_a=b"hello ", to_b=b"early ")
    yield Pair(left, right, splice, closed)
    splice.abort()
    left.close()
    right.close()
    await asyncio.sleep(0.01)


async def read(end: socket.socket, count: int) -> bytes:
    loop = asyncio.get_running_loop()
    got = b""
    while len(got) < count and (data := await asyncio.wait_for(loop.sock_recv(end, 1 << 20), 5)):
        got += data
    return got


async def test_what_was_read_before_comes_first(pair: Pair) -> None:
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(pair.left, b"one")
    await loop.sock_sendall(pair.right, b"two")
    assert await read(pair.right, 9) == b"early one"
    assert await read(pair.left, 9) == b"hello two"


async def test_a_slow_reader_holds_back_the_writer(pair: Pair) -> None:
    loop = asyncio.get_running_loop()
    sent = 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(0.5):
            while sent < 100_000_000:
                await loop.sock_sendall(pair.left, b"x" * 65536)
                sent += 65536
    assert sent < 4_000_000
    got = len(await read(pair.right, sent))
    assert got >= sent


async def test_half_closes_travel_and_both_ends_close_after_the_second(pair: Pair) -> None:
    loop = asyncio.get_running_loop()
    await read(pair.right, 6)
    await read(pair.left, 6)
    pair.left.shutdown(socket.SHUT_WR)
    assert await read(pair.right, 1) == b""
    await loop.sock_sendall(pair.right, b"last words")
    assert await read(pair.left, 10) == b"last words"
    assert pair.closed == []
    pair.right.shutdown(socket.SHUT_WR)
    assert await read(pair.left, 1) == b""
    await asyncio.sleep(0.05)
    assert pair.closed == [pair.splice]


async def test_an_abort_closes_both_once(pair: Pair) -> None:
    pair.splice.abort()
    pair.splice.abort()
    await asyncio.sleep(0.05)
    assert pair.closed == [pair.splice]


async def test_no_frame_of_ours_is_between_the_two(pair: Pair) -> None:
    one, two = pair.splice._ends
    assert one.data_received == two.transport.write
    assert two.data_received == one.transport.write


class TestConn:
    @pytest.fixture
    async def ends(self) -> AsyncIterator[tuple[Conn, socket.socket]]:
        a, b = socket.socketpair()
        a.setblocking(False)
        b.setblocking(False)
        _, conn = await asyncio.get_running_loop().create_connection(Conn, sock=a)
        yield conn, b
        conn.abort()
        b.close()
        await asyncio.sleep(0.01)

    async def test_a_head_in_pieces_leaves_what_follows(self, ends: tuple[Conn, socket.socket]) -> None:
        conn, far = ends
        reading = asyncio.create_task(conn.read_head(100))
        for piece in (b"HTTP/1.1 101 X\r", b"\nA: b\r\n\r", b"\nrest"):
            far.send(piece)
            await asyncio.sleep(0.01)
        assert await reading == b"HTTP/1.1 101 X\r\nA: b\r\n\r\n"
        assert conn.buffer == b"rest"

    async def test_an_endless_head_is_refused(self, ends: tuple[Conn, socket.socket]) -> None:
        conn, far = ends
        far.send(b"x" * 200)
        with pytest.raises(HeadTooLong):
            await conn.read_head(100)

    async def test_an_end_before_the_head_is_told(self, ends: tuple[Conn, socket.socket]) -> None:
        conn, far = ends
        far.close()
        with pytest.raises(ConnectionEnded):
            await conn.read_head(100)
        assert not conn.quiet

    async def test_a_conn_that_lost_its_peer_cannot_be_spliced(self, ends: tuple[Conn, socket.socket]) -> None:
        conn, far = ends
        far.close()
        await asyncio.sleep(0.05)
        a, b = socket.socketpair()
        a.setblocking(False)
        _, other = await asyncio.get_running_loop().create_connection(Conn, sock=a)
        with pytest.raises(ConnectionEnded):
            Splice(conn.transport, other.transport).start()
        assert other.transport.is_closing()
        b.close()
