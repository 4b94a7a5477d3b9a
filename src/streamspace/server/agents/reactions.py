"""What the rest of the control plane does about agents' words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from streamspace.protocol import control
from streamspace.server.agents.models import AgentCommand
from streamspace.server.core.db import UnitOfWork


class Reactions(Protocol):
    """What follows from an agent's words, in the transaction that notes them."""

    async def acknowledged(self, uow: UnitOfWork, command: AgentCommand) -> None:
        """An agent begins with a command."""

    async def completed(self, uow: UnitOfWork, command: AgentCommand) -> None:
        """An agent did a command."""

    async def failed(self, uow: UnitOfWork, command: AgentCommand, failure: control.Failed) -> None:
        """An agent could not do a command."""

    async def reported(self, uow: UnitOfWork, agent_id: str, status: control.Status) -> None:
        """A session changed on its agent."""

    async def inventoried(self, uow: UnitOfWork, agent_id: str, inventory: control.Inventory) -> None:
        """An agent listed all it holds."""

    async def measured(self, uow: UnitOfWork, agent_id: str, report: control.Homes) -> None:
        """An agent says how much the homes hold that it keeps."""

    async def active(self, uow: UnitOfWork, agent_id: str, idle_seconds: Mapping[str, float]) -> None:
        """An agent says how long ago its sessions had input."""

    async def holding(self, uow: UnitOfWork, agent_ids: Collection[str]) -> set[str]:
        """Return which of these agents were given anything that their inventory must be compared with."""

    async def removed(self, uow: UnitOfWork, agent_id: str) -> None:
        """An agent was removed by an administrator, with all it may have held."""
