"""The control channel, spoken over a real socket by an agent that does what the test says."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import select
from websockets.asyncio.client import connect

from streamspace.kit import ids
from streamspace.kit.clock import FakeClock
from streamspace.protocol import control
from streamspace.server.agents.models import AgentCommand
from streamspace.server.sessions.jobs import Reconciler
from tests.server.conftest import Login, Served
from tests.server.scripted import PATIENCE, ScriptedAgent, channel, connected, join_token, register


@pytest.fixture
async def admin(enter: Login) -> httpx2.AsyncClient:
    return await enter("admin")


async def start(person: httpx2.AsyncClient, template: str = "editor", **more: Any) -> str:
    """Start a session as soon as an agent can take it."""
    async with asyncio.timeout(PATIENCE):
        while True:
            answer = await person.post("/api/v1/sessions", json={"template": template, **more})
            if answer.status_code == 201:
                session_id: str = answer.json()["id"]
                return session_id
            await asyncio.sleep(0.02)


async def until(person: httpx2.AsyncClient, session_id: str, state: str) -> dict[str, Any]:
    """Wait until a session is in a state and return it."""
    async with asyncio.timeout(PATIENCE):
        while True:
            session: dict[str, Any] = (await person.get(f"/api/v1/sessions/{session_id}")).json()
            if session["state"] == state:
                return session
            await asyncio.sleep(0.02)


async def _deadline(served: Served, session_id: str) -> datetime:
    async with served.context.database.work(write=False) as uow:
        found = await uow.db.scalar(select(AgentCommand.deadline).where(AgentCommand.session_id == session_id))
    assert found is not None
    return found


async def running(person: httpx2.AsyncClient, agent: ScriptedAgent) -> str:
    session_id = await start(person)
    await agent.bring_up(await agent.command("start_session"))
    await until(person, session_id, "running")
    return session_id


class TestAdmission:
    async def test_an_agent_that_waits_for_approval_is_sent_away(
        self, admin: httpx2.AsyncClient, served: Served
    ) -> None:
        key = ids.secret()
        await register(admin, "robot", key, await join_token(admin, approve=False))
        async with channel(served.url, "robot", key) as agent:
            assert await agent.closed() == (4401, "agent_not_approved")

    async def test_a_wrong_key_is_sent_away(self, admin: httpx2.AsyncClient, served: Served) -> None:
        await register(admin, "robot", ids.secret(), await join_token(admin))
        async with channel(served.url, "robot", ids.secret()) as agent:
            assert await agent.closed() == (4401, "wrong_agent_key")
        async with channel(served.url, "nobody", ids.secret()) as agent:
            assert (await agent.closed())[0] == 4401

    @pytest.mark.parametrize("verb", ["reject", "delete"])
    async def test_who_is_rejected_or_removed_is_cut_off_within_a_second(
        self, admin: httpx2.AsyncClient, served: Served, verb: str
    ) -> None:
        async with connected(admin, served.url) as agent:
            if verb == "reject":
                await admin.post("/api/v1/agents/robot/reject")
            else:
                await admin.delete("/api/v1/agents/robot")
            async with asyncio.timeout(1):
                assert (await agent.closed())[0] == 4401

    async def test_a_second_channel_replaces_the_first(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url) as first, connected(admin, served.url, key=first.key) as second:
            assert (await first.closed())[0] == 4409
            session_id = await start(admin)
            assert (await second.command("start_session"))["payload"]["sessionId"] == session_id
            assert (await admin.get("/api/v1/agents/robot")).json()["status"] == "online"

    async def test_an_agent_that_left_is_offline(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url):
            assert (await admin.get("/api/v1/agents/robot")).json()["status"] == "online"
        async with asyncio.timeout(PATIENCE):
            while (await admin.get("/api/v1/agents/robot")).json()["status"] != "offline":
                await asyncio.sleep(0.02)

    @pytest.mark.parametrize("text", ["{", "[]", '{"type": "ack", "payload": {}}', '{"payload": 1}'])
    async def test_who_does_not_speak_the_protocol_is_sent_away(
        self, admin: httpx2.AsyncClient, served: Served, text: str
    ) -> None:
        async with connected(admin, served.url) as agent:
            await agent.socket.send(text)
            assert (await agent.closed())[0] == 1008

    async def test_an_unknown_message_is_passed_over(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url) as agent:
            await agent.say("from_the_future", colour="green")
            await running(admin, agent)

    async def test_its_gateways_are_named_to_it(self, admin: httpx2.AsyncClient, served: Served) -> None:
        key = ids.secret()
        await register(admin, "robot", key, await join_token(admin))
        async with channel(served.url, "robot", key) as agent:
            assert await agent.take("streams") == {"gateways": []}


class TestStart:
    async def test_goes_from_the_order_to_running_with_its_steps(
        self, admin: httpx2.AsyncClient, served: Served
    ) -> None:
        async with connected(admin, served.url) as agent:
            session_id = await start(admin, environment={"LANG": "C"}, tags=["a"])
            assert (await until(admin, session_id, "pending"))["agentId"] == "robot"
            order = await agent.command("start_session")
            payload = control.SessionOrder.model_validate(order["payload"])
            assert (payload.session_id, payload.user, payload.cpu) == (session_id, "some-admin", "500m")
            assert payload.environment == {"LANG": "C"}
            await agent.ack(order)
            assert (await until(admin, session_id, "starting"))["status"]["phase"] == "Starting"
            await agent.say("status", sessionId=session_id, state="starting", phase="sandbox")
            await agent.say("status", sessionId=session_id, state="starting", phase="engine", message="Soon.")
            await agent.complete(order)
            session = await until(admin, session_id, "running")
            steps = [step["phase"] for step in session["progress"]]
            assert steps == ["accepted", "sent", "sandbox", "engine", "ready"]
            assert session["startedAt"]

    async def test_a_failure_says_why_with_the_end_of_the_log(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url) as agent:
            session_id = await start(admin)
            order = await agent.command("start_session")
            await agent.ack(order)
            await agent.fail(order, "The display did not start.", code="display", logTail="Xvfb:\0 cannot bind\n")
            session = await until(admin, session_id, "failed")
            assert session["reason"] == {
                "code": "display",
                "message": "The display did not start.",
                "logTail": "Xvfb: cannot bind\n",
            }

    async def test_a_stop_while_it_starts_replaces_the_start(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url) as agent:
            session_id = await start(admin)
            order = await agent.command("start_session")
            await agent.ack(order)
            stopped = await admin.delete(f"/api/v1/sessions/{session_id}")
            assert (stopped.status_code, stopped.json()["state"]) == (202, "terminating")
            stop = await agent.command("stop_session")
            await agent.complete(order)
            await agent.complete(stop)
            session = await until(admin, session_id, "terminated")
            assert session["terminationReason"] == "stopped"

    async def test_a_command_that_was_not_finished_comes_again_on_the_next_channel(
        self, admin: httpx2.AsyncClient, served: Served
    ) -> None:
        async with connected(admin, served.url) as agent:
            session_id = await start(admin)
            order = await agent.command("start_session")
            await agent.ack(order)
            await until(admin, session_id, "starting")
        async with channel(served.url, "robot", agent.key, hello=1) as agent:
            again = await agent.command("start_session")
            assert again == order | {"epoch": order["epoch"] + 1}
            await agent.ack(again)
            await agent.complete(again)
            await agent.complete(again)
            await until(admin, session_id, "running")

    async def test_a_command_queued_while_it_was_away_waits_for_it(
        self, admin: httpx2.AsyncClient, served: Served
    ) -> None:
        async with connected(admin, served.url) as agent:
            session_id = await running(admin, agent)
        await admin.delete(f"/api/v1/sessions/{session_id}")
        held = [{"sessionId": session_id, "state": "running"}]
        async with channel(served.url, "robot", agent.key, hello=1) as agent:
            await agent.say("inventory", sessions=held)
            await agent.complete(await agent.command("stop_session"))
            await until(admin, session_id, "terminated")

    async def test_one_that_takes_too_long_is_tried_again(
        self, admin: httpx2.AsyncClient, served: Served, clock: FakeClock
    ) -> None:
        async with connected(admin, served.url) as agent:
            session_id = await start(admin)
            await agent.ack(await agent.command("start_session"))
            await until(admin, session_id, "starting")
            # Much more than a second: this clock stands still since the test began, and the session is younger.
            clock.advance(served.context.settings.start_timeout + timedelta(minutes=5))
            served.context.database.clock = clock
            await Reconciler(served.context.settings, served.context.database).run()
            session = (await admin.get(f"/api/v1/sessions/{session_id}")).json()
            assert (session["state"], session["attempts"][0]["code"]) == ("pending", "timeout")
            assert session["status"]["message"].startswith("Trying again (2 of 3): It took too long.")

    async def test_while_its_image_is_made_it_has_more_time_and_says_how_far_it_is(
        self, admin: httpx2.AsyncClient, served: Served
    ) -> None:
        async with connected(admin, served.url) as agent:
            session_id = await start(admin)
            order = await agent.command("start_session")
            await agent.ack(order)
            await until(admin, session_id, "starting")
            before = await _deadline(served, session_id)
            served.context.database.clock = FakeClock(before)
            for percent in (10, 20):
                message = f"Pulled {percent} %"
                await agent.say("status", sessionId=session_id, state="starting", phase="image", message=message)
                async with asyncio.timeout(PATIENCE):
                    while (steps := (await admin.get(f"/api/v1/sessions/{session_id}")).json()["progress"])[-1].get(
                        "message"
                    ) != message:
                        await asyncio.sleep(0.02)
            assert [step["phase"] for step in steps] == ["accepted", "sent", "image"]
            settings = served.context.settings
            assert await _deadline(served, session_id) == before + settings.start_timeout
            served.context.database.clock = FakeClock(before + settings.image_timeout)
            await agent.say("status", sessionId=session_id, state="starting", phase="image", message="Still.")
            async with asyncio.timeout(PATIENCE):
                while await _deadline(served, session_id) == before + settings.start_timeout:
                    await asyncio.sleep(0.02)
            latest = before - settings.start_timeout + settings.image_timeout
            assert abs(await _deadline(served, session_id) - latest) < timedelta(seconds=1)

    async def test_orders_for_one_session_come_one_at_a_time(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url) as agent:
            first = await running(admin, agent)
            await admin.put(f"/api/v1/sessions/{first}/hibernate")
            sleep = await agent.command("hibernate_session")
            other = await start(admin)
            assert (await agent.command("start_session"))["payload"]["sessionId"] == other
            await agent.silence()
            await agent.complete(sleep)
            await until(admin, first, "hibernated")


class TestHibernate:
    async def test_and_wake_bring_it_back(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url) as agent:
            session_id = await running(admin, agent)
            asleep = await admin.put(f"/api/v1/sessions/{session_id}/hibernate")
            assert (asleep.status_code, asleep.json()["state"]) == (202, "hibernating")
            await agent.complete(await agent.command("hibernate_session"))
            await until(admin, session_id, "hibernated")
            assert (await admin.post(f"/api/v1/sessions/{session_id}/wake")).json()["state"] == "waking"
            order = await agent.command("wake_session")
            assert order["payload"]["templateManifest"]["metadata"]["name"] == "editor"
            await agent.bring_up(order)
            session = await until(admin, session_id, "running")
            assert [step["phase"] for step in session["progress"]][-1] == "ready"

    async def test_one_that_failed_leaves_it_running(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url) as agent:
            session_id = await running(admin, agent)
            await admin.put(f"/api/v1/sessions/{session_id}/hibernate")
            await agent.fail(await agent.command("hibernate_session"), "The disk is full.")
            assert (await until(admin, session_id, "running"))["status"]["message"] == "The disk is full."

    async def test_a_wake_that_failed_leaves_it_hibernated(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url) as agent:
            session_id = await running(admin, agent)
            await agent.say("status", sessionId=session_id, state="hibernated")
            await until(admin, session_id, "hibernated")
            await admin.put(f"/api/v1/sessions/{session_id}/wake")
            await agent.fail(await agent.command("wake_session"), "No memory is left.")
            assert (await until(admin, session_id, "hibernated"))["reason"]["message"] == "No memory is left."

    async def test_only_a_running_session_can_be_hibernated(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url):
            session_id = await start(admin)
            refused = await admin.put(f"/api/v1/sessions/{session_id}/hibernate")
            assert (refused.status_code, refused.json()["error"]) == (409, "wrong_state")


class TestStatus:
    async def test_a_crash_is_told(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url) as agent:
            session_id = await running(admin, agent)
            await agent.say("status", sessionId=session_id, state="failed", message="Out of memory.", logTail="Killed")
            session = await until(admin, session_id, "failed")
            assert session["reason"] == {"code": "crashed", "message": "Out of memory.", "logTail": "Killed"}

    async def test_closing_the_application_ends_the_session(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url) as agent:
            session_id = await running(admin, agent)
            await agent.say("status", sessionId=session_id, state="terminated")
            assert (await until(admin, session_id, "terminated"))["terminationReason"] == "closed"

    async def test_a_foreign_agents_word_counts_for_nothing(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url) as agent, connected(admin, served.url, "stranger") as stranger:
            await admin.post("/api/v1/agents/stranger/drain")
            session_id = await start(admin)
            order = await agent.command("start_session")
            await stranger.say("status", sessionId=session_id, state="failed", message="It is mine.")
            await stranger.fail(order, "It is mine.")
            await stranger.complete(order)
            await agent.bring_up(order)
            assert "reason" not in await until(admin, session_id, "running")
            await stranger.say("status", sessionId=session_id, state="terminated")
            await stranger.say("heartbeat", activeSessions=0, usage={"sessions": {session_id: 10_000}})
            await _hub(served).flush()
            assert (await admin.get(f"/api/v1/sessions/{session_id}")).json()["state"] == "running"


class TestInventory:
    async def test_what_should_not_be_there_is_stopped(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url) as agent:
            await agent.say("inventory", sessions=[{"sessionId": "nobody-knows-me", "state": "running"}])
            assert (await agent.command("stop_session"))["payload"] == {"sessionId": "nobody-knows-me"}
            await agent.say("inventory", sessions=[{"sessionId": "nobody-knows-me", "state": "running"}])
            await agent.silence()

    async def test_another_agents_session_is_stopped_here_and_lives_there(
        self, admin: httpx2.AsyncClient, served: Served
    ) -> None:
        async with connected(admin, served.url) as agent, connected(admin, served.url, "stranger") as stranger:
            await admin.post("/api/v1/agents/stranger/drain")
            session_id = await running(admin, agent)
            await stranger.say("inventory", sessions=[{"sessionId": session_id, "state": "failed"}])
            assert (await stranger.command("stop_session"))["payload"] == {"sessionId": session_id}
            assert (await admin.get(f"/api/v1/sessions/{session_id}")).json()["state"] == "running"

    async def test_a_running_session_that_vanished_can_be_woken_again(
        self, admin: httpx2.AsyncClient, served: Served
    ) -> None:
        async with connected(admin, served.url) as agent:
            session_id = await running(admin, agent)
            await agent.say("inventory", sessions=[])
            session = await until(admin, session_id, "hibernated")
            assert session["reason"]["code"] == "lost"
            assert (await admin.put(f"/api/v1/sessions/{session_id}/wake")).status_code == 202

    async def test_what_came_up_unheard_is_running(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url) as agent:
            session_id = await running(admin, agent)
            await agent.say("inventory", sessions=[])
            await until(admin, session_id, "hibernated")
            await admin.put(f"/api/v1/sessions/{session_id}/wake")
            await agent.fail(await agent.command("wake_session"), "Gone?")
            await until(admin, session_id, "hibernated")
            await agent.say("status", sessionId=session_id, state="running", streamingReady=True)
            await until(admin, session_id, "running")

    async def test_a_session_on_its_way_is_left_to_its_command(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url) as agent:
            session_id = await start(admin)
            order = await agent.command("start_session")
            await agent.ack(order)
            await agent.say("inventory", sessions=[])
            await agent.complete(order)
            await until(admin, session_id, "running")

    async def test_packages_decide_what_can_be_launched(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url, packages=["chromium"]) as agent:
            await agent.say("ping-pong")
            async with asyncio.timeout(PATIENCE):
                while True:
                    refused = await admin.post("/api/v1/sessions", json={"template": "editor"})
                    if refused.status_code == 503:
                        break
                    await asyncio.sleep(0.02)
            (verdict,) = refused.json()["details"]["agents"]
            assert verdict["reasons"][0]["packages"] == ["mousepad"]
            await start(admin, "browser")


class TestHeartbeat:
    async def test_shows_how_full_the_agent_is(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url) as agent:
            await agent.say("heartbeat", activeSessions=3, usage={"load": 0.5, "sessions": {}})
            shown = await _beaten(admin, served, "activeSessions", 3)
            assert shown["usage"]["load"] == 0.5
            assert "sessions" not in shown["usage"]

    async def test_an_agent_with_sessions_is_not_removed_while_it_lives(
        self, admin: httpx2.AsyncClient, served: Served
    ) -> None:
        async with connected(admin, served.url) as agent:
            await agent.say("heartbeat", activeSessions=1)
            await _beaten(admin, served, "activeSessions", 1)
            assert (await admin.delete("/api/v1/agents/robot")).json()["error"] == "agent_busy"

    @pytest.mark.parametrize("idle", [-1e9, 1e300, float("nan"), float("inf"), 10])
    async def test_a_strange_idle_time_harms_nobody_else(
        self, admin: httpx2.AsyncClient, served: Served, idle: float
    ) -> None:
        async with connected(admin, served.url) as agent, connected(admin, served.url, "other") as other:
            await admin.post("/api/v1/agents/other/drain")
            session_id = await running(admin, agent)
            await agent.say("heartbeat", activeSessions=1, usage={"sessions": {session_id: idle, "x\0y": 5}})
            await other.say("heartbeat", activeSessions=7)
            async with asyncio.timeout(PATIENCE):
                while len(_hub(served)._heartbeats) < 2:
                    await asyncio.sleep(0.01)
            await _hub(served).flush()
            assert (await admin.get("/api/v1/agents/other")).json()["activeSessions"] == 7
            session = (await admin.get(f"/api/v1/sessions/{session_id}")).json()
            assert session["status"]["lastActivity"][:16] <= session["startedAt"][:16]


class TestAsk:
    async def test_a_log_is_the_agents_answer(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url) as agent:
            session_id = await running(admin, agent)
            asking = asyncio.create_task(admin.get(f"/api/v1/sessions/{session_id}/logs?lines=5"))
            query = await agent.take("query")
            assert (query["question"], query["payload"]) == ("logs", {"sessionId": session_id, "lines": 5})
            await agent.say("answer", queryId=query["queryId"], result={"logs": "one\ntwo\n"})
            assert (await asking).json() == {"logs": "one\ntwo\n", "lines": 2}

    async def test_a_log_that_is_gone_is_not_found(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url) as agent:
            session_id = await running(admin, agent)
            asking = asyncio.create_task(admin.get(f"/api/v1/sessions/{session_id}/logs"))
            await agent.say("answer", queryId=(await agent.take("query"))["queryId"], error="gone")
            assert (await asking).json()["error"] == "logs_not_found"

    async def test_an_agent_that_is_away_cannot_be_asked(self, admin: httpx2.AsyncClient, served: Served) -> None:
        async with connected(admin, served.url) as agent:
            session_id = await running(admin, agent)
            asking = asyncio.create_task(admin.get(f"/api/v1/sessions/{session_id}/logs"))
            await agent.take("query")
        assert (await asking).json()["error"] == "agent_offline"
        refused = await admin.get(f"/api/v1/sessions/{session_id}/logs")
        assert (refused.status_code, refused.json()["error"]) == (503, "agent_offline")


async def test_a_channel_without_a_key_is_refused(served: Served) -> None:
    url = served.url.replace("http", "ws", 1) + control.CONNECT_PATH
    async with connect(url, proxy=None) as socket:
        await socket.wait_closed()
    assert (socket.close_code, socket.close_reason) == (4401, "bad_agent_key")


def _hub(served: Served) -> Any:
    return next(part for part in served.context.parts.values() if type(part).__name__ == "AgentHub")


async def _beaten(admin: httpx2.AsyncClient, served: Served, field: str, value: int) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE):
        while True:
            await _hub(served).flush()
            shown: dict[str, Any] = (await admin.get("/api/v1/agents/robot")).json()
            if shown[field] == value:
                return shown
            await asyncio.sleep(0.02)
