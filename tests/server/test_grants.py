"""Nobody can give, or get, what they do not have: whatever somebody does with all the powers of their credential."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from streamspace.server.core.db import Database
from streamspace.server.core.permissions import KEY_SCOPES, Action, Actor, GroupRole, OrgRole, Role, covers
from tests.server.grants import HERE, NAMES, THERE, Move, Play, Start, includes, moves, starts


async def play(url: str, start: Start, sequence: list[Move]) -> None:
    database = Database(url)
    try:
        game = Play(database)
        await game.set_up(start)
        before, _ = await game.everybodys()
        began = await game.held_rights()
        done = []
        for move in sequence:
            if await game.make(move):
                done.append(move)
                event(move.what)
        after, org_of = await game.everybodys()
        for user_id, now in after.items():
            gained = now - before.get(user_id, set())
            given = {
                right
                for right in gained
                if not includes(began, right, org_of) and not includes(before.get(user_id, set()), right, org_of)
            }
            assert given == set(), f"somebody got what {start} lacked, by {done}"
        taken = {right for right in await game.held_rights() if not includes(began, right, org_of)}
        assert taken == set(), f"{start} rose, by {done}"
    finally:
        await database.close()


def run(template: Path, start: Start, sequence: list[Move]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(template, f"{folder}/s.db")
        asyncio.run(play(f"sqlite+aiosqlite:///{folder}/s.db", start, sequence))


sequences = st.lists(moves, min_size=40, max_size=70)
games = settings(
    deadline=None,
    # Making a failing game shorter would take an hour; what was done in it is in the message.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
_LOGIN = Start(Role.USER, OrgRole.USER, None, None, None, enrolling=False)
BEGINNERS = {
    "a member": _LOGIN,
    "a group's admin": replace(_LOGIN, group_role=GroupRole.ADMIN),
    "a group's owner": replace(_LOGIN, group_role=GroupRole.OWNER),
    "a maintainer": replace(_LOGIN, org_role=OrgRole.MAINTAINER, elsewhere=OrgRole.VIEWER),
    "an organisation's admin": replace(_LOGIN, org_role=OrgRole.ORG_ADMIN),
    "an admin of two": replace(_LOGIN, org_role=OrgRole.ORG_ADMIN, elsewhere=OrgRole.ORG_ADMIN),
    "an operator": replace(_LOGIN, role=Role.OPERATOR, org_role=OrgRole.ORG_ADMIN),
    "an administrator": replace(_LOGIN, role=Role.ADMIN),
    "who has yet to enrol": replace(_LOGIN, role=Role.ADMIN, enrolling=True),
    "an administrator's key": replace(_LOGIN, role=Role.ADMIN, scopes=("*",)),
    "an organisation's key": replace(_LOGIN, org_role=OrgRole.ORG_ADMIN, scopes=("*",)),
    "a key for people": replace(_LOGIN, org_role=OrgRole.ORG_ADMIN, scopes=("users:write", "groups:read")),
    "a key for groups": replace(_LOGIN, group_role=GroupRole.ADMIN, scopes=("groups:write",)),
    "a key for keys": replace(_LOGIN, role=Role.ADMIN, scopes=("keys:write",)),
}


@pytest.mark.parametrize("who", BEGINNERS)
@given(sequence=sequences)
@settings(games, max_examples=8)
@pytest.mark.timeout(600)
def test_nobody_ends_with_a_right_that_who_began_lacked(sqlite_template: Path, who: str, sequence: list[Move]) -> None:
    run(sqlite_template, BEGINNERS[who], sequence)


@given(start=starts, sequence=sequences)
@settings(games, max_examples=30)
@pytest.mark.timeout(600)
def test_nor_if_anybody_else_began(sqlite_template: Path, start: Start, sequence: list[Move]) -> None:
    run(sqlite_template, start, sequence)


ADMIN, ORG_ADMIN = BEGINNERS["an administrator"], BEGINNERS["an organisation's admin"]
OWNER = BEGINNERS["a group's owner"]
DO = Move("", 0, 0, 0, Role.USER, OrgRole.USER, GroupRole.MEMBER, ("*",), flag=True)


@pytest.mark.parametrize(
    ("start", "move"),
    [
        (ADMIN, replace(DO, what="create", role=Role.ADMIN)),
        (ADMIN, replace(DO, what="role", role=Role.OPERATOR)),
        (ADMIN, replace(DO, what="place", org_role=OrgRole.MAINTAINER)),
        (ORG_ADMIN, replace(DO, what="create", org_role=OrgRole.ORG_ADMIN)),
        (ORG_ADMIN, replace(DO, what="org_role", org_role=OrgRole.ORG_ADMIN)),
        (ORG_ADMIN, replace(DO, what="password")),
        (ORG_ADMIN, replace(DO, what="group_add", group_role=GroupRole.OWNER)),
        (OWNER, replace(DO, what="group_add", group_role=GroupRole.OWNER)),
        (OWNER, replace(DO, what="key")),
    ],
    ids=lambda value: value.what if isinstance(value, Move) else "",
)
def test_the_game_can_be_won_where_it_should(sqlite_template: Path, start: Start, move: Move, tmp_path: Path) -> None:
    """Show that the moves above do something: a game in which everything is refused would prove nothing."""
    shutil.copy(sqlite_template, tmp_path / "s.db")

    async def won() -> bool:
        database = Database(f"sqlite+aiosqlite:///{tmp_path}/s.db")
        game = Play(database)
        await game.set_up(start)
        allowed = [await game.make(replace(move, target=n)) for n in range(len(NAMES))]
        await database.close()
        return any(allowed)

    assert asyncio.run(won())


def me(role: Role, org_role: OrgRole, only: frozenset[Action] | None = None) -> Actor:
    return Actor(id="me", username="me", org_id=HERE, role=role, org_role=org_role, only=only)


class TestCovers:
    @pytest.mark.parametrize("role", Role)
    @pytest.mark.parametrize("org_role", OrgRole)
    def test_everybody_covers_themselves_where_they_are(self, role: Role, org_role: OrgRole) -> None:
        assert covers(me(role, org_role), role=role, org_role=org_role, org_id=HERE)

    @pytest.mark.parametrize("place", [HERE, THERE])
    @pytest.mark.parametrize(("role", "org_role"), list(itertools.product(Role, OrgRole)))
    def test_an_administrator_of_the_installation_covers_everybody_everywhere(
        self, place: str, role: Role, org_role: OrgRole
    ) -> None:
        assert covers(me(Role.ADMIN, OrgRole.VIEWER), role=role, org_role=org_role, org_id=place)

    @pytest.mark.parametrize(("role", "org_role"), list(itertools.product([Role.USER, Role.OPERATOR], OrgRole)))
    def test_nobody_else_covers_one(self, role: Role, org_role: OrgRole) -> None:
        assert not covers(me(role, org_role), role=Role.ADMIN, org_role=OrgRole.VIEWER, org_id=HERE)

    @pytest.mark.parametrize(("mine", "theirs"), list(itertools.product(OrgRole, OrgRole)))
    def test_a_role_in_an_organisation_covers_those_up_to_itself(self, mine: OrgRole, theirs: OrgRole) -> None:
        order = list(OrgRole)
        up_to_mine = order.index(theirs) <= order.index(mine)
        assert covers(me(Role.USER, mine), role=Role.USER, org_role=theirs, org_id=HERE) is up_to_mine
        assert not covers(me(Role.USER, mine), role=Role.OPERATOR, org_role=theirs, org_id=HERE)

    @pytest.mark.parametrize("theirs", OrgRole)
    def test_an_operator_covers_nobody_elsewhere(self, theirs: OrgRole) -> None:
        assert not covers(me(Role.OPERATOR, OrgRole.ORG_ADMIN), role=Role.USER, org_role=theirs, org_id=THERE)

    @pytest.mark.parametrize("org_role", OrgRole)
    def test_no_role_in_an_organisation_covers_anybody_elsewhere(self, org_role: OrgRole) -> None:
        for other in OrgRole:
            assert not covers(me(Role.USER, org_role), role=Role.USER, org_role=other, org_id=THERE)

    @pytest.mark.parametrize("scopes", [["users:write"], ["users:write", "groups:write"], ["keys:write"]])
    def test_a_narrow_key_covers_nobody(self, scopes: list[str]) -> None:
        only = frozenset().union(*(KEY_SCOPES[name] for name in scopes))
        for org_role in OrgRole:
            key = me(Role.ADMIN, OrgRole.ORG_ADMIN, only)
            assert not covers(key, role=Role.USER, org_role=org_role, org_id=HERE)
