"""People over the API: making, changing, switching off, importing them."""

import asyncio
from typing import Any

import httpx2
import pytest

from streamspace.server.core.http import Context
from streamspace.server.users import service as users
from tests.server import people
from tests.server.conftest import Login

USERS = "/api/v1/users"
ANN = {"username": "ann", "email": "ann@test.example", "fullName": "Ann Smith", "password": "long enough"}


async def make(boss: httpx2.AsyncClient, **changes: Any) -> dict[str, Any]:
    answer = await boss.post(USERS, json=ANN | changes)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


class TestCreate:
    async def test_the_person_can_sign_in_and_belongs_where_the_maker_is(
        self, login: Login, http: httpx2.AsyncClient
    ) -> None:
        boss = await login("user", name="boss", org="acme", org_role="org_admin")
        made = await make(boss)
        assert (made["orgId"], made["orgRole"], made["role"], made["provider"]) == ("acme", "user", "user", "local")
        assert made["quota"]["maxSessions"] == 5
        assert made["quota"]["inherited"]
        answer = await http.post("/api/v1/auth/login", json={"username": "ann", "password": "long enough"})
        assert answer.json()["user"]["orgId"] == "acme"

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"username": "no spaces"}, "bad_request"),
            ({"username": "ab"}, "bad_request"),
            ({"username": "a" * 33}, "bad_request"),
            ({"email": "not an address"}, "bad_request"),
            ({"fullName": ""}, "bad_request"),
            ({"password": "short"}, "bad_request"),
            ({"password": "password1"}, "weak_password"),
            ({"password": None}, "weak_password"),
            ({"role": "root"}, "bad_request"),
        ],
    )
    async def test_bad_input_is_refused(self, login: Login, changes: dict[str, Any], code: str) -> None:
        admin = await login("admin")
        answer = await admin.post(USERS, json=ANN | changes)
        assert (answer.status_code, answer.json()["error"]) == (400, code)

    async def test_names_and_addresses_are_unique_whatever_their_case(self, login: Login) -> None:
        admin = await login("admin")
        await make(admin)
        again = await admin.post(USERS, json=ANN | {"username": "Ann", "email": "other@test.example"})
        assert (again.status_code, again.json()["error"]) == (409, "username_taken")
        again = await admin.post(USERS, json=ANN | {"username": "bea", "email": "ANN@test.example"})
        assert (again.status_code, again.json()["error"]) == (409, "email_taken")

    async def test_of_two_at_once_one_wins(self, login: Login) -> None:
        admin = await login("admin")
        answers = await asyncio.gather(*(admin.post(USERS, json=ANN) for _ in range(4)))
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]

    @pytest.mark.parametrize("rights", [{"role": "admin"}, {"role": "operator"}])
    async def test_nobody_makes_somebody_stronger(self, login: Login, rights: dict[str, str]) -> None:
        boss = await login("user", name="boss", org_role="org_admin")
        answer = await boss.post(USERS, json=ANN | rights)
        assert (answer.status_code, answer.json()["error"]) == (403, "beyond_your_rights")
        assert (await boss.get(f"{USERS}?search=ann")).json()["total"] == 0


class TestList:
    async def test_pages_sorts_and_filters(self, login: Login) -> None:
        admin = await login("admin", name="zoe")
        for name in ("ann", "bea", "cid"):
            await make(admin, username=name, email=f"{name}@test.example")
        await make(
            admin, username="max", email="max@test.example", orgRole="maintainer", provider="oidc", password=None
        )

        async def names(query: str) -> list[str]:
            return [user["username"] for user in (await admin.get(f"{USERS}?{query}")).json()["users"]]

        assert await names("") == ["admin", "ann", "bea", "cid", "max", "zoe"]
        assert await names("orgRole=maintainer") == ["max"]
        assert await names("provider=oidc") == ["max"]
        assert await names("search=BEA%40") == ["bea"]
        assert await names("search=%25") == []
        assert await names("role=admin&active=true") == ["admin", "zoe"]
        assert (await names("sort=-createdAt"))[0] == "max"
        seen, cursor = [], ""
        while True:
            page = (await admin.get(f"{USERS}?limit=2{cursor}&sort=-lastLogin")).json()
            seen += [user["username"] for user in page["users"]]
            if "nextCursor" not in page or page["nextCursor"] is None:
                break
            cursor = f"&cursor={page['nextCursor']}"
        assert sorted(seen) == ["admin", "ann", "bea", "cid", "max", "zoe"]
        assert seen[0] == "zoe"

    async def test_an_organisation_sees_its_own_people_only(self, login: Login) -> None:
        boss = await login("user", name="boss", org="acme", org_role="org_admin")
        rival = await login("user", name="rival", org="rival", org_role="org_admin")
        made = await make(boss)
        assert [u["username"] for u in (await rival.get(USERS)).json()["users"]] == ["rival"]
        for method, path in (("GET", ""), ("PATCH", ""), ("DELETE", ""), ("GET", "/quota"), ("GET", "/sessions")):
            answer = await rival.request(method, f"{USERS}/{made['id']}{path}", json={} if method == "PATCH" else None)
            assert answer.status_code == 404, (method, path)

    async def test_a_plain_user_sees_themselves(self, login: Login) -> None:
        mia = await login("user", name="mia")
        await login("user", name="bob")
        assert [u["username"] for u in (await mia.get(USERS)).json()["users"]] == ["mia"]


