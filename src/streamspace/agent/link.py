"""The control channel: dialled by the agent, redialled when it breaks, with nothing said lost in between."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections import deque
from collections.abc import Awaitable, Callable
from urllib.parse import quote, urlsplit

import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

import streamspace
from streamspace import protocol
from streamspace.kit import backoff
from streamspace.kit.tasks import Tasks
from streamspace.protocol import control
from streamspace.protocol.base import Wire
from streamspace.protocol.control import MessageType

log = structlog.get_logger(__name__)

Handler = Callable[[control.Envelope], Awaitable[None]]
_LASTING = {MessageType.STATUS, MessageType.COMPLETE, MessageType.FAILED}
"""What must reach the control plane even if the link is down when it is said."""


class SentAway(Exception):  # noqa: N818
    """The control plane closed the channel and means it; the text is its reason."""


class ControlLink:
    """Keeps one channel to the control plane."""

    UNSENT = 5000

    def __init__(
        self,
        server: str,
        agent_id: str,
        key: Callable[[], str],
        abilities: list[str],
        *,
        instance: str = "",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        parts = urlsplit(server)
        scheme = "wss" if parts.scheme == "https" else "ws"
        self._url = f"{scheme}://{parts.netloc}{control.CONNECT_PATH}?agent_id={quote(agent_id)}"
        self._key = key
        self._instance = instance
        self.abilities = abilities
        self._tls = tls if scheme == "wss" else None
        self._socket: ClientConnection | None = None
        self._unsent: deque[str] = deque(maxlen=self.UNSENT)
        self._tasks = Tasks()
        self.handlers: dict[str, Handler] = {}
        self.greet: Callable[[], Awaitable[None]] | None = None
        """Called on each new channel, after the hello, before anything that waited."""
        self.stand_down: Callable[[], Awaitable[None]] | None = None
        """Called when another process acts for this agent."""
        self.connected = asyncio.Event()
        self.epoch: int | None = None
        """Under which number this process acts, or did last; None while another does."""

    async def send(self, kind: MessageType, payload: Wire) -> None:
        """Send a message, or keep it for the next channel if it must arrive."""
        text = control.wrap(kind, payload)
        if self._socket is not None:
            try:
                await self._socket.send(text)
            except ConnectionClosed:
                pass
            else:
                return
        if kind in _LASTING:
            self._unsent.append(text)

    async def can_do(self, abilities: list[str]) -> None:
        """Say what this agent can do from now on, if that has changed."""
        if abilities != self.abilities:
            self.abilities = abilities
            if self.connected.is_set():
                await self.send(MessageType.HELLO, self._hello())

    def _hello(self) -> control.Hello:
        return control.Hello(version=protocol.VERSION, software=streamspace.__version__, abilities=self.abilities)

    async def run(self) -> None:
        """Stay connected until cancelled.

        Raises:
            SentAway: rejected, removed, no longer approved, or of another version.
        """
        delays = backoff.jittered()
        while True:
            try:
                async with connect(
                    self._url,
                    additional_headers=self._headers(),
                    ssl=self._tls,
                    max_size=protocol.MAX_MESSAGE_BYTES,
                    open_timeout=10,
                    ping_interval=10,
                    ping_timeout=15,
                    close_timeout=2,
                    compression=None,
                    proxy=None,
                ) as socket:
                    await self._talk(socket)
            except ConnectionClosed as closed:
                if self.connected.is_set():
                    delays = backoff.jittered()
                self._raise_if_final(closed)
                log.info("control_link_lost", reason=str(closed))
            except (OSError, InvalidHandshake, TimeoutError) as error:
                log.debug("control_plane_unreachable", error=str(error))
            finally:
                self._socket = None
                self.connected.clear()
            await asyncio.sleep(next(delays).total_seconds())

    async def _talk(self, socket: ClientConnection) -> None:
        hello = self._hello()
        # The control plane speaks first; a refusal arrives here, before anything is told to it.
        first = await self._greeting(socket)
        await socket.send(control.wrap(MessageType.HELLO, hello))
        self._socket = socket
        while self._unsent:
            await socket.send(self._unsent[0])
            self._unsent.popleft()
        if self.greet is not None:
            await self.greet()
        self.connected.set()
        log.info("control_link_up")
        self._take(first)
        async for text in socket:
            self._take(text)
        raise ConnectionClosed(
            socket.protocol.close_rcvd, socket.protocol.close_sent, socket.protocol.close_rcvd_then_sent
        )

    async def _greeting(self, socket: ClientConnection) -> str | bytes:
        """Wait for the control plane's hello, and meanwhile stand by if another process acts."""
        while True:
            text = await socket.recv()
            try:
                envelope = control.unwrap(text)
                if envelope.type == MessageType.STANDBY:
                    await self._stand_by(control.read(envelope, control.Standby).reason)
                    continue
                if envelope.type != MessageType.HELLO:
                    return text
                hello = control.read(envelope, control.Hello)
            except control.BadMessage as error:
                raise SentAway(f"The control plane speaks another language: {error}") from None
            if (reason := protocol.misfit(hello.version, protocol.VERSION)) is not None:
                await socket.close(control.MISFIT, reason)
                raise SentAway(reason)
            self.epoch = hello.epoch or 0
            return text

    async def _stand_by(self, reason: str) -> None:
        log.warning("standing_by", reason=reason)
        self.epoch = None
        self._unsent.clear()  # what it had to say is no longer its to say
        if self.stand_down is not None:
            await self.stand_down()

    def _headers(self) -> dict[str, str]:
        shown = {control.KEY_HEADER: self._key()}
        return shown | {control.INSTANCE_HEADER: self._instance} if self._instance else shown

    def _take(self, text: str | bytes) -> None:
        try:
            envelope = control.unwrap(text)
        except control.BadMessage as error:
            log.warning("bad_message", error=str(error))
            return
        handler = self.handlers.get(envelope.type)
        if handler is not None:
            # Beside the reading, so that a slow answer never keeps a ping or a stop waiting.
            self._tasks.spawn(self._handle(handler, envelope), f"message {envelope.type}")

    @staticmethod
    async def _handle(handler: Handler, envelope: control.Envelope) -> None:
        try:
            await handler(envelope)
        except control.BadMessage as error:
            log.warning("bad_message", error=str(error))

    def _raise_if_final(self, closed: ConnectionClosed) -> None:
        received = closed.rcvd
        if received is not None and received.code in _FINAL:
            raise SentAway(received.reason)

    async def close(self) -> None:
        """Say goodbye."""
        await self._tasks.close()
        if self._socket is not None:
            with contextlib.suppress(TimeoutError, OSError):
                await self._socket.close()


_FINAL = {control.REFUSED, control.MISFIT}
