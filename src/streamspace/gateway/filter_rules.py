"""What a policy means for the engine's messages and requests.

Kinds are those of Selkies 2.1 (its `websockets_mode.py`, `input_handler.py` and page). A restricted stream carries
only what is named here: a changed engine invents no channel of its own under a new name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from streamspace.gateway import pages
from streamspace.gateway.filter import UNBOUNDED, Allows, Frames
from streamspace.gateway.pages import Refused
from streamspace.protocol.policies import Policy

if TYPE_CHECKING:
    from collections import Counter

    from streamspace.protocol.streams import Endpoint

LONGEST_INPUT = 32 * 1024
"""What a browser says without a clipboard: keys, pointer, its settings."""
LONGEST_TYPED = 256
"""Text in one message from an input method or a screen keyboard; more is a paste by another name."""
_WAYS: tuple[Literal["in"], Literal["out"]] = ("in", "out")
STREAM_PATH = re.compile(rb"/api/websockets/?")

_INPUT = frozenset(
    b"SETTINGS START_VIDEO STOP_VIDEO REQUEST_KEYFRAME CLIENT_FRAME_ACK DECODE_PACE LOST_FRAME START_AUDIO STOP_AUDIO "
    b"SET_NATIVE_CURSOR_RENDERING js kd ku kh kr m m2 sf sfe p vp vb ab r s pong _arg_fps _f _l _stats _stats_video "
    b"_stats_audio _rc _crf _ebc _pointer_echo".split()
)
_TYPED = b"co"
_PASTED = frozenset(b"cw cb cws cwd cwe cbs cbd cbe".split())
_ASKED_FOR = frozenset(b"cr REQUEST_CLIPBOARD".split())
_VOICE_AND_FACE = frozenset({0x02, 0x06})

_NEWS = frozenset(
    b"MODE AUTH_SUCCESS ROLE_UPDATE MK_ACCESS KILL CONNECTION CC_RATE RESUMED CAPTURE_DEMAND DISPLAY_OWNER "
    b"DISPLAY_CONFIG_UPDATE PIPELINE_RESETTING VIDEO_STARTED VIDEO_STOPPED AUDIO_STARTED AUDIO_STOPPED AUDIO_DISABLED "
    b"MICROPHONE_DISABLED WEBCAM_DISABLED WEBCAM_KEYFRAME cursor system".split()
)
_COPIED = frozenset(
    b"clipboard clipboard_binary clipboard_start clipboard_data clipboard_finish clipboard_reply "
    b"clipboard_secret".split()
)
_TOLD = frozenset(
    b"stream_info stream_stats stream_resolution display_settings server_settings server_apps pipeline_status".split()
)
"""Types of the messages that are JSON."""
_PRINTED = b"print_document"
_PICTURES_AND_SOUND = frozenset({0x01, 0x03, 0x04})
# 0x05, compressed text, is in neither list, nor is `_gz`, which asks for it: what it holds could not be seen.

_KIND = re.compile(rb"[A-Za-z0-9_]+")
_JSON = re.compile(rb'\{"type": "([a-z_]+)"')
_FILES = re.compile(rb"/(?:api/(?:upload|files|print)|files)(?:/.*)?", re.DOTALL)
_PAGE = re.compile(
    rb"/|/api/(?:status|health)|/(?:[\w-]+/)*[\w.-]+\.(?:html|js|css|json|svg|png|ico|wasm|woff2|webmanifest)"
)


def filters(policy: Policy, dropped: Counter[str]) -> tuple[Frames, Frames]:
    """Return what a restricted stream passes: from the browser, and to it. What vanishes is counted."""

    def counting(longest: Allows, way: str) -> Allows:
        def decide(text: bool, first: bytes) -> int:  # noqa: FBT001 - called by position
            most = longest(text, first)
            dropped[way] += most == 0
            return most

        return decide

    into, out = Inbound(policy), Outbound(policy)
    return Frames(counting(into.longest, "in"), masked=True), Frames(counting(out.longest, "out"), masked=False)


def restricts(policy: Policy | None) -> bool:
    """Say whether there is anything to look for."""
    if policy is None:
        return False
    closed = (policy.upload, policy.download, policy.microphone, policy.printing)
    return policy.clipboard not in (None, "both") or any(allowed is False for allowed in closed)


class Inbound:
    """What a browser may say."""

    def __init__(self, policy: Policy) -> None:
        self._paste = policy.clipboard_open("in")
        self._copy = policy.clipboard_open("out")
        self._microphone = policy.microphone is not False

    def longest(self, text: bool, first: bytes) -> int:  # noqa: FBT001 - called by position
        """Return how long a message that begins so may be; 0: not at all."""
        if not text:
            return UNBOUNDED if self._microphone and first[:1] and first[0] in _VOICE_AND_FACE else 0
        kind = _kind(first)
        if kind in _INPUT or (self._copy and kind in _ASKED_FOR):
            return LONGEST_INPUT
        if kind == _TYPED:
            return LONGEST_INPUT if self._paste else LONGEST_TYPED
        return UNBOUNDED if self._paste and kind in _PASTED else 0


class Outbound:
    """What a session may say."""

    def __init__(self, policy: Policy) -> None:
        self._copy = policy.clipboard_open("out")
        self._print = policy.printing is not False

    def longest(self, text: bool, first: bytes) -> int:  # noqa: FBT001 - called by position
        """Return how long a message that begins so may be; 0: not at all."""
        if not text:
            return UNBOUNDED if first[:1] and first[0] in _PICTURES_AND_SOUND else 0
        if found := _JSON.match(first):
            return UNBOUNDED if found[1] in _TOLD or (self._print and found[1] == _PRINTED) else 0
        kind = _kind(first)
        return UNBOUNDED if kind in _NEWS or (self._copy and kind in _COPIED) else 0


def _kind(first: bytes) -> bytes:
    """Return a message's first word, if a comma, a space or its end follows."""
    found = _KIND.match(first)
    if found is None or first[found.end() : found.end() + 1] not in (b"", b",", b" "):
        return b""
    return found[0]


