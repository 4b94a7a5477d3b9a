"""A game of giving rights: who begins, what they may try with every credential at hand, and what they hold then."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from hypothesis import strategies as st
from sqlalchemy import select

from streamspace.server.core.attempts import Attempts
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.errors import Problem
from streamspace.server.core.permissions import (
    BY_GROUP_ROLE,
    BY_ORG_ROLE,
    BY_ROLE,
    ENROLMENT,
    KEY_SCOPES,
    Action,
    Actor,
    GroupRole,
    OrgRole,
    Role,
    Scope,
)
from streamspace.server.groups import service as groups
from streamspace.server.groups.models import Group, GroupMembership
from streamspace.server.groups.schemas import GroupIn
from streamspace.server.keys import service as keys
from streamspace.server.keys.schemas import KeyIn
from streamspace.server.keys.use import KeyUse
from streamspace.server.organizations import service as organizations
from streamspace.server.organizations.models import Membership
from streamspace.server.people import service as accounts
from streamspace.server.people.schemas import PersonIn, PersonPatch
from streamspace.server.users.models import User
from tests.server import people

HERE, THERE = "org-here", "org-there"
PLAIN = frozenset({Action.PROFILE_VIEW, Action.PROFILE_CHANGE, Action.CREDENTIALS_CHANGE})
"""What everybody has over their own account, and nobody is given."""
SEEN = frozenset({Action.GROUP_VIEW, Action.QUOTA_VIEW})
"""What every member of a group sees of it. Who takes members in may let them see it, whatever a key's scopes say."""
NAMES = ("vera", "olga", "guest", "chief", "watch", "away", "gone", "yann", "yvonne", "self")
SCOPES = sorted(set(KEY_SCOPES) - {"scim"})  # a directory's key makes people by its own rules, tested with SCIM
Right = tuple[Action, Scope, str]


@dataclass(frozen=True)
class Start:
    """Who begins: roles, a further organisation, a place in the group, and what they came with."""

    role: Role
    org_role: OrgRole
    elsewhere: OrgRole | None
    group_role: GroupRole | None
    scopes: tuple[str, ...] | None
    enrolling: bool


@dataclass(frozen=True)
class Move:
    """One thing to try, with one of the credentials that are at hand by then."""

    what: str
    credential: int
    target: int
    group: int
    role: Role
    org_role: OrgRole
    group_role: GroupRole
    scopes: tuple[str, ...]
    flag: bool


WHAT = (
    *("create", "role", "org_role", "active", "password", "mfa", "member", "remove", "place", "own_password"),
    *("group", "group_add", "group_add", "group_change", "group_change", "group_drop", "key", "key"),
)
some_scopes = st.lists(st.sampled_from(SCOPES), min_size=1, max_size=4).map(tuple)
starts = st.builds(
    Start,
    role=st.sampled_from(Role),
    org_role=st.sampled_from(OrgRole),
    elsewhere=st.none() | st.sampled_from(OrgRole),
    group_role=st.none() | st.sampled_from(GroupRole),
    scopes=st.none() | some_scopes | st.just(("*",)),
    enrolling=st.sampled_from([False, False, False, True]),
)
moves = st.builds(
    Move,
    what=st.sampled_from(WHAT),
    credential=st.integers(0, 3),
    target=st.integers(0, 11),
    group=st.integers(0, 2),
    role=st.sampled_from(Role),
    org_role=st.sampled_from(OrgRole),
    group_role=st.sampled_from(GroupRole),
    scopes=some_scopes,
    flag=st.booleans(),
)


@dataclass(frozen=True)
class Credential:
    """A login in an organisation, or an API key."""

    user_id: str
    org_id: str = ""
    only: frozenset[Action] | None = None
    key: str = ""


async def actor_of(uow: UnitOfWork, held: Credential) -> Actor | None:
    """Return who comes with a credential now, as authentication says."""
    if held.key:
        try:
            return await keys.authenticate(uow, KeyUse(), held.key, "192.0.2.1")
        except Problem:
            return None
    user = await uow.db.get(User, held.user_id)
    place = await organizations.membership(uow, held.org_id, held.user_id)
    if user is None or not user.active or place is None:
        return None
    return Actor(
        id=user.id,
        username=user.username,
        org_id=held.org_id,
        role=Role(user.role),
        org_role=OrgRole(place.org_role),
        login_id="login",
        only=held.only,
    )


EVERYWHERE = "*"


def rights(actor: Actor, memberships: dict[str, GroupRole]) -> set[Right]:
    """Return all that an actor may, with how far and where: a system role counts everywhere, other roles in a place."""
    allowed = frozenset(Action) if actor.only is None else actor.only
    found = {(action, reached, EVERYWHERE) for action, reached in BY_ROLE[actor.role].items()}
    found |= {(action, reached, actor.org_id) for action, reached in BY_ORG_ROLE[actor.org_role].items()}
    for group_id, role in memberships.items():
        found |= {(action, Scope.OWN, group_id) for action in BY_GROUP_ROLE[role]}
    return {right for right in found if right[0] in allowed}


