"""What happened to a session, in order, for the people who look after it."""

from __future__ import annotations

from streamspace.server.core.db import UnitOfWork
from streamspace.server.sessions import queries
from streamspace.server.sessions.models import Session, SessionEvent
from streamspace.server.sessions.rules import MOST_EVENTS

_PEOPLE = {"user", "key"}


async def record(uow: UnitOfWork, session: Session, kind: str, message: str | None = None) -> None:
    """Add an entry; the oldest goes where there are too many."""
    session.event_count = (session.event_count or 0) + 1
    uow.db.add(
        SessionEvent(
            session_id=session.id,
            number=session.event_count,
            org_id=session.org_id,
            at=uow.now(),
            kind=kind,
            message=message,
            actor=uow.origin.actor_name if uow.origin.actor_kind in _PEOPLE else None,
        )
    )
    if session.event_count > MOST_EVENTS:
        await queries.drop_events(uow.db, session.id, session.event_count - MOST_EVENTS)
