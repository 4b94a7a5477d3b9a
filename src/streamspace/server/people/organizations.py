"""The operations on organisations and who belongs to them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from streamspace.server.core import permissions
from streamspace.server.core.errors import BadCursor, BadRequest
from streamspace.server.core.http import ActorAlone, CurrentActor, CurrentContext, Cursor, Limit, Uow, encoded, needs
from streamspace.server.core.permissions import Action, OrgRole
from streamspace.server.organizations import service
from streamspace.server.organizations.errors import (
    BeyondYourRights,
    LastAdministrator,
    NoSuchOrganization,
    OnlyOrganization,
    OrganizationExists,
    OrganizationProtected,
)
from streamspace.server.organizations.schemas import (
    MemberIn,
    MemberList,
    MemberOut,
    MemberPatch,
    OrganizationIn,
    OrganizationList,
    OrganizationOut,
    OrganizationPatch,
    Status,
)
from streamspace.server.people import passwords
from streamspace.server.people import service as people
from streamspace.server.users import service as users
from streamspace.server.users.errors import (
    EmailTaken,
    NoSuchUser,
    NotYourself,
    UsernameTaken,
    WeakPassword,
)

router = APIRouter(prefix="/organizations", tags=["organizations"])


@router.get("", **needs(Action.ORGANIZATION_VIEW, BadCursor))
async def list_organizations(
    actor: CurrentActor,
    uow: Uow,
    search: Annotated[str | None, Query(max_length=100)] = None,
    status: Status | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> OrganizationList:
    """List the organisations you belong to; who runs the installation sees all."""
    found, total, following = await service.list_organizations(
        uow, actor, search=search, status=status, limit=limit, cursor=cursor
    )
    return OrganizationList(organizations=found, total=total, next_cursor=following)


@router.post(
    "",
    status_code=201,
    response_model=OrganizationOut,
    **needs(Action.ORGANIZATION_MANAGE, OrganizationExists, UsernameTaken, EmailTaken, WeakPassword),
)
async def create_organization(body: OrganizationIn, actor: ActorAlone, context: CurrentContext) -> Response:
    """Make an organisation, perhaps with the person who will run it."""
    made = await passwords.create_organization(context.database, actor, body)
    return encoded(made, 201, {"Location": f"/api/v1/organizations/{made.id}"})


@router.get("/{org_id}", **needs(Action.ORGANIZATION_VIEW, NoSuchOrganization))
async def get_organization(org_id: str, actor: CurrentActor, uow: Uow) -> OrganizationOut:
    """Show an organisation."""
    return await service.get(uow, actor, org_id)


@router.patch("/{org_id}", **needs(Action.ORGANIZATION_CHANGE, NoSuchOrganization, OrganizationProtected))
async def update_organization(org_id: str, body: OrganizationPatch, actor: CurrentActor, uow: Uow) -> OrganizationOut:
    """Change an organisation. Suspended, its sessions and logins end; active, a deleted one is back."""
    return await service.update(uow, actor, org_id, body)


@router.delete(
    "/{org_id}", status_code=204, **needs(Action.ORGANIZATION_MANAGE, NoSuchOrganization, OrganizationProtected)
)
async def delete_organization(org_id: str, actor: CurrentActor, uow: Uow) -> None:
    """Close an organisation. For 30 days it can be brought back, then all it had is gone."""
    await service.delete(uow, actor, org_id)


@router.get("/{org_id}/members", **needs(Action.USER_VIEW, NoSuchOrganization, BadCursor))
async def get_organization_members(
    org_id: str, actor: CurrentActor, uow: Uow, limit: Limit = 50, cursor: Cursor = None
) -> MemberList:
    """List who belongs to an organisation."""
    org = await service.visible(uow, actor, org_id)
    permissions.require(actor, Action.USER_VIEW, owner_id=None, org_id=org.id)
    rows, total, following = await users.members(uow, org.id, limit=limit, cursor=cursor)
    return MemberList(members=[_member(row) for row in rows], total=total, next_cursor=following)


def _member(row: Any) -> MemberOut:
    return MemberOut(
        user_id=row.id,
        username=row.username,
        full_name=row.full_name,
        email=row.email,
        org_role=OrgRole(row.org_role),
        active=row.active,
        created_at=row.created_at,
    )


@router.post(
    "/{org_id}/members",
    status_code=204,
    **needs(Action.USER_MANAGE, NoSuchOrganization, NoSuchUser, BeyondYourRights, NotYourself, LastAdministrator),
)
async def add_organization_member(org_id: str, body: MemberIn, actor: CurrentActor, uow: Uow) -> None:
    """Take somebody who exists into an organisation; who runs the installation can."""
    if body.user_id is None and body.username is None:
        raise BadRequest("Give userId or username.")
    await people.add_member(uow, actor, org_id, user_id=body.user_id, username=body.username, org_role=body.org_role)


@router.patch(
    "/{org_id}/members/{user_id}",
    status_code=204,
    **needs(Action.USER_MANAGE, NoSuchOrganization, NoSuchUser, BeyondYourRights, NotYourself, LastAdministrator),
)
async def update_organization_member(
    org_id: str, user_id: str, body: MemberPatch, actor: CurrentActor, uow: Uow
) -> None:
    """Change somebody's role in an organisation."""
    org = await service.visible(uow, actor, org_id)
    if await service.membership(uow, org.id, user_id) is None:
        raise NoSuchUser
    await people.set_org_role(uow, actor, org.id, user_id, body.org_role)


@router.delete(
    "/{org_id}/members/{user_id}",
    status_code=204,
    **needs(
        Action.USER_MANAGE,
        NoSuchOrganization,
        NoSuchUser,
        BeyondYourRights,
        NotYourself,
        LastAdministrator,
        OnlyOrganization,
    ),
)
async def remove_organization_member(org_id: str, user_id: str, actor: CurrentActor, uow: Uow) -> None:
    """Take somebody out of an organisation; their sessions there end."""
    await people.remove_member(uow, actor, org_id, user_id)
