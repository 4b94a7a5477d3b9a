"""`streamspace scaletest agents`: a crowd connects, beats, is given commands, and comes back after a restart."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from streamspace.client import Api, Unavailable
from streamspace.scaletest.crowd import CannotEnrol, Crowd
from streamspace.scaletest.measures import Figure, Meter, percentile
from streamspace.scaletest.plane import DidNotStart, LocalPlane, local

MOST_BACK_SECONDS = 10.0
MOST_ACK_MILLISECONDS = 50.0
MOST_PER_RECONNECT_MILLISECONDS = 6.0
"""Of processor time; unlike the others it hardly depends on what else the machine does."""
_LOOK_SECONDS = 0.05
MOST_LISTED = 200
"""Commands of one agent that the control plane tells at once."""
_ASKED = 100
"""Agents that get commands; each keeps a list of its own to be read afterwards."""
_CONNECT_SECONDS = 300.0

Say = Callable[[str], None]


class TookTooLong(Exception):  # noqa: N818 - reads as the fact it states
    """Not all agents were connected in time; the text says how many were."""


FAILURES = (TookTooLong, CannotEnrol, DidNotStart)
"""What ends a test before its end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What to do: so many agents, and so many commands a second for so long."""

    count: int
    rate: float
    length: timedelta
    database_url: str | None = None
    watch: timedelta | None = None
    """How long to wait for a restart of a control plane that is not ours; None for not at all."""


async def on_a_local_one(plan: Plan, say: Say) -> list[Figure]:
    """Start a control plane, load it, kill it, start it again."""
    async with local(plan.database_url) as plane:
        say("Starting a control plane …")
        await plane.start()
        async with Api(plane.url) as api:
            await api.auth.login("admin", plane.password)
            return await _run(plan, api, say, plane)


async def on_a_given_one(plan: Plan, api: Api, say: Say) -> list[Figure]:
    """Load a control plane that runs already; its agents and sessions are left alone."""
    return await _run(plan, api, say, None)


async def _run(plan: Plan, api: Api, say: Say, plane: LocalPlane | None) -> list[Figure]:
    figures = [Figure("agents", plan.count, "")]
    empty = Meter(plane.process).memory() if plane is not None else 0
    crowd = Crowd(api.server, plan.count)
    try:
        say(f"Enrolling {plan.count} agents …")
        took = await _timed(crowd.enrol(api))
        figures.append(Figure("enrolled in", took, "s"))
        crowd.connect()
        figures.append(Figure("connected in", await _timed(_all_back(api, crowd)), "s"))
        say(f"Commands for {plan.length.total_seconds():g} s …")
        figures += await _under_load(plan, api, crowd, plane, empty)
        if plane is not None:
            say("Killing the control plane, and starting it again …")
            figures += await _restart(api, crowd, plane)
        elif plan.watch is not None:
            say("Restart the control plane now.")
            figures += await _watch(plan.watch, api, crowd)
    finally:
        say("Cleaning up …")
        await crowd.hang_up()
        if plane is None:
            await crowd.leave(api)
    return figures


async def _timed(work: Awaitable[None]) -> float:
    began = time.monotonic()
    await work
    return time.monotonic() - began


async def _all_back(api: Api, crowd: Crowd, seconds: float = _CONNECT_SECONDS) -> None:
    """Wait until every agent has its channel, and the control plane says so too."""
    end = time.monotonic() + seconds
    while True:
        while crowd.connected < len(crowd.agents):
            if time.monotonic() > end:
                raise TookTooLong(f"Only {crowd.connected} of {len(crowd.agents)} agents are connected.")
            await asyncio.sleep(_LOOK_SECONDS)
        listed = await api.agents.list(status="online", label="scaletest=yes")
        if len({agent.agent_id for agent in listed.agents} & {agent.agent_id for agent in crowd.agents}) == len(
            crowd.agents
        ):
            return
        await asyncio.sleep(_LOOK_SECONDS)


async def _under_load(plan: Plan, api: Api, crowd: Crowd, plane: LocalPlane | None, empty: int) -> list[Figure]:
    asked = random.sample(crowd.agents, min(_ASKED, len(crowd.agents)))
    meter, beats = Meter(plane.process) if plane is not None else None, crowd.beats
    began = time.monotonic()
    given: list[str] = []
    refused: list[str] = []
    async with asyncio.TaskGroup() as tasks:
        async for number in _ticks(plan):
            agent = asked[number % len(asked)]
            tasks.create_task(_order(api, agent.agent_id, given, refused))
    took = time.monotonic() - began
    figures = [
        Figure("heartbeats", (crowd.beats - beats) / took, "/s"),
        Figure("commands", len(given) / took, "/s"),
    ]
    if meter is not None:
        memory = meter.memory()
        figures += [
            Figure("control plane's processor", meter.cores(), "cores"),
            Figure("control plane's memory", memory / 1024**2, "MiB"),
            Figure("memory per agent", (memory - empty) / len(crowd.agents) / 1024, "KiB"),
        ]
    waits = await _acknowledged(api, [agent.agent_id for agent in asked], set(given))
    return [
        *figures,
        *(
            Figure(f"command to ack, p{share:.0%}"[:-1], percentile(waits, share) * 1000, "ms", most)
            for share, most in ((0.5, None), (0.95, MOST_ACK_MILLISECONDS), (0.99, None))
            if waits
        ),
        Figure("commands without ack", len(given) - len(waits), "", 0),
        Figure("commands refused", len(refused), "", 0),
    ]


async def _ticks(plan: Plan) -> AsyncIterator[int]:
    """Count at the rate that is wanted, whether or not what was begun is done."""
    began = time.monotonic()
    for number in range(max(1, int(plan.rate * plan.length.total_seconds()))):
        await asyncio.sleep(max(0.0, began + number / plan.rate - time.monotonic()))
        yield number


async def _order(api: Api, agent_id: str, given: list[str], refused: list[str]) -> None:
    try:
        given.append((await api.agents.order(agent_id, "ping")).command_id)
    except Unavailable:  # its channel broke under the load
        refused.append(agent_id)


async def _acknowledged(api: Api, agent_ids: list[str], given: set[str]) -> list[float]:
    """Return how many seconds passed between each command's creation and its acknowledgement."""
    await asyncio.sleep(1)
    waits: list[float] = []
    for agent_id in agent_ids:
        told = (await api.agents.commands(agent_id, limit=MOST_LISTED)).commands
        waits += [
            (command.acknowledged_at - command.created_at).total_seconds()
            for command in told
            if command.command_id in given and command.acknowledged_at is not None and command.created_at is not None
        ]
    return waits


