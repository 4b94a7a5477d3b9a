"""Who watches a session. A connection lives from `connect` until it is ended or its heartbeats stop."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from streamspace.kit import ids
from streamspace.protocol import streams
from streamspace.protocol.streams import Role
from streamspace.server.core import permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.core.settings import Settings
from streamspace.server.gateways import service as gateways
from streamspace.server.sessions import borders, events, presence, queries, service, timeline
from streamspace.server.sessions.errors import (
    ForeignConnection,
    NoSuchConnection,
    NoSuchSession,
    TooCrowded,
    WrongState,
)
from streamspace.server.sessions.models import Connection, Session
from streamspace.server.sessions.rules import ENDED, State

SILENCE = timedelta(seconds=90)
"""A viewer beats every 30 s; three missed ones end the connection, unless its gateway has its stream open."""
FORGOTTEN = timedelta(days=1)
"""What a gateway said of a stream is believed for so long without a heartbeat."""
MOST_SHARED = 60
"""Connections of a session at which nobody else is let in by a share."""
MOST_OF_ONE = 5
"""Connections by which one person may take part in somebody else's session; the oldest gives way."""


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is about to see a session, and with what right."""

    user_id: str
    name: str
    ip: str
    user_agent: str
    login_id: str = ""
    role: Role = "controller"
    share_id: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What `connect` found: an address that works once, or why there is none yet."""

    session: Session
    message: str
    connection: Connection | None = None
    url: str | None = None
    expires_at: datetime | None = None
    watermark: str | None = None


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
    watcher = Watcher(actor.id, actor.username, ip, user_agent, login_id=actor.login_id)
    return await _open(uow, settings, session, watcher)


async def connect_shared(uow: UnitOfWork, settings: Settings, session_id: str, watcher: Watcher) -> Opened:
    """Open a connection for somebody whom a share lets in, which the caller has checked. They wake nothing.

    Raises:
        NoSuchSession, WrongState, NoGateway: as `connect`.
        TooCrowded: too many take part already.
    """
    session = await queries.locked(uow.db, session_id)
    if session is None:
        raise NoSuchSession
    if session.state in ENDED:
        raise WrongState("This session has ended.")
    if session.state != State.RUNNING:
        uow.changed_nothing()
        asleep = "The session is hibernated. Its owner can wake it."
        return Opened(session, _WAIT.get(State(session.state), asleep))
    there = await queries.connections(uow.db, session.id)
    theirs = [connection for connection in there if connection.user_id == watcher.user_id]
    replaced = theirs[: max(0, len(theirs) - MOST_OF_ONE + 1)]
    for connection in replaced:
        await _end(uow, session, connection)
    if len(there) - len(replaced) >= MOST_SHARED:
        raise TooCrowded
    return await _open(uow, settings, session, watcher)


async def _open(uow: UnitOfWork, settings: Settings, session: Session, watcher: Watcher) -> Opened:
    gateway = await gateways.choose(uow, session.id)
    policy = (await borders.of(uow, session)).policy
    connection = Connection(
        id=ids.uid(),
        session_id=session.id,
        user_id=watcher.user_id,
        username=watcher.name,
        login_id=watcher.login_id,
        role=watcher.role,
        client_ip=watcher.ip[:64],
        user_agent=watcher.user_agent[:300],
        connected_at=uow.now(),
        last_heartbeat=uow.now(),
        share_id=watcher.share_id,
        in_control=False,
        policy=borders.granted(policy),
    )
    uow.db.add(connection)
    await uow.db.flush()
    told = {"connection": connection.id, "role": watcher.role, "share": watcher.share_id}
    uow.note("session.connected", "session", session.id, after=told, org_id=session.org_id)
    session.last_connection = uow.now()
    await _recount(uow, session)
    await timeline.came(uow, session, connection)
    await presence.tell(uow, session, events.SessionConnected, connection)
    expires = uow.now() + timedelta(seconds=streams.TICKET_SECONDS)
    ticket = streams.Ticket(
        jti=ids.uid(),
        iat=uow.now().timestamp(),
        exp=expires.timestamp(),
        session_id=session.id,
        agent_id=session.agent_id,
        user_id=watcher.user_id,
        login_id=watcher.login_id,
        org_id=session.org_id,
        connection_id=connection.id,
        role=watcher.role,
        policy=policy.compact(),
    )
    url = gateways.ticket_url(settings, gateway, ticket)
    return Opened(session, "Ready.", connection, url, expires, watcher.name if policy.watermark else None)


async def beat(uow: UnitOfWork, actor: Actor, session_id: str, connection_id: str) -> None:
    """Keep a connection alive."""
    connection = await _own(uow, actor, session_id, connection_id)
    connection.last_heartbeat = uow.now()


