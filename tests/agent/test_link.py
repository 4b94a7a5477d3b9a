"""The agent's end of the control channel, against a control plane that says what the test wants."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve

from streamspace.agent import leadership
from streamspace.agent.link import ControlLink, SentAway
from streamspace.agent.program import Agent
from streamspace.agent.settings import AgentSettings
from streamspace.platforms.fake import FakePlatform
from streamspace.protocol import VERSION, control
from streamspace.protocol.base import Wire
from streamspace.protocol.control import MessageType

Script = Callable[[ServerConnection], Awaitable[None]]


@asynccontextmanager
async def control_plane(script: Script) -> AsyncIterator[str]:
    async with serve(script, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield f"http://127.0.0.1:{port}"


def say(kind: str, **payload: Any) -> str:
    return json.dumps({"type": kind, "payload": payload})


def link_to(url: str) -> ControlLink:
    return ControlLink(url, "robot", lambda: "a" * 64, [], instance="one")


@pytest.mark.parametrize(("version", "behind"), [(VERSION + 2, "agent"), (VERSION - 2, "control plane")])
async def test_a_control_plane_of_another_time_is_left_and_who_is_behind_is_said(version: int, behind: str) -> None:
    closed: asyncio.Future[tuple[int | None, str | None]] = asyncio.get_running_loop().create_future()

    async def script(socket: ServerConnection) -> None:
        await socket.send(say("hello", version=version))
        await socket.wait_closed()
        closed.set_result((socket.close_code, socket.close_reason))

    async with control_plane(script) as url:
        with pytest.raises(SentAway, match=f"upgrade the {behind}"):
            await link_to(url).run()
        code, reason = await closed
        assert (code, str(reason).endswith(f"upgrade the {behind}.")) == (control.MISFIT, True)


@pytest.mark.parametrize("version", [VERSION - 1, VERSION, VERSION + 1])
async def test_a_neighbour_is_spoken_with(version: int) -> None:
    heard: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()

    async def script(socket: ServerConnection) -> None:
        await socket.send(say("hello", version=version, epoch=7))
        heard.set_result(json.loads(await socket.recv()))
        await socket.wait_closed()

    async with control_plane(script) as url:
        link = link_to(url)
        running = asyncio.create_task(link.run())
        message = await heard
        assert (message["type"], message["payload"]["version"]) == ("hello", VERSION)
        await link.connected.wait()
        assert link.epoch == 7
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_who_stands_by_drops_what_it_had_to_say_and_says_nothing_until_its_turn() -> None:
    turn = asyncio.Event()
    heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def script(socket: ServerConnection) -> None:
        assert socket.request is not None
        assert socket.request.headers[control.INSTANCE_HEADER] == "one"
        await socket.send(say("standby", reason="Another process acts."))
        await turn.wait()
        await socket.send(say("hello", version=VERSION, epoch=9))
        async for text in socket:
            heard.put_nowait(json.loads(text))

    stood_down = asyncio.Event()

    async def stand_down() -> None:
        stood_down.set()

    async with control_plane(script) as url:
        link = link_to(url)
        link.epoch, link.stand_down = 3, stand_down
        await link.send(MessageType.STATUS, control.Status(session_id="s-1", state="failed"))
        running = asyncio.create_task(link.run())
        await stood_down.wait()
        assert link.epoch is None
        assert not link.connected.is_set()
        turn.set()
        await link.connected.wait()
        await link.send(MessageType.PONG, control.Pong())
        assert [(await heard.get())["type"] for _ in range(2)] == ["hello", "pong"]
        assert link.epoch == 9
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_an_order_of_an_older_epoch_is_left_alone(tmp_path: Path) -> None:
    agent = Agent(AgentSettings(data_dir=tmp_path, agent_id="host-1"), FakePlatform())
    sent: list[MessageType] = []

    async def send(kind: MessageType, payload: Wire) -> None:
        del payload
        sent.append(kind)

    agent.link.send = agent.workloads._send = send  # type: ignore[method-assign]
    agent.link.epoch = 5
    order = control.Command(command_id="cmd-1", action="ping", epoch=4)
    await agent._command(control.unwrap(control.wrap(MessageType.COMMAND, order)))
    assert sent == []
    agent.link.epoch = None
    await agent._command(control.unwrap(control.wrap(MessageType.COMMAND, order)))
    assert sent == []
    agent.link.epoch = 4
    await agent._command(control.unwrap(control.wrap(MessageType.COMMAND, order)))
    async with asyncio.timeout(5):
        while sent != [MessageType.ACK, MessageType.COMPLETE]:
            await asyncio.sleep(0.01)
    await agent.workloads.close()


async def test_a_part_of_a_larger_program_does_not_end_it(tmp_path: Path) -> None:
    agent = Agent(AgentSettings(data_dir=tmp_path, agent_id="host-1"), FakePlatform())
    failed: list[Wire] = []

    async def send(kind: MessageType, payload: Wire) -> None:
        if kind is MessageType.FAILED:
            failed.append(payload)

    agent.workloads._send = send
    await agent.workloads.take(control.Command(command_id="cmd-1", action="shutdown"))
    async with asyncio.timeout(5):
        while not failed:
            await asyncio.sleep(0.01)
    assert "part of a larger program" in str(failed[0])
    await agent.workloads.close()


class TestMachineLock:
    async def test_one_process_holds_it_and_the_next_gets_it(self, tmp_path: Path) -> None:
        stop = asyncio.Event()
        got = asyncio.Event()

        async def second() -> None:
            async with leadership.on_this_machine(tmp_path, stop) as mine:
                assert mine
                got.set()

        async with leadership.on_this_machine(tmp_path, stop) as mine:
            assert mine
            waiting = asyncio.create_task(second())
            await asyncio.sleep(0.5)
            assert not got.is_set()
        async with asyncio.timeout(1):
            await waiting

    async def test_who_waits_can_be_stopped(self, tmp_path: Path) -> None:
        stop = asyncio.Event()
        async with leadership.on_this_machine(tmp_path, asyncio.Event()):
            asyncio.get_running_loop().call_later(0.1, stop.set)
            async with asyncio.timeout(2), leadership.on_this_machine(tmp_path, stop) as mine:
                assert not mine

    def test_a_copy_of_the_directory_is_somebody_else(self, tmp_path: Path) -> None:
        (tmp_path / "one").mkdir()
        (tmp_path / "two").mkdir()
        name = leadership.instance(tmp_path / "one")
        assert leadership.instance(tmp_path / "one") == name
        (tmp_path / "two" / "agent.instance").write_bytes((tmp_path / "one" / "agent.instance").read_bytes())
        assert leadership.instance(tmp_path / "two") != name


async def test_a_new_ability_is_said_on_the_channel_that_is_open() -> None:
    heard: asyncio.Queue[list[str]] = asyncio.Queue()

    async def script(socket: ServerConnection) -> None:
        await socket.send(say("hello", version=VERSION, epoch=1))
        async for text in socket:
            if (message := json.loads(text))["type"] == "hello":
                heard.put_nowait(message["payload"]["abilities"])

    async with control_plane(script) as url, asyncio.timeout(20):
        link = link_to(url)
        running = asyncio.create_task(link.run())
        assert await heard.get() == []
        await link.connected.wait()
        await link.can_do(["warm"])
        await link.can_do(["warm"])
        await link.can_do([])
        assert [await heard.get(), await heard.get()] == [["warm"], []]
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
