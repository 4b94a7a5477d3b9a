"""What happens to sessions without anybody asking: deadlines, repairs, further attempts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Gauge
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.protocol.control import Action as Order
from streamspace.server.agents import service as agents
from streamspace.server.agents.events import CommandDone, CommandQueued
from streamspace.server.agents.models import AgentCommand
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.events import Bus, Published
from streamspace.server.core.settings import Settings
from streamspace.server.sessions import connections, events, queries, rules, service, starting, timeline, waking
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.reactions import DONE
from streamspace.server.sessions.rules import State, Trigger
from streamspace.server.sessions.schemas import session_json

log = structlog.get_logger(__name__)

TOO_LONG = "It took too long. The agent may be overloaded or away."
AWAY = "Its agent is not connected. Its files are there; wake it again when the agent is back."
_TICK = timedelta(seconds=10)
_LET_IT_BEGIN_SECONDS = 0.1
"""How long a queue is left alone after it moved: a start whose turn it is goes out meanwhile, and waits in no queue."""

Find = Callable[[AsyncSession, datetime], Awaitable[Sequence[str]]]
Act = Callable[[UnitOfWork, Settings, str], Coroutine[Any, Any, None]]


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
        await self._each(queries.due_wakes, timedelta(0), waking.try_again)

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
            if command.action not in set(DONE):
                continue
            if session is None or session.agent_id != command.agent_id:
                await self._stop_again(uow, command)
            elif command.action == Order.START:
                await starting.failed(uow, self._settings, session, "timeout", TOO_LONG, may_run=sent)
            elif command.action == Order.WAKE and await self._is_there(uow, command):
                await waking.failed(uow, session, "timeout", TOO_LONG)
            elif command.action == Order.WAKE:
                await waking.give_up(uow, session, "agent_away", AWAY)

    async def _is_there(self, uow: UnitOfWork, command: AgentCommand) -> bool:
        agent = await agents.by_agent_id(uow, command.agent_id)
        return agent is not None and agent.online

    async def _stop_again(self, uow: UnitOfWork, command: AgentCommand) -> None:
        """Repeat the end of a session that has moved on to another agent; one that is away says itself what it has."""
        if command.action == Order.STOP and await self._is_there(uow, command):
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
                await waking.failed(uow, session, "lost", "Waking up was interrupted.")

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
            await asyncio.sleep(_LET_IT_BEGIN_SECONDS)
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
