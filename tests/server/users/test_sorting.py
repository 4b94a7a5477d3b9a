"""Lists of people, by everything they can be sorted by, in both directions, whatever the length of a page."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from sqlalchemy import select

from streamspace.kit.clock import FakeClock
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.permissions import Actor
from streamspace.server.users import service
from streamspace.server.users.models import User
from streamspace.server.users.schemas import Filter, Sort
from tests.server import people
from tests.server.conftest import Login

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
KEYS = {
    "username": lambda user: user.username,
    "createdAt": lambda user: user.created_at,
    "lastLogin": lambda user: user.last_login or NEVER,
}


@pytest.fixture
async def everybody(database: Database, admin: Actor, clock: FakeClock) -> list[User]:
    """Some who came at the same moment, and some who never signed in."""
    async with database.work() as uow:
        for number, name in enumerate(("cid", "ann", "eva", "bob", "dan", "fay")):
            user = await uow.db.get_one(User, (await people.add(uow, name)).id)
            user.created_at = clock.now() + timedelta(seconds=number // 2)
            user.last_login = clock.now() - timedelta(minutes=number // 3) if number > 1 else None
    async with database.work(write=False) as uow:
        return list((await uow.db.execute(select(User))).scalars())


async def listed(uow: UnitOfWork, actor: Actor, sort: str, limit: int) -> list[str]:
    found: list[str] = []
    cursor: str | None = None
    while True:
        seen, _, cursor = await service.list_users(uow, actor, Filter(), sort=sort, limit=limit, cursor=cursor)
        found += [one.user.id for one in seen]
        if cursor is None:
            return found


@pytest.mark.parametrize("sort", get_args(Sort))
async def test_pages_follow_each_other_without_gaps(
    database: Database, admin: Actor, everybody: list[User], sort: str
) -> None:
    key = KEYS[sort.removeprefix("-")]
    wanted = sorted(everybody, key=lambda user: (key(user), user.id), reverse=sort.startswith("-"))
    async with database.work(write=False) as uow:
        for limit in (1, 2, 3, 100):
            assert await listed(uow, admin, sort, limit) == [user.id for user in wanted]


async def test_each_field_goes_both_ways() -> None:
    assert set(get_args(Sort)) == set(KEYS) | {f"-{name}" for name in KEYS}


async def test_another_field_and_another_lists_cursor_are_refused(login: Login) -> None:
    admin = await login("admin", name="zoe")
    await login(name="mia")
    for wrong in ("sort=email", "sort=", "sort=--username", "sort=%2Dpassword_hash"):
        assert (await admin.get(f"/api/v1/users?{wrong}")).status_code == 400
    cursor = (await admin.get("/api/v1/users?limit=1&sort=-username")).json()["nextCursor"]
    answer = await admin.get(f"/api/v1/users?limit=1&sort=createdAt&cursor={cursor}")
    assert (answer.status_code, answer.json()["error"]) == (400, "bad_cursor")
