"""Templates made, changed, deleted and restored over the API, on both databases."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from streamspace.server.audit.models import AuditEntry
from streamspace.server.core.db import OutboxEntry, PendingEntry
from streamspace.server.core.http import Context
from streamspace.server.templates import reader, service
from streamspace.server.templates.models import Template
from tests.server import catalog
from tests.server.conftest import Login

API = "/api/v1/templates"
YAML = """\
apiVersion: stream.space/v1alpha1
kind: Template
metadata:
  name: painter
spec:
  displayName: Painter
  description: Paints.
  category: Graphics
  tags: [drawing]
  debian:
    packages: [mypaint]
    command: [mypaint]
  vendorNote: ours
"""


def manifest(name: str = "painter", **spec: Any) -> dict[str, Any]:
    return catalog.manifest(name, **({"debian": {"packages": ["mypaint"], "command": ["mypaint"]}} | spec))


async def make(client: httpx2.AsyncClient, name: str = "painter", **spec: Any) -> dict[str, Any]:
    answer = await client.post(API, json=manifest(name, **spec))
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


class TestMaking:
    async def test_yaml_becomes_a_template_of_the_organisation(self, login: Login) -> None:
        keeper = await login("user", name="mara", org_role="maintainer")
        answer = await keeper.post(API, content=YAML, headers={"Content-Type": "application/yaml"})
        assert answer.status_code == 201, answer.text
        made = answer.json()
        assert answer.headers["Location"] == f"{API}/painter"
        assert answer.headers["ETag"] == '"1"'
        assert (made["displayName"], made["source"], made["version"]) == ("Painter", "own", "1.0.0")
        assert made["orgId"]
        assert made["manifest"]["spec"]["vendorNote"] == "ours"
        assert [finding["code"] for finding in made["findings"]] == ["unknown_field"]
        shown = (await (await login("user")).get(API, params={"search": "painter"})).json()
        assert [template["name"] for template in shown["templates"]] == ["painter"]

    async def test_others_do_not_see_it(self, login: Login) -> None:
        await make(await login("user", name="mara", org_role="maintainer"))
        stranger = await login("user", name="rita", org="rival", org_role="org_admin")
        assert (await stranger.get(f"{API}/painter")).status_code == 404
        assert "painter" not in (await stranger.get(API)).text
        assert (await stranger.patch(f"{API}/painter", json={})).status_code == 404
        made = await make(stranger)
        assert made["orgId"] == "rival"

    async def test_an_administrator_makes_everybodys(self, login: Login) -> None:
        made = await make(await login("admin"))
        assert "orgId" not in made
        assert (await (await login("user", name="rita", org="rival")).get(f"{API}/painter")).status_code == 200

    async def test_an_own_one_hides_everybodys_of_the_same_name(self, login: Login) -> None:
        keeper = await login("user", name="mara", org_role="maintainer")
        await make(keeper, "editor", displayName="Our editor")
        shown = (await keeper.get(API)).json()
        assert [t["displayName"] for t in shown["templates"] if t["name"] == "editor"] == ["Our editor"]
        assert (await keeper.get(f"{API}/editor")).json()["displayName"] == "Our editor"

    async def test_a_name_is_taken_once(self, login: Login) -> None:
        admin = await login("admin")
        await make(admin)
        answer = await admin.post(API, json=manifest())
        assert (answer.status_code, answer.json()["error"]) == (409, "template_exists")
        # As a race would have it: both looked before either wrote.
        assert (await admin.post(API, json=manifest("editor"))).status_code == 409

    async def test_two_at_once_make_one(self, login: Login) -> None:
        admin = await login("admin")
        answers = await asyncio.gather(*(admin.post(API, json=manifest("both")) for _ in range(4)))
        assert {answer.status_code for answer in answers} <= {201, 409}
        assert sum(answer.status_code == 201 for answer in answers) == 1

    @pytest.mark.parametrize(
        ("text", "path", "line"),
        [
            (YAML.replace("mypaint]\n    command", "MyPaint!]\n    command"), "spec.debian.packages", 11),
            (YAML.replace("displayName: Painter", "displayName: 5"), "spec.displayName", 6),
            (YAML.replace("kind: Template", "kind: Pod"), "kind", 2),
            (YAML + "  privileged: true\n", "spec.privileged", 14),
        ],
    )
    async def test_a_fault_names_its_field_and_line(self, login: Login, text: str, path: str, line: int) -> None:
        answer = await (await login("admin")).post(API, content=text, headers={"Content-Type": "application/yaml"})
        assert (answer.status_code, answer.json()["error"]) == (400, "bad_manifest")
        wrong = next(found for found in answer.json()["details"] if found["severity"] == "error")
        assert (wrong["path"], wrong["line"]) == (path, line)
        assert f"line {line}" in answer.json()["message"]

    async def test_a_dry_run_writes_nothing(self, login: Login) -> None:
        admin = await login("admin")
        good = (await admin.post(f"{API}/validate", content=YAML)).json()
        assert (good["valid"], good["name"]) == (True, "painter")
        bad = (await admin.post(f"{API}/validate", content="kind: [")).json()
        assert bad["valid"] is False
        assert bad["findings"][0]["line"]
        assert (await admin.get(f"{API}/painter")).status_code == 404

    @pytest.mark.parametrize("version", ["1.0", "v1.0.0", "latest"])
    async def test_a_version_is_a_version(self, login: Login, version: str) -> None:
        answer = await (await login("admin")).post(API, params={"version": version}, json=manifest())
        assert answer.status_code == 400


class TestChanging:
    async def test_a_patch_changes_what_it_names_and_makes_a_version(self, login: Login) -> None:
        admin = await login("admin")
        await make(admin, description="Paints.", tags=["drawing"])
        patch = {"spec": {"description": "Paints well.", "tags": None}}
        answer = await admin.patch(f"{API}/painter", json=patch, params={"changelog": "Better words."})
        assert answer.status_code == 200, answer.text
        shown = answer.json()
        assert (shown["description"], shown["tags"], shown["version"]) == ("Paints well.", [], "1.0.1")
        assert shown["manifest"]["spec"]["debian"]["packages"] == ["mypaint"]
        versions = (await admin.get(f"{API}/painter/versions")).json()["versions"]
        assert [(v["version"], v["changelog"], v["isDefault"]) for v in versions] == [
            ("1.0.1", "Better words.", True),
            ("1.0.0", "", False),
        ]

    async def test_a_change_of_something_older_is_refused(self, login: Login) -> None:
        admin = await login("admin")
        await make(admin)
        seen = (await admin.get(f"{API}/painter")).headers["ETag"]
        change = {"spec": {"description": "One."}}
        assert (await admin.patch(f"{API}/painter", json=change, headers={"If-Match": seen})).status_code == 200
        late = await admin.patch(f"{API}/painter", json={"spec": {"description": "Two."}}, headers={"If-Match": seen})
        assert (late.status_code, late.json()["error"]) == (412, "changed_meanwhile")
        assert (await admin.delete(f"{API}/painter", headers={"If-Match": seen})).status_code == 412
        assert (await admin.get(f"{API}/painter")).json()["description"] == "One."

    async def test_of_many_at_once_with_one_etag_one_wins(self, login: Login) -> None:
        admin = await login("admin")
        await make(admin)
        seen = (await admin.get(f"{API}/painter")).headers["ETag"]
        answers = await asyncio.gather(
            *(
                admin.patch(f"{API}/painter", json={"spec": {"description": str(n)}}, headers={"If-Match": seen})
                for n in range(5)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412, 412]

    async def test_a_replacement_replaces_all(self, login: Login) -> None:
        admin = await login("admin")
        await make(admin, description="Paints.", featured=True)
        answer = await admin.put(f"{API}/painter", json=manifest(displayName="New"), params={"version": "2.0.0"})
        shown = answer.json()
        assert (shown["displayName"], shown["description"], shown["featured"]) == ("New", "", False)
        assert shown["version"] == "2.0.0"
        again = await admin.put(f"{API}/painter", json=manifest(displayName="New"))
        assert (again.json()["version"], again.json()["revision"]) == ("2.0.0", shown["revision"])

    @pytest.mark.parametrize("body", [b"[1]", b"{", b"null"])
    async def test_a_patch_is_an_object(self, login: Login, body: bytes) -> None:
        admin = await login("admin")
        assert (await admin.patch(f"{API}/editor", content=body)).status_code == 400

    async def test_a_name_stays(self, login: Login) -> None:
        admin = await login("admin")
        await make(admin)
        for answer in (
            await admin.put(f"{API}/painter", json=manifest("other")),
            await admin.patch(f"{API}/painter", json={"metadata": {"name": "other"}}),
        ):
            assert (answer.status_code, answer.json()["error"]) == (400, "name_is_fixed")

    async def test_a_patch_that_breaks_it_is_refused_and_nothing_changes(self, login: Login) -> None:
        admin = await login("admin")
        await make(admin)
        answer = await admin.patch(f"{API}/painter", json={"spec": {"debian": None}})
        assert (answer.status_code, answer.json()["error"]) == (400, "bad_manifest")
        assert (await admin.get(f"{API}/painter")).json()["version"] == "1.0.0"

    async def test_a_maintainer_leaves_everybodys_alone(self, login: Login) -> None:
        keeper = await login("user", name="mara", org_role="maintainer")
        for answer in (
            await keeper.patch(f"{API}/editor", json={"spec": {"description": "Mine."}}),
            await keeper.delete(f"{API}/editor"),
            await keeper.put(f"{API}/editor/icon", content=b"", headers={"Content-Type": "image/png"}),
        ):
            assert answer.status_code == 403

    async def test_a_picture_is_kept_and_checked(self, login: Login) -> None:
        admin = await login("admin")
        await make(admin)
        png = b"\x89PNG\r\n\x1a\n" + b"0" * 50
        assert (
            await admin.put(f"{API}/painter/icon", content=png, headers={"Content-Type": "image/png"})
        ).status_code == 204
        place = (await admin.get(f"{API}/painter")).json()["icon"]
        assert (await admin.get(place)).content == png
        for content, kind in ((b"GIF89a", "image/png"), (png, "image/gif"), (b"<html>", "image/svg+xml")):
            answer = await admin.put(f"{API}/painter/icon", content=content, headers={"Content-Type": kind})
            assert (answer.status_code, answer.json()["error"]) == (400, "bad_icon")

    async def test_what_happened_is_in_the_log_and_on_the_bus(self, login: Login, context: Context) -> None:
        admin = await login("admin")
        made = await make(admin)
        await admin.patch(f"{API}/painter", json={"spec": {"description": "Else."}})
        await admin.delete(f"{API}/painter")
        async with context.database.work(write=False) as uow:
            waiting = [row.entry for row in (await uow.db.execute(select(PendingEntry))).scalars()]
            sealed = (await uow.db.execute(select(AuditEntry).where(AuditEntry.resource_id == made["id"]))).scalars()
            told = {entry["action"] for entry in waiting if entry.get("resourceId") == made["id"]}
            told |= {entry.action for entry in sealed}
            names = {row.name for row in (await uow.db.execute(select(OutboxEntry))).scalars()}
        assert {"template.created", "template.changed", "template.deleted"} <= told
        assert isinstance(names, set)


class TestDeleting:
    async def test_what_is_gone_can_come_back(self, login: Login) -> None:
        admin, person = await login("admin"), await login("user")
        made = await make(admin)
        assert (await admin.delete(f"{API}/painter")).status_code == 204
        assert (await person.get(f"{API}/painter")).status_code == 404
        assert "painter" not in (await person.get(API)).text
        assert (await person.post("/api/v1/sessions", json={"template": "painter"})).status_code == 404
        gone = (await admin.get(API, params={"retired": "true"})).json()["templates"]
        assert [(template["name"], template["retired"]) for template in gone] == [("painter", True)]
        assert (await person.get(API, params={"retired": "true"})).json()["templates"] == []
        assert (await admin.patch(f"{API}/painter", json={"spec": {}})).json()["error"] == "template_retired"
        back = (await admin.post(f"{API}/painter/restore")).json()
        assert (back["id"], back.get("retired")) == (made["id"], None)
        assert (await person.get(f"{API}/painter")).status_code == 200

    async def test_making_it_anew_brings_the_old_one_back(self, login: Login) -> None:
        admin = await login("admin")
        made = await make(admin)
        await admin.delete(f"{API}/painter")
        again = await make(admin, displayName="Anew")
        assert (again["id"], again["displayName"], again["version"]) == (made["id"], "Anew", "1.0.1")


class TestCatalog:
    async def test_what_people_changed_is_theirs(self, login: Login, context: Context) -> None:
        admin = await login("admin")
        changed = (await admin.patch(f"{API}/editor", json={"spec": {"description": "Ours."}})).json()
        assert (changed["source"], changed["version"]) == ("own", "1.0.1")
        assert await self._read_again(context) == []
        assert (await admin.get(f"{API}/editor")).json()["description"] == "Ours."

    async def test_a_deleted_one_comes_back_as_the_catalogs(self, login: Login, context: Context) -> None:
        admin = await login("admin")
        await admin.patch(f"{API}/editor", json={"spec": {"description": "Ours."}})
        await admin.delete(f"{API}/editor")
        assert await self._read_again(context) == ["editor"]
        shown = (await admin.get(f"{API}/editor")).json()
        assert (shown["source"], shown["description"], shown["version"]) == ("catalog", "Edits text.", "1.0.2")

    async def test_reading_it_again_changes_nothing(self, login: Login, context: Context) -> None:
        before = (await (await login("admin")).get(f"{API}/editor")).json()
        assert await self._read_again(context) == []
        assert (await (await login("admin")).get(f"{API}/editor")).json() == before

    async def test_an_older_way_of_writing_it_down_is_no_new_version(self, context: Context) -> None:
        async with context.database.work() as uow:
            for template in (await uow.db.execute(select(Template))).scalars():
                spec = {key: value for key, value in template.manifest["spec"].items() if key != "parameters"}
                template.manifest, template.digest = template.manifest | {"spec": spec}, "older"
        assert len(await self._read_again(context)) == 3
        async with context.database.work() as uow:
            assert {t.version for t in (await uow.db.execute(select(Template))).scalars()} == {"1.0.0"}

    async def test_what_older_rules_indexed_is_indexed_anew(self, context: Context, login: Login) -> None:
        async with context.database.work() as uow:
            for template in (await uow.db.execute(select(Template))).scalars():
                template.indexed = 0
        async with context.database.work() as uow:
            assert await service.index_anew(uow) == 3
            assert await service.index_anew(uow) == 0
        found = (await (await login("user")).get(API, params={"search": "brow"})).json()
        assert [template["name"] for template in found["templates"]] == ["browser"]

    async def _read_again(self, context: Context) -> list[str]:
        assert context.settings.catalog_dir is not None
        entries, _ = reader.read(context.settings.catalog_dir)
        async with context.database.work() as uow:
            return await service.take_in(uow, entries)
