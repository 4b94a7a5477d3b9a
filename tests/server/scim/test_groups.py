from typing import Any

import httpx2
import pytest

from streamspace.server.core.http import Context
from streamspace.server.core.permissions import GroupRole
from streamspace.server.groups import service as groups
from tests.server.scim.shapes import patch, person, team


@pytest.fixture
async def staff(scim: httpx2.AsyncClient) -> list[str]:
    """The ids of three people."""
    return [(await scim.post("/Users", json=person(f"user-{n}"))).json()["id"] for n in range(3)]


async def made(scim: httpx2.AsyncClient, body: dict[str, Any]) -> dict[str, Any]:
    answer = await scim.post("/Groups", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def members(body: dict[str, Any]) -> set[str]:
    return {one["value"] for one in body.get("members", [])}


class TestCreate:
    async def test_with_members(self, scim: httpx2.AsyncClient, staff: list[str], context: Context) -> None:
        body = await made(scim, team("Sales: West Coast", staff[0], staff[1], staff[0], externalId="g-1"))

        assert members(body) == {staff[0], staff[1]}
        assert body["members"][0]["$ref"].endswith(f"/scim/v2/Users/{body['members'][0]['value']}")
        assert body["externalId"] == "g-1"
        async with context.database.work(write=False) as uow:
            group = await groups.by_name(uow, "org-default", "sales-west-coast")
        assert group is not None
        assert group.id == body["id"]

    async def test_people_show_their_groups(self, scim: httpx2.AsyncClient, staff: list[str]) -> None:
        body = await made(scim, team("Sales", staff[0]))

        shown = (await scim.get(f"/Users/{staff[0]}")).json()["groups"]
        assert [(one["value"], one["display"]) for one in shown] == [(body["id"], "Sales")]

    async def test_names_that_look_alike_get_different_short_ones(
        self, scim: httpx2.AsyncClient, context: Context
    ) -> None:
        for name in ("R&D", "R D", "R/D", "日本", "東京"):
            await made(scim, team(name))

        async with context.database.work(write=False) as uow:
            names = {group.name for group in await groups.all_of(uow, "org-default")}
        assert names == {"r-d", "r-d-2", "r-d-3", "group", "group-2"}

    async def test_a_name_that_is_taken_is_a_conflict(self, scim: httpx2.AsyncClient) -> None:
        await made(scim, team("Sales"))

        answer = await scim.post("/Groups", json=team("SALES"))

        assert answer.status_code == 409
        assert answer.json()["scimType"] == "uniqueness"

    @pytest.mark.parametrize(
        "body", [team(""), team("   "), team("x" * 101), team("a\u0000"), team("ok", "nobody"), team("ok", "\u0000")]
    )
    async def test_what_cannot_be_kept_is_refused(self, scim: httpx2.AsyncClient, body: dict[str, Any]) -> None:
        answer = await scim.post("/Groups", json=body)

        assert answer.status_code == 400
        assert answer.json()["scimType"] == "invalidValue"


class TestChange:
    async def test_entra_adds_and_removes_members_by_value(self, scim: httpx2.AsyncClient, staff: list[str]) -> None:
        url = f"/Groups/{(await made(scim, team('Sales', staff[0])))['id']}"

        added = [{"$ref": None, "value": staff[1]}, {"$ref": None, "value": staff[2]}]
        body = (await scim.patch(url, json=patch({"op": "Add", "path": "members", "value": added}))).json()
        assert members(body) == set(staff)
        removed = {"op": "Remove", "path": "members", "value": [{"$ref": None, "value": staff[0]}]}
        assert members((await scim.patch(url, json=patch(removed))).json()) == {staff[1], staff[2]}

    async def test_okta_removes_by_path_and_renames_with_the_id(
        self, scim: httpx2.AsyncClient, staff: list[str]
    ) -> None:
        group_id = (await made(scim, team("Sales", *staff)))["id"]

        renamed = {"op": "replace", "value": {"id": group_id, "displayName": "Selling"}}
        removed = {"op": "remove", "path": f'members[value eq "{staff[0]}"]'}
        answer = await scim.patch(f"/Groups/{group_id}", json=patch(renamed, removed))

        assert answer.status_code == 200, answer.text
        assert answer.json()["displayName"] == "Selling"
        assert members(answer.json()) == {staff[1], staff[2]}

    async def test_all_members_can_go(self, scim: httpx2.AsyncClient, staff: list[str]) -> None:
        url = f"/Groups/{(await made(scim, team('Sales', *staff)))['id']}"

        assert members((await scim.patch(url, json=patch({"op": "remove", "path": "members"}))).json()) == set()

    async def test_who_stays_keeps_their_role(
        self, scim: httpx2.AsyncClient, staff: list[str], context: Context
    ) -> None:
        body = await made(scim, team("Sales", staff[0]))
        async with context.database.work() as uow:
            group = await groups.by_name(uow, "org-default", "sales")
            assert group is not None
            await groups.put_member(uow, group, staff[0], GroupRole.OWNER)

        await scim.put(f"/Groups/{body['id']}", json=team("Sales", staff[0], staff[1]))

        async with context.database.work(write=False) as uow:
            roles = dict(await groups.members_of(uow, body["id"]))
        assert roles == {staff[0]: "owner", staff[1]: "member"}

    async def test_strangers_cannot_be_members(self, scim: httpx2.AsyncClient, staff: list[str]) -> None:
        url = f"/Groups/{(await made(scim, team('Sales', staff[0])))['id']}"

        answer = await scim.patch(url, json=patch({"op": "add", "path": "members", "value": [{"value": "nobody"}]}))

        assert answer.status_code == 400
        assert members((await scim.get(url)).json()) == {staff[0]}


class TestRead:
    async def test_members_may_be_left_out(self, scim: httpx2.AsyncClient, staff: list[str]) -> None:
        body = await made(scim, team("Sales", *staff))

        one = await scim.get(f"/Groups/{body['id']}", params={"excludedAttributes": "members"})
        listed = await scim.get("/Groups", params={"attributes": "displayName"})

        assert "members" not in one.json()
        assert listed.json()["Resources"] == [
            {"schemas": body["schemas"], "id": body["id"], "displayName": "Sales"},
        ]

    @pytest.mark.parametrize(
        ("wanted", "count"),
        [
            ('displayName eq "sales"', 1),
            ('displayName eq "nothing"', 0),
            ('members eq "{0}"', 1),
            ('members[value eq "{1}"]', 0),
            ('displayName eq "Sales" and members.value eq "{0}"', 1),
            ("not (members pr)", 1),
            ('members ne "{0}"', 1),
        ],
    )
    async def test_filters(self, scim: httpx2.AsyncClient, staff: list[str], wanted: str, count: int) -> None:
        await made(scim, team("Sales", staff[0]))
        await made(scim, team("Empty"))

        answer = await scim.get("/Groups", params={"filter": wanted.format(*staff)})

        assert answer.json()["totalResults"] == count, answer.text


class TestDelete:
    async def test_groups_inside_move_up(self, scim: httpx2.AsyncClient, context: Context) -> None:
        top = await made(scim, team("Sales"))
        async with context.database.work() as uow:
            await groups.create_unchecked(uow, "org-default", name="west", display_name="West", parent_id=top["id"])

        assert (await scim.delete(f"/Groups/{top['id']}")).status_code == 204
        assert (await scim.get(f"/Groups/{top['id']}")).status_code == 404
        async with context.database.work(write=False) as uow:
            west = await groups.by_name(uow, "org-default", "west")
        assert west is not None
        assert west.parent_id is None
