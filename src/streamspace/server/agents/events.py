from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from streamspace.server.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentsChanged(Event):
    """An agent came, left, or was approved, rejected, drained, changed or removed."""

    name: ClassVar[str] = "agent.changed"
    agent_id: str
    what: str
    epoch: int | None = None
    """Where one connected: the number under which it acts from now on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentDrained(Event):
    """An agent is being emptied; `evict` says what becomes of its sessions: `hibernate`, or nothing."""

    name: ClassVar[str] = "agent.drained"
    agent_id: str
    evict: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CommandQueued(Event):
    """There is work for an agent."""

    name: ClassVar[str] = "agent.command_queued"
    agent_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CommandDone(Event):
    """An agent is through with a command, well or badly."""

    name: ClassVar[str] = "agent.command_done"
    agent_id: str
