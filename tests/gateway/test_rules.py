"""The gateway's pure parts."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from streamspace.gateway import heads, pages
from streamspace.gateway.pages import Refused
from streamspace.gateway.revocations import Revocations
from streamspace.gateway.settings import GatewaySettings, origin_of
from streamspace.gateway.tickets import session_of
from streamspace.protocol.streams import COOKIE_SECONDS, Revocation, StreamCookie

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SECRET = "a secret that has more than 32 characters"


def cookie(granted: float, **changes: Any) -> StreamCookie:
    values: dict[str, Any] = {
        "exp": granted + 100,
        "granted": granted,
        "session_id": "s",
        "agent_id": "a",
        "user_id": "u",
        "login_id": "l",
        "connection_id": "c",
        "role": "viewer",
    }
    return StreamCookie(**{**values, **changes})


class TestRevocations:
    def test_what_was_granted_at_that_moment_or_before_is_refused(self) -> None:
        revoked = Revocations()
        at = NOW.timestamp()
        revoked.add([Revocation(kind="user", id="u", at=at)], NOW)
        assert revoked.refuses(cookie(at))
        assert revoked.refuses(cookie(at - 1))
        assert not revoked.refuses(cookie(at + 0.001))
        assert not revoked.refuses(cookie(at, user_id="another"))

    def test_an_older_one_does_not_undo_a_newer(self) -> None:
        revoked = Revocations()
        at = NOW.timestamp()
        revoked.add([Revocation(kind="session", id="s", at=at), Revocation(kind="session", id="s", at=at - 50)], NOW)
        assert revoked.refuses(cookie(at))

    def test_they_are_forgotten_when_no_cookie_can_be_older(self) -> None:
        revoked = Revocations()
        revoked.add([Revocation(kind="user", id="u", at=NOW.timestamp())], NOW)
        revoked.add([], NOW + timedelta(seconds=COOKIE_SECONDS + 299))
        assert revoked.at("user", "u") == NOW.timestamp()
        revoked.add([], NOW + timedelta(seconds=COOKIE_SECONDS + 301))
        assert revoked.at("user", "u") == float("-inf")

    def test_too_many_refuse_more_and_never_less(self) -> None:
        revoked = Revocations(most=10)
        at = NOW.timestamp()
        revoked.add([Revocation(kind="login", id=f"l{n}", at=at + n) for n in range(30)], NOW)
        assert len(revoked._at) <= 15
        assert all(revoked.refuses(cookie(at + n, login_id=f"l{n}")) for n in range(30))
        assert not revoked.refuses(cookie(at + 31, login_id="l1"))


class TestHeads:
    @pytest.mark.parametrize(
        "raw",
        [
            b"GET /s/a HTTP/1.0\r\n",
            b"POST /s/a HTTP/1.1\r\n",
            b"GET /s/a b HTTP/1.1\r\n",
            b"GET /s/a HTTP/1.1\r\nno colon",
            b"GET /s/a HTTP/1.1\r\nA : b",
            b"GET /s/a HTTP/1.1\r\nA: b\r\n folded: c",
            b"GET /s/a HTTP/1.1\r\nContent-Length: 1",
            b"GET /s/a HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 5",
            b"GET /s/a HTTP/1.1\r\nTransfer-Encoding: chunked",
            b"GET /s/a HTTP/1.1\r\nA: " + b"a" * 40_000,
        ],
    )
    def test_malformed_upgrades_are_refused(self, raw: bytes) -> None:
        with pytest.raises(Refused):
            heads.parse_upgrade(raw + b"\r\n\r\n")

    @given(st.binary(max_size=300))
    def test_no_bytes_break_the_parser(self, junk: bytes) -> None:
        with contextlib.suppress(Refused):
            head = heads.parse_upgrade(b"GET /s/a HTTP/1.1\r\n" + junk + b"\r\n\r\n")
            assert b"\r\n" not in b"".join(key + value for key, value in head.headers)

    @given(st.dictionaries(st.text("abt", min_size=1, max_size=3), st.text(max_size=20), max_size=4), st.binary())
    def test_the_browser_never_sets_the_engines_parameters(self, extra: dict[str, str], query: bytes) -> None:
        from urllib.parse import parse_qs

        merged = parse_qs(heads.with_query(query, extra).decode("latin-1"), keep_blank_values=True)
        for name, value in extra.items():
            assert merged[name] == [value]

    @pytest.mark.parametrize(
        ("answer", "refused"),
        [
            (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", False),
            (b"HTTP/1.1 200 OK\r\n\r\n", True),
            (b"HTTP/1.1 1010 X\r\n\r\n", True),
            (b"HTTP/1.0 101 X\r\n\r\n", True),
            (b"junk\r\n\r\n", True),
        ],
    )
    def test_only_a_101_is_spliced(self, answer: bytes, refused: bool) -> None:  # noqa: FBT001
        if refused:
            with pytest.raises(Refused):
                heads.upgrade_answer(answer)
        else:
            assert heads.upgrade_answer(answer).startswith(b"HTTP/1.1 101")

    def test_headers_named_in_connection_cannot_remove_the_framing(self) -> None:
        sent = [(b"connection", b"close, Content-Length, X-A"), (b"content-length", b"5"), (b"x-a", b"1")]
        kept = dict(heads.to_session(sent, "https://apps.example"))
        assert kept == {b"host": b"apps.example", b"content-length": b"5"}

    def test_a_header_that_repeats_the_engines_secret_is_dropped(self) -> None:
        sent = [(b"link", b"<x?token=0123+5678>"), (b"etag", b"1")]
        names = [key for key, _ in heads.to_browser(sent, (), {"token": "0123 5678"})]
        assert b"link" not in names
        assert b"etag" in names


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (b"/s/a-b-1/", ("a-b-1", b"/")),
        (b"/s/a-b-1", ("a-b-1", b"")),
        (b"/s/a/x/../y", ("a", b"/x/../y")),
        (b"/s/", None),
        (b"/s/A/", None),
        (b"/s/a%2f/", None),
        (b"/s//a/", None),
        (b"/s/../a/", None),
        (b"/s/" + b"a" * 64 + b"/", None),
        (b"http://x/s/a/", None),
    ],
)
def test_which_session_a_path_names(path: bytes, found: tuple[str, bytes] | None) -> None:
    assert session_of(path) == found


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://localhost:8001", "http://localhost:8001"),
        ("https://Apps.Example:443/", "https://apps.example"),
        ("http://[::1]:80/x", "http://[::1]"),
    ],
)
def test_origins_are_written_as_browsers_do(url: str, origin: str) -> None:
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    "wrong",
    [{"secret": "short"}, {"public_url": "ftp://x"}, {"public_url": "http://x/path"}, {"tls_cert": "/x"}, {"port": -1}],
)
def test_settings_that_cannot_work_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        GatewaySettings(**{"secret": SECRET, **wrong})


@pytest.mark.parametrize("problem", [value for value in vars(pages).values() if isinstance(value, pages.Problem)])
def test_every_problem_has_a_page_and_json(problem: pages.Problem) -> None:
    refused = Refused(problem, "<script>x</script>")
    headers, body = pages.respond(refused, as_json=False, portal_origins=("https://portal.example",))
    assert b"<script" not in body
    assert problem.advice.encode() in body.replace(b"&#x27;", b"'")
    assert b"light dark" in body
    assert b"frame-ancestors https://portal.example" in dict(headers)[b"content-security-policy"]
    raw = pages.raw(refused, as_json=True, portal_origins=())
    assert raw.startswith(b"HTTP/1.1 %d " % problem.status)
    assert b'"error": "%s"' % problem.code.encode() in raw
