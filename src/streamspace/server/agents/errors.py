from __future__ import annotations

from streamspace.server.core.errors import (
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    Unauthenticated,
    Unavailable,
)


class BadAgentKey(Unauthenticated):
    """An agent shows its own key in X-Agent-API-Key: 64 hexadecimal digits."""

    code = "bad_agent_key"


class WrongAgentKey(Forbidden):
    """An agent of this name is registered with another key. Remove it first, or start this one with the old key."""

    code = "wrong_agent_key"


class BadJoinToken(Forbidden):
    """The join token is unknown, used up, expired, or for another platform. Ask an administrator for a new one."""

    code = "bad_join_token"


class AgentRejected(Forbidden):
    """An administrator rejected this agent."""

    code = "agent_rejected"


class AgentNotApproved(Forbidden):
    """This agent waits for an administrator's approval: `streamspace agents approve`."""

    code = "agent_not_approved"


class NoSuchAgent(NotFound):
    """There is no agent of this name."""

    code = "agent_not_found"


class AgentOffline(Unavailable):
    """The agent is not connected right now. Try again when it is back."""

    code = "agent_offline"


class AgentBusy(Conflict):
    """Sessions still run on this agent. Drain it and wait, or stop them first."""

    code = "agent_busy"


class CannotInstall(Conflict):
    """This agent cannot install packages: it must run as root on Debian with package installation allowed."""

    code = "cannot_install"


class NothingToInstall(BadRequest):
    """This template needs no Debian packages."""

    code = "nothing_to_install"


class NoSuchCommand(NotFound):
    """There is no such command."""

    code = "command_not_found"
