"""What a directory does with the people and groups of its organisation, which is the one its key was made in."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeVar

from scim2_models import InvalidValueException, PatchOp, Resource, SearchRequest
from sqlalchemy.exc import IntegrityError

from streamspace.server.core import permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Action, Actor, GroupRole, OrgRole, Role
from streamspace.server.groups import service as groups
from streamspace.server.groups.errors import NoSuchGroup
from streamspace.server.groups.models import Group
from streamspace.server.logins import service as logins
from streamspace.server.organizations import service as organizations
from streamspace.server.people import service as accounts
from streamspace.server.scim import filters, queries, searches
from streamspace.server.scim.errors import DisplayNameProvisioned, UserNameProvisioned
from streamspace.server.scim.models import Provisioned
from streamspace.server.scim.schemas import (
    EMAIL,
    POLICY,
    Person,
    Profile,
    Team,
    external_id_of,
    member_ids,
    person_out,
    profile_of,
    team_name,
    team_out,
)
from streamspace.server.users import service as users
from streamspace.server.users.errors import NoSuchUser
from streamspace.server.users.models import User

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
R = TypeVar("R", bound=Resource[Any])


def _provisioner(actor: Actor) -> Actor:
    """Return who decides about rights here: the key's person, of whose rights the scope `scim` names this part.

    Raises:
        Forbidden: the actor does not provision this organisation.
    """
    permissions.require(actor, Action.PROVISION, owner_id=None, org_id=actor.org_id)
    return dataclasses.replace(actor, only=None)


# People


async def list_people(
    uow: UnitOfWork, actor: Actor, wanted: SearchRequest[Person], base: str
) -> tuple[list[Person], int]:
    """Return a page of the organisation's people, and how many there are."""
    _provisioner(actor)
    where = [filters.where(wanted.filter, queries.PEOPLE, queries.OF_PEOPLE)] if wanted.filter else []
    offset, limit = searches.page(wanted)
    order = searches.order(wanted, Person, queries.PEOPLE)
    rows, total = await queries.people(uow.db, actor.org_id, where, order, offset=offset, limit=limit)
    return await _shown(uow, actor.org_id, rows, base), total


async def list_all(
    uow: UnitOfWork, actor: Actor, wanted: SearchRequest[Any], base: str
) -> tuple[list[Resource[Any]], int]:
    """Return a page of people and groups, in this order, and how many there are."""
    offset, limit = searches.page(wanted)
    people, teams = searches.narrowed(wanted, Person), searches.narrowed(wanted, Team)
    found: list[Resource[Any]] = []
    total = 0
    if people is not None:
        people.start_index, people.count = offset + 1, limit
        some, total = await list_people(uow, actor, people, base)
        found += some
    if teams is not None:
        teams.start_index, teams.count = max(offset - total, 0) + 1, limit - len(found)
        more, count = await list_teams(uow, actor, teams, base, with_members=True)
        found, total = [*found, *more], total + count
    return found, total


async def get_person(uow: UnitOfWork, actor: Actor, user_id: str, base: str) -> Person:
    """Return one person.

    Raises:
        NoSuchUser: nobody of this organisation.
    """
    _provisioner(actor)
    return await _person(uow, actor.org_id, user_id, base)


async def _person(uow: UnitOfWork, org_id: str, user_id: str, base: str) -> Person:
    (shown,) = await _shown(uow, org_id, [await _row(uow, org_id, user_id)], base)
    return shown


async def _row(uow: UnitOfWork, org_id: str, user_id: str) -> Any:
    row = await queries.person(uow.db, org_id, user_id)
    if row is None:
        raise NoSuchUser
    return row


async def _shown(uow: UnitOfWork, org_id: str, rows: Sequence[Any], base: str) -> list[Person]:
    in_groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for user_id, group_id, name in await queries.groups_of(uow.db, org_id, [row.User.id for row in rows]):
        in_groups[user_id].append((group_id, name))
    return [person_out(row.User, row.Provisioned, row.user_name, in_groups[row.User.id], base) for row in rows]


