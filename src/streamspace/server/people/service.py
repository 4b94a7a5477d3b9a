"""What can be done with people, seen whole: account, place, groups, limits, logins, second factors."""

from __future__ import annotations

from collections.abc import Sequence

from streamspace.server.core import permissions
from streamspace.server.core.attempts import Attempts
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Action, Actor, GroupRole, OrgRole, Role, Scope
from streamspace.server.groups import service as groups
from streamspace.server.groups.errors import NoSuchGroup
from streamspace.server.keys import service as keys
from streamspace.server.limits import service as limits
from streamspace.server.logins import service as logins
from streamspace.server.logins.models import Login
from streamspace.server.mfa import service as mfa
from streamspace.server.organizations import service as organizations
from streamspace.server.people.schemas import (
    BelongingOut,
    HereOut,
    PersonDetailOut,
    PersonIn,
    PersonOut,
    PersonPatch,
    PlaceOut,
    ProfileOut,
)
from streamspace.server.quotas import service as quotas
from streamspace.server.users import service as users
from streamspace.server.users.errors import NoSuchUser, WeakPassword, WrongCurrentPassword
from streamspace.server.users.models import User
from streamspace.server.users.schemas import Filter, Seen, user_out


async def list_people(
    uow: UnitOfWork,
    actor: Actor,
    attempts: Attempts,
    wanted: Filter,
    *,
    sort: str,
    limit: int,
    cursor: str | None,
) -> tuple[list[PersonOut], int, str | None]:
    """Return a page of people with their groups and limits; the same few statements for any number."""
    rows, total, following = await users.list_users(uow, actor, wanted, sort=sort, limit=limit, cursor=cursor)
    return await shown(uow, actor, attempts, rows), total, following


async def shown(uow: UnitOfWork, actor: Actor, attempts: Attempts, people: Sequence[Seen]) -> list[PersonOut]:
    """Show people as the actor may see them."""
    in_groups: dict[str, list[str]] = {}
    for user_id, group_id, org_id in await groups.of_users(uow, [seen.user.id for seen in people]):
        if permissions.may(actor, Action.GROUP_VIEW, owner_id=None, org_id=org_id):
            in_groups.setdefault(user_id, []).append(group_id)
    counted = await quotas.of_people(uow, [(seen.user, seen.org_id) for seen in people])
    return [
        PersonOut(
            **user_out(seen).model_dump(),
            groups=in_groups.get(seen.user.id, []),
            quota=counted[seen.user.id],
            locked=attempts.locked(f"name:{seen.user.username.lower()}"),
        )
        for seen in people
    ]


async def get(uow: UnitOfWork, actor: Actor, attempts: Attempts, user_id: str) -> PersonDetailOut:
    """Return one person."""
    (found,) = await shown(uow, actor, attempts, [await users.visible(uow, actor, user_id)])
    places = await organizations.places_shown(uow, actor, user_id)
    return PersonDetailOut(
        **found.model_dump(),
        organizations=[
            BelongingOut(
                id=place.id, name=place.name, display_name=place.display_name, org_role=OrgRole(place.org_role)
            )
            for place in places
        ],
    )


async def profile(uow: UnitOfWork, actor: Actor, attempts: Attempts) -> ProfileOut:
    """Return oneself."""
    user = await users.get_by_id(uow, actor.id)
    org = await organizations.get_by_id(uow, actor.org_id)
    if user is None or org is None:
        raise NoSuchUser
    (person,) = await shown(uow, actor, attempts, [Seen(user, actor.org_id, actor.org_role)])
    places = await organizations.of_user(uow, actor.id)
    return ProfileOut(
        **person.model_dump(),
        permissions=permissions.granted(actor),
        organization=HereOut(id=org.id, name=org.name, display_name=org.display_name, require_mfa=org.require_mfa),
        organizations=[
            PlaceOut(
                id=place.id,
                name=place.name,
                display_name=place.display_name,
                org_role=OrgRole(place.org_role),
                current=place.id == actor.org_id,
            )
            for place in places
            if place.id == actor.org_id or not (actor.home_org_only or actor.key_id)
        ],
        mfa=bool(await mfa.factors(uow, actor.id)),
        password_generated=user.password_generated,
        setup_required=user.password_generated,
    )


def check_new(actor: Actor, wanted: PersonIn) -> str | None:
    """Return the password that a new person needs, or None if they sign in elsewhere.

    Raises:
        BeyondYourRights: they would have a right that the actor lacks.
        WeakPassword: they need one and have none.
    """
    permissions.require(actor, Action.USER_MANAGE, owner_id=None, org_id=actor.org_id)
    users.require_grant(actor, role=wanted.role, org_role=wanted.org_role, org_id=actor.org_id)
    if wanted.provider != "local":
        return None
    if wanted.password is None:
        raise WeakPassword("A person who signs in here needs a password of at least 8 characters.")
    return wanted.password


