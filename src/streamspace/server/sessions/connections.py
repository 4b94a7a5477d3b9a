"""Who watches a session. A connection lives from `connect` until it is ended or its heartbeats stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from streamspace.kit import ids
from streamspace.protocol import streams
from streamspace.server.core import permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.core.settings import Settings
from streamspace.server.gateways import service as gateways
from streamspace.server.sessions import queries, service
from streamspace.server.sessions.errors import ForeignConnection, NoSuchConnection, NoSuchSession, WrongState
from streamspace.server.sessions.models import Connection, Session
from streamspace.server.sessions.rules import ENDED, State

SILENCE = timedelta(seconds=90)
"""A viewer beats every 30 s; three missed ones end the connection, unless its gateway has its stream open."""
FORGOTTEN = timedelta(days=1)
"""What a gateway said of a stream is believed for so long without a heartbeat."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What `connect` found: an address that works once, or why there is none yet."""

    session: Session
    message: str
    connection: Connection | None = None
    url: str | None = None
    expires_at: datetime | None = None


_WAIT = {
    State.PENDING: "The session waits for its agent.",
    State.STARTING: "The session is starting.",
    State.WAKING: "The session is waking up.",
    State.HIBERNATING: "The session is being hibernated. Wake it when that is done.",
    State.TERMINATING: "The session is ending.",
}


async def connect(
    uow: UnitOfWork, actor: Actor, settings: Settings, session_id: str, *, ip: str, user_agent: str
) -> Opened:
    """Open a connection, or wake the session if it is hibernated.

    Raises:
        NoSuchSession: not there for this actor.
        WrongState: it has ended.
        NoGateway: nothing could carry the stream.
    """
    session = await queries.visible(uow.db, actor, session_id)
    if session is None:
        raise NoSuchSession
    permissions.require(actor, Action.SESSION_CONNECT, owner_id=session.user_id, org_id=session.org_id)
    if session.state in ENDED:
        raise WrongState("This session has ended. Start a new one.")
    if session.state == State.HIBERNATED:
        await service.wake_up(uow, settings, session)
    if session.state != State.RUNNING:
        uow.changed_nothing()  # a page asks again and again until it runs
        return Opened(session, _WAIT[State(session.state)])
    gateway = await gateways.choose(uow, session.id)
    connection = Connection(
        id=ids.uid(),
        session_id=session.id,
        user_id=actor.id,
        username=actor.username,
        login_id=actor.login_id,
        role="controller",
        client_ip=ip[:64],
        user_agent=user_agent[:300],
        connected_at=uow.now(),
        last_heartbeat=uow.now(),
    )
    uow.db.add(connection)
    await uow.db.flush()
    uow.note("session.connected", "session", session.id, after={"connection": connection.id}, org_id=session.org_id)
    session.last_connection = uow.now()
    await _recount(uow, session)
    expires = uow.now() + timedelta(seconds=streams.TICKET_SECONDS)
    ticket = streams.Ticket(
        jti=ids.uid(),
        iat=uow.now().timestamp(),
        exp=expires.timestamp(),
        session_id=session.id,
        agent_id=session.agent_id,
        user_id=actor.id,
        login_id=actor.login_id,
        org_id=session.org_id,
        connection_id=connection.id,
        role="controller",
    )
    url = gateways.ticket_url(settings, gateway, ticket)
    return Opened(session, "Ready.", connection, url, expires)


async def beat(uow: UnitOfWork, actor: Actor, session_id: str, connection_id: str) -> None:
    """Keep a connection alive."""
    connection = await _own(uow, actor, session_id, connection_id)
    connection.last_heartbeat = uow.now()


async def disconnect(uow: UnitOfWork, actor: Actor, session_id: str, connection_id: str) -> int:
    """End a connection and its stream; returns how many are left."""
    connection = await _own(uow, actor, session_id, connection_id)
    session = await queries.locked(uow.db, session_id)
    await gateways.revoke(uow, "connection", connection.id)
    await uow.db.delete(connection)
    await uow.db.flush()
    uow.note("session.disconnected", "session", session_id, before={"connection": connection_id})
    if session is None:
        return 0
    session.last_disconnect = uow.now()
    await _recount(uow, session)
    return session.active_connections


async def streams_changed(uow: UnitOfWork, gateway_id: str, change: streams.StreamsChanged) -> None:
    """Note what a gateway says of a connection's streams."""
    connection = await uow.db.get(Connection, change.connection_id)
    if connection is not None and connection.session_id == change.session_id:
        connection.gateway_id, connection.open_streams = gateway_id, change.open
        connection.last_heartbeat = uow.now()


async def gateway_came(uow: UnitOfWork, gateway_id: str) -> None:
    """Forget what a gateway said before; it says everything again."""
    await queries.forget_streams(uow.db, gateway_id)


async def _own(uow: UnitOfWork, actor: Actor, session_id: str, connection_id: str) -> Connection:
    connection = await uow.db.get(Connection, connection_id)
    if connection is None:
        raise NoSuchConnection
    if connection.session_id != session_id or connection.user_id != actor.id:
        # Only who sees the session may learn that the connection exists.
        await service.get(uow, actor, connection.session_id)
        raise ForeignConnection
    session = await service.get(uow, actor, session_id)
    permissions.require(actor, Action.SESSION_CONNECT, owner_id=connection.user_id, org_id=session.org_id)
    return connection


async def list_connections(uow: UnitOfWork, actor: Actor, session_id: str) -> Sequence[Connection]:
    """Return who watches a session."""
    await service.get(uow, actor, session_id)
    return await queries.connections(uow.db, session_id)


async def drop_silent(uow: UnitOfWork) -> None:
    """End connections whose heartbeats stopped; their stream, if any is left, is not touched."""
    touched = set()
    now = uow.now()
    for connection in await queries.silent_connections(uow.db, now - SILENCE, now - FORGOTTEN):
        touched.add(connection.session_id)
        await uow.db.delete(connection)
    await uow.db.flush()
    for session_id in sorted(touched):
        session = await queries.locked(uow.db, session_id)
        if session is not None:
            session.last_disconnect = uow.now()
            await _recount(uow, session)


async def _recount(uow: UnitOfWork, session: Session) -> None:
    session.active_connections = await queries.count_connections(uow.db, session.id)
    service.announce(uow, session)