async def create_person(uow: UnitOfWork, actor: Actor, wanted: Person, base: str) -> Person:
    """Add a person, who signs in as the organisation's people do: through its identity provider.

    Raises:
        UserNameProvisioned, EmailTaken: somebody has it; also somebody of another organisation.
        InvalidValueException: malformed.
    """
    whole, org_id = _provisioner(actor), actor.org_id
    profile = profile_of(wanted)
    users.require_grant(whole, role=Role.USER, org_role=OrgRole.USER, org_id=org_id)
    await _check_user_name(uow, org_id, profile.user_name, None)
    address = profile.email or (profile.user_name if EMAIL.fullmatch(profile.user_name) else "")
    user = await users.create(
        uow,
        username=await users.free_username(uow, profile.user_name),
        email=address[:254],
        full_name=profile.full_name,
        org_id=org_id,
        provider=await queries.provider_kind(uow.db, org_id) or "saml",
        active=profile.active is not False,
    )
    await _write(uow, org_id, user.id, None, profile)
    return await _person(uow, org_id, user.id, base)


async def replace_person(uow: UnitOfWork, actor: Actor, user_id: str, wanted: Person, base: str) -> Person:
    """Make a person what the directory says; what it leaves out is gone, whether they are active stays.

    Raises:
        NoSuchUser, UserNameProvisioned, EmailTaken, BeyondYourRights, NotYourself, InvalidValueException.
    """
    _provisioner(actor)
    before = await _person(uow, actor.org_id, user_id, base)
    return await _change_person(uow, actor, user_id, before, wanted, base)


async def patch_person(uow: UnitOfWork, actor: Actor, user_id: str, patch: PatchOp[Person], base: str) -> Person:
    """Change a person as the directory says.

    Raises:
        NoSuchUser, UserNameProvisioned, EmailTaken, BeyondYourRights, NotYourself, SCIMException.
    """
    _provisioner(actor)
    before = await _person(uow, actor.org_id, user_id, base)
    return await _change_person(uow, actor, user_id, before, _patched(before, patch), base)


def _patched(before: R, patch: PatchOp[R]) -> R:
    after = before.model_copy(deep=True)
    patch.patch(after, scim_policy=POLICY)
    return after


async def _change_person(
    uow: UnitOfWork, actor: Actor, user_id: str, before: Person, after: Person, base: str
) -> Person:
    whole, org_id = _provisioner(actor), actor.org_id
    await users.hold(uow, user_id)
    row = await _row(uow, org_id, user_id)
    user, was, profile = row.User, profile_of(before), profile_of(after)
    if profile.active is False and user.active and not await _only_here(uow, org_id, user.id):
        # Another organisation's person as well: they leave this one, and stay what they are elsewhere.
        await accounts.remove_member(uow, whole, org_id, user.id)
        await queries.forget(uow.db, org_id, user.id)
        return after.model_copy(update={"active": False, "groups": None})
    if profile == was:
        return before
    await users.require_over(uow, whole, user)
    if profile.user_name.lower() != row.user_name.lower():
        await _check_user_name(uow, org_id, profile.user_name, user.id)
    await _write(uow, org_id, user.id, row.Provisioned, profile)
    email = profile.email if profile.email != was.email else None
    full_name = profile.full_name if profile.full_name != was.full_name else None
    if email is not None or full_name is not None:
        await users.change_profile(uow, user, email=email, full_name=full_name)
    await _set_active(uow, whole, user, profile)
    return await _person(uow, org_id, user.id, base)


async def _set_active(uow: UnitOfWork, whole: Actor, user: User, profile: Profile) -> None:
    if profile.active is None or profile.active == user.active:
        return
    users.not_oneself(whole, user)
    await users.set_active(uow, user, profile.active)
    if not profile.active:
        await logins.end_all_of(uow, user.id)


