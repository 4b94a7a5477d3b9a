"""Who may use a session: single-use tickets, and the cookies they are swapped for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from streamspace.gateway import pages
from streamspace.gateway.pages import Refused
from streamspace.protocol import tokens
from streamspace.protocol.streams import COOKIE_SECONDS, SESSION_PREFIX, StreamCookie, Ticket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from streamspace.gateway.revocations import Revocations
    from streamspace.kit.clock import Clock

COOKIE_PREFIX = "streamspace_s_"
SESSION_PATH = re.compile(rb"/s/([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(/.*)?", re.DOTALL)
_MOST_TRIED = 4
_MOST_REMEMBERED = 200_000


def session_of(path: bytes) -> tuple[str, bytes] | None:
    """Return the session's id and the rest of the path, empty without its slash; None elsewhere."""
    found = SESSION_PATH.fullmatch(path)
    return None if found is None else (found[1].decode(), found[2] or b"")


class Tickets:
    """Lets in, or refuses with the reason."""

    def __init__(self, secret: str, clock: Clock, revocations: Revocations, may_open: Callable[[], bool]) -> None:
        self._secret = secret
        self._clock = clock
        self._revocations = revocations
        self._may_open = may_open
        self._used: dict[str, float] = {}

    def swap(self, token: str, session_id: str) -> StreamCookie:
        """Take a ticket, once, and return the cookie for it.

        Raises:
            Refused: it is not good for this session, was used, is over or revoked; or nothing may be opened now.
        """
        self._check_open()
        now = self._clock.now()
        try:
            ticket = tokens.verify(Ticket, token, self._secret, now)
        except tokens.BadToken:
            raise Refused(pages.TICKET_REFUSED) from None
        if ticket.session_id != session_id:
            raise Refused(pages.TICKET_REFUSED)
        cookie = StreamCookie(
            # Counted from the grant, so that no cookie outlives the memory of revocations.
            exp=ticket.iat + COOKIE_SECONDS,
            granted=ticket.iat,
            session_id=session_id,
            agent_id=ticket.agent_id,
            user_id=ticket.user_id,
            login_id=ticket.login_id,
            org_id=ticket.org_id,
            connection_id=ticket.connection_id,
            role=ticket.role,
            policy=ticket.policy,
        )
        if self._revocations.refuses(cookie):
            raise Refused(pages.REVOKED)
        self._use_once(ticket, now.timestamp())
        return cookie

    def admit(self, session_id: str, cookie_headers: Iterable[bytes]) -> StreamCookie:
        """Return the cookie that lets this request in.

        Raises:
            Refused: there is none, it was revoked, or nothing may be opened now.
        """
        cookie = self.identify(session_id, cookie_headers)
        self._check_open()
        return cookie

    def identify(self, session_id: str, cookie_headers: Iterable[bytes]) -> StreamCookie:
        """Return the cookie of a request that opens nothing.

        Raises:
            Refused: there is none, or it was revoked.
        """
        refused = Refused(pages.NO_TICKET)
        for value in _values(cookie_headers, f"{COOKIE_PREFIX}{session_id}")[:_MOST_TRIED]:
            try:
                cookie = tokens.verify(StreamCookie, value, self._secret, self._clock.now())
            except tokens.BadToken:
                continue
            if cookie.session_id != session_id:
                continue
            if self._revocations.refuses(cookie):
                refused = Refused(pages.REVOKED)
                continue
            return cookie
        raise refused

    def header(self, cookie: StreamCookie, *, secure: bool) -> bytes:
        """Return the `Set-Cookie` value."""
        value = tokens.mint(cookie, self._secret)
        lifetime = max(0, int(cookie.exp - self._clock.now().timestamp()))
        parts = [
            f"{COOKIE_PREFIX}{cookie.session_id}={value}",
            f"Path={SESSION_PREFIX}{cookie.session_id}/",
            f"Max-Age={lifetime}",
            "HttpOnly",
            "SameSite=Lax",
        ]
        return "; ".join([*parts, "Secure"] if secure else parts).encode()

    def _check_open(self) -> None:
        if not self._may_open():
            raise Refused(pages.CONTROL_AWAY)

    def _use_once(self, ticket: Ticket, now: float) -> None:
        if ticket.jti in self._used:
            raise Refused(pages.TICKET_REFUSED)
        if len(self._used) >= _MOST_REMEMBERED:
            self._used = {jti: exp for jti, exp in self._used.items() if exp > now}
        if len(self._used) >= _MOST_REMEMBERED:
            raise Refused(pages.BUSY)
        self._used[ticket.jti] = ticket.exp + tokens.LEEWAY_SECONDS
        # Insertion order is nearly order of expiry: dropping from the front keeps the memory small.
        while (first := next(iter(self._used))) != ticket.jti and self._used[first] <= now:
            del self._used[first]


def _values(cookie_headers: Iterable[bytes], name: str) -> list[str]:
    found = []
    for header in cookie_headers:
        for part in header.decode("latin-1").split(";"):
            key, _, value = part.strip().partition("=")
            if key == name:
                found.append(value.strip('"'))
    return found