class TestChange:
    async def test_switched_off_nothing_works_and_on_again_it_does(
        self, login: Login, http: httpx2.AsyncClient
    ) -> None:
        admin, mia = await login("admin"), await login("user", name="mia")
        mine = (await mia.get(f"{USERS}/me")).json()
        key = (await mia.post("/api/v1/api-keys", json={"name": "k", "scopes": ["profile:read"]})).json()["key"]
        assert (await admin.patch(f"{USERS}/{mine['id']}", json={"active": False})).json()["active"] is False
        assert (await mia.get(f"{USERS}/me")).status_code in {401, 403}
        assert (await http.get(f"{USERS}/me", headers={"X-API-Key": key})).status_code == 401
        refused = await http.post("/api/v1/auth/login", json={"username": "mia", "password": people.PASSWORD})
        assert (refused.status_code, refused.json()["error"]) == (403, "account_inactive")
        await admin.patch(f"{USERS}/{mine['id']}", json={"active": True})
        again = await http.post("/api/v1/auth/login", json={"username": "mia", "password": people.PASSWORD})
        assert again.status_code == 200
        assert (await mia.get(f"{USERS}/me")).status_code == 401  # the old sign-in stays ended

    async def test_nobody_touches_somebody_stronger_or_themselves(self, login: Login) -> None:
        boss = await login("user", name="boss", org_role="org_admin")
        admin = await login("admin", name="adam")
        adam = (await admin.get(f"{USERS}/me")).json()["id"]
        own = (await boss.get(f"{USERS}/me")).json()["id"]
        for path, body in (("", {"active": False}), ("", {"email": "x@test.example"}), ("", {"orgRole": "viewer"})):
            answer = await boss.patch(f"{USERS}/{adam}{path}", json=body)
            assert (answer.status_code, answer.json()["error"]) == (403, "beyond_your_rights"), body
        answer = await boss.post(f"{USERS}/{adam}/password", json={"password": "taken over!"})
        assert answer.json()["error"] == "beyond_your_rights"
        assert (await boss.delete(f"{USERS}/{adam}/mfa")).status_code == 403
        assert (await boss.patch(f"{USERS}/{own}", json={"orgRole": "viewer"})).json()["error"] == "not_yourself"
        assert (await admin.delete(f"{USERS}/{adam}")).json()["error"] == "not_yourself"

    async def test_an_administrator_of_one_place_has_no_power_over_who_belongs_to_two(
        self, login: Login, context: Context
    ) -> None:
        admin = await login("admin")
        boss = await login("user", name="boss", org="acme", org_role="org_admin")
        await login("user", name="rex", org="rival", org_role="user")
        async with context.database.work(write=False) as uow:
            rex = await users.find(uow, "rex")
            assert rex is not None
        answer = await admin.post("/api/v1/organizations/acme/members", json={"username": "rex"})
        assert answer.status_code == 204, answer.text
        assert "rex" in [u["username"] for u in (await boss.get(USERS)).json()["users"]]
        for seen in (await boss.get(f"{USERS}/{rex.id}"), await boss.get(USERS)):
            assert "rival" not in seen.text  # where else somebody belongs is nobody's business
        assert (await boss.get(f"{USERS}/{rex.id}")).json()["orgId"] == "acme"
        answer = await boss.post(f"{USERS}/{rex.id}/password", json={"password": "taken over!"})
        assert answer.json()["error"] == "beyond_your_rights"
        assert (await boss.patch(f"{USERS}/{rex.id}", json={"active": False})).status_code == 403
        assert (await boss.patch(f"{USERS}/{rex.id}", json={"orgRole": "viewer"})).json()["orgRole"] == "viewer"
        assert (await boss.delete(f"/api/v1/organizations/acme/members/{rex.id}")).status_code == 204
        assert (await boss.get(f"{USERS}/{rex.id}")).status_code == 404

    async def test_removed_the_name_is_free_again(self, login: Login) -> None:
        admin = await login("admin")
        made = await make(admin)
        assert (await admin.delete(f"{USERS}/{made['id']}")).status_code == 204
        assert (await admin.get(f"{USERS}?search=ann")).json()["total"] == 0
        await make(admin)

    async def test_the_last_administrator_stays(self, login: Login) -> None:
        admin = await login("admin", name="adam")
        second = await make(admin, role="admin", orgRole="org_admin")
        assert (await admin.patch(f"{USERS}/{second['id']}", json={"role": "user"})).status_code == 200
        # `adam` and the first administrator of the installation are left.
        others = (await admin.get(f"{USERS}?role=admin")).json()["users"]
        for other in others:
            if other["username"] != "adam":
                assert (await admin.delete(f"{USERS}/{other['id']}")).status_code == 204
        me = (await admin.get(f"{USERS}/me")).json()["id"]
        assert (await admin.patch(f"{USERS}/{me}", json={"role": "user"})).json()["error"] == "not_yourself"


