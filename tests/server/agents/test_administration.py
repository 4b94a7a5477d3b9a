"""What administrators do with agents: describe, cordon and empty them, change their keys, order them about."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

import httpx2
import pytest
from prometheus_client import CollectorRegistry, generate_latest

from streamspace.kit import ids
from streamspace.server.agents.hub import AgentHub
from streamspace.server.agents.metrics import FleetMetrics
from streamspace.server.core.http import Context
from tests.server.conftest import Login, Served
from tests.server.scripted import PATIENCE, ScriptedAgent, channel, connected, join_token, register

AGENTS = "/api/v1/agents"
ROBOT = f"{AGENTS}/robot"
KEY, NEW_KEY = "a" * 64, "b" * 64


@pytest.fixture
async def admin(login: Login) -> httpx2.AsyncClient:
    return await login("admin")


@pytest.fixture
async def robot(admin: httpx2.AsyncClient) -> httpx2.AsyncClient:
    """An administrator, and an agent that is known and away."""
    assert (await register(admin, "robot", KEY, await join_token(admin), region="eu")).status_code == 201
    return admin


class TestUpdate:
    async def test_changes_what_is_named_and_leaves_the_rest(self, robot: httpx2.AsyncClient) -> None:
        labels = {"gpu": "yes", "example.org/rack": "r-7", "empty": ""}
        changed = await robot.patch(ROBOT, json={"labels": labels, "maxStarts": 2})
        assert changed.status_code == 200, changed.text
        assert {"labels": labels, "maxStarts": 2, "region": "eu"}.items() <= changed.json().items()
        changed = await robot.patch(ROBOT, json={"region": None, "cordoned": True, "maxStarts": None})
        agent = changed.json()
        assert (agent.get("region"), agent.get("maxStarts"), agent["cordoned"], agent["labels"]) == (
            None,
            None,
            True,
            labels,
        )

    async def test_binds_an_agent_to_an_organisation_that_exists(self, robot: httpx2.AsyncClient) -> None:
        assert (await robot.patch(ROBOT, json={"orgId": "org-default"})).json()["orgId"] == "org-default"
        unknown = await robot.patch(ROBOT, json={"orgId": "nowhere"})
        assert (unknown.status_code, unknown.json()["error"]) == (404, "organization_not_found")
        assert (await robot.patch(ROBOT, json={"orgId": None})).json().get("orgId") is None

    @pytest.mark.parametrize(
        "body",
        [
            {"region": "x"},
            {"maxStarts": 0},
            {"maxStarts": "many"},
            {"labels": {"": "x"}},
            {"labels": {"a b": "x"}},
            {"labels": {"a" * 64: "x"}},
            {"labels": {"a": "x" * 64}},
            {"labels": {"a": "\u0000"}},
            {"labels": {f"k{n}": "v" for n in range(33)}},
            {"labels": []},
        ],
    )
    async def test_refuses_what_is_out_of_bounds(self, robot: httpx2.AsyncClient, body: dict[str, Any]) -> None:
        assert (await robot.patch(ROBOT, json=body)).status_code == 400

    async def test_its_own_settings_do_not_undo_the_region_until_they_change(self, robot: httpx2.AsyncClient) -> None:
        await robot.patch(ROBOT, json={"region": "us"})
        assert (await register(robot, "robot", KEY, None, region="eu")).json()["region"] == "us"
        assert (await register(robot, "robot", KEY, None, region="asia")).json()["region"] == "asia"

    async def test_labels_come_with_the_first_registration_only(self, admin: httpx2.AsyncClient) -> None:
        made = await register(admin, "robot", KEY, await join_token(admin), labels={"gpu": "yes"})
        assert made.json()["labels"] == {"gpu": "yes"}
        assert (await register(admin, "robot", KEY, None, labels={})).json()["labels"] == {"gpu": "yes"}

    async def test_is_written_to_the_audit_log_with_what_differs(
        self, robot: httpx2.AsyncClient, context: Context
    ) -> None:
        await robot.patch(ROBOT, json={"region": "us"})
        async with asyncio.timeout(PATIENCE):
            while True:
                entry = (await robot.get("/api/v1/admin/audit", params={"limit": 1})).json()["logs"][0]
                if entry["action"] == "agent.changed":
                    break
                await asyncio.sleep(0.1)
        assert "us" in str(entry["changes"])


class TestList:
    async def test_shows_those_that_match(self, robot: httpx2.AsyncClient) -> None:
        await register(robot, "second", NEW_KEY, await join_token(robot, approve=False), platform="docker")
        await robot.patch(ROBOT, json={"labels": {"gpu": "yes"}})
        for asked, names in [
            ({}, ["robot", "second"]),
            ({"platform": "docker"}, ["second"]),
            ({"region": "eu"}, ["robot"]),
            ({"approval": "pending"}, ["second"]),
            ({"status": "offline"}, ["robot", "second"]),
            ({"status": "online"}, []),
            ({"label": "gpu"}, ["robot"]),
            ({"label": "gpu=yes"}, ["robot"]),
            ({"label": ["gpu=no"]}, []),
        ]:
            found = (await robot.get(AGENTS, params=asked)).json()
            assert [agent["agentId"] for agent in found["agents"]] == names, asked
        assert (await robot.get(AGENTS, params={"status": "tired"})).status_code == 400


class TestCordon:
    async def test_an_agent_that_is_cordoned_gets_no_session_and_says_why(self, served: Served, enter: Login) -> None:
        admin = await enter("admin")
        async with connected(admin, served.url):
            assert (await admin.post(f"{ROBOT}/cordon")).json()["cordoned"] is True
            refused = await admin.post("/api/v1/sessions", json={"template": "editor"})
            assert (refused.status_code, refused.json()["error"]) == (503, "no_capacity")
            assert "cordoned" in refused.text
            assert (await admin.post(f"{ROBOT}/uncordon")).json()["cordoned"] is False
            assert (await admin.post("/api/v1/sessions", json={"template": "editor"})).status_code == 201

    async def test_an_agent_that_says_it_drains_gets_none_either(self, served: Served, enter: Login) -> None:
        admin = await enter("admin")
        async with connected(admin, served.url) as agent:
            await agent.say("heartbeat", status="draining", activeSessions=0)
            async with asyncio.timeout(PATIENCE):
                while ((await admin.get(ROBOT)).json().get("usage") or {}).get("status") != "draining":
                    await served.context.part(AgentHub).flush()
                    await asyncio.sleep(0.05)
            refused = await admin.post("/api/v1/sessions", json={"template": "editor"})
            assert refused.json()["error"] == "no_capacity"


class TestDrain:
    async def test_with_eviction_puts_what_runs_to_sleep(self, served: Served, enter: Login) -> None:
        admin = await enter("admin")
        async with connected(admin, served.url) as agent:
            session_id = (await admin.post("/api/v1/sessions", json={"template": "editor"})).json()["id"]
            await agent.bring_up(await agent.command("start_session"))
            async with asyncio.timeout(PATIENCE):
                while (await admin.get(f"/api/v1/sessions/{session_id}")).json()["state"] != "running":
                    await asyncio.sleep(0.02)
            drained = await admin.post(f"{ROBOT}/drain", params={"evict": "hibernate"})
            assert (drained.json()["status"], drained.json()["evict"]) == ("draining", "hibernate")
            sleep = await agent.command("hibernate_session")
            assert sleep["payload"]["sessionId"] == session_id
            undrained = (await admin.post(f"{ROBOT}/undrain")).json()
            assert undrained.get("evict") is None

    async def test_knows_no_other_eviction(self, robot: httpx2.AsyncClient) -> None:
        assert (await robot.post(f"{ROBOT}/drain", params={"evict": "explode"})).status_code == 400


class TestKeys:
    async def test_a_connected_agent_makes_its_new_key_and_both_work_for_a_while(
        self, served: Served, enter: Login
    ) -> None:
        admin = await enter("admin")
        async with connected(admin, served.url, instance="one", version=2) as agent:
            rotating = asyncio.create_task(admin.post(f"{ROBOT}/rotate-key"))
            asked = await agent.take("query")
            assert asked["question"] == "rotate_key"
            await agent.say("answer", queryId=asked["queryId"], result={"key": NEW_KEY})
            confirmed = await agent.take("query")
            assert confirmed["question"] == "key_accepted"
            await agent.say("answer", queryId=confirmed["queryId"], result={"done": True})
            rotated = await rotating
            assert (rotated.status_code, NEW_KEY in rotated.text) == (200, False)
            assert rotated.json()["previousKeyUntil"]
            for key in (NEW_KEY, agent.key):
                async with channel(served.url, "robot", key, instance="one") as again:
                    await again.take("hello")

    @pytest.mark.parametrize("result", [{}, {"key": "short"}, {"key": 7}, {"key": "A" * 64}])
    async def test_an_agent_that_makes_none_keeps_its_own(
        self, served: Served, enter: Login, result: dict[str, Any]
    ) -> None:
        admin = await enter("admin")
        async with connected(admin, served.url) as agent:
            rotating = asyncio.create_task(admin.post(f"{ROBOT}/rotate-key"))
            asked = await agent.take("query")
            await agent.say("answer", queryId=asked["queryId"], result=result)
            refused = await rotating
            assert (refused.status_code, refused.json()["error"]) == (409, "cannot_rotate_key")

    async def test_an_agent_that_is_away_cannot_make_one(self, robot: httpx2.AsyncClient) -> None:
        refused = await robot.post(f"{ROBOT}/rotate-key")
        assert (refused.status_code, refused.json()["error"]) == (409, "agent_not_connected")

    async def test_one_is_generated_for_who_lost_its_own_and_shown_once(self, robot: httpx2.AsyncClient) -> None:
        made = (await robot.post(f"{ROBOT}/generate-key")).json()
        assert made["usage"] == {"header": "X-Agent-API-Key", "value": made["apiKey"]}
        assert (await register(robot, "robot", made["apiKey"], None)).status_code == 200
        assert (await register(robot, "robot", KEY, None)).status_code == 200
        assert made["apiKey"] not in (await robot.get(ROBOT)).text

    async def test_the_former_one_stops_when_its_time_is_over(
        self, robot: httpx2.AsyncClient, context: Context
    ) -> None:
        made = (await robot.post(f"{ROBOT}/generate-key")).json()
        second = (await robot.post(f"{ROBOT}/generate-key")).json()
        assert (await register(robot, "robot", KEY, None)).status_code == 403
        assert (await register(robot, "robot", made["apiKey"], None)).status_code == 200
        assert (await register(robot, "robot", second["apiKey"], None)).status_code == 200

    async def test_revoked_ones_work_no_more_and_a_new_one_does(self, served: Served, enter: Login) -> None:
        admin = await enter("admin")
        async with connected(admin, served.url) as agent:
            assert (await admin.post(f"{ROBOT}/revoke-key")).json()["keyRevoked"] is True
            async with asyncio.timeout(1):
                assert (await agent.closed())[0] == 4401
            refused = await register(admin, "robot", agent.key, None)
            assert (refused.status_code, refused.json()["error"]) == (403, "agent_key_revoked")
            made = (await admin.post(f"{ROBOT}/generate-key")).json()
            assert (await register(admin, "robot", agent.key, None)).status_code == 403
            async with channel(served.url, "robot", made["apiKey"]) as again:
                await again.take("hello")


class TestCommand:
    async def test_is_sent_and_brings_something_back(self, served: Served, enter: Login) -> None:
        admin = await enter("admin")
        async with connected(admin, served.url, version=2) as agent:
            given = await self.given(admin, {"action": "usage", "sessionId": "s-1"})
            assert given.status_code == 201
            order = await agent.command("usage")
            assert (order["commandId"], order["payload"]) == (given.json()["commandId"], {"sessionId": "s-1"})
            await agent.ack(order)
            await agent.complete(order, cpuCores=0.5)
            assert (await self.ended(admin, order))["result"] == {"cpuCores": 0.5}

    async def test_what_came_back_is_bounded(self, served: Served, enter: Login) -> None:
        admin = await enter("admin")
        async with connected(admin, served.url, version=2) as agent:
            await self.given(admin, {"action": "inventory"})
            order = await agent.command("inventory")
            await agent.complete(order, much="x" * 200_000)
            assert (await self.ended(admin, order))["result"] == {"truncated": True}

    async def test_one_that_the_agent_cannot_do_is_refused(self, served: Served, enter: Login) -> None:
        admin = await enter("admin")
        async with connected(admin, served.url, version=2) as agent:
            assert (await self.given(admin, {"action": "ping"})).status_code == 201
            refused = await admin.post(f"{ROBOT}/command", json={"action": "restart"})
            assert (refused.status_code, refused.json()["error"]) == (409, "command_not_supported")
            await agent.socket.close(1000)
        async with connected(admin, served.url, key=agent.key, version=2, abilities=("restart",)):
            assert (await self.given(admin, {"action": "restart"})).status_code == 201

    async def test_an_agent_too_old_for_them_is_not_asked(self, served: Served, enter: Login) -> None:
        admin = await enter("admin")
        async with connected(admin, served.url, version=1) as agent:
            async with asyncio.timeout(PATIENCE):
                while (await admin.get(ROBOT)).json().get("protocolVersion") != 1:
                    await asyncio.sleep(0.02)
            refused = await admin.post(f"{ROBOT}/command", json={"action": "ping"})
            assert refused.json()["error"] == "command_not_supported"
            await agent.silence(0.1)

    async def test_an_agent_that_is_away_takes_none(self, robot: httpx2.AsyncClient) -> None:
        refused = await robot.post(f"{ROBOT}/command", json={"action": "ping"})
        assert (refused.status_code, refused.json()["error"]) == (503, "agent_offline")

    @pytest.mark.parametrize(
        "body", [{}, {"action": "start_session"}, {"action": "ping", "payload": 1}, {"action": "ping", "sessionId": ""}]
    )
    async def test_others_are_bad_requests(self, robot: httpx2.AsyncClient, body: dict[str, Any]) -> None:
        assert (await robot.post(f"{ROBOT}/command", json=body)).status_code == 400

    async def test_all_are_listed_the_newest_first_page_by_page(self, served: Served, enter: Login) -> None:
        admin = await enter("admin")
        async with connected(admin, served.url, version=2) as agent:
            given = [(await self.given(admin, {"action": "ping"})).json()["commandId"] for _ in range(3)]
            order = await agent.command("ping")
            await agent.complete(order)
            await self.ended(admin, order)
            first = (await admin.get(f"{ROBOT}/commands", params={"limit": 2})).json()
            assert [one["commandId"] for one in first["commands"]] == [given[2], given[1]]
            assert first["total"] == 3
            rest = await admin.get(f"{ROBOT}/commands", params={"limit": 2, "cursor": first["nextCursor"]})
            assert [one["commandId"] for one in rest.json()["commands"]] == [given[0]]
            done = (await admin.get(f"{ROBOT}/commands", params={"status": "completed"})).json()
            assert [one["commandId"] for one in done["commands"]] == [given[0]]
            assert (await admin.get(f"{ROBOT}/commands", params={"cursor": "no"})).status_code == 400

    @staticmethod
    async def given(admin: httpx2.AsyncClient, body: dict[str, Any]) -> httpx2.Response:
        """Give an order as soon as the agent has said which version it speaks."""
        async with asyncio.timeout(PATIENCE):
            while (answer := await admin.post(f"{ROBOT}/command", json=body)).status_code == 409:
                await asyncio.sleep(0.02)
        return answer

    @staticmethod
    async def ended(admin: httpx2.AsyncClient, order: dict[str, Any]) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            while True:
                found: dict[str, Any] = (await admin.get(f"{ROBOT}/commands/{order['commandId']}")).json()
                if found["status"] in {"completed", "failed"}:
                    return found
                await asyncio.sleep(0.02)


class TestUsage:
    USED: ClassVar[dict[str, Any]] = {
        "cpuPercent": 42.0,
        "memoryUsedBytes": 5,
        "memoryTotalBytes": 10,
        "diskFreeBytes": 7,
        "load": [0.5, 1, 2],
    }

    async def test_is_kept_shown_and_scraped(self, served: Served, enter: Login) -> None:
        admin = await enter("admin")
        async with connected(admin, served.url) as agent:
            await self.say(agent, {**self.USED, "sessions": {}, "sessionUsage": {"s-1": {"cpuCores": 0.5}}})
            async with asyncio.timeout(PATIENCE):
                while "cpuPercent" not in (shown := (await admin.get(ROBOT)).json().get("usage") or {}):
                    await served.context.part(AgentHub).flush()
                    await asyncio.sleep(0.05)
            assert shown == {
                **self.USED,
                "sessionUsage": {"s-1": {"cpuCores": 0.5}},
                "activeSessions": 2,
                "status": "online",
            }
            (listed,) = (await admin.get(AGENTS)).json()["agents"]
            assert "sessionUsage" not in listed["usage"]
            registry = CollectorRegistry()
            await FleetMetrics(served.context.database, registry).run()
            text = generate_latest(registry).decode()
            for line in (
                'streamspace_agents{status="online"} 1.0',
                'streamspace_agent_cpu_percent{agent_id="robot"} 42.0',
                'streamspace_agent_memory_total_bytes{agent_id="robot"} 10.0',
                'streamspace_agent_disk_free_bytes{agent_id="robot"} 7.0',
                'streamspace_agent_load{agent_id="robot"} 0.5',
                'streamspace_agent_sessions_active{agent_id="robot"} 2.0',
                'streamspace_agent_capacity_max{agent_id="robot"} 1000.0',
            ):
                assert line in text
            assert 'streamspace_agent_heartbeat_age_seconds{agent_id="robot"}' in text

    async def test_strange_words_do_no_harm(self, served: Served, enter: Login) -> None:
        admin = await enter("admin")
        async with connected(admin, served.url) as agent:
            await self.say(agent, {"cpuPercent": "lots", "load": 7, "memoryUsedBytes": None})
            async with asyncio.timeout(PATIENCE):
                while "cpuPercent" not in ((await admin.get(ROBOT)).json().get("usage") or {}):
                    await served.context.part(AgentHub).flush()
                    await asyncio.sleep(0.05)
            registry = CollectorRegistry()
            await FleetMetrics(served.context.database, registry).run()
            assert "streamspace_agent_cpu_percent{" not in generate_latest(registry).decode()

    @staticmethod
    async def say(agent: ScriptedAgent, usage: dict[str, Any]) -> None:
        await agent.say("heartbeat", status="online", activeSessions=2, usage=usage)


async def test_a_join_token_binds_to_an_organisation(admin: httpx2.AsyncClient) -> None:
    token = await join_token(admin, orgId="org-default")
    assert (await register(admin, "robot", ids.secret(), token)).json()["orgId"] == "org-default"
    assert (await admin.post(f"{AGENTS}/join-tokens", json={"orgId": "nowhere"})).status_code == 404
