"""Agents that come and go. After a restart a thousand come at once, so many are let in by one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from streamspace.kit.together import Together
from streamspace.protocol.control import Hello
from streamspace.server.agents import admission, queries
from streamspace.server.agents.admission import Claim
from streamspace.server.agents.events import AgentsChanged
from streamspace.server.agents.keys import Known
from streamspace.server.agents.models import Agent
from streamspace.server.agents.reactions import Reactions
from streamspace.server.core.attempts import Attempts
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.errors import Problem
from streamspace.server.gateways import service as gateways

_AT_ONCE = 50
"""So few that others wait for milliseconds while they are written."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A process that acts for its agent from now on, and what was known at that moment."""

    epoch: int
    gateways: gateways.Online
    hello: Hello
    """What the agent said of itself the last time."""
    waits: bool
    """Whether commands wait for it."""
    holds: bool
    """Whether it was given anything that it should hold."""


@dataclass(frozen=True, slots=True)
class _Coming:
    claim: Claim
    link_id: str


@dataclass(frozen=True, slots=True)
class _Going:
    agent_id: str
    link_id: str
    goodbye: bool


class Arrivals:
    """Lets agents in, and writes down that they left."""

    def __init__(self, database: Database, reactions: Reactions) -> None:
        self._database = database
        self._reactions = reactions
        self._proofs = Together(self._find, 10 * _AT_ONCE)
        self._comings = Together(self._begin, _AT_ONCE)
        self._goings = Together(self._gone, _AT_ONCE)

    async def prove(self, attempts: Attempts, agent_id: str, key: str, ip: str, instance: str | None) -> Claim:
        """Check the key that an agent shows.

        Raises:
            what `admission.prove` raises.
        """
        return await admission.prove(self._proofs.ask, attempts, agent_id, key, ip, instance, self._database.clock)

    async def begin(self, claim: Claim, link_id: str) -> Begun:
        """Let one process act for its agent.

        Raises:
            what `admission.admit` raises.
        """
        return await self._comings.ask(_Coming(claim, link_id))

    async def gone(self, agent_id: str, link_id: str, *, goodbye: bool) -> None:
        """Write down that a control channel ended, unless another has replaced it.

        Who says goodbye acts no more. Who just vanished may still act, and keeps its place for as long as three
        heartbeats.
        """
        await self._goings.ask(_Going(agent_id, link_id, goodbye))

    async def _find(self, agent_ids: Sequence[str]) -> list[Known | None]:
        async with self._database.work(write=False) as uow:
            found = {row.agent_id: row for row in await queries.keys_of(uow.db, set(agent_ids))}
        return [found.get(agent_id) for agent_id in agent_ids]

    async def _begin(self, comings: Sequence[_Coming]) -> list[Begun | Exception]:
        async with self._database.work() as uow:
            names = {coming.claim.agent_id for coming in comings}
            known = {agent.agent_id: agent for agent in await queries.several_held(uow.db, names)}
            refused: dict[int, Problem] = {}
            let_in: dict[int, tuple[int, Hello]] = {}
            for place, coming in enumerate(comings):
                try:
                    let_in[place] = _let_in(uow, known.get(coming.claim.agent_id), coming)
                except Problem as problem:
                    refused[place] = problem
            online = await gateways.online(uow)
            names = {comings[place].claim.agent_id for place in let_in}
            waits = await queries.with_open_commands(uow.db, names)
            holds = await self._reactions.holding(uow, names)
        return [
            refused[place]
            if place in refused
            else Begun(
                *(let_in[place][0], online, let_in[place][1]),
                waits=coming.claim.agent_id in waits,
                holds=coming.claim.agent_id in holds,
            )
            for place, coming in enumerate(comings)
        ]

    async def _gone(self, goings: Sequence[_Going]) -> list[None]:
        async with self._database.work() as uow:
            known = {a.agent_id: a for a in await queries.several_held(uow.db, {going.agent_id for going in goings})}
            for going in goings:
                agent = known.get(going.agent_id)
                if agent is None or agent.websocket_id != going.link_id:
                    continue
                agent.online, agent.websocket_id = False, None
                if going.goodbye:
                    agent.instance = None
                uow.announce(AgentsChanged(agent_id=going.agent_id, what="disconnected"))
        return [None] * len(goings)


def _let_in(uow: UnitOfWork, agent: Agent | None, coming: _Coming) -> tuple[int, Hello]:
    agent = admission.admit(uow, agent, coming.claim)
    agent.epoch += 1
    agent.api_key_last_used_at = agent.last_heartbeat = uow.now()
    agent.online, agent.websocket_id, agent.instance = True, coming.link_id, coming.claim.instance
    uow.announce(AgentsChanged(agent_id=agent.agent_id, what="connected", epoch=agent.epoch))
    # Before an agent spoke for the first time it is not known which version it speaks.
    said = Hello(version=agent.protocol_version or 0, software=agent.version or "", abilities=agent.abilities)
    return agent.epoch, said
