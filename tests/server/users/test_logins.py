"""Where somebody else is signed in, and signing them out there."""

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from streamspace.server.core.db import PendingEntry
from streamspace.server.core.http import Context
from streamspace.server.core.permissions import OrgRole
from streamspace.server.gateways.models import Revocation
from streamspace.server.organizations import service as organizations
from tests.server.conftest import Login, client_of

USERS = "/api/v1/users"


async def id_of(client: httpx2.AsyncClient) -> str:
    return str((await client.get(f"{USERS}/me")).json()["id"])


async def logins_of(client: httpx2.AsyncClient, user_id: str) -> list[dict[str, str]]:
    answer = await client.get(f"{USERS}/{user_id}/logins")
    assert answer.status_code == 200, answer.text
    assert answer.json()["total"] == len(answer.json()["logins"])
    found: list[dict[str, str]] = answer.json()["logins"]
    return found


async def test_one_is_ended_and_the_others_go_on(login: Login, context: Context) -> None:
    boss = await login(name="boss", org_role="org_admin")
    desk, phone = await login(name="mia"), await login(name="mia")
    mia = await id_of(desk)
    (lost,) = [one for one in (await phone.get("/api/v1/auth/logins")).json()["logins"] if one["current"]]
    assert len(await logins_of(boss, mia)) == 2

    assert (await boss.delete(f"{USERS}/{mia}/logins/{lost['id']}")).status_code == 204
    assert (await phone.get(f"{USERS}/me")).status_code == 401
    assert (await desk.get(f"{USERS}/me")).status_code == 200
    assert [one["id"] for one in await logins_of(boss, mia)] != [lost["id"]]
    async with context.database.work(write=False) as uow:
        revoked = (await uow.db.execute(select(Revocation))).scalars().all()
        entries = (await uow.db.execute(select(PendingEntry))).scalars().all()
    assert [(one.kind, one.subject) for one in revoked] == [("login", lost["id"])]
    told = [one.entry for one in entries if one.entry["action"] == "login.ended"]
    # The sealing takes entries away each second; what is left is this one, or nothing.
    assert [(one["resourceId"], one["actorName"]) for one in told] in ([], [(lost["id"], "boss")])


@pytest.mark.parametrize("whose", ["another person's", "nobody's"])
async def test_a_login_is_ended_at_its_own_person_only(login: Login, whose: str) -> None:
    boss = await login(name="boss", org_role="org_admin")
    mia, tom = await login(name="mia"), await login(name="tom")
    toms = (await logins_of(boss, await id_of(tom)))[0]["id"] if whose == "another person's" else "no-such-login"
    answer = await boss.delete(f"{USERS}/{await id_of(mia)}/logins/{toms}")
    assert (answer.status_code, answer.json()["error"]) == (404, "login_not_found")
    assert (await tom.get(f"{USERS}/me")).status_code == 200


class TestSomebodyOfTwoOrganisations:
    @pytest.fixture
    async def rex(self, login: Login, context: Context, app: FastAPI) -> tuple[str, httpx2.AsyncClient]:
        """Signed in to rival, where they are at home, and to acme."""
        at_home = await login(name="rex", org="rival")
        rex = await id_of(at_home)
        await login(name="acme-first", org="acme")
        async with context.database.work() as uow:
            await organizations.set_member(uow, "acme", rex, OrgRole.USER)
        there = await login(name="rex")
        switched = await there.post("/api/v1/auth/switch", json={"orgId": "acme"})
        assert switched.status_code == 200, switched.text
        there.headers["Authorization"] = f"Bearer {switched.json()['token']}"
        return rex, there

    async def test_each_administrator_sees_what_was_opened_in_theirs(
        self, login: Login, rex: tuple[str, httpx2.AsyncClient]
    ) -> None:
        for org in ("acme", "rival"):
            boss = await login(name=f"{org}-boss", org=org, org_role="org_admin")
            assert {one["orgId"] for one in await logins_of(boss, rex[0])} == {org}
        assert {one["orgId"] for one in await logins_of(await login("admin"), rex[0])} == {"acme", "rival"}

    async def test_and_ends_no_other(self, login: Login, rex: tuple[str, httpx2.AsyncClient]) -> None:
        admin, boss = await login("admin"), await login(name="boss", org="acme", org_role="org_admin")
        at_home = next(one["id"] for one in await logins_of(admin, rex[0]) if one["orgId"] == "rival")
        refused = await boss.delete(f"{USERS}/{rex[0]}/logins/{at_home}")
        assert (refused.status_code, refused.json()["error"]) == (404, "login_not_found")
        assert (await boss.delete(f"{USERS}/{rex[0]}/logins")).status_code == 204
        assert [one["orgId"] for one in await logins_of(admin, rex[0])] == ["rival"]
        assert (await rex[1].get(f"{USERS}/me")).status_code == 401

    async def test_an_operator_who_administers_another_organisation_sees_none(
        self, login: Login, rex: tuple[str, httpx2.AsyncClient]
    ) -> None:
        olga = await login("operator", name="olga", org="third", org_role="org_admin")
        assert (await olga.get(f"{USERS}/{rex[0]}")).status_code == 200
        for method in ("GET", "DELETE"):
            assert (await olga.request(method, f"{USERS}/{rex[0]}/logins")).status_code == 403


async def test_who_is_stronger_is_left_alone(login: Login, app: FastAPI) -> None:
    boss, admin = await login(name="boss", org_role="org_admin"), await login("admin", name="adam")
    adam = await id_of(admin)
    (own,) = (await admin.get("/api/v1/auth/logins")).json()["logins"]
    for method, path in (("GET", ""), ("DELETE", ""), ("DELETE", f"/{own['id']}")):
        answer = await boss.request(method, f"{USERS}/{adam}/logins{path}")
        assert (answer.status_code, answer.json()["error"]) == (403, "beyond_your_rights")
    async with client_of(app) as nobody:
        assert (await nobody.delete(f"{USERS}/{adam}/logins/{own['id']}")).status_code == 401
