"""What follows from agents' words about sessions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

import structlog

from streamspace.protocol import control
from streamspace.protocol.control import Action as Order
from streamspace.protocol.streams import StreamsChanged
from streamspace.server.agents import service as agents
from streamspace.server.agents.models import AgentCommand
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.settings import Settings
from streamspace.server.homes import service as homes
from streamspace.server.sessions import connections, orphans, placed, queries, service, starting, storage, waking
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.rules import ENDED, LONGEST_SECONDS, State, Trigger

log = structlog.get_logger(__name__)

DONE = {
    Order.START: Trigger.STARTED,
    Order.WAKE: Trigger.STARTED,
    Order.HIBERNATE: Trigger.HIBERNATED,
    Order.STOP: Trigger.STOPPED,
}
"""What the end of a command does to its session; no other command concerns one."""
_ALIVE = {"starting", "waking", "running"}
LOST = "The machine restarted while the session ran. Its files are kept; wake it to go on."
_TICK = timedelta(seconds=10)
_HEARSAY = timedelta(seconds=30)
"""A heartbeat may be older than what we know by so much."""


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
        if DONE[order] is Trigger.STARTED:
            service.step(uow, session, "ready")
        await service.move(uow, session, DONE[order])

    async def failed(self, uow: UnitOfWork, command: AgentCommand, failure: control.Failed) -> None:
        """A command could not be done. A failed stop is ordered again by `repair`."""
        session = await self._of(uow, command)
        if session is None:
            return
        if command.action == Order.START:
            await starting.failed(uow, self._settings, session, failure.code, failure.error, failure.log_tail)
        elif command.action == Order.WAKE:
            await waking.failed(uow, session, failure.code, failure.error, failure.log_tail)
        elif command.action == Order.HIBERNATE and failure.code == "not_found":
            await self._vanished(uow, session)
        elif command.action == Order.HIBERNATE:
            service.note(session, failure.code, failure.error, failure.log_tail)
            await service.move(uow, session, Trigger.HIBERNATE_FAILED, failure.error)

    async def reported(self, uow: UnitOfWork, agent_id: str, status: control.Status) -> None:
        """A session moved on by itself, or is a step further in its start."""
        session = await queries.locked(uow.db, status.session_id)
        if session is None or session.agent_id != agent_id or session.state in ENDED:
            log.warning("report_on_foreign_session", agent=agent_id, session=status.session_id[:63])
            if status.state in _ALIVE:
                await self._remove_orphan(uow, agent_id, status.session_id)
            return
        if status.phase is not None and session.state in {State.STARTING, State.WAKING}:
            service.step(uow, session, status.phase, status.message)
            if status.phase == control.IMAGE_PHASE:
                await agents.prolong(uow, session.id, self._settings.start_timeout, self._settings.image_timeout)
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
        known = {session.id: session for session in await queries.by_ids(uow.db, list(held), hold=True)}
        for session_id, reported in held.items():
            session = known.get(session_id)
            if session is None or session.agent_id != agent_id or session.state in ENDED:
                await self._remove_orphan(uow, agent_id, session_id)
            elif not await agents.has_open_command(uow, session_id, agent_id):
                await self._agree(uow, session, reported)
        for session in await queries.on_agent(uow.db, agent_id):
            if session.id not in held and not await agents.has_open_command(uow, session.id, agent_id):
                await self._vanished(uow, session)

    async def _vanished(self, uow: UnitOfWork, session: Session) -> None:
        if session.state in {State.RUNNING, State.HIBERNATING}:
            service.note(session, "lost", LOST)
        await service.move(uow, session, Trigger.VANISHED, LOST)

    async def measured(self, uow: UnitOfWork, agent_id: str, report: control.Homes) -> None:
        """Note how much homes hold, and tell those who work if it is too much."""
        await storage.warn(uow, await homes.measured(uow, agent_id, report))

    async def active(self, uow: UnitOfWork, agent_id: str, idle_seconds: Mapping[str, float]) -> None:
        """Note when the sessions that run on an agent last had input, and end those that should not run there."""
        known = {session.id: session for session in await queries.by_ids(uow.db, list(idle_seconds))}
        for session_id, seconds in idle_seconds.items():
            session = known.get(session_id)
            if session is None or session.agent_id != agent_id or session.state in ENDED:
                # The agent may have said so just before it heard of the end.
                if session is None or session.updated_at < uow.now() - _HEARSAY:
                    await self._remove_orphan(uow, agent_id, session_id)
            elif session.state == State.HIBERNATED:
                await self._lay_down(uow, session)
            elif 0 <= seconds <= LONGEST_SECONDS:
                self._had_input(uow, session, uow.now() - timedelta(seconds=seconds))

    async def _lay_down(self, uow: UnitOfWork, session: Session) -> None:
        """Hibernate what sleeps as far as we know and yet runs: a wake that was given up may succeed late."""
        late = session.updated_at < uow.now() - _HEARSAY
        if late and not await agents.has_open_command(uow, session.id, session.agent_id):
            await service.order(uow, self._settings, session, Order.HIBERNATE)

    def _had_input(self, uow: UnitOfWork, session: Session, at: datetime) -> None:
        if session.last_activity is not None and at <= session.last_activity + _TICK:
            return
        session.last_activity = at
        if session.idle_warned_at is not None and at > session.idle_warned_at - _TICK:
            session.idle_warned_at = None
            service.announce(uow, session)

    async def holding(self, uow: UnitOfWork, agent_ids: Collection[str]) -> set[str]:
        """Return which of these agents sessions were given to that have not ended."""
        return await placed.agents_in_use(uow.db, agent_ids)

    async def removed(self, uow: UnitOfWork, agent_id: str) -> None:
        """End what an agent had that is removed, except what has not begun to run and fits elsewhere."""
        for session in await placed.on(uow.db, agent_id):
            await starting.leave(uow, self._settings, session.id)
            if session.agent_id == agent_id:
                await orphans.end(uow, session)

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
            await service.order(uow, self._settings, session, Order.HIBERNATE)
            return
        if trigger is Trigger.CRASHED:
            service.note(session, "crashed", reported.message or "The application ended unexpectedly.")
        await service.move(uow, session, trigger, reported.message)

    async def _remove_orphan(self, uow: UnitOfWork, agent_id: str, session_id: str) -> None:
        log.info("orphan_found", agent=agent_id, session=session_id)
        if not await agents.has_open_command(uow, session_id, agent_id):
            await agents.order(
                uow,
                agent_id,
                Order.STOP,
                {"sessionId": session_id},
                timeout=self._settings.command_timeout,
                session_id=session_id,
            )

    async def _of(self, uow: UnitOfWork, command: AgentCommand) -> Session | None:
        if command.session_id is None or command.action not in set(DONE):
            return None
        session = await queries.locked(uow.db, command.session_id)
        return session if session is not None and session.agent_id == command.agent_id else None
