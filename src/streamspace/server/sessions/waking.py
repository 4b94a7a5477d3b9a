"""How a session wakes when that does not work at once: tried again where that helps, and otherwise it sleeps on."""

from __future__ import annotations

from streamspace.protocol.control import Action as Order
from streamspace.server.agents import service as agents
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.settings import Settings
from streamspace.server.sessions import placing, queries, rules, service
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.rules import State, Trigger


async def failed(uow: UnitOfWork, session: Session, code: str, message: str, log_tail: str | None = None) -> None:
    """Try a wake again that failed for a passing reason; let the session sleep on for any other."""
    wait = rules.retry_after(len(session.attempts), code)
    if wait is None:
        await give_up(uow, session, code, message, log_tail)
        return
    if session.state != State.WAKING:
        return
    _remember(session, code, message)
    following = len(session.attempts) + 1
    await service.move(uow, session, Trigger.RETRY, f"Trying again ({following} of {rules.MOST_ATTEMPTS}): {message}")
    session.retry_at, session.queue_position = uow.now() + wait, None


async def give_up(uow: UnitOfWork, session: Session, code: str, message: str, log_tail: str | None = None) -> None:
    """Let a session sleep on that could not be woken, and say why."""
    if session.state != State.WAKING:
        return
    _remember(session, code, message)
    service.note(session, code, message, log_tail)
    await service.move(uow, session, Trigger.WAKE_FAILED, message)


def _remember(session: Session, code: str, message: str) -> None:
    if session.attempts:
        session.attempts = [*session.attempts[:-1], session.attempts[-1] | {"code": code[:60], "message": message}]


async def try_again(uow: UnitOfWork, settings: Settings, session_id: str) -> None:
    """Order a wake anew whose next attempt is due. Its agent is the one that has its files; its room there is kept."""
    session = await queries.locked(uow.db, session_id)
    if session is None or session.state != State.WAKING or session.retry_at is None or session.retry_at > uow.now():
        return
    agent = await agents.hold(uow, session.agent_id)
    if agent is None:
        await give_up(uow, session, "agent_gone", "The agent that has this session's files was removed.")
        return
    await agents.supersede(uow, session.id, session.agent_id)
    session.retry_at, session.updated_at = None, uow.now()
    session.attempts = [*session.attempts, {"agentId": session.agent_id, "at": uow.now().isoformat()}]
    session.queue_position = await placing.waits_behind(uow, settings, agent)
    await service.order(uow, settings, session, Order.WAKE)
    service.announce(uow, session)
