"""What happened to a session, in order, for the people who look after it."""

from __future__ import annotations

from streamspace.server.core.db import UnitOfWork
from streamspace.server.sessions import queries
from streamspace.server.sessions.models import Connection, Session, SessionEvent
from streamspace.server.sessions.rules import MOST_EVENTS, MOST_VISITS

_PEOPLE = {"user", "key"}
_CAME, _LEFT = "connected", "disconnected"


async def came(uow: UnitOfWork, session: Session, connection: Connection) -> None:
    """Add that somebody opened a connection."""
    does = "Controls" if connection.role == "controller" else "Watches"
    await _visit(uow, session, _CAME, connection, f"{does}, from {connection.client_ip or 'an unknown address'}.")


async def left(uow: UnitOfWork, session: Session, connection: Connection, message: str | None = None) -> None:
    """Add that a connection ended."""
    await _visit(uow, session, _LEFT, connection, message)


async def _visit(uow: UnitOfWork, session: Session, kind: str, connection: Connection, message: str | None) -> None:
    guest = "" if connection.login_id else " (guest)"
    await record(uow, session, kind, message, by=f"{connection.username}{guest}")
    if session.event_count > MOST_VISITS:
        await uow.db.flush()
        # People come and go more often than anything else happens; they must not push the rest out.
        await queries.drop_oldest_events(uow.db, session.id, (_CAME, _LEFT), keep=MOST_VISITS)


async def record(
    uow: UnitOfWork, session: Session, kind: str, message: str | None = None, *, by: str | None = None
) -> None:
    """Add an entry; the oldest goes where there are too many. Who is at work caused it, unless it is said who did."""
    uow.db.add(entry(uow, session, kind, message, by=by))
    if session.event_count > MOST_EVENTS:
        await queries.drop_events(uow.db, session.id, session.event_count - MOST_EVENTS)


def entry(
    uow: UnitOfWork, session: Session, kind: str, message: str | None = None, *, by: str | None = None
) -> SessionEvent:
    """Return a session's next entry, counted and not yet added: a new session must be in the database before it."""
    session.event_count = (session.event_count or 0) + 1
    return SessionEvent(
        session_id=session.id,
        number=session.event_count,
        org_id=session.org_id,
        at=uow.now(),
        kind=kind,
        message=message,
        actor=by or (uow.origin.actor_name if uow.origin.actor_kind in _PEOPLE else None),
    )
