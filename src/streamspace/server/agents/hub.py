"""The control channels that agents keep to this process."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator, Mapping

import structlog
from fastapi import WebSocket, WebSocketDisconnect
from starlette.websockets import WebSocketState

from streamspace.protocol import control
from streamspace.protocol.control import HELD, REFUSED, MessageType
from streamspace.server.agents import admission, keys, presence
from streamspace.server.agents.admission import Claim
from streamspace.server.agents.arrivals import Arrivals, Begun
from streamspace.server.agents.dispatch import Dispatch
from streamspace.server.agents.errors import AgentAway, AgentHeld, AgentOffline, CannotRotate
from streamspace.server.agents.events import AgentsChanged, CommandQueued
from streamspace.server.agents.link import AgentLink, next_text
from streamspace.server.agents.models import Agent
from streamspace.server.agents.reactions import Reactions
from streamspace.server.agents.standby import Standbys
from streamspace.server.core.db import Database
from streamspace.server.core.errors import Problem
from streamspace.server.core.events import Bus, Published
from streamspace.server.core.permissions import Actor
from streamspace.server.core.settings import Settings
from streamspace.server.gateways import service as gateways
from streamspace.server.gateways.events import GatewaysChanged

log = structlog.get_logger(__name__)

_BEATS_AT_ONCE = 50
_CUT_OFF = {"rejected", "removed", "revoked"}


class AgentHub:
    """Sends commands to the agents connected here and takes in what they say."""

    def __init__(self, settings: Settings, database: Database, bus: Bus, reactions: Reactions) -> None:
        self.settings = settings
        self.database = database
        self.reactions = reactions
        self.links: dict[str, AgentLink] = {}
        self.arrivals = Arrivals(database, reactions)
        self.dispatch = Dispatch(settings, database)
        self._arrivals: dict[str, set[AgentLink]] = {}
        self._heartbeats: dict[str, tuple[str, control.Heartbeat]] = {}
        self._standbys = Standbys()
        bus.subscribe(self._on_command, CommandQueued.name)
        bus.subscribe(self._on_agents, AgentsChanged.name)
        bus.subscribe(self._on_gateways, GatewaysChanged.name)

    async def serve(self, socket: WebSocket, claim: Claim) -> None:
        """Hold one agent's channel until it breaks; while another process acts for the agent, wait for its end."""
        link = AgentLink(self, socket, claim.agent_id)
        with self._arriving(link):
            try:
                begun = await self._turn(socket, claim, link.id)
            except Problem as refusal:
                await refuse(socket, refusal)
                return
            except (WebSocketDisconnect, RuntimeError, control.BadMessage):
                return
            if begun is None:
                return
            link.begin(begun)
            self._hold(link)
        try:
            link.tell_first(gateways.for_agent(self.settings, begun.gateways, link.agent_id))
            await link.run()
        finally:
            if self.links.get(link.agent_id) is link:
                del self.links[link.agent_id]
            await self.arrivals.gone(link.agent_id, link.id, goodbye=link.goodbye)

    @contextlib.contextmanager
    def _arriving(self, link: AgentLink) -> Iterator[None]:
        """Let a channel hear what is decided about its agent while it is let in."""
        arriving = self._arrivals.setdefault(link.agent_id, set())
        arriving.add(link)
        try:
            yield
        finally:
            arriving.discard(link)
            if not arriving:
                self._arrivals.pop(link.agent_id, None)

    def _hold(self, link: AgentLink) -> None:
        former = self.links.get(link.agent_id)
        if link.outdone > link.epoch or (former is not None and former.epoch > link.epoch):
            link.end("replaced", HELD)
            return
        self.links[link.agent_id] = link
        if former is not None:
            former.end("replaced", HELD)

    async def _turn(self, socket: WebSocket, claim: Claim, link_id: str) -> Begun | None:
        """Return under which number this process acts, as soon as it may; None if it left before."""

        async def begin() -> Begun:
            return await self.arrivals.begin(claim, link_id)

        try:
            begun = await begin()
        except AgentHeld:
            if claim.instance is None:  # too old to stand by
                raise
        else:
            await socket.accept()
            return begun
        await socket.accept()
        await socket.send_text(control.wrap(MessageType.STANDBY, control.Standby(reason="Another process acts.")))
        # One that waits has nothing to say; what it sends, or its leaving, ends the wait.
        ended = asyncio.create_task(next_text(socket))
        try:
            return await self._standbys.turn(claim.agent_id, begin, ended)
        finally:
            ended.cancel()
            await asyncio.gather(ended, return_exceptions=True)

    async def ask(self, agent_id: str, question: str, payload: dict[str, object]) -> dict[str, object]:
        """Ask a connected agent something and wait for its answer.

        Raises:
            AgentOffline: it is not connected, or did not answer within ten seconds.
        """
        link = self.links.get(agent_id)
        if link is None:
            raise AgentOffline
        return await link.ask(question, payload)

    async def rotate_key(self, actor: Actor, agent_id: str) -> Agent:
        """Have a connected agent make a new key, and take it; no key is shown to anybody.

        Raises:
            AgentAway, CannotRotate: as they say.
        """
        async with self.database.work(write=False) as uow:
            await admission.managed(uow, actor, agent_id)
        try:
            answer = await self.ask(agent_id, "rotate_key", {})
        except AgentOffline:
            raise AgentAway from None
        key = answer.get("key")
        if not isinstance(key, str) or not keys.FORM.fullmatch(key):
            raise CannotRotate
        async with self.database.work() as uow:
            agent = await admission.take_key(uow, actor, agent_id, key, self.settings.agent_key_overlap)
        with contextlib.suppress(AgentOffline):  # it finds out by itself when its old key stops working
            await self.ask(agent_id, "key_accepted", {})
        return agent

    def beat(self, agent_id: str, websocket_id: str, heartbeat: control.Heartbeat) -> None:
        """Take note of a heartbeat; `flush` writes many at once."""
        self._heartbeats[agent_id] = websocket_id, heartbeat

    async def flush(self) -> None:
        """Write the heartbeats that came since the last time."""
        beats, self._heartbeats = self._heartbeats, {}
        names = list(beats)
        # So few that a command between them waits for milliseconds.
        for first in range(0, len(names), _BEATS_AT_ONCE):
            await self._note({name: beats[name] for name in names[first : first + _BEATS_AT_ONCE]})

    async def _note(self, beats: Mapping[str, tuple[str, control.Heartbeat]]) -> None:
        async with self.database.work() as uow:
            for agent_id in await presence.note_heartbeats(uow, beats):
                idle = (beats[agent_id][1].usage or {}).get("sessions")
                if isinstance(idle, dict) and all(isinstance(s, int | float) for s in idle.values()):
                    await self.reactions.active(uow, agent_id, idle)

    async def refresh_streams(self) -> None:
        """Give every agent the gateways, with fresh tokens."""
        async with self.database.work(write=False) as uow:
            online = await gateways.online(uow)
        for link in self.links.values():
            link.tell(gateways.for_agent(self.settings, online, link.agent_id))

    async def _on_command(self, event: Published) -> None:
        for link in self._links_of(event.payload["agent_id"]):
            link.wake.set()

    async def _on_agents(self, event: Published) -> None:
        agent_id, what, epoch = event.payload["agent_id"], event.payload["what"], event.payload["epoch"] or 0
        self._standbys.wake(agent_id)
        for link in self._links_of(agent_id):
            link.outdone = max(link.outdone, epoch)
            if what in _CUT_OFF:
                link.end(what, REFUSED)
        acting = self.links.get(agent_id)
        if acting is not None and epoch > acting.epoch:
            acting.end("replaced", HELD)  # through another control plane

    def _links_of(self, agent_id: str) -> list[AgentLink]:
        held = self.links.get(agent_id)
        return [*([held] if held is not None else ()), *self._arrivals.get(agent_id, ())]

    async def _on_gateways(self, event: Published) -> None:
        del event
        await self.refresh_streams()


async def refuse(socket: WebSocket, refusal: Problem) -> None:
    """Close a channel with the reason why."""
    # Accepted first, because a refused upgrade shows the agent a bare 403 without the reason.
    if socket.application_state is WebSocketState.CONNECTING:
        await socket.accept()
    await socket.close(HELD if isinstance(refusal, AgentHeld) else REFUSED, refusal.code)
