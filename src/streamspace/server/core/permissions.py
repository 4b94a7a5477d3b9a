"""Who may do what, as data. Everything else asks `may` or `require`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from streamspace.server.core.errors import Forbidden, NotFound


class Role(StrEnum):
    """System-wide roles."""

    USER = "user"
    OPERATOR = "operator"
    ADMIN = "admin"


class OrgRole(StrEnum):
    """Roles inside one organisation."""

    VIEWER = "viewer"
    USER = "user"
    MAINTAINER = "maintainer"
    ORG_ADMIN = "org_admin"


class Action(StrEnum):
    """Everything that can be permitted."""

    PROFILE_VIEW = "profile:view"
    SESSION_CREATE = "session:create"
    SESSION_VIEW = "session:view"
    SESSION_CONNECT = "session:connect"
    SESSION_CHANGE = "session:change"
    SESSION_STOP = "session:stop"
    SESSION_LOGS = "session:logs"
    TEMPLATE_VIEW = "template:view"
    AGENT_VIEW = "agent:view"
    AGENT_MANAGE = "agent:manage"
    METRICS_VIEW = "metrics:view"


class Scope(IntEnum):
    """Whose things a permission covers; a larger one includes the smaller."""

    NONE = 0
    OWN = 1
    ORG = 2
    ALL = 3


_MEMBER = {
    Action.PROFILE_VIEW: Scope.OWN,
    Action.SESSION_VIEW: Scope.OWN,
    Action.TEMPLATE_VIEW: Scope.ORG,
}
_USER = _MEMBER | {
    Action.SESSION_CREATE: Scope.OWN,
    Action.SESSION_CONNECT: Scope.OWN,
    Action.SESSION_CHANGE: Scope.OWN,
    Action.SESSION_STOP: Scope.OWN,
    Action.SESSION_LOGS: Scope.OWN,
}
_MAINTAINER = _USER | {
    Action.SESSION_VIEW: Scope.ORG,
    Action.SESSION_CHANGE: Scope.ORG,
    Action.SESSION_STOP: Scope.ORG,
    Action.SESSION_LOGS: Scope.ORG,
}

BY_ORG_ROLE: Mapping[OrgRole, Mapping[Action, Scope]] = {
    OrgRole.VIEWER: _MEMBER,
    OrgRole.USER: _USER,
    OrgRole.MAINTAINER: _MAINTAINER,
    OrgRole.ORG_ADMIN: _MAINTAINER | {Action.SESSION_CREATE: Scope.ORG},
}
"""What a role inside an organisation gives. Connecting to somebody else's screen needs a share, whatever the role."""

BY_ROLE: Mapping[Role, Mapping[Action, Scope]] = {
    Role.USER: {},
    Role.OPERATOR: {
        Action.SESSION_VIEW: Scope.ALL,
        Action.SESSION_STOP: Scope.ALL,
        Action.SESSION_LOGS: Scope.ALL,
        Action.TEMPLATE_VIEW: Scope.ALL,
        Action.AGENT_VIEW: Scope.ALL,
        Action.METRICS_VIEW: Scope.ALL,
    },
    Role.ADMIN: {action: Scope.ALL for action in Action if action is not Action.SESSION_CONNECT}
    | {Action.SESSION_CONNECT: Scope.OWN},
}
"""What a system role adds to the organisation role."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who asks. Roles are those of the database at the time of the request."""

    id: str
    username: str
    org_id: str
    role: Role = Role.USER
    org_role: OrgRole = OrgRole.USER
    login_id: str = ""


def scope(actor: Actor, action: Action) -> Scope:
    """Return whose things the actor may do this to."""
    return max(BY_ROLE[actor.role].get(action, Scope.NONE), BY_ORG_ROLE[actor.org_role].get(action, Scope.NONE))


def may(actor: Actor, action: Action, *, owner_id: str | None, org_id: str | None) -> bool:
    """Say whether the actor may do this to a thing; None means the thing has no owner or no organisation."""
    reach = scope(actor, action)
    if reach is Scope.ALL:
        return True
    if org_id != actor.org_id:
        return False
    return reach is Scope.ORG or (reach is Scope.OWN and owner_id == actor.id)


def require(
    actor: Actor, action: Action, *, owner_id: str | None, org_id: str | None, see: Action | None = None
) -> None:
    """Raise unless the actor may; what they may not even see does not exist for them.

    Raises:
        NotFound: `see` is given and not allowed either.
        Forbidden: otherwise.
    """
    if may(actor, action, owner_id=owner_id, org_id=org_id):
        return
    if see is not None and not may(actor, see, owner_id=owner_id, org_id=org_id):
        raise NotFound
    raise Forbidden


def granted(actor: Actor) -> dict[str, str]:
    """List what the actor may do, for user interfaces: action → own, org or all."""
    reaches = {action: scope(actor, action) for action in Action}
    return {action.value: reach.name.lower() for action, reach in reaches.items() if reach is not Scope.NONE}
