"""What can be done with organisations, and with who belongs to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Row

from streamspace.kit import ids
from streamspace.server.core import lists, permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Action, Actor, OrgRole
from streamspace.server.gateways import service as gateways
from streamspace.server.organizations import purge, queries
from streamspace.server.organizations.errors import (
    LastAdministrator,
    NoSuchOrganization,
    OnlyOrganization,
    OrganizationExists,
    OrganizationProtected,
)
from streamspace.server.organizations.events import MemberLeft, OrganizationClosed
from streamspace.server.organizations.models import Membership, Organization
from streamspace.server.organizations.schemas import (
    OrganizationIn,
    OrganizationOut,
    OrganizationPatch,
    organization_out,
)

log = structlog.get_logger(__name__)

DEFAULT_ID = "org-default"
GRACE = timedelta(days=30)
"""A deleted organisation can be brought back for so long."""


async def ensure_default(uow: UnitOfWork) -> Organization:
    """Return the organisation everybody belongs to at first, making it if need be."""
    found = await uow.db.get(Organization, DEFAULT_ID)
    if found is None:
        found = Organization(
            id=DEFAULT_ID,
            name="default",
            display_name="Default",
            description="",
            k8s_namespace="streamspace",
            status="active",
            require_mfa=False,
            created_at=uow.now(),
            updated_at=uow.now(),
        )
        uow.db.add(found)
        await uow.db.flush()
    return found


async def get_by_id(uow: UnitOfWork, org_id: str) -> Organization | None:
    """Look an organisation up; for other features, which check what may be told."""
    return await uow.db.get(Organization, org_id)


async def of_user(uow: UnitOfWork, user_id: str) -> Sequence[Row[str, str, str, str]]:
    """Return the organisations a person belongs to: id, name, display_name, org_role."""
    return await queries.of_user(uow.db, user_id)


async def places_shown(uow: UnitOfWork, actor: Actor, user_id: str) -> Sequence[Row[str, str, str, str]]:
    """Return where a person belongs, as far as the actor may know: id, name, display_name, org_role."""
    return await queries.places_shown(uow.db, actor, user_id)


async def list_organizations(
    uow: UnitOfWork, actor: Actor, *, search: str | None, status: str | None, limit: int, cursor: str | None
) -> tuple[list[OrganizationOut], int, str | None]:
    """Return a page of the organisations the actor may see."""
    after = lists.after(cursor, str, str)
    rows, total = await queries.page(uow.db, actor, search=search, status=status, limit=limit, after=after)
    rows, following = lists.cut(rows, limit, lambda org: (org.name, org.id))
    return await _shown(uow, rows), total, following


async def get(uow: UnitOfWork, actor: Actor, org_id: str) -> OrganizationOut:
    """Return one organisation."""
    (shown,) = await _shown(uow, [await visible(uow, actor, org_id)])
    return shown


async def visible(uow: UnitOfWork, actor: Actor, org_id: str) -> Organization:
    """Return an organisation that the actor may see.

    Raises:
        NoSuchOrganization: it is not there for them.
    """
    found = await queries.visible(uow.db, actor, org_id)
    if found is None:
        raise NoSuchOrganization
    return found


async def _shown(uow: UnitOfWork, rows: Sequence[Organization]) -> list[OrganizationOut]:
    counts = await queries.member_counts(uow.db, [org.id for org in rows])
    return [organization_out(org, counts.get(org.id, 0), _purge_at(org)) for org in rows]


def _purge_at(org: Organization) -> datetime | None:
    return org.deleted_at + GRACE if org.deleted_at is not None else None


async def create(uow: UnitOfWork, actor: Actor, wanted: OrganizationIn) -> Organization:
    """Make an organisation.

    Raises:
        OrganizationExists: the name is taken.
    """
    permissions.require(actor, Action.ORGANIZATION_MANAGE, owner_id=None, org_id=None)
    if await queries.by_name(uow.db, wanted.name) is not None:
        raise OrganizationExists
    org = Organization(
        id=f"org-{wanted.name}"[:64] if await uow.db.get(Organization, f"org-{wanted.name}") is None else ids.uid(),
        name=wanted.name,
        display_name=wanted.display_name,
        description=wanted.description,
        k8s_namespace=wanted.k8s_namespace or f"streamspace-{wanted.name}",
        status="active",
        require_mfa=False,
        created_at=uow.now(),
        updated_at=uow.now(),
    )
    uow.db.add(org)
    await uow.db.flush()
    uow.note("organization.created", "organization", org.id, after=_facts(org), org_id=org.id)
    return org


async def update(uow: UnitOfWork, actor: Actor, org_id: str, wanted: OrganizationPatch) -> OrganizationOut:
    """Change an organisation. Its status and namespace are the installation's administrators' to change.

    Raises:
        NoSuchOrganization, OrganizationProtected.
    """
    org = await visible(uow, actor, org_id)
    permissions.require(actor, Action.ORGANIZATION_CHANGE, owner_id=None, org_id=org.id)
    changes = wanted.model_dump(exclude_unset=True, exclude_none=True)
    if {"k8s_namespace", "status"} & changes.keys():
        permissions.require(actor, Action.ORGANIZATION_MANAGE, owner_id=None, org_id=None)
    before = _facts(org)
    status = changes.pop("status", org.status)
    for name, value in changes.items():
        setattr(org, name, value)
    if status != org.status:
        await _set_status(uow, org, status)
    if changes.get("require_mfa") and not before["require_mfa"]:
        await gateways.revoke(uow, "organization", org.id)
    org.updated_at = uow.now()
    await uow.db.flush()
    uow.note("organization.updated", "organization", org.id, before=before, after=_facts(org), org_id=org.id)
    (shown,) = await _shown(uow, [org])
    return shown


async def delete(uow: UnitOfWork, actor: Actor, org_id: str) -> None:
    """Close an organisation. For `GRACE` it can be brought back; then all it had is gone."""
    org = await visible(uow, actor, org_id)
    permissions.require(actor, Action.ORGANIZATION_MANAGE, owner_id=None, org_id=None)
    if org.status != "deleted":
        await _set_status(uow, org, "deleted")
    uow.note("organization.deleted", "organization", org.id, org_id=org.id)


async def _set_status(uow: UnitOfWork, org: Organization, status: str) -> None:
    if org.id == DEFAULT_ID:
        raise OrganizationProtected
    org.status = status
    org.deleted_at = uow.now() if status == "deleted" else None
    org.updated_at = uow.now()
    if status != "active":
        # Logins and keys are refused from now on, because each request reads the status.
        await gateways.revoke(uow, "organization", org.id)
        uow.announce(OrganizationClosed(org_id=org.id, organization_id=org.id, reason=status))


def _facts(org: Organization) -> dict[str, Any]:
    names = ("name", "display_name", "description", "k8s_namespace", "status", "require_mfa", "guest_links")
    return {name: getattr(org, name) for name in names}


async def rename_first(uow: UnitOfWork, org_id: str, display_name: str) -> None:
    """Give an organisation the name that its first administrator chose."""
    org = await uow.db.get(Organization, org_id)
    if org is not None:
        org.display_name = display_name
        org.updated_at = uow.now()


async def purge_deleted(uow: UnitOfWork) -> None:
    """Remove what deleted organisations had, once nobody can bring them back."""
    for org in await queries.deleted_before(uow.db, uow.now() - GRACE):
        log.info("organization_purged", organization=org.name)
        uow.note("organization.purged", "organization", org.id, org_id=org.id)
        await purge.purge(uow, org.id)


# Who belongs. Callers have checked what the actor may do.


async def membership(uow: UnitOfWork, org_id: str, user_id: str) -> Membership | None:
    """Return a person's place in an organisation."""
    return await uow.db.get(Membership, (org_id, user_id))


