"""What happens to sessions without anybody asking: agents' reports, deadlines, repairs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import structlog

from streamspace.protocol import control
from streamspace.protocol.control import Action as Order
from streamspace.protocol.streams import StreamsChanged
from streamspace.server.agents import service as agents
from streamspace.server.agents.models import AgentCommand
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.settings import Settings
from streamspace.server.sessions import connections, events, queries, service
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.rules import LONGEST_SECONDS, State, Trigger

log = structlog.get_logger(__name__)

_DONE = {
    Order.START: Trigger.STARTED,
    Order.WAKE: Trigger.STARTED,
    Order.HIBERNATE: Trigger.HIBERNATED,
    Order.STOP: Trigger.STOPPED,
}
_UNDONE = {
    Order.START: Trigger.START_FAILED,
    Order.WAKE: Trigger.WAKE_FAILED,
    Order.HIBERNATE: Trigger.HIBERNATE_FAILED,
}
LOST = "The machine restarted while the session ran. Its files are kept; wake it to go on."
WARN_BEFORE = timedelta(minutes=5)
_TICK = timedelta(seconds=10)


class Reactions:
    """What follows from an agent's words. An agent speaks only of sessions that were given to it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def acknowledged(self, uow: UnitOfWork, command: AgentCommand) -> None:
        """A start or wake has begun."""
        session = await self._of(uow, command)
        if session is None:
            return
        service.step(uow, session, "sent")
        if command.action == Order.START:
            await service.move(uow, session, Trigger.ACCEPTED, "Starting.")

    async def completed(self, uow: UnitOfWork, command: AgentCommand) -> None:
        """A command was done."""
        session = await self._of(uow, command)
        if session is None:
            return
        order = Order(command.action)
        if _DONE[order] is Trigger.STARTED:
            service.step(uow, session, "ready")
        await service.move(uow, session, _DONE[order])

    async def failed(self, uow: UnitOfWork, command: AgentCommand, failure: control.Failed) -> None:
        """A command could not be done. A failed stop is ordered again by `repair`."""
        session = await self._of(uow, command)
        if session is None or (trigger := _UNDONE.get(Order(command.action))) is None:
            return
        service.note(session, failure.code, failure.error, failure.log_tail)
        await service.move(uow, session, trigger, failure.error)

    async def reported(self, uow: UnitOfWork, agent_id: str, status: control.Status) -> None:
        """A session moved on by itself, or is a step further in its start."""
        session = await queries.locked(uow.db, status.session_id)
        if session is None or session.agent_id != agent_id:
            log.warning("report_on_foreign_session", agent=agent_id, session=status.session_id[:63])
            return
        if status.phase is not None and session.state in {State.STARTING, State.WAKING}:
            service.step(uow, session, status.phase, status.message)
            session.updated_at = uow.now()
            service.announce(uow, session)
        if status.state == "failed":
            service.note(session, "crashed", status.message or "The application ended unexpectedly.", status.log_tail)
            await service.move(uow, session, Trigger.CRASHED, status.message)
        elif status.state == "terminated":
            session.termination_reason = session.termination_reason or "closed"
            await service.move(uow, session, Trigger.CLOSED, status.message)
        elif status.state == "hibernated":
            await service.move(uow, session, Trigger.HIBERNATED, status.message)
        elif status.state == "running" and status.streaming_ready:
            await service.move(uow, session, Trigger.STARTED)

    async def inventoried(self, uow: UnitOfWork, agent_id: str, inventory: control.Inventory) -> None:
        """Compare what the agent holds with what it should hold, and mend the difference."""
        held = {reported.session_id: reported for reported in inventory.sessions}
        known = {session.id: session for session in await queries.by_ids(uow.db, list(held))}
        for session_id, reported in held.items():
            session = known.get(session_id)
            if session is None or session.agent_id != agent_id or session.state in {State.TERMINATED, State.FAILED}:
                await self._remove_orphan(uow, agent_id, session_id)
            elif not await agents.has_open_command(uow, session_id):
                await self._agree(uow, session, reported)
        for session in await queries.on_agent(uow.db, agent_id):
            if session.id not in held and not await agents.has_open_command(uow, session.id):
                if session.state == State.RUNNING:
                    service.note(session, "lost", LOST)
                await service.move(uow, session, Trigger.VANISHED, LOST)

    async def active(self, uow: UnitOfWork, agent_id: str, idle_seconds: Mapping[str, float]) -> None:
        """Note when the sessions of an agent last had input."""
        for session in await queries.by_ids(uow.db, list(idle_seconds)):
            seconds = idle_seconds[session.id]
            if session.agent_id != agent_id or not 0 <= seconds <= LONGEST_SECONDS:
                continue
            at = uow.now() - timedelta(seconds=seconds)
            if session.last_activity is None or at > session.last_activity + _TICK:
                session.last_activity = at

    async def gateway_came(self, uow: UnitOfWork, gateway_id: str) -> None:
        """A gateway connected and will say of all its streams."""
        await connections.gateway_came(uow, gateway_id)

    async def streams_changed(self, uow: UnitOfWork, gateway_id: str, change: StreamsChanged) -> None:
        """A connection's streams opened or closed at a gateway."""
        await connections.streams_changed(uow, gateway_id, change)

    async def _agree(self, uow: UnitOfWork, session: Session, reported: control.Reported) -> None:
        trigger = {
            "running": Trigger.STARTED,
            "hibernated": Trigger.HIBERNATED,
            "failed": Trigger.CRASHED,
        }.get(reported.state)
        if trigger is None or session.state == State.TERMINATING:
            return
        if trigger is Trigger.STARTED and session.state == State.HIBERNATED:
            return  # it was told to hibernate; `repair` tells it again
        if trigger is Trigger.CRASHED:
            service.note(session, "crashed", reported.message or "The application ended unexpectedly.")
        await service.move(uow, session, trigger, reported.message)

    async def _remove_orphan(self, uow: UnitOfWork, agent_id: str, session_id: str) -> None:
        log.info("orphan_found", agent=agent_id, session=session_id)
        if not await agents.has_open_command(uow, session_id):
            await agents.order(
                uow,
                agent_id,
                Order.STOP,
                {"sessionId": session_id},
                timeout=self._settings.command_timeout,
                session_id=session_id,
            )

    async def _of(self, uow: UnitOfWork, command: AgentCommand) -> Session | None:
        if command.session_id is None or command.action not in set(_DONE):
            return None
        session = await queries.locked(uow.db, command.session_id)
        return session if session is not None and session.agent_id == command.agent_id else None