def includes(have: set[Right], right: Right, org_of: dict[str, str]) -> bool:
    """Say whether one of these rights is as much as that one."""
    action, wanted, place = right
    if (action in PLAIN and wanted is Scope.OWN) or (place in org_of and action in SEEN):
        return True
    for name, reached, where in have:
        if name is not action:
            continue
        if place in org_of:  # a group: its own roles, or a role over all groups of its organisation
            if where == place or (reached >= Scope.ORG and where in {EVERYWHERE, org_of[place]}):
                return True
        elif where in {EVERYWHERE, place} and reached >= wanted:
            return True
    return False


@dataclass
class Play:
    """One game: an installation, who began, and all they hold by now."""

    database: Database
    held: list[Credential] = field(default_factory=list)
    numbers: itertools.count[int] = field(default_factory=itertools.count)

    async def set_up(self, start: Start) -> None:
        async with self.database.work() as uow:
            await people.add(uow, "vera", org_role=OrgRole.VIEWER, org_id=HERE)
            olga = await people.add(uow, "olga", org_role=OrgRole.ORG_ADMIN, org_id=HERE)
            await people.add(uow, "yann", org_id=THERE)
            await people.add(uow, "yvonne", org_role=OrgRole.ORG_ADMIN, org_id=THERE)
            guest = await people.add(uow, "guest", org_id=HERE)
            await organizations.set_member(uow, THERE, guest.id, OrgRole.ORG_ADMIN)
            await people.add(uow, "chief", role=Role.ADMIN, org_id=HERE)
            await people.add(uow, "watch", role=Role.OPERATOR, org_id=HERE)
            for name, role in (("away", Role.USER), ("gone", Role.ADMIN)):
                off = await people.add(uow, name, role=role, org_role=OrgRole.ORG_ADMIN, org_id=HERE)
                (await uow.db.get_one(User, off.id)).active = False
            me = await people.add(uow, "self", role=start.role, org_role=start.org_role, org_id=HERE)
            if start.elsewhere is not None:
                await organizations.set_member(uow, THERE, me.id, start.elsewhere)
            for org, name in ((HERE, "team-a"), (HERE, "team-b"), (THERE, "team-c")):
                group = await groups.create_unchecked(uow, org, name=name, display_name=name)
                await uow.db.flush()
                if name == "team-a":
                    await groups.put_member(uow, group, guest.id, GroupRole.ADMIN)
                    await groups.put_member(uow, group, olga.id, GroupRole.OWNER)
                    if start.group_role is not None:
                        await groups.put_member(uow, group, me.id, start.group_role)
            await uow.db.flush()
            if start.scopes is not None:
                _, secret = await keys.create(uow, me, KeyIn(name="first", scopes=list(start.scopes)))
                self.held.append(Credential(me.id, key=secret))
            elif start.enrolling:
                self.held.append(Credential(me.id, HERE, ENROLMENT))
            else:
                self.held.append(Credential(me.id, HERE))
                if start.elsewhere is not None:
                    self.held.append(Credential(me.id, THERE))  # a login may go on in the other organisation

    async def everybodys(self) -> tuple[dict[str, set[Right]], dict[str, str]]:
        """Return what each person may with a login of theirs, and in which organisation each group is."""
        async with self.database.work(write=False) as uow:
            org_of = {group.id: group.org_id for group in (await uow.db.execute(select(Group))).scalars()}
            inside: dict[str, dict[str, GroupRole]] = {}
            for one in (await uow.db.execute(select(GroupMembership))).scalars():
                inside.setdefault(one.user_id, {})[one.group_id] = GroupRole(one.role)
            found: dict[str, set[Right]] = {}
            for place in (await uow.db.execute(select(Membership))).scalars():
                actor = await actor_of(uow, Credential(place.user_id, place.org_id))
                if actor is not None:
                    mine = {g: r for g, r in inside.get(actor.id, {}).items() if org_of[g] == actor.org_id}
                    found.setdefault(actor.id, set()).update(rights(actor, mine))
            return found, org_of

    async def held_rights(self) -> set[Right]:
        """Return what can be done with all credentials at hand."""
        found: set[Right] = set()
        async with self.database.work(write=False) as uow:
            for held in self.held:
                actor = await actor_of(uow, held)
                if actor is not None:
                    mine = await uow.db.execute(
                        select(GroupMembership.group_id, GroupMembership.role)
                        .join(Group, Group.id == GroupMembership.group_id)
                        .where(GroupMembership.user_id == actor.id, Group.org_id == actor.org_id)
                    )
                    found |= rights(actor, {group_id: GroupRole(role) for group_id, role in mine})
        return found

    async def make(self, move: Move) -> bool:
        """Try one move; true if it was allowed."""
        held = self.held[move.credential % len(self.held)]
        try:
            async with self.database.work() as uow:
                actor = await actor_of(uow, held)
                if actor is None:
                    return False
                everybody = (await uow.db.execute(select(User).order_by(User.created_at, User.id))).scalars().all()
                target = everybody[move.target % len(everybody)]
                all_groups = (await uow.db.execute(select(Group).order_by(Group.name))).scalars().all()
                taken = await MOVES[move.what](self, uow, actor, target, all_groups[move.group % len(all_groups)], move)
        except Problem:
            return False
        self.held += [one for one in taken or [] if one not in self.held]
        return True


