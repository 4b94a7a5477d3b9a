from __future__ import annotations

from datetime import timedelta

from streamspace.server.core.errors import (
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    TooMany,
    Unauthenticated,
    Unavailable,
)


class BadAgentKey(Unauthenticated):
    """An agent shows its own key in X-Agent-API-Key: 64 hexadecimal digits."""

    code = "bad_agent_key"


class WrongAgentKey(Forbidden):
    """An agent of this name is registered with another key. Remove it first, or start this one with the old key."""

    code = "wrong_agent_key"


class AgentKeyRevoked(Forbidden):
    """This agent's key was revoked. Make it a new one with `streamspace agents generate-key`."""

    code = "agent_key_revoked"


class AgentHeld(Conflict):
    """Another process acts for this agent. This one waits until that one has gone."""

    code = "agent_held"

    def __init__(self, left: timedelta = timedelta(0)) -> None:
        super().__init__()
        self.left = left
        """After which the other one counts as gone unless it is heard of."""


class AgentAway(Conflict):
    """The agent is not connected, so it cannot make a new key. Wait for it, or make one with `generate-key`."""

    code = "agent_not_connected"


class CannotRotate(Conflict):
    """The agent did not make a new key; it keeps the one it has. Look into its log, or upgrade it."""

    code = "cannot_rotate_key"


class BadJoinToken(Forbidden):
    """The join token is unknown, used up, expired, or for another platform. Ask an administrator for a new one."""

    code = "bad_join_token"


class ReservedAgentName(BadRequest):
    """No agent can have this name. Choose another one."""

    code = "reserved_agent_name"


class NoSuchJoinToken(NotFound):
    """There is no join token of this id."""

    code = "join_token_not_found"


class TooManyHeartbeats(TooMany):
    """This agent sends more heartbeats over HTTP than it may. One every ten seconds is enough."""

    code = "too_many_heartbeats"


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


class CommandUnknown(Conflict):
    """This agent cannot do that. Upgrade it, or see what it can do under its abilities."""

    code = "command_not_supported"


class NoSuchCommand(NotFound):
    """There is no such command."""

    code = "command_not_found"
