"""Of several processes that speak for one agent, one acts; over real sockets, with scripted agents."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from streamspace.kit import ids
from streamspace.kit.clock import FakeClock
from streamspace.protocol import control
from streamspace.server.agents.admission import SILENCE
from tests.server.conftest import Login, Served
from tests.server.scripted import PATIENCE, ScriptedAgent, channel, connected, join_token, register

HEARTBEAT = "/api/v1/agents/robot/heartbeat"


@pytest.fixture
async def admin(enter: Login) -> httpx2.AsyncClient:
    return await enter("admin")


async def shown(admin: httpx2.AsyncClient) -> dict[str, Any]:
    found: dict[str, Any] = (await admin.get("/api/v1/agents/robot")).json()
    return found


async def until(admin: httpx2.AsyncClient, status: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while (await shown(admin))["status"] != status:
            await asyncio.sleep(0.02)


async def order(admin: httpx2.AsyncClient) -> str:
    answer = await admin.post("/api/v1/agents/robot/command", json={"action": "ping"})
    assert answer.status_code == 201, answer.text
    command_id: str = answer.json()["commandId"]
    return command_id


async def hello(agent: ScriptedAgent) -> int:
    epoch: int = (await agent.take("hello"))["epoch"]
    await agent.say("hello", version=2, abilities=[])
    return epoch


class TestStandby:
    async def test_the_second_waits_and_acts_as_soon_as_the_first_says_goodbye(
        self, admin: httpx2.AsyncClient, served: Served
    ) -> None:
        async with (
            connected(admin, served.url, instance="one", version=2) as first,
            channel(served.url, "robot", first.key, instance="two") as second,
        ):
            assert await second.take("standby") == {"reason": "Another process acts."}
            given = await order(admin)
            command = await first.command("ping")
            assert (command["commandId"], command["epoch"]) == (given, first.epoch)
            await first.complete(command, at="now")
            await first.socket.close(1000)
            async with asyncio.timeout(1):
                assert await hello(second) == first.epoch + 1
            given = await order(admin)
            command = await second.command("ping")
            assert (command["commandId"], command["epoch"]) == (given, first.epoch + 1)

    async def test_who_vanishes_keeps_its_place_for_three_heartbeats(
        self, admin: httpx2.AsyncClient, served: Served, clock: FakeClock
    ) -> None:
        served.context.database.clock = clock
        async with (
            connected(admin, served.url, instance="one", version=2) as first,
            channel(served.url, "robot", first.key, instance="two") as second,
        ):
            await second.take("standby")
            first.socket.transport.abort()
            await until(admin, "offline")
            clock.advance(SILENCE - timedelta(seconds=2))
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(2.5):
                    await second.socket.recv()
            clock.advance(timedelta(seconds=3))
            assert await hello(second) == first.epoch + 1

    async def test_the_same_process_comes_back_at_once(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with (
            connected(admin, served.url, instance="one", version=2) as first,
            channel(served.url, "robot", first.key, instance="one") as again,
        ):
            assert await hello(again) == first.epoch + 1
            assert (await first.closed())[0] == control.HELD

    async def test_an_agent_too_old_to_stand_by_is_sent_away(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url, instance="one", version=2) as first:
            async with channel(served.url, "robot", first.key) as old:
                assert await old.closed() == (control.HELD, "agent_held")
            assert (await shown(admin))["status"] == "online"

    async def test_only_one_of_many_that_come_at_once_acts(self, admin: httpx2.AsyncClient, served: Served) -> None:
        key = ids.secret()
        await register(admin, "robot", key, await join_token(admin))

        async def try_once(name: str) -> str:
            async with channel(served.url, "robot", key, instance=name) as agent:
                message = control.unwrap(await agent.socket.recv())
                await asyncio.sleep(0.5)
                return message.type

        heard = await asyncio.gather(*(try_once(f"process-{n}") for n in range(5)))
        assert sorted(heard) == ["hello", *["standby"] * 4]

    async def test_one_whose_key_is_revoked_while_it_waits_is_sent_away(
        self, admin: httpx2.AsyncClient, served: Served
    ) -> None:
        async with (
            connected(admin, served.url, instance="one", version=2) as first,
            channel(served.url, "robot", first.key, instance="two") as second,
        ):
            await second.take("standby")
            await admin.post("/api/v1/agents/robot/revoke-key")
            assert (await first.closed())[0] == control.REFUSED
            assert (await second.closed())[0] == control.REFUSED

    async def test_those_who_may_wait_are_so_many(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url, instance="one", version=2) as first:

            async def come(name: str) -> tuple[int, str]:
                async with channel(served.url, "robot", first.key, instance=name) as agent:
                    await agent.take("standby")
                    try:
                        async with asyncio.timeout(2):
                            return await agent.closed()
                    except TimeoutError:
                        return 0, ""

            ends = await asyncio.gather(*(come(f"process-{n}") for n in range(10)))
            assert sorted(ends) == [*[(0, "")] * 8, *[(control.HELD, "agent_held")] * 2]


class TestHeartbeatOverHttp:
    async def beat(self, admin: httpx2.AsyncClient, key: str, instance: str = "", **body: object) -> httpx2.Response:
        headers = {control.KEY_HEADER: key} | ({control.INSTANCE_HEADER: instance} if instance else {})
        return await admin.post(HEARTBEAT, json={"activeSessions": 1, **body}, headers=headers)

    async def test_says_that_it_lives_and_how_full_it_is(self, admin: httpx2.AsyncClient, served: Served) -> None:
        key = ids.secret()
        await register(admin, "robot", key, await join_token(admin))
        answer = await self.beat(
            admin, key, usage={"cpuPercent": 12.5}, capacity={"maxSessions": 3, "cpu": "2", "memory": "1Gi"}
        )
        assert answer.status_code == 200, answer.text
        told = answer.json()
        assert (told["agentId"], told["status"]) == ("robot", "offline")
        agent = await shown(admin)
        assert agent["usage"] == {"cpuPercent": 12.5, "activeSessions": 1, "status": "online"}
        assert {"maxSessions": 3, "cpu": "2", "memory": "1Gi"}.items() <= agent["capacity"].items()
        assert told["lastHeartbeat"]
        assert agent["lastHeartbeat"]

    async def test_keeps_the_place_of_the_one_whose_channel_broke(
        self, admin: httpx2.AsyncClient, served: Served, clock: FakeClock
    ) -> None:
        served.context.database.clock = clock
        async with connected(admin, served.url, instance="one", version=2) as first:
            first.socket.transport.abort()
            await until(admin, "offline")
            clock.advance(timedelta(seconds=20))
            assert (await self.beat(admin, first.key, "one")).status_code == 200
            clock.advance(timedelta(seconds=20))
            held = await self.beat(admin, first.key, "two")
            assert (held.status_code, held.json()["error"]) == (409, "agent_held")

    async def test_needs_the_agents_own_key_and_its_approval(self, admin: httpx2.AsyncClient, served: Served) -> None:
        key = ids.secret()
        assert (await self.beat(admin, key)).status_code == 404
        await register(admin, "robot", key, await join_token(admin, approve=False))
        assert (await self.beat(admin, key)).json()["error"] == "agent_not_approved"
        assert (await self.beat(admin, ids.secret())).json()["error"] == "wrong_agent_key"
        assert (await self.beat(admin, "short")).status_code == 401
        await admin.post("/api/v1/agents/robot/approve")
        assert (await self.beat(admin, key)).status_code == 200
        assert (await self.beat(admin, key, activeSessions=-1)).status_code == 400


class TestVersions:
    @pytest.mark.parametrize("version", [1, 2, 3])
    async def test_the_one_before_and_the_one_after_are_let_in(
        self, admin: httpx2.AsyncClient, served: Served, version: int
    ) -> None:
        async with connected(admin, served.url, version=version) as agent:
            async with asyncio.timeout(PATIENCE):
                while (await shown(admin)).get("protocolVersion") != version:
                    await asyncio.sleep(0.02)
            assert (await shown(admin))["versionsBehind"] == 2 - version
            assert agent.socket.close_code is None

    @pytest.mark.parametrize(("version", "behind"), [(0, "agent"), (4, "control plane")])
    async def test_others_are_told_who_must_be_upgraded_and_get_no_orders(
        self, admin: httpx2.AsyncClient, served: Served, version: int, behind: str
    ) -> None:
        async with connected(admin, served.url, version=version) as agent:
            code, reason = await agent.closed()
            assert (code, reason) == (
                control.MISFIT,
                f"The control plane speaks version 2, the agent {version}: upgrade the {behind}.",
            )
        assert (await shown(admin))["protocolVersion"] == version