class TestOneself:
    async def test_name_address_and_password(self, login: Login, http: httpx2.AsyncClient) -> None:
        mia = await login("user", name="mia")
        other = await login("user", name="mia")
        me = (await mia.patch(f"{USERS}/me", json={"fullName": "Mia M", "email": "mia@new.example"})).json()
        assert (me["fullName"], me["email"]) == ("Mia M", "mia@new.example")
        wrong = await mia.post(f"{USERS}/me/password", json={"currentPassword": "nope", "newPassword": "new enough"})
        assert (wrong.status_code, wrong.json()["error"]) == (403, "wrong_password")
        body = {"currentPassword": people.PASSWORD, "newPassword": "new enough"}
        assert (await mia.post(f"{USERS}/me/password", json=body)).status_code == 204
        assert (await mia.get(f"{USERS}/me")).status_code == 200
        assert (await other.get(f"{USERS}/me")).status_code == 401
        for password, status in ((people.PASSWORD, 401), ("new enough", 200)):
            answer = await http.post("/api/v1/auth/login", json={"username": "mia", "password": password})
            assert answer.status_code == status

    async def test_permissions_say_what_a_key_leaves(self, login: Login, http: httpx2.AsyncClient) -> None:
        mia = await login("user", name="mia")
        mine = (await mia.get("/api/v1/me/permissions")).json()
        assert mine["permissions"]["session:create"] == "own"
        key = (await mia.post("/api/v1/api-keys", json={"name": "k", "scopes": ["sessions:read"]})).json()["key"]
        found = (await http.get("/api/v1/me/permissions", headers={"Authorization": f"Bearer {key}"})).json()
        assert set(found["permissions"]) == {"profile:view", "session:view", "session:logs"}
        assert set(found["keyScopes"]) == {"profile:view", "session:view", "session:logs"}


CSV = "username,email,fullName,orgRole,groups,password\n"


class TestImport:
    async def put(self, boss: httpx2.AsyncClient, text: str | bytes, query: str = "") -> httpx2.Response:
        return await boss.post(f"{USERS}/import{query}", content=text, headers={"Content-Type": "text/csv"})

    async def test_makes_everybody_or_says_what_is_wrong_and_makes_nobody(
        self, login: Login, http: httpx2.AsyncClient
    ) -> None:
        boss = await login("user", name="boss", org_role="org_admin")
        await boss.post("/api/v1/groups", json={"name": "crew", "displayName": "The crew"})
        good = CSV + "ann,ann@test.example,Ann,,crew,long enough\nbea,bea@test.example,Bea,viewer,,long enough\n"
        bad = good + "ann,x@test.example,Twice,,,long enough\nx,y@test.example,Short,,,long enough\n"
        bad += "cid,c@test.example,Cid,,nowhere,long enough\ndan,d@test.example,Dan,,,short\n"
        answer = (await self.put(boss, bad)).json()
        assert answer["created"] == []
        assert [(f["line"], f["error"]) for f in answer["failed"]] == [
            (4, "username_taken"),
            (5, "bad_line"),
            (6, "group_not_found"),
            (7, "bad_line"),
        ]
        assert (await boss.get(f"{USERS}?search=test.example")).json()["total"] == 1
        dry = (await self.put(boss, good, "?dryRun=true")).json()
        assert (dry["created"], dry["wouldCreate"]) == ([], ["ann", "bea"])
        assert (await self.put(boss, good)).json()["created"] == ["ann", "bea"]
        crew = (await boss.get("/api/v1/groups")).json()["groups"][0]
        assert crew["memberCount"] == 1
        assert (await self.put(boss, good)).json()["created"] == []
        some = (await self.put(boss, good + "eva,e@test.example,Eva,,,long enough\n", "?partial=true")).json()
        assert (some["created"], len(some["failed"])) == (["eva"], 2)
        answer = await http.post("/api/v1/auth/login", json={"username": "eva", "password": "long enough"})
        assert answer.status_code == 200

    async def test_gives_nobody_more_than_the_importer_has(self, login: Login) -> None:
        await login("admin")
        boss = await login("user", name="boss", org_role="org_admin")
        answer = await self.put(boss, "username,email,fullName,role\nann,a@test.example,Ann,admin\n")
        assert (answer.status_code, answer.json()["error"]) == (400, "bad_import")

    @pytest.mark.parametrize(
        "content", [b"", b"\xff\xfe", b"a,b\n1,2\n", b"username,email,fullName\n\0,b,c\n", b"username,email\nann,b\n"]
    )
    async def test_other_files_are_refused(self, login: Login, content: bytes) -> None:
        boss = await login("user", name="boss", org_role="org_admin")
        answer = await self.put(boss, content)
        assert (answer.status_code, answer.json()["error"]) == (400, "bad_import")
