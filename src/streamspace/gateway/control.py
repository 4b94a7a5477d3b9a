"""The gateway's link to the control plane: revocations in, counts of open streams out."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from streamspace.kit import backoff
from streamspace.protocol import control, tokens
from streamspace.protocol.links import LinkMessage, wrap
from streamspace.protocol.streams import GATEWAY_LINK_PATH, GatewayHello, Revoke, StreamsChanged

if TYPE_CHECKING:
    from streamspace.gateway.gate import Gate
    from streamspace.gateway.streams import Key

log = structlog.get_logger(__name__)

PROTOCOL_VERSION = 1
GOING_AWAY = 1001
LARGEST_MESSAGE = 32 * 1024 * 1024
_GATHER_SECONDS = 0.2
_PING_SECONDS = 10.0


class ControlLink:
    """Keeps the link, and knows whether anything may be opened."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._informed = False
        self._down_since: float | None = None
        self._told: set[Key] = set()
        self._changed = asyncio.Event()
        gate.informed = self.may_open
        gate.streams.on_change = self._changed.set

    @property
    def up(self) -> bool:
        """Whether the link stands and all revocations are known."""
        return self._informed and self._down_since is None

    def may_open(self) -> bool:
        """Return whether revocations are known, and known to be fresh enough."""
        if not self._informed:
            return False
        if self._down_since is None:
            return True
        age = asyncio.get_running_loop().time() - self._down_since
        return age <= self._gate.settings.grace.total_seconds()

    async def run(self) -> None:
        """Keep the link until cancelled."""
        delays = backoff.jittered()
        while True:
            try:
                async with self._connect() as socket:
                    await self._talk(socket)
            except (OSError, WebSocketException, control.BadMessage, TimeoutError) as error:
                log.info("control_link_down", error=str(error)[:200])
            if self.up:
                delays = backoff.jittered()
                self._down_since = asyncio.get_running_loop().time()
            await asyncio.sleep(next(delays).total_seconds())

    def _connect(self) -> connect:
        settings = self._gate.settings
        url = settings.control_plane_url
        scheme = "wss" if url.startswith("https:") else "ws"
        secret = settings.secret.get_secret_value()
        token = tokens.mint_gateway_token(settings.gateway_id, secret, self._gate.clock.now())
        return connect(
            f"{scheme}://{urlsplit(url).netloc}{GATEWAY_LINK_PATH}",
            additional_headers={"Authorization": f"Bearer {token}"},
            ssl=settings.client_tls() if scheme == "wss" else None,
            compression=None,
            proxy=None,
            max_size=LARGEST_MESSAGE,
            ping_interval=_PING_SECONDS,
            ping_timeout=_PING_SECONDS,
            open_timeout=_PING_SECONDS,
            close_timeout=1,
        )

    async def _talk(self, socket: ClientConnection) -> None:
        settings = self._gate.settings
        hello = GatewayHello(
            version=PROTOCOL_VERSION,
            gateway_id=settings.gateway_id,
            public_url=settings.public_url,
            agent_url=settings.agent_url or settings.public_url,
        )
        await socket.send(wrap(LinkMessage.HELLO, hello))
        self._gate.streams.note_all(self._told)
        telling = [asyncio.create_task(self._tell(socket)), asyncio.create_task(self._tell_moved(socket))]
        try:
            async for text in socket:
                message = control.unwrap(text)
                if message.type == LinkMessage.REVOKE:
                    await self._revoke(control.read(message, Revoke))
        except asyncio.CancelledError:
            await socket.close(GOING_AWAY, "going away")
            raise
        finally:
            for task in telling:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, OSError, WebSocketException):
                    await task

    async def _revoke(self, revoke: Revoke) -> None:
        gate = self._gate
        gate.revocations.add(revoke.revocations, gate.clock.now())
        if revoke.complete:
            if not self.up:
                log.info("control_link_up", revocations=len(revoke.revocations))
            self._informed = True
            self._down_since = None
        closed = gate.streams.close(gate.revocations.refuses)
        if closed:
            log.info("streams_revoked", closed=closed)
        await gate.links.drop_revoked()

    async def _tell(self, socket: ClientConnection) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            for key, count in self._gate.streams.take_changes().items():
                await self._tell_one(socket, key, count)
            await asyncio.sleep(_GATHER_SECONDS)

    async def _tell_moved(self, socket: ClientConnection) -> None:
        moved = self._gate.moved
        while True:
            await socket.send(wrap(LinkMessage.FILE_MOVED, await moved.first()))
            moved.told()

    async def _tell_one(self, socket: ClientConnection, key: Key, count: int) -> None:
        self._told.add(key)
        session_id, connection_id, user_id = key
        payload = StreamsChanged(
            session_id=session_id,
            connection_id=connection_id,
            user_id=user_id,
            open=count,
            at=self._gate.clock.now(),
        )
        await socket.send(wrap(LinkMessage.STREAMS_CHANGED, payload))
        if not count:
            self._told.discard(key)
