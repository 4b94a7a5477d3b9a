"""What can be done with groups and who is in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import IntegrityError

from streamspace.kit import ids
from streamspace.server.core import lists, permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.errors import Forbidden
from streamspace.server.core.permissions import Action, Actor, GroupRole, Scope
from streamspace.server.groups import queries
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
from streamspace.server.groups.models import Group, GroupMembership
from streamspace.server.groups.schemas import GroupIn, GroupMemberOut, GroupPatch
from streamspace.server.organizations import service as organizations
from streamspace.server.users import service as users

DEEPEST = 10


async def list_groups(
    uow: UnitOfWork,
    actor: Actor,
    *,
    limit: int,
    cursor: str | None,
    search: str | None = None,
    kind: str | None = None,
    user_id: str | None = None,
) -> tuple[Sequence[Row[Any]], int, str | None]:
    """Return a page of groups: Group, member_count, my_role."""
    after = lists.after(cursor, str, str)
    rows, total = await queries.page(uow.db, actor, search=search, kind=kind, user_id=user_id, limit=limit, after=after)
    rows, following = lists.cut(rows, limit, lambda row: (row.Group.name, row.Group.id))
    return rows, total, following


async def get(uow: UnitOfWork, actor: Actor, group_id: str) -> Row[Any]:
    """Return one group: Group, member_count, my_role.

    Raises:
        NoSuchGroup: it is not there for the actor.
    """
    row = await queries.visible(uow.db, actor, group_id)
    if row is None:
        raise NoSuchGroup
    return row


async def permitted(uow: UnitOfWork, actor: Actor, group_id: str, action: Action) -> tuple[Group, GroupRole | None]:
    """Return a group to which the actor may do this, and their role in it.

    Raises:
        NoSuchGroup: they may not see it.
        Forbidden: they may not do this.
    """
    row = await get(uow, actor, group_id)
    role = GroupRole(row.my_role) if row.my_role else None
    permissions.require(actor, action, owner_id=None, org_id=row.Group.org_id, group_role=role)
    return row.Group, role


def may(actor: Actor, row: Row[Any], action: Action) -> bool:
    """Say whether the actor may do this to a group that they see, as `get` returned it."""
    role = GroupRole(row.my_role) if row.my_role else None
    return permissions.may(actor, action, owner_id=None, org_id=row.Group.org_id, group_role=role)


async def create(uow: UnitOfWork, actor: Actor, wanted: GroupIn) -> Group:
    """Make a group in the actor's organisation.

    Raises:
        GroupExists, NoSuchGroup (the parent), TooDeep.
    """
    permissions.require(actor, Action.GROUP_CREATE, owner_id=None, org_id=actor.org_id)
    await queries.hold_tree(uow.db, actor.org_id)
    if wanted.parent_id is not None:
        await _check_parent(uow, actor.org_id, None, wanted.parent_id)
    if await queries.by_name(uow.db, actor.org_id, wanted.name) is not None:
        raise GroupExists
    return await create_unchecked(
        uow,
        actor.org_id,
        name=wanted.name,
        display_name=wanted.display_name,
        description=wanted.description,
        type=wanted.type,
        parent_id=wanted.parent_id,
    )


async def create_unchecked(
    uow: UnitOfWork,
    org_id: str,
    *,
    name: str,
    display_name: str,
    description: str = "",
    type: str = "team",  # noqa: A002 - the spec's name
    parent_id: str | None = None,
    external_id: str | None = None,
) -> Group:
    """Make a group; the caller has checked that somebody may.

    Raises:
        GroupExists: the name is taken.
    """
    group = Group(
        id=ids.uid(),
        org_id=org_id,
        name=name,
        display_name=display_name,
        description=description,
        type=type,
        parent_id=parent_id,
        external_id=external_id,
        created_at=uow.now(),
        updated_at=uow.now(),
    )
    try:
        async with uow.db.begin_nested():
            uow.db.add(group)
    except IntegrityError:
        raise GroupExists from None
    uow.note("group.created", "group", group.id, after=facts(group), org_id=org_id)
    return group


def facts(group: Group) -> dict[str, Any]:
    """Return what the record shows of a group."""
    return {name: getattr(group, name) for name in ("name", "display_name", "description", "type", "parent_id")}


async def update(uow: UnitOfWork, actor: Actor, group_id: str, wanted: GroupPatch) -> None:
    """Change a group's names, type or place.

    Raises:
        NoSuchGroup, GroupCycle, TooDeep.
    """
    group, _ = await permitted(uow, actor, group_id, Action.GROUP_CHANGE)
    before = facts(group)
    changes = wanted.model_dump(exclude_unset=True)
    if "parent_id" in changes:
        # A group's own administrator may not move it to where other people's limits count.
        permissions.require(actor, Action.GROUP_CREATE, owner_id=None, org_id=group.org_id)
        await queries.hold_tree(uow.db, group.org_id)
        if changes["parent_id"] is not None:
            await _check_parent(uow, group.org_id, group.id, changes["parent_id"])
    for name, value in changes.items():
        if value is not None or name == "parent_id":
            setattr(group, name, value)
    group.updated_at = uow.now()
    await uow.db.flush()
    uow.note("group.updated", "group", group.id, before=before, after=facts(group), org_id=group.org_id)


async def _check_parent(uow: UnitOfWork, org_id: str, group_id: str | None, parent_id: str) -> None:
    parents = await queries.parents(uow.db, org_id)
    if parent_id not in parents:
        raise NoSuchGroup
    above: list[str] = []
    at: str | None = parent_id
    while at is not None:
        if at == group_id:
            raise GroupCycle
        above.append(at)
        at = parents.get(at)
    if len(above) + _height(parents, group_id) > DEEPEST:
        raise TooDeep


def _height(parents: dict[str, str | None], group_id: str | None) -> int:
    """Levels from this group down; a new group has one."""
    level, height = [group_id] if group_id is not None else [], 1
    while level := [child for child, parent in parents.items() if parent is not None and parent in level]:
        height += 1
    return height


async def delete(uow: UnitOfWork, actor: Actor, group_id: str) -> None:
    """Remove a group that has no groups inside.

    Raises:
        NoSuchGroup, GroupNotEmpty.
    """
    group, _ = await permitted(uow, actor, group_id, Action.GROUP_DELETE)
    await queries.hold_tree(uow.db, group.org_id)
    if await queries.children(uow.db, group.id):
        raise GroupNotEmpty
    await drop(uow, group)


async def drop(uow: UnitOfWork, group: Group) -> None:
    """Remove a group; the caller has checked that somebody may. Groups inside it move to the top."""
    for other in await queries.of_organization(uow.db, group.org_id):
        if other.parent_id == group.id:
            other.parent_id = group.parent_id
    uow.note("group.deleted", "group", group.id, before=facts(group), org_id=group.org_id)
    await uow.db.flush()
    await uow.db.delete(group)
    await uow.db.flush()


async def list_members(
    uow: UnitOfWork, actor: Actor, group_id: str, *, limit: int, cursor: str | None
) -> tuple[list[GroupMemberOut], int, str | None]:
    """Return a page of the people in a group: for its own members, and for those who see the organisation's people.

    Raises:
        NoSuchGroup, Forbidden.
    """
    row = await get(uow, actor, group_id)
    if row.my_role is None and permissions.scope(actor, Action.USER_VIEW) < Scope.ORG:
        raise Forbidden
    rows, total = await queries.members(uow.db, group_id, limit=limit, after=lists.after(cursor, str, str))
    rows, following = lists.cut(rows, limit, lambda row: (row.username, row.id))
    shown = [
        GroupMemberOut(
            id=row.GroupMembership.id,
            user_id=row.id,
            username=row.username,
            full_name=row.full_name,
            email=row.email,
            group_id=group_id,
            role=GroupRole(row.GroupMembership.role),
            created_at=row.GroupMembership.created_at,
        )
        for row in rows
    ]
    return shown, total, following


async def add_member(uow: UnitOfWork, actor: Actor, group_id: str, user_id: str, role: GroupRole) -> None:
    """Take a person of the same organisation into a group.

    Raises:
        NoSuchGroup, NotInOrganization, AlreadyInGroup.
        Forbidden: also for making somebody more than the actor is.
    """
    group, mine = await permitted(uow, actor, group_id, Action.GROUP_MEMBERS)
    _check_role(actor, mine, role)
    if await organizations.membership(uow, group.org_id, user_id) is None:
        raise NotInOrganization
    if await queries.membership(uow.db, group.id, user_id) is not None:
        raise AlreadyInGroup
    await put_member(uow, group, user_id, role)


async def add_by_name(uow: UnitOfWork, actor: Actor, group_id: str, username: str, role: GroupRole) -> None:
    """Take in who signs in with this name or e-mail address; so somebody who sees no list of people can add one.

    Raises:
        NoSuchGroup, NotInOrganization, AlreadyInGroup, Forbidden.
    """
    await permitted(uow, actor, group_id, Action.GROUP_MEMBERS)
    user = await (users.find_by_email if "@" in username else users.find)(uow, username)
    if user is None:
        raise NotInOrganization
    await add_member(uow, actor, group_id, user.id, role)


async def change_member(uow: UnitOfWork, actor: Actor, group_id: str, user_id: str, role: GroupRole) -> None:
    """Change a member's role.

    Raises:
        NoSuchGroup, NotInGroup.
        Forbidden: also for making somebody more, or changing somebody who is more, than the actor is.
    """
    group, mine = await permitted(uow, actor, group_id, Action.GROUP_MEMBERS)
    found = await queries.membership(uow.db, group.id, user_id)
    if found is None:
        raise NotInGroup
    _check_role(actor, mine, role)
    _check_role(actor, mine, GroupRole(found.role))
    await put_member(uow, group, user_id, role)


async def remove_member(uow: UnitOfWork, actor: Actor, group_id: str, user_id: str) -> None:
    """Take a person out of a group; anybody may leave by themselves.

    Raises:
        NoSuchGroup, NotInGroup, Forbidden.
    """
    row = await get(uow, actor, group_id)
    found = await queries.membership(uow.db, group_id, user_id)
    leaving = user_id == actor.id and actor.only is None
    if not leaving:
        _, mine = await permitted(uow, actor, group_id, Action.GROUP_MEMBERS)
        if found is not None:
            _check_role(actor, mine, GroupRole(found.role))
    if found is None:
        raise NotInGroup
    await drop_member(uow, row.Group, user_id)


def _check_role(actor: Actor, mine: GroupRole | None, role: GroupRole) -> None:
    if permissions.scope(actor, Action.GROUP_DELETE) >= Scope.ORG:
        return
    order = list(GroupRole)
    if mine is None or order.index(role) > order.index(mine):
        raise Forbidden("You can make nobody more than you are in this group.")


# For other features, which have checked what the actor may do.


async def rename(uow: UnitOfWork, group: Group, *, display_name: str, external_id: str | None) -> None:
    """Change what people call a group, and what its directory calls it."""
    before = facts(group) | {"external_id": group.external_id}
    group.display_name, group.external_id, group.updated_at = display_name, external_id, uow.now()
    await uow.db.flush()
    after = facts(group) | {"external_id": external_id}
    uow.note("group.updated", "group", group.id, before=before, after=after, org_id=group.org_id)


async def put_member(uow: UnitOfWork, group: Group, user_id: str, role: GroupRole) -> None:
    """Take a person in, or change their role."""
    found = await queries.membership(uow.db, group.id, user_id)
    before = {"role": found.role} if found else None
    if found is None:
        uow.db.add(GroupMembership(id=ids.uid(), group_id=group.id, user_id=user_id, role=role, created_at=uow.now()))
    else:
        found.role = role
    await uow.db.flush()
    uow.note(
        "group.member_changed" if before else "group.member_added",
        "group",
        group.id,
        before=before,
        after={"user_id": user_id, "role": str(role)},
        org_id=group.org_id,
    )


async def drop_member(uow: UnitOfWork, group: Group, user_id: str) -> None:
    """Take a person out of a group."""
    found = await queries.membership(uow.db, group.id, user_id)
    if found is not None:
        await uow.db.delete(found)
        await uow.db.flush()
        uow.note(
            "group.member_removed", "group", group.id, before={"user_id": user_id, "role": found.role},
            org_id=group.org_id,
        )  # fmt: skip


async def members_of(uow: UnitOfWork, group_id: str) -> Sequence[tuple[str, str]]:
    """Return the people in a group, with their roles."""
    return await queries.roles_in(uow.db, group_id)


async def people_in(uow: UnitOfWork, group_ids: Sequence[str]) -> frozenset[str]:
    """Return everybody who is in any of these groups, in one statement."""
    return frozenset(await queries.people_in(uow.db, group_ids))


async def by_name(uow: UnitOfWork, org_id: str, name: str) -> Group | None:
    """Look a group up by its name."""
    return await queries.by_name(uow.db, org_id, name)


async def of_user(uow: UnitOfWork, org_id: str, user_id: str) -> Sequence[Group]:
    """Return the groups of one organisation that a person is in."""
    return await queries.of_user(uow.db, org_id, user_id)


async def of_users(uow: UnitOfWork, user_ids: Sequence[str]) -> Sequence[tuple[str, str, str]]:
    """Return (person, group, organisation) for all groups these people are in, in one statement."""
    return await queries.of_users(uow.db, user_ids)


async def leave_all(uow: UnitOfWork, org_id: str, user_id: str) -> None:
    """Take a person out of all groups of an organisation."""
    for membership in await queries.memberships_of(uow.db, org_id, user_id):
        await uow.db.delete(membership)
    await uow.db.flush()


async def all_of(uow: UnitOfWork, org_id: str) -> Sequence[Group]:
    """Return all groups of an organisation."""
    return await queries.of_organization(uow.db, org_id)
