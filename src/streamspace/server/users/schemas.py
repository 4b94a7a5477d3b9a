from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from streamspace.protocol.base import Wire
from streamspace.server.core.permissions import OrgRole, Role
from streamspace.server.users.models import User

Provider = Literal["local", "saml", "oidc"]
Sort = Literal["username", "-username", "createdAt", "-createdAt", "lastLogin", "-lastLogin"]


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What a list of people is narrowed down to."""

    search: str | None = None
    role: str | None = None
    org_role: str | None = None
    active: bool | None = None
    provider: str | None = None
    ids: Sequence[str] | None = None


class UserOut(Wire):
    """A person as the API shows them."""

    id: str
    org_id: str
    username: str
    email: str
    full_name: str
    role: Role
    org_role: OrgRole
    provider: Provider
    active: bool
    created_at: datetime
    updated_at: datetime
    last_login: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A person as somebody sees them: in the organisation both are in, else in the person's own."""

    user: User
    org_id: str
    org_role: str


def user_out(seen: Seen) -> UserOut:
    """Show a person, with the organisation that is looked at and their role there."""
    user = seen.user
    return UserOut(
        id=user.id,
        org_id=seen.org_id,
        username=user.username,
        email=user.email,
        full_name=user.full_name,
        role=Role(user.role),
        org_role=OrgRole(seen.org_role),
        provider=user.provider,
        active=user.active,
        created_at=user.created_at,
        updated_at=user.updated_at,
        last_login=user.last_login,
    )
