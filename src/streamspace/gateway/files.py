"""A session's files: who may ask for what, under which policy, and what the control plane is told of it."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

import structlog

from streamspace.gateway import pages
from streamspace.gateway.heads import Head, Headers
from streamspace.gateway.pages import Problem, Refused
from streamspace.gateway.proxy import Broken
from streamspace.gateway.transfers import Asked, Transfer
from streamspace.protocol import tokens
from streamspace.protocol.files import FILES_PREFIX, LONGEST_PATH, FilesToken, audience_of
from streamspace.protocol.streams import StreamCookie

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from streamspace.gateway.gate import Gate

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 16
"""Requests under way per session."""
MOST_A_MINUTE = 1200
"""Requests per session; a list or a piece of an upload is one."""
LINK_SECONDS = 60.0
MOST_LINKS = 10_000
_PATH = re.compile(rb"/f/([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)/([a-z]+)(?:/([A-Za-z0-9_-]{1,64}))?")
_EITHER, _IN, _OUT = "either", "in", "out"
_OPERATIONS: dict[tuple[str, str], str] = {
    ("GET", "list"): _EITHER,
    ("GET", "content"): _OUT,
    ("HEAD", "content"): _OUT,
    ("GET", "archive"): _OUT,
    ("POST", "links"): _OUT,
    ("POST", "folders"): _IN,
    ("POST", "moves"): _IN,
    ("DELETE", "entries"): _IN,
    ("POST", "uploads"): _IN,
    ("GET", "uploads"): _IN,
    ("PATCH", "uploads"): _IN,
    ("DELETE", "uploads"): _IN,
}
"""What may be asked, and which way it goes."""
_ALLOWED = b"authorization, content-type, upload-offset, range, if-range"
_EXPOSED = b"etag, content-range, content-length, content-disposition, upload-offset, retry-after"


@dataclass(frozen=True, slots=True)
class Link:
    """An address by which a browser fetches one thing, once, without a token."""

    token: FilesToken
    name: str
    query: str
    until: float


class Files:
    """Everything below `/f/`."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._links: dict[str, Link] = {}
        self._under_way: Counter[str] = Counter()
        self._minute = 0
        self._asked: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        head = Head(scope["method"].encode(), scope["raw_path"], list(scope["headers"]))
        cors: Headers = [(b"vary", b"Origin")]
        try:
            cors += self._cors(head)
            if scope["method"] == "OPTIONS":
                await _answer(send, 204, [*cors, *_preflight()], b"")
                return
            await self._serve(head, cors, scope, receive, send)
        except Refused as refused:
            self._gate.refusals[refused.problem.code] += 1
            headers, body = pages.respond(refused, as_json=True, portal_origins=self._gate.settings.portal_origins)
            if refused.problem is pages.TOO_OFTEN:
                headers.append((b"retry-after", b"10"))
            body = b"" if scope["method"] == "HEAD" else body
            await _answer(send, refused.problem.status, [*headers, *cors], body)
        except Broken:
            # Leaving the answer unfinished makes uvicorn close the connection, which tells the client.
            log.info("file_answer_broken_off", path=scope["path"])

    def _cors(self, head: Head) -> Headers:
        """Let only the portal's pages read answers; a program that is no browser names no origin.

        Raises:
            Refused: another page asks, such as a session's, which lives on this gateway's own origin.
        """
        origins = head.all(b"origin")
        if not origins:
            return []
        if len(origins) > 1 or origins[0].decode("latin-1") not in self._gate.settings.portal_origins:
            raise Refused(pages.WRONG_ORIGIN)
        return [(b"access-control-allow-origin", origins[0]), (b"access-control-expose-headers", _EXPOSED)]

    async def _serve(self, head: Head, cors: Headers, scope: Scope, receive: Receive, send: Send) -> None:
        found = _PATH.fullmatch(head.target)
        if found is None:
            raise Refused(pages.NOT_FOUND)
        session_id, name, below = found[1].decode(), found[2].decode(), (found[3] or b"").decode()
        query = scope["query_string"].decode("latin-1")
        if (scope["method"], name) == ("GET", "once"):
            link = self._spend(below, session_id)
            token, asked = link.token, Asked("GET", link.name, "", link.query, by_link=True)
        else:
            way = _OPERATIONS.get((scope["method"], name))
            if way is None:
                raise Refused(pages.NOT_FOUND)
            token = self._admit(head, session_id)
            check_policy(token, way)
            asked = Asked(scope["method"], name, below, query)
        cookie = self._welcome(token)
        if asked.name == "links":
            self._count(session_id)
            await _answer(send, 201, [*cors, (b"content-type", b"application/json")], self._link(token, query))
            return
        await self._pass_on(cookie, token, asked, cors, scope, receive, send)

    def _admit(self, head: Head, session_id: str) -> FilesToken:
        scheme, _, text = head.one(b"authorization").decode("latin-1").partition(" ")
        try:
            token = tokens.verify(
                FilesToken,
                text if scheme.lower() == "bearer" else "",
                self._gate.settings.secret.get_secret_value(),
                self._gate.clock.now(),
            )
        except tokens.BadToken:
            raise Refused(pages.NO_TICKET) from None
        if token.session_id != session_id:
            raise Refused(pages.NO_TICKET)
        return token

    def _welcome(self, token: FilesToken) -> StreamCookie:
        """Return what this token is to the rest of the gateway, which cuts by it what is under way.

        Raises:
            Refused: it was revoked, or nothing may be opened now.
        """
        cookie = StreamCookie(
            exp=token.exp,
            granted=token.iat,
            session_id=token.session_id,
            agent_id=token.agent_id,
            user_id=token.user_id,
            login_id=token.login_id,
            org_id=token.org_id,
            connection_id=audience_of(token.org_id),
            role="controller",
        )
        if self._gate.revocations.refuses(cookie):
            raise Refused(pages.REVOKED)
        if not self._gate.may_open():
            raise Refused(pages.CONTROL_AWAY)
        return cookie

    async def _pass_on(
        self,
        cookie: StreamCookie,
        token: FilesToken,
        asked: Asked,
        cors: Headers,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        session_id = cookie.session_id
        self._count(session_id)
        self._under_way[session_id] += 1
        transfer = Transfer(self._gate, cookie, token, asked, cors, scope, receive, send)
        self._gate.streams.begin(transfer, cookie)
        try:
            await transfer.run()
        finally:
            transfer.report()
            self._gate.streams.end(transfer)
            self._under_way[session_id] -= 1
            if not self._under_way[session_id]:
                del self._under_way[session_id]

    def _count(self, session_id: str) -> None:
        if self._under_way[session_id] >= MOST_AT_ONCE:
            raise Refused(pages.BUSY)
        minute = int(asyncio.get_running_loop().time() // 60)
        if minute != self._minute:
            self._minute = minute
            self._asked.clear()
        self._asked[session_id] += 1
        if self._asked[session_id] > MOST_A_MINUTE:
            raise Refused(pages.TOO_OFTEN)

    # Links

    def _link(self, token: FilesToken, query: str) -> bytes:
        """Make an address for one download, in the form of the answer."""
        asked = dict(parse_qsl(query, keep_blank_values=True))
        name = "archive" if asked.get("archive") in {"1", "true"} else "content"
        if len(asked.get("path", "")) > LONGEST_PATH:
            raise Refused(pages.BAD_REQUEST)
        now = asyncio.get_running_loop().time()
        while self._links and (next(iter(self._links.values())).until <= now or len(self._links) >= MOST_LINKS):
            del self._links[next(iter(self._links))]
        secret = secrets.token_urlsafe(32)
        self._links[secret] = Link(token, name, urlencode({"path": asked.get("path", "")}), now + LINK_SECONDS)
        url = f"{self._gate.settings.public_url}{FILES_PREFIX}{token.session_id}/once/{secret}"
        return json.dumps({"url": url, "expiresIn": LINK_SECONDS}).encode()

    def _spend(self, secret: str, session_id: str) -> Link:
        link = self._links.pop(secret, None)
        if link is None or link.token.session_id != session_id or link.until <= asyncio.get_running_loop().time():
            raise Refused(pages.TICKET_REFUSED)
        return link


def check_policy(token: FilesToken, way: str) -> None:
    """Refuse what the policy in the token forbids.

    Raises:
        Refused: it does, and says which way.
    """
    problem: Problem | None = None
    if not token.upload and not token.download:
        problem = pages.NEITHER_WAY
    elif way == _OUT and not token.download:
        problem = pages.NO_DOWNLOADS
    elif way == _IN and not token.upload:
        problem = pages.NO_UPLOADS
    if problem is not None:
        raise Refused(problem)


def _preflight() -> Headers:
    return [
        (b"access-control-allow-methods", b"GET, HEAD, POST, PATCH, DELETE"),
        (b"access-control-allow-headers", _ALLOWED),
        (b"access-control-max-age", b"600"),
    ]


async def _answer(send: Send, status: int, headers: Headers, body: bytes) -> None:
    kept = [pair for pair in headers if pair[0] != b"content-length"]
    if status != 204:  # noqa: PLR2004 - no content
        kept += [(b"content-length", b"%d" % len(body)), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": kept})
    await send({"type": "http.response.body", "body": body})
