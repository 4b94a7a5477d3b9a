"""Sessions: start, watch, connect to, suspend and end them."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from streamspace.client import events
from streamspace.client.errors import ClientError
from streamspace.client.models import (
    Connection,
    Placement,
    Preview,
    Session,
    SessionEvent,
    SessionEventList,
    SessionList,
)
from streamspace.kit import ids

if TYPE_CHECKING:
    import builtins
    from collections.abc import AsyncGenerator

    from streamspace.client.models import Resources
    from streamspace.client.transport import Transport
    from streamspace.protocol.places import Place

PATH = "/api/v1/sessions"
POLL = timedelta(seconds=1)
POLL_WITH_EVENTS = timedelta(seconds=5)


class Sessions:
    """`api.sessions`. Sessions the caller may not see raise `NotFound`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def create(
        self,
        template: str,
        *,
        user: str | None = None,
        resources: Resources | None = None,
        persistent_home: bool | None = None,
        idle_timeout: str | None = None,
        max_session_duration: str | None = None,
        tags: list[str] | None = None,
        environment: dict[str, str] | None = None,
        place: Place | None = None,
        idempotency_key: str | None = None,
    ) -> Session:
        """Start a session and return it in state `pending`; `follow` tells how it goes on.

        Args:
            template: Name of a template.
            user: Start it for somebody else, where permitted.
            resources: Memory and CPU; the template's defaults where left out.
            persistent_home: Whether the home directory outlives the session.
            idle_timeout: Hibernate after this long without input, such as `30m`.
            max_session_duration: End it after this long, such as `8h`.
            tags: Words to find it by.
            environment: Variables for the application.
            place: Region and labels of the agent it should run on, within what the template allows.
            idempotency_key: Calls with the same key start one session only; a fresh key by default, so that
                the client may safely repeat the call when the network fails.

        Raises:
            NotFound: no such template (`template_not_found`).
            Forbidden: over a quota, or not permitted.
            Unavailable: no agent has room (`no_capacity`); `details["agents"]` says why, per agent.
        """
        body: dict[str, Any] = {
            "template": template,
            "user": user,
            "resources": _sparse(resources),
            "persistentHome": persistent_home,
            "idleTimeout": idle_timeout,
            "maxSessionDuration": max_session_duration,
            "tags": tags,
            "environment": environment,
            "placement": _placed(place),
        }
        answer = await self._transport.call(
            "POST",
            PATH,
            body={key: value for key, value in body.items() if value is not None},
            idempotency_key=idempotency_key or ids.uid(),
        )
        return self._transport.read(Session, answer)

    async def preview(
        self,
        template: str,
        *,
        user: str | None = None,
        resources: Resources | None = None,
        place: Place | None = None,
    ) -> Preview:
        """Say whether a session could start now, where, and if not why and when. Nothing is written.

        Raises:
            NotFound: no such template (`template_not_found`).
        """
        body = {"template": template, "user": user, "resources": _sparse(resources), "placement": _placed(place)}
        answer = await self._transport.call(
            "POST",
            PATH,
            query={"dryRun": "true"},
            body={key: value for key, value in body.items() if value is not None},
        )
        return self._transport.read(Preview, answer)

    async def placement(self, session_id: str) -> Placement:
        """Return why the session was given to its agent, and why not to the others."""
        return await self._transport.get(Placement, f"{_path(session_id)}/placement")

    async def events(self, session_id: str) -> builtins.list[SessionEvent]:
        """Return what happened to the session, oldest first; the newest 200 entries are kept."""
        return (await self._transport.get(SessionEventList, f"{_path(session_id)}/events")).events

    async def resize(self, session_id: str, resources: Resources) -> Session:
        """Change what a hibernated session gets when it wakes.

        Raises:
            Conflict: it is not hibernated (`wrong_state`).
        """
        answer = await self._transport.call("PATCH", _path(session_id), body={"resources": _sparse(resources)})
        return self._transport.read(Session, answer)

    async def list(
        self,
        *,
        user: str | None = None,
        state: str | None = None,
        template: str | None = None,
        agent: str | None = None,
        tags: builtins.list[str] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> SessionList:
        """Return one page of the caller's sessions (all people's, for administrators and operators)."""
        query = {
            "user": user,
            "state": state,
            "template": template,
            "agent": agent,
            "tags": tags,
            "limit": limit,
            "cursor": cursor,
        }
        return await self._transport.get(SessionList, PATH, query)

    async def get(self, session_id: str) -> Session:
        """Return one session as it is now."""
        return await self._transport.get(Session, _path(session_id))

    async def connect(self, session_id: str) -> Connection:
        """Ask for the stream's address. A hibernated session wakes, and the answer is not ready yet."""
        return self._transport.read(Connection, await self._transport.call("POST", f"{_path(session_id)}/connect"))

    async def heartbeat(self, session_id: str, connection_id: str) -> None:
        """Keep a connection alive; call it every 30 s."""
        await self._transport.call("POST", f"{_path(session_id)}/heartbeat", query={"connectionId": connection_id})

    async def disconnect(self, session_id: str, connection_id: str) -> None:
        """End a connection; the session stays."""
        await self._transport.call("POST", f"{_path(session_id)}/disconnect", query={"connectionId": connection_id})

    async def hibernate(self, session_id: str) -> Session:
        """Free the session's processor and memory, keeping its home.

        Raises:
            Conflict: it is not running (`wrong_state`).
        """
        return self._transport.read(Session, await self._transport.call("PUT", f"{_path(session_id)}/hibernate"))

    async def wake(self, session_id: str) -> Session:
        """Bring a hibernated session back.

        Raises:
            Conflict: it is not hibernated (`wrong_state`).
        """
        return self._transport.read(Session, await self._transport.call("PUT", f"{_path(session_id)}/wake"))

    async def stop(self, session_id: str) -> Session:
        """Ask for the session's end; its persistent home stays. Asking twice is fine."""
        return self._transport.read(Session, await self._transport.call("DELETE", _path(session_id)))

    async def set_tags(self, session_id: str, tags: builtins.list[str]) -> Session:
        """Replace all tags."""
        answer = await self._transport.call("PATCH", f"{_path(session_id)}/tags", body={"tags": tags})
        return self._transport.read(Session, answer)

    async def logs(self, session_id: str, *, lines: int = 200) -> str:
        """Return the end of the session's log, also after it ended.

        Raises:
            Unavailable: its agent cannot be asked (`agent_offline`).
        """
        answer = await self._transport.call("GET", f"{_path(session_id)}/logs", query={"lines": lines})
        return str(answer.json().get("logs", ""))

    async def follow(self, session_id: str) -> AsyncGenerator[Session, None]:
        """Yield the session now and after each change, until the caller stops listening.

        Events make it quick; polling (every second without the event socket, every five with it) makes it
        sure.
        """
        changed = asyncio.Event()
        live = asyncio.Event()
        listener = asyncio.create_task(self._listen(session_id, changed, live), name=f"events of {session_id}")
        last: Session | None = None
        try:
            while True:
                changed.clear()
                session = await self.get(session_id)
                if session != last:
                    last = session
                    yield session
                wait = POLL_WITH_EVENTS if live.is_set() else POLL
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait.total_seconds()):
                        await changed.wait()
        finally:
            listener.cancel()
            await asyncio.gather(listener, return_exceptions=True)

    async def _listen(self, session_id: str, changed: asyncio.Event, live: asyncio.Event) -> None:
        while True:
            with contextlib.suppress(ClientError):
                async for _ in events.listen(self._transport, session_id=session_id, reconnect=False):
                    live.set()
                    changed.set()
            live.clear()
            await asyncio.sleep(POLL_WITH_EVENTS.total_seconds())


def _path(session_id: str) -> str:
    return f"{PATH}/{quote(session_id, safe='')}"


def _placed(place: Place | None) -> dict[str, Any] | None:
    return place.model_dump(mode="json", by_alias=True, exclude_none=True) if place else None


def _sparse(resources: Resources | None) -> dict[str, Any] | None:
    return resources.model_dump(by_alias=True, exclude_none=True) if resources else None