async def create(uow: UnitOfWork, actor: Actor, wanted: PersonIn, password_hash: str | None) -> User:
    """Add a person to the organisation the actor is in, with the hash of the password that `check_new` returned.

    Raises:
        BeyondYourRights, UsernameTaken, EmailTaken, BadUsername, NoSuchGroup.
    """
    check_new(actor, wanted)
    user = await users.create(
        uow,
        username=wanted.username,
        password_hash=password_hash,
        role=wanted.role,
        org_role=wanted.org_role,
        email=wanted.email,
        full_name=wanted.full_name,
        org_id=actor.org_id,
        provider=wanted.provider,
    )
    for group_id in dict.fromkeys(wanted.groups):
        row = await groups.get(uow, actor, group_id)
        if row.Group.org_id != actor.org_id:
            raise NoSuchGroup
        await groups.add_member(uow, actor, group_id, user.id, GroupRole.MEMBER)
    return user


async def update(uow: UnitOfWork, actor: Actor, user_id: str, wanted: PersonPatch) -> None:
    """Change a person.

    Raises:
        NoSuchUser: not there for the actor.
        BeyondYourRights: the person has, or would get, a right that the actor lacks.
        NotYourself, LastAdministrator, LastSystemAdministrator, EmailTaken.
    """
    user = (await users.visible(uow, actor, user_id)).user
    permissions.require(actor, Action.USER_MANAGE, owner_id=None, org_id=actor.org_id)
    await users.hold(uow, user.id)
    changes = wanted.model_dump(exclude_unset=True, exclude_none=True)
    if changes.keys() - {"org_role"}:
        await users.require_over(uow, actor, user)
    if changes.keys() & {"role", "active", "org_role"}:
        users.not_oneself(actor, user)
    if {"email", "full_name"} & changes.keys():
        await users.change_profile(uow, user, email=changes.get("email"), full_name=changes.get("full_name"))
    if wanted.role is not None:
        for place in await organizations.memberships(uow, user.id):
            users.require_grant(actor, role=wanted.role, org_role=OrgRole(place.org_role), org_id=place.org_id)
        await users.set_role(uow, user, wanted.role)
    if wanted.org_role is not None:
        here = await organizations.membership(uow, actor.org_id, user.id)
        await set_org_role(uow, actor, actor.org_id if here is not None else user.org_id, user.id, wanted.org_role)
    if wanted.active is not None:
        await users.set_active(uow, user, wanted.active)
        if not wanted.active:
            await logins.end_all_of(uow, user.id)


async def set_org_role(uow: UnitOfWork, actor: Actor, org_id: str, user_id: str, org_role: OrgRole) -> None:
    """Change, or give, a person's place in an organisation.

    Raises:
        NoSuchUser, BeyondYourRights, NotYourself, LastAdministrator.
    """
    permissions.require(actor, Action.USER_MANAGE, owner_id=None, org_id=org_id, see=Action.ORGANIZATION_VIEW)
    user = await users.get_by_id(uow, user_id)
    if user is None:
        raise NoSuchUser
    users.not_oneself(actor, user)
    here = await organizations.membership(uow, org_id, user_id)
    if here is not None:
        users.require_grant(actor, role=Role(user.role), org_role=OrgRole(here.org_role), org_id=org_id)
    users.require_grant(actor, role=Role(user.role), org_role=org_role, org_id=org_id)
    await organizations.set_member(uow, org_id, user_id, org_role)


async def add_member(
    uow: UnitOfWork, actor: Actor, org_id: str, *, user_id: str | None, username: str | None, org_role: OrgRole
) -> str:
    """Take somebody who exists into an organisation; only those who see everybody can.

    Raises:
        NoSuchOrganization, NoSuchUser, BeyondYourRights.
    """
    org = await organizations.visible(uow, actor, org_id)
    permissions.require(actor, Action.USER_MANAGE, owner_id=None, org_id=None)
    user = await (users.get_by_id(uow, user_id) if user_id else users.find(uow, username or ""))
    if user is None:
        raise NoSuchUser
    await set_org_role(uow, actor, org.id, user.id, org_role)
    return user.id


async def remove_member(uow: UnitOfWork, actor: Actor, org_id: str, user_id: str) -> None:
    """Take somebody out of an organisation, and out of its groups; their sessions there end.

    Raises:
        NoSuchOrganization, NoSuchUser, OnlyOrganization, LastAdministrator, BeyondYourRights.
    """
    await organizations.visible(uow, actor, org_id)
    permissions.require(actor, Action.USER_MANAGE, owner_id=None, org_id=org_id)
    here = await organizations.membership(uow, org_id, user_id)
    user = await users.get_by_id(uow, user_id)
    if here is None or user is None:
        raise NoSuchUser
    users.not_oneself(actor, user)
    users.require_grant(actor, role=Role(user.role), org_role=OrgRole(here.org_role), org_id=org_id)
    await organizations.remove_member(uow, org_id, user_id)
    await groups.leave_all(uow, org_id, user_id)
    await logins.end_all_of(uow, user_id, org_id=org_id)
    if user.org_id == org_id:
        user.org_id = (await organizations.memberships(uow, user_id))[0].org_id
    uow.note(
        "organization.member_removed",
        "organization",
        org_id,
        before={"user_id": user_id, "org_role": here.org_role},
        org_id=org_id,
    )


