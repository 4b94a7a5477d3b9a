"""What an agent asks of a platform. `tests/platforms/contract.py` says the same in code, for every platform."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from streamspace.protocol.manifest import TemplateManifest
from streamspace.protocol.policies import Policy
from streamspace.protocol.streams import Endpoint, Role


class State(StrEnum):
    """A session as its platform sees it."""

    STARTING = "starting"
    RUNNING = "running"
    HIBERNATED = "hibernated"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionSpec:
    """Everything needed to run a session, whether for the first time or after hibernation."""

    session_id: str
    user: str
    user_id: str
    org_id: str
    manifest: TemplateManifest
    cpu_millicores: int
    memory_bytes: int
    persistent_home: bool = True
    environment: dict[str, str] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    """What may cross the session's border, and whether its screen is marked."""
    warm_id: str = ""
    """The warm session that was set aside for this one; where it is gone, the start is an ordinary one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WarmSpec:
    """What is started ahead, for nobody yet: everything of a session but its person, home and application."""

    warm_id: str
    manifest: TemplateManifest
    cpu_millicores: int
    memory_bytes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WarmView:
    """A session that waits for its person."""

    warm_id: str
    ready: bool
    template: str
    memory_bytes: int | None = None
    """What it uses, where that is known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionView:
    """One session of the inventory."""

    session_id: str
    state: State
    message: str = ""
    idle_seconds: float | None = None
    """Seconds since a person or program last gave input; None where the platform cannot tell."""
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Something happened to a session without being ordered, such as its application's death."""

    session_id: str
    state: State | None
    """None: the session is gone."""
    message: str = ""
    log_tail: str = ""
    warm: bool = False
    """Whether it was a warm session, which `session_id` then names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Usage:
    """What a session uses now."""

    cpu_cores: float
    memory_bytes: int
    processes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeSize:
    """How much room one person's persistent home takes."""

    org_id: str
    user_id: str
    size_bytes: int


class Report(Protocol):
    """Takes note of how far a start is."""

    async def __call__(self, phase: str, message: str = "") -> None:
        """Say that a phase begins (`image`, `sandbox`, `display`, `engine`, `application`), or how far it is."""


class PlatformError(Exception):
    """The platform could not do it. The text is a sentence for the person who asked."""

    code = "platform_error"

    def __init__(self, message: str = "", *, log_tail: str = "") -> None:
        super().__init__(message or (self.__doc__ or "").splitlines()[0])
        self.log_tail = log_tail


class PackagesMissing(PlatformError):  # noqa: N818
    """The machine lacks packages that the application needs."""

    code = "packages_missing"


class ToolMissing(PlatformError):  # noqa: N818
    """The machine lacks a program that every session needs."""

    code = "tool_missing"


class StartFailed(PlatformError):  # noqa: N818
    """The session ended before its screen could be streamed."""

    code = "start_failed"


class NoSuchSession(PlatformError):  # noqa: N818
    """This agent does not hold the session."""

    code = "not_found"


class NotRunning(PlatformError):  # noqa: N818
    """The session is not running, so there is nothing to connect to."""

    code = "not_running"


class NoFiles(PlatformError):  # noqa: N818
    """This session's files cannot be reached from outside."""

    code = "no_files"


class Platform(Protocol):
    """One way to run sessions. Every method may be called again with the same arguments and then changes nothing."""

    name: str

    async def start(self, spec: SessionSpec, report: Report) -> SessionView:
        """Run a session and return when it can be streamed.

        Cancelling the call undoes it. A session that already runs is returned as it is.

        Raises:
            PackagesMissing: named packages are not installed.
            ToolMissing: bubblewrap, the engine, the X server … is not installed.
            StartFailed: it died; `log_tail` has its last lines.
        """

    async def stop(self, session_id: str) -> None:
        """End a session and all it started; its persistent home stays. An unknown session is fine."""

    async def hibernate(self, session_id: str) -> None:
        """Free the session's processor and memory, keeping its home and what `wake` needs.

        Raises:
            NoSuchSession: neither running nor hibernated here.
        """

    async def wake(self, spec: SessionSpec, report: Report) -> SessionView:
        """Bring a hibernated session back; raises what `start` raises."""

    async def inventory(self) -> list[SessionView]:
        """Return every session held here, including those started before the agent was."""

    def watch(self) -> AsyncIterator[Change]:
        """Yield what happens unordered, until the caller stops listening."""

    async def endpoint(self, session_id: str, role: Role) -> Endpoint:
        """Return where the session answers, with the engine's token for this role.

        Raises:
            NoSuchSession: not held here.
            NotRunning: held, but hibernated, starting or failed.
        """

    async def logs(self, session_id: str, lines: int) -> str:
        """Return the last lines of the session's log, also after it ended, for as long as logs are kept.

        Raises:
            NoSuchSession: never held here, or its log was cleared.
        """

    async def usage(self, session_id: str) -> Usage:
        """Return what the session uses now.

        Raises:
            NoSuchSession: not held here.
            NotRunning: it uses nothing.
        """

    async def close(self) -> None:
        """Let go. Sessions keep running and the next agent on this machine finds them."""


