"""Which commands go out now: looked up and written down for all channels that have news at the same time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row

from streamspace.kit.together import Together
from streamspace.protocol.control import Command
from streamspace.server.agents import queries, service
from streamspace.server.core.db import Database
from streamspace.server.core.settings import Settings

_LINKS_AT_ONCE = 50


class Turns:
    """What one channel has sent, and which commands are its turn: per session one at a time, of starts so many."""

    AT_ONCE = 100

    def __init__(self, agent_id: str) -> None:
        self.agent_id = agent_id
        self.sent: set[str] = set()
        self.behind = True
        """Whether something may wait for the end of another command; unknown before the first look."""

    def ready(self, waiting: Sequence[Row[Any]], most_starts: int) -> list[str]:
        """Return the commands that may go out, given all that are open, the oldest first."""
        self.sent &= {command.command_id for command in waiting}
        starts = [command for command in waiting if command.action in service.STARTS]
        turns = most_starts - sum(command.status != "pending" for command in starts)
        found: list[str] = []
        busy: set[str] = set()
        for command in waiting:
            if command.session_id is not None:
                if command.session_id in busy:
                    continue
                busy.add(command.session_id)
            if command.command_id in self.sent:
                continue
            if command.action in service.STARTS and command.status == "pending":
                if turns <= 0:
                    continue
                turns -= 1
            found.append(command.command_id)
        return found[: self.AT_ONCE]


class Dispatch:
    """Looks for channels that were woken."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._looks = Together(self._look, _LINKS_AT_ONCE)

    async def orders(self, turns: Turns) -> list[Command]:
        """Return what is to be sent to an agent now; it counts as sent from now on."""
        turns.behind = True  # what ends while we look may not be seen
        orders, turns.behind = await self._looks.ask(turns)
        return orders

    async def _look(self, looks: Sequence[Turns]) -> list[tuple[list[Command], bool]]:
        async with self._database.work() as uow:
            names = {turns.agent_id for turns in looks}
            open_ones: dict[str, list[Row[Any]]] = defaultdict(list)
            for row in await queries.open_commands(uow.db, names):
                open_ones[row.agent_id].append(row)
            bounds = await queries.most_starts(uow.db, _that_start(open_ones))
            ready = [
                turns.ready(open_ones[turns.agent_id], bounds.get(turns.agent_id, self._settings.starts_per_agent))
                for turns in looks
            ]
            wanted = [command_id for commands in ready for command_id in commands]
            sent = {c.command_id: c for c in await service.send_out(uow, wanted)} if wanted else {}
        return [
            (
                [sent[command_id] for command_id in commands if command_id in sent],
                len(open_ones[turns.agent_id]) > len(turns.sent.union(commands)),
            )
            for turns, commands in zip(looks, ready, strict=True)
        ]


def _that_start(open_ones: dict[str, list[Row[Any]]]) -> Collection[str]:
    return [name for name, rows in open_ones.items() if any(row.action in service.STARTS for row in rows)]
