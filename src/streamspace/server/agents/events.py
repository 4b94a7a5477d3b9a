from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from streamspace.server.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentsChanged(Event):
    """An agent came, left, or was approved, rejected, drained or removed."""

    name: ClassVar[str] = "agent.changed"
    agent_id: str
    what: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CommandQueued(Event):
    """There is work for an agent."""

    name: ClassVar[str] = "agent.command_queued"
    agent_id: str
