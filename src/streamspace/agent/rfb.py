"""What a browser says to a VNC server, cut into messages, so that somebody who only watches can only watch.

RFC 6143, section 7, and the extensions that noVNC speaks. Pure.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

VERSION = b"RFB 003.008\n"
SECURITY_NONE = b"\x01"
SHARED = b"\x01"
_HANDSHAKE = (VERSION, SECURITY_NONE)
LONGEST_MESSAGE = 4 * 1024**2
"""A clipboard's text is the only long one."""
_SET_ENCODINGS, _CUT_TEXT, _FENCE, _DESKTOP_SIZE, _QEMU = 2, 6, 248, 251, 255
_FIXED = {0: 20, 3: 10, 4: 8, 5: 6, 150: 10, 250: 4}
"""The length of each message that has only one."""
_WATCHING = frozenset({0, _SET_ENCODINGS, 3, 150, _FENCE})
"""How pictures are to come, and when: pixel format, encodings, requests, continuous updates, fences."""
_EXTENDED_MOUSE = -316
"""Would make some pointer messages longer; a server that never hears of it never uses it."""
_QEMU_KEY, _QEMU_KEY_LENGTH = 0, 12


class NotUnderstood(Exception):  # noqa: N818
    """The browser says what this version of the protocol does not know."""


class Filter:
    """Takes what a browser sends, in any pieces, and returns what of it may pass.

    Args:
        controls: asked for each message that would act; what is not allowed is left out.
    """

    def __init__(self, controls: Callable[[], bool]) -> None:
        self._controls = controls
        self._held = b""
        self._greetings = 0

    def take(self, data: bytes) -> bytes:
        """Return what may pass on.

        Raises:
            NotUnderstood: where a message ends cannot be told any more.
        """
        data = self._held + data if self._held else data
        at, passed = 0, []
        while True:
            length = self._length(data, at)
            if length is None or len(data) - at < length:
                break
            message = data[at : at + length]
            at += length
            if (allowed := self._allowed(message)) is not None:
                passed.append(allowed)
        self._held = data[at:]
        return b"".join(passed)

    def _length(self, data: bytes, at: int) -> int | None:
        """Return the length of the message that begins there, or None if that cannot be told yet."""
        if self._greetings < len(_HANDSHAKE):
            return len(_HANDSHAKE[self._greetings])
        if self._greetings == len(_HANDSHAKE):
            return len(SHARED)
        if at >= len(data):
            return None
        kind, left = data[at], len(data) - at
        if (fixed := _FIXED.get(kind)) is not None:
            return fixed
        length = _variable(kind, data, at, left)
        if length is not None and length > LONGEST_MESSAGE:
            raise NotUnderstood(f"a message of {length} bytes")
        return length

    def _allowed(self, message: bytes) -> bytes | None:
        if self._greetings < len(_HANDSHAKE):
            if message != _HANDSHAKE[self._greetings]:
                raise NotUnderstood("another version or another kind of log-in")
            self._greetings += 1
            return message
        if self._greetings == len(_HANDSHAKE):
            self._greetings += 1
            return SHARED  # nobody sends the others away
        if message[0] == _SET_ENCODINGS:
            return _without_extended_mouse(message)
        return message if message[0] in _WATCHING or self._controls() else None


def _variable(kind: int, data: bytes, at: int, left: int) -> int | None:
    if kind == _SET_ENCODINGS:
        return None if left < 4 else 4 + 4 * int(struct.unpack_from(">H", data, at + 2)[0])  # noqa: PLR2004
    if kind == _CUT_TEXT:
        # A negative length is that of the extended clipboard.
        return None if left < 8 else 8 + abs(int(struct.unpack_from(">i", data, at + 4)[0]))  # noqa: PLR2004
    if kind == _FENCE:
        return None if left < 9 else 9 + data[at + 8]  # noqa: PLR2004
    if kind == _DESKTOP_SIZE:
        return None if left < 8 else 8 + 16 * data[at + 6]  # noqa: PLR2004
    if kind == _QEMU:
        if left < 2:  # noqa: PLR2004
            return None
        if data[at + 1] == _QEMU_KEY:
            return _QEMU_KEY_LENGTH
    raise NotUnderstood(f"message {kind}")


def _without_extended_mouse(message: bytes) -> bytes:
    encodings = struct.unpack_from(f">{(len(message) - 4) // 4}i", message, 4)
    kept = [encoding for encoding in encodings if encoding != _EXTENDED_MOUSE]
    return struct.pack(f">BxH{len(kept)}i", _SET_ENCODINGS, len(kept), *kept)
