"""Who takes part in a session, and who of them has keyboard and mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Actor
from streamspace.server.sessions import events, queries
from streamspace.server.sessions.errors import NoSuchConnection, NoSuchSession, NothingToControl
from streamspace.server.sessions.models import Connection, Session
from streamspace.server.sessions.rules import State
from streamspace.server.sessions.schemas import ConnectionOut


async def list_connections(uow: UnitOfWork, actor: Actor, session_id: str) -> list[ConnectionOut]:
    """Return who watches a session; those who only take part are not told from where."""
    seen = await queries.shown(uow.db, actor, session_id) is not None
    found = await queries.connections(uow.db, session_id)
    if not seen and all(connection.user_id != actor.id for connection in found):
        raise NoSuchSession
    return _shown(found, with_addresses=seen)


def _shown(found: Sequence[Connection], *, with_addresses: bool) -> list[ConnectionOut]:
    given = any(connection.in_control for connection in found)
    return [
        ConnectionOut(
            id=connection.id,
            session_id=connection.session_id,
            user_id=connection.user_id,
            username=connection.username,
            role=connection.role,
            client_ip=connection.client_ip if with_addresses else "",
            user_agent=connection.user_agent if with_addresses else "",
            connected_at=connection.connected_at,
            last_heartbeat=connection.last_heartbeat,
            has_control=connection.in_control if given else connection.role == "controller",
            guest=not connection.login_id,
            share_id=connection.share_id if with_addresses else None,
        )
        for connection in found
    ]


async def check_controllable(uow: UnitOfWork, session: Session | Row[Any], connection_id: str | None) -> None:
    """Make sure that a session's control can be given to this connection, or back to all.

    Raises:
        NothingToControl: it does not run.
        NoSuchConnection: the connection is not one of its own.
    """
    if session.state != State.RUNNING:
        raise NothingToControl
    if connection_id is not None:
        connection = await uow.db.get(Connection, connection_id)
        if connection is None or connection.session_id != session.id:
            raise NoSuchConnection


async def set_control(uow: UnitOfWork, session_id: str, connection_id: str | None) -> list[ConnectionOut]:
    """Write down who alone has control, which the agent has seen to; returns who takes part.

    Raises:
        NoSuchSession, NothingToControl, NoSuchConnection: meanwhile.
    """
    session = await queries.locked(uow.db, session_id)
    if session is None:
        raise NoSuchSession
    await check_controllable(uow, session, connection_id)
    found = await queries.connections(uow.db, session.id)
    before = next((connection.id for connection in found if connection.in_control), None)
    for connection in found:
        connection.in_control = connection.id == connection_id
    await uow.db.flush()
    uow.note(
        "session.control_given" if connection_id else "session.control_taken",
        "session",
        session.id,
        before={"connection": before},
        after={"connection": connection_id},
        org_id=session.org_id,
    )
    await tell(uow, session, events.ControlChanged, next((c for c in found if c.in_control), None))
    return _shown(found, with_addresses=True)


async def ask_for_control(uow: UnitOfWork, session: Session, connection_id: str) -> None:
    """Tell the owner that somebody who takes part asks for keyboard and mouse."""
    connection = await uow.db.get(Connection, connection_id)
    if connection is None:
        raise NoSuchConnection
    await tell(uow, session, events.ControlRequested, connection, audience=[])


async def tell(
    uow: UnitOfWork,
    session: Session,
    kind: type[events.PresenceChanged],
    connection: Connection | None,
    *,
    audience: Sequence[str] | None = None,
) -> None:
    """Tell those who see a session, and those who take part, what one of the latter does."""
    if audience is None:
        audience = sorted({other.user_id for other in await queries.connections(uow.db, session.id)})
    told = None
    if connection is not None:
        told = {
            "id": connection.id,
            "userId": connection.user_id,
            "username": connection.username,
            "role": connection.role,
            "guest": not connection.login_id,
        }
    uow.announce(
        kind(
            org_id=session.org_id,
            session_id=session.id,
            user_id=session.user_id,
            audience=list(audience),
            data={"connection": told},
        )
    )
