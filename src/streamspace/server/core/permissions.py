"""Who may do what, as data. Everything else asks `may` or `require`.

What somebody may do is the wider of their system role and their role in the organisation they are signed in to. A
role in a group adds to it for that group alone. An API key, or a login that has yet to enrol a second factor, takes
away from it whatever its scopes leave out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
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


class GroupRole(StrEnum):
    """Roles inside one group."""

    MEMBER = "member"
    ADMIN = "admin"
    OWNER = "owner"


class Action(StrEnum):
    """Everything that can be permitted."""

    PROFILE_VIEW = "profile:view"
    PROFILE_CHANGE = "profile:change"
    CREDENTIALS_CHANGE = "credentials:change"
    KEY_MANAGE = "key:manage"
    ORGANIZATION_VIEW = "organization:view"
    ORGANIZATION_CHANGE = "organization:change"
    ORGANIZATION_MANAGE = "organization:manage"
    USER_VIEW = "user:view"
    USER_MANAGE = "user:manage"
    GROUP_VIEW = "group:view"
    GROUP_CREATE = "group:create"
    GROUP_CHANGE = "group:change"
    GROUP_MEMBERS = "group:members"
    GROUP_DELETE = "group:delete"
    QUOTA_VIEW = "quota:view"
    QUOTA_MANAGE = "quota:manage"
    QUOTA_GOVERN = "quota:govern"
    POLICY_VIEW = "policy:view"
    POLICY_MANAGE = "policy:manage"
    PROVIDER_MANAGE = "provider:manage"
    PROVISION = "scim:provision"
    AUDIT_VIEW = "audit:view"
    SESSION_CREATE = "session:create"
    SESSION_VIEW = "session:view"
    SESSION_CONNECT = "session:connect"
    SESSION_FILES = "session:files"
    SESSION_CHANGE = "session:change"
    SESSION_STOP = "session:stop"
    SESSION_LOGS = "session:logs"
    SESSION_SHARE = "session:share"
    SHARE_MANAGE = "share:manage"
    SHARE_USE = "share:use"
    TEMPLATE_VIEW = "template:view"
    TEMPLATE_PREFER = "template:prefer"
    TEMPLATE_RATE = "template:rate"
    TEMPLATE_MANAGE = "template:manage"
    REPOSITORY_VIEW = "repository:view"
    REPOSITORY_INSPECT = "repository:inspect"
    REPOSITORY_MANAGE = "repository:manage"
    POOL_VIEW = "pool:view"
    POOL_MANAGE = "pool:manage"
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
    Action.PROFILE_CHANGE: Scope.OWN,
    Action.CREDENTIALS_CHANGE: Scope.OWN,
    Action.KEY_MANAGE: Scope.OWN,
    Action.ORGANIZATION_VIEW: Scope.ORG,
    Action.USER_VIEW: Scope.OWN,
    Action.GROUP_VIEW: Scope.ORG,
    Action.QUOTA_VIEW: Scope.OWN,
    Action.SESSION_VIEW: Scope.OWN,
    Action.SHARE_USE: Scope.OWN,
    Action.TEMPLATE_VIEW: Scope.ORG,
    Action.TEMPLATE_PREFER: Scope.OWN,
    Action.TEMPLATE_RATE: Scope.OWN,
    Action.REPOSITORY_VIEW: Scope.ORG,
}
_USER = _MEMBER | {
    Action.SESSION_CREATE: Scope.OWN,
    Action.SESSION_CONNECT: Scope.OWN,
    Action.SESSION_FILES: Scope.OWN,
    Action.SESSION_CHANGE: Scope.OWN,
    Action.SESSION_STOP: Scope.OWN,
    Action.SESSION_LOGS: Scope.OWN,
    Action.SESSION_SHARE: Scope.OWN,
    Action.SHARE_MANAGE: Scope.OWN,
}
_MAINTAINER = _USER | {
    Action.USER_VIEW: Scope.ORG,
    Action.QUOTA_VIEW: Scope.ORG,
    Action.POLICY_VIEW: Scope.ORG,
    Action.SESSION_VIEW: Scope.ORG,
    Action.SESSION_CHANGE: Scope.ORG,
    Action.SESSION_STOP: Scope.ORG,
    Action.SESSION_LOGS: Scope.ORG,
    Action.SHARE_MANAGE: Scope.ORG,
    Action.TEMPLATE_MANAGE: Scope.ORG,
    Action.REPOSITORY_INSPECT: Scope.ORG,
    Action.REPOSITORY_MANAGE: Scope.ORG,
}
_ORG_ADMIN = _MAINTAINER | {
    Action.KEY_MANAGE: Scope.ORG,
    Action.ORGANIZATION_CHANGE: Scope.ORG,
    Action.USER_MANAGE: Scope.ORG,
    Action.GROUP_CREATE: Scope.ORG,
    Action.GROUP_CHANGE: Scope.ORG,
    Action.GROUP_MEMBERS: Scope.ORG,
    Action.GROUP_DELETE: Scope.ORG,
    Action.QUOTA_MANAGE: Scope.ORG,
    Action.POLICY_MANAGE: Scope.ORG,
    Action.PROVIDER_MANAGE: Scope.ORG,
    Action.PROVISION: Scope.ORG,
    Action.AUDIT_VIEW: Scope.ORG,
    Action.SESSION_CREATE: Scope.ORG,
    Action.POOL_VIEW: Scope.ORG,
    Action.POOL_MANAGE: Scope.ORG,
    Action.TEMPLATE_RATE: Scope.ORG,
}

BY_ORG_ROLE: Mapping[OrgRole, Mapping[Action, Scope]] = {
    OrgRole.VIEWER: _MEMBER,
    OrgRole.USER: _USER,
    OrgRole.MAINTAINER: _MAINTAINER,
    OrgRole.ORG_ADMIN: _ORG_ADMIN,
}
"""What a role inside an organisation gives. Connecting to somebody else's screen needs a share, whatever the role."""

