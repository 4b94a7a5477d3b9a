"""Sessions that answer what a template asks, in the version they name; told to an agent over a real socket."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from streamspace.server.agents.models import AgentCommand
from streamspace.server.sessions.models import Session
from tests.server import catalog
from tests.server.conftest import Login, Served
from tests.server.scripted import PATIENCE, connected

API = "/api/v1/templates"
SESSIONS = "/api/v1/sessions"
ASKS = {
    "homepage": {"type": "string", "pattern": "^https://", "default": "https://start.example"},
    "tabs": {"type": "integer", "minimum": 1, "maximum": 9, "order": -1},
    "token": {"type": "string", "secret": True, "required": True, "env": "SERVICE_TOKEN"},
}
SECRET = "quite-secret-7391"


@pytest.fixture
async def admin(enter: Login) -> httpx2.AsyncClient:
    client = await enter("admin")
    manifest = catalog.manifest("surfer", debian={"packages": ["mousepad"], "command": ["one"]}, parameters=ASKS)
    answer = await client.post(API, json=manifest)
    assert answer.status_code == 201, answer.text
    return client


async def start(client: httpx2.AsyncClient, expected: int = 201, **more: Any) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE):
        while True:
            answer = await client.post(SESSIONS, json={"template": "surfer", **more})
            if answer.status_code != 503:
                assert answer.status_code == expected, answer.text
                found: dict[str, Any] = answer.json()
                return found
            await asyncio.sleep(0.02)


async def test_answers_reach_the_agent_and_secrets_nobody_else(admin: httpx2.AsyncClient, served: Served) -> None:
    async with connected(admin, served.url) as agent:
        made = await start(
            admin, parameters={"tabs": 3, "token": SECRET}, environment={"TABS": "99", "SERVICE_TOKEN": "mine"}
        )
        command = await agent.command("start_session")
        assert command["payload"]["environment"] == {
            "HOMEPAGE": "https://start.example",
            "TABS": "3",
            "SERVICE_TOKEN": SECRET,
        }
        assert "sealedEnvironment" not in command["payload"]
        await agent.bring_up(command)
        assert made["parameters"] == {"homepage": "https://start.example", "tabs": 3, "token": "***"}
        assert made["templateVersion"] == "1.0.0"
        answers = [await admin.get(f"{SESSIONS}/{made['id']}"), await admin.get(SESSIONS)]
        answers.append(await admin.get("/api/v1/admin/audit"))
        answers.append(await admin.get("/api/v1/agents/robot/commands"))
        assert not [answer.url for answer in answers if SECRET in answer.text]
        async with served.context.database.work(write=False) as uow:
            row = await uow.db.get_one(Session, made["id"])
            orders = (await uow.db.execute(select(AgentCommand.payload))).scalars().all()
        assert SECRET not in f"{row.environment} {row.parameters} {row.sealed_environment} {orders}"


async def test_what_is_asked_must_be_answered(admin: httpx2.AsyncClient) -> None:
    refused = await start(admin, 400, parameters={"tabs": 10, "homepage": "http://x", "other": 1})
    assert refused["error"] == "bad_parameters"
    fields = {one["field"] for one in refused["details"]}
    assert fields == {"parameters.tabs", "parameters.homepage", "parameters.other", "parameters.token"}
    looked = await admin.post(SESSIONS, params={"dryRun": "true"}, json={"template": "surfer"})
    assert looked.json()["error"] == "bad_parameters"


async def test_a_session_is_of_the_version_it_names(admin: httpx2.AsyncClient, enter: Login, served: Served) -> None:
    person = await enter("user")
    manifest = (await admin.get(f"{API}/surfer")).json()["manifest"]
    manifest["spec"] |= {"debian": {"packages": ["mousepad"], "command": ["two"]}, "parameters": {}}
    answer = await admin.post(f"{API}/surfer/versions", json={"version": "2.0.0", "manifest": manifest})
    assert answer.status_code == 201, answer.text
    async with connected(admin, served.url) as agent:
        assert (await start(person, 404, templateVersion="2.0.0"))["error"] == "version_not_found"
        tried = await start(admin, templateVersion="2.0.0")
        assert tried["templateVersion"] == "2.0.0"
        command = await agent.command("start_session")
        assert command["payload"]["templateManifest"]["spec"]["debian"]["command"] == ["two"]
        await admin.post(f"{API}/surfer/versions/2.0.0/publish")
        assert (await start(person, templateVersion="2.0.0"))["templateVersion"] == "2.0.0"
        assert (await start(person, parameters={"token": "x"}))["templateVersion"] == "1.0.0"


async def test_a_deleted_template_ends_nothing(admin: httpx2.AsyncClient, served: Served) -> None:
    async with connected(admin, served.url) as agent:
        made = await start(admin, parameters={"token": SECRET})
        await agent.bring_up(await agent.command("start_session"))
        place = f"{SESSIONS}/{made['id']}"
        await _until(admin, place, "running")
        assert (await admin.delete(f"{API}/surfer")).status_code == 204
        assert (await admin.post(f"{place}/hibernate")).status_code < 300
        await agent.complete(await agent.command("hibernate_session"))
        await _until(admin, place, "hibernated")
        assert (await admin.post(f"{place}/wake")).status_code < 300
        command = await agent.command("wake_session")
        assert command["payload"]["environment"]["SERVICE_TOKEN"] == SECRET
        assert command["payload"]["templateManifest"]["metadata"]["name"] == "surfer"


async def _until(client: httpx2.AsyncClient, place: str, state: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while (await client.get(place)).json()["state"] != state:
            await asyncio.sleep(0.02)
