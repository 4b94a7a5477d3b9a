"""The frame filter: however frames are split, the same goes on; what is malformed ends the stream."""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streamspace.gateway.filter import PREFIX, UNBOUNDED, Frames, Malformed

TEXT, BINARY, CONTINUATION, PING = 1, 2, 0, 9
BAD = b"bad"


def no_bad(text: bool, first: bytes) -> int:  # noqa: FBT001
    """Forbid what begins with "bad", in text and in binary, and bound what begins with "short"."""
    del text
    return 0 if first.startswith(BAD) else 100 if first.startswith(b"short") else UNBOUNDED


def frame(opcode: int, payload: bytes = b"", *, final: bool = True, mask: bytes | None = None) -> bytes:
    """Write one frame as RFC 6455, section 5.2, says."""
    size = len(payload)
    bit = 0x80 if mask is not None else 0
    head = bytes([opcode | (0x80 if final else 0)])
    if size < 126:
        head += bytes([bit | size])
    elif size < 1 << 16:
        head += bytes([bit | 126]) + size.to_bytes(2, "big")
    else:
        head += bytes([bit | 127]) + size.to_bytes(8, "big")
    if mask is None:
        return head + payload
    return head + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))


def in_chunks(data: bytes, sizes: list[int]) -> list[bytes]:
    chunks = []
    for size in sizes:
        chunks.append(data[:size])
        data = data[size:]
    return [*chunks, data]


@dataclass(frozen=True)
class Message:
    """One message in fragments, with pings between them, and a mask for each frame."""

    opcode: int
    fragments: tuple[bytes, ...]
    pings: tuple[bool, ...]
    mask: bytes

    def written(self, *, masked: bool) -> bytes:
        data = b""
        mask = self.mask if masked else None
        last = len(self.fragments) - 1
        for at, fragment in enumerate(self.fragments):
            data += frame(self.opcode if at == 0 else CONTINUATION, fragment, final=at == last, mask=mask)
            if at < last and self.pings[at % len(self.pings)]:
                data += frame(PING, b"are you there", mask=mask)
        return data

    def read(self) -> bytes:
        return b"".join(self.fragments)


PAYLOADS = st.binary(max_size=200) | st.builds(lambda rest: BAD + rest, st.binary(max_size=200))


@st.composite
def messages(draw: st.DrawFn) -> Message:
    payload = draw(PAYLOADS)
    cuts = sorted(draw(st.lists(st.integers(0, len(payload)), max_size=4)))
    edges = [0, *cuts, len(payload)]
    fragments = tuple(payload[a:b] for a, b in itertools.pairwise(edges))
    pings = tuple(draw(st.lists(st.booleans(), min_size=1, max_size=4)))
    return Message(draw(st.sampled_from([TEXT, BINARY])), fragments, pings, draw(st.binary(min_size=4, max_size=4)))


def understood(data: bytes, *, masked: bool) -> list[bytes]:
    """Read whole messages, as a peer does that knows nothing of the filter."""
    found, open_message = [], b""
    while data:
        opcode, final = data[0] & 15, data[0] & 128
        size, at = data[1] & 127, 2
        if size == 126:
            size, at = int.from_bytes(data[2:4], "big"), 4
        mask = data[at : at + 4] if masked else bytes(4)
        at += 4 if masked else 0
        payload = bytes(byte ^ mask[n % 4] for n, byte in enumerate(data[at : at + size]))
        data = data[at + size :]
        if opcode == PING:
            continue
        open_message += payload
        if final:
            found.append(open_message)
            open_message = b""
    return found


@settings(max_examples=400, deadline=None)
@given(st.lists(messages(), max_size=6), st.lists(st.integers(0, 60), max_size=80), st.booleans())
def test_any_split_gives_what_the_whole_gives_and_that_is_what_is_allowed(
    sent: list[Message],
    sizes: list[int],
    masked: bool,  # noqa: FBT001
) -> None:
    data = b"".join(message.written(masked=masked) for message in sent)
    whole = Frames(no_bad, masked=masked).feed(data)
    frames = Frames(no_bad, masked=masked)
    split = b"".join(frames.feed(chunk) for chunk in in_chunks(data, sizes))
    assert split == whole
    assert frames.kept == 0
    assert understood(whole, masked=masked) == [m.read() for m in sent if not m.read().startswith(BAD)]


