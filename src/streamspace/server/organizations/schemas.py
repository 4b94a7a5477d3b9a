from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import EmailStr, Field

from streamspace.protocol.base import Wire
from streamspace.server.core.permissions import OrgRole

Status = Literal["active", "suspended", "deleted"]
NAME = r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"


class FirstAdmin(Wire):
    """The person who will run a new organisation."""

    username: str = Field(min_length=3, max_length=32, pattern=r"^[A-Za-z0-9_-]+$")
    email: EmailStr = Field(max_length=254)
    full_name: str = Field(min_length=1, max_length=200)
    password: str = Field(min_length=8, max_length=1024)


class OrganizationIn(Wire):
    """A new organisation, perhaps with its first administrator."""

    name: str = Field(min_length=3, max_length=50, pattern=NAME)
    display_name: str = Field(min_length=3, max_length=100)
    description: str = Field(default="", max_length=500)
    k8s_namespace: str | None = Field(default=None, alias="k8sNamespace", min_length=3, max_length=63, pattern=NAME)
    admin: FirstAdmin | None = None


class OrganizationPatch(Wire):
    """What to change; a field left out stays."""

    display_name: str | None = Field(default=None, min_length=3, max_length=100)
    description: str | None = Field(default=None, max_length=500)
    k8s_namespace: str | None = Field(default=None, alias="k8sNamespace", min_length=3, max_length=63, pattern=NAME)
    status: Status | None = None
    require_mfa: bool | None = None
    guest_links: bool | None = None


class OrganizationOut(Wire):
    """An organisation as the API shows it."""

    id: str
    name: str
    display_name: str
    description: str
    k8s_namespace: str = Field(alias="k8sNamespace")
    status: Status
    require_mfa: bool
    guest_links: bool
    member_count: int
    deleted_at: datetime | None = None
    purge_at: datetime | None = None
    """When a deleted one is gone for good."""
    created_at: datetime
    updated_at: datetime


class OrganizationList(Wire):
    """A page of organisations."""

    organizations: list[OrganizationOut]
    total: int
    next_cursor: str | None = None


class MemberIn(Wire):
    """Somebody to take in, by id or by name."""

    user_id: str | None = Field(default=None, min_length=1, max_length=36)
    username: str | None = Field(default=None, min_length=1, max_length=254)
    org_role: OrgRole = OrgRole.USER


class MemberPatch(Wire):
    """A member's new role."""

    org_role: OrgRole


class MemberOut(Wire):
    """A person in an organisation."""

    user_id: str
    username: str
    full_name: str
    email: str
    org_role: OrgRole
    active: bool
    created_at: datetime


class MemberList(Wire):
    """A page of an organisation's people."""

    members: list[MemberOut]
    total: int
    next_cursor: str | None = None


def organization_out(row: Any, member_count: int, purge_at: datetime | None) -> OrganizationOut:
    """Show an organisation."""
    return OrganizationOut(
        id=row.id,
        name=row.name,
        display_name=row.display_name,
        description=row.description,
        k8s_namespace=row.k8s_namespace,
        status=row.status,
        require_mfa=row.require_mfa,
        guest_links=row.guest_links,
        member_count=member_count,
        deleted_at=row.deleted_at,
        purge_at=purge_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
