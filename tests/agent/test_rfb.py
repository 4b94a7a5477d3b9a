from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamspace.agent.rfb import LONGEST_MESSAGE, Filter, NotUnderstood

HELLO = b"RFB 003.008\n\x01\x01"
PIXELS = bytes(20)
REQUEST = struct.pack(">BBHHHH", 3, 1, 0, 0, 800, 600)
CONTINUE = struct.pack(">BBHHHH", 150, 1, 0, 0, 800, 600)
FENCE = struct.pack(">BxxxIB", 248, 1, 3) + b"abc"
KEY = struct.pack(">BBxxI", 4, 1, ord("a"))
POINTER = struct.pack(">BBHH", 5, 1, 10, 10)
CUT = struct.pack(">Bxxxi", 6, 5) + b"hello"
EXTENDED_CUT = struct.pack(">Bxxxi", 6, -6) + bytes(6)
SIZE = struct.pack(">BxHHBx", 251, 800, 600, 1) + bytes(16)
QEMU_KEY = struct.pack(">BBHII", 255, 0, 1, ord("a"), 30)
POWER = struct.pack(">BxBB", 250, 1, 2)
WATCHING = [PIXELS, REQUEST, CONTINUE, FENCE]
ACTING = [KEY, POINTER, CUT, EXTENDED_CUT, SIZE, QEMU_KEY, POWER]


def encodings(*numbers: int) -> bytes:
    return struct.pack(f">BxH{len(numbers)}i", 2, len(numbers), *numbers)


def greeted(*, controls: bool) -> Filter:
    found = Filter(lambda: controls)
    assert found.take(HELLO) == HELLO
    return found


@pytest.mark.parametrize("message", ACTING)
def test_only_who_controls_acts(message: bytes) -> None:
    assert greeted(controls=True).take(message) == message
    assert greeted(controls=False).take(message) == b""


@pytest.mark.parametrize("message", [*WATCHING, encodings(7, -239)])
def test_who_watches_may_ask_for_pictures(message: bytes) -> None:
    assert greeted(controls=False).take(message) == message


@given(
    st.lists(st.sampled_from([*((one, True) for one in WATCHING), *((one, False) for one in ACTING)]), max_size=12),
    st.lists(st.integers(1, 30), min_size=1),
)
def test_the_cuts_between_what_comes_change_nothing(messages: list[tuple[bytes, bool]], cuts: list[int]) -> None:
    data = HELLO + b"".join(message for message, _ in messages)
    viewer, passed, at, turn = Filter(lambda: False), b"", 0, 0
    while at < len(data):
        piece = data[at : at + cuts[turn % len(cuts)]]
        at, turn = at + len(piece), turn + 1
        passed += viewer.take(piece)
    assert passed == HELLO + b"".join(message for message, harmless in messages if harmless)


def test_control_is_asked_for_each_message_anew() -> None:
    holders = iter([True, False, True])
    found = Filter(lambda: next(holders))
    found.take(HELLO)
    assert found.take(KEY + POINTER + CUT) == KEY + CUT


def test_nobody_sends_the_others_away() -> None:
    assert Filter(lambda: True).take(b"RFB 003.008\n\x01\x00") == HELLO


def test_longer_pointer_messages_are_never_agreed_on() -> None:
    assert greeted(controls=True).take(encodings(7, -316, -239)) == encodings(7, -239)


@pytest.mark.parametrize(
    "data",
    [
        b"RFB 003.003\n",
        b"GET / HTTP/1",
        b"RFB 003.008\n\x02",
        HELLO + b"\x07",
        HELLO + b"\xff\x01\x00\x00",
        HELLO + struct.pack(">Bxxxi", 6, LONGEST_MESSAGE),
        HELLO + struct.pack(">Bxxxi", 6, -(2**31)),
    ],
)
def test_what_is_not_understood_ends_it(data: bytes) -> None:
    with pytest.raises(NotUnderstood):
        Filter(lambda: True).take(data)
