from __future__ import annotations

from fastapi import APIRouter, WebSocket

from streamspace.server.core.http import context_of
from streamspace.server.gateways.hub import GatewayHub

router = APIRouter(prefix="/gateways", tags=["gateways"])


@router.websocket("/connect", name="gateway_link")
async def gateway_link(socket: WebSocket) -> None:
    """Hold the link that a gateway dialled; it proves itself with the gateways' secret."""
    await context_of(socket).part(GatewayHub).serve(socket)
