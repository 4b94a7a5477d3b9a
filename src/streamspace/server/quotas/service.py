"""Who may use how much, and how much they use."""

from __future__ import annotations

from collections.abc import Sequence

from streamspace.server.core import permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.errors import Forbidden
from streamspace.server.core.permissions import Action, Actor, Scope
from streamspace.server.groups import service as groups
from streamspace.server.groups.models import Group
from streamspace.server.limits import service as limits
from streamspace.server.limits.rules import DEFAULTS, NONE
from streamspace.server.organizations import service as organizations
from streamspace.server.quotas.schemas import QuotaIn, QuotaOut, quota_out
from streamspace.server.sessions import service as sessions
from streamspace.server.users import service as users
from streamspace.server.users.errors import NoSuchUser
from streamspace.server.users.models import User
from streamspace.server.users.schemas import Filter


async def of_people(uow: UnitOfWork, people: Sequence[tuple[User, str]]) -> dict[str, QuotaOut]:
    """Return limits and use of people, by their id, each in the organisation that is looked at."""
    places: dict[str, list[User]] = {}
    for user, org_id in people:
        places.setdefault(org_id, []).append(user)
    shown: dict[str, QuotaOut] = {}
    for org_id, users_there in places.items():
        ids = [user.id for user in users_there]
        rows = await limits.of(uow, [limits.PLATFORM, *(("user", user_id, org_id) for user_id in ids)])
        used = await sessions.usage_by_user(uow, org_id, ids)
        defaults = rows.get(limits.PLATFORM)
        for user in users_there:
            own = rows.get(("user", user.id, org_id))
            shown[user.id] = quota_out(
                limits.effective(user, own, defaults), used.get(user.id), own, user_id=user.id, username=user.username
            )
    return {user.id: shown[user.id] for user, _ in people}


async def list_people(
    uow: UnitOfWork, actor: Actor, *, limit: int, cursor: str | None
) -> tuple[list[QuotaOut], int, str | None]:
    """Return a page of people's limits and use, by name."""
    if permissions.scope(actor, Action.QUOTA_VIEW) < Scope.ORG:
        raise Forbidden
    rows, total, following = await users.list_users(uow, actor, Filter(), sort="username", limit=limit, cursor=cursor)
    counted = await of_people(uow, [(seen.user, seen.org_id) for seen in rows])
    return list(counted.values()), total, following


async def of_user(uow: UnitOfWork, actor: Actor, user_id: str) -> QuotaOut:
    """Return one person's limits and use, where the actor is."""
    user, org_id = await _person(uow, actor, user_id, Action.QUOTA_VIEW)
    return (await of_people(uow, [(user, org_id)]))[user.id]


async def _person(uow: UnitOfWork, actor: Actor, user_id: str, action: Action) -> tuple[User, str]:
    user = await users.get_by_id(uow, user_id)
    here = await organizations.membership(uow, actor.org_id, user_id) if user is not None else None
    org_id = actor.org_id if here is not None or user is None else user.org_id
    if user is None or not permissions.may(actor, Action.QUOTA_VIEW, owner_id=user_id, org_id=org_id):
        raise NoSuchUser
    permissions.require(actor, action, owner_id=None if action is Action.QUOTA_MANAGE else user_id, org_id=org_id)
    return user, org_id


async def set_for_user(uow: UnitOfWork, actor: Actor, user_id: str, wanted: QuotaIn) -> QuotaOut:
    """Set some of a person's limits in the organisation the actor is in."""
    user, org_id = await _person(uow, actor, user_id, Action.QUOTA_MANAGE)
    await limits.put(uow, "user", user.id, org_id, wanted.changes())
    return (await of_people(uow, [(user, org_id)]))[user.id]


async def drop_for_user(uow: UnitOfWork, actor: Actor, user_id: str) -> None:
    """Give a person the platform's defaults again."""
    user, org_id = await _person(uow, actor, user_id, Action.QUOTA_MANAGE)
    await limits.drop(uow, "user", user.id, org_id)


