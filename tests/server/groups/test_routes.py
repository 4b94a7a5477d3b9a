"""Groups over the API: the tree, who is in them, and who may change that."""

from typing import Any

import httpx2

from streamspace.server.core.http import Context
from tests.server.conftest import Login

URL = "/api/v1/groups"


async def make(boss: httpx2.AsyncClient, name: str, **more: Any) -> str:
    answer = await boss.post(URL, json={"name": name, "displayName": name.title(), **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def me(client: httpx2.AsyncClient) -> str:
    return str((await client.get("/api/v1/users/me")).json()["id"])


async def test_a_tree_without_cycles(login: Login) -> None:
    boss = await login("user", name="boss", org_role="org_admin")
    top = await make(boss, "engineering", type="department")
    team = await make(boss, "graphics", parentId=top)
    leaf = await make(boss, "shaders", type="project", parentId=team)
    for child, parent in ((top, top), (top, leaf), (team, leaf)):
        answer = await boss.patch(f"{URL}/{child}", json={"parentId": parent})
        assert (answer.status_code, answer.json()["error"]) == (409, "group_cycle")
    assert (await boss.patch(f"{URL}/{leaf}", json={"parentId": None})).json().get("parentId") is None
    assert (await boss.patch(f"{URL}/{leaf}", json={"description": "Fast"})).json()["description"] == "Fast"
    assert (await boss.delete(f"{URL}/{top}")).json()["error"] == "group_not_empty"
    assert (await boss.delete(f"{URL}/{team}")).status_code == 204
    assert (await boss.post(URL, json={"name": "engineering", "displayName": "Twice"})).json()[
        "error"
    ] == "group_exists"
    assert (await boss.patch(f"{URL}/{leaf}", json={"parentId": "nowhere"})).status_code == 404


async def test_ten_levels_deep_and_no_deeper(login: Login) -> None:
    boss = await login("user", name="boss", org_role="org_admin")
    parent = None
    for level in range(10):
        parent = await make(boss, f"level-{level}", parentId=parent)
    answer = await boss.post(URL, json={"name": "too-deep", "displayName": "Too deep", "parentId": parent})
    assert (answer.status_code, answer.json()["error"]) == (409, "too_deep")


async def test_members_admins_and_owners_have_the_powers_of_the_spec(login: Login) -> None:
    boss = await login("user", name="boss", org_role="org_admin")
    ann, bea, cid = [await login("user", name=name) for name in ("ann", "bea", "cid")]
    group = await make(boss, "crew")
    for person, role in ((ann, "owner"), (bea, "admin")):
        added = await boss.post(f"{URL}/{group}/members", json={"userId": await me(person), "role": role})
        assert added.status_code == 204
    assert (await bea.post(f"{URL}/{group}/members", json={"userId": await me(cid)})).status_code == 204
    assert (await boss.get(f"{URL}/{group}")).json()["memberCount"] == 3
    twice = await bea.post(f"{URL}/{group}/members", json={"userId": await me(cid)})
    assert twice.json()["error"] == "already_in_group"

    # A member changes nothing; an admin members and settings, but makes nobody more than they are; an owner all.
    assert (await cid.patch(f"{URL}/{group}", json={"description": "x"})).status_code == 403
    assert (await cid.delete(f"{URL}/{group}/members/{await me(bea)}")).status_code == 403
    assert (await bea.patch(f"{URL}/{group}", json={"description": "x"})).status_code == 200
    assert (await bea.patch(f"{URL}/{group}/members/{await me(cid)}", json={"role": "owner"})).status_code == 403
    assert (await bea.delete(f"{URL}/{group}/members/{await me(ann)}")).status_code == 403
    assert (await bea.delete(f"{URL}/{group}")).status_code == 403
    assert (await ann.patch(f"{URL}/{group}/members/{await me(cid)}", json={"role": "owner"})).status_code == 204
    assert (await bea.patch(f"{URL}/{group}", json={"parentId": None})).status_code == 403

    # Anybody may leave.
    assert (await cid.delete(f"{URL}/{group}/members/{await me(cid)}")).status_code == 204
    assert (await ann.delete(f"{URL}/{group}")).status_code == 204


async def test_an_administrator_of_a_group_adds_people_by_the_name_they_sign_in_with(login: Login) -> None:
    boss = await login("user", name="boss", org_role="org_admin")
    ann, bea, cid = [await login("user", name=name) for name in ("ann", "bea", "cid")]
    await login("user", name="rex", org="rival")
    group = await make(boss, "crew")
    await boss.post(f"{URL}/{group}/members", json={"userId": await me(ann), "role": "admin"})
    members = f"{URL}/{group}/members"
    assert (await ann.post(members, json={"username": "bea"})).status_code == 204
    mail = (await cid.get("/api/v1/users/me")).json()["email"]
    assert (await ann.post(members, json={"username": mail.upper(), "role": "admin"})).status_code == 204
    assert [(one["username"], one["role"]) for one in (await ann.get(members)).json()["members"]] == [
        ("ann", "admin"), ("bea", "member"), ("cid", "admin"),
    ]  # fmt: skip

    # Whoever is in another organisation is as unknown as nobody; and who may not add, learns nothing.
    answers = [await ann.post(members, json={"username": name}) for name in ("rex", "nobody", "nobody@acme.test")]
    assert [(one.status_code, one.json()["error"]) for one in answers] == [(404, "not_in_organization")] * 3
    assert (await bea.post(members, json={"username": "nobody"})).status_code == 403
    assert (await ann.post(members, json={"username": "bea"})).json()["error"] == "already_in_group"
    for body in ({}, {"userId": "x", "username": "y"}):
        assert (await ann.post(members, json=body)).status_code == 400


async def test_only_who_is_in_it_or_sees_people_sees_its_members(login: Login) -> None:
    boss = await login("user", name="boss", org_role="org_admin")
    ann, bea = await login("user", name="ann"), await login("user", name="bea")
    group = await make(boss, "crew")
    await boss.post(f"{URL}/{group}/members", json={"userId": await me(ann)})
    assert (await ann.get(f"{URL}/{group}/members")).json()["members"][0]["username"] == "ann"
    assert (await bea.get(f"{URL}/{group}/members")).status_code == 403
    assert "quota" not in {k: v for k, v in (await bea.get(f"{URL}/{group}")).json().items() if v is not None}
    assert (await ann.get(f"{URL}/{group}")).json()["quota"]["usedSessions"] == 0


async def test_another_organisation_neither_sees_nor_joins(login: Login) -> None:
    boss = await login("user", name="boss", org="acme", org_role="org_admin")
    rex = await login("user", name="rex", org="rival", org_role="org_admin")
    group = await make(boss, "crew")
    assert (await rex.get(URL)).json()["total"] == 0
    assert (await rex.get(f"{URL}/{group}")).status_code == 404
    assert (await rex.post(f"{URL}/{group}/members", json={"userId": await me(rex)})).status_code == 404
    answer = await boss.post(f"{URL}/{group}/members", json={"userId": await me(rex)})
    assert (answer.status_code, answer.json()["error"]) == (404, "not_in_organization")
    assert (await rex.post(URL, json={"name": "sub", "displayName": "Sub", "parentId": group})).status_code == 404


async def test_a_group_is_read_once_to_be_shown_or_changed(login: Login, context: Context, statements: Any) -> None:
    boss = await login(name="boss", org_role="org_admin")
    made = await boss.post("/api/v1/groups", json={"name": "crew", "displayName": "The crew"})
    path = f"/api/v1/groups/{made.json()['id']}"

    def of_the_group(seen: list[str]) -> list[str]:
        return [one for one in seen if one.startswith("SELECT groups.id") and "my_role" in one]

    with statements(context.database) as seen:
        assert (await boss.get(path)).json()["quota"]["usedSessions"] == 0
    assert len(of_the_group(seen)) == 1
    with statements(context.database) as seen:
        assert (await boss.patch(path, json={"displayName": "Crew"})).json()["displayName"] == "Crew"
    assert len(of_the_group(seen)) == 2  # before the change, and as it is then