async def _only_here(uow: UnitOfWork, org_id: str, user_id: str) -> bool:
    return all(place.org_id == org_id for place in await organizations.memberships(uow, user_id))


async def _check_user_name(uow: UnitOfWork, org_id: str, user_name: str, but: str | None) -> None:
    key = user_name.lower()
    if await queries.user_name_taken(uow.db, org_id, key, but):
        raise UserNameProvisioned
    await queries.forget_strangers(uow.db, org_id, key)


async def _write(uow: UnitOfWork, org_id: str, user_id: str, row: Provisioned | None, profile: Profile) -> None:
    columns = profile.columns()
    before = None if row is None else {name: getattr(row, name) for name in ("user_name", "external_id")}
    if row is None:
        row = Provisioned(org_id=org_id, user_id=user_id, created_at=uow.now())
    row.updated_at = uow.now()
    for name, value in columns.items():
        setattr(row, name, value)
    try:
        async with uow.db.begin_nested():
            uow.db.add(row)
    except IntegrityError:  # somebody else took the name a moment before us
        raise UserNameProvisioned from None
    after = {name: columns[name] for name in ("user_name", "external_id")}
    uow.note("user.provisioned", "user", user_id, before=before, after=after, org_id=org_id)


async def delete_person(uow: UnitOfWork, actor: Actor, user_id: str) -> None:
    """Remove a person; one who belongs to other organisations too only leaves this one.

    Raises:
        NoSuchUser, BeyondYourRights, NotYourself, LastAdministrator.
    """
    whole, org_id = _provisioner(actor), actor.org_id
    row = await _row(uow, org_id, user_id)
    await users.hold(uow, user_id)
    if await _only_here(uow, org_id, user_id):
        await accounts.remove(uow, whole, row.User.id)
    else:
        await accounts.remove_member(uow, whole, org_id, user_id)
    await queries.forget(uow.db, org_id, user_id)


# Groups


async def list_teams(
    uow: UnitOfWork, actor: Actor, wanted: SearchRequest[Team], base: str, *, with_members: bool
) -> tuple[list[Team], int]:
    """Return a page of the organisation's groups, and how many there are."""
    _provisioner(actor)
    where = [filters.where(wanted.filter, queries.GROUPS, queries.OF_GROUPS)] if wanted.filter else []
    offset, limit = searches.page(wanted)
    order = searches.order(wanted, Team, queries.GROUPS)
    rows, total = await queries.groups(uow.db, actor.org_id, where, order, offset=offset, limit=limit)
    return await _teams(uow, rows, base, with_members=with_members), total


async def get_team(uow: UnitOfWork, actor: Actor, group_id: str, base: str, *, with_members: bool) -> Team:
    """Return one group.

    Raises:
        NoSuchGroup: none of this organisation.
    """
    _provisioner(actor)
    (shown,) = await _teams(uow, [await _group(uow, actor.org_id, group_id)], base, with_members=with_members)
    return shown


async def _teams(uow: UnitOfWork, rows: Sequence[Group], base: str, *, with_members: bool) -> list[Team]:
    inside: dict[str, list[str]] = defaultdict(list)
    if with_members:
        for group_id, user_id in await queries.members(uow.db, [group.id for group in rows]):
            inside[group_id].append(user_id)
    return [team_out(group, inside[group.id], base) for group in rows]


async def _group(uow: UnitOfWork, org_id: str, group_id: str) -> Group:
    found = await queries.group(uow.db, org_id, group_id)
    if found is None:
        raise NoSuchGroup
    return found


