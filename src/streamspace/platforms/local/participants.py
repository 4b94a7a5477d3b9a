"""Who may use a session's engine: each connection by a token of its own, and one of them perhaps alone."""

from __future__ import annotations

import asyncio
import json
import secrets
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from streamspace.platforms.base import NoFiles, NoSuchSession, NotRunning, PlatformError, State
from streamspace.platforms.local.records import Record
from streamspace.platforms.local.session import Session
from streamspace.protocol.streams import Endpoint, Role

MOST = 200
"""Connections of one session that hold a token; the one that came first gives way."""
_SECONDS = 5.0
_LARGEST_ANSWER = 64 * 1024


class Unsettled(PlatformError):  # noqa: N818
    """The streaming engine did not take its new table of tokens."""

    code = "not_ready"


def table(record: Record) -> dict[str, dict[str, Any]]:
    """Return the engine's whole table: token → what it lets its bearer do.

    The two tokens that stand for a role alone are there for gateways that name no connection.
    """
    roles = [(record.tokens[role], role, "") for role in ("controller", "viewer")]
    each = [(one["token"], one["role"], connection) for connection, one in record.participants.items()]
    return {
        token: {"role": role, "slot": None, "mk_control": bool(connection) and connection == record.control}
        for token, role, connection in roles + each
    }


async def provision(socket: Path, prefix: str, record: Record) -> None:
    """Replace the engine's table; it cuts at once what came with a token that is no longer there.

    Raises:
        Unsettled: it did not answer, or would not.
    """
    body = json.dumps(table(record)).encode()
    head = (
        f"POST {prefix}/api/tokens HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Authorization: Bearer {record.tokens['master']}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    try:
        async with asyncio.timeout(_SECONDS):
            reader, writer = await asyncio.open_unix_connection(socket, limit=_LARGEST_ANSWER)
            try:
                writer.write(head.encode() + body)
                status = await reader.readline()
            finally:
                writer.transport.abort()
    except (OSError, ValueError) as error:
        raise Unsettled from error
    if status.split(b" ")[1:2] != [b"200"]:
        raise Unsettled


def endpoint(session: Session, record: Record, token: str) -> Endpoint:
    """Return where a session answers. A web application would see the token in its addresses, so it gets none."""
    query = {} if record.protocol == "http" else {"token": token}
    holds = record.clipboard if record.protocol == "vnc" else None
    path = str(session.folder.socket)
    return Endpoint(kind="unix", path=path, query=query, protocol=record.protocol, clipboard=holds)


class Admissions(ABC):
    """The part of the platform that admits connections, dismisses them and hands control around."""

    _sessions: Mapping[str, Session]

    @abstractmethod
    async def _held(self, session_id: str) -> Session:
        """Return a session of this machine."""

    async def _running(self, session_id: str) -> tuple[Session, Record]:
        session = await self._held(session_id)
        if session.record is None:
            raise NoSuchSession
        view = session.view()
        if view.state is not State.RUNNING:
            raise NotRunning
        if view.metadata.get("paused"):
            # Its engine is frozen too, and would take no table.
            raise NotRunning("The session is paused.")
        return session, session.record

    async def admit(self, session_id: str, connection_id: str, role: Role) -> Endpoint:
        """Return the session's socket and a token of the engine that is this connection's alone."""
        session, record = await self._running(session_id)
        async with session.admitting:
            known = record.participants.get(connection_id)
            if known is None or known["role"] != role:
                before = dict(record.participants)
                record.participants.pop(connection_id, None)
                record.participants[connection_id] = {"token": secrets.token_urlsafe(32), "role": role}
                while len(record.participants) > MOST:
                    del record.participants[next(iter(record.participants))]
                try:
                    await self._settle(session, record)
                except PlatformError:
                    record.participants = before
                    raise
            token = record.participants[connection_id]["token"]
        return endpoint(session, record, token)

    def role_of(self, session_id: str, token: str) -> Role | None:
        """Return what a token lets its bearer do now, where no engine inside the session knows."""
        session = self._sessions.get(session_id)
        if session is None or session.record is None or session.record.state is not State.RUNNING:
            return None
        granted = table(session.record).get(token)
        if granted is None:
            return None
        alone = session.record.control
        return "controller" if granted["role"] == "controller" and (not alone or granted["mk_control"]) else "viewer"

    async def files(self, session_id: str) -> Endpoint:
        """Return the socket of the file server; a session that an older agent started has none until it is woken."""
        session, _ = await self._running(session_id)
        if not session.folder.files.is_socket():
            raise NoFiles
        return Endpoint(kind="unix", path=str(session.folder.files), protocol="http")

    async def dismiss(self, session_id: str, connection_id: str) -> None:
        """Take a connection's token back; control that was its own is everybody's again."""
        try:
            session, record = await self._running(session_id)
        except (NoSuchSession, NotRunning):
            return
        async with session.admitting:
            if record.participants.pop(connection_id, None) is None:
                return
            if record.control == connection_id:
                record.control = ""
            await self._settle(session, record)

    async def give_control(self, session_id: str, connection_id: str | None) -> None:
        """Let one connection alone use keyboard, mouse and clipboard, or all controllers again."""
        session, record = await self._running(session_id)
        async with session.admitting:
            before, record.control = record.control, connection_id or ""
            try:
                await self._settle(session, record)
            except PlatformError:
                record.control = before
                raise

    async def _settle(self, session: Session, record: Record) -> None:
        if record.protocol == "selkies":
            await provision(session.folder.socket, f"/s/{record.session_id}", record)
        if session.record is record:
            session.folder.save(record)