@settings(max_examples=200, deadline=None)
@given(messages(), st.booleans())
def test_byte_by_byte_it_keeps_no_more_than_heads_and_first_bytes(
    message: Message,
    masked: bool,  # noqa: FBT001
) -> None:
    frames = Frames(no_bad, masked=masked)
    kept = []
    for byte in message.written(masked=masked):
        frames.feed(bytes([byte]))
        kept.append(frames.kept)
    assert max(kept, default=0) <= PREFIX + 14 * (len(message.fragments) + 1)


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=300), st.lists(st.integers(0, 20), max_size=40), st.booleans())
def test_noise_ends_the_stream_at_the_same_byte_however_it_is_split(
    noise: bytes,
    sizes: list[int],
    masked: bool,  # noqa: FBT001
) -> None:
    def run(chunks: list[bytes]) -> bytes | None:
        frames = Frames(no_bad, masked=masked)
        try:
            return b"".join(frames.feed(chunk) for chunk in chunks)
        except Malformed:
            return None

    assert run(in_chunks(noise, sizes)) == run([noise])


def test_a_chunk_that_goes_on_whole_is_not_copied() -> None:
    data = frame(BINARY, os.urandom(70_000)) + frame(TEXT, b"good")
    assert Frames(no_bad, masked=False).feed(data) is data


def test_a_large_message_goes_on_as_it_comes() -> None:
    data = frame(BINARY, bytes(1 << 20))
    frames = Frames(no_bad, masked=False)
    assert len(frames.feed(data[:1000])) == 1000
    assert len(frames.feed(data[1000:500_000])) == 499_000
    assert frames.kept == 0


def test_a_large_message_vanishes_without_being_kept() -> None:
    data = frame(BINARY, BAD + bytes(1 << 20)) + frame(TEXT, b"next")
    frames = Frames(no_bad, masked=False)
    for at in range(0, len(data) - 6, 4096):
        assert frames.feed(data[at : min(at + 4096, len(data) - 6)]) == b""
        assert frames.kept < 100
    assert frames.feed(data[-6:]) == frame(TEXT, b"next")


def test_what_is_too_long_vanishes_or_where_that_shows_late_ends_the_stream() -> None:
    frames = Frames(no_bad, masked=False)
    assert frames.feed(frame(TEXT, b"short" + bytes(96))) == b""
    assert frames.feed(frame(TEXT, b"short" + bytes(95))) != b""
    frames.feed(frame(TEXT, b"short" + bytes(60), final=False))
    with pytest.raises(Malformed):
        frames.feed(frame(CONTINUATION, bytes(40)))


KEY = b"\1\2\3\4"


@pytest.mark.parametrize(
    "data",
    [
        frame(TEXT, b"compressed").replace(b"\x81", b"\xc1", 1),
        frame(3, b""),
        frame(11, b""),
        frame(TEXT, b"masked", mask=KEY),
        frame(CONTINUATION, b"of nothing"),
        frame(TEXT, b"one", final=False) + frame(TEXT, b"another"),
        frame(PING, b"", final=False),
        frame(PING, bytes(126)),
        b"\x81\x7e\x00\x05hello",
        b"\x81\x7f" + (65535).to_bytes(8, "big"),
        b"\x81\x7f" + (1 << 63).to_bytes(8, "big"),
        frame(TEXT, b"", final=False) + frame(CONTINUATION, b"", final=False) * 600,
    ],
    ids=[
        "a reserved bit",
        "a reserved message",
        "a reserved control",
        "masked by a server",
        "a continuation of nothing",
        "two messages at once",
        "a control in fragments",
        "a control too long",
        "a length in more bytes than it needs",
        "the same in eight",
        "a length below zero",
        "fragments without end",
    ],
)
def test_what_no_websocket_says_ends_the_stream(data: bytes) -> None:
    with pytest.raises(Malformed):
        Frames(no_bad, masked=False).feed(data)


def test_a_browser_that_does_not_mask_ends_the_stream() -> None:
    with pytest.raises(Malformed):
        Frames(no_bad, masked=True).feed(frame(TEXT, b"plain"))