async def memberships(uow: UnitOfWork, user_id: str) -> Sequence[Membership]:
    """Return all of a person's places."""
    return await queries.memberships(uow.db, user_id)


async def set_member(uow: UnitOfWork, org_id: str, user_id: str, org_role: OrgRole) -> Membership:
    """Take a person in, or change their role; what they have open closes and may be opened again."""
    found = await membership(uow, org_id, user_id)
    after = {"user_id": user_id, "org_role": str(org_role)}
    if found is None:
        found = Membership(org_id=org_id, user_id=user_id, org_role=org_role, created_at=uow.now())
        uow.db.add(found)
        await uow.db.flush()
        uow.note("organization.member_added", "organization", org_id, after=after, org_id=org_id)
    elif found.org_role != org_role:
        if found.org_role == OrgRole.ORG_ADMIN:
            await _not_the_last(uow, org_id, user_id)
        before = {"user_id": user_id, "org_role": found.org_role}
        found.org_role = org_role
        await uow.db.flush()
        uow.note("organization.member_changed", "organization", org_id, before=before, after=after, org_id=org_id)
        await gateways.revoke(uow, "user", user_id)
    return found


async def remove_member(uow: UnitOfWork, org_id: str, user_id: str) -> None:
    """Take a person out of an organisation; their sessions there end."""
    found = await membership(uow, org_id, user_id)
    if found is None:
        return
    others = [m for m in await memberships(uow, user_id) if m.org_id != org_id]
    if not others:
        raise OnlyOrganization
    if found.org_role == OrgRole.ORG_ADMIN:
        await _not_the_last(uow, org_id, user_id)
    await uow.db.delete(found)
    await uow.db.flush()
    await gateways.revoke(uow, "user", user_id)
    uow.announce(MemberLeft(org_id=org_id, user_id=user_id))


async def _not_the_last(uow: UnitOfWork, org_id: str, user_id: str) -> None:
    if all(m.user_id == user_id for m in await queries.administrators(uow.db, org_id)):
        raise LastAdministrator
