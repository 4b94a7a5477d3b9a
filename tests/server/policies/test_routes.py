"""What organisations and groups say reaches their people's sessions, and streams that are open."""

from __future__ import annotations

import asyncio
import copy
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from sqlalchemy import select

from streamspace import protocol
from streamspace.protocol import tokens
from streamspace.protocol.policies import DEFAULT_UPLOAD_BYTES, Policy
from streamspace.protocol.streams import GatewayHello, Ticket
from streamspace.server.agents.models import AgentCommand
from streamspace.server.core.http import Context
from streamspace.server.gateways import service as gateways
from streamspace.server.gateways.models import Revocation
from streamspace.server.sessions.policing import Policing
from tests.server import people
from tests.server.catalog import EDITOR
from tests.server.conftest import SECRETS, Login
from tests.server.matrix.world import AGENT, agent_row
from tests.server.sessions import rows

ORG = "org-acme"
SESSIONS = "/api/v1/sessions"
OPEN = {
    "clipboard": "both",
    "upload": True,
    "download": True,
    "maxUploadBytes": DEFAULT_UPLOAD_BYTES,
    "microphone": True,
    "printing": True,
    "watermark": False,
}


@pytest.fixture
async def boss(login: Login) -> httpx2.AsyncClient:
    return await login(name="boss", org=ORG, org_role="org_admin")


@pytest.fixture
async def mia(login: Login, context: Context, boss: httpx2.AsyncClient) -> httpx2.AsyncClient:
    """A person with a running session, `a`, and a gateway to reach it by."""
    client = await login(name="mia", org=ORG)
    async with context.database.work() as uow:
        await rows.add(uow, await people.add(uow, "mia"), "a")
        address = "http://127.0.0.1:1"
        hello = GatewayHello(version=protocol.VERSION, gateway_id="gate", public_url=address, agent_url=address)
        await gateways.seen(uow, hello)
    return client


