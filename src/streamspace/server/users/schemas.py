from __future__ import annotations

from datetime import datetime
from typing import Literal

from streamspace.protocol.base import Wire
from streamspace.server.core import permissions
from streamspace.server.core.permissions import Actor, OrgRole, Role
from streamspace.server.users.models import User


class UserOut(Wire):
    """A person as the API shows them."""

    id: str
    org_id: str
    username: str
    email: str
    full_name: str
    role: Role
    org_role: OrgRole
    provider: Literal["local", "saml", "oidc"]
    active: bool
    created_at: datetime
    updated_at: datetime
    last_login: datetime | None = None


class ProfileOut(UserOut):
    """Oneself, with what one may do: action → own, org or all."""

    permissions: dict[str, str]


def user_out(user: User) -> UserOut:
    """Show a person."""
    return UserOut.model_validate(user, from_attributes=True)


def profile_out(user: User, actor: Actor) -> ProfileOut:
    """Show a person to themselves."""
    return ProfileOut(**user_out(user).model_dump(), permissions=permissions.granted(actor))
