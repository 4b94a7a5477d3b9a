"""Simulated agents: the real control channel, and nothing behind it."""

from __future__ import annotations

import asyncio
import contextlib
import random
import resource
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import httpx2

from streamspace.agent.link import ControlLink, SentAway
from streamspace.client import Api
from streamspace.kit import ids
from streamspace.kit.tasks import Tasks
from streamspace.protocol import control
from streamspace.protocol.control import Action, MessageType

HEARTBEAT = timedelta(seconds=10)
MOST_USES = 1000
"""Of one join token."""
_AT_ONCE = 16
_AGAIN_SECONDS = 5.0
_FILES_EACH = 2
_FILES_BESIDE = 500
_NO_ROOM = control.Capacity(max_sessions=1, cpu="1m", memory="1Mi")
"""Too little for any session, so that no real one is placed here."""

_USAGE = {"cpuPercent": 12.5, "memoryUsedBytes": 2**30, "memoryTotalBytes": 2**33, "load": [0.5, 0.4, 0.3]}


class CannotEnrol(Exception):  # noqa: N818 - reads as the fact it states
    """The control plane did not take a simulated agent; the text is its answer."""


class SimulatedAgent:
    """Connects, beats, and does at once what it is told."""

    def __init__(self, server: str, agent_id: str) -> None:
        self.agent_id = agent_id
        self.key = ids.secret()
        self.beats = 0
        self._states: dict[str, str] = {}
        self.link = ControlLink(server, agent_id, lambda: self.key, ["logs", "usage"], instance=ids.uid())
        self.link.greet = self._say_what_is_held
        self.link.handlers = {MessageType.COMMAND: self._command, MessageType.PING: self._pong}

    async def live(self) -> None:
        """Stay connected and say so, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._stay_connected())
            tasks.create_task(self._beat())

    async def _stay_connected(self) -> None:
        while True:
            with contextlib.suppress(SentAway):
                await self.link.run()
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _beat(self) -> None:
        await asyncio.sleep(random.uniform(0, HEARTBEAT.total_seconds()))  # noqa: S311 - spreading load
        while True:
            if self.link.connected.is_set():
                running = sum(state == "running" for state in self._states.values())
                beat = control.Heartbeat(active_sessions=running, capacity=_NO_ROOM, usage=_USAGE)
                await self.link.send(MessageType.HEARTBEAT, beat)
                self.beats += 1
            await asyncio.sleep(HEARTBEAT.total_seconds())

    async def _command(self, envelope: control.Envelope) -> None:
        command = control.read(envelope, control.Command)
        await self.link.send(MessageType.ACK, control.Ack(command_id=command.command_id))
        session_id = str(command.payload.get("sessionId", ""))
        if command.action == Action.STOP:
            self._states.pop(session_id, None)
        elif command.action in {Action.START, Action.WAKE, Action.HIBERNATE}:
            self._states[session_id] = "hibernated" if command.action == Action.HIBERNATE else "running"
        await self.link.send(MessageType.COMPLETE, control.Complete(command_id=command.command_id))

    async def _pong(self, envelope: control.Envelope) -> None:
        del envelope
        await self.link.send(MessageType.PONG, control.Pong())

    async def _say_what_is_held(self) -> None:
        held = [control.Reported(session_id=one, state=state) for one, state in self._states.items()]
        await self.link.send(MessageType.INVENTORY, control.Inventory(sessions=held))


class Crowd:
    """Many simulated agents in this process: `enrol`, `connect`, and at the end `leave`."""

    def __init__(self, server: str, count: int) -> None:
        run = ids.uid()[:8]
        self._server = server
        self.agents = [SimulatedAgent(server, f"scaletest-{run}-{number:05}") for number in range(count)]
        self._enrolled: list[SimulatedAgent] = []
        self._tasks = Tasks()
        _allow_files(count * _FILES_EACH + _FILES_BESIDE)

    async def enrol(self, api: Api) -> None:
        """Register all of them with join tokens that approve.

        Raises:
            CannotEnrol: the control plane refused one.
        """
        async with httpx2.AsyncClient(base_url=self._server, timeout=60) as http:
            for first in range(0, len(self.agents), MOST_USES):
                some = self.agents[first : first + MOST_USES]
                made = await api.agents.create_join_token(platform="process", uses=len(some), approve=True)
                await _each(some, lambda agent, token=made.token: self._register(http, agent, token))

    async def _register(self, http: httpx2.AsyncClient, agent: SimulatedAgent, token: str) -> None:
        body = control.Registration(
            agent_id=agent.agent_id, platform="process", capacity=_NO_ROOM, labels={"scaletest": "yes"}
        )
        answer = await http.post(
            control.REGISTER_PATH,
            json=body.model_dump(mode="json", by_alias=True, exclude_none=True),
            headers={control.KEY_HEADER: agent.key, control.JOIN_HEADER: token},
        )
        if answer.status_code not in {200, 201}:
            raise CannotEnrol(f"{answer.status_code}: {answer.text[:300]}")
        self._enrolled.append(agent)

    def connect(self) -> None:
        """Have all of them dial, and dial again whenever their channel breaks."""
        for agent in self.agents:
            self._tasks.spawn(agent.live(), agent.agent_id)

    @property
    def connected(self) -> int:
        """How many have their channel now."""
        return sum(agent.link.connected.is_set() for agent in self.agents)

    @property
    def beats(self) -> int:
        """How many heartbeats they have sent."""
        return sum(agent.beats for agent in self.agents)

    async def hang_up(self) -> None:
        """Say goodbye, all of them."""
        await self._tasks.close()

    async def leave(self, api: Api) -> None:
        """Be forgotten by the control plane."""
        await _each(self._enrolled, lambda agent: api.agents.remove(agent.agent_id))


async def _each(agents: Sequence[SimulatedAgent], act: Any) -> None:
    turns = asyncio.Semaphore(_AT_ONCE)

    async def one(agent: SimulatedAgent) -> None:
        async with turns:
            await act(agent)

    async with asyncio.TaskGroup() as tasks:
        for agent in agents:
            tasks.create_task(one(agent))


def _allow_files(wanted: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))
