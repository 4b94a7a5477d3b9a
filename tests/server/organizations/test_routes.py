"""Organisations over the API: making, changing, suspending, deleting, purging them; belonging to several."""

from datetime import timedelta

import httpx2

from streamspace.kit.clock import FakeClock
from streamspace.server.core.db import Database
from streamspace.server.core.http import Context
from streamspace.server.core.permissions import Role
from streamspace.server.organizations import service
from streamspace.server.organizations.models import Organization
from streamspace.server.users.models import User
from tests.server import people
from tests.server.conftest import Login

URL = "/api/v1/organizations"
ACME = {
    "name": "acme",
    "displayName": "ACME Corporation",
    "admin": {"username": "wile", "email": "wile@acme.example", "fullName": "Wile E", "password": "long enough"},
}


async def sign_in(http: httpx2.AsyncClient, name: str, password: str = "long enough") -> dict[str, str]:
    answer = await http.post("/api/v1/auth/login", json={"username": name, "password": password})
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['token']}"}


async def test_a_new_organisation_has_an_administrator_and_a_namespace(login: Login, http: httpx2.AsyncClient) -> None:
    admin = await login("admin")
    answer = await admin.post(URL, json=ACME)
    assert (answer.status_code, answer.headers["Location"]) == (201, f"{URL}/org-acme")
    made = answer.json()
    assert (made["k8sNamespace"], made["status"], made["memberCount"]) == ("streamspace-acme", "active", 1)
    wile = await sign_in(http, "wile")
    me = (await http.get("/api/v1/users/me", headers=wile)).json()
    assert (me["orgId"], me["orgRole"], me["role"]) == ("org-acme", "org_admin", "user")
    assert (await admin.post(URL, json=ACME)).json()["error"] == "organization_exists"
    assert [o["name"] for o in (await http.get(URL, headers=wile)).json()["organizations"]] == ["acme"]
    assert {o["name"] for o in (await admin.get(URL)).json()["organizations"]} == {"acme", "default"}


async def test_its_administrator_changes_what_is_theirs_to_change(login: Login, http: httpx2.AsyncClient) -> None:
    admin = await login("admin")
    await admin.post(URL, json=ACME)
    wile = await sign_in(http, "wile")
    patch = {"displayName": "ACME & Co", "requireMfa": False}
    assert (await http.patch(f"{URL}/org-acme", json=patch, headers=wile)).json()["displayName"] == "ACME & Co"
    for body in ({"status": "suspended"}, {"k8sNamespace": "kube-system"}):
        assert (await http.patch(f"{URL}/org-acme", json=body, headers=wile)).status_code == 403
    assert (await http.patch(f"{URL}/org-default", json=patch, headers=wile)).status_code == 404
    assert (await http.post(URL, json=ACME | {"name": "other"}, headers=wile)).status_code == 403
    assert (await http.delete(f"{URL}/org-acme", headers=wile)).status_code == 403


async def test_suspended_nobody_gets_in_and_resumed_they_sign_in_again(login: Login, http: httpx2.AsyncClient) -> None:
    admin = await login("admin")
    await admin.post(URL, json=ACME)
    wile = await sign_in(http, "wile")
    body = {"name": "k", "scopes": ["profile:read"]}
    key = {"X-API-Key": (await http.post("/api/v1/api-keys", json=body, headers=wile)).json()["key"]}
    assert (await admin.patch(f"{URL}/org-acme", json={"status": "suspended"})).json()["status"] == "suspended"
    assert (await http.get("/api/v1/users/me", headers=wile)).json()["error"] in {
        "organization_suspended",
        "unauthenticated",
    }
    assert (await http.get("/api/v1/users/me", headers=key)).status_code == 401
    answer = await http.post("/api/v1/auth/login", json={"username": "wile", "password": "long enough"})
    assert (answer.status_code, answer.json()["error"]) == (403, "organization_suspended")
    await admin.patch(f"{URL}/org-acme", json={"status": "active"})
    await sign_in(http, "wile")
    assert (await http.get("/api/v1/users/me", headers=key)).status_code == 200


