from __future__ import annotations

from fastapi import APIRouter

from streamspace.server.core.http import CurrentActor, Uow, needs
from streamspace.server.core.permissions import Action
from streamspace.server.groups.errors import NoSuchGroup
from streamspace.server.organizations.errors import NoSuchOrganization
from streamspace.server.policies import service
from streamspace.server.policies.schemas import PolicyIn, PolicyOut, policy_out

router = APIRouter(tags=["policies"])


@router.get("/organizations/{org_id}/policy", **needs(Action.POLICY_VIEW, NoSuchOrganization))
async def get_organization_policy(org_id: str, actor: CurrentActor, uow: Uow) -> PolicyOut:
    """Show what an organisation says about its sessions' borders."""
    return policy_out(*await service.of_organization(uow, actor, org_id))


@router.put("/organizations/{org_id}/policy", **needs(Action.POLICY_MANAGE, NoSuchOrganization))
async def set_organization_policy(org_id: str, body: PolicyIn, actor: CurrentActor, uow: Uow) -> PolicyOut:
    """Replace what an organisation says; open streams follow at once."""
    return policy_out(*await service.set_for_organization(uow, actor, org_id, body.said()))


@router.get("/groups/{group_id}/policy", **needs(Action.POLICY_VIEW, NoSuchGroup))
async def get_group_policy(group_id: str, actor: CurrentActor, uow: Uow) -> PolicyOut:
    """Show what a group says about its people's sessions."""
    return policy_out(*await service.of_group(uow, actor, group_id))


@router.put("/groups/{group_id}/policy", **needs(Action.POLICY_MANAGE, NoSuchGroup))
async def set_group_policy(group_id: str, body: PolicyIn, actor: CurrentActor, uow: Uow) -> PolicyOut:
    """Replace what a group says; open streams follow at once."""
    return policy_out(*await service.set_for_group(uow, actor, group_id, body.said()))
