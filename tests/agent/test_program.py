"""What an agent answers to the control plane's own messages."""

from __future__ import annotations

from pathlib import Path

from streamspace.agent.program import Agent
from streamspace.agent.settings import AgentSettings
from streamspace.platforms.fake import FakePlatform
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