async def create_team(uow: UnitOfWork, actor: Actor, wanted: Team, base: str) -> Team:
    """Make a group with its members.

    Raises:
        DisplayNameProvisioned, InvalidValueException.
    """
    whole, org_id = _provisioner(actor), actor.org_id
    permissions.require(whole, Action.GROUP_CREATE, owner_id=None, org_id=org_id)
    name = team_name(wanted)
    if await queries.display_name_taken(uow.db, org_id, name, None):
        raise DisplayNameProvisioned
    group = await groups.create_unchecked(
        uow,
        org_id,
        name=await _free_name(uow, org_id, name),
        display_name=name,
        external_id=external_id_of(wanted),
    )
    await _set_members(uow, whole, group, member_ids(wanted))
    return await get_team(uow, actor, group.id, base, with_members=True)


async def _free_name(uow: UnitOfWork, org_id: str, display_name: str) -> str:
    base = _NOT_SLUG.sub("-", display_name.lower()).strip("-")[:40].strip("-") or "group"
    base = base if len(base) >= 3 else f"group-{base}"  # noqa: PLR2004 - the shortest name there may be
    taken = await queries.names_like(uow.db, org_id, base)
    names = itertools.chain([base], (f"{base}-{number}" for number in itertools.count(2)))
    return next(name for name in names if name not in taken)


async def replace_team(uow: UnitOfWork, actor: Actor, group_id: str, wanted: Team, base: str) -> Team:
    """Make a group what the directory says.

    Raises:
        NoSuchGroup, DisplayNameProvisioned, InvalidValueException.
    """
    return await _change_team(uow, actor, await _group(uow, actor.org_id, group_id), wanted, base)


async def patch_team(uow: UnitOfWork, actor: Actor, group_id: str, patch: PatchOp[Team], base: str) -> Team:
    """Change a group, or who is in it, as the directory says.

    Raises:
        NoSuchGroup, DisplayNameProvisioned, SCIMException.
    """
    before = await get_team(uow, actor, group_id, base, with_members=True)
    return await _change_team(uow, actor, await _group(uow, actor.org_id, group_id), _patched(before, patch), base)


async def _change_team(uow: UnitOfWork, actor: Actor, group: Group, wanted: Team, base: str) -> Team:
    whole = _provisioner(actor)
    permissions.require(whole, Action.GROUP_CHANGE, owner_id=None, org_id=group.org_id)
    name, external_id = team_name(wanted), external_id_of(wanted)
    if name != group.display_name and await queries.display_name_taken(uow.db, group.org_id, name, group.id):
        raise DisplayNameProvisioned
    if (name, external_id) != (group.display_name, group.external_id):
        await groups.rename(uow, group, display_name=name, external_id=external_id)
    await _set_members(uow, whole, group, member_ids(wanted))
    return await get_team(uow, actor, group.id, base, with_members=True)


async def _set_members(uow: UnitOfWork, whole: Actor, group: Group, wanted: Sequence[str]) -> None:
    """Have exactly these people in a group; those who stay keep their role."""
    present = [user_id for user_id, _ in await groups.members_of(uow, group.id)]
    new = [user_id for user_id in wanted if user_id not in set(present)]
    gone = [user_id for user_id in present if user_id not in set(wanted)]
    if not new and not gone:
        return
    permissions.require(whole, Action.GROUP_MEMBERS, owner_id=None, org_id=group.org_id)
    strangers = set(new) - await queries.belonging(uow.db, group.org_id, new)
    if strangers:
        raise InvalidValueException(detail=f"There is no person {min(strangers)[:64]!r} in this organisation.")
    for user_id in new:
        await groups.put_member(uow, group, user_id, GroupRole.MEMBER)
    for user_id in gone:
        await groups.drop_member(uow, group, user_id)


async def delete_team(uow: UnitOfWork, actor: Actor, group_id: str) -> None:
    """Remove a group; its people stay, and groups inside it move up.

    Raises:
        NoSuchGroup: none of this organisation.
    """
    whole = _provisioner(actor)
    group = await _group(uow, actor.org_id, group_id)
    permissions.require(whole, Action.GROUP_DELETE, owner_id=None, org_id=group.org_id)
    await groups.drop(uow, group)
