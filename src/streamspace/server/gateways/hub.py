"""The links that gateways keep to this process."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Protocol

import structlog
from fastapi import WebSocket, WebSocketDisconnect

from streamspace import protocol
from streamspace.protocol import control, links, streams
from streamspace.protocol.control import MessageType
from streamspace.protocol.files import FileMoved
from streamspace.protocol.links import LinkMessage
from streamspace.protocol.tokens import BadToken, verify
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.events import Bus, Published
from streamspace.server.core.settings import Settings
from streamspace.server.gateways import service
from streamspace.server.gateways.events import StreamsRevoked

log = structlog.get_logger(__name__)

REFUSED, TOO_SLOW, REPLACED = 4401, 4408, 4409


class Watching(Protocol):
    """What follows from a gateway's words."""

    async def gateway_came(self, uow: UnitOfWork, gateway_id: str) -> None:
        """A gateway connected and will say of all its streams."""

    async def streams_changed(self, uow: UnitOfWork, gateway_id: str, change: streams.StreamsChanged) -> None:
        """A connection's streams opened or closed at a gateway."""


class LinkEnded(Exception):  # noqa: N818 - most links end without an error
    """This side ended the link."""


class GatewayLink:
    """One gateway's link, and what it has yet to be told. Telling waits for nobody."""

    MOST_WAITING = 1000
    PATIENCE = timedelta(seconds=5)
    """How long a gateway may take for one message; then it is cut, and told everything when it dials again."""

    def __init__(self, socket: WebSocket, gateway_id: str) -> None:
        self.gateway_id = gateway_id
        self._socket = socket
        self._waiting: list[streams.Revocation] = []
        self._ended: tuple[int, str] | None = None
        self._wake = asyncio.Event()

    def tell(self, revoked: streams.Revocation) -> None:
        """Have the gateway close what this names."""
        if len(self._waiting) >= self.MOST_WAITING:
            self.end(TOO_SLOW, "This gateway does not take what it is told. It may connect again.")
        elif self._ended is None:
            self._waiting.append(revoked)
            self._wake.set()

    def end(self, code: int, reason: str) -> None:
        """Send the gateway away; what it was not told, it learns with its next link."""
        self._waiting.clear()
        self._ended = self._ended or (code, reason)
        self._wake.set()

    async def write(self, standing: list[streams.Revocation]) -> None:
        """Greet the gateway with all it must know, then tell what comes, until the link is ended.

        Raises:
            LinkEnded: it was, or the gateway takes nothing.
        """
        await self._send(control.wrap(MessageType.HELLO, control.Hello(version=protocol.VERSION)))
        await self._send(_revoke(standing, complete=True))
        while self._ended is None:
            await self._wake.wait()
            self._wake.clear()
            news, self._waiting = self._waiting, []
            if news and self._ended is None:
                await self._send(_revoke(news, complete=False))
        code, reason = self._ended
        with contextlib.suppress(TimeoutError, RuntimeError, WebSocketDisconnect):
            async with asyncio.timeout(self.PATIENCE.total_seconds()):
                await self._socket.close(code, reason)
        raise LinkEnded(reason)

    async def _send(self, text: str) -> None:
        try:
            async with asyncio.timeout(self.PATIENCE.total_seconds()):
                await self._socket.send_text(text)
        except TimeoutError:
            raise LinkEnded("This gateway takes nothing.") from None
        except RuntimeError as error:  # uvicorn closed it a moment before us
            raise LinkEnded(str(error)) from None


class GatewayHub:
    """Tells gateways what to close, and hears from them."""

    def __init__(self, settings: Settings, database: Database, bus: Bus, watching: Watching) -> None:
        self._watching = watching
        self._settings = settings
        self._database = database
        self._links: dict[str, GatewayLink] = {}
        self.on_file_moved: Callable[[UnitOfWork, str, FileMoved], Awaitable[None]] | None = None
        """Called with what a gateway tells of files that went in or out."""
        bus.subscribe(self._on_revoked, StreamsRevoked.name)

    async def serve(self, socket: WebSocket) -> None:
        """Hold one gateway's link until it breaks."""
        scheme, _, token = socket.headers.get("authorization", "").partition(" ")
        secret = self._settings.gateway_secret.get_secret_value()
        try:
            claims = verify(
                streams.GatewayToken,
                token if scheme.lower() == "bearer" else "",
                secret,
                self._database.clock.now(),
            )
        except BadToken:
            await socket.close(REFUSED, "The gateway's secret is not ours.")
            return
        await socket.accept()
        link = GatewayLink(socket, claims.gateway_id)
        try:
            await self._hold(socket, link)
        except* (WebSocketDisconnect, control.BadMessage, LinkEnded) as errors:
            log.info("gateway_left", gateway=link.gateway_id, reason=str(errors.exceptions[0]))
        finally:
            if self._links.get(link.gateway_id) is link:
                del self._links[link.gateway_id]
                async with self._database.work() as uow:
                    await service.left(uow, link.gateway_id)

    async def _hold(self, socket: WebSocket, link: GatewayLink) -> None:
        hello = control.read(control.unwrap(await socket.receive_text()), streams.GatewayHello)
        if hello.gateway_id != link.gateway_id:
            raise control.BadMessage("The gateway's hello names another gateway.")
        former, self._links[link.gateway_id] = self._links.get(link.gateway_id), link
        if former is not None:
            former.end(REPLACED, "Another gateway with this id connected.")
        async with self._database.work() as uow:
            await service.seen(uow, hello)
            await self._watching.gateway_came(uow, link.gateway_id)
        async with self._database.work(write=False) as uow:
            standing = await service.standing_revocations(uow)
        log.info("gateway_connected", gateway=link.gateway_id, url=hello.public_url)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(link.write(standing), name=f"revocations for {link.gateway_id}")
            await self._listen(socket, link.gateway_id)

    async def _listen(self, socket: WebSocket, gateway_id: str) -> None:
        while True:
            envelope = control.unwrap(await socket.receive_text())
            if envelope.type == LinkMessage.STREAMS_CHANGED:
                change = control.read(envelope, streams.StreamsChanged)
                async with self._database.work() as uow:
                    await self._watching.streams_changed(uow, gateway_id, change)
            elif envelope.type == LinkMessage.FILE_MOVED and self.on_file_moved is not None:
                moved = control.read(envelope, FileMoved)
                async with self._database.work() as uow:
                    await self.on_file_moved(uow, gateway_id, moved)

    async def _on_revoked(self, event: Published) -> None:
        revoked = streams.Revocation(
            kind=event.payload["kind"], id=event.payload["subject"], at=event.payload["seconds"]
        )
        for link in self._links.values():
            link.tell(revoked)


def _revoke(revoked: list[streams.Revocation], *, complete: bool) -> str:
    return links.wrap(LinkMessage.REVOKE, streams.Revoke(revocations=revoked, complete=complete))
