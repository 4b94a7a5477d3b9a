"""Versions of templates over the API."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.server import catalog
from tests.server.conftest import Login

API = "/api/v1/templates"
DEBIAN = {"packages": ["mypaint"], "command": ["mypaint"]}


@pytest.fixture
async def keeper(login: Login) -> httpx2.AsyncClient:
    client = await login("user", name="mara", org_role="maintainer")
    answer = await client.post(API, json=catalog.manifest("painter", debian=DEBIAN, description="One."))
    assert answer.status_code == 201, answer.text
    return client


async def post(client: httpx2.AsyncClient, path: str, expected: int = 200, **body: Any) -> dict[str, Any]:
    answer = await client.post(f"{API}/painter/{path}", json=body)
    assert answer.status_code == expected, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def shown(client: httpx2.AsyncClient) -> list[tuple[str, str, bool]]:
    versions = (await client.get(f"{API}/painter/versions")).json()["versions"]
    return [(one["version"], one["status"], one["isDefault"]) for one in versions]


async def test_from_draft_to_default_and_back(keeper: httpx2.AsyncClient, login: Login) -> None:
    person = await login("user")
    changed = catalog.manifest("painter", debian=DEBIAN, description="Two.", parameters={"mode": {"enum": ["a", "b"]}})
    draft = await post(keeper, "versions", 201, version="2.0.0-rc.1", changelog="New.", manifest=changed)
    assert (draft["status"], draft["automatic"]) == ("draft", False)
    assert await shown(person) == [("1.0.0", "published", True)]
    assert (await person.get(f"{API}/painter/versions/2.0.0-rc.1")).status_code == 404
    assert (await post(keeper, "versions/2.0.0-rc.1/set-default", 409))["error"] == "not_published"
    assert (await post(keeper, "versions/2.0.0-rc.1/publish"))["status"] == "published"
    assert await shown(person) == [("2.0.0-rc.1", "published", False), ("1.0.0", "published", True)]
    assert (await person.get(f"{API}/painter")).json()["description"] == "One."
    assert (await post(keeper, f"versions/{draft['id']}/set-default"))["isDefault"] is True
    now = (await person.get(f"{API}/painter")).json()
    assert (now["description"], now["version"], now["asks"]) == ("Two.", "2.0.0-rc.1", True)
    assert now["parameterSchema"]["properties"]["mode"]["enum"] == ["a", "b"]
    assert (await post(keeper, "versions/2.0.0-rc.1/deprecate", 409))["error"] == "default_version"
    await post(keeper, "versions/1.0.0/set-default")
    assert (await post(keeper, "versions/2.0.0-rc.1/deprecate"))["status"] == "deprecated"
    assert (await post(keeper, "versions/2.0.0-rc.1/set-default", 409))["error"] == "not_published"
    assert (await person.get(f"{API}/painter")).json()["description"] == "One."
    assert (await person.get(API, params={"search": "painter"})).json()["total"] == 1


async def test_drafts_alone_can_be_changed(keeper: httpx2.AsyncClient) -> None:
    await post(keeper, "versions", 201, version="1.1.0")
    place = f"{API}/painter/versions"
    changed = await keeper.patch(f"{place}/1.1.0", json={"changelog": "Now."})
    assert changed.json()["changelog"] == "Now."
    other = {"manifest": catalog.manifest("other", debian=DEBIAN)}
    assert (await keeper.patch(f"{place}/1.1.0", json=other)).json()["error"] == "name_is_fixed"
    bad = await keeper.patch(f"{place}/1.1.0", json={"manifest": {"kind": "Pod"}})
    assert bad.json()["error"] == "bad_manifest"
    assert (await keeper.patch(f"{place}/1.0.0", json={"changelog": "x"})).json()["error"] == "not_a_draft"
    assert (await keeper.delete(f"{place}/1.0.0")).json()["error"] == "default_version"
    assert (await keeper.delete(f"{place}/1.1.0")).status_code == 204
    assert (await keeper.get(f"{place}/1.1.0")).json()["error"] == "version_not_found"


async def test_a_number_is_given_once_and_is_one(keeper: httpx2.AsyncClient) -> None:
    assert (await post(keeper, "versions", 409, version="1.0.0"))["error"] == "version_exists"
    assert (await post(keeper, "versions", 400, version="01.0.0"))["error"] == "bad_version"


async def test_changes_make_room_for_themselves_and_drafts_do_not(
    keeper: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streamspace.server.templates.rules.MOST_VERSIONS", 3)
    for number in range(4):
        answer = await keeper.patch(f"{API}/painter", json={"spec": {"description": f"{number}."}})
        assert answer.status_code == 200, answer.text
    assert [version for version, _, _ in await shown(keeper)] == ["1.0.4", "1.0.3", "1.0.0"]
    await post(keeper, "versions", 201, version="2.0.0")
    assert (await post(keeper, "versions", 409, version="3.0.0"))["error"] == "too_many_versions"


async def test_a_clone_is_a_draft_or_a_template_that_remembers(keeper: httpx2.AsyncClient) -> None:
    draft = await post(keeper, "versions/1.0.0/clone", 201)
    assert (draft["version"], draft["status"]) == ("1.0.1", "draft")
    made = await keeper.post(
        f"{API}/editor/versions/1.0.0/clone", json={"template": "our-editor", "displayName": "Our editor"}
    )
    assert made.status_code == 201, made.text
    assert (made.json()["template"], made.json()["isDefault"]) == ("our-editor", True)
    assert (await keeper.get(f"{API}/our-editor/icon")).status_code == 200
    assert (await keeper.post(f"{API}/editor/versions/1.0.0/clone", json={})).status_code == 403
    told = (await keeper.get(f"{API}/our-editor/inheritance")).json()
    assert told["parent"]["template"] == "editor"
    assert [one["path"] for one in told["overridden"]] == ["spec.displayName"]
    assert "spec.description" in told["inherited"]
    assert "parent" not in (await keeper.get(f"{API}/editor/inheritance")).json()


async def test_others_see_none_of_it(keeper: httpx2.AsyncClient, login: Login) -> None:
    stranger = await login("user", name="rita", org="rival", org_role="org_admin")
    own = (await keeper.get(f"{API}/painter")).json()["id"]
    for name in ("painter", own):
        assert (await stranger.get(f"{API}/{name}/versions")).status_code == 404
        assert (await stranger.post(f"{API}/{name}/versions/1.0.0/clone", json={"template": "x"})).status_code == 404