_ONESELF = (
    Action.SESSION_CONNECT,
    Action.SESSION_FILES,
    Action.SESSION_SHARE,
    Action.SHARE_USE,
    Action.TEMPLATE_PREFER,
    Action.PROFILE_CHANGE,
    Action.CREDENTIALS_CHANGE,
)
"""What nobody does for somebody else."""
_OWN_ACCOUNT = frozenset({Action.PROFILE_VIEW, Action.PROFILE_CHANGE, Action.CREDENTIALS_CHANGE})

BY_ROLE: Mapping[Role, Mapping[Action, Scope]] = {
    Role.USER: {},
    Role.OPERATOR: {
        Action.ORGANIZATION_VIEW: Scope.ALL,
        Action.USER_VIEW: Scope.ALL,
        Action.GROUP_VIEW: Scope.ALL,
        Action.QUOTA_VIEW: Scope.ALL,
        Action.QUOTA_MANAGE: Scope.ALL,
        Action.QUOTA_GOVERN: Scope.ALL,
        Action.POLICY_VIEW: Scope.ALL,
        Action.AUDIT_VIEW: Scope.ALL,
        Action.SESSION_VIEW: Scope.ALL,
        Action.SESSION_STOP: Scope.ALL,
        Action.SESSION_LOGS: Scope.ALL,
        Action.SHARE_MANAGE: Scope.ALL,
        Action.TEMPLATE_VIEW: Scope.ALL,
        Action.REPOSITORY_VIEW: Scope.ALL,
        Action.REPOSITORY_INSPECT: Scope.ALL,
        Action.POOL_VIEW: Scope.ALL,
        Action.AGENT_VIEW: Scope.ALL,
        Action.METRICS_VIEW: Scope.ALL,
    },
    Role.ADMIN: {action: Scope.OWN if action in _ONESELF else Scope.ALL for action in Action},
}
"""What a system role adds to the organisation role."""

_SEEN_IN_GROUPS = frozenset({Action.GROUP_VIEW, Action.QUOTA_VIEW, Action.POLICY_VIEW})
BY_GROUP_ROLE: Mapping[GroupRole, frozenset[Action]] = {
    GroupRole.MEMBER: _SEEN_IN_GROUPS,
    GroupRole.ADMIN: _SEEN_IN_GROUPS | {Action.GROUP_CHANGE, Action.GROUP_MEMBERS},
    GroupRole.OWNER: _SEEN_IN_GROUPS | {Action.GROUP_CHANGE, Action.GROUP_MEMBERS, Action.GROUP_DELETE},
}
"""What a role inside a group adds, for that group alone."""

