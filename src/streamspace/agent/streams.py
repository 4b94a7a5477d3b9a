"""The agent's side of streams: links to gateways, and a connection dialled back for each stream."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import ssl
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, WebSocketException

from streamspace.agent import vnc
from streamspace.agent.vnc import VncStream
from streamspace.kit import backoff
from streamspace.kit.splice import Conn, Splice
from streamspace.kit.tasks import Tasks
from streamspace.platforms.base import (
    AdmitsConnections,
    AdmitsFiles,
    KnowsTokens,
    NoFiles,
    NoSuchSession,
    NotRunning,
    PlatformError,
)
from streamspace.protocol import control
from streamspace.protocol.links import LinkMessage, wrap
from streamspace.protocol.streams import (
    AGENT_LINK_PATH,
    DIAL_PATH,
    DIAL_SUBPROTOCOL,
    FILES,
    STREAM,
    Dismiss,
    Endpoint,
    Gone,
    Open,
    OpenFailed,
    Resolve,
    Resolved,
)

if TYPE_CHECKING:
    from streamspace.platforms.base import Platform

log = structlog.get_logger(__name__)

OPEN_SECONDS = 10.0
_PING_SECONDS = 10.0
_LARGEST_MESSAGE = 64 * 1024
_LARGEST_HEAD = 16 * 1024
_MOST_AT_ONCE = 128
"""Dial-backs under way per gateway."""


class StreamLinks:
    """Keeps a link to each gateway that the control plane named, and serves what they ask."""

    def __init__(self, platform: Platform, agent_id: str, *, tls: ssl.SSLContext | None = None) -> None:
        self._platform = platform
        self._agent_id = agent_id
        self._tls = tls
        self._links: dict[str, _Link] = {}
        self._tasks = Tasks()
        self._endpoints: dict[tuple[str, str], Endpoint] = {}
        """By session and what of it was asked for."""
        self._open: dict[Splice | VncStream, str] = {}

    @property
    def open_streams(self) -> int:
        """How many streams run through this agent."""
        return len(self._open)

    @property
    def linked(self) -> list[str]:
        """The gateways whose link stands."""
        return [gateway_id for gateway_id, link in self._links.items() if link.socket is not None]

    async def update(self, gateways: list[control.Gateway]) -> None:
        """Keep links to these gateways and to no others. Streams that are open stay."""
        wanted = {gateway.gateway_id: gateway for gateway in gateways}
        for gateway_id, link in list(self._links.items()):
            new = wanted.get(gateway_id)
            if new is None or new.url != link.gateway.url:
                del self._links[gateway_id]
                await link.close()
            else:
                link.renew(new)
        for gateway_id, gateway in wanted.items():
            if gateway_id not in self._links:
                link = self._links[gateway_id] = _Link(self, gateway)
                link.task = self._tasks.spawn(link.run(), f"gateway-link-{gateway_id}")

    async def gone(self, session_id: str) -> None:
        """Tell the gateways that a session ended, hibernated or moved, and close its streams."""
        for service in (STREAM, FILES):
            self._endpoints.pop((session_id, service), None)
        for pair in [pair for pair, of in self._open.items() if of == session_id]:
            pair.abort()
        for link in self._links.values():
            await link.send(LinkMessage.GONE, Gone(session_id=session_id))

    async def close(self) -> None:
        """Let go of everything; the sessions go on."""
        for link in self._links.values():
            await link.close()
        self._links.clear()
        await self._tasks.close()
        for pair in list(self._open):
            pair.abort()

    async def resolve(self, question: Resolve) -> Resolved:
        """Ask the platform where a session answers."""
        answer = Resolved(request_id=question.request_id, service=question.service)
        try:
            endpoint = await self._admit(question)
        except NoSuchSession as error:
            return answer.model_copy(update={"error": "not_found", "message": str(error)})
        except NotRunning as error:
            return answer.model_copy(update={"error": "not_running", "message": str(error)})
        except PlatformError as error:
            return answer.model_copy(update={"error": error.code, "message": str(error)})
        self._endpoints[question.session_id, question.service] = endpoint
        return answer.model_copy(update={"endpoint": endpoint})

    async def _admit(self, question: Resolve) -> Endpoint:
        if question.service != STREAM:
            return await self._serving(question.session_id, question.service)
        if question.connection_id and isinstance(self._platform, AdmitsConnections):
            return await self._platform.admit(question.session_id, question.connection_id, question.role)
        return await self._platform.endpoint(question.session_id, question.role)

    async def dismiss(self, order: Dismiss) -> None:
        """Have the platform forget a connection's token."""
        if isinstance(self._platform, AdmitsConnections):
            try:
                await self._platform.dismiss(order.session_id, order.connection_id)
            except PlatformError as error:
                log.warning("dismissal_failed", session_id=order.session_id, reason=str(error))
        for stream in list(self._open):
            if isinstance(stream, VncStream):
                stream.cut_if_unwelcome()

    async def dial_back(self, link: _Link, order: Open) -> None:
        """Connect a session to a gateway."""
        near: Conn | None = None
        far: Conn | None = None
        try:
            async with asyncio.timeout(OPEN_SECONDS):
                near = await self._connect(order.session_id, order.service)
                far = await self._dial(link.gateway.url, order.token)
                if self._endpoints[order.session_id, order.service].protocol == "vnc":
                    await self._join_vnc(order.session_id, far, near)
                    return
            pair = Splice(far.transport, near.transport, on_close=self._closed)
            pair.start(to_a=bytes(near.buffer), to_b=bytes(far.buffer))
            self._open[pair] = order.session_id
        except (OSError, TimeoutError, PlatformError) as error:
            for conn in (near, far):
                if conn is not None:
                    conn.abort()
            log.info("dial_back_failed", session_id=order.session_id, error=str(error)[:200])
            if far is None:
                await link.send(LinkMessage.FAILED, OpenFailed(token=order.token, message=str(error)[:500]))
        except BaseException:
            for conn in (near, far):
                if conn is not None:
                    conn.abort()
            raise

    async def _join_vnc(self, session_id: str, far: Conn, near: Conn) -> None:
        platform = self._platform
        if not isinstance(platform, KnowsTokens):
            raise PlatformError("This platform cannot tell who may control a VNC session.")
        token = await vnc.accept(far, partial(platform.role_of, session_id))
        stream = vnc.VncStream(far, near, partial(platform.role_of, session_id, token), on_close=self._closed)
        stream.start(to_browser=bytes(near.buffer), to_server=bytes(far.buffer))
        self._open[stream] = session_id

    def _closed(self, pair: Splice | VncStream) -> None:
        self._open.pop(pair, None)

    async def _serving(self, session_id: str, service: str) -> Endpoint:
        if service == STREAM:
            return await self._platform.endpoint(session_id, "viewer")
        if service == FILES and isinstance(self._platform, AdmitsFiles):
            return await self._platform.files(session_id)
        raise NoFiles

    async def _connect(self, session_id: str, service: str) -> Conn:
        known = self._endpoints.get((session_id, service))
        if known is not None:
            with contextlib.suppress(OSError):
                return await _connect(known)
            # It may have been restarted somewhere else meanwhile.
            self._endpoints.pop((session_id, service), None)
        endpoint = await self._serving(session_id, service)
        self._endpoints[session_id, service] = endpoint
        return await _connect(endpoint)

    async def _dial(self, url: str, token: str) -> Conn:
        parts = urlsplit(url)
        tls = self.tls_for(parts)
        port = parts.port or (443 if tls else 80)
        _, conn = await asyncio.get_running_loop().create_connection(
            Conn, parts.hostname or "", port, ssl=tls, server_hostname=parts.hostname if tls else None
        )
        try:
            key = base64.b64encode(os.urandom(16)).decode()
            conn.write(
                f"GET {DIAL_PATH}{token} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
                "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: {DIAL_SUBPROTOCOL}\r\n"
                f"Sec-WebSocket-Key: {key}\r\n\r\n".encode()
            )
            status = (await conn.read_head(_LARGEST_HEAD)).split(b" ", 2)[1]
        except BaseException:
            conn.abort()
            raise
        if status != b"101":
            conn.abort()
            raise ConnectionRefusedError(f"The gateway answered {status.decode('ascii', 'replace')}.")
        return conn

    def tls_for(self, parts: SplitResult) -> ssl.SSLContext | None:
        """Return what a gateway's certificate is checked with, if it has one."""
        if parts.scheme not in ("https", "wss"):
            return None
        if self._tls is None:
            self._tls = ssl.create_default_context()
        return self._tls


