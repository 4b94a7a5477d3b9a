from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from streamspace.server.core.http import Context
from streamspace.server.core.permissions import OrgRole, Role
from streamspace.server.organizations import service as organizations
from streamspace.server.scim.models import Provisioned
from streamspace.server.sso.models import IdentityProvider
from streamspace.server.users import service as users
from streamspace.server.users.models import User
from tests.server import people
from tests.server.scim.conftest import Directory
from tests.server.scim.shapes import entra_person, okta_person, patch, person, team


async def made(scim: httpx2.AsyncClient, body: dict[str, Any]) -> dict[str, Any]:
    answer = await scim.post("/Users", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def stored(context: Context, user_id: str) -> User:
    async with context.database.work(write=False) as uow:
        user = await users.get_by_id(uow, user_id)
    assert user is not None
    return user


class TestCreate:
    async def test_a_person_as_entra_sends_them(self, scim: httpx2.AsyncClient, context: Context) -> None:
        answer = await scim.post("/Users", json=entra_person())

        body = answer.json()
        assert answer.status_code == 201
        assert answer.headers["content-type"] == "application/scim+json"
        assert answer.headers["location"] == body["meta"]["location"]
        assert body["userName"] == "alice@contoso.com"
        assert body["name"] == {"formatted": "Alice Adams", "familyName": "Adams", "givenName": "Alice"}
        assert body["externalId"] == "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef"
        assert "title" not in body
        user = await stored(context, body["id"])
        assert (user.username, user.email, user.full_name) == ("alice", "alice@contoso.com", "Alice Adams")
        assert (user.role, user.provider, user.password_hash) == ("user", "saml", None)

    async def test_no_role_comes_from_a_directory(self, scim: httpx2.AsyncClient, context: Context) -> None:
        body = await made(scim, entra_person() | {"role": "admin", "orgRole": "org_admin"})

        user = await stored(context, body["id"])
        async with context.database.work(write=False) as uow:
            place = await organizations.membership(uow, user.org_id, user.id)
        assert place is not None
        assert (user.role, place.org_role) == (Role.USER, OrgRole.USER)

    async def test_a_password_is_ignored(self, scim: httpx2.AsyncClient, context: Context) -> None:
        body = await made(scim, okta_person())

        assert "password" not in body
        assert (await stored(context, body["id"])).password_hash is None

    async def test_people_sign_in_as_the_organisation_does(self, scim: httpx2.AsyncClient, context: Context) -> None:
        async with context.database.work() as uow:
            org = await organizations.ensure_default(uow)
            columns = {"allowed_domains": [], "allowed_groups": [], "group_rules": [], "config": {}, "jit": True}
            columns |= {"recheck_minutes": 5, "session_hours": 8, "managed_by": "org", "default_org_role": "user"}
            columns |= {"preset": "generic", "display_name": "Corp", "created_at": uow.now(), "updated_at": uow.now()}
            uow.db.add(IdentityProvider(id="idp-1", org_id=org.id, kind="oidc", name="corp", **columns))

        body = await made(scim, person("carol@corp.example"))

        assert (await stored(context, body["id"])).provider == "oidc"

    async def test_an_inactive_person_may_be_made(self, scim: httpx2.AsyncClient, context: Context) -> None:
        body = await made(scim, person("carol", active=False))

        assert body["active"] is False
        assert (await stored(context, body["id"])).active is False

    async def test_addresses_of_companies_without_a_public_domain_are_taken(self, scim: httpx2.AsyncClient) -> None:
        body = await made(scim, person("dave", emails=[{"value": "dave@corp.local", "type": "work"}]))

        assert body["emails"] == [{"value": "dave@corp.local", "type": "work"}]

    @pytest.mark.parametrize(
        "second",
        [
            person("ALICE@contoso.com", emails=[{"value": "other@contoso.com"}]),
            person("somebody-else", emails=[{"value": "Alice@Contoso.com"}]),
            person("orga"),
        ],
        ids=["userName", "e-mail", "local name"],
    )
    async def test_what_somebody_has_is_a_conflict(self, scim: httpx2.AsyncClient, second: dict[str, Any]) -> None:
        await made(scim, entra_person())

        answer = await scim.post("/Users", json=second)

        assert answer.status_code == 409
        assert answer.json()["scimType"] == "uniqueness"
        assert answer.json()["status"] == "409"

    async def test_a_name_is_free_again_when_its_person_is_gone(self, scim: httpx2.AsyncClient) -> None:
        first = await made(scim, entra_person())
        await scim.delete(f"/Users/{first['id']}")

        assert (await made(scim, entra_person()))["id"] != first["id"]

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"]},
            person(""),
            person("x" * 256),
            person("a\u0000b"),
            person("ok", emails=[{"value": "not an address"}]),
            person("ok", emails=[{"value": f"a{n}@x.io"} for n in range(11)]),
            person("ok", name={"givenName": "x" * 201}),
            person("ok", name="x"),
            person("ok", active="maybe"),
            person("ok", externalId="x" * 256),
        ],
    )
    async def test_what_cannot_be_kept_is_refused(self, scim: httpx2.AsyncClient, body: dict[str, Any]) -> None:
        answer = await scim.post("/Users", json=body)

        assert answer.status_code == 400
        assert answer.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
        assert answer.json()["scimType"]

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b"1", b'"\\ud800"', b'{"userName":"\\ud800"}', b"\xff"])
    async def test_what_is_no_resource_is_refused(self, scim: httpx2.AsyncClient, body: bytes) -> None:
        assert (await scim.post("/Users", content=body)).status_code == 400


