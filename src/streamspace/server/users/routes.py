from __future__ import annotations

from fastapi import APIRouter

from streamspace.server.core.http import CurrentActor, Uow, needs
from streamspace.server.core.permissions import Action
from streamspace.server.users import service
from streamspace.server.users.schemas import ProfileOut, profile_out

router = APIRouter(prefix="/users", tags=["users"])


@router.get("/me", **needs(Action.PROFILE_VIEW))
async def get_current_user(actor: CurrentActor, uow: Uow) -> ProfileOut:
    """Who am I, and what may I do?"""
    return profile_out(await service.profile(uow, actor), actor)
