"""Sessions whose agent was removed: they end, and their people read why."""

from __future__ import annotations

from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.sessions import placed, rules, service
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.rules import State, Trigger

CODE = "agent_removed"
REMOVED = "Its machine was removed by an administrator, so it cannot go on. Files that were kept there stay there."
_AT_ONCE = 100


async def end(uow: UnitOfWork, session: Session) -> None:
    """End a session that no agent can run any more; what was about to end anyway just has."""
    before = {"state": str(session.state)}
    following = rules.after(State(session.state), Trigger.ORPHANED)
    if following is None:
        return
    if following is State.FAILED:
        service.note(session, CODE, REMOVED)
    session.termination_reason = session.termination_reason or CODE
    await service.move(uow, session, Trigger.ORPHANED, REMOVED)
    after = {"state": str(session.state), "reason": CODE, "agent": session.agent_id}
    uow.note("session.orphaned", "session", session.id, before=before, after=after, org_id=session.org_id)


async def end_all(database: Database) -> None:
    """End those that are left of removals which did not see to it themselves."""
    while True:
        async with database.work() as uow:
            found = await placed.orphaned(uow.db, _AT_ONCE)
            for session in found:
                await end(uow, session)
        if len(found) < _AT_ONCE:
            return
