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
class SessionExpiring(SessionChanged):
    """A session will soon reach its longest duration."""

    name: ClassVar[str] = "session.expiring"
