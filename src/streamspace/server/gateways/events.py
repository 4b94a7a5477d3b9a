from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from streamspace.server.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class StreamsRevoked(Event):
    """Streams of a session, login, user, agent or connection must close now."""

    name: ClassVar[str] = "gateway.revoked"
    kind: str
    subject: str
    seconds: float
    """When, in seconds since 1970."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GatewaysChanged(Event):
    """A gateway came, moved or left; agents must know."""

    name: ClassVar[str] = "gateway.changed"
