"""The operations on groups and who is in them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from streamspace.server.core.errors import BadCursor
from streamspace.server.core.http import CurrentActor, Cursor, Limit, Uow, encoded, needs
from streamspace.server.core.permissions import Action
from streamspace.server.groups import service
from streamspace.server.groups.errors import (
    AlreadyInGroup,
    GroupCycle,
    GroupExists,
    GroupNotEmpty,
    NoSuchGroup,
    NotInGroup,
    NotInOrganization,
    TooDeep,
)
from streamspace.server.groups.schemas import (
    GroupIn,
    GroupMemberIn,
    GroupMemberList,
    GroupMemberPatch,
    GroupPatch,
    Type,
)
from streamspace.server.people.schemas import GroupList, GroupOut
from streamspace.server.quotas import service as quotas

router = APIRouter(prefix="/groups", tags=["groups"])


def group_json(row: Any) -> GroupOut:
    """Show a group."""
    group = row.Group
    return GroupOut(
        id=group.id,
        org_id=group.org_id,
        name=group.name,
        display_name=group.display_name,
        description=group.description,
        type=group.type,
        parent_id=group.parent_id,
        member_count=row.member_count,
        my_role=row.my_role,
        created_at=group.created_at,
        updated_at=group.updated_at,
    )


@router.get("", **needs(Action.GROUP_VIEW, BadCursor))
async def list_groups(
    actor: CurrentActor,
    uow: Uow,
    search: Annotated[str | None, Query(max_length=100)] = None,
    kind: Annotated[Type | None, Query(alias="type")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> GroupList:
    """List the groups of your organisation; `parentId` makes them a tree."""
    rows, total, following = await service.list_groups(uow, actor, search=search, kind=kind, limit=limit, cursor=cursor)
    return GroupList(groups=[group_json(row) for row in rows], total=total, next_cursor=following)


@router.post(
    "",
    status_code=201,
    response_model=GroupOut,
    **needs(Action.GROUP_CREATE, GroupExists, NoSuchGroup, GroupCycle, TooDeep),
)
async def create_group(body: GroupIn, actor: CurrentActor, uow: Uow) -> Response:
    """Make a group in the organisation you are in."""
    group = await service.create(uow, actor, body)
    made = group_json(await service.get(uow, actor, group.id))
    return encoded(made, 201, {"Location": f"/api/v1/groups/{group.id}"})


@router.get("/{group_id}", **needs(Action.GROUP_VIEW, NoSuchGroup))
async def get_group(group_id: str, actor: CurrentActor, uow: Uow) -> GroupOut:
    """Show a group; who is in it, or may see limits, also sees its limits and use."""
    return await _shown(uow, actor, group_id)


async def _shown(uow: Any, actor: Any, group_id: str) -> GroupOut:
    row = await service.get(uow, actor, group_id)
    shown = group_json(row)
    if service.may(actor, row, Action.QUOTA_VIEW):
        shown.quota = await quotas.counted(uow, row.Group)
    return shown


@router.patch("/{group_id}", **needs(Action.GROUP_CHANGE, NoSuchGroup, GroupCycle, TooDeep))
async def update_group(group_id: str, body: GroupPatch, actor: CurrentActor, uow: Uow) -> GroupOut:
    """Change a group's name, description, type or place."""
    await service.update(uow, actor, group_id, body)
    return await _shown(uow, actor, group_id)


@router.delete("/{group_id}", status_code=204, **needs(Action.GROUP_DELETE, NoSuchGroup, GroupNotEmpty))
async def delete_group(group_id: str, actor: CurrentActor, uow: Uow) -> None:
    """Remove a group that has no groups inside."""
    await service.delete(uow, actor, group_id)


@router.get("/{group_id}/members", **needs(Action.GROUP_VIEW, NoSuchGroup, BadCursor))
async def get_group_members(
    group_id: str, actor: CurrentActor, uow: Uow, limit: Limit = 50, cursor: Cursor = None
) -> GroupMemberList:
    """List who is in a group."""
    members, total, following = await service.list_members(uow, actor, group_id, limit=limit, cursor=cursor)
    return GroupMemberList(members=members, total=total, next_cursor=following)


@router.post(
    "/{group_id}/members",
    status_code=204,
    **needs(Action.GROUP_MEMBERS, NoSuchGroup, NotInOrganization, AlreadyInGroup),
)
async def add_group_member(group_id: str, body: GroupMemberIn, actor: CurrentActor, uow: Uow) -> None:
    """Take a person of your organisation into a group."""
    if body.user_id is not None:
        await service.add_member(uow, actor, group_id, body.user_id, body.role)
    else:
        await service.add_by_name(uow, actor, group_id, body.username or "", body.role)


@router.patch("/{group_id}/members/{user_id}", status_code=204, **needs(Action.GROUP_MEMBERS, NoSuchGroup, NotInGroup))
async def update_group_member(
    group_id: str, user_id: str, body: GroupMemberPatch, actor: CurrentActor, uow: Uow
) -> None:
    """Change somebody's role in a group."""
    await service.change_member(uow, actor, group_id, user_id, body.role)


@router.delete("/{group_id}/members/{user_id}", status_code=204, **needs(Action.GROUP_VIEW, NoSuchGroup, NotInGroup))
async def remove_group_member(group_id: str, user_id: str, actor: CurrentActor, uow: Uow) -> None:
    """Take somebody out of a group, or leave it."""
    await service.remove_member(uow, actor, group_id, user_id)