async def disconnect(uow: UnitOfWork, actor: Actor, session_id: str, connection_id: str) -> int:
    """End a connection and its stream; returns how many are left."""
    connection = await _own(uow, actor, session_id, connection_id)
    session = await queries.locked(uow.db, session_id)
    await _end(uow, session, connection)
    uow.note("session.disconnected", "session", session_id, before={"connection": connection_id})
    if session is None:
        return 0
    session.last_disconnect = uow.now()
    await _recount(uow, session)
    return session.active_connections


async def end(uow: UnitOfWork, actor: Actor, session_id: str, connection_id: str) -> None:
    """End somebody's connection, as who looks after the session. What lets them in stays: they may come again.

    Raises:
        NoSuchSession, NoSuchConnection: not there for this actor.
    """
    session = await queries.visible(uow.db, actor, session_id)
    if session is None:
        raise NoSuchSession
    permissions.require(actor, Action.SHARE_MANAGE, owner_id=session.user_id, org_id=session.org_id)
    connection = await uow.db.get(Connection, connection_id)
    if connection is None or connection.session_id != session.id:
        raise NoSuchConnection
    told = {"connection": connection.id, "of": connection.username, "share": connection.share_id}
    uow.note("session.connection_ended", "session", session.id, before=told, org_id=session.org_id)
    await _end(uow, session, connection, f"Ended by {actor.username}.")
    session.last_disconnect = uow.now()
    await _recount(uow, session)


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
    if connection.share_id is None:
        session = await service.get(uow, actor, session_id)
        permissions.require(actor, Action.SESSION_CONNECT, owner_id=connection.user_id, org_id=session.org_id)
    return connection


async def taking_part(uow: UnitOfWork, actor: Actor, session_id: str, connection_id: str) -> Session:
    """Return the session in which the actor takes part by this connection.

    Raises:
        NoSuchConnection, ForeignConnection, NoSuchSession.
    """
    await _own(uow, actor, session_id, connection_id)
    session = await queries.locked(uow.db, session_id)
    if session is None:
        raise NoSuchSession
    return session


async def end_shared(uow: UnitOfWork, share_ids: Collection[str]) -> None:
    """End what these shares let in: streams close at once, and no cookie of theirs opens another."""
    touched: dict[str, Session | None] = {}
    for connection in await queries.connections_of_shares(uow.db, share_ids):
        if connection.session_id not in touched:
            touched[connection.session_id] = await queries.locked(uow.db, connection.session_id)
        await _end(uow, touched[connection.session_id], connection, "The share is over.")
    for session in touched.values():
        if session is not None:
            session.last_disconnect = uow.now()
            await _recount(uow, session)


async def end_outdated(uow: UnitOfWork, session_id: str) -> int:
    """End a session's connections if another policy holds by now; return 1 if there were any.

    Their viewers come again by themselves, and get tickets that say what holds.
    """
    session = await queries.locked(uow.db, session_id)
    if session is None:
        return 0
    held = borders.granted((await borders.of(uow, session)).policy)
    found = [one for one in await queries.connections(uow.db, session.id) if one.policy != held]
    for connection in found:
        # Nobody is told that they left: a viewer that hears so would ask before it comes again.
        await gateways.revoke(uow, "connection", connection.id)
        await timeline.left(uow, session, connection, "What may cross the session's border has changed.")
        await uow.db.delete(connection)
    if found:
        await uow.db.flush()
        await _recount(uow, session)
    return min(len(found), 1)


async def _end(uow: UnitOfWork, session: Session | None, connection: Connection, message: str | None = None) -> None:
    await gateways.revoke(uow, "connection", connection.id)
    if session is not None:
        await timeline.left(uow, session, connection, message)
        await presence.tell(uow, session, events.SessionDisconnected, connection)
    await uow.db.delete(connection)
    await uow.db.flush()


async def drop_silent(uow: UnitOfWork) -> None:
    """End connections whose heartbeats stopped; the owner's own stream, if any is left, is not touched."""
    silent: dict[str, list[Connection]] = {}
    now = uow.now()
    for connection in await queries.silent_connections(uow.db, now - SILENCE, now - FORGOTTEN):
        silent.setdefault(connection.session_id, []).append(connection)
        if connection.share_id is not None:
            # Unless it is revoked its cookie would open the session again, unseen by whoever ends the share.
            await gateways.revoke(uow, "connection", connection.id)
        await uow.db.delete(connection)
    await uow.db.flush()
    for session_id in sorted(silent):
        session = await queries.locked(uow.db, session_id)
        if session is not None:
            for connection in silent[session_id]:
                await timeline.left(uow, session, connection, "Nothing was heard of it any more.")
            session.last_disconnect = uow.now()
            await _recount(uow, session)


async def _recount(uow: UnitOfWork, session: Session) -> None:
    session.active_connections = await queries.count_connections(uow.db, session.id)
    service.announce(uow, session)
