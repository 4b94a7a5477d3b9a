"""In which order the agent tells what happened."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from streamspace.agent.journal import Journal
from streamspace.agent.workloads import Workloads
from streamspace.platforms.base import SessionView
from streamspace.platforms.fake import FakePlatform
from streamspace.protocol import control
from streamspace.protocol.base import Wire
from streamspace.protocol.control import Action, MessageType
from tests.platforms.specs import session_spec

NAME = "ann-term-00000001"


async def nothing(*_: object) -> None: ...


class SlowToLook(FakePlatform):
    """Sees what is held now, and takes its time to say so."""

    def __init__(self) -> None:
        super().__init__()
        self.looking, self.go_on = asyncio.Event(), asyncio.Event()

    async def inventory(self) -> list[SessionView]:
        seen = await super().inventory()
        self.looking.set()
        await self.go_on.wait()
        return seen


async def heard(platform: SlowToLook, folder: Path, act: Callable[[Workloads], Awaitable[None]]) -> list[MessageType]:
    told: list[MessageType] = []

    async def send(kind: MessageType, payload: Wire) -> None:
        told.append(kind)

    workloads = Workloads(platform, Journal(folder / "journal.jsonl"), send, nothing)
    looking = asyncio.create_task(workloads.send_inventory())
    await platform.looking.wait()
    await act(workloads)
    await asyncio.sleep(0.05)
    platform.go_on.set()
    await looking
    await asyncio.sleep(0.05)
    await workloads.close()
    return [kind for kind in told if kind in {MessageType.INVENTORY, MessageType.COMPLETE, MessageType.FAILED}]


async def test_an_inventory_comes_before_what_ended_after_it(tmp_path: Path) -> None:
    platform = SlowToLook()
    await platform.start(session_spec(NAME), nothing)

    async def hibernate(workloads: Workloads) -> None:
        order = control.Command(command_id="c1", action=Action.HIBERNATE, payload={"sessionId": NAME})
        await workloads.take(order)

    assert await heard(platform, tmp_path, hibernate) == [MessageType.INVENTORY, MessageType.COMPLETE]


async def test_an_inventory_comes_before_what_failed_after_it(tmp_path: Path) -> None:
    async def hibernate(workloads: Workloads) -> None:
        order = control.Command(command_id="c1", action=Action.HIBERNATE, payload={"sessionId": "never-was"})
        await workloads.take(order)

    assert await heard(SlowToLook(), tmp_path, hibernate) == [MessageType.INVENTORY, MessageType.FAILED]
