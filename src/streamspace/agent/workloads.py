"""Turns commands into calls of the platform, each once, and the platform's news into messages."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from pydantic import ValidationError

from streamspace.agent import machine
from streamspace.agent.journal import Journal
from streamspace.agent.warm import Warmth
from streamspace.kit import quantities
from streamspace.kit.tasks import Tasks
from streamspace.platforms.base import (
    AdmitsConnections,
    InstallsPackages,
    NoSuchSession,
    Platform,
    PlatformError,
    SessionSpec,
    State,
)
from streamspace.protocol import control
from streamspace.protocol.base import Wire
from streamspace.protocol.control import Action, MessageType
from streamspace.protocol.manifest import TemplateManifest

log = structlog.get_logger(__name__)

Send = Callable[[MessageType, Wire], Awaitable[None]]
Ended = Callable[[str], Awaitable[None]]
Order = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]
_LOG_TAIL = 8000
_MEASURED_AT_ONCE = 8
_MEASURE_SECONDS = 5.0


class Workloads:
    """The sessions of this agent. Orders to one session run one after the other; a stop breaks off a start."""

    def __init__(
        self,
        platform: Platform,
        journal: Journal,
        send: Send,
        ended: Ended,
        *,
        starts_at_once: int = 4,
        by_hand: Order | None = None,
    ) -> None:
        self._platform = platform
        self._journal = journal
        self._send = send
        self._ended = ended
        self._by_hand = by_hand
        self._locks: dict[str, asyncio.Lock] = {}
        self._under_way: dict[str, asyncio.Task[Any]] = {}
        self._starting: dict[str, asyncio.Task[Any]] = {}
        self._warmth = Warmth(platform)
        self._start_slots = asyncio.Semaphore(starts_at_once)
        self._telling = asyncio.Lock()
        """Keeps what is told in the order in which it was true: an inventory says nothing of what ended after it."""
        self._tasks = Tasks()

    async def take(self, command: control.Command) -> None:
        """Accept a command. One that was done is answered again; one under way is left alone."""
        # What waits may have ended with the machine since, and starting it again changes nothing.
        done = self._journal.result(command.command_id) if command.action != Action.WARM else None
        if done is not None:
            kind = MessageType(done["type"])
            model = control.Complete if kind is MessageType.COMPLETE else control.Failed
            await self._send(kind, model.model_validate(done["payload"]))
            if command.action in {Action.START, Action.WAKE}:
                await self.send_inventory()  # what was started then may have ended with the machine since
            return
        await self._send(MessageType.ACK, control.Ack(command_id=command.command_id))
        if command.command_id in self._under_way:
            return
        task = self._tasks.spawn(self._carry_out(command), f"{command.action} {command.command_id}")
        self._under_way[command.command_id] = task
        task.add_done_callback(lambda _: self._under_way.pop(command.command_id, None))

    async def _carry_out(self, command: control.Command) -> None:
        try:
            result = await self._do(command)
        except asyncio.CancelledError:
            raise
        except PlatformError as error:
            await self._fail(command, error.code, str(error), error.log_tail)
        except (ValidationError, ValueError) as error:
            await self._fail(command, "bad_command", f"The order is malformed: {str(error)[:500]}")
        except Exception as error:
            log.exception("command_crashed", action=command.action, command=command.command_id)
            await self._fail(command, "internal_error", f"The agent failed: {type(error).__name__}: {error}"[:500])
        else:
            done = control.Complete(command_id=command.command_id, result=result)
            self._journal.finish(command.command_id, MessageType.COMPLETE, done.model_dump(mode="json", by_alias=True))
            await self._tell(MessageType.COMPLETE, done)

    async def _fail(self, command: control.Command, code: str, message: str, log_tail: str = "") -> None:
        log.warning("command_failed", action=command.action, session=command.payload.get("sessionId"), reason=message)
        failure = control.Failed(
            command_id=command.command_id,
            error=message[:4000],
            code=code[:60],
            log_tail=log_tail[-_LOG_TAIL:],
        )
        self._journal.finish(command.command_id, MessageType.FAILED, failure.model_dump(mode="json", by_alias=True))
        await self._tell(MessageType.FAILED, failure)

    async def _tell(self, kind: MessageType, payload: Wire) -> None:
        async with self._telling:
            await self._send(kind, payload)

    async def _do(self, command: control.Command) -> dict[str, Any]:
        if command.action == Action.INSTALL_PACKAGES:
            return await self._install(control.PackagesOrder.model_validate(command.payload))
        if command.action in {Action.WARM, Action.COOL}:
            return await self._warmth.do(command.action, control.WarmOrder.model_validate(command.payload))
        if command.action in control.ADMINISTRATORS and self._by_hand is not None:
            return await self._by_hand(command.action, command.payload)
        order = control.SessionOrder.model_validate(command.payload)
        if command.action == Action.STOP:
            return await self._stop(order.session_id)
        async with self._locks.setdefault(order.session_id, asyncio.Lock()):
            if command.action == Action.HIBERNATE:
                return await self._hibernate(order.session_id)
            if command.action in {Action.START, Action.WAKE}:
                return await self._start(order, waking=command.action == Action.WAKE)
        raise PlatformError(f"This agent does not know the order {command.action!r}. Upgrade it.")

    async def _start(self, order: control.SessionOrder, *, waking: bool) -> dict[str, Any]:
        if self._journal.was_stopped(order.session_id):
            raise PlatformError("This session was stopped.")
        spec = _spec(order)
        state = "waking" if waking else "starting"

        async def report(phase: str, message: str = "") -> None:
            status = control.Status(session_id=order.session_id, state=state, phase=phase, message=message or None)
            await self._send(MessageType.STATUS, status)

        async def begin() -> None:
            async with self._start_slots:
                await (self._platform.wake(spec, report) if waking else self._platform.start(spec, report))

        starting = self._starting[order.session_id] = asyncio.ensure_future(begin())
        try:
            await starting
        except asyncio.CancelledError:
            if not starting.done():
                starting.cancel()
                raise
            # A stop cancelled the start, not us.
            raise PlatformError("It was stopped while it started.") from None
        finally:
            self._starting.pop(order.session_id, None)
        return {"sessionId": order.session_id, "state": "running", "streamingPort": 8080}

    async def _hibernate(self, session_id: str) -> dict[str, Any]:
        await self._platform.hibernate(session_id)
        await self._ended(session_id)
        return {"sessionId": session_id, "state": "hibernated"}

    async def _stop(self, session_id: str) -> dict[str, Any]:
        self._journal.stop(session_id)
        starting = self._starting.get(session_id)
        if starting is not None:
            starting.cancel()
        async with self._locks.setdefault(session_id, asyncio.Lock()):
            await self._platform.stop(session_id)
        self._locks.pop(session_id, None)
        await self._ended(session_id)
        return {"sessionId": session_id, "state": "terminated"}

    async def _install(self, order: control.PackagesOrder) -> dict[str, Any]:
        if not isinstance(self._platform, InstallsPackages):
            raise PlatformError("This platform does not run Debian packages.")

        async def keep(line: str) -> None:
            log.info("apt", line=line)

        await self._platform.install_packages(order.packages, keep)
        await self.send_inventory()
        return {"packages": order.packages}

    async def send_inventory(self) -> None:
        """Say what is held here, and which packages are present."""
        async with self._telling:
            held = await self._platform.inventory()
            packages = await self._platform.packages() if isinstance(self._platform, InstallsPackages) else None
            sessions = [
                control.Reported(
                    session_id=view.session_id,
                    state=view.state,
                    message=view.message or None,
                    idle_seconds=view.idle_seconds,
                )
                for view in held
            ]
            warm = await self._warmth.inventory()
        await self._send(MessageType.INVENTORY, control.Inventory(sessions=sessions, packages=packages, warm=warm))

    async def idle_seconds(self) -> tuple[int, dict[str, float]]:
        """Return how many sessions run, and how long each has had no input, where that is known."""
        running = [view for view in await self._platform.inventory() if view.state in {State.RUNNING, State.STARTING}]
        return len(running), {v.session_id: v.idle_seconds for v in running if v.idle_seconds is not None}

    async def used(self) -> dict[str, dict[str, Any]]:
        """Return what each running session uses; what cannot be measured in time is left out."""
        running = [view.session_id for view in await self._platform.inventory() if view.state is State.RUNNING]
        slots = asyncio.Semaphore(_MEASURED_AT_ONCE)

        async def measure(session_id: str) -> dict[str, Any] | None:
            try:
                async with slots, asyncio.timeout(_MEASURE_SECONDS):
                    return machine.session_usage(await self._platform.usage(session_id))
            except (PlatformError, TimeoutError, OSError):
                return None

        measured = await asyncio.gather(*map(measure, running))
        return {session_id: used for session_id, used in zip(running, measured, strict=True) if used is not None}

    async def watch(self) -> None:
        """Pass on what happens unordered, for as long as the agent lives."""
        async for change in self._platform.watch():
            if change.warm:
                log.info("warm_session_ended", warm=change.session_id, reason=change.message)
                await self.send_inventory()
                continue
            state = "terminated" if change.state is None else change.state.value
            await self._tell(
                MessageType.STATUS,
                control.Status(
                    session_id=change.session_id,
                    state=state,
                    message=change.message[:4000] or None,
                    log_tail=change.log_tail[-_LOG_TAIL:] or None,
                ),
            )
            if change.state is not State.RUNNING:
                await self._ended(change.session_id)

    async def answer(self, query: control.Query) -> control.Answer:
        """Answer a question of the control plane."""
        session_id = str(query.payload.get("sessionId", ""))
        try:
            if query.question == "logs":
                lines = min(int(query.payload.get("lines", 200)), 2000)
                text = await self._platform.logs(session_id, lines)
                # Leaves room for JSON's escapes inside the message's bound.
                return control.Answer(query_id=query.query_id, result={"logs": text[-200_000:]})
            if query.question == "usage":
                used = await self._platform.usage(session_id)
                return control.Answer(query_id=query.query_id, result=machine.session_usage(used))
            if query.question == "control" and isinstance(self._platform, AdmitsConnections):
                connection = query.payload.get("connectionId")
                await self._platform.give_control(session_id, str(connection) if connection else None)
                return control.Answer(query_id=query.query_id)
        except NoSuchSession as error:
            return control.Answer(query_id=query.query_id, error=error.code)
        except (PlatformError, ValueError) as error:
            return control.Answer(query_id=query.query_id, error=str(error))
        return control.Answer(query_id=query.query_id, error="unknown_question")

    async def stand_down(self) -> None:
        """Break off what is under way, because another process acts for this agent now."""
        under_way = list(self._under_way.values())
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def hibernate_all(self, message: str) -> None:
        """Hibernate every running session, because this machine's StreamSpace is told to stop."""
        for task in list(self._under_way.values()):
            task.cancel()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)
        views = await self._platform.inventory()
        running = [view.session_id for view in views if view.state in {State.RUNNING, State.STARTING}]
        await asyncio.gather(*(self._lay_down(session_id, message) for session_id in running), self._warmth.end())

    async def _lay_down(self, session_id: str, message: str) -> None:
        try:
            await self._platform.hibernate(session_id)
        except PlatformError as error:
            log.warning("hibernation_failed", session=session_id, reason=str(error))
            return
        await self._ended(session_id)
        await self._send(MessageType.STATUS, control.Status(session_id=session_id, state="hibernated", message=message))

    async def close(self) -> None:
        """Break off what is under way; sessions that run go on."""
        await self._tasks.close()
        self._journal.close()


def _spec(order: control.SessionOrder) -> SessionSpec:
    return SessionSpec(
        session_id=order.session_id,
        user=order.user,
        user_id=order.user_id,
        org_id=order.org_id,
        manifest=TemplateManifest.model_validate(order.template_manifest),
        cpu_millicores=quantities.millicores(order.resources.get("cpu") or order.cpu or "1000m"),
        memory_bytes=quantities.size_bytes(order.resources.get("memory") or order.memory or "1Gi"),
        persistent_home=order.persistent_home,
        environment=order.environment,
        policy=order.policy,
        warm_id=order.warm_id,
    )
