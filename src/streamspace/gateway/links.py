"""The agents' links: where a session answers, and connections that its agent dials back."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect

from streamspace.gateway import pages
from streamspace.gateway.pages import Refused
from streamspace.kit import ids
from streamspace.protocol import control, tokens
from streamspace.protocol.links import LinkMessage, wrap
from streamspace.protocol.streams import (
    FILES,
    STREAM,
    AgentToken,
    Dismiss,
    Endpoint,
    Gone,
    Open,
    OpenFailed,
    Resolve,
    Resolved,
    StreamCookie,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from streamspace.gateway.revocations import Revocations
    from streamspace.kit.clock import Clock
    from streamspace.kit.splice import Conn
    from streamspace.protocol.base import Wire

log = structlog.get_logger(__name__)

POLICY_VIOLATION = 1008
REPLACED = 4001
_MOST_ENDPOINTS = 10_000
_ERRORS = {
    "not_found": pages.NOT_FOUND,
    "not_running": pages.NOT_RUNNING,
    "not_ready": pages.NOT_RUNNING,
    "no_files": pages.NO_FILES,
}


@dataclass(slots=True)
class Known:
    """Where a connection finds its session, with the engine's token for it."""

    cookie: StreamCookie
    endpoint: Endpoint
    used_at: float


class AgentLink:
    """One agent's link while it lasts."""

    def __init__(self, agent_id: str, issued_at: float, socket: WebSocket) -> None:
        self.agent_id = agent_id
        self.issued_at = issued_at
        self._socket = socket
        self._resolving: dict[str, asyncio.Future[Resolved]] = {}
        self._known: dict[tuple[str, str], Known] = {}
        self._gone = False

    async def send(self, kind: LinkMessage, payload: Wire) -> None:
        """Send one message.

        Raises:
            Refused: the link broke.
        """
        try:
            await self._socket.send_text(wrap(kind, payload))
        except (RuntimeError, WebSocketDisconnect, OSError):
            raise Refused(pages.AGENT_AWAY) from None

    async def endpoint(self, cookie: StreamCookie) -> Endpoint:
        """Ask where a connection's session answers, or remember.

        Raises:
            Refused: the agent has no such session, it does not run, or the link broke.
        """
        now = asyncio.get_running_loop().time()
        key = (cookie.session_id, cookie.connection_id)
        if (known := self._known.get(key)) is not None and known.cookie.role == cookie.role:
            known.used_at = now
            return known.endpoint
        resolved = await self._resolve(cookie)
        if resolved.endpoint is None:
            raise Refused(_ERRORS.get(resolved.error or "", pages.UNREACHABLE))
        if len(self._known) >= _MOST_ENDPOINTS:
            self._known.clear()
        self._known[key] = Known(cookie, resolved.endpoint, now)
        return resolved.endpoint

    async def files(self, cookie: StreamCookie) -> Endpoint:
        """Ask where a session's files are served. That is not remembered: the next answer is as near as the request.

        Raises:
            Refused: the agent has no such session, it does not run, it has no files, or the link broke.
        """
        resolved = await self._resolve(cookie, FILES)
        if resolved.endpoint is None:
            raise Refused(_ERRORS.get(resolved.error or "", pages.UNREACHABLE))
        if resolved.service != FILES:
            raise Refused(pages.NO_FILES)  # an agent that did not understand the question
        return resolved.endpoint

    async def _resolve(self, cookie: StreamCookie, service: str = STREAM) -> Resolved:
        request_id = ids.uid()
        question = Resolve(
            request_id=request_id,
            session_id=cookie.session_id,
            role=cookie.role,
            connection_id=cookie.connection_id,
            service=service,
        )
        future: asyncio.Future[Resolved] = asyncio.get_running_loop().create_future()
        self._resolving[request_id] = future
        try:
            await self.send(LinkMessage.RESOLVE, question)
            return await future
        finally:
            self._resolving.pop(request_id, None)

    def resolved(self, answer: Resolved) -> None:
        """Take the answer to a question."""
        future = self._resolving.get(answer.request_id)
        if future is not None and not future.done():
            future.set_result(answer)

    def forget(self, session_id: str) -> None:
        """Ask again the next time."""
        for key in [key for key in self._known if key[0] == session_id]:
            del self._known[key]

    async def dismiss(self, wanted: Callable[[Known], bool]) -> None:
        """Have the agent take the tokens of these connections back."""
        for key, known in list(self._known.items()):
            if wanted(known) and self._known.pop(key, None) is not None:
                with contextlib.suppress(Refused):
                    await self.send(LinkMessage.DISMISS, Dismiss(session_id=key[0], connection_id=key[1]))

    async def receive(self) -> str:
        """Return the next message; an empty one is no message."""
        return await self._socket.receive_text()

    def broke(self) -> None:
        """Answer everybody who still waits."""
        for future in self._resolving.values():
            if not future.done():
                future.set_exception(Refused(pages.AGENT_AWAY))

    async def close(self, code: int, reason: str) -> None:
        """Send the agent away."""
        if self._gone:
            return
        self._gone = True
        try:
            await self._socket.close(code, reason)
        except (RuntimeError, OSError, WebSocketDisconnect):
            return


