from __future__ import annotations

from fastapi import APIRouter, WebSocket

from streamspace.server.core.errors import Problem
from streamspace.server.core.http import context_of, socket_actor
from streamspace.server.core.permissions import Action
from streamspace.server.sessions import feed

router = APIRouter(prefix="/ws", tags=["events"])


@router.websocket("/sessions", name="sessions_socket")
async def sessions_socket(socket: WebSocket, user_id: str | None = None, session_id: str | None = None) -> None:
    """Hear of the sessions you may see, as it happens; `user_id` and `session_id` narrow it down."""
    # It listens before it looks who comes, so that no revocation falls between.
    with context_of(socket).bus.listen() as happened:
        try:
            actor = await socket_actor(socket, Action.SESSION_VIEW)
        except Problem as refusal:
            # Accepted first, because a refused upgrade shows a browser no reason at all.
            await socket.accept()
            await socket.close(feed.SIGNED_OUT, refusal.code)
            return
        await feed.serve(socket, happened, actor, user_id=user_id, session_id=session_id)