async def put(client: httpx2.AsyncClient, path: str, **said: Any) -> dict[str, Any]:
    answer = await client.put(f"/api/v1/{path}/policy", json=said)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def held(client: httpx2.AsyncClient, session: str = "a") -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what holds for a session, and the sources."""
    body = (await client.get(f"{SESSIONS}/{session}/policy")).json()
    sources = body.pop("sources")
    return body, {name: (source["kind"], source["name"]) for name, source in sources.items()}


async def group(boss: httpx2.AsyncClient, name: str, *members: httpx2.AsyncClient, parent: str | None = None) -> str:
    made = await boss.post("/api/v1/groups", json={"name": name, "displayName": name.title(), "parentId": parent})
    found = str(made.json()["id"])
    for member in members:
        user_id = (await member.get("/api/v1/users/me")).json()["id"]
        assert (await boss.post(f"/api/v1/groups/{found}/members", json={"userId": user_id})).status_code == 204
    return found


async def ticket(client: httpx2.AsyncClient, context: Context, session: str = "a") -> Ticket:
    opened = await client.post(f"{SESSIONS}/{session}/connect")
    assert opened.status_code == 200, opened.text
    token = parse_qs(urlsplit(opened.json()["sessionUrl"]).query)["ticket"][0]
    return tokens.verify(Ticket, token, SECRETS["gateway_secret"], context.clock.now())


class TestSaying:
    async def test_nothing_is_said_at_first_and_all_may_cross(self, boss: httpx2.AsyncClient) -> None:
        body = (await boss.get(f"/api/v1/organizations/{ORG}/policy")).json()
        assert body.pop("effective") == OPEN | {"sources": {}}
        assert set(body.values()) == {None}

    async def test_what_is_left_out_the_next_time_is_no_longer_said(self, boss: httpx2.AsyncClient) -> None:
        await put(boss, f"organizations/{ORG}", clipboard="in", printing=False)
        body = await put(boss, f"organizations/{ORG}", printing=False, watermark=True)
        assert (body["clipboard"], body["printing"], body["watermark"]) == (None, False, True)
        source = {"kind": "organization", "id": ORG, "name": "Org-Acme"}
        assert body["effective"] == OPEN | {
            "printing": False,
            "watermark": True,
            "sources": {"printing": source, "watermark": source},
        }
        assert body == (await boss.get(f"/api/v1/organizations/{ORG}/policy")).json()

    @pytest.mark.parametrize(
        "body",
        [
            {"clipboard": "sideways"},
            {"upload": "yes"},
            {"maxUploadBytes": -1},
            {"maxUploadBytes": 1.5},
            {"maxUploadBytes": 2**70},
            {"clipbord": "off"},
            [],
        ],
    )
    async def test_nonsense_is_refused_and_changes_nothing(self, boss: httpx2.AsyncClient, body: Any) -> None:
        before = await put(boss, f"organizations/{ORG}", clipboard="out")
        answer = await boss.put(f"/api/v1/organizations/{ORG}/policy", json=body)
        assert answer.status_code == 400, answer.text
        assert (await boss.get(f"/api/v1/organizations/{ORG}/policy")).json() == before

    async def test_the_audit_log_has_what_was_said_before_and_after(
        self, boss: httpx2.AsyncClient, context: Context
    ) -> None:
        await put(boss, f"organizations/{ORG}", clipboard="in")
        await put(boss, f"organizations/{ORG}", clipboard="off")
        async with asyncio.timeout(30):
            while len(found := await self.noted(boss)) < 2:
                await asyncio.sleep(0.2)
        assert [(one["resourceType"], one["resourceId"]) for one in found] == [("organization", ORG)] * 2
        assert found[0]["changes"] == {"before": {"clipboard": "in"}, "after": {"clipboard": "off"}}

    async def noted(self, boss: httpx2.AsyncClient) -> list[dict[str, Any]]:
        answer = await boss.get("/api/v1/admin/audit", params={"action": "policy.set"})
        found: list[dict[str, Any]] = answer.json()["logs"]
        return found

    async def test_a_group_shows_what_holds_with_what_is_above_it(self, boss: httpx2.AsyncClient) -> None:
        outer = await group(boss, "outer")
        inner = await group(boss, "inner", parent=outer)
        await put(boss, f"organizations/{ORG}", printing=False)
        await put(boss, f"groups/{outer}", clipboard="in")
        body = await put(boss, f"groups/{inner}", clipboard="out", upload=True)
        assert (body["clipboard"], body["printing"]) == ("out", None)
        assert (body["effective"]["clipboard"], body["effective"]["printing"]) == ("off", False)
        assert body["effective"]["sources"]["printing"]["kind"] == "organization"


class TestASession:
    async def test_is_held_to_the_strictest_of_all_who_speak(
        self, boss: httpx2.AsyncClient, mia: httpx2.AsyncClient, context: Context
    ) -> None:
        assert await held(mia) == (OPEN, {})
        outer = await group(boss, "outer")
        inner = await group(boss, "inner", mia, parent=outer)
        other = await group(boss, "other")
        await put(boss, f"groups/{other}", download=False)
        await put(boss, f"groups/{outer}", clipboard="in", maxUploadBytes=1000)
        await put(boss, f"groups/{inner}", maxUploadBytes=2000, watermark=True)
        await put(boss, f"organizations/{ORG}", microphone=False, clipboard="both")
        manifest = copy.deepcopy(EDITOR)
        manifest["spec"]["policy"] = {"printing": False}
        async with context.database.work() as uow:
            await rows.add(uow, await people.add(uow, "mia"), "b", manifest=manifest)
        body, sources = await held(mia, "b")
        assert body == OPEN | {
            "clipboard": "in",
            "maxUploadBytes": 1000,
            "microphone": False,
            "printing": False,
            "watermark": True,
        }
        assert sources == {
            "clipboard": ("group", "Outer"),
            "maxUploadBytes": ("group", "Outer"),
            "microphone": ("organization", "Org-Acme"),
            "printing": ("template", "Editor"),
            "watermark": ("group", "Inner"),
        }

    async def test_elsewhere_is_not_held_to_it(self, boss: httpx2.AsyncClient, login: Login, context: Context) -> None:
        stranger = await login(name="ann", org="org-other")
        async with context.database.work() as uow:
            await rows.add(uow, await people.add(uow, "ann"), "anns")
        await put(boss, f"organizations/{ORG}", clipboard="off")
        assert await held(stranger, "anns") == (OPEN, {})
        assert (await stranger.get(f"/api/v1/organizations/{ORG}/policy")).status_code == 404
        assert (await boss.get(f"{SESSIONS}/anns/policy")).status_code == 404

    async def test_is_started_and_woken_with_what_holds_then(
        self, boss: httpx2.AsyncClient, mia: httpx2.AsyncClient, context: Context
    ) -> None:
        async with context.database.work() as uow:
            uow.db.add(agent_row(uow, AGENT))
        await put(boss, f"organizations/{ORG}", clipboard="in")
        made = await mia.post(SESSIONS, json={"template": "editor"})
        assert made.status_code == 201, made.text
        async with context.database.work(write=False) as uow:
            found = await uow.db.execute(select(AgentCommand).where(AgentCommand.session_id == made.json()["id"]))
            payload = found.scalar_one().payload
        assert payload["policy"] == OPEN | {"clipboard": "in"}


class TestATicket:
    async def test_says_only_what_restricts(
        self, boss: httpx2.AsyncClient, mia: httpx2.AsyncClient, context: Context
    ) -> None:
        await put(boss, f"organizations/{ORG}", clipboard="both", microphone=True)
        first = await ticket(mia, context)
        await put(boss, f"organizations/{ORG}", clipboard="off", upload=True)
        second = await ticket(mia, context)
        assert first.policy == Policy(max_upload_bytes=DEFAULT_UPLOAD_BYTES)
        assert second.policy == Policy(max_upload_bytes=DEFAULT_UPLOAD_BYTES, clipboard="off")


class TestAnOpenStream:
    async def cut(self, context: Context) -> set[str]:
        async with context.database.work(write=False) as uow:
            found = await uow.db.execute(select(Revocation.subject).where(Revocation.kind == "connection"))
            # Those for files are refused for the whole organisation at once.
            return {subject for subject in found.scalars() if not subject.startswith("files-")}

    async def test_is_closed_within_a_second_when_what_holds_for_it_changes(
        self, boss: httpx2.AsyncClient, mia: httpx2.AsyncClient, context: Context, login: Login
    ) -> None:
        tom = await login(name="tom", org="org-other")
        async with context.database.work() as uow:
            await rows.add(uow, await people.add(uow, "tom"), "toms")
        hers, his = await ticket(mia, context), await ticket(tom, context, "toms")
        await put(boss, f"organizations/{ORG}", clipboard="in")
        async with asyncio.timeout(2):
            while not await self.cut(context):
                await asyncio.sleep(0.05)
        assert await self.cut(context) == {hers.connection_id}
        assert (await ticket(mia, context)).policy == Policy(max_upload_bytes=DEFAULT_UPLOAD_BYTES, clipboard="in")
        assert (await tom.post(f"{SESSIONS}/toms/heartbeat?connectionId={his.connection_id}")).status_code == 200

    async def test_goes_on_where_nothing_changes_for_it(
        self, boss: httpx2.AsyncClient, mia: httpx2.AsyncClient, context: Context
    ) -> None:
        await put(boss, f"organizations/{ORG}", clipboard="in")
        await ticket(mia, context)
        other = await group(boss, "other")
        policing = Policing(context.database)
        await put(boss, f"groups/{other}", clipboard="off")
        await put(boss, f"organizations/{ORG}", clipboard="in", upload=True)
        assert await policing.follow({ORG}) == 0
        assert await self.cut(context) == set()

    async def test_is_found_by_the_sweep_when_its_person_joins_a_group(
        self, boss: httpx2.AsyncClient, mia: httpx2.AsyncClient, context: Context
    ) -> None:
        strict = await group(boss, "strict")
        await put(boss, f"groups/{strict}", clipboard="off")
        opened = await ticket(mia, context)
        user_id = (await mia.get("/api/v1/users/me")).json()["id"]
        await boss.post(f"/api/v1/groups/{strict}/members", json={"userId": user_id})
        assert await Policing(context.database).follow({ORG}) == 1
        assert await self.cut(context) == {opened.connection_id}
