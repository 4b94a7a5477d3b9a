from __future__ import annotations

from fastapi import APIRouter, Response

from streamspace.server.agents.errors import NoSuchAgent
from streamspace.server.core.http import CurrentActor, CurrentContext, Uow, encoded, needs
from streamspace.server.core.permissions import Action
from streamspace.server.organizations.errors import NoSuchOrganization
from streamspace.server.pools import service
from streamspace.server.pools.errors import (
    BadPoolResources,
    CannotWait,
    ForeignAgent,
    ForeignTemplate,
    NoSuchPool,
    TooManyWait,
)
from streamspace.server.pools.schemas import PoolIn, PoolList, PoolOut, PoolPatch
from streamspace.server.templates.errors import NoSuchTemplate

router = APIRouter(prefix="/pools", tags=["pools"])


@router.get("", **needs(Action.POOL_VIEW))
async def list_pools(actor: CurrentActor, uow: Uow) -> PoolList:
    """List the pools of sessions that are started ahead, and how full they are."""
    found = await service.list_pools(uow, actor)
    return PoolList(pools=found, total=len(found))


@router.post(
    "",
    status_code=201,
    response_model=PoolOut,
    **needs(
        Action.POOL_MANAGE,
        NoSuchTemplate,
        NoSuchAgent,
        NoSuchOrganization,
        BadPoolResources,
        CannotWait,
        ForeignTemplate,
        ForeignAgent,
        TooManyWait,
    ),
)
async def create_pool(body: PoolIn, actor: CurrentActor, uow: Uow, context: CurrentContext) -> Response:
    """Have sessions of an application wait for their people."""
    made = await service.create(uow, actor, context.settings, body)
    return encoded(made, 201, {"Location": f"/api/v1/pools/{made.id}"})


@router.get("/{pool_id}", **needs(Action.POOL_VIEW, NoSuchPool))
async def get_pool(pool_id: str, actor: CurrentActor, uow: Uow) -> PoolOut:
    """Show one pool."""
    return await service.get(uow, actor, pool_id)


@router.patch("/{pool_id}", **needs(Action.POOL_MANAGE, NoSuchPool, TooManyWait))
async def update_pool(pool_id: str, body: PoolPatch, actor: CurrentActor, uow: Uow, context: CurrentContext) -> PoolOut:
    """Change how many wait, or for how long."""
    return await service.update(uow, actor, context.settings, pool_id, body)


@router.delete("/{pool_id}", status_code=204, **needs(Action.POOL_MANAGE, NoSuchPool))
async def delete_pool(pool_id: str, actor: CurrentActor, uow: Uow) -> None:
    """Remove a pool; what waits in it ends. Sessions that came from it go on."""
    await service.delete(uow, actor, pool_id)
