"""What streams and plain requests share: who may, and a connection to the session."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from streamspace.gateway import direct, pages
from streamspace.gateway.links import Links
from streamspace.gateway.moved import Moved
from streamspace.gateway.pages import Refused
from streamspace.gateway.revocations import Revocations
from streamspace.gateway.streams import OpenStreams
from streamspace.gateway.tickets import Tickets
from streamspace.kit.clock import Clock, SystemClock
from streamspace.protocol.streams import FILES

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamspace.gateway.links import Known
    from streamspace.gateway.settings import GatewaySettings
    from streamspace.kit.splice import Conn
    from streamspace.protocol.streams import Endpoint, StreamCookie

AGENT_WAIT = timedelta(seconds=2)
IDLE_SECONDS = 15.0
FORGET_SECONDS = 600.0
"""How long a connection keeps its engine's token without a stream or a request."""
_MOST_IDLE = 6


class Pool:
    """Connections to sessions that wait for their next request. One of them also saves a stream its dial-back."""

    def __init__(self) -> None:
        self._idle: dict[tuple[str, str], list[Conn]] = {}

    def take(self, agent_id: str, session_id: str) -> Conn | None:
        """Return one that is still good."""
        held = self._idle.get((agent_id, session_id), [])
        while held:
            conn = held.pop()
            if conn.quiet:
                return conn
            conn.abort()
        return None

    def put(self, agent_id: str, session_id: str, conn: Conn) -> None:
        """Keep one for a while."""
        key = (agent_id, session_id)
        held = self._idle.setdefault(key, [])
        if len(held) >= _MOST_IDLE or not conn.quiet:
            conn.abort()
            return
        held.append(conn)
        asyncio.get_running_loop().call_later(IDLE_SECONDS, self._expire, key, conn)

    def _expire(self, key: tuple[str, str], conn: Conn) -> None:
        held = self._idle.get(key, [])
        if conn in held:
            held.remove(conn)
            conn.abort()
        if not held:
            self._idle.pop(key, None)

    def drop(self, agent_id: str, session_id: str) -> None:
        """Close those of one session."""
        for conn in self._idle.pop((agent_id, session_id), []):
            conn.abort()

    def close(self) -> None:
        """Close all."""
        for key in list(self._idle):
            self.drop(*key)


class Gate:
    """One gateway's state."""

    def __init__(self, settings: GatewaySettings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        secret = settings.secret.get_secret_value()
        self.revocations = Revocations()
        self.streams = OpenStreams()
        self.pool = Pool()
        self.informed: Callable[[], bool] = lambda: False
        """Whether revocations are known and fresh; the link to the control plane answers it."""
        self.tickets = Tickets(secret, self.clock, self.revocations, self.may_open)
        self.links = Links(secret, self.clock, self.revocations, wait=AGENT_WAIT, on_gone=self._gone)
        self.stopping = False
        self.refusals: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()
        """Messages that policies kept from crossing, by direction."""
        self.moved = Moved()

    def may_open(self) -> bool:
        """Return whether anything new may be opened."""
        return self.informed()

    def _gone(self, agent_id: str, session_id: str) -> None:
        self.pool.drop(agent_id, session_id)
        # The agent may speak only for sessions that tickets say are its own.
        self.streams.close(lambda cookie: cookie.session_id == session_id and cookie.agent_id == agent_id)

    async def endpoint(self, cookie: StreamCookie) -> Endpoint:
        """Return where the session answers.

        Raises:
            Refused: it does not.
        """
        if self.stopping:
            raise Refused(pages.STOPPING)
        link = await self.links.find(cookie.agent_id)
        endpoint = await link.endpoint(cookie)
        if self.revocations.refuses(cookie):
            # It was revoked while the agent made its token.
            await link.dismiss(lambda known: known.cookie.connection_id == cookie.connection_id)
            raise Refused(pages.REVOKED)
        if endpoint.protocol == "http" and cookie.role != "controller":
            raise Refused(pages.CANNOT_WATCH)
        return endpoint

    async def forget_idle(self) -> None:
        """Keep taking back the tokens of connections that nobody uses any more; a new request gets a new one."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(FORGET_SECONDS / 10)
            before = loop.time() - FORGET_SECONDS
            await self.links.dismiss(partial(self._unused_since, before))

    def _unused_since(self, before: float, known: Known) -> bool:
        return known.used_at < before and not self.streams.busy(known.cookie)

    async def connect(self, cookie: StreamCookie, endpoint: Endpoint) -> Conn:
        """Connect to the session: straight where it is on this machine, else by its agent's dial-back.

        Raises:
            Refused: it cannot be reached.
        """
        link = await self.links.find(cookie.agent_id)
        try:
            if (conn := await self._direct(cookie, endpoint)) is not None:
                return conn
            return await self.links.dial(link, cookie.session_id)
        except (OSError, Refused) as error:
            link.forget(cookie.session_id)
            if isinstance(error, Refused):
                raise
            raise Refused(pages.UNREACHABLE) from None

    async def files(self, cookie: StreamCookie) -> Conn:
        """Connect to the session's file server.

        Raises:
            Refused: it has none, or cannot be reached.
        """
        if self.stopping:
            raise Refused(pages.STOPPING)
        link = await self.links.find(cookie.agent_id)
        endpoint = await link.files(cookie)
        try:
            if (conn := await self._direct(cookie, endpoint)) is not None:
                return conn
            return await self.links.dial(link, cookie.session_id, FILES)
        except OSError:
            raise Refused(pages.UNREACHABLE) from None

    async def _direct(self, cookie: StreamCookie, endpoint: Endpoint) -> Conn | None:
        root = self.settings.direct_root
        if (
            root is None
            or endpoint.kind != "unix"
            or not endpoint.path
            or endpoint.protocol == "vnc"  # its agent takes the frames apart
            or cookie.agent_id not in self.settings.direct_agents
        ):
            return None
        try:
            return await direct.connect_beneath(root, endpoint.path)
        except direct.Outside:
            return None
