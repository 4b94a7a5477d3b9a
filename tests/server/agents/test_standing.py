"""How agents stand: what is promised, what begins, why they take nothing, and what they used."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import update

from streamspace.kit.clock import FakeClock
from streamspace.server.agents import usage
from streamspace.server.agents.models import Agent
from streamspace.server.agents.pace import HeartbeatPace
from streamspace.server.agents.standing import Promises
from streamspace.server.core.http import Context
from tests.server.conftest import Login, Served
from tests.server.scripted import PATIENCE, connected, join_token, register

AGENTS = "/api/v1/agents"
ROBOT = f"{AGENTS}/robot"
KEY = "a" * 64


@pytest.fixture
async def robot(login: Login) -> httpx2.AsyncClient:
    """An administrator, and an agent that is known and away."""
    admin = await login("admin")
    assert (await register(admin, "robot", KEY, await join_token(admin))).status_code == 201
    return admin


async def change(context: Context, **values: Any) -> None:
    # Heard of in the future, so that the look for silent agents leaves it alone.
    values.setdefault("last_heartbeat", context.clock.now() + timedelta(days=1))
    async with context.database.work() as uow:
        await uow.db.execute(update(Agent).where(Agent.agent_id == "robot").values(**values))


async def codes(admin: httpx2.AsyncClient) -> list[str]:
    standing = (await admin.get(ROBOT)).json()["standing"]
    assert standing["takesSessions"] is (standing["reasons"] == [])
    return [reason["code"] for reason in standing["reasons"]]


class TestReasons:
    async def test_one_that_works_has_none(self, robot: httpx2.AsyncClient, context: Context) -> None:
        assert await codes(robot) == ["offline"]
        await change(context, online=True)
        assert await codes(robot) == []

    @pytest.mark.parametrize(
        ("values", "code"),
        [
            ({"cordoned": True}, "cordoned"),
            ({"draining": True}, "draining"),
            ({"approval_status": "pending"}, "not_approved"),
            ({"approval_status": "rejected"}, "rejected"),
            ({"api_key_hash": ""}, "key_revoked"),
            ({"protocol_version": 99}, "version"),
            ({"capacity": {"maxSessions": 9, "cpu": "100m", "memory": "64Gi"}}, "cpu"),
            ({"capacity": {"maxSessions": 9, "cpu": "64", "memory": "1Mi"}}, "memory"),
        ],
    )
    async def test_each_is_told(
        self, robot: httpx2.AsyncClient, context: Context, values: dict[str, Any], code: str
    ) -> None:
        await change(context, online=True, **values)
        assert await codes(robot) == [code]

    async def test_an_administrators_bound_counts_where_it_is_lower(self, served: Served, enter: Login) -> None:
        admin = await enter("admin")
        async with connected(admin, served.url):
            changed = await admin.patch(ROBOT, json={"maxSessions": 1})
            assert (changed.json()["maxSessions"], changed.json()["standing"]["takesSessions"]) == (1, True)
            assert (await admin.post("/api/v1/sessions", json={"template": "editor"})).status_code == 201
            assert await codes(admin) == ["full"]
            refused = await admin.post("/api/v1/sessions", json={"template": "editor"})
            assert (refused.status_code, "All 1 places are taken." in refused.text) == (503, True)
            assert (await admin.patch(ROBOT, json={"maxSessions": None})).json()["standing"]["takesSessions"] is True
        assert (await admin.patch(ROBOT, json={"maxSessions": 0})).status_code == 400


class TestLoad:
    async def test_what_is_promised_begun_and_waiting_is_told_in_the_list_too(
        self, served: Served, enter: Login
    ) -> None:
        admin = await enter("admin")
        async with connected(admin, served.url) as agent:
            await admin.patch(ROBOT, json={"maxStarts": 1})
            body = {"template": "editor", "resources": {"cpu": "500m", "memory": "256Mi"}}
            for _ in range(3):
                assert (await admin.post("/api/v1/sessions", json=body)).status_code == 201
            command = await agent.command("start_session")
            (shown,) = (await admin.get(AGENTS)).json()["agents"]
            standing = shown["standing"]
            assert standing == (await admin.get(ROBOT)).json()["standing"]
            assert standing["reserved"] == {"sessions": 3, "cpuMillicores": 1500, "memoryBytes": 3 * 256 * 1024**2}
            assert standing["starts"] == {"underWay": 1, "waiting": 2, "atOnce": 1}
            await agent.bring_up(command)
            drained = (await admin.post(f"{ROBOT}/drain", params={"evict": "hibernate"})).json()
            assert (drained["drainingFrom"], drained["standing"]["reserved"]["sessions"]) == (3, 3)
            again = (await admin.post(f"{ROBOT}/drain")).json()
            assert again["drainingSince"] == drained["drainingSince"]
            undrained = (await admin.post(f"{ROBOT}/undrain")).json()
            assert (undrained.get("drainingSince"), undrained.get("drainingFrom")) == (None, None)

    async def test_sleepers_take_no_room_and_are_counted(self, served: Served, enter: Login) -> None:
        admin = await enter("admin")
        async with connected(admin, served.url) as agent:
            session_id = (await admin.post("/api/v1/sessions", json={"template": "editor"})).json()["id"]
            await agent.bring_up(await agent.command("start_session"))
            await self.reaches(admin, session_id, "running")
            await admin.post(f"/api/v1/sessions/{session_id}/hibernate")
            await agent.complete(await agent.command("hibernate_session"))
            await self.reaches(admin, session_id, "hibernated")
            standing = (await admin.get(ROBOT)).json()["standing"]
            assert (standing["asleep"], standing["reserved"]["sessions"]) == (1, 0)

    async def test_the_sessions_of_an_agent_are_listed(self, served: Served, enter: Login) -> None:
        admin = await enter("admin")
        async with connected(admin, served.url):
            made = (await admin.post("/api/v1/sessions", json={"template": "editor"})).json()["id"]
            for agent, found in (("robot", [made]), ("other", [])):
                answer = (await admin.get("/api/v1/sessions", params={"agent": agent})).json()
                assert [session["id"] for session in answer["sessions"]] == found

    @staticmethod
    async def reaches(admin: httpx2.AsyncClient, session_id: str, state: str) -> None:
        async with asyncio.timeout(PATIENCE):
            while (await admin.get(f"/api/v1/sessions/{session_id}")).json()["state"] != state:
                await asyncio.sleep(0.02)


class TestUsage:
    async def test_is_kept_for_a_day_while_the_agent_is_there(
        self, robot: httpx2.AsyncClient, context: Context, clock: FakeClock
    ) -> None:
        used = {"cpuPercent": 12.5, "memoryUsedBytes": 3 * 1024**3, "activeSessions": 2, "diskFreeBytes": "much"}
        await change(context, online=True, usage=used)
        began, context.database.clock = context.database.clock, clock
        clock.advance(-timedelta(hours=30))
        for _ in range(3):
            await self.sample(context)
            clock.advance(timedelta(hours=10))
        context.database.clock = began
        await change(context, online=False)
        await self.sample(context)
        found = (await robot.get(f"{ROBOT}/usage")).json()
        assert (found["agentId"], found["everySeconds"]) == ("robot", 120)
        assert len(found["samples"]) == 2
        told = {name: value for name, value in found["samples"][0].items() if value is not None}
        assert told | {"at": 0} == {
            "at": 0,
            "cpuPercent": 12.5,
            "memoryUsedBytes": 3 * 1024**3,
            "sessions": 2,
            "reservedSessions": 0,
            "reservedMillicores": 0,
            "reservedBytes": 0,
        }

    async def test_is_asked_for_so_many_hours(
        self, robot: httpx2.AsyncClient, context: Context, clock: FakeClock
    ) -> None:
        await change(context, online=True)
        began, context.database.clock = context.database.clock, clock
        clock.advance(-timedelta(minutes=90))
        for _ in range(3):
            await self.sample(context)
            clock.advance(timedelta(minutes=40))
        context.database.clock = began
        found = (await robot.get(f"{ROBOT}/usage", params={"hours": 1})).json()
        assert len(found["samples"]) == 2
        assert found["samples"][0]["at"] < found["samples"][1]["at"]
        for hours in (0, 25, "x"):
            assert (await robot.get(f"{ROBOT}/usage", params={"hours": hours})).status_code == 400
        assert (await robot.get(f"{AGENTS}/nobody/usage")).status_code == 404

    async def test_goes_with_the_agent(self, robot: httpx2.AsyncClient, context: Context) -> None:
        await change(context, online=True, usage=None)
        await self.sample(context)
        assert (await robot.delete(ROBOT)).status_code == 204
        assert (await register(robot, "robot", KEY, await join_token(robot))).status_code == 201
        assert (await robot.get(f"{ROBOT}/usage")).json()["samples"] == []

    @staticmethod
    async def sample(context: Context) -> None:
        async with context.database.work() as uow:
            await usage.sample(uow, context.part(Promises))


class TestHeartbeatPace:
    async def test_an_agent_that_sends_too_many_is_told_to_wait_and_others_are_not(
        self, robot: httpx2.AsyncClient
    ) -> None:
        other = "b" * 64
        assert (await register(robot, "other", other, await join_token(robot))).status_code == 201
        headers = {"X-Agent-API-Key": KEY}
        for _ in range(HeartbeatPace.A_MINUTE):
            assert (await robot.post(f"{ROBOT}/heartbeat", json={}, headers=headers)).status_code == 200
        async with asyncio.timeout(PATIENCE):
            while (refused := await robot.post(f"{ROBOT}/heartbeat", json={}, headers=headers)).status_code == 200:
                pass
        assert (refused.status_code, refused.json()["error"]) == (429, "too_many_heartbeats")
        assert int(refused.headers["Retry-After"]) >= 1
        taken = await robot.post(f"{AGENTS}/other/heartbeat", json={}, headers={"X-Agent-API-Key": other})
        assert taken.status_code == 200

    async def test_nobody_uses_up_an_agents_share_without_its_key(self, robot: httpx2.AsyncClient) -> None:
        for _ in range(HeartbeatPace.A_MINUTE):
            wrong = await robot.post(f"{ROBOT}/heartbeat", json={}, headers={"X-Agent-API-Key": "c" * 64})
            assert wrong.status_code in {403, 429}
        assert wrong.json()["error"] == "too_many_attempts"


class TestRotatedKey:
    async def test_who_comes_with_the_former_key_hears_that_it_was_rotated(self, robot: httpx2.AsyncClient) -> None:
        for _ in range(2):
            assert (await robot.post(f"{ROBOT}/generate-key")).status_code == 200
        strange = await register(robot, "robot", KEY, None)
        assert (strange.status_code, "registered with another key" in strange.text) == (403, True)

    async def test_and_how_to_get_the_new_one(
        self, robot: httpx2.AsyncClient, context: Context, clock: FakeClock
    ) -> None:
        assert (await robot.post(f"{ROBOT}/generate-key")).status_code == 200
        began, context.database.clock = context.database.clock, clock
        clock.advance(context.settings.agent_key_overlap + timedelta(minutes=1))
        late = await register(robot, "robot", KEY, None)
        context.database.clock = began
        # The code is the one that agents know, which look for a key of their own that follows.
        assert (late.status_code, late.json()["error"]) == (403, "wrong_agent_key")
        assert "Copy agent.key" in late.json()["message"]


class TestAdminAddress:
    async def test_is_another_way_to_the_same_operations(self, robot: httpx2.AsyncClient) -> None:
        for prefix in ("/api/v1/admin/agents", "/api/admin/agents"):
            listed = (await robot.get(prefix)).json()
            assert [agent["agentId"] for agent in listed["agents"]] == ["robot"]
            assert (await robot.get(f"{prefix}/robot")).json() == (await robot.get(ROBOT)).json()
            assert (await robot.post(f"{prefix}/robot/cordon")).json()["cordoned"] is True
            refused = await robot.post(f"{prefix}/robot/command", json={"action": "ping"})
            assert refused.json()["error"] == "agent_offline"
        assert (await robot.delete("/api/v1/admin/agents/robot")).status_code == 204

    async def test_asks_for_the_same_rights(self, robot: httpx2.AsyncClient, login: Login) -> None:
        nobody = await login("user")
        assert (await nobody.get("/api/v1/admin/agents")).status_code == 403
        assert (await (await login("operator")).post("/api/v1/admin/agents/robot/approve")).status_code == 403

    async def test_agents_do_not_register_there(self, robot: httpx2.AsyncClient) -> None:
        answer = await robot.post("/api/v1/admin/agents/register", json={})
        assert answer.status_code in {404, 405}
