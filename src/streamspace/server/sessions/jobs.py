"""What happens to sessions without anybody asking: agents' reports, deadlines, repairs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Gauge
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.protocol import control
from streamspace.protocol.control import Action as Order
from streamspace.protocol.streams import StreamsChanged
from streamspace.server.agents import service as agents
from streamspace.server.agents.events import CommandDone, CommandQueued
from streamspace.server.agents.models import AgentCommand
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.events import Bus, Published
from streamspace.server.core.settings import Settings
from streamspace.server.sessions import connections, events, queries, rules, service, starting, timeline
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.rules import ENDED, LONGEST_SECONDS, State, Trigger
from streamspace.server.sessions.schemas import session_json

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
_ALIVE = {"starting", "waking", "running"}
TOO_LONG = "It took too long. The agent may be overloaded or away."
LOST = "The machine restarted while the session ran. Its files are kept; wake it to go on."
_TICK = timedelta(seconds=10)
_HEARSAY = timedelta(seconds=30)
"""A heartbeat may be older than what we know by so much."""

Find = Callable[[AsyncSession, datetime], Awaitable[Sequence[str]]]
Act = Callable[[UnitOfWork, Settings, str], Coroutine[Any, Any, None]]


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
        if trigger is Trigger.START_FAILED:
            await starting.failed(uow, self._settings, session, failure.code, failure.error, failure.log_tail)
            return
        if trigger is Trigger.HIBERNATE_FAILED and failure.code == "not_found":
            await self._vanished(uow, session)
            return
        service.note(session, failure.code, failure.error, failure.log_tail)
        await service.move(uow, session, trigger, failure.error)

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
        if command.session_id is None or command.action not in set(_DONE):
            return None
        session = await queries.locked(uow.db, command.session_id)
        return session if session is not None and session.agent_id == command.agent_id else None


class Reconciler:
    """Runs every few seconds in one process: overdue commands, stuck states, deadlines, silent viewers."""

    def __init__(self, settings: Settings, database: Database, registry: CollectorRegistry | None = None) -> None:
        self._settings = settings
        self._database = database
        self._queue = (
            Gauge("streamspace_queued_starts", "Starts that wait for their agent.", ["agent"], registry=registry)
            if registry is not None
            else None
        )

    async def run(self) -> None:
        """Do everything once. Each part is a transaction of its own; one that fails does not stop the others."""
        for part in (self._overdue, self._repair, self._deadlines, self._evict, connections.drop_silent, self._measure):
            try:
                async with self._database.work() as uow:
                    await part(uow)
            except Exception:
                log.exception("reconciling_failed", part=part.__name__)
        await self._each(queries.abandoned, self._settings.agent_away_after, starting.leave)
        await self._each(queries.due_again, timedelta(0), starting.try_again)

    async def _each(self, find: Find, age: timedelta, act: Act) -> None:
        """Do something to each session that is found, in a transaction of its own."""
        async with self._database.work(write=False) as uow:
            found = await find(uow.db, uow.now() - age)
        for session_id in found:
            try:
                async with self._database.work() as uow:
                    await act(uow, self._settings, session_id)
            except Exception:
                log.exception("reconciling_failed", part=act.__name__, session=session_id)

    async def _measure(self, uow: UnitOfWork) -> None:
        if self._queue is None:
            return
        self._queue.clear()
        for agent_id, waiting in (await agents.waiting_starts(uow)).items():
            self._queue.labels(agent=agent_id).set(waiting)

    async def _evict(self, uow: UnitOfWork) -> None:
        for agent_id in await agents.evicting(uow):
            for session in await queries.on_agent(uow.db, agent_id):
                if session.state == State.RUNNING:
                    await service.put_to_sleep(uow, self._settings, session)

    async def _overdue(self, uow: UnitOfWork) -> None:
        for command in await agents.overdue_commands(uow):
            session = await queries.locked(uow.db, command.session_id) if command.session_id else None
            if not await agents.still_open(uow, command):
                continue
            sent = command.sent_at is not None
            agents.give_up(uow, command, "The agent did not finish in time.")
            if command.action not in set(_DONE):
                continue
            if session is None or session.agent_id != command.agent_id:
                await self._stop_again(uow, command)
            elif command.action == Order.START:
                await starting.failed(uow, self._settings, session, "timeout", TOO_LONG, may_run=sent)
            elif command.action == Order.WAKE:
                service.note(session, "timeout", TOO_LONG)
                await service.move(uow, session, Trigger.WAKE_FAILED, TOO_LONG)

    async def _stop_again(self, uow: UnitOfWork, command: AgentCommand) -> None:
        """Repeat the end of a session that has moved on to another agent; one that is away says itself what it has."""
        agent = await agents.by_agent_id(uow, command.agent_id)
        if command.action == Order.STOP and agent is not None and agent.online:
            timeout = self._settings.command_timeout
            await agents.order(
                uow, command.agent_id, Order.STOP, command.payload, timeout=timeout, session_id=command.session_id
            )

    async def _repair(self, uow: UnitOfWork) -> None:
        for session in await queries.stuck(uow.db, uow.now() - timedelta(seconds=10)):
            if await agents.has_open_command(uow, session.id, session.agent_id):
                continue
            if session.state == State.TERMINATING:
                await self._finish_ending(uow, session)
            elif session.state == State.HIBERNATING:
                await service.order(uow, self._settings, session, Order.HIBERNATE)
            elif session.state in {State.PENDING, State.STARTING}:
                await starting.failed(uow, self._settings, session, "lost", "The start was interrupted.", may_run=True)
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
            await service.order(uow, self._settings, session, Order.STOP)

    async def _deadlines(self, uow: UnitOfWork) -> None:
        rows = await queries.with_deadlines(uow.db)
        near = [row.id for row in rows if {self._too_old(uow, row), self._idle(uow, row)} != {None}]
        for session in await queries.by_ids(uow.db, near, hold=True):
            if (left := self._too_old(uow, session)) is not None:
                await self._expire(uow, session, left)
            if session.state == State.RUNNING and (left := self._idle(uow, session)) is not None:
                await self._fall_asleep(uow, session, left)

    def _too_old(self, uow: UnitOfWork, session: Session | Row[Any]) -> timedelta | None:
        """Return how much of its longest duration is left, if there is something to do about it."""
        if session.max_seconds is None or session.started_at is None:
            return None
        longest = timedelta(seconds=session.max_seconds)
        left: timedelta = session.started_at + longest - uow.now()
        given = None if session.warned_seconds is None else timedelta(seconds=session.warned_seconds)
        due = rules.due_warning(left, longest, self._settings.duration_warnings, given)
        return left if left <= timedelta(0) or due is not None else None

    async def _expire(self, uow: UnitOfWork, session: Session, left: timedelta) -> None:
        if left <= timedelta(0):
            await service.end(uow, self._settings, session, "max_duration")
            return
        given = [before for before in self._settings.duration_warnings if left <= before]
        session.warned_at, session.warned_seconds = uow.now(), int(min(given).total_seconds())
        await self._warn(uow, session, events.SessionExpiring, left, "It will end in {}: its longest duration is near.")

    def _idle(self, uow: UnitOfWork, session: Session | Row[Any]) -> timedelta | None:
        """Return how long a session may still be idle, if there is something to do about it."""
        if session.idle_seconds is None or session.last_activity is None or session.state != State.RUNNING:
            return None
        longest = timedelta(seconds=session.idle_seconds)
        left: timedelta = session.last_activity + longest - uow.now()
        warn = session.idle_warned_at is None and left <= rules.idle_warning(longest)
        return left if left <= timedelta(0) or warn else None

    async def _fall_asleep(self, uow: UnitOfWork, session: Session, left: timedelta) -> None:
        if left <= timedelta(0):
            await service.put_to_sleep(uow, self._settings, session)
            return
        session.idle_warned_at = uow.now()
        await self._warn(uow, session, events.SessionIdle, left, "It will be hibernated in {} unless it gets input.")

    async def _warn(
        self, uow: UnitOfWork, session: Session, kind: type[events.SessionWarned], left: timedelta, sentence: str
    ) -> None:
        seconds = int(left.total_seconds())
        await timeline.record(uow, session, kind.name.removeprefix("session."), sentence.format(f"{seconds} s"))
        uow.announce(
            kind(
                org_id=session.org_id,
                session_id=session.id,
                user_id=session.user_id,
                session=session_json(session),
                seconds_left=seconds,
            )
        )


class Queues:
    """Tells sessions that wait for their agent's turn when their place changes."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._moved: set[str] = set()
        self._wake = asyncio.Event()

    def listen(self, bus: Bus) -> None:
        """Look again at an agent's queue whenever something is ordered or done there."""
        bus.subscribe(self._on_move, CommandQueued.name, CommandDone.name)

    async def _on_move(self, event: Published) -> None:
        self._moved.add(event.payload["agent_id"])
        self._wake.set()

    async def run(self) -> None:
        """Renumber queues until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._moved:
                try:
                    await self.renumber(self._moved.pop())
                except Exception:
                    log.exception("queue_not_renumbered")

    async def renumber(self, agent_id: str) -> None:
        """Renumber one agent's queue, if anybody waits there."""
        async with self._database.work(write=False) as uow:
            if not await starting.somebody_waits(uow, agent_id):
                return
        async with self._database.work() as uow:
            await starting.renumber(uow, self._settings, agent_id)
