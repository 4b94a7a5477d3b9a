"""One request for a session's files on its way to the file server inside, and what came of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote

import h11

from streamspace.gateway import pages
from streamspace.gateway.pages import Refused
from streamspace.gateway.proxy import Exchange
from streamspace.protocol.files import LIMIT_HEADER, LONGEST_PATH, FileMoved, FilesToken
from streamspace.protocol.streams import Endpoint, StreamCookie

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

    from streamspace.gateway.gate import Gate
    from streamspace.gateway.heads import Headers
    from streamspace.protocol.files import Direction

_TO_SESSION = frozenset({b"upload-offset", b"range", b"if-range"})
_TO_BROWSER = frozenset(
    {b"content-length", b"content-range", b"accept-ranges", b"etag", b"upload-offset", b"transfer-encoding"}
)
_BYTES = {"content": b"application/octet-stream", "archive": b"application/zip"}
_GOOD = frozenset({200, 206})
_NOWHERE = Endpoint(kind="unix")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the file server."""

    method: str
    name: str
    below: str
    query: str
    by_link: bool = False

    @property
    def path(self) -> str:
        """The file or folder it is about."""
        return dict(parse_qsl(self.query, keep_blank_values=True)).get("path", "")[:LONGEST_PATH]

    @property
    def uploads(self) -> bool:
        """Whether this may complete an upload."""
        return self.name == "uploads" and self.method in {"POST", "PATCH"}

    @property
    def takes_out(self) -> bool:
        """Whether bytes of files leave the session."""
        return self.method == "GET" and self.name in _BYTES


class Transfer(Exchange):
    """A request that was let in. Bytes pass in pieces; the slower side holds back the faster one."""

    def __init__(
        self,
        gate: Gate,
        cookie: StreamCookie,
        token: FilesToken,
        asked: Asked,
        cors: Headers,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        super().__init__(gate, cookie, scope, self._counted_receive, self._counted_send)
        self._token = token
        self._asked = asked
        self._cors = cors
        self._hear = receive
        self._say = send
        self._status = 0
        self._out = 0
        self._done: tuple[str, int] | None = None

    async def _counted_receive(self) -> Message:
        message = await self._hear()
        if message["type"] == "http.request" and self._asked.method == "PATCH":
            self._gate.moved.carried("uploaded", len(message.get("body", b"")))
        return message

    async def _counted_send(self, message: Message) -> None:
        if message["type"] == "http.response.body" and self._asked.takes_out and self._status in _GOOD:
            size = len(message.get("body", b""))
            self._out += size
            self._gate.moved.carried("downloaded", size)
        await self._say(message)

    async def _run(self) -> None:
        request, has_body = self._file_request()
        async with asyncio.timeout(self._gate.settings.open_timeout.total_seconds()):
            conn = self._conn = await self._gate.files(self._cookie)
        try:
            await self._exchange(conn, request, _NOWHERE, has_body=has_body)
        finally:
            conn.abort()

    def _file_request(self) -> tuple[h11.Request, bool]:
        asked, has_body = self._asked, self._asked.method == "PATCH"
        given = list(self._scope["headers"])
        headers = [(b"host", b"session"), (b"connection", b"close")]
        headers += [pair for pair in given if pair[0] in _TO_SESSION and not asked.by_link]
        if has_body:
            headers.append((b"content-length", self._length(given)))
        headers.append((LIMIT_HEADER.encode(), b"%d" % self._token.max_upload_bytes))
        target = (
            f"/{asked.name}" + (f"/{asked.below}" if asked.below else "") + (f"?{asked.query}" if asked.query else "")
        )
        try:
            return h11.Request(method=asked.method, target=target, headers=headers), has_body
        except h11.LocalProtocolError:
            raise Refused(pages.BAD_REQUEST) from None

    def _length(self, headers: Headers) -> bytes:
        lengths = [value for key, value in headers if key == b"content-length"]
        if len(lengths) != 1:
            raise Refused(pages.LENGTH_NEEDED)
        if int(lengths[0]) > self._token.max_upload_bytes:
            raise Refused(pages.TOO_LARGE)
        return lengths[0]

    def _headers(self, event: h11.Response, endpoint: Endpoint) -> Headers:
        """Say what it is in our own words: content is the session's, and this origin is not only its own."""
        del endpoint
        self._status = event.status_code
        said = {bytes(key): bytes(value) for key, value in event.headers}
        # The session's word on what came in counts only where something was sent to it.
        if self._asked.uploads and b"x-file-done" in said and said.get(b"x-file-size", b"").isdigit():
            path = unquote(said[b"x-file-done"].decode("latin-1"))[:LONGEST_PATH]
            self._done = path, int(said[b"x-file-size"])
        good = event.status_code in _GOOD
        kind = _BYTES.get(self._asked.name, b"application/json") if good else b"application/json"
        kept = [(key, value) for key, value in said.items() if key in _TO_BROWSER and key != b"transfer-encoding"]
        framing = pages.frame_policy(self._gate.settings.portal_origins)
        if kind in _BYTES.values():
            kept.append((b"content-disposition", _attachment(self._asked)))
        return [
            *kept,
            (b"content-type", kind),
            (b"cache-control", b"private, no-store"),
            # The portal fetches downloads in a frame, so that a refusal does not take its page away.
            (b"content-security-policy", f"sandbox; default-src 'none'; {framing}".encode()),
            (b"cross-origin-resource-policy", b"same-origin"),
            (b"referrer-policy", b"no-referrer"),
            (b"x-content-type-options", b"nosniff"),
            *self._cors,
        ]

    def report(self) -> None:
        """Have the control plane told what came of it, if it is worth telling."""
        good, asked = self._status in _GOOD, self._asked
        if self._done is not None:
            self._tell("uploaded", *self._done, complete=True)
        elif good and asked.takes_out:
            self._tell("downloaded", asked.path, self._out, complete=self._finished)
        elif good and (asked.method, asked.name) == ("DELETE", "entries"):
            self._tell("deleted", asked.path, 0, complete=True)

    def _tell(self, direction: Direction, path: str, size_bytes: int, *, complete: bool) -> None:
        token = self._token
        self._gate.moved.tell(
            FileMoved(
                session_id=token.session_id,
                org_id=token.org_id,
                user_id=token.user_id,
                username=token.username,
                login_id=token.login_id,
                by_key=token.by_key,
                ip=token.ip,
                direction=direction,
                path=path or "/",
                size_bytes=size_bytes,
                complete=complete,
                at=self._gate.clock.now(),
            )
        )


def _attachment(asked: Asked) -> bytes:
    name = asked.path.rstrip("/").rpartition("/")[2] or "Home"
    if asked.name == "archive":
        name += ".zip"
    plain = "".join(char if char.isascii() and char.isprintable() and char not in '"\\/%' else "_" for char in name)
    full: Any = quote(name, safe="", errors="replace")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{full}".encode()