_IN_GROUPS = frozenset[Action]().union(*BY_GROUP_ROLE.values())

EVERYTHING = "*"
_READ = {Action.PROFILE_VIEW}
KEY_SCOPES: Mapping[str, frozenset[Action]] = {
    "profile:read": frozenset(_READ),
    "sessions:read": frozenset(_READ | {Action.SESSION_VIEW, Action.SESSION_LOGS}),
    "sessions:write": frozenset(
        _READ
        | {
            Action.SESSION_VIEW,
            Action.SESSION_CREATE,
            Action.SESSION_CHANGE,
            Action.SESSION_STOP,
            Action.SESSION_SHARE,
            Action.SHARE_MANAGE,
        }
    ),
    "sessions:connect": frozenset(_READ | {Action.SESSION_VIEW, Action.SESSION_CONNECT, Action.SHARE_USE}),
    "sessions:files": frozenset(_READ | {Action.SESSION_VIEW, Action.SESSION_FILES}),
    "templates:read": frozenset(_READ | {Action.TEMPLATE_VIEW}),
    "templates:write": frozenset(
        _READ | {Action.TEMPLATE_VIEW, Action.TEMPLATE_PREFER, Action.TEMPLATE_RATE, Action.TEMPLATE_MANAGE}
    ),
    "users:read": frozenset(_READ | {Action.USER_VIEW, Action.ORGANIZATION_VIEW}),
    "users:write": frozenset(_READ | {Action.USER_VIEW, Action.ORGANIZATION_VIEW, Action.USER_MANAGE}),
    "groups:read": frozenset(_READ | {Action.GROUP_VIEW, Action.POLICY_VIEW}),
    "groups:write": frozenset(
        _READ
        | {
            Action.GROUP_VIEW,
            Action.POLICY_VIEW,
            Action.GROUP_CREATE,
            Action.GROUP_CHANGE,
            Action.GROUP_MEMBERS,
            Action.GROUP_DELETE,
        }
    ),
    "organizations:read": frozenset(_READ | {Action.ORGANIZATION_VIEW}),
    "organizations:write": frozenset(
        _READ | {Action.ORGANIZATION_VIEW, Action.ORGANIZATION_CHANGE, Action.ORGANIZATION_MANAGE}
    ),
    "quotas:read": frozenset(_READ | {Action.QUOTA_VIEW}),
    "quotas:write": frozenset(_READ | {Action.QUOTA_VIEW, Action.QUOTA_MANAGE, Action.QUOTA_GOVERN}),
    "policies:read": frozenset(_READ | {Action.POLICY_VIEW}),
    "policies:write": frozenset(_READ | {Action.POLICY_VIEW, Action.POLICY_MANAGE}),
    "keys:write": frozenset(_READ | {Action.KEY_MANAGE}),
    "audit:read": frozenset(_READ | {Action.AUDIT_VIEW}),
    "repositories:read": frozenset(_READ | {Action.REPOSITORY_VIEW, Action.REPOSITORY_INSPECT}),
    "repositories:write": frozenset(
        _READ | {Action.REPOSITORY_VIEW, Action.REPOSITORY_INSPECT, Action.REPOSITORY_MANAGE}
    ),
    "pools:read": frozenset(_READ | {Action.POOL_VIEW}),
    "pools:write": frozenset(_READ | {Action.POOL_VIEW, Action.POOL_MANAGE}),
    "agents:read": frozenset(_READ | {Action.AGENT_VIEW}),
    "agents:write": frozenset(_READ | {Action.AGENT_VIEW, Action.AGENT_MANAGE}),
    "metrics:read": frozenset(_READ | {Action.METRICS_VIEW}),
    "scim": frozenset(_READ | {Action.PROVISION}),
    EVERYTHING: frozenset(Action) - {Action.CREDENTIALS_CHANGE, Action.PROVIDER_MANAGE},
}
"""What each scope of an API key lets through; no key changes how its person signs in."""

