"""Which commands go out: pure turns first, then many channels on a real database."""

import asyncio
from types import SimpleNamespace
from typing import Any

from streamspace.kit import ids
from streamspace.protocol.control import Action as Order
from streamspace.server.agents import service
from streamspace.server.agents.dispatch import Dispatch, Turns
from streamspace.server.core.db import Database
from streamspace.server.core.settings import Settings
from tests.server.sessions.fleet import agent_row


def row(name: str, action: Order = Order.PING, session: str | None = None, status: str = "pending") -> Any:
    return SimpleNamespace(command_id=name, session_id=session, action=action, status=status)


class TestTurns:
    def test_a_session_gets_one_command_at_a_time_and_others_go_on(self) -> None:
        turns = Turns("robot")
        waiting = [row("a", Order.STOP, "s"), row("b", Order.START, "s"), row("c")]
        assert turns.ready(waiting, 5) == ["a", "c"]
        turns.sent |= {"a", "c"}
        assert turns.ready(waiting, 5) == []
        assert turns.ready(waiting[1:], 5) == ["b"]

    def test_so_many_starts_at_once_counting_those_under_way(self) -> None:
        waiting = [row("x", Order.START, "x", "ack"), *(row(name, Order.START, name) for name in "abc")]
        turns = Turns("robot")
        turns.sent.add("x")
        assert turns.ready(waiting, 3) == ["a", "b"]

    def test_what_a_former_channel_sent_is_sent_again(self) -> None:
        assert Turns("robot").ready([row("a", Order.START, "s", "sent")], 1) == ["a"]

    def test_never_more_than_so_many_in_one_go(self) -> None:
        assert len(Turns("robot").ready([row(str(n)) for n in range(150)], 1)) == Turns.AT_ONCE


class TestDispatch:
    async def fleet(self, database: Database, count: int) -> list[Turns]:
        async with database.work() as uow:
            uow.db.add_all(agent_row(uow, f"robot-{n}") for n in range(count))
        return [Turns(f"robot-{n}") for n in range(count)]

    async def order(self, database: Database, settings: Settings, agent_id: str, session: str | None = None) -> str:
        async with database.work() as uow:
            given = await service.order(
                uow, agent_id, Order.STOP, {"n": ids.uid()}, timeout=settings.command_timeout, session_id=session
            )
            return given.command_id

    async def test_each_channel_gets_its_own_though_all_look_at_once(
        self, database: Database, settings: Settings
    ) -> None:
        fleet, dispatch = await self.fleet(database, 120), Dispatch(settings, database)
        wanted = [[await self.order(database, settings, turns.agent_id)] for turns in fleet[:3]] + [[]] * 117
        found = await asyncio.gather(*(dispatch.orders(turns) for turns in fleet))
        assert [[command.command_id for command in orders] for orders in found] == wanted
        async with database.work(write=False) as uow:
            command = await service.find_command(uow, "robot-0", wanted[0][0])
            assert command is not None
            assert (command.status, command.sent_at is not None) == ("sent", True)

    async def test_knows_whether_anything_waits_for_the_end_of_another(
        self, database: Database, settings: Settings
    ) -> None:
        (turns,) = await self.fleet(database, 1)
        dispatch = Dispatch(settings, database)
        for _ in range(2):
            await self.order(database, settings, "robot-0", session="s")
        (first,) = await dispatch.orders(turns)
        turns.sent.add(first.command_id)
        assert turns.behind
        async with database.work() as uow:
            command = await service.find_command(uow, "robot-0", first.command_id)
            assert command is not None
            service.finish(uow, command)
        assert len(await dispatch.orders(turns)) == 1
        assert not turns.behind
