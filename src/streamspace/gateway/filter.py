"""Drops forbidden messages from one direction of a WebSocket, looking at heads of frames and first bytes only. No I/O.

A message is held back until its first bytes tell what it is, which takes a few dozen bytes; from then on its frames
pass, or vanish, as they come. Whatever RFC 6455 forbids ends the stream: a browser and an engine that read a malformed
frame differently could otherwise talk past us.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

PREFIX = 48
"""How much of a message tells what it is."""
UNBOUNDED = 1 << 63
_LONGEST_HEAD = 14
_LARGEST_CONTROL = 125
_MOST_HELD = 1024
"""A message's first bytes come in one frame or two; who sends hundreds of empty ones wants something else."""
_CONTINUATION, _TEXT, _BINARY = 0, 1, 2
_WHOLE_TEXT, _WHOLE_BINARY = 0x81, 0x82
_WHOLE = (_WHOLE_TEXT, _WHOLE_BINARY)
_ENOUGH = _LONGEST_HEAD + PREFIX
_OPCODES = frozenset({_CONTINUATION, _TEXT, _BINARY, 8, 9, 10})

Allows = Callable[[bool, bytes], int]
"""Asked once a message: whether it is text, and its first bytes; answers how long it may be, 0 if it may not be."""


class Malformed(ValueError):  # noqa: N818
    """The peer does not speak WebSocket as it promised."""


class _Fate(Enum):
    NONE = 0
    HELD = 1
    PASSES = 2
    VANISHES = 3


class Frames:
    """One direction of one stream. What `feed` returns may be sent on; it keeps no payload but first bytes."""

    __slots__ = (
        "_allows",
        "_control",
        "_fate",
        "_final",
        "_head",
        "_held",
        "_left",
        "_mask",
        "_masked",
        "_most",
        "_prefix",
        "_size",
        "_text",
    )

    def __init__(self, allows: Allows, *, masked: bool) -> None:
        """Begin with a new stream; `masked` says that a browser sends this, which must be masked, or else gets it."""
        self._allows = allows
        self._masked = masked
        self._head = b""
        self._left = 0
        self._control = False
        self._final = True
        self._text = False
        self._fate = _Fate.NONE
        self._size = 0
        self._most = 0
        self._mask = b""
        self._prefix = b""
        self._held = b""

    def feed(self, data: bytes) -> bytes:
        """Take what came and return what may go on.

        Raises:
            Malformed: nothing more may go on.
        """
        passed = _Passed(data)
        at, end = 0, len(data)
        while at < end:
            if self._left:
                at = self._payload(data, at, passed)
            else:
                at = self._whole(data, at, passed) or self._begin(data, at, passed)
        return passed.joined()

    @property
    def kept(self) -> int:
        """How many bytes are held back now."""
        return len(self._head) + len(self._held)

    def _whole(self, data: bytes, at: int, passed: _Passed) -> int:
        """Judge a message in one frame whose first bytes are here, as nearly all are, in one go; 0: it is another."""
        if len(data) - at < _ENOUGH or self._head or self._fate is not _Fate.NONE:
            return 0
        first, second = data[at], data[at + 1]
        length, head = second & 0x7F, 2
        if length == 126:  # noqa: PLR2004
            length, head = data[at + 2] << 8 | data[at + 3], 4
        # The longest, and whatever is wrong, takes the long way.
        odd = second & 0x7F == 127 or (head == 4 and length < 126)  # noqa: PLR2004
        if odd or first not in _WHOLE or (second > 0x7F) is not self._masked:  # noqa: PLR2004
            return 0
        begin = at + head + (4 if self._masked else 0)
        stop = begin + length
        kind = data[begin : min(stop, begin + PREFIX)]
        if self._masked:
            kind = _unmasked(kind, data[begin - 4 : begin])
        most = self._allows(first == _WHOLE_TEXT, kind)
        passes = most > 0 and length <= most
        end = min(stop, len(data))
        if passes:
            passed.extend(at, end)
        if stop > end:
            self._left = stop - end
            self._control, self._final = False, True
            self._fate = _Fate.PASSES if passes else _Fate.VANISHES
        return end

    def _begin(self, data: bytes, at: int, passed: _Passed) -> int:
        before = self._head
        head = before + data[at : at + _LONGEST_HEAD - len(before)]
        needed = self._needed(head)
        if len(head) < needed:
            self._head = head
            return len(data)
        self._head = b""
        head = head[:needed]
        at += needed - len(before)
        self._read(head)
        if not self._control and self._fate is _Fate.NONE:
            self._open(data, at)
        if self._control or self._fate is _Fate.PASSES:
            if before:
                passed.add(before)
            passed.extend(at - needed + len(before), at)
        elif self._fate is _Fate.HELD:
            self._hold(head)
        if not self._left:
            self._end_frame(passed)
        return at

    def _needed(self, head: bytes) -> int:
        if len(head) < 2:  # noqa: PLR2004
            return 2
        length = head[1] & 0x7F
        return 2 + (2 if length == 126 else 8 if length == 127 else 0) + (4 if head[1] & 0x80 else 0)  # noqa: PLR2004

    def _read(self, head: bytes) -> None:
        """Take in a frame's head; raises Malformed for what RFC 6455, sections 5.1 to 5.5, does not allow."""
        opcode, final = head[0] & 0x0F, bool(head[0] & 0x80)
        length = _length(head)
        if head[0] & 0x70 or opcode not in _OPCODES or bool(head[1] & 0x80) is not self._masked:
            raise Malformed
        self._left = length
        self._control = opcode > _BINARY
        if self._control:
            if not final or length > _LARGEST_CONTROL:
                raise Malformed
            return
        if (opcode == _CONTINUATION) is (self._fate is _Fate.NONE):
            raise Malformed
        self._mask = head[-4:] if self._masked else b""
        self._final = final
        if opcode != _CONTINUATION:
            self._text = opcode == _TEXT
            self._size = 0
        self._size += length
        if self._fate is _Fate.PASSES and self._size > self._most:
            raise Malformed

    def _open(self, data: bytes, at: int) -> None:
        """Decide at once where the first bytes are here, as they nearly always are."""
        known = min(self._left, PREFIX)
        if known == PREFIX or self._final:
            first = data[at : at + known]
            if len(first) == known:
                self._decide(_unmasked(first, self._mask))
                return
        self._fate = _Fate.HELD

    def _payload(self, data: bytes, at: int, passed: _Passed) -> int:
        stop = min(at + self._left, len(data))
        if self._control or self._fate is _Fate.PASSES:
            passed.extend(at, stop)
        elif self._fate is _Fate.HELD:
            stop = min(stop, at + PREFIX - len(self._prefix))
            piece = data[at:stop]
            self._prefix += _unmasked(piece, self._mask)
            # What comes next is masked from where this ends.
            turn = len(piece) % 4
            self._mask = self._mask[turn:] + self._mask[:turn]
            self._hold(piece)
        self._left -= stop - at
        if self._fate is _Fate.HELD and not self._control and len(self._prefix) == PREFIX:
            self._settle(passed)
        if not self._left:
            self._end_frame(passed)
        return stop

    def _end_frame(self, passed: _Passed) -> None:
        if self._control:
            self._control = False
        elif self._final:
            if self._fate is _Fate.HELD:
                self._settle(passed)
            self._fate = _Fate.NONE

    def _hold(self, piece: bytes) -> None:
        self._held += piece
        if len(self._held) > _MOST_HELD:
            raise Malformed

    def _settle(self, passed: _Passed) -> None:
        """Decide about what was held back, and let it go."""
        self._decide(self._prefix)
        if self._fate is _Fate.PASSES:
            passed.add(self._held)
        self._held = self._prefix = b""

    def _decide(self, first: bytes) -> None:
        self._most = self._allows(self._text, first)
        self._fate = _Fate.PASSES if self._most and self._size <= self._most else _Fate.VANISHES


