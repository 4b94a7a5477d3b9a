"""A platform in memory, for tests: it can be told to fail, to be slow, and to let things happen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from streamspace.platforms.base import (
    Change,
    NoSuchSession,
    NotRunning,
    PackagesMissing,
    PlatformError,
    Report,
    SessionSpec,
    SessionView,
    State,
    Usage,
    WarmSpec,
    WarmView,
)
from streamspace.platforms.news import News
from streamspace.protocol.streams import Endpoint, Role

PHASES = ("sandbox", "display", "engine", "application")


@dataclass
class FakeSession:
    """What the fake knows of one session."""

    spec: SessionSpec
    view: SessionView


class FakePlatform:
    """Keeps sessions in a dictionary.

    Args:
        name: what it calls itself.
        endpoint: where every session answers, such as an echo server of the test.
        installed: the Debian packages it claims to have; None claims all that are asked for.
    """

    def __init__(
        self, *, name: str = "fake", endpoint: Endpoint | None = None, installed: set[str] | None = None
    ) -> None:
        self.name = name
        self.at = endpoint or Endpoint(kind="unix", path="/nowhere")
        self.installed = installed
        self.sessions: dict[str, FakeSession] = {}
        self.admitted: dict[str, dict[str, Role]] = {}
        """Who was let in, session by session."""
        self.in_control: dict[str, str | None] = {}
        self.written: dict[str, list[str]] = {}
        """The logs, which outlive their sessions."""
        self.calls: list[tuple[str, str]] = []
        """Each method that was called with a session, and which one, in order."""
        self.failures: dict[str, PlatformError] = {}
        """What a method raises instead of doing its work, by its name; `start` also concerns `wake`."""
        self.delays: dict[str, timedelta] = {}
        """How long a method takes, by its name; a start waits after its first phase."""
        self.warming: dict[str, WarmView] = {}
        """The warm sessions that wait."""
        self.no_warmth: str | None = None
        """Why it starts nothing ahead, if so."""
        self.taken: dict[str, str] = {}
        """Which warm session became which session's."""
        self.closed = False
        self._news = News()

    async def start(self, spec: SessionSpec, report: Report) -> SessionView:
        """Pretend to run a session."""
        held = self.sessions.get(spec.session_id)
        if held is not None and held.view.state is State.RUNNING:
            return held.view
        debian = spec.manifest.spec.debian
        missing = [name for name in debian.packages if not self._has(name)] if debian else []
        if missing:
            raise PackagesMissing(
                f"{spec.manifest.spec.display_name} needs packages that are missing: {', '.join(missing)}"
            )
        view = SessionView(session_id=spec.session_id, state=State.STARTING)
        left: tuple[str, ...] = PHASES[1:]
        if self.warming.pop(spec.warm_id, None) is not None:
            self.taken[spec.warm_id] = spec.session_id
            left = PHASES[-1:]
        self.sessions[spec.session_id] = FakeSession(spec, view)
        try:
            await report(PHASES[0])
            await self._work("start", spec.session_id)
            for phase in left:
                await report(phase)
        except BaseException:
            self.sessions.pop(spec.session_id, None)
            raise
        self.written.setdefault(spec.session_id, []).append("application: started")
        return self._become(spec.session_id, State.RUNNING)

    async def wake(self, spec: SessionSpec, report: Report) -> SessionView:
        """Pretend to start a hibernated session again."""
        return await self.start(spec, report)

    async def stop(self, session_id: str) -> None:
        """Forget a session."""
        await self._work("stop", session_id)
        self.sessions.pop(session_id, None)

    async def hibernate(self, session_id: str) -> None:
        """Mark a session as hibernated."""
        self._held(session_id)
        await self._work("hibernate", session_id)
        self._become(session_id, State.HIBERNATED)

    async def inventory(self) -> list[SessionView]:
        """Return all sessions."""
        return [held.view for held in self.sessions.values()]

    async def watch(self) -> AsyncIterator[Change]:
        """Yield what tests made happen."""
        async for change in self._news.listen():
            yield change

    async def endpoint(self, session_id: str, role: Role) -> Endpoint:
        """Return the given endpoint with a token that names the role."""
        if self._held(session_id).view.state is not State.RUNNING:
            raise NotRunning
        await self._work("endpoint", session_id)
        return self.at.model_copy(update={"query": {**self.at.query, "token": f"{role}-{session_id}"}})

    async def admit(self, session_id: str, connection_id: str, role: Role) -> Endpoint:
        """Return the given endpoint with a token that names the connection."""
        endpoint = await self.endpoint(session_id, role)
        self.admitted.setdefault(session_id, {})[connection_id] = role
        return endpoint.model_copy(update={"query": {**endpoint.query, "token": f"{role}-{connection_id}"}})

    async def dismiss(self, session_id: str, connection_id: str) -> None:
        """Forget a connection."""
        self.admitted.get(session_id, {}).pop(connection_id, None)
        if self.in_control.get(session_id) == connection_id:
            self.in_control[session_id] = None

    async def give_control(self, session_id: str, connection_id: str | None) -> None:
        """Remember who has control."""
        if self._held(session_id).view.state is not State.RUNNING:
            raise NotRunning
        await self._work("give_control", session_id)
        self.in_control[session_id] = connection_id

    async def logs(self, session_id: str, lines: int) -> str:
        """Return what was logged."""
        if session_id not in self.written:
            raise NoSuchSession
        return "\n".join(self.written[session_id][-lines:])

    async def usage(self, session_id: str) -> Usage:
        """Return always the same."""
        if self._held(session_id).view.state is not State.RUNNING:
            raise NotRunning
        return Usage(cpu_cores=0.25, memory_bytes=256 * 1024**2, processes=7)

    async def warm_problem(self) -> str | None:
        """Return what the test says."""
        return self.no_warmth

    async def warm(self, spec: WarmSpec) -> WarmView:
        """Pretend to start something ahead."""
        if spec.warm_id not in self.warming:
            await self._work("warm", spec.warm_id)
            self.warming[spec.warm_id] = WarmView(
                warm_id=spec.warm_id, ready=True, template=spec.manifest.metadata.name, memory_bytes=100 * 1024**2
            )
        return self.warming[spec.warm_id]

    async def cool(self, warm_id: str) -> None:
        """Forget a warm session."""
        await self._work("cool", warm_id)
        self.warming.pop(warm_id, None)

    async def warm_inventory(self) -> list[WarmView]:
        """Return those that wait."""
        return list(self.warming.values())

    async def close(self) -> None:
        """Let go; the sessions stay."""
        self.closed = True

    async def packages(self) -> list[str]:
        """Return the packages it claims to have."""
        return sorted(self.installed or ())

    async def install_packages(self, names: list[str], log: Callable[[str], Awaitable[None]]) -> None:
        """Pretend to install packages."""
        await self._work("install_packages", ",".join(names))
        for name in names:
            await log(f"Setting up {name} ...")
        if self.installed is not None:
            self.installed.update(names)

    # What a test makes happen

    def crash(
        self, session_id: str, message: str = "The application ended unexpectedly.", log_tail: str = "application: oh"
    ) -> None:
        """Let a session's application die."""
        self.sessions[session_id].view = replace(self.sessions[session_id].view, state=State.FAILED, message=message)
        self._news.tell(Change(session_id=session_id, state=State.FAILED, message=message, log_tail=log_tail))

    def quit(self, session_id: str) -> None:
        """Let the user close a session's application."""
        del self.sessions[session_id]
        self._news.tell(Change(session_id=session_id, state=None, message="The application was closed."))

    def lose_warm(self, warm_id: str) -> None:
        """Let a warm session die."""
        del self.warming[warm_id]
        self._news.tell(Change(session_id=warm_id, state=None, message="Its processes are gone.", warm=True))

    def leave_idle(self, session_id: str, idle_seconds: float) -> None:
        """Let a session have been without input for so long."""
        held = self.sessions[session_id]
        held.view = replace(held.view, idle_seconds=idle_seconds)

    def _has(self, package: str) -> bool:
        return self.installed is None or package in self.installed

    def _held(self, session_id: str) -> FakeSession:
        if session_id not in self.sessions:
            raise NoSuchSession
        return self.sessions[session_id]

    def _become(self, session_id: str, state: State) -> SessionView:
        held = self._held(session_id)
        held.view = SessionView(
            session_id=session_id, state=state, idle_seconds=0.0 if state is State.RUNNING else None
        )
        return held.view

    async def _work(self, name: str, session_id: str) -> None:
        self.calls.append((name, session_id))
        if name in self.delays:
            await asyncio.sleep(self.delays[name].total_seconds())
        if name in self.failures:
            raise self.failures[name]
