from __future__ import annotations

from fastapi import APIRouter, Response

from streamspace.server.core.errors import BadCursor, BadDuration
from streamspace.server.core.http import CurrentActor, Cursor, Limit, Uow, encoded, needs
from streamspace.server.core.permissions import KEY_SCOPES, Action
from streamspace.server.keys import service
from streamspace.server.keys.errors import (
    BadExpiry,
    BadNetwork,
    NoSuchKey,
    StrongerKey,
    TooManyKeys,
    UnknownScope,
)
from streamspace.server.keys.schemas import KeyIn, KeyList, KeyOut, MadeKeyOut, ScopeList, ScopeOut, key_out

router = APIRouter(prefix="/api-keys", tags=["api keys"])
admin = APIRouter(prefix="/admin/apikeys", tags=["api keys"])


@router.get("", **needs(Action.KEY_MANAGE, BadCursor))
async def list_api_keys(actor: CurrentActor, uow: Uow, limit: Limit = 50, cursor: Cursor = None) -> KeyList:
    """List your own API keys, newest first."""
    keys, total, following = await service.list_keys(uow, actor, own=True, limit=limit, cursor=cursor)
    return KeyList(api_keys=keys, total=total, next_cursor=following)


@admin.get("", **needs(Action.KEY_MANAGE, BadCursor))
async def list_all_api_keys(actor: CurrentActor, uow: Uow, limit: Limit = 50, cursor: Cursor = None) -> KeyList:
    """List all API keys that you may revoke: your own, your organisation's, or everybody's."""
    keys, total, following = await service.list_keys(uow, actor, own=False, limit=limit, cursor=cursor)
    return KeyList(api_keys=keys, total=total, next_cursor=following)


@router.get("/scopes", **needs(Action.PROFILE_VIEW))
async def list_api_key_scopes(actor: CurrentActor) -> ScopeList:
    """List the scopes a key can have, and what each lets through."""
    del actor
    return ScopeList(scopes=[ScopeOut(name=name, actions=sorted(actions)) for name, actions in KEY_SCOPES.items()])


@router.post(
    "",
    status_code=201,
    response_model=MadeKeyOut,
    **needs(Action.KEY_MANAGE, UnknownScope, BadNetwork, BadExpiry, BadDuration, StrongerKey, TooManyKeys),
)
async def create_api_key(body: KeyIn, actor: CurrentActor, uow: Uow) -> Response:
    """Make an API key for yourself. The key is in this answer and nowhere else."""
    key, secret = await service.create(uow, actor, body)
    made = MadeKeyOut(**key_out(key, actor.username, uow.now()).model_dump(), key=secret)
    return encoded(made, 201, {"Location": f"/api/v1/api-keys/{key.id}"})


@router.get("/{key_id}", **needs(Action.KEY_MANAGE, NoSuchKey))
async def get_api_key(key_id: str, actor: CurrentActor, uow: Uow) -> KeyOut:
    """Show one API key, without the key itself."""
    return await service.get(uow, actor, key_id)


@router.post("/{key_id}/revoke", **needs(Action.KEY_MANAGE, NoSuchKey))
async def revoke_api_key(key_id: str, actor: CurrentActor, uow: Uow) -> KeyOut:
    """Make an API key useless, now."""
    return await service.revoke(uow, actor, key_id)


@router.delete("/{key_id}", status_code=204, **needs(Action.KEY_MANAGE, NoSuchKey))
async def delete_api_key(key_id: str, actor: CurrentActor, uow: Uow) -> None:
    """Revoke an API key and forget it."""
    await service.remove(uow, actor, key_id)