async def _over(uow: UnitOfWork, actor: Actor, user_id: str) -> User:
    """Return a person over whom the actor has power."""
    user = (await users.visible(uow, actor, user_id)).user
    await users.require_over(uow, actor, user)
    return user


async def remove(uow: UnitOfWork, actor: Actor, user_id: str) -> None:
    """Remove a person: everything of theirs ends, and their name is free again."""
    user = await _over(uow, actor, user_id)
    users.not_oneself(actor, user)
    await logins.end_all_of(uow, user.id)
    for place in await organizations.memberships(uow, user.id):
        await groups.leave_all(uow, place.org_id, user.id)
        await limits.drop(uow, "user", user.id, place.org_id)
    await keys.remove_all_of(uow, user.id)
    await mfa.reset(uow, user.id)
    await users.remove(uow, user)


async def check_password_here(uow: UnitOfWork, actor: Actor, user_id: str) -> None:
    """Refuse to set the password of who has none here, or is beyond the actor.

    Raises:
        NoSuchUser, BeyondYourRights, PasswordElsewhere.
    """
    users.check_has_password(await _over(uow, actor, user_id))


async def set_password(uow: UnitOfWork, actor: Actor, attempts: Attempts, user_id: str, password_hash: str) -> None:
    """Give a person another password; their logins end."""
    user = await _over(uow, actor, user_id)
    await users.set_password(uow, user, password_hash)
    await logins.end_all_of(uow, user.id, except_login=actor.login_id)
    attempts.unlock(f"name:{user.username.lower()}")


async def replace_own_password(uow: UnitOfWork, actor: Actor, *, replacing: str | None, password_hash: str) -> None:
    """Replace the actor's own password, if it is still the one they showed that they know; their other logins end.

    Raises:
        WrongCurrentPassword: somebody changed it meanwhile.
    """
    await users.hold(uow, actor.id)
    user = await users.with_own_password(uow, actor)
    if user.password_hash != replacing:
        raise WrongCurrentPassword
    await users.set_password(uow, user, password_hash)
    await logins.end_all_of(uow, user.id, except_login=actor.login_id)


async def unlock(uow: UnitOfWork, actor: Actor, attempts: Attempts, user_id: str) -> None:
    """Let a person try their password again."""
    user = await _over(uow, actor, user_id)
    attempts.unlock(f"name:{user.username.lower()}")
    attempts.unlock(f"mfa:{user.id}")
    uow.note("user.unlocked", "user", user.id, org_id=user.org_id)


async def reset_mfa(uow: UnitOfWork, actor: Actor, user_id: str) -> None:
    """Remove a person's second factors, for somebody who lost them; their logins end."""
    user = await _over(uow, actor, user_id)
    await mfa.reset(uow, user.id)
    await logins.end_all_of(uow, user.id, except_login=actor.login_id)


async def _managed_logins(uow: UnitOfWork, actor: Actor, user_id: str) -> dict[str, str]:
    """Say which of a person's logins the actor manages: all, or those in the one organisation that they administer.

    What the person is in other organisations is no matter then: nothing is done to them there.

    Raises:
        NoSuchUser, Forbidden, BeyondYourRights.
    """
    seen = await users.visible(uow, actor, user_id)
    permissions.require(actor, Action.USER_MANAGE, owner_id=None, org_id=seen.org_id)
    if permissions.scope(actor, Action.USER_MANAGE) is Scope.ALL:
        await users.require_over(uow, actor, seen.user)
        return {}
    users.require_grant(actor, role=Role(seen.user.role), org_role=OrgRole(seen.org_role), org_id=seen.org_id)
    return {"org_id": seen.org_id}


async def logins_of(uow: UnitOfWork, actor: Actor, user_id: str) -> Sequence[Login]:
    """Return where a person is signed in."""
    return await logins.list_open(uow, user_id, **await _managed_logins(uow, actor, user_id))


async def end_login_of(uow: UnitOfWork, actor: Actor, user_id: str, login_id: str) -> None:
    """Sign a person out in one place.

    Raises:
        NoSuchLogin: it is none of theirs that the actor sees.
    """
    await logins.end_one_of(uow, user_id, login_id, **await _managed_logins(uow, actor, user_id))


async def end_logins_of(uow: UnitOfWork, actor: Actor, user_id: str) -> None:
    """Sign a person out everywhere that the actor sees."""
    await logins.end_all_of(uow, user_id, **await _managed_logins(uow, actor, user_id))
