from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import EmailStr, Field

from streamspace.protocol.base import Wire
from streamspace.server.core.permissions import OrgRole, Role
from streamspace.server.groups.schemas import Type
from streamspace.server.quotas.schemas import QuotaOut
from streamspace.server.users.schemas import Provider, UserOut


class PersonOut(UserOut):
    """A person with what belongs to them."""

    groups: list[str] = Field(default_factory=list)
    quota: QuotaOut | None = None
    locked: bool = False
    """Whether too many wrong passwords keep them out for a while."""


class PersonList(Wire):
    """A page of people."""

    users: list[PersonOut]
    total: int
    next_cursor: str | None = None


class BelongingOut(Wire):
    """An organisation that somebody belongs to, and as what."""

    id: str
    name: str
    display_name: str
    org_role: OrgRole


class PersonDetailOut(PersonOut):
    """One person, with the organisations they belong to, as far as the caller sees the people there."""

    organizations: list[BelongingOut]


class PlaceOut(BelongingOut):
    """One of one's own organisations."""

    current: bool


class HereOut(Wire):
    """The organisation somebody is signed in to."""

    id: str
    name: str
    display_name: str
    require_mfa: bool


class ProfileOut(PersonOut):
    """Oneself, with what one may do: action → own, org or all."""

    permissions: dict[str, str]
    organization: HereOut
    organizations: list[PlaceOut]
    mfa: bool
    password_generated: bool
    setup_required: bool


class PermissionsOut(Wire):
    """What the caller may do: action → own, org or all."""

    permissions: dict[str, str]
    role: Role
    org_role: OrgRole
    org_id: str
    key_scopes: list[str] | None = None
    """What a key lets through, if the caller came with one."""


class ProfilePatch(Wire):
    """What somebody changes about themselves."""

    full_name: str | None = Field(default=None, min_length=1, max_length=200)
    email: EmailStr | None = Field(default=None, max_length=254)


class PasswordChange(Wire):
    """The old password and the new one."""

    current_password: str = Field(min_length=1, max_length=1024)
    new_password: str = Field(min_length=8, max_length=1024)


class PasswordIn(Wire):
    """A new password."""

    password: str = Field(min_length=8, max_length=1024)


class PersonIn(Wire):
    """A new person. Local people need a password; others sign in elsewhere."""

    username: str = Field(min_length=3, max_length=32, pattern=r"^[A-Za-z0-9_-]+$")
    email: EmailStr = Field(max_length=254)
    full_name: str = Field(min_length=1, max_length=200)
    password: str | None = Field(default=None, min_length=8, max_length=1024)
    role: Role = Role.USER
    org_role: OrgRole = OrgRole.USER
    provider: Provider = "local"
    groups: list[Annotated[str, Field(max_length=36)]] = Field(default_factory=list, max_length=100)


class PersonPatch(Wire):
    """What to change; a field left out stays."""

    email: EmailStr | None = Field(default=None, max_length=254)
    full_name: str | None = Field(default=None, min_length=1, max_length=200)
    role: Role | None = None
    org_role: OrgRole | None = None
    active: bool | None = None


class GroupOut(Wire):
    """A group as the API shows it."""

    id: str
    org_id: str
    name: str
    display_name: str
    description: str
    type: Type
    parent_id: str | None = None
    member_count: int
    my_role: str | None = None
    quota: QuotaOut | None = None
    created_at: datetime
    updated_at: datetime


class GroupList(Wire):
    """A page of groups."""

    groups: list[GroupOut]
    total: int
    next_cursor: str | None = None


class ImportFailure(Wire):
    """A line that cannot be taken."""

    line: int
    username: str
    error: str
    message: str


class ImportOut(Wire):
    """What an import did, or would do."""

    created: list[str]
    would_create: list[str]
    failed: list[ImportFailure]
    total: int
