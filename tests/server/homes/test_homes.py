"""What homes hold: told by agents, shown to their people, and kept to a limit. On both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from streamspace.protocol import control
from streamspace.server.core.events import Published
from streamspace.server.core.http import Context
from streamspace.server.core.settings import Settings
from streamspace.server.homes.models import Home
from streamspace.server.sessions.models import SessionEvent
from streamspace.server.sessions.reactions import Reactions
from tests.server import people
from tests.server.conftest import Login
from tests.server.matrix.world import AGENT
from tests.server.sessions import rows
from tests.server.sessions.fleet import agent_row

GIB = 1024**3
OTHER = "second"


@pytest.fixture
def reactions(settings: Settings) -> Reactions:
    return Reactions(settings)


@pytest.fixture(autouse=True)
async def _fleet(context: Context) -> None:
    async with context.database.work() as uow:
        uow.db.add_all([agent_row(uow, AGENT), agent_row(uow, OTHER)])


async def tell(
    context: Context,
    reactions: Reactions,
    sizes: dict[tuple[str, str], int],
    *,
    agent_id: str = AGENT,
    round_seconds: float | None = None,
) -> None:
    """Have an agent say how much homes hold."""
    homes = [control.HomeSize(org_id=org, user_id=user, size_bytes=size) for (org, user), size in sizes.items()]
    async with context.database.work() as uow:
        await reactions.measured(uow, agent_id, control.Homes(homes=homes, round_seconds=round_seconds))


async def person(client: httpx2.AsyncClient) -> tuple[str, str]:
    me = (await client.get("/api/v1/users/me")).json()
    return me["orgId"], me["id"]


async def stored(client: httpx2.AsyncClient) -> str | None:
    return (await client.get("/api/v1/users/me/quota")).json().get("usedStorage")


class TestWhatIsTold:
    async def test_a_quota_shows_the_sum_over_agents(
        self, login: Login, context: Context, reactions: Reactions
    ) -> None:
        mia, admin = await login(name="mia"), await login("admin")
        whose = await person(mia)
        assert await stored(mia) is None
        await tell(context, reactions, {whose: GIB})
        await tell(context, reactions, {whose: GIB // 2}, agent_id=OTHER)
        assert await stored(mia) == "1.5Gi"
        everybody = (await admin.get("/api/v1/admin/quotas")).json()["quotas"]
        assert {one["username"]: one.get("usedStorage") for one in everybody}["mia"] == "1.5Gi"
        of_all = (await admin.get(f"/api/v1/organizations/{whose[0]}/quota")).json()
        assert of_all["usedStorage"] == "1.5Gi"
        await tell(context, reactions, {whose: 0})
        assert await stored(mia) == "512Mi"

    async def test_a_whole_round_forgets_what_it_did_not_name(
        self, login: Login, context: Context, reactions: Reactions
    ) -> None:
        mia = await login(name="mia")
        whose = await person(mia)
        await tell(context, reactions, {whose: GIB})
        await tell(context, reactions, {}, round_seconds=1)
        assert await stored(mia) == "1Gi"  # it may have been measured while that round was under way
        async with context.database.work() as uow:
            home = (await uow.db.execute(select(Home))).scalar_one()
            home.measured_at = uow.now() - timedelta(minutes=5)
        await tell(context, reactions, {}, agent_id=OTHER, round_seconds=1)
        await tell(context, reactions, {})
        assert await stored(mia) == "1Gi"
        await tell(context, reactions, {}, round_seconds=1)
        assert await stored(mia) is None

    async def test_strangers_are_left_out_and_an_agent_speaks_of_its_own_organisation_alone(
        self, login: Login, context: Context, reactions: Reactions
    ) -> None:
        mia, otto = await login(name="mia", org="acme"), await login(name="otto", org="other")
        hers, his = await person(mia), await person(otto)
        async with context.database.work() as uow:
            uow.db.add(agent_row(uow, "acmes", org_id=hers[0]))
        sizes = {hers: GIB, his: GIB, (hers[0], his[1]): GIB, ("nowhere", "nobody"): GIB}
        await tell(context, reactions, sizes, agent_id="acmes")
        await tell(context, reactions, {hers: GIB}, agent_id="never heard of")
        assert (await stored(mia), await stored(otto)) == ("1Gi", None)
        async with context.database.work(write=False) as uow:
            assert len((await uow.db.execute(select(Home))).all()) == 1


class TestTheList:
    async def test_has_the_largest_first_page_by_page_and_only_ones_own(
        self, login: Login, context: Context, reactions: Reactions
    ) -> None:
        members = [await login(name=f"member-{n}", org="acme") for n in range(5)]
        whose = [await person(member) for member in members]
        stranger = await person(await login(name="otto", org="other"))
        await tell(context, reactions, {who: (n // 2) * GIB for n, who in enumerate(whose)} | {stranger: 9 * GIB})
        head = await login(name="head", org_role="org_admin", org="acme")
        seen: list[dict[str, Any]] = []
        cursor = None
        while True:
            query = {"limit": 2, **({"cursor": cursor} if cursor else {})}
            page = (await head.get("/api/v1/admin/homes", params=query)).json()
            assert page["total"] == 5
            seen += page["homes"]
            if (cursor := page.get("nextCursor")) is None:
                break
        assert [one["sizeBytes"] // GIB for one in seen] == [2, 1, 1, 0, 0]
        assert seen[0] | {"username": "member-4", "size": "2Gi", "agentId": AGENT, "userId": whose[4][1]} == seen[0]
        assert len({one["userId"] for one in seen}) == 5
        everywhere = (await (await login("admin")).get("/api/v1/admin/homes")).json()
        assert everywhere["homes"][0]["username"] == "otto"
        assert (await members[0].get("/api/v1/admin/homes")).status_code == 403
        bad = await head.get("/api/v1/admin/homes", params={"cursor": "x"})
        assert bad.status_code == 400


class TestTheLimit:
    async def test_refuses_a_start_and_says_what_to_do(
        self, login: Login, context: Context, reactions: Reactions
    ) -> None:
        mia = await login(name="mia")
        whose = await person(mia)
        await tell(context, reactions, {whose: 50 * GIB})
        assert (await create(mia)).status_code == 201
        await tell(context, reactions, {whose: 50 * GIB + 1})
        answer = await create(mia)
        assert answer.status_code == 403
        body = answer.json()
        assert body["error"] == "quota_exceeded"
        assert (
            body["details"] | {"limit": "storage", "max": "50Gi", "used": "50.01Gi", "name": "mia"} == body["details"]
        )
        assert "50Gi" in body["message"]
        assert "remove files" in body["message"]
        preview = (await mia.post("/api/v1/sessions?dryRun=true", json={"template": "editor"})).json()
        assert preview["quota"]["ok"] is False
        # No home of theirs is written to.
        assert (await create(mia, persistentHome=False)).status_code == 201

    async def test_lets_a_session_wake_so_that_files_can_be_removed(
        self, login: Login, context: Context, reactions: Reactions
    ) -> None:
        mia = await login(name="mia")
        async with context.database.work() as uow:
            await rows.add(uow, await people.add(uow, "mia"), "asleep", state="hibernated", agent_id=AGENT)
        await tell(context, reactions, {await person(mia): 51 * GIB})
        assert (await mia.put("/api/v1/sessions/asleep/wake")).status_code == 202

    async def test_of_a_group_and_an_organisation_counts_all_their_homes(
        self, login: Login, context: Context, reactions: Reactions
    ) -> None:
        admin, mia, ann = await login("admin"), await login(name="mia"), await login(name="ann")
        whose = await person(mia)
        await admin.put(f"/api/v1/organizations/{whose[0]}/quota", json={"maxStorage": "3Gi"})
        await tell(context, reactions, {whose: 2 * GIB, await person(ann): 2 * GIB})
        details = (await create(mia)).json()["details"]
        assert details | {"limit": "storage", "scope": "organization", "used": "4Gi"} == details

    async def test_warns_those_who_work_once(self, login: Login, context: Context, reactions: Reactions) -> None:
        mia = await login(name="mia")
        whose = await person(mia)
        async with context.database.work() as uow:
            her = await people.add(uow, "mia")
            await rows.add(uow, her, "works", agent_id=AGENT)
            await rows.add(uow, her, "sleeps", state="hibernated", agent_id=AGENT)
            await rows.add(uow, her, "forgets", persistent_home=False, agent_id=AGENT)
        assert await warned(context, reactions, whose, 49) == []
        assert await warned(context, reactions, whose, 51) == ["works"]
        assert await warned(context, reactions, whose, 52) == []
        assert await warned(context, reactions, whose, 10) == []
        assert await warned(context, reactions, whose, 60) == ["works"]
        async with context.database.work(write=False) as uow:
            noted = (await uow.db.execute(select(SessionEvent).where(SessionEvent.kind == "home_full"))).scalars().all()
        assert [entry.session_id for entry in noted] == ["works", "works"]
        assert "51Gi of 50Gi" in str(noted[0].message)


async def create(client: httpx2.AsyncClient, **more: Any) -> httpx2.Response:
    return await client.post("/api/v1/sessions", json={"template": "editor", **more}, timeout=60)


async def warned(context: Context, reactions: Reactions, whose: tuple[str, str], gib: int) -> list[str]:
    """Return which sessions are told that their home is full when it holds so much."""
    told: list[str] = []

    async def hear(event: Published) -> None:
        assert event.payload["max_storage"] == "50Gi"
        told.append(event.payload["session_id"])

    context.bus.subscribe(hear, "session.home_full")
    await tell(context, reactions, {whose: gib * GIB})
    await asyncio.sleep(0.3)
    return told
