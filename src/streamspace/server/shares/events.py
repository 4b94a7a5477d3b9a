from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from streamspace.server.sessions.events import PresenceChanged


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionShared(PresenceChanged):
    """Somebody may take part in a session from now on."""

    name: ClassVar[str] = "session.shared"


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionUnshared(PresenceChanged):
    """A share of a session is over."""

    name: ClassVar[str] = "session.unshared"
