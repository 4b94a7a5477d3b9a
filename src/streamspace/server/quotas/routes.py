from __future__ import annotations

from fastapi import APIRouter

from streamspace.server.core.errors import BadCursor
from streamspace.server.core.http import CurrentActor, Cursor, Limit, Uow, needs
from streamspace.server.core.permissions import Action
from streamspace.server.groups.errors import NoSuchGroup
from streamspace.server.limits.errors import BadLimit
from streamspace.server.organizations.errors import NoSuchOrganization
from streamspace.server.quotas import service
from streamspace.server.quotas.schemas import NamedQuotaIn, QuotaIn, QuotaList, QuotaOut
from streamspace.server.users.errors import NoSuchUser

router = APIRouter(tags=["quotas"])


@router.get("/users/me/quota", **needs(Action.QUOTA_VIEW, NoSuchUser))
async def get_current_user_quota(actor: CurrentActor, uow: Uow) -> QuotaOut:
    """What may I use, and what do I use?"""
    return await service.of_user(uow, actor, actor.id)


@router.get("/users/{user_id}/quota", **needs(Action.QUOTA_VIEW, NoSuchUser))
async def get_user_quota(user_id: str, actor: CurrentActor, uow: Uow) -> QuotaOut:
    """Show a person's limits and use."""
    return await service.of_user(uow, actor, user_id)


@router.put("/users/{user_id}/quota", **needs(Action.QUOTA_MANAGE, NoSuchUser, BadLimit))
async def set_user_quota(user_id: str, body: QuotaIn, actor: CurrentActor, uow: Uow) -> QuotaOut:
    """Set some of a person's limits; null removes one."""
    return await service.set_for_user(uow, actor, user_id, body)


@router.delete("/users/{user_id}/quota", status_code=204, **needs(Action.QUOTA_MANAGE, NoSuchUser))
async def delete_user_quota(user_id: str, actor: CurrentActor, uow: Uow) -> None:
    """Give a person the platform's defaults again."""
    await service.drop_for_user(uow, actor, user_id)


@router.get("/admin/quotas", **needs(Action.QUOTA_VIEW, BadCursor))
async def list_quotas(actor: CurrentActor, uow: Uow, limit: Limit = 50, cursor: Cursor = None) -> QuotaList:
    """List everybody's limits and use, by name."""
    quotas, total, following = await service.list_people(uow, actor, limit=limit, cursor=cursor)
    return QuotaList(quotas=quotas, total=total, next_cursor=following)


@router.put("/admin/quotas", **needs(Action.QUOTA_MANAGE, NoSuchUser, BadLimit))
async def set_quota_by_name(body: NamedQuotaIn, actor: CurrentActor, uow: Uow) -> QuotaOut:
    """Set some of a person's limits, by their name."""
    return await service.set_for_user(uow, actor, await service.by_username(uow, actor, body.username), body)


@router.get("/admin/quotas/{username}", **needs(Action.QUOTA_VIEW, NoSuchUser))
async def get_quota_by_name(username: str, actor: CurrentActor, uow: Uow) -> QuotaOut:
    """Show a person's limits and use, by their name."""
    return await service.of_user(uow, actor, await service.by_username(uow, actor, username))


@router.delete("/admin/quotas/{username}", status_code=204, **needs(Action.QUOTA_MANAGE, NoSuchUser))
async def delete_quota_by_name(username: str, actor: CurrentActor, uow: Uow) -> None:
    """Give a person the platform's defaults again, by their name."""
    await service.drop_for_user(uow, actor, await service.by_username(uow, actor, username))


@router.get("/quotas/defaults", **needs(Action.QUOTA_VIEW))
async def get_default_quota(actor: CurrentActor, uow: Uow) -> QuotaOut:
    """Show what applies to a person where nobody said otherwise."""
    return await service.defaults(uow, actor)


@router.put("/quotas/defaults", **needs(Action.QUOTA_GOVERN, BadLimit))
async def set_default_quota(body: QuotaIn, actor: CurrentActor, uow: Uow) -> QuotaOut:
    """Change what applies to a person where nobody said otherwise."""
    return await service.set_defaults(uow, actor, body)


@router.get("/groups/{group_id}/quota", **needs(Action.QUOTA_VIEW, NoSuchGroup))
async def get_group_quota(group_id: str, actor: CurrentActor, uow: Uow) -> QuotaOut:
    """Show a group's limits, and what all in it use together."""
    return await service.of_group(uow, actor, group_id)


@router.put("/groups/{group_id}/quota", **needs(Action.QUOTA_MANAGE, NoSuchGroup, BadLimit))
async def set_group_quota(group_id: str, body: QuotaIn, actor: CurrentActor, uow: Uow) -> QuotaOut:
    """Set some of a group's limits; null removes one."""
    return await service.set_for_group(uow, actor, group_id, body)


@router.delete("/groups/{group_id}/quota", status_code=204, **needs(Action.QUOTA_MANAGE, NoSuchGroup))
async def delete_group_quota(group_id: str, actor: CurrentActor, uow: Uow) -> None:
    """Remove a group's limits."""
    await service.drop_for_group(uow, actor, group_id)


@router.get("/organizations/{org_id}/quota", **needs(Action.QUOTA_VIEW, NoSuchOrganization))
async def get_organization_quota(org_id: str, actor: CurrentActor, uow: Uow) -> QuotaOut:
    """Show an organisation's limits, and what all its people use together."""
    return await service.of_organization(uow, actor, org_id)


@router.put("/organizations/{org_id}/quota", **needs(Action.QUOTA_GOVERN, NoSuchOrganization, BadLimit))
async def set_organization_quota(org_id: str, body: QuotaIn, actor: CurrentActor, uow: Uow) -> QuotaOut:
    """Set some of an organisation's limits; null removes one."""
    return await service.set_for_organization(uow, actor, org_id, body)


@router.delete("/organizations/{org_id}/quota", status_code=204, **needs(Action.QUOTA_GOVERN, NoSuchOrganization))
async def delete_organization_quota(org_id: str, actor: CurrentActor, uow: Uow) -> None:
    """Remove an organisation's limits."""
    await service.drop_for_organization(uow, actor, org_id)
