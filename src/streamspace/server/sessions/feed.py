"""Tells browsers and programs what happens to the sessions they may see."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import orjson
from fastapi import WebSocket, WebSocketDisconnect

from streamspace.server.core import permissions
from streamspace.server.core.events import Published
from streamspace.server.core.permissions import Action, Actor

SIGNED_OUT = 4401
_CATALOGUES = {"template.changed": "templates.changed", "agent.changed": "agents.changed"}


async def serve(
    socket: WebSocket,
    happened: AsyncIterator[Published],
    actor: Actor,
    *,
    user_id: str | None,
    session_id: str | None,
) -> None:
    """Send events until the client leaves, falls behind, or its login ends."""
    await socket.accept()
    await _send(socket, {"type": "hello", "timestamp": _now()})
    reading = asyncio.ensure_future(_until_left(socket))
    sending = asyncio.ensure_future(_forward(socket, happened, actor, user_id, session_id))
    try:
        await asyncio.wait({reading, sending}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (reading, sending):
            task.cancel()
        await asyncio.gather(reading, sending, return_exceptions=True)


async def _until_left(socket: WebSocket) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while (await socket.receive())["type"] != "websocket.disconnect":
            pass


async def _forward(socket: WebSocket, happened: Any, actor: Actor, user_id: str | None, session_id: str | None) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        async for event in happened:
            if ends(event, actor):
                await socket.close(SIGNED_OUT, "sign in again, or connect again if you still may")
                return
            if (message := shown(event, actor, user_id, session_id)) is not None:
                await _send(socket, message)
        await socket.close(1013, "too far behind; connect again and fetch")


def ends(event: Published, actor: Actor) -> bool:
    """Say whether what this listener may hear has to be decided anew: their rights were changed or taken."""
    if event.name != "gateway.revoked":
        return False
    standing_on = {"login": actor.login_id, "user": actor.id, "organization": actor.org_id}
    return bool(standing_on.get(event.payload["kind"]) == event.payload["subject"])


def shown(event: Published, actor: Actor, user_id: str | None, session_id: str | None) -> dict[str, Any] | None:
    """Return what this person gets of an event, or None."""
    if event.name in _CATALOGUES:
        return {"type": _CATALOGUES[event.name], "timestamp": event.at.isoformat()}
    if event.name == "repository.sync":
        return _sync(event, actor)
    if not event.name.startswith("session."):
        return None
    payload = event.payload
    invited = event.org_id == actor.org_id and actor.id in payload.get("audience", ())
    if not invited and not permissions.may(
        actor, Action.SESSION_VIEW, owner_id=payload["user_id"], org_id=event.org_id
    ):
        return None
    if user_id not in {None, payload["user_id"]} or session_id not in {None, payload["session_id"]}:
        return None
    data = {"session": payload["session"]} if "session" in payload else payload["data"]
    if "seconds_left" in payload:
        data["secondsLeft"] = payload["seconds_left"]
    if "used_storage" in payload:
        data |= {"usedStorage": payload["used_storage"], "maxStorage": payload["max_storage"]}
    return {
        "type": event.name,
        "sessionId": payload["session_id"],
        "userId": payload["user_id"],
        "timestamp": event.at.isoformat(),
        "data": data,
    }


def _sync(event: Published, actor: Actor) -> dict[str, Any] | None:
    if not permissions.may(actor, Action.REPOSITORY_INSPECT, owner_id=None, org_id=event.org_id):
        return None
    payload = event.payload
    return {
        "type": event.name,
        "repositoryId": payload["repository_id"],
        "number": payload["number"],
        "status": payload["status"],
        "timestamp": event.at.isoformat(),
        "data": payload["data"],
    }


async def _send(socket: WebSocket, message: dict[str, Any]) -> None:
    await socket.send_text(orjson.dumps(message).decode())


def _now() -> str:
    return datetime.now(UTC).isoformat()