class _Passed:
    """What of one chunk goes on; the chunk itself where all of it does."""

    __slots__ = ("_data", "_parts", "_start", "_stop")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._parts: list[bytes] = []
        self._start = self._stop = 0

    def extend(self, start: int, stop: int) -> None:
        """Let a part of the chunk go on."""
        if start != self._stop:
            self._flush()
            self._start = start
        self._stop = stop

    def add(self, piece: bytes) -> None:
        """Let something go on that came before."""
        self._flush()
        self._start = self._stop
        self._parts.append(piece)

    def joined(self) -> bytes:
        """Return all of it."""
        if not self._parts and self._start == 0 and self._stop == len(self._data):
            return self._data
        self._flush()
        return b"".join(self._parts)

    def _flush(self) -> None:
        if self._stop > self._start:
            self._parts.append(self._data[self._start : self._stop])
            self._start = self._stop


def _length(head: bytes) -> int:
    short = head[1] & 0x7F
    if short < 126:  # noqa: PLR2004
        return short
    wide = 2 if short == 126 else 8  # noqa: PLR2004
    length = int.from_bytes(head[2 : 2 + wide], "big")
    if length < (126 if wide == 2 else 1 << 16) or length >= UNBOUNDED:  # noqa: PLR2004
        raise Malformed
    return length


def _unmasked(piece: bytes, mask: bytes) -> bytes:
    if not mask or not piece:
        return piece
    key = (mask * (len(piece) // 4 + 1))[: len(piece)]
    return (int.from_bytes(piece, "big") ^ int.from_bytes(key, "big")).to_bytes(len(piece), "big")
