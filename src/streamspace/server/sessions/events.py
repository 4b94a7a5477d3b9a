from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from streamspace.server.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionChanged(Event):
    """Something about a session changed; carries the session as the API shows it."""

    name: ClassVar[str] = "session.updated"
    session_id: str
    user_id: str
    session: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionCreated(SessionChanged):
    """A session was accepted; an agent will be asked to run it."""

    name: ClassVar[str] = "session.created"


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionRunning(SessionChanged):
    """A session can be streamed."""

    name: ClassVar[str] = "session.running"


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionHibernated(SessionChanged):
    """A session's processes ended and its home is kept."""

    name: ClassVar[str] = "session.hibernated"


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionFailed(SessionChanged):
    """A session could not start, or died."""

    name: ClassVar[str] = "session.failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionTerminated(SessionChanged):
    """A session ended because somebody, or a deadline, said so."""

    name: ClassVar[str] = "session.terminated"


@dataclass(frozen=True, kw_only=True, slots=True)
class PresenceChanged(Event):
    """Something about who takes part in a session; those who see the session hear it, and the audience."""

    name: ClassVar[str] = "session.presence"
    session_id: str
    user_id: str
    """The session's owner."""
    audience: list[str]
    """Users who hear it though the session is not theirs."""
    data: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionConnected(PresenceChanged):
    """Somebody joined."""

    name: ClassVar[str] = "session.connected"


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionDisconnected(PresenceChanged):
    """Somebody left."""

    name: ClassVar[str] = "session.disconnected"


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlChanged(PresenceChanged):
    """Keyboard and mouse were given to somebody, or back to all controllers."""

    name: ClassVar[str] = "session.control_changed"


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlRequested(PresenceChanged):
    """Somebody who watches asks for keyboard and mouse."""

    name: ClassVar[str] = "session.control_requested"


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionWarned(SessionChanged):
    """Something will soon happen to a session of itself."""

    seconds_left: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionHomeFull(SessionChanged):
    """The files of the session's person have come to hold more than they may."""

    name: ClassVar[str] = "session.home_full"
    used_storage: str
    max_storage: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionExpiring(SessionWarned):
    """A session will soon reach its longest duration."""

    name: ClassVar[str] = "session.expiring"


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionIdle(SessionWarned):
    """A session will soon be hibernated, because nobody gives it input."""

    name: ClassVar[str] = "session.idle"