ENROLMENT = frozenset({Action.PROFILE_VIEW, Action.CREDENTIALS_CHANGE})
"""What a login may do that has yet to enrol the second factor its organisation asks for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who asks. Roles are those of the database at the time of the request."""

    id: str
    username: str
    org_id: str
    role: Role = Role.USER
    org_role: OrgRole = OrgRole.USER
    login_id: str = ""
    """The login, or the API key, that the request came with."""
    key_id: str | None = None
    only: frozenset[Action] | None = None
    """What an API key or an incomplete login lets through; None is everything."""
    home_org_only: bool = False
    """Whether this login may not be switched to another organisation, because one organisation vouched for it."""
    signed_in_at: datetime | None = None
    """When the person proved for this login who they are; None for an API key."""


def actions_of(scopes: Iterable[str]) -> frozenset[Action]:
    """Return what these scopes of an API key let through."""
    return frozenset().union(*(KEY_SCOPES[name] for name in scopes))


def scope(actor: Actor, action: Action) -> Scope:
    """Return whose things the actor may do this to."""
    if actor.only is not None and action not in actor.only:
        return Scope.NONE
    return reach(actor.role, actor.org_role, action)


def reach(role: Role, org_role: OrgRole, action: Action) -> Scope:
    """Return whose things these roles may do this to."""
    return max(BY_ROLE[role].get(action, Scope.NONE), BY_ORG_ROLE[org_role].get(action, Scope.NONE))


def conceivable(actor: Actor, action: Action) -> bool:
    """Say whether there could be anything at all that the actor may do this to, if only in a group of theirs."""
    if actor.only is not None and action not in actor.only:
        return False
    return scope(actor, action) is not Scope.NONE or action in _IN_GROUPS


def may(
    actor: Actor,
    action: Action,
    *,
    owner_id: str | None,
    org_id: str | None,
    group_role: GroupRole | None = None,
) -> bool:
    """Say whether the actor may do this to a thing; None means the thing has no owner or no organisation.

    `group_role` is the actor's own role in the group that the thing is or belongs to.
    """
    covered = scope(actor, action)
    if covered is Scope.ALL:
        return True
    if org_id != actor.org_id:
        return False
    if covered is Scope.ORG or (covered is Scope.OWN and owner_id == actor.id):
        return True
    if group_role is None or action not in BY_GROUP_ROLE[group_role]:
        return False
    return actor.only is None or action in actor.only


def require(
    actor: Actor,
    action: Action,
    *,
    owner_id: str | None,
    org_id: str | None,
    see: Action | None = None,
    group_role: GroupRole | None = None,
) -> None:
    """Raise unless the actor may; what they may not even see does not exist for them.

    Raises:
        NotFound: `see` is given and not allowed either.
        Forbidden: otherwise.
    """
    if may(actor, action, owner_id=owner_id, org_id=org_id, group_role=group_role):
        return
    if see is not None and not may(actor, see, owner_id=owner_id, org_id=org_id, group_role=group_role):
        raise NotFound
    raise Forbidden


def covers(actor: Actor, *, role: Role, org_role: OrgRole, org_id: str) -> bool:
    """Say whether the actor has every right that these roles would give somebody in an organisation.

    Who may not do a thing may not make, or take over, somebody who may.
    """
    for action in Action:
        everywhere = BY_ROLE[role].get(action, Scope.NONE)
        there = BY_ORG_ROLE[org_role].get(action, Scope.NONE)
        if action in _OWN_ACCOUNT and max(everywhere, there) is Scope.OWN:
            continue  # everybody has these over their own account, and over nothing else
        mine_everywhere = mine_there = Scope.NONE
        if actor.only is None or action in actor.only:
            mine_everywhere = BY_ROLE[actor.role].get(action, Scope.NONE)
            mine_there = scope(actor, action) if org_id == actor.org_id else mine_everywhere
        if everywhere > mine_everywhere or there > mine_there:
            return False
    return True


def granted(actor: Actor) -> dict[str, str]:
    """List what the actor may do, for user interfaces: action → own, org or all."""
    reaches = {action: scope(actor, action) for action in Action}
    return {action.value: covered.name.lower() for action, covered in reaches.items() if covered is not Scope.NONE}