async def by_username(uow: UnitOfWork, actor: Actor, username: str) -> str:
    """Return the id of a person whose limits the actor may see.

    Raises:
        NoSuchUser: there is none for them.
    """
    user = await users.find(uow, username)
    if user is None:
        raise NoSuchUser
    await _person(uow, actor, user.id, Action.QUOTA_VIEW)
    return user.id


async def of_group(uow: UnitOfWork, actor: Actor, group_id: str) -> QuotaOut:
    """Return a group's limits, and what all who are in it, or in a group inside it, use together."""
    group, _ = await groups.permitted(uow, actor, group_id, Action.QUOTA_VIEW)
    return await counted(uow, group)


async def counted(uow: UnitOfWork, group: Group) -> QuotaOut:
    """Return the same for a caller who has checked what the actor may see."""
    every = {other.id: other for other in await groups.all_of(uow, group.org_id)}
    people = await limits.everybody_in(uow, group.id, every)
    rows = await limits.of(uow, [("group", group.id, group.org_id)])
    row = rows.get(("group", group.id, group.org_id))
    used = await sessions.usage(uow, group.org_id, people)
    return quota_out(limits.limits_of(row) if row else NONE, used, row, group_id=group.id, name=group.display_name)


async def set_for_group(uow: UnitOfWork, actor: Actor, group_id: str, wanted: QuotaIn) -> QuotaOut:
    """Set some of a group's limits."""
    group, _ = await groups.permitted(uow, actor, group_id, Action.QUOTA_MANAGE)
    await limits.put(uow, "group", group.id, group.org_id, wanted.changes())
    return await of_group(uow, actor, group_id)


async def drop_for_group(uow: UnitOfWork, actor: Actor, group_id: str) -> None:
    """Remove a group's limits."""
    group, _ = await groups.permitted(uow, actor, group_id, Action.QUOTA_MANAGE)
    await limits.drop(uow, "group", group.id, group.org_id)


async def of_organization(uow: UnitOfWork, actor: Actor, org_id: str) -> QuotaOut:
    """Return an organisation's limits, and what all its people use together."""
    org = await organizations.visible(uow, actor, org_id)
    permissions.require(actor, Action.QUOTA_VIEW, owner_id=None, org_id=org.id)
    row = (await limits.of(uow, [("organization", org.id, org.id)])).get(("organization", org.id, org.id))
    used = await sessions.usage(uow, org.id)
    return quota_out(limits.limits_of(row) if row else NONE, used, row, org_id=org.id, name=org.display_name)


async def set_for_organization(uow: UnitOfWork, actor: Actor, org_id: str, wanted: QuotaIn) -> QuotaOut:
    """Set some of an organisation's limits; its own administrators may not."""
    org = await organizations.visible(uow, actor, org_id)
    permissions.require(actor, Action.QUOTA_GOVERN, owner_id=None, org_id=None)
    await limits.put(uow, "organization", org.id, org.id, wanted.changes())
    return await of_organization(uow, actor, org_id)


async def drop_for_organization(uow: UnitOfWork, actor: Actor, org_id: str) -> None:
    """Remove an organisation's limits."""
    org = await organizations.visible(uow, actor, org_id)
    permissions.require(actor, Action.QUOTA_GOVERN, owner_id=None, org_id=None)
    await limits.drop(uow, "organization", org.id, org.id)


async def defaults(uow: UnitOfWork, actor: Actor) -> QuotaOut:
    """Return what applies to a person where nobody said otherwise."""
    permissions.require(actor, Action.QUOTA_VIEW, owner_id=actor.id, org_id=actor.org_id)
    row = (await limits.of(uow, [limits.PLATFORM])).get(limits.PLATFORM)
    return quota_out(limits.limits_of(row).or_else(DEFAULTS) if row else DEFAULTS, None, row, name="defaults")


async def set_defaults(uow: UnitOfWork, actor: Actor, wanted: QuotaIn) -> QuotaOut:
    """Change what applies to a person where nobody said otherwise."""
    permissions.require(actor, Action.QUOTA_GOVERN, owner_id=None, org_id=None)
    kind, subject, org_id = limits.PLATFORM
    await limits.put(uow, kind, subject, org_id, wanted.changes())
    return await defaults(uow, actor)
