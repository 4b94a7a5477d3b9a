from __future__ import annotations

from fastapi import APIRouter

from streamspace.server.core.errors import BadCursor
from streamspace.server.core.http import CurrentActor, Cursor, Limit, Uow, needs
from streamspace.server.core.permissions import Action
from streamspace.server.homes import service
from streamspace.server.homes.schemas import HomeList, home_out

router = APIRouter(tags=["quotas"])


@router.get("/admin/homes", **needs(Action.QUOTA_VIEW, BadCursor))
async def list_homes(actor: CurrentActor, uow: Uow, limit: Limit = 50, cursor: Cursor = None) -> HomeList:
    """List how much people's homes hold, the largest first."""
    seen, total, following = await service.list_homes(uow, actor, limit=limit, cursor=cursor)
    return HomeList(homes=[home_out(one.home, one.username) for one in seen], total=total, next_cursor=following)