class TestChange:
    @pytest.fixture
    async def alice(self, scim: httpx2.AsyncClient) -> dict[str, Any]:
        return await made(scim, entra_person())

    @pytest.mark.parametrize(
        "operation",
        [
            {"op": "Replace", "path": "active", "value": "False"},
            {"op": "replace", "value": {"active": False}},
            {"op": "replace", "path": "active", "value": False},
        ],
        ids=["entra", "okta", "plain"],
    )
    async def test_deactivation_in_every_dialect(
        self, scim: httpx2.AsyncClient, context: Context, alice: dict[str, Any], operation: dict[str, Any]
    ) -> None:
        answer = await scim.patch(f"/Users/{alice['id']}", json=patch(operation))

        assert answer.status_code == 200
        assert answer.json()["active"] is False
        assert (await stored(context, alice["id"])).active is False
        again = await scim.patch(f"/Users/{alice['id']}", json=patch({"op": "replace", "value": {"active": True}}))
        assert again.json()["active"] is True

    async def test_deactivation_ends_logins_at_once(
        self, scim: httpx2.AsyncClient, http: httpx2.AsyncClient, context: Context
    ) -> None:
        async with context.database.work() as uow:
            mia = await people.add(uow, "mia")
        answer = await http.post("/api/v1/auth/login", json={"username": "mia", "password": people.PASSWORD})
        http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        assert (await http.get("/api/v1/users/me")).status_code == 200

        await scim.patch(f"/Users/{mia.id}", json=patch({"op": "replace", "value": {"active": False}}))

        assert (await http.get("/api/v1/users/me")).status_code == 401

    async def test_an_address_by_its_type(
        self, scim: httpx2.AsyncClient, context: Context, alice: dict[str, Any]
    ) -> None:
        operation = {"op": "Replace", "path": 'emails[type eq "work"].value', "value": "a.adams@contoso.com"}

        body = (await scim.patch(f"/Users/{alice['id']}", json=patch(operation))).json()

        assert body["emails"] == [{"primary": True, "type": "work", "value": "a.adams@contoso.com"}]
        assert (await stored(context, alice["id"])).email == "a.adams@contoso.com"

    async def test_an_address_by_a_type_there_was_not(self, scim: httpx2.AsyncClient) -> None:
        bare = await made(scim, person("bare"))
        operation = {"op": "Add", "path": 'emails[type eq "work"].value', "value": "bare@contoso.com"}

        body = (await scim.patch(f"/Users/{bare['id']}", json=patch(operation))).json()

        assert body["emails"] == [{"type": "work", "value": "bare@contoso.com"}]

    async def test_several_at_once_with_dotted_names_and_things_nobody_knows(
        self, scim: httpx2.AsyncClient, context: Context, alice: dict[str, Any]
    ) -> None:
        enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"
        answer = await scim.patch(
            f"/Users/{alice['id']}",
            json=patch(
                {"op": "Replace", "path": "name.familyName", "value": "Baker"},
                {"op": "Replace", "path": "displayName", "value": "Alice Baker"},
                {"op": "Add", "path": enterprise, "value": "Sales"},
                {"op": "Add", "value": {"name.givenName": "Ally", "title": "Head"}},
            ),
        )

        assert answer.status_code == 200
        assert answer.json()["name"] == {"formatted": "Alice Adams", "familyName": "Baker", "givenName": "Ally"}
        assert (await stored(context, alice["id"])).full_name == "Alice Baker"

    async def test_a_user_name_changes_without_ours(
        self, scim: httpx2.AsyncClient, context: Context, alice: dict[str, Any]
    ) -> None:
        operation = {"op": "Replace", "path": "userName", "value": "ally@contoso.com"}

        assert (await scim.patch(f"/Users/{alice['id']}", json=patch(operation))).json()["userName"] == operation[
            "value"
        ]
        assert (await stored(context, alice["id"])).username == "alice"

    async def test_replacing_drops_what_is_left_out_but_not_whether_they_are_active(
        self, scim: httpx2.AsyncClient, alice: dict[str, Any]
    ) -> None:
        await scim.patch(f"/Users/{alice['id']}", json=patch({"op": "replace", "value": {"active": False}}))

        body = (await scim.put(f"/Users/{alice['id']}", json=person("alice@contoso.com"))).json()

        assert body["active"] is False
        assert {"name", "displayName", "emails", "externalId"} & body.keys() == set()

    async def test_replacing_with_what_there_is_changes_nothing(
        self, scim: httpx2.AsyncClient, alice: dict[str, Any]
    ) -> None:
        answer = await scim.put(f"/Users/{alice['id']}", json=alice)

        assert answer.status_code == 200
        assert answer.json() == alice

    @pytest.mark.parametrize(
        "operation",
        [
            {"op": "remove", "path": "userName"},
            {"op": "replace", "path": "id", "value": "1"},
            {"op": "replace", "path": "groups", "value": []},
            {"op": "explode", "path": "active"},
            {"op": "remove"},
            {"op": "replace", "path": "emails[type eq", "value": "x"},
            {"op": "replace", "path": "userName", "value": "x" * 300},
            {"op": "replace", "path": "userName", "value": ["x"]},
            {"op": "replace", "path": "displayName", "value": "a\u0000b"},
        ],
    )
    async def test_a_change_that_cannot_be_is_refused_whole(
        self, scim: httpx2.AsyncClient, alice: dict[str, Any], operation: dict[str, Any]
    ) -> None:
        first = {"op": "replace", "path": "displayName", "value": "Changed"}

        answer = await scim.patch(f"/Users/{alice['id']}", json=patch(first, operation))

        assert answer.status_code == 400, answer.text
        assert answer.json()["scimType"]
        assert (await scim.get(f"/Users/{alice['id']}")).json() == alice

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"Operations": 5},
            {"Operations": []},
            {"Operations": [5, None]},
            {"Operations": [{"op": 5}]},
            {"schemas": ["urn:x"], "Operations": [{"op": "add", "value": {"": 1}}]},
            {"Operations": [{"op": "add", "path": 5, "value": [None, [[]]]}]},
        ],
    )
    async def test_what_is_no_change_is_refused(
        self, scim: httpx2.AsyncClient, alice: dict[str, Any], body: dict[str, Any]
    ) -> None:
        assert (await scim.patch(f"/Users/{alice['id']}", json=body)).status_code == 400

    async def test_people_who_were_here_before_are_adopted(self, scim: httpx2.AsyncClient, context: Context) -> None:
        async with context.database.work() as uow:
            nina = await users.create(uow, username="nina", email="nina@corp.example", provider="oidc")

        found = (await scim.get("/Users", params={"filter": 'userName eq "Nina@corp.example"'})).json()["Resources"]
        assert [one["id"] for one in found] == [nina.id]
        await scim.patch(f"/Users/{nina.id}", json=patch({"op": "add", "path": "externalId", "value": "n-1"}))

        body = (await scim.get(f"/Users/{nina.id}")).json()
        assert (body["externalId"], body["userName"]) == ("n-1", "nina@corp.example")

    async def test_nobody_touches_those_who_may_more(
        self, scim: httpx2.AsyncClient, context: Context, alice: dict[str, Any]
    ) -> None:
        async with context.database.work() as uow:
            root = await people.add(uow, "root", role=Role.ADMIN)
        off = patch({"op": "replace", "value": {"active": False}})

        assert (await scim.patch(f"/Users/{root.id}", json=off)).status_code == 403
        assert (await scim.put(f"/Users/{root.id}", json=person("mine"))).status_code == 403
        assert (await scim.delete(f"/Users/{root.id}")).status_code == 403
        assert (await stored(context, root.id)).active

    async def test_the_keys_own_person_stays(self, scim: httpx2.AsyncClient, context: Context) -> None:
        async with context.database.work() as uow:
            orga = await people.add(uow, "orga")

        answer = await scim.patch(f"/Users/{orga.id}", json=patch({"op": "replace", "value": {"active": False}}))

        assert answer.status_code == 409
        assert (await scim.delete(f"/Users/{orga.id}")).status_code == 409

    async def test_changes_are_in_the_record(self, scim: httpx2.AsyncClient, context: Context) -> None:
        body = await made(scim, person("rita"))
        off = {"op": "replace", "value": {"active": False, "externalId": "r-1"}}
        await scim.patch(f"/Users/{body['id']}", json=patch(off))

        async with context.database.work(write=False) as uow:
            row = (await uow.db.execute(select(Provisioned))).scalar_one()
        assert (row.user_name, row.external_id, row.user_name_key) == ("rita", "r-1", "rita")


