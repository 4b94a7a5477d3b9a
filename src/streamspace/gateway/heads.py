"""Heads of requests and answers on their way between a browser and a session. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote_plus, unquote_plus, urlsplit, urlunsplit

from streamspace.gateway import pages
from streamspace.gateway.pages import Refused

Headers = list[tuple[bytes, bytes]]

LARGEST_HEAD = 32 * 1024
_SHORTEST_SECRET = 8
"""Shorter values of the engine's parameters, such as `1`, are no secrets and stand in many headers."""

_HOP_BY_HOP = frozenset(
    b"connection keep-alive proxy-connection proxy-authenticate proxy-authorization te trailer "
    b"transfer-encoding upgrade http2-settings".split()
)
_SECRET = frozenset(b"cookie authorization x-api-key".split())
_REWRITTEN = frozenset(b"host origin referer".split())
_ABOUT_THE_CLIENT = frozenset(b"forwarded via x-real-ip x-client-ip true-client-ip cf-connecting-ip expect".split())
_NOT_FOR_BROWSERS = frozenset(
    # The first ones would reach beyond the session's own path on the shared origin.
    b"set-cookie set-cookie2 service-worker-allowed clear-site-data strict-transport-security public-key-pins "
    b"alt-svc nel report-to reporting-endpoints origin-agent-cluster x-frame-options "
    b"access-control-allow-origin access-control-allow-credentials access-control-allow-headers "
    b"access-control-allow-methods access-control-expose-headers access-control-max-age "
    b"content-security-policy-report-only www-authenticate".split()
)


@dataclass(frozen=True, slots=True)
class Head:
    """A request's head."""

    method: bytes
    target: bytes
    headers: Headers

    def all(self, name: bytes) -> list[bytes]:
        """Return every value of a header."""
        return [value for key, value in self.headers if key == name]

    def one(self, name: bytes) -> bytes:
        """Return a header's first value, or nothing."""
        return next(iter(self.all(name)), b"")

    @property
    def path(self) -> bytes:
        """The target without its query."""
        return self.target.partition(b"?")[0]

    @property
    def query(self) -> bytes:
        """The target's query."""
        return self.target.partition(b"?")[2]


def parse_upgrade(raw: bytes) -> Head:
    """Read the head of an upgrade, up to its empty line.

    Raises:
        Refused: it is malformed, too large, or has a body, which would end up inside the stream.
    """
    if len(raw) > LARGEST_HEAD:
        raise Refused(pages.HEAD_TOO_LARGE)
    first, *rest = raw.removesuffix(b"\r\n\r\n").split(b"\r\n")
    parts = first.split(b" ")
    if len(parts) != 3 or parts[0] != b"GET" or parts[2] != b"HTTP/1.1":  # noqa: PLR2004
        raise Refused(pages.BAD_REQUEST)
    headers: Headers = []
    for line in rest:
        key, colon, value = line.partition(b":")
        if not colon or not key or key != key.strip():
            raise Refused(pages.BAD_REQUEST)
        headers.append((key.lower(), value.strip()))
    head = Head(parts[0], parts[1], headers)
    if head.all(b"transfer-encoding") or any(length != b"0" for length in head.all(b"content-length")):
        raise Refused(pages.BAD_REQUEST)
    return head


def check_origin(headers: Headers, origin: str, *, upgrade: bool, safe: bool) -> None:
    """Let only the session's own page act.

    Raises:
        Refused: another page, or for an upgrade nobody, says it sent this.
    """
    head = Head(b"", b"", headers)
    origins = head.all(b"origin")
    own = origins == [origin.encode()]
    if upgrade and not own:
        raise Refused(pages.WRONG_ORIGIN)
    if origins and not own:
        raise Refused(pages.WRONG_ORIGIN)
    elsewhere = head.one(b"sec-fetch-site") in (b"cross-site", b"same-site")
    # Following a link to a session is fine, and so is the portal's frame; loading parts of it is not.
    if elsewhere and not (safe and head.one(b"sec-fetch-mode") == b"navigate"):
        raise Refused(pages.WRONG_ORIGIN)


def with_query(query: bytes, extra: Mapping[str, str]) -> bytes:
    """Return the query with the engine's own parameters, which the browser cannot set."""
    kept = without_query(query, extra)
    added = [f"{quote_plus(key)}={quote_plus(value)}".encode() for key, value in extra.items()]
    return b"&".join([*([kept] if kept else []), *added])


def without_query(query: bytes, names: Iterable[str]) -> bytes:
    """Return the query without these parameters."""
    hidden = set(names)
    if not hidden:
        return query
    pairs = [pair for pair in query.split(b"&") if pair]
    return b"&".join(pair for pair in pairs if _name(pair) not in hidden)


def _name(pair: bytes) -> str:
    return unquote_plus(pair.partition(b"=")[0].decode("latin-1"))


