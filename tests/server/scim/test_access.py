"""Who may provision, and that no directory sees another organisation."""

from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from streamspace.server.core.http import Context
from streamspace.server.core.permissions import OrgRole
from streamspace.server.keys import service as keys
from streamspace.server.keys.schemas import KeyIn
from tests.server import people
from tests.server.conftest import client_of
from tests.server.scim.conftest import Directory, key_of
from tests.server.scim.shapes import entra_person, patch, person, team

PLACES = ["/Users", "/Groups", "/Schemas", "/ResourceTypes", "/ServiceProviderConfig", "/nothing"]


@pytest.fixture
async def other(directory: Directory) -> httpx2.AsyncClient:
    """The directory of another organisation."""
    return await directory("otto", org="other")


class TestWhoMay:
    @pytest.mark.parametrize("place", PLACES)
    async def test_nobody_without_a_key(self, app: FastAPI, place: str) -> None:
        async with client_of(app) as client:
            answer = await client.get(f"/scim/v2{place}")

        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/scim+json"
        assert answer.json()["status"] == "401"

    @pytest.mark.parametrize("place", PLACES)
    async def test_no_ordinary_persons_key(self, directory: Directory, place: str) -> None:
        client = await directory("una", org_role="maintainer")

        if place in {"/Users", "/Groups"}:
            assert (await client.get(place)).status_code == 403
        assert (await client.post("/Users", json=person("x-user"))).status_code == 403

    async def test_no_key_without_the_scope(self, app: FastAPI, context: Context) -> None:
        async with context.database.work() as uow:
            actor = await people.add(uow, "orga", org_role=OrgRole.ORG_ADMIN)
            _, key = await keys.create(uow, actor, KeyIn(name="narrow", scopes=["users:write"]))
        async with client_of(app) as client:
            answer = await client.get("/scim/v2/Users", headers={"Authorization": f"Bearer {key}"})

        assert answer.status_code == 403
        assert answer.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]

    async def test_the_key_does_nothing_else(self, app: FastAPI, context: Context) -> None:
        headers = {"Authorization": f"Bearer {await key_of(context.database, 'orga')}"}
        async with client_of(app) as client:
            assert (await client.get("/api/v1/users", headers=headers)).status_code == 403
            assert (await client.get("/api/v1/groups", headers=headers)).status_code == 403
            assert (await client.get("/scim/v2/Users", headers=headers)).status_code == 200

    @pytest.mark.parametrize("prefix", ["/scim/v2", "/api/v1/scim/v2", "/api/scim/v2"])
    async def test_each_address_answers_with_its_own_links(self, app: FastAPI, context: Context, prefix: str) -> None:
        headers = {"Authorization": f"Bearer {await key_of(context.database, 'orga')}"}
        async with client_of(app) as client:
            answer = await client.get(f"{prefix}/Users", headers=headers)

        assert f"{prefix}/Users/" in answer.json()["Resources"][0]["meta"]["location"]


class TestDiscovery:
    async def test_one_of_each_by_name(self, scim: httpx2.AsyncClient) -> None:
        for place in (
            "/ResourceTypes/User",
            "/ResourceTypes/Group",
            "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User",
            "/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group",
        ):
            answer = await scim.get(place)
            assert answer.status_code == 200
            assert answer.json()["meta"]["location"].endswith(place)
        assert (await scim.get("/Schemas/urn:nothing")).status_code == 404

    async def test_what_is_not_there_says_so_in_scims_form(self, scim: httpx2.AsyncClient) -> None:
        for method, place, status in (
            ("GET", "/Me", 404),
            ("POST", "/Bulk", 405),
            ("PUT", "/.search", 405),
            ("DELETE", "/Schemas", 405),
        ):
            answer = await scim.request(method, place, json={})
            assert (answer.status_code, answer.json()["status"]) == (status, str(status)), place


class TestTenancy:
    async def test_another_organisations_people_are_not_there(
        self, scim: httpx2.AsyncClient, other: httpx2.AsyncClient
    ) -> None:
        alice = (await scim.post("/Users", json=entra_person())).json()
        url = f"/Users/{alice['id']}"

        assert [one["userName"] for one in (await other.get("/Users")).json()["Resources"]] == ["otto"]
        found = await other.get("/Users", params={"filter": 'userName eq "alice@contoso.com"'})
        assert found.json()["totalResults"] == 0
        assert (await other.get(url)).status_code == 404
        assert (await other.put(url, json=entra_person())).status_code == 404
        off = patch({"op": "replace", "value": {"active": False}})
        assert (await other.patch(url, json=off)).status_code == 404
        assert (await other.delete(url)).status_code == 404
        assert (await scim.get(url)).json() == alice

    async def test_another_organisations_person_cannot_be_taken_over(
        self, scim: httpx2.AsyncClient, other: httpx2.AsyncClient
    ) -> None:
        alice = (await scim.post("/Users", json=entra_person())).json()
        mine = (await other.post("/Users", json=person("mine"))).json()

        assert (await other.post("/Users", json=entra_person())).status_code == 409
        stolen = {"op": "replace", "path": "emails", "value": [{"value": "alice@contoso.com"}]}
        assert (await other.patch(f"/Users/{mine['id']}", json=patch(stolen))).status_code == 409
        assert (await scim.get(f"/Users/{alice['id']}")).json() == alice

    async def test_both_may_call_somebody_the_same(self, scim: httpx2.AsyncClient, other: httpx2.AsyncClient) -> None:
        first = await scim.post("/Users", json=person("sam", externalId="1"))
        second = await other.post("/Users", json=person("sam", externalId="1"))

        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json()["id"] != second.json()["id"]

    async def test_another_organisations_groups_are_not_there(
        self, scim: httpx2.AsyncClient, other: httpx2.AsyncClient
    ) -> None:
        alice = (await scim.post("/Users", json=entra_person())).json()
        group = (await scim.post("/Groups", json=team("Sales", alice["id"]))).json()
        url = f"/Groups/{group['id']}"

        assert (await other.get("/Groups")).json()["totalResults"] == 0
        for answer in (
            await other.get(url),
            await other.put(url, json=team("Mine")),
            await other.patch(url, json=patch({"op": "remove", "path": "members"})),
            await other.delete(url),
        ):
            assert answer.status_code == 404
        in_theirs = await other.get("/Users", params={"filter": f'groups.value eq "{group["id"]}"'})
        assert in_theirs.json()["totalResults"] == 0

    async def test_another_organisations_people_cannot_join(
        self, scim: httpx2.AsyncClient, other: httpx2.AsyncClient
    ) -> None:
        alice = (await scim.post("/Users", json=entra_person())).json()
        mine = (await other.post("/Groups", json=team("Mine"))).json()
        joining: dict[str, Any] = {"op": "add", "path": "members", "value": [{"value": alice["id"]}]}

        assert (await other.post("/Groups", json=team("Ours", alice["id"]))).status_code == 400
        assert (await other.patch(f"/Groups/{mine['id']}", json=patch(joining))).status_code == 400
