"""What an agent answers to the control plane's own messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from streamspace.agent import program
from streamspace.agent.program import Agent
from streamspace.agent.settings import AgentSettings
from streamspace.platforms.base import NoSuchPlatform
from streamspace.platforms.docker import DockerPlatform
from streamspace.platforms.docker import engine as engines
from streamspace.platforms.fake import FakePlatform
from streamspace.platforms.process import ProcessPlatform
from streamspace.protocol import control
from streamspace.protocol.base import Wire
from streamspace.protocol.control import MessageType


async def test_a_ping_is_answered_with_the_specs_pong(tmp_path: Path) -> None:
    agent = Agent(AgentSettings(data_dir=tmp_path, agent_id="host-1"), FakePlatform())
    sent: list[tuple[MessageType, Wire]] = []

    async def send(kind: MessageType, payload: Wire) -> None:
        sent.append((kind, payload))

    agent.link.send = send  # type: ignore[method-assign]
    await agent.link.handlers[MessageType.PING](control.Envelope(type=MessageType.PING))
    ((kind, payload),) = sent
    assert kind is MessageType.PONG
    assert set(control.unwrap(control.wrap(kind, payload)).payload) == {"timestamp"}
    await agent.workloads.close()


@pytest.mark.parametrize(("name", "kind"), [("process", ProcessPlatform), ("docker", DockerPlatform)])
async def test_the_settings_name_the_platform(tmp_path: Path, name: str, kind: type) -> None:
    platform = program.make_platform(AgentSettings(data_dir=tmp_path, platform=name))
    assert isinstance(platform, kind)
    assert platform.name == name
    await platform.close()


def test_a_platform_nobody_knows_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPlatform, match=r"`process` and `docker`"):
        program.make_platform(AgentSettings(data_dir=tmp_path, platform="moon"))


@pytest.mark.parametrize(("problem", "best"), [(None, "docker"), ("Docker does not answer.", "process")])
def test_docker_is_best_where_an_engine_answers(
    monkeypatch: pytest.MonkeyPatch, problem: str | None, best: str
) -> None:
    monkeypatch.setattr(engines, "problem", lambda _: problem)
    assert program.best_platform() == best


def test_an_engine_on_another_machine_is_no_reason_for_docker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://10.0.0.1:2375")
    assert program.best_platform() == "process"