class Reconciler:
    """Runs every few seconds in one process: overdue commands, stuck states, deadlines, silent viewers."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database

    async def run(self) -> None:
        """Do everything once. Each part is a transaction of its own; one that fails does not stop the others."""
        for part in (self._overdue, self._repair, self._deadlines, connections.drop_silent):
            try:
                async with self._database.work() as uow:
                    await part(uow)
            except Exception:
                log.exception("reconciling_failed", part=part.__name__)

    async def _overdue(self, uow: UnitOfWork) -> None:
        for command in await agents.overdue_commands(uow):
            agents.finish(uow, command, error="The agent did not finish in time.")
            if command.session_id is None:
                continue
            session = await queries.locked(uow.db, command.session_id)
            trigger = _UNDONE.get(Order(command.action)) if command.action in set(_DONE) else None
            if session is None or trigger is None:
                continue
            service.note(session, "timeout", "It took too long. The agent may be overloaded or away.")
            await service.move(uow, session, trigger, session.reason)
            if trigger is Trigger.START_FAILED:
                # What the agent may still bring up must not outlive its session.
                await service.order_again(uow, self._settings, session, Order.STOP)

    async def _repair(self, uow: UnitOfWork) -> None:
        for session in await queries.stuck(uow.db, uow.now() - timedelta(seconds=10)):
            if await agents.has_open_command(uow, session.id):
                continue
            if session.state == State.TERMINATING:
                await self._finish_ending(uow, session)
            elif session.state == State.HIBERNATING:
                await service.order_again(uow, self._settings, session, Order.HIBERNATE)
            elif session.state in {State.PENDING, State.STARTING}:
                service.note(session, "lost", "The start was interrupted.")
                await service.move(uow, session, Trigger.START_FAILED, session.reason)
                await service.order_again(uow, self._settings, session, Order.STOP)
            elif session.state == State.WAKING:
                await service.move(uow, session, Trigger.WAKE_FAILED, "Waking up was interrupted. Try again.")

    async def _finish_ending(self, uow: UnitOfWork, session: Session) -> None:
        agent = await agents.by_agent_id(uow, session.agent_id)
        away_since = agent.last_heartbeat if agent is not None else None
        gone = agent is None or (
            not agent.online and (away_since is None or away_since < uow.now() - self._settings.agent_gone_after)
        )
        if gone:
            session.termination_reason = "agent_unavailable"
            await service.move(uow, session, Trigger.STOPPED, "The agent is gone.")
        else:
            await service.order_again(uow, self._settings, session, Order.STOP)

    async def _deadlines(self, uow: UnitOfWork) -> None:
        for session in await queries.with_deadlines(uow.db):
            if not await self._too_old(uow, session):
                await self._too_idle(uow, session)

    async def _too_old(self, uow: UnitOfWork, session: Session) -> bool:
        if session.max_seconds is None or session.started_at is None:
            return False
        left = session.started_at + timedelta(seconds=session.max_seconds) - uow.now()
        if left <= timedelta(0):
            await service.end(uow, self._settings, session, "max_duration")
            return True
        if left <= WARN_BEFORE and session.warned_at is None:
            session.warned_at = uow.now()
            service.announce(uow, session, events.SessionExpiring)
        return False

    async def _too_idle(self, uow: UnitOfWork, session: Session) -> None:
        if session.idle_seconds is None or session.last_activity is None or session.state != State.RUNNING:
            return
        if session.last_activity + timedelta(seconds=session.idle_seconds) <= uow.now():
            await service.put_to_sleep(uow, self._settings, session)