def to_session(headers: Headers, origin: str) -> Headers:
    """Return the headers a session may see: nothing that proves who the person is, and its origin as its own."""
    dropped = set(_HOP_BY_HOP)
    for key, value in headers:
        if key == b"connection":
            dropped.update(token.strip().lower() for token in value.split(b","))
    # A client must not have headers removed that the session's framing or routing stands on.
    dropped -= {b"content-length", b"content-type", b"sec-websocket-key", b"sec-websocket-version"}
    host = urlsplit(origin).netloc.encode()
    kept: Headers = [(b"host", host)]
    for key, value in headers:
        if (
            key in dropped
            or key in _SECRET
            or key in _ABOUT_THE_CLIENT
            or key.startswith((b"x-forwarded", b"x-streamspace"))
        ):
            continue
        if key == b"origin":
            kept.append((key, origin.encode()))
        elif key == b"referer":
            kept += _referer(value, origin)
        elif key not in _REWRITTEN:
            kept.append((key, value))
    return kept


def _referer(value: bytes, origin: str) -> Headers:
    try:
        parts = urlsplit(value.decode("ascii"))
    except ValueError:
        return []
    if f"{parts.scheme}://{parts.netloc}" != origin:
        return []
    # Its query could hold a ticket.
    return [(b"referer", urlunsplit((parts.scheme, parts.netloc, parts.path, "", "")).encode())]


def to_browser(headers: Headers, portal_origins: tuple[str, ...], hidden: Mapping[str, str]) -> Headers:
    """Return the answer's headers a browser may see.

    `hidden` are the engine's parameters: a redirect loses them, any other header that repeats one is dropped.
    """
    written = {form for value in hidden.values() for form in (value, quote_plus(value))}
    secrets = [form.encode() for form in written if len(form) >= _SHORTEST_SECRET]
    dropped = set(_HOP_BY_HOP)
    for key, value in headers:
        if key == b"connection":
            dropped.update(token.strip().lower() for token in value.split(b","))
    dropped.discard(b"content-length")
    kept: Headers = []
    for key, value in headers:
        text = value
        if key in dropped or key in _NOT_FOR_BROWSERS or key in (b"referrer-policy", b"x-content-type-options"):
            continue
        if key in (b"location", b"content-location"):
            text = _without_secrets(value, hidden)
        elif key == b"content-security-policy":
            text = _without_frame_ancestors(value)
        if text and not any(secret in text for secret in secrets):
            kept.append((key, text))
    names = {key for key, _ in kept}
    if b"cache-control" not in names:
        kept.append((b"cache-control", b"private"))
    kept += [
        # A session's page may frame its own parts, such as a file list; every frame around counts.
        (b"content-security-policy", pages.frame_policy(("'self'", *portal_origins)).encode()),
        (b"referrer-policy", b"same-origin"),
        (b"x-content-type-options", b"nosniff"),
        (b"cross-origin-resource-policy", b"same-origin"),
    ]
    return kept


def _without_secrets(value: bytes, hidden: Mapping[str, str]) -> bytes:
    path, mark, rest = value.partition(b"?")
    if not mark:
        return value
    query, hash_, fragment = rest.partition(b"#")
    left = without_query(query, hidden)
    return path + (b"?" + left if left else b"") + hash_ + fragment


def _without_frame_ancestors(value: bytes) -> bytes:
    directives = [part.strip() for part in value.split(b";")]
    return b"; ".join(part for part in directives if part and not part.lower().startswith(b"frame-ancestors"))


def upgrade_request(head: Head, origin: str, extra: Mapping[str, str], more: Headers | None = None) -> bytes:
    """Write the head that asks the session for the stream, with headers that only its protocol lets through."""
    query = with_query(head.query, extra)
    target = head.path + (b"?" + query if query else b"")
    lines = [b"GET %s HTTP/1.1\r\n" % target, b"connection: Upgrade\r\nupgrade: websocket\r\n"]
    lines += [b"%s: %s\r\n" % pair for pair in (*to_session(head.headers, origin), *(more or ()))]
    return b"".join([*lines, b"\r\n"])


def without_extensions(head: Head) -> Head:
    """Return the head of an upgrade whose messages must be readable: nothing compresses them."""
    kept = [(key, value) for key, value in head.headers if key != b"sec-websocket-extensions"]
    return Head(head.method, head.target, kept)


_OF_AN_UPGRADE = (b"sec-websocket-accept", b"sec-websocket-protocol", b"sec-websocket-extensions")


def upgrade_answer(raw: bytes) -> bytes:
    """Return the 101 for the browser, with nothing in it that is not the WebSocket's.

    Raises:
        Refused: the session answered something else, so nothing may be spliced.
    """
    first, *rest = raw.removesuffix(b"\r\n\r\n").split(b"\r\n")
    if first.split(b" ")[:2] != [b"HTTP/1.1", b"101"]:
        status = first[9:12].decode("ascii", "replace")
        raise Refused(pages.REFUSED_UPGRADE, f"It answered {status}." if status.isdigit() else "")
    lines = [b"HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"]
    for line in rest:
        key, _, value = line.partition(b":")
        if key.lower() in _OF_AN_UPGRADE:
            lines.append(b"%s: %s\r\n" % (key.lower(), value.strip()))
    return b"".join([*lines, b"\r\n"])
