"""What each policy lets through of what the engine says, is told and serves."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from streamspace.gateway import filter_rules as rules
from streamspace.gateway.filter_rules import Inbound, Outbound
from streamspace.gateway.pages import Refused
from streamspace.protocol.policies import Policy
from streamspace.protocol.streams import Endpoint

SELKIES, VNC, HTTP = (Endpoint(kind="unix", path="/x", protocol=name) for name in ("selkies", "vnc", "http"))
PASTES = [
    b"cw,aGk=",
    b"cb,image/png,aGk=",
    b"cws,1,2",
    b"cwd,1,aGk=",
    b"cwe,1",
    b"cbs,1,image/png,2",
    b"cbd,1,aGk=",
    b"cbe,1",
]
COPIES = [
    b"clipboard,aGk=",
    b"clipboard_binary,image/png,aGk=",
    b"clipboard_start,text/plain,2",
    b"clipboard_data,aGk=",
    b"clipboard_finish",
    b"clipboard_reply,cr",
    b"clipboard_secret",
]
KEYS = [b"kd,65", b"ku,65", b"kr", b"m,1,2,0,0", b"SETTINGS,{}", b"START_VIDEO", b"CLIENT_FRAME_ACK 12", b"co,end,a"]
SMUGGLED = [b"xx,aGk=", b"cmd,curl", b"_gz,1", b"", b"\x00", b"FILE_UPLOAD_START:a:1", b"kd" * 30, b"cw;aGk="]


def passes(message: bytes, *, text: bool = True, out: bool = False, **said: Any) -> bool:
    policy = Policy.model_validate(said)
    way = Outbound(policy) if out else Inbound(policy)
    return way.longest(text, message[:48]) >= max(len(message), 1)


class TestClipboard:
    @pytest.mark.parametrize(("clipboard", "pastes", "copies"), [
        ("off", False, False), ("in", True, False), ("out", False, True), ("both", True, True),
    ])  # fmt: skip
    def test_crosses_in_the_directions_that_are_open(self, clipboard: str, *, pastes: bool, copies: bool) -> None:
        assert {passes(message, clipboard=clipboard) for message in PASTES} == {pastes}
        assert {passes(message, clipboard=clipboard) for message in (b"cr", b"REQUEST_CLIPBOARD")} == {copies}
        assert {passes(message, out=True, clipboard=clipboard) for message in COPIES} == {copies}

    def test_text_from_a_screen_keyboard_is_typed_and_a_long_one_is_a_paste(self) -> None:
        assert passes(b"co,end,hello", clipboard="off")
        assert not passes(b"co,end," + b"x" * 1000, clipboard="off")
        assert passes(b"co,end," + b"x" * 1000, clipboard="in")


def test_keys_and_pictures_always_pass_and_what_nobody_knows_never() -> None:
    for message in KEYS:
        assert passes(message, clipboard="off")
    for message in SMUGGLED:
        assert not passes(message, microphone=False)
        assert not passes(message, out=True, microphone=False)
    for kind in range(256):
        assert passes(bytes([kind, 0]), text=False, out=True, clipboard="off") == (kind in {1, 3, 4})


def test_compressed_text_is_dropped_because_nobody_can_see_into_it() -> None:
    for out in (False, True):
        assert not passes(b"\x05\x1f\x8b", text=False, out=out, printing=False)


def test_voice_and_camera_pass_where_the_microphone_may() -> None:
    for kind in (b"\x02", b"\x06"):
        assert passes(kind + b"sound", text=False, clipboard="off")
        assert not passes(kind + b"sound", text=False, microphone=False)


def test_a_printed_document_is_announced_where_printing_is_allowed() -> None:
    announced = b'{"type": "print_document", "name": "a.pdf", "size_bytes": 1}'
    assert passes(announced, out=True, clipboard="off")
    assert not passes(announced, out=True, printing=False)
    assert not passes(b'{ "type": "print_document"}', out=True, printing=False)
    assert not passes(b'{"name": "a.pdf", "type": "print_document"}', out=True, clipboard="off")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({}, False),
        ({"clipboard": "both", "upload": True, "watermark": True, "maxUploadBytes": 1}, False),
        ({"clipboard": "in"}, True),
        ({"upload": False}, True),
        ({"download": False}, True),
        ({"microphone": False}, True),
        ({"printing": False}, True),
    ],
)
def test_only_what_restricts_a_stream_has_it_filtered(said: dict[str, Any], *, answer: bool) -> None:
    policy = Policy.model_validate(said)
    assert rules.restricts(policy) is answer
    assert rules.check_stream(policy, SELKIES, b"/api/websockets") is answer
    assert rules.check_stream(None, SELKIES, b"/api/websockets") is False


class TestOtherStreams:
    @pytest.mark.parametrize("rest", [b"/api/ws", b"/api/webrtc/signaling", b"/", b"/api/websockets/x"])
    def test_of_the_engine_are_refused_under_a_restriction(self, rest: bytes) -> None:
        with pytest.raises(Refused):
            rules.check_stream(Policy(printing=False), SELKIES, rest)
        assert rules.check_stream(None, SELKIES, rest) is False

    @pytest.mark.parametrize("endpoint", [VNC, HTTP], ids=["vnc", "http"])
    def test_that_nobody_can_read_are_refused_where_a_file_or_a_clipboard_could_cross(self, endpoint: Endpoint) -> None:
        files: list[dict[str, Any]] = [] if endpoint is VNC else [{"upload": False}, {"download": False}]
        for said in ({"clipboard": "in"}, *files):
            with pytest.raises(Refused):
                rules.check_stream(Policy.model_validate(said), endpoint, b"/websockify")
            with pytest.raises(Refused):
                rules.check_request(Policy.model_validate(said), endpoint, "GET", b"/")
        assert rules.check_stream(Policy(microphone=False), endpoint, b"/websockify") is False
        rules.check_request(Policy(microphone=False), endpoint, "POST", b"/api/files/x")


def refused(rest: bytes, method: str = "GET", policy: Policy | None = None) -> bool:
    try:
        rules.check_request(policy, SELKIES, method, rest)
    except Refused:
        return True
    return False


class TestRequests:
    def test_for_the_engines_own_file_transfers_are_always_refused(self) -> None:
        for rest in (b"/api/upload", b"/api/files/", b"/api/files/a/b.txt", b"/files/a"):
            assert refused(rest)
            assert refused(rest, "POST")
        assert not refused(b"/api/status")
        assert not refused(b"/anything", "POST")

    def test_for_printed_documents_pass_where_printing_is_allowed(self) -> None:
        assert not refused(b"/api/print/a.pdf")
        assert not refused(b"/api/print/a.pdf", policy=Policy(clipboard="off"))
        assert refused(b"/api/print/a.pdf", policy=Policy(printing=False))
        assert refused(b"/api/print/a.pdf", "POST")

    @pytest.mark.parametrize("said", [{"upload": False}, {"download": False}, {"clipboard": "out"}])
    def test_under_a_restriction_only_the_pages_parts_pass(self, said: dict[str, Any]) -> None:
        policy = Policy.model_validate(said)
        for rest in (
            b"/",
            b"/index.html",
            b"/assets/index-BpOBp7NB.js",
            b"/favicon.ico",
            b"/api/health",
            b"/jsdb/a/b.json",
        ):
            assert not refused(rest, policy=policy)
            assert not refused(rest, "HEAD", policy)
            assert refused(rest, "POST", policy)
        for rest in (
            b"/secret.pdf",
            b"/x",
            b"/api/recording",
            b"/api/screenshot",
            b"/api/tokens",
            b"/%61.js",
            b"/../a.js",
        ):
            assert refused(rest, policy=policy)


def test_the_browser_is_told_what_it_must_not_give_to_the_page() -> None:
    assert rules.permissions_policy(None) is None
    assert rules.permissions_policy(Policy(clipboard="both", upload=False)) is None
    assert rules.permissions_policy(Policy(clipboard="in")) == b"clipboard-write=()"
    said = rules.permissions_policy(Policy(clipboard="off", microphone=False))
    assert said == b"microphone=(), camera=(), display-capture=(), clipboard-read=(), clipboard-write=()"


def test_what_vanishes_is_counted() -> None:
    dropped: Counter[str] = Counter()
    into, out = rules.filters(Policy(clipboard="in"), dropped)
    out.feed(b"\x81\x0eclipboard,aGk=")
    out.feed(b"\x81\x02kr")
    into.feed(b"\x81\x87\0\0\0\0cw,aGk=")
    assert dropped == {"out": 2, "in": 0}


PAGE = importlib.util.find_spec("selkies")


@pytest.mark.skipif(PAGE is None, reason="the engine is not installed")
def test_every_kind_of_message_that_the_engines_page_knows_has_its_place() -> None:
    """A new version of the engine that says something new fails here, before it is lost under a restriction."""
    assert PAGE is not None
    assert PAGE.origin is not None
    core = next((Path(PAGE.origin).parent / "selkies_web/assets").glob("selkies-core-*.js")).read_text()
    # Names in the page that belong to its other transport, or to nothing that crosses.
    elsewhere = {b"HELLO", b"SESSION", b"SESSION_OK", b"ERROR", b"INPUT", b"LINK", b"VIDEO"}
    heard = {found.encode() for found in re.findall(r"\.startsWith\(`([A-Za-z_]{3,})[ ,]`\)", core)}
    heard |= {found.encode() for found in re.findall(r"\.data===`([A-Z_]{3,})`", core)}
    actions = {b"apps_installed", b"command_done", b"command_error", b"pointer", b"rumble"}  # inside `system`
    webrtc = {b"auth_success", b"capture_demand", b"mk_access", b"resolution", b"role_update", b"video_declined"}
    known_out = rules._NEWS | rules._COPIED | elsewhere | actions | webrtc
    assert heard - known_out == set()
    assert len(heard & rules._NEWS) > 10
    said = {found.encode() for found in re.findall(r"(?:send|Send\w*)\(`([A-Za-z_]+)[ ,`]", core)}
    known_in = rules._INPUT | rules._PASTED | rules._ASKED_FOR | {b"co", b"cmd", b"_gz"} | elsewhere
    assert said - known_in == set()
    assert len(said & rules._INPUT) > 15