async def _restart(api: Api, crowd: Crowd, plane: LocalPlane) -> list[Figure]:
    await plane.kill()
    ready = await plane.start()
    meter = Meter(plane.process)
    back = await _timed(_all_back(api, crowd))
    used = meter.seconds() / len(crowd.agents)
    return [
        Figure("ready after a restart", ready, "s"),
        Figure("all back after that", back, "s", MOST_BACK_SECONDS),
        Figure("processor per agent that came back", used * 1000, "ms", MOST_PER_RECONNECT_MILLISECONDS),
        Figure("processor meanwhile", meter.cores(), "cores"),
        Figure("memory after a restart", meter.memory() / 1024**2, "MiB"),
    ]


async def _watch(longest: timedelta, api: Api, crowd: Crowd) -> list[Figure]:
    end = time.monotonic() + longest.total_seconds()
    while crowd.connected > 0:
        if time.monotonic() > end:
            raise TookTooLong("The control plane was not restarted.")
        await asyncio.sleep(_LOOK_SECONDS)
    while crowd.connected == 0:
        if time.monotonic() > end:
            raise TookTooLong("The control plane did not come back.")
        await asyncio.sleep(_LOOK_SECONDS)
    return [Figure("all back after the first", await _timed(_all_back(api, crowd)), "s", MOST_BACK_SECONDS)]
