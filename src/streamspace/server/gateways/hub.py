"""The links that gateways keep to this process."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Protocol

import structlog
from fastapi import WebSocket, WebSocketDisconnect

from streamspace import protocol
from streamspace.protocol import control, links, streams
from streamspace.protocol.control import MessageType
from streamspace.protocol.links import LinkMessage
from streamspace.protocol.tokens import BadToken, verify
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.events import Bus, Published
from streamspace.server.core.settings import Settings
from streamspace.server.gateways import service
from streamspace.server.gateways.events import StreamsRevoked

log = structlog.get_logger(__name__)

REFUSED = 4401


class Watching(Protocol):
    """What follows from a gateway's words."""

    async def gateway_came(self, uow: UnitOfWork, gateway_id: str) -> None:
        """A gateway connected and will say of all its streams."""

    async def streams_changed(self, uow: UnitOfWork, gateway_id: str, change: streams.StreamsChanged) -> None:
        """A connection's streams opened or closed at a gateway."""


class GatewayHub:
    """Tells gateways what to close, and hears from them."""

    def __init__(self, settings: Settings, database: Database, bus: Bus, watching: Watching) -> None:
        self._watching = watching
        self._settings = settings
        self._database = database
        self._links: dict[str, WebSocket] = {}
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
        try:
            await self._hold(socket, claims.gateway_id)
        except (WebSocketDisconnect, control.BadMessage) as error:
            log.info("gateway_left", gateway=claims.gateway_id, reason=str(error))
        finally:
            if self._links.get(claims.gateway_id) is socket:
                del self._links[claims.gateway_id]
                async with self._database.work() as uow:
                    await service.left(uow, claims.gateway_id)

    async def _hold(self, socket: WebSocket, gateway_id: str) -> None:
        hello = control.read(control.unwrap(await socket.receive_text()), streams.GatewayHello)
        if hello.gateway_id != gateway_id:
            raise control.BadMessage("The gateway's hello names another gateway.")
        former, self._links[gateway_id] = self._links.get(gateway_id), socket
        if former is not None:
            with contextlib.suppress(RuntimeError):
                await former.close(4409, "Another gateway with this id connected.")
        async with self._database.work() as uow:
            await service.seen(uow, hello)
            await self._watching.gateway_came(uow, gateway_id)
        async with self._database.work(write=False) as uow:
            standing = await service.standing_revocations(uow)
        await self._send(socket, MessageType.HELLO, control.Hello(version=protocol.VERSION))
        await _send_revocations(socket, standing, complete=True)
        log.info("gateway_connected", gateway=gateway_id, url=hello.public_url)
        while True:
            envelope = control.unwrap(await socket.receive_text())
            if envelope.type == LinkMessage.STREAMS_CHANGED:
                change = control.read(envelope, streams.StreamsChanged)
                async with self._database.work() as uow:
                    await self._watching.streams_changed(uow, gateway_id, change)

    async def _on_revoked(self, event: Published) -> None:
        revoked = streams.Revocation(
            kind=event.payload["kind"], id=event.payload["subject"], at=event.payload["seconds"]
        )
        async with asyncio.TaskGroup() as tasks:
            for gateway_id, socket in list(self._links.items()):
                tasks.create_task(self._revoke(gateway_id, socket, revoked))

    async def _revoke(self, gateway_id: str, socket: WebSocket, revoked: streams.Revocation) -> None:
        try:
            async with asyncio.timeout(5):
                await _send_revocations(socket, [revoked], complete=False)
        except (RuntimeError, WebSocketDisconnect, TimeoutError):
            log.warning("revocation_not_delivered", gateway=gateway_id)  # it comes again when the link does

    @staticmethod
    async def _send(socket: WebSocket, kind: MessageType, payload: control.Hello) -> None:
        await socket.send_text(control.wrap(kind, payload))


async def _send_revocations(socket: WebSocket, revoked: list[streams.Revocation], *, complete: bool) -> None:
    await socket.send_text(links.wrap(LinkMessage.REVOKE, streams.Revoke(revocations=revoked, complete=complete)))
