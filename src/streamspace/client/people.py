"""What the API answers about people: who they are, where they belong, what they may use, how they sign in."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from streamspace.protocol.base import Wire


class Quota(Wire):
    """What somebody may use at once, and uses now.

    CPU, memory and storage are Kubernetes quantities (`4000m`, `8Gi`); a `max` of None sets no limit of its own.
    `inherited` says that the platform's defaults apply.
    """

    user_id: str | None = None
    group_id: str | None = None
    org_id: str | None = None
    username: str | None = None
    name: str | None = None
    max_sessions: int | None = None
    max_cpu: str | None = None
    max_memory: str | None = None
    max_storage: str | None = None
    used_sessions: int = 0
    used_cpu: str | None = None
    used_memory: str | None = None
    used_storage: str | None = None
    inherited: bool = False
    created_at: datetime | None = None
    updated_at: datetime | None = None


class QuotaList(Wire):
    """A page of quotas."""

    quotas: list[Quota]
    total: int
    next_cursor: str | None = None


class Home(Wire):
    """How much room one person's home takes on one agent, as it was last measured."""

    user_id: str
    username: str = ""
    org_id: str = ""
    agent_id: str
    size: str
    size_bytes: int
    measured_at: datetime


class HomeList(Wire):
    """A page of homes, the largest first."""

    homes: list[Home]
    total: int
    next_cursor: str | None = None


class Organization(Wire):
    """A tenant; `status` is `active`, `suspended` or `deleted` (gone for good at `purge_at`).

    `org_role` and `current` come with `auth.me` only.
    """

    id: str
    name: str = ""
    display_name: str = ""
    description: str = ""
    k8s_namespace: str | None = None
    status: str = "active"
    require_mfa: bool = False
    member_count: int = 0
    org_role: str | None = None
    current: bool | None = None
    deleted_at: datetime | None = None
    purge_at: datetime | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


class OrganizationList(Wire):
    """A page of organisations."""

    organizations: list[Organization]
    total: int
    next_cursor: str | None = None


class OrganizationMember(Wire):
    """One person in one organisation; `org_role` is `viewer`, `user`, `maintainer` or `org_admin`."""

    user_id: str
    username: str = ""
    full_name: str = ""
    email: str = ""
    org_role: str = "user"
    active: bool = True
    created_at: datetime | None = None


class OrganizationMemberList(Wire):
    """A page of an organisation's people."""

    members: list[OrganizationMember]
    total: int
    next_cursor: str | None = None


class User(Wire):
    """A person's account; `role` is `user`, `operator` or `admin`.

    `permissions` says how far each action goes (`own`, `org`, `all`); it, `organization`, `mfa` and what
    follows it come with `auth.me` only, and the organisations, as far as the caller may know, with one person too.
    """

    id: str
    org_id: str | None = None
    username: str
    email: str | None = None
    full_name: str | None = None
    role: str = "user"
    org_role: str | None = None
    provider: str | None = None
    active: bool = True
    locked: bool | None = None
    groups: list[str] = Field(default_factory=list)
    quota: Quota | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    last_login: datetime | None = None
    permissions: dict[str, str] = Field(default_factory=dict)
    organization: Organization | None = None
    organizations: list[Organization] = Field(default_factory=list)
    mfa: bool | None = None
    password_generated: bool | None = None
    setup_required: bool | None = None


class UserList(Wire):
    """A page of people."""

    users: list[User]
    total: int
    next_cursor: str | None = None


class ImportFailure(Wire):
    """A line of a CSV file that could not be taken in, and why."""

    line: int = 0
    username: str | None = None
    error: str = ""
    message: str = ""


class Imported(Wire):
    """What an import did (`created`), or would do (`would_create`), and what it could not."""

    created: list[str] = Field(default_factory=list)
    would_create: list[str] = Field(default_factory=list)
    failed: list[ImportFailure] = Field(default_factory=list)
    total: int = 0


class Group(Wire):
    """A `team`, `department` or `project` of one organisation; `my_role` is the caller's own in it."""

    id: str
    org_id: str | None = None
    name: str = ""
    display_name: str = ""
    description: str = ""
    type: str = "team"
    parent_id: str | None = None
    member_count: int = 0
    quota: Quota | None = None
    my_role: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


class GroupList(Wire):
    """A page of groups."""

    groups: list[Group]
    total: int
    next_cursor: str | None = None


class GroupMember(Wire):
    """One person in one group; `role` is `member`, `admin` or `owner`."""

    id: str = ""
    user_id: str
    username: str = ""
    full_name: str = ""
    email: str = ""
    group_id: str = ""
    role: str = "member"
    created_at: datetime | None = None


class GroupMemberList(Wire):
    """A page of a group's people."""

    members: list[GroupMember]
    total: int
    next_cursor: str | None = None


class ApiKey(Wire):
    """A credential for programs. `key` is there in the answer to its creation only."""

    id: str
    user_id: str | None = None
    username: str | None = None
    org_id: str | None = None
    name: str = ""
    description: str = ""
    prefix: str = ""
    scopes: list[str] = Field(default_factory=list)
    allowed_ips: list[str] = Field(default_factory=list)
    rate_limit: int | None = None
    use_count: int = 0
    last_used_at: datetime | None = None
    last_used_ip: str | None = None
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    active: bool = True
    created_at: datetime | None = None
    key: str | None = None


class ApiKeyList(Wire):
    """A page of keys."""

    api_keys: list[ApiKey]
    total: int
    next_cursor: str | None = None


class KeyScope(Wire):
    """What a key may be limited to, and the actions that this lets through."""

    name: str
    actions: list[str] = Field(default_factory=list)


class KeyScopeList(Wire):
    """All scopes there are."""

    scopes: list[KeyScope]


class LoginEntry(Wire):
    """One sign-in of one person on one device; `current` is the one that asks."""

    id: str
    current: bool = False
    created_at: datetime | None = None
    last_used_at: datetime | None = None
    expires_at: datetime | None = None
    ip: str = ""
    user_agent: str = ""
    method: str = ""
    provider_name: str | None = None
    org_id: str | None = None


class LoginEntryList(Wire):
    """Where somebody is signed in."""

    logins: list[LoginEntry]


class Login(Wire):
    """A fresh login. The tokens are absent when it was asked for as cookies.

    With `mfa_enrolment_required` it may do nothing yet but set up a second factor.
    """

    token: str | None = None
    refresh_token: str | None = None
    expires_at: datetime
    user: User
    mfa_enrolment_required: bool = False