class TestDelete:
    async def test_the_person_is_gone(self, scim: httpx2.AsyncClient, context: Context) -> None:
        body = await made(scim, entra_person())

        assert (await scim.delete(f"/Users/{body['id']}")).status_code == 204
        assert (await scim.get(f"/Users/{body['id']}")).status_code == 404
        assert (await scim.delete(f"/Users/{body['id']}")).status_code == 404
        assert not (await stored(context, body["id"])).active

    async def test_somebody_of_two_organisations_leaves_this_one_only(
        self, scim: httpx2.AsyncClient, context: Context, directory: Directory
    ) -> None:
        other = await directory("otto", org="other")
        body = await made(scim, entra_person())
        async with context.database.work() as uow:
            await organizations.set_member(uow, "other", body["id"], OrgRole.USER)

        renamed = patch({"op": "replace", "path": "displayName", "value": "Mine"})
        assert (await other.patch(f"/Users/{body['id']}", json=renamed)).status_code == 403
        off = patch({"op": "replace", "value": {"active": False}})
        answer = await other.patch(f"/Users/{body['id']}", json=off)

        assert answer.json()["active"] is False
        assert (await other.get(f"/Users/{body['id']}")).status_code == 404
        assert (await scim.get(f"/Users/{body['id']}")).json()["active"] is True