async def test_the_default_organisation_stays(login: Login) -> None:
    admin = await login("admin")
    assert (await admin.delete(f"{URL}/org-default")).json()["error"] == "organization_protected"
    answer = await admin.patch(f"{URL}/org-default", json={"status": "suspended"})
    assert (answer.status_code, answer.json()["error"]) == (409, "organization_protected")


async def test_deleted_it_can_come_back_within_the_grace_period(login: Login, http: httpx2.AsyncClient) -> None:
    admin = await login("admin")
    await admin.post(URL, json=ACME)
    assert (await admin.delete(f"{URL}/org-acme")).status_code == 204
    shown = (await admin.get(f"{URL}/org-acme")).json()
    assert shown["status"] == "deleted"
    assert shown["purgeAt"] > shown["deletedAt"]
    await admin.patch(f"{URL}/org-acme", json={"status": "active"})
    await sign_in(http, "wile")


async def test_after_the_grace_period_all_it_had_is_gone_and_nothing_else(database: Database, clock: FakeClock) -> None:
    async with database.work() as uow:
        admin = await people.add(uow, "adam", role=Role.ADMIN)
        await people.add(uow, "wile", org_id="acme")
        both = await people.add(uow, "both", org_id="acme")
        await service.set_member(uow, service.DEFAULT_ID, both.id, both.org_role)
        await service.delete(uow, admin, "acme")
    for days, there in ((29, True), (2, False)):
        clock.advance(timedelta(days=days))
        async with database.work() as uow:
            await service.purge_deleted(uow)
        async with database.work(write=False) as uow:
            assert (await uow.db.get(Organization, "acme") is not None) is there
    async with database.work(write=False) as uow:
        left = await uow.db.get(User, both.id)
        assert left is not None
        assert left.org_id == service.DEFAULT_ID
        assert await service.membership(uow, "acme", both.id) is None
        assert await uow.db.get(User, admin.id) is not None


async def test_who_belongs_to_two_switches_and_sees_each_alone(login: Login, context: Context) -> None:
    admin = await login("admin")
    mia = await login("user", name="mia", org="acme")
    await login("user", name="rex", org="rival", org_role="org_admin")
    assert (await mia.post("/api/v1/auth/switch", json={"orgId": "rival"})).status_code == 404
    await admin.post(f"{URL}/rival/members", json={"username": "mia", "orgRole": "org_admin"})
    me = (await mia.get("/api/v1/users/me")).json()
    assert {(o["id"], o["current"]) for o in me["organizations"]} == {("acme", True), ("rival", False)}
    old = mia.headers["Authorization"]
    answer = (await mia.post("/api/v1/auth/switch", json={"orgId": "rival"})).json()
    assert (answer["user"]["orgId"], answer["user"]["orgRole"]) == ("rival", "org_admin")
    mia.headers["Authorization"] = f"Bearer {answer['token']}"
    assert {u["username"] for u in (await mia.get("/api/v1/users")).json()["users"]} == {"mia", "rex"}
    mia.headers["Authorization"] = old
    assert (await mia.get("/api/v1/users/me")).status_code == 401  # a token names one organisation


async def test_an_organisation_keeps_an_administrator(login: Login) -> None:
    admin = await login("admin")
    await admin.post(URL, json=ACME)
    (wile,) = (await admin.get(f"{URL}/org-acme/members")).json()["members"]
    answer = await admin.patch(f"{URL}/org-acme/members/{wile['userId']}", json={"orgRole": "user"})
    assert (answer.status_code, answer.json()["error"]) == (409, "last_administrator")
    answer = await admin.delete(f"{URL}/org-acme/members/{wile['userId']}")
    assert (answer.status_code, answer.json()["error"]) == (409, "only_organization")