def check_stream(policy: Policy | None, endpoint: Endpoint, rest: bytes) -> bool:
    """Say whether a stream must be filtered.

    Raises:
        Refused: the policy forbids something, and nobody could see whether this stream carries it.
    """
    if policy is None or not restricts(policy):
        return False
    if endpoint.protocol == "selkies":
        if STREAM_PATH.fullmatch(rest) is None:
            raise Refused(pages.POLICY)
        return True
    _check_opaque(policy, endpoint)
    return False


def check_request(policy: Policy | None, endpoint: Endpoint, method: str, rest: bytes) -> None:
    """Let through what the session's page needs.

    Raises:
        Refused: the engine's own ways for files, which nobody audits; or the policy restricts something, and this is
            none of the page's parts.
    """
    if endpoint.protocol != "selkies":
        if policy is not None:
            _check_opaque(policy, endpoint)
        return
    printing = rest.startswith(b"/api/print/") and (policy is None or policy.printing is not False)
    if _FILES.fullmatch(rest) and not (printing and method == "GET"):
        raise Refused(pages.POLICY)
    if restricts(policy) and not printing and (method not in ("GET", "HEAD") or _PAGE.fullmatch(rest) is None):
        raise Refused(pages.POLICY)


def _check_opaque(policy: Policy, endpoint: Endpoint) -> None:
    """Refuse where what must not cross could, in a language of the application's own.

    VNC carries no files, and its server keeps the clipboard to what was allowed when the session started.
    """
    files = endpoint.protocol != "vnc" and (policy.upload is False or policy.download is False)
    if files or any(
        not policy.clipboard_open(way) and Policy(clipboard=endpoint.clipboard).clipboard_open(way) for way in _WAYS
    ):
        raise Refused(pages.POLICY)


def permissions_policy(policy: Policy | None) -> bytes | None:
    """Return what a browser must not give to the session's page, as the header that says so."""
    if policy is None:
        return None
    denied = []
    if policy.microphone is False:
        denied += ["microphone", "camera", "display-capture"]
    if not policy.clipboard_open("in"):
        denied.append("clipboard-read")
    if not policy.clipboard_open("out"):
        denied.append("clipboard-write")
    return ", ".join(f"{name}=()" for name in denied).encode() or None