Taken = list[Credential] | None
Doing = Callable[[Play, UnitOfWork, Actor, User, Group, Move], Awaitable[Taken]]


async def logins_of(uow: UnitOfWork, user_id: str) -> list[Credential]:
    """Return what whoever knows somebody's password can sign in to."""
    return [Credential(user_id, place.org_id) for place in await organizations.memberships(uow, user_id)]


async def _create(play: Play, uow: UnitOfWork, actor: Actor, _t: User, group: Group, move: Move) -> Taken:
    name = f"new-{next(play.numbers)}"
    wanted = PersonIn(
        username=name,
        email=f"{name}@test.example",
        full_name=name,
        password=people.PASSWORD,
        role=move.role,
        org_role=move.org_role,
        groups=[group.id] if move.flag else [],
    )
    user = await accounts.create(uow, actor, wanted, people.PASSWORD_HASH)
    return await logins_of(uow, user.id)


async def _role(_p: Play, uow: UnitOfWork, actor: Actor, target: User, _g: Group, move: Move) -> Taken:
    await accounts.update(uow, actor, target.id, PersonPatch(role=move.role))
    return None


async def _org_role(_p: Play, uow: UnitOfWork, actor: Actor, target: User, _g: Group, move: Move) -> Taken:
    await accounts.update(uow, actor, target.id, PersonPatch(org_role=move.org_role))
    return None


async def _active(_p: Play, uow: UnitOfWork, actor: Actor, target: User, _g: Group, move: Move) -> Taken:
    await accounts.update(uow, actor, target.id, PersonPatch(active=move.flag))
    return None


async def _password(_p: Play, uow: UnitOfWork, actor: Actor, target: User, _g: Group, _m: Move) -> Taken:
    await accounts.set_password(uow, actor, Attempts(10), target.id, people.PASSWORD_HASH)
    return await logins_of(uow, target.id)


async def _mfa(_p: Play, uow: UnitOfWork, actor: Actor, target: User, _g: Group, _m: Move) -> Taken:
    await accounts.reset_mfa(uow, actor, target.id)
    return await logins_of(uow, target.id)  # with it goes what else kept a thief of the password out


async def _own_password(_p: Play, uow: UnitOfWork, actor: Actor, _t: User, _g: Group, _m: Move) -> Taken:
    await accounts.replace_own_password(uow, actor, replacing=people.PASSWORD_HASH, password_hash=people.PASSWORD_HASH)
    return None  # who knew the old password signs in with the new one to the same


async def _member(_p: Play, uow: UnitOfWork, actor: Actor, target: User, group: Group, move: Move) -> Taken:
    org = group.org_id
    await accounts.add_member(uow, actor, org, user_id=target.id, username=None, org_role=move.org_role)
    return None


async def _place(_p: Play, uow: UnitOfWork, actor: Actor, target: User, group: Group, move: Move) -> Taken:
    await accounts.set_org_role(uow, actor, group.org_id, target.id, move.org_role)
    return None


async def _remove(_p: Play, uow: UnitOfWork, actor: Actor, target: User, group: Group, _m: Move) -> Taken:
    await accounts.remove_member(uow, actor, group.org_id, target.id)
    return None


async def _group(play: Play, uow: UnitOfWork, actor: Actor, _t: User, group: Group, move: Move) -> Taken:
    name = f"group-{next(play.numbers)}"
    await groups.create(uow, actor, GroupIn(name=name, display_name=name, parent_id=group.id if move.flag else None))
    return None


async def _group_add(_p: Play, uow: UnitOfWork, actor: Actor, target: User, group: Group, move: Move) -> Taken:
    await groups.add_member(uow, actor, group.id, target.id, move.group_role)
    return None


async def _group_change(_p: Play, uow: UnitOfWork, actor: Actor, target: User, group: Group, move: Move) -> Taken:
    await groups.change_member(uow, actor, group.id, target.id, move.group_role)
    return None


async def _group_drop(_p: Play, uow: UnitOfWork, actor: Actor, target: User, group: Group, _m: Move) -> Taken:
    await groups.remove_member(uow, actor, group.id, target.id)
    return None


async def _key(_p: Play, uow: UnitOfWork, actor: Actor, _t: User, _g: Group, move: Move) -> Taken:
    _, secret = await keys.create(uow, actor, KeyIn(name="key", scopes=list(move.scopes)))
    return [Credential(actor.id, key=secret)]


MOVES: dict[str, Doing] = {
    "create": _create,
    "role": _role,
    "org_role": _org_role,
    "active": _active,
    "password": _password,
    "mfa": _mfa,
    "own_password": _own_password,
    "member": _member,
    "place": _place,
    "remove": _remove,
    "group": _group,
    "group_add": _group_add,
    "group_change": _group_change,
    "group_drop": _group_drop,
    "key": _key,
}