@runtime_checkable
class InstallsPackages(Protocol):
    """An ability: the platform runs Debian packages of its machine and may install more."""

    async def packages(self) -> list[str]:
        """Return the names of the packages that are installed."""

    async def install_packages(self, names: list[str], log: Callable[[str], Awaitable[None]]) -> None:
        """Install packages, passing on the installer's lines.

        Raises:
            PlatformError: not allowed here, or the installer failed; the text says which.
        """


@runtime_checkable
class AdmitsConnections(Protocol):
    """An ability: the platform tells a session's connections apart, and can let one of them alone have control."""

    async def admit(self, session_id: str, connection_id: str, role: Role) -> Endpoint:
        """Return where the session answers, with an engine token that is this connection's alone.

        Raises:
            NoSuchSession: not held here.
            NotRunning: held, but hibernated, starting or failed.
        """

    async def dismiss(self, session_id: str, connection_id: str) -> None:
        """Make a connection's token useless, and cut what came with it. An unknown one is fine."""

    async def give_control(self, session_id: str, connection_id: str | None) -> None:
        """Let only this connection use keyboard, mouse and clipboard; None lets all controllers again.

        Raises:
            NoSuchSession: not held here.
            NotRunning: there is nothing to control.
        """


@runtime_checkable
class KnowsTokens(Protocol):
    """An ability: the platform says what a token of `admit` or `endpoint` is worth, for streams without an engine."""

    def role_of(self, session_id: str, token: str) -> Role | None:
        """Return what its bearer may do now; None for one that is not, or no longer, good."""


@runtime_checkable
class AdmitsFiles(Protocol):
    """An ability: a session's home can be read and written from outside, as its own user would inside."""

    async def files(self, session_id: str) -> Endpoint:
        """Return where the session's file server answers (`platforms/inside/fileserver.py`).

        Raises:
            NoSuchSession: not held here.
            NotRunning: held, but hibernated, starting or failed.
            NoFiles: this session has none.
        """


@runtime_checkable
class Pauses(Protocol):
    """An ability: the platform can freeze a session, which costs no processor and keeps its memory."""

    async def pause(self, session_id: str) -> None:
        """Freeze a session. While it is paused, `endpoint` says that it is not running.

        Raises:
            NoSuchSession: not held here.
            NotRunning: there is nothing to freeze.
        """

    async def resume(self, session_id: str) -> None:
        """Let a paused session go on; raises what `pause` raises."""


@runtime_checkable
class Warms(Protocol):
    """An ability: the platform starts sessions ahead and hands one over when its person comes.

    A `start` whose `warm_id` names one takes it if it still fits, or ends it and starts as usual. Warm sessions are no
    part of the inventory; the end of one is told by `watch`.
    """

    async def warm_problem(self) -> str | None:
        """Say why nothing can be started ahead here, if so."""

    async def warm(self, spec: WarmSpec) -> WarmView:
        """Start all that needs no person, and return when one could come. Cancelling the call undoes it.

        Raises:
            what `start` raises.
        """

    async def cool(self, warm_id: str) -> None:
        """End a warm session. One that is unknown, or was taken, is fine and stays as it is."""

    async def warm_inventory(self) -> list[WarmView]:
        """Return those that wait here, including those started before the agent was."""


@runtime_checkable
class MeasuresHomes(Protocol):
    """An ability: the platform says how much room people's homes take on its machine."""

    async def homes(self, *, touched: bool = False) -> tuple[list[HomeSize], bool]:
        """Measure all homes, or those alone whose sessions ended since this was last asked.

        Return what they hold, and whether none was left out, as one is that takes too long.
        """


@runtime_checkable
class ChecksMachine(Protocol):
    """An ability: the platform can say beforehand what its machine lacks."""

    def check(self) -> None:
        """Make sure that sessions can run here.

        Raises:
            ToolMissing: they cannot; the text says what to install.
        """


class NoSuchPlatform(PlatformError):  # noqa: N818
    """No platform of that name is installed."""
