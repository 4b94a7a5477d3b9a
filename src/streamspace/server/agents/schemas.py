from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from streamspace.protocol.base import Wire
from streamspace.protocol.control import Platform
from streamspace.server.agents.models import Agent, AgentCommand

Approval = Literal["pending", "approved", "rejected"]


class AgentOut(Wire):
    """An agent as the API shows it."""

    id: str
    agent_id: str
    platform: Platform
    region: str | None = None
    status: Literal["online", "offline", "draining"]
    capacity: dict[str, Any] | None = None
    last_heartbeat: datetime | None = None
    websocket_id: str | None = None
    metadata: dict[str, Any]
    approval_status: Approval
    approved_at: datetime | None = None
    approved_by: str | None = None
    created_at: datetime
    updated_at: datetime
    active_sessions: int = 0
    usage: dict[str, Any] | None = None
    abilities: list[str]


class AgentList(Wire):
    """A list of agents."""

    agents: list[AgentOut]
    total: int


class RegistrationOut(Wire):
    """The answer to an agent that is not yet, or just now, approved."""

    agent: AgentOut
    approval_status: Approval
    message: str


class JoinTokenIn(Wire):
    """What a new join token may be used for."""

    platform: Platform | None = None
    uses: int = Field(default=1, ge=1, le=1000)
    expires_in: str = Field(default="1h", max_length=20)
    approve: bool = False


class JoinTokenOut(Wire):
    """A join token; shown once."""

    token: str
    platform: str | None = None
    uses: int
    approve: bool
    expires_at: datetime


class PackagesIn(Wire):
    """Which template's packages to install."""

    template: str = Field(min_length=1, max_length=63)


class CommandOut(Wire):
    """A command and how far it is."""

    command_id: str
    agent_id: str
    session_id: str | None = None
    action: str
    status: Literal["pending", "sent", "ack", "completed", "failed"]
    error_message: str | None = None
    created_at: datetime
    sent_at: datetime | None = None
    acknowledged_at: datetime | None = None
    completed_at: datetime | None = None


def agent_out(agent: Agent, active_sessions: int = 0) -> AgentOut:
    """Show an agent. One that drains says so whether or not it is connected."""
    status = "draining" if agent.draining else "online" if agent.online else "offline"
    return AgentOut(
        id=agent.id,
        agent_id=agent.agent_id,
        platform=agent.platform,
        region=agent.region,
        status=status,
        capacity=agent.capacity,
        last_heartbeat=agent.last_heartbeat,
        websocket_id=agent.websocket_id,
        metadata={**agent.agent_metadata, "connected": agent.online},
        approval_status=agent.approval_status,
        approved_at=agent.approved_at,
        approved_by=agent.approved_by,
        created_at=agent.created_at,
        updated_at=agent.updated_at,
        active_sessions=active_sessions,
        usage=agent.usage,
        abilities=agent.abilities,
    )


def command_out(command: AgentCommand) -> CommandOut:
    """Show a command."""
    return CommandOut.model_validate(command, from_attributes=True)