async def _connect(endpoint: Endpoint) -> Conn:
    loop = asyncio.get_running_loop()
    if endpoint.kind == "unix":
        _, conn = await loop.create_unix_connection(Conn, endpoint.path or "")
    else:
        _, conn = await loop.create_connection(Conn, endpoint.host or "", endpoint.port or 0)
    return conn


class _Link:
    """One gateway's link, kept by reconnecting."""

    def __init__(self, owner: StreamLinks, gateway: control.Gateway) -> None:
        self.gateway = gateway
        self.socket: ClientConnection | None = None
        self.task: asyncio.Task[None] | None = None
        self._owner = owner
        self._renewed = asyncio.Event()
        self._work = Tasks()
        self._room = asyncio.Semaphore(_MOST_AT_ONCE)

    def renew(self, gateway: control.Gateway) -> None:
        """Use a new token from the next reconnect on."""
        if gateway.token != self.gateway.token:
            self.gateway = gateway
            self._renewed.set()

    async def run(self) -> None:
        """Keep the link until cancelled."""
        delays = backoff.jittered()
        while True:
            self._renewed.clear()
            try:
                async with self._connect() as socket:
                    self.socket = socket
                    delays = backoff.jittered()
                    log.info("gateway_linked", gateway_id=self.gateway.gateway_id)
                    async for text in socket:
                        self._take(control.unwrap(text))
            except (OSError, WebSocketException, control.BadMessage, TimeoutError) as error:
                refused = isinstance(error, InvalidStatus)
                log.info(
                    "gateway_link_down",
                    gateway_id=self.gateway.gateway_id,
                    error=str(error)[:200],
                    refused=refused,
                )
            finally:
                self.socket = None
            with contextlib.suppress(TimeoutError):
                # A fresh token ends the wait: the old one may have been the reason.
                async with asyncio.timeout(next(delays).total_seconds()):
                    await self._renewed.wait()

    def _connect(self) -> connect:
        parts = urlsplit(self.gateway.url)
        tls = self._owner.tls_for(parts)
        return connect(
            f"{'wss' if tls else 'ws'}://{parts.netloc}{AGENT_LINK_PATH}",
            additional_headers={"Authorization": f"Bearer {self.gateway.token}"},
            ssl=tls,
            compression=None,
            proxy=None,
            max_size=_LARGEST_MESSAGE,
            ping_interval=_PING_SECONDS,
            ping_timeout=_PING_SECONDS,
            open_timeout=OPEN_SECONDS,
            close_timeout=1,
        )

    def _take(self, message: control.Envelope) -> None:
        if message.type == LinkMessage.RESOLVE:
            self._work.spawn(self._resolve(control.read(message, Resolve)), "resolve")
        elif message.type == LinkMessage.OPEN:
            self._work.spawn(self._dial(control.read(message, Open)), "dial-back")
        elif message.type == LinkMessage.DISMISS:
            self._work.spawn(self._owner.dismiss(control.read(message, Dismiss)), "dismiss")

    async def _resolve(self, question: Resolve) -> None:
        await self.send(LinkMessage.RESOLVED, await self._owner.resolve(question))

    async def _dial(self, order: Open) -> None:
        async with self._room:
            await self._owner.dial_back(self, order)

    async def send(self, kind: LinkMessage, payload: Resolved | OpenFailed | Gone) -> None:
        """Send one message; on a broken link nobody waits for it any more."""
        if self.socket is not None:
            with contextlib.suppress(OSError, WebSocketException):
                await self.socket.send(wrap(kind, payload))

    async def close(self) -> None:
        """End the link; its streams stay open."""
        if self.task is not None:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)
        await self._work.close()