class Dial:
    """A connection that an agent was asked for."""

    __slots__ = ("agent_id", "arrived")

    def __init__(self, agent_id: str) -> None:
        self.agent_id = agent_id
        self.arrived: asyncio.Future[Conn] = asyncio.get_running_loop().create_future()


class Links:
    """All agents' links of this gateway."""

    def __init__(
        self,
        secret: str,
        clock: Clock,
        revocations: Revocations,
        *,
        wait: timedelta,
        on_gone: Callable[[str, str], None],
    ) -> None:
        self._secret = secret
        self._clock = clock
        self._revocations = revocations
        self._wait = wait.total_seconds()
        self._on_gone = on_gone
        self._links: dict[str, AgentLink] = {}
        self._dials: dict[str, Dial] = {}
        self._arrival = asyncio.Event()

    @property
    def count(self) -> int:
        """How many agents are linked."""
        return len(self._links)

    def get(self, agent_id: str) -> AgentLink | None:
        """Return an agent's link, if it is there."""
        return self._links.get(agent_id)

    async def find(self, agent_id: str) -> AgentLink:
        """Return an agent's link, giving it a moment to come back.

        Raises:
            Refused: it is away.
        """
        try:
            async with asyncio.timeout(self._wait):
                while (link := self._links.get(agent_id)) is None:
                    await self._arrival.wait()
        except TimeoutError:
            raise Refused(pages.AGENT_AWAY) from None
        return link

    async def serve(self, socket: WebSocket) -> None:
        """Keep one agent's link until it breaks."""
        link = self._admit(socket)
        if link is None:
            await socket.close(POLICY_VIOLATION, "unauthorized")
            return
        await socket.accept()
        agent_id = link.agent_id
        former, self._links[agent_id] = self._links.get(agent_id), link
        arrival, self._arrival = self._arrival, asyncio.Event()
        arrival.set()
        log.info("agent_linked", agent_id=agent_id)
        try:
            if former is not None:
                await former.close(REPLACED, "replaced")
            while True:
                self._take(link, await link.receive())
        except WebSocketDisconnect:
            log.info("agent_left", agent_id=agent_id)
        except (KeyError, control.BadMessage) as error:
            log.warning("agent_misbehaved", agent_id=agent_id, error=str(error))
            await link.close(POLICY_VIOLATION, "bad message")
        finally:
            if self._links.get(agent_id) is link:
                del self._links[agent_id]
            link.broke()

    def _admit(self, socket: WebSocket) -> AgentLink | None:
        scheme, _, token = socket.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        try:
            claims = tokens.verify(AgentToken, token, self._secret, self._clock.now())
        except tokens.BadToken:
            return None
        link = AgentLink(claims.agent_id, tokens.issued_at(token), socket)
        return None if self._revoked(link) else link

    def _revoked(self, link: AgentLink) -> bool:
        return link.issued_at <= self._revocations.at("agent", link.agent_id)

    def _take(self, link: AgentLink, text: str) -> None:
        message = control.unwrap(text)
        if message.type == LinkMessage.RESOLVED:
            link.resolved(control.read(message, Resolved))
        elif message.type == LinkMessage.FAILED:
            failed = control.read(message, OpenFailed)
            dial = self._dials.get(failed.token)
            if dial is not None and dial.agent_id == link.agent_id and not dial.arrived.done():
                dial.arrived.set_exception(Refused(pages.UNREACHABLE))
        elif message.type == LinkMessage.GONE:
            session_id = control.read(message, Gone).session_id
            link.forget(session_id)
            self._on_gone(link.agent_id, session_id)

    async def dial(self, link: AgentLink, session_id: str, service: str = STREAM) -> Conn:
        """Have the agent dial back a connection to a session.

        Raises:
            Refused: the session does not take it, or the link broke.
        """
        token = secrets.token_urlsafe(32)
        dial = self._dials[token] = Dial(link.agent_id)
        try:
            await link.send(LinkMessage.OPEN, Open(token=token, session_id=session_id, service=service))
            return await dial.arrived
        except asyncio.CancelledError:
            if dial.arrived.done() and not dial.arrived.cancelled() and dial.arrived.exception() is None:
                dial.arrived.result().abort()
            raise
        finally:
            self._dials.pop(token, None)

    def take_dial(self, token: str) -> Dial | None:
        """Return what this one-time token was made for, once."""
        dial = self._dials.pop(token, None)
        return None if dial is None or dial.arrived.done() else dial

    async def dismiss(self, wanted: Callable[[Known], bool]) -> None:
        """Have the agents take back the tokens of these connections."""
        await asyncio.gather(*(link.dismiss(wanted) for link in list(self._links.values())))

    async def drop_revoked(self) -> None:
        """Send revoked agents away, and have the others forget revoked connections."""
        await self.dismiss(lambda known: self._revocations.refuses(known.cookie))
        revoked = [link for link in self._links.values() if self._revoked(link)]
        await asyncio.gather(*(link.close(POLICY_VIOLATION, "revoked") for link in revoked))

    async def close(self) -> None:
        """Send everybody away."""
        await asyncio.gather(*(link.close(1001, "going away") for link in list(self._links.values())))