class TestSearch:
    @pytest.fixture(autouse=True)
    async def _people(self, scim: httpx2.AsyncClient) -> None:
        alice = await made(scim, entra_person())
        await made(scim, okta_person())
        await made(scim, person("Ümit", active=False, displayName="Ümit 100%_", externalId="X-Ü"))
        await scim.post("/Groups", json=team("Staff", alice["id"]))

    async def found(self, scim: httpx2.AsyncClient, **query: Any) -> list[str]:
        answer = await scim.get("/Users", params=query)
        assert answer.status_code == 200, answer.text
        names = [one["userName"].split("@")[0] for one in answer.json().get("Resources", [])]
        return [name for name in names if name != "admin"]  # the installation's own, in its first organisation

    @pytest.mark.parametrize(
        ("wanted", "names"),
        [
            ('userName eq "ALICE@contoso.com"', ["alice"]),
            ('userName eq "nobody"', []),
            ('userName eq "Ümit"', ["Ümit"]),
            ('userName ne "orga"', ["Ümit", "alice", "bob"]),
            ('externalId eq "00ujl29u0le5T6Aj10h7"', ["bob"]),
            ('externalId eq "00UJL29U0LE5T6AJ10H7"', []),
            ("externalId pr", ["Ümit", "alice", "bob"]),
            ("not (externalId pr)", ["orga"]),
            ("externalId eq null", ["orga"]),
            ('emails.value eq "bob@okta.example"', ["bob"]),
            ('emails[type eq "work" and value co "okta"]', ["bob"]),
            ('emails[type eq "home"]', []),
            ('displayName sw "ALICE"', ["alice"]),
            ('displayName ew "100%_"', ["Ümit"]),
            ('displayName co "%"', ["Ümit"]),
            ('name.familyName eq "brown"', ["bob"]),
            ('name.givenName pr and active eq true and not (name.familyName eq "Brown")', ["alice"]),
            ("active eq false", ["Ümit"]),
            ("active ne false", ["alice", "bob", "orga"]),
            ("groups pr", ["alice"]),
            ('groups.value eq "nothing"', []),
            ('meta.created gt "2020-01-01T00:00:00Z"', ["Ümit", "alice", "bob", "orga"]),
            ('meta.lastModified lt "2020-01-01T00:00:00"', []),
            ('urn:ietf:params:scim:schemas:core:2.0:User:userName sw "bo" or userName eq "orga"', ["bob", "orga"]),
            ('userName eq "x\' OR 1=1 --"', []),
        ],
    )
    async def test_filters(self, scim: httpx2.AsyncClient, wanted: str, names: list[str]) -> None:
        assert sorted(await self.found(scim, filter=wanted)) == sorted(names)

    @pytest.mark.parametrize(
        "wanted",
        [
            "",
            "userName",
            "userName eq",
            'nothing eq "x"',
            "active gt true",
            'userName eq "a\u0000"',
            'userName eq "\\u0000"',
            "(" * 900,
            "not (" * 200 + "userName pr" + ")" * 200,
            'meta.created gt "yesterday"',
            'groups.display eq "Staff"',
            'password eq "x"',
            'meta.version eq "1"',
            "x" * 2001,
        ],
    )
    async def test_a_filter_that_means_nothing_is_refused(self, scim: httpx2.AsyncClient, wanted: str) -> None:
        answer = await scim.get("/Users", params={"filter": wanted})

        assert answer.status_code == 400, answer.text
        assert answer.json()["scimType"] in {"invalidFilter", "invalidValue"}

    async def test_pages_and_order(self, scim: httpx2.AsyncClient) -> None:
        names = await self.found(scim, sortBy="userName", sortOrder="descending")

        assert await self.found(scim, sortBy="userName", sortOrder="descending", startIndex=2, count=2) == names[1:3]
        page = (await scim.get("/Users", params={"startIndex": 5, "count": 9})).json()
        assert (page["totalResults"], page["startIndex"], page["itemsPerPage"]) == (5, 5, 1)
        assert (await scim.get("/Users", params={"count": 0})).json()["totalResults"] == 5

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ({"startIndex": -5, "count": -1}, 200),
            ({"startIndex": 10**30, "count": 10**30}, 200),
            ({"startIndex": "x"}, 400),
            ({"sortBy": "nothing"}, 400),
            ({"sortBy": "groups"}, 400),
            ({"sortBy": "userName", "sortOrder": "sideways"}, 400),
            ({"attributes": "userName", "excludedAttributes": "id"}, 400),
        ],
    )
    async def test_pages_that_cannot_be(self, scim: httpx2.AsyncClient, query: dict[str, Any], status: int) -> None:
        assert (await scim.get("/Users", params=query)).status_code == status

    async def test_a_search_may_be_posted(self, scim: httpx2.AsyncClient) -> None:
        schemas = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"]}
        for place, body, total in (
            ("/Users/.search", {"filter": 'userName sw "ali"'}, 1),
            ("/Groups/.search", {"filter": 'displayName eq "staff"'}, 1),
            ("/.search", {}, 6),
            ("/.search", {"filter": "displayName pr", "startIndex": 2, "count": 9}, 6),
            ("/.search", {"filter": "members pr"}, 1),
            ("/.search", {"filter": 'userName eq "orga"', "attributes": ["userName"]}, 1),
        ):
            answer = await scim.post(place, json=schemas | body)
            assert answer.status_code == 200, answer.text
            assert answer.json()["totalResults"] == total, (place, body)
        assert (await scim.post("/.search", json={"filter": 'nothing eq "x"'})).status_code == 400
        pages = [await scim.post("/.search", json={"startIndex": n, "count": 2}) for n in (1, 3, 5, 7)]
        ids = [one["id"] for page in pages for one in page.json().get("Resources", [])]
        assert len(ids) == len(set(ids)) == 6

    async def test_only_what_was_asked_for(self, scim: httpx2.AsyncClient) -> None:
        some = (await scim.get("/Users", params={"attributes": "userName", "count": 1})).json()["Resources"][0]
        rest = (await scim.get(f"/Users/{some['id']}", params={"excludedAttributes": "name,meta"})).json()

        assert some.keys() == {"schemas", "id", "userName"}
        assert "userName" in rest
        assert {"name", "meta"} & rest.keys() == set()
