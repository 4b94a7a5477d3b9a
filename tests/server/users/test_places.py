"""Which organisations somebody belongs to, and who is told."""

from typing import Any

import httpx2
import pytest

from streamspace.server.core.http import Context
from streamspace.server.core.permissions import OrgRole
from streamspace.server.organizations import service as organizations
from streamspace.server.users import service as users
from tests.server.conftest import Login

USERS = "/api/v1/users"


@pytest.fixture
async def rex(login: Login, context: Context) -> str:
    """Belongs to three organisations."""
    await login(name="rex", org="acme", org_role="maintainer")
    for org in ("rival", "third"):
        await login(name=f"{org}-first", org=org)
    async with context.database.work() as uow:
        user = await users.find(uow, "rex")
        assert user is not None
        await organizations.set_member(uow, "rival", user.id, OrgRole.USER)
        await organizations.set_member(uow, "third", user.id, OrgRole.VIEWER)
        return user.id


async def join(context: Context, client: httpx2.AsyncClient, org_id: str, org_role: OrgRole) -> None:
    mine = (await client.get(f"{USERS}/me")).json()["id"]
    async with context.database.work() as uow:
        await organizations.set_member(uow, org_id, mine, org_role)


async def places(client: httpx2.AsyncClient, user_id: str) -> list[str]:
    answer = await client.get(f"{USERS}/{user_id}")
    assert answer.status_code == 200, answer.text
    return [place["id"] for place in answer.json()["organizations"]]


@pytest.mark.parametrize("role", ["admin", "operator"])
async def test_who_runs_the_installation_is_told_all(login: Login, rex: str, role: str) -> None:
    shown: dict[str, Any] = (await (await login(role, name="olga")).get(f"{USERS}/{rex}")).json()
    assert shown["organizations"] == [
        {"id": "acme", "name": "acme", "displayName": "Acme", "orgRole": "maintainer"},
        {"id": "rival", "name": "rival", "displayName": "Rival", "orgRole": "user"},
        {"id": "third", "name": "third", "displayName": "Third", "orgRole": "viewer"},
    ]


@pytest.mark.parametrize("org_role", ["org_admin", "maintainer"])
async def test_who_oversees_one_organisation_is_told_that_one(login: Login, rex: str, org_role: str) -> None:
    boss = await login(name="boss", org="acme", org_role=org_role)
    assert await places(boss, rex) == ["acme"]
    shown = await boss.get(f"{USERS}/{rex}")
    assert "rival" not in shown.text.lower()
    assert "third" not in shown.text.lower()


async def test_who_oversees_two_is_told_both_and_not_where_they_only_belong(
    login: Login, context: Context, rex: str
) -> None:
    boss = await login(name="boss", org="acme", org_role="org_admin")
    await join(context, boss, "rival", OrgRole.MAINTAINER)
    await join(context, boss, "third", OrgRole.USER)
    assert await places(boss, rex) == ["acme", "rival"]


async def test_a_key_is_told_the_organisation_it_was_made_in(login: Login, context: Context, rex: str) -> None:
    boss = await login(name="boss", org="acme", org_role="org_admin")
    await join(context, boss, "rival", OrgRole.ORG_ADMIN)
    made = await boss.post("/api/v1/api-keys", json={"name": "k", "scopes": ["users:read"]})
    boss.headers.clear()
    boss.headers["X-API-Key"] = made.json()["key"]
    assert await places(boss, rex) == ["acme"]


async def test_one_is_told_all_one_s_own(login: Login, rex: str) -> None:
    assert await places(await login(name="rex"), rex) == ["acme", "rival", "third"]


async def test_a_change_is_answered_with_no_more(login: Login, rex: str) -> None:
    boss = await login(name="boss", org="acme", org_role="org_admin")
    changed = await boss.patch(f"{USERS}/{rex}", json={"orgRole": "user"})
    assert [place["orgRole"] for place in changed.json()["organizations"]] == ["user"]
    assert "rival" not in changed.text.lower()


async def test_a_suspended_organisation_is_named_to_who_runs_the_installation_alone(
    login: Login, context: Context, rex: str
) -> None:
    admin = await login("admin")
    boss = await login(name="boss", org="acme", org_role="org_admin")
    await join(context, boss, "rival", OrgRole.ORG_ADMIN)
    assert (await admin.patch("/api/v1/organizations/rival", json={"status": "suspended"})).status_code == 200
    assert await places(boss, rex) == ["acme"]
    assert await places(admin, rex) == ["acme", "rival", "third"]
