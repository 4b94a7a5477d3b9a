"""The way a person takes: a request, the job in the background, the event, the report."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from streamspace.server.app import create_app
from streamspace.server.core.events import Published
from streamspace.server.core.http import Context
from streamspace.server.core.permissions import Actor, OrgRole, Role
from streamspace.server.core.settings import Settings
from streamspace.server.sessions import feed
from tests.server.conftest import Login, running
from tests.server.repositories.hosts import Host, template

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BASE = "/api/v1/catalog/repositories"


@pytest.fixture
async def app(settings: Settings, host: Host) -> AsyncIterator[FastAPI]:
    """The control plane, which may go to this machine's own test server."""
    app = create_app(settings.model_copy(update={"outbound_allow": ("localhost",)}))
    async with running(app):
        yield app


async def ended(client: httpx2.AsyncClient, address: str) -> dict[str, Any]:
    async with asyncio.timeout(60):
        while True:
            answer = await client.get(address)
            if answer.status_code == 200 and answer.json()["status"] not in {"pending", "running"}:
                found: dict[str, Any] = answer.json()
                return found
            await asyncio.sleep(0.1)


async def test_what_is_added_is_read_in_the_background(login: Login, host: Host, context: Context) -> None:
    host.origin("t").push({"a.yaml": template("a"), "b.yaml": "kind: Template\n"})
    admin = await login("admin")
    heard: list[Published] = []

    async def hear(event: Published) -> None:
        heard.append(event)

    context.bus.subscribe(hear, "repository.sync")
    made = await admin.post(BASE, json={"name": "ours", "url": f"{host.url}/git/t.git"})
    assert made.status_code == 201
    address = f"{BASE}/{made.json()['id']}"
    assert made.headers["Location"] == address
    sync = await ended(admin, f"{address}/syncs/1")
    assert (sync["status"], sync["counts"]["added"], sync["counts"]["rejected"]) == ("succeeded", 1, 1)
    rejected = (await admin.get(f"{address}/syncs/1", params={"outcome": "rejected"})).json()["files"]
    assert [file["path"] for file in rejected] == ["b.yaml"]
    assert rejected[0]["findings"][0]["message"]
    shown = (await admin.get(address.replace("catalog/", ""))).json()
    assert (shown["status"], shown["templateCount"], shown["type"]) == ("synced", 1, "git")
    listed = (await admin.get(BASE)).json()
    assert (listed["total"], listed["repositories"][0]["name"]) == (1, "ours")
    asked = await admin.post("/api/v1/catalog/sync")
    assert asked.status_code == 202
    assert asked.json()["status"] == "syncing"
    again = await ended(admin, f"{address}/syncs/{asked.json()['syncs'][0]['number']}")
    assert again["counts"] == {"unchanged": 1}
    async with asyncio.timeout(10):
        while "succeeded" not in [event.payload.get("status") for event in heard]:
            await asyncio.sleep(0.05)
    gone = await admin.delete(address)
    assert (gone.status_code, gone.json()["templateCount"]) == (200, 1)
    assert (await admin.get(address)).status_code == 404


async def test_bad_words_are_400(login: Login) -> None:
    admin = await login("admin")
    good = {"name": "ours", "url": "https://git.example.org/t.git", "enabled": False}
    for wrong in (
        {"url": "http://git.example.org/t.git"},
        {"type": "path", "url": "/etc"},
        {"type": "svn"},
        {"kind": "plugin"},
        {"name": ""},
        {"intervalSeconds": 5},
        {"intervalSeconds": -1},
        {"branch": "--upload-pack=x"},
        {"path": "../.."},
        {"authType": "magic"},
        {"authType": "token"},
    ):
        answer = await admin.post(BASE, json=good | wrong)
        assert answer.status_code == 400, wrong
        assert answer.json()["message"]
    made = (await admin.post(BASE, json=good)).json()["id"]
    assert (await admin.patch(f"{BASE}/{made}", json={"intervalSeconds": 7})).status_code == 400
    assert (await admin.post(BASE, json=good)).status_code == 409
    assert (await admin.post(f"{BASE}/{made}/sync")).status_code == 409
    assert (await admin.get(f"{BASE}/{made}/syncs/1")).status_code == 404
    assert (await admin.get(f"{BASE}/{2**70}")).status_code == 400


async def test_who_only_sees_it_gets_no_query_of_an_address(login: Login) -> None:
    admin, user = await login("admin"), await login("user")
    wanted = {"name": "ours", "type": "http", "url": "https://x.example/t.zip?token=s3cret", "enabled": False}
    made = (await admin.post(BASE, json=wanted)).json()
    assert made["url"].endswith("?token=s3cret")
    seen = await user.get(f"{BASE}/{made['id']}")
    assert seen.json()["url"] == "https://x.example/t.zip"
    assert "s3cret" not in (await admin.get("/api/v1/admin/audit")).text


async def test_the_lists_take_no_statement_per_row(login: Login, context: Context, statements: Any) -> None:
    admin = await login("admin")
    for number in range(3):
        wanted = {"name": f"r{number}", "url": "https://git.example.org/t.git", "enabled": False}
        await admin.post(BASE, json=wanted)
    with statements(context.database) as few:
        await admin.get(BASE)
    for number in range(3, 12):
        wanted = {"name": f"r{number}", "url": "https://git.example.org/t.git", "enabled": False}
        await admin.post(BASE, json=wanted)
    with statements(context.database) as many:
        assert (await admin.get(BASE)).json()["total"] == 12
    assert len(many) == len(few)


def test_only_who_may_look_hears_how_it_goes() -> None:
    payload = {"repository_id": 3, "number": 7, "status": "running", "data": {"phase": "fetching"}}

    def heard(org_id: str | None, **who: Any) -> bool:
        actor = Actor(**{"id": "x", "username": "x", "org_id": "acme", **who})
        event = Published("repository.sync", org_id, NOW, payload)
        return feed.shown(event, actor, None, None) is not None

    assert heard(None, role=Role.ADMIN)
    assert heard("acme", org_role=OrgRole.MAINTAINER)
    assert not heard("acme", org_role=OrgRole.USER)
    assert not heard("rivals", org_role=OrgRole.ORG_ADMIN)
    assert not heard(None, org_role=OrgRole.ORG_ADMIN)
