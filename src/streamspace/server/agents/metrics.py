"""What Prometheus hears of the fleet: who is there, how full each agent is, what its machine really uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from prometheus_client import CollectorRegistry, Gauge

from streamspace.server.agents import placement, queries
from streamspace.server.agents.models import Agent
from streamspace.server.agents.schemas import status_of
from streamspace.server.core.db import Database


def _first(load: Any) -> Any:
    return load[0] if isinstance(load, list) and load else None


_MEASURED: dict[str, tuple[str, Callable[[dict[str, Any]], Any]]] = {
    "cpu_percent": ("Processor time that the agent's machine uses.", lambda usage: usage.get("cpuPercent")),
    "memory_used_bytes": ("Memory that the agent's machine uses.", lambda usage: usage.get("memoryUsedBytes")),
    "memory_total_bytes": ("Memory of the agent's machine.", lambda usage: usage.get("memoryTotalBytes")),
    "disk_free_bytes": ("Free space where the agent keeps its data.", lambda usage: usage.get("diskFreeBytes")),
    "load": ("The machine's load over a minute.", lambda usage: _first(usage.get("load"))),
    "sessions_active": ("Sessions that run on the agent.", lambda usage: usage.get("activeSessions")),
}


class FleetMetrics:
    """Gauges of the fleet, set anew by each `run`."""

    def __init__(self, database: Database, registry: CollectorRegistry) -> None:
        self._database = database
        self._fleet = Gauge("streamspace_agents", "Approved agents.", ["status"], registry=registry)
        per_agent = {name: text for name, (text, _) in _MEASURED.items()} | {
            "capacity_max": "Sessions that the agent may run at once.",
            "heartbeat_age_seconds": "Seconds since the agent's last heartbeat was written down.",
        }
        self._starts = Gauge(
            "streamspace_agent_starts", "Starts and wakes of each agent.", ["agent_id", "state"], registry=registry
        )
        self._gauges = {
            name: Gauge(f"streamspace_agent_{name}", text, ["agent_id"], registry=registry)
            for name, text in per_agent.items()
        }

    async def run(self) -> None:
        """Look once. Agents that were removed are no longer told of."""
        async with self._database.work(write=False) as uow:
            agents = [agent for agent in await queries.visible(uow.db) if agent.approval_status == "approved"]
            starts = await queries.starts_of(uow.db, [agent.agent_id for agent in agents])
            now = uow.now()
        for gauge in (*self._gauges.values(), self._starts):
            gauge.clear()
        count = Counter(status_of(agent) for agent in agents)
        for status in ("online", "offline", "draining"):
            self._fleet.labels(status).set(count[status])
        for agent in agents:
            self._tell(agent)
            for state, number in zip(("under_way", "waiting"), starts.get(agent.agent_id, (0, 0)), strict=True):
                self._starts.labels(agent.agent_id, state).set(number)
            if agent.last_heartbeat is not None:
                age = max((now - agent.last_heartbeat).total_seconds(), 0)
                self._gauges["heartbeat_age_seconds"].labels(agent.agent_id).set(age)

    def _tell(self, agent: Agent) -> None:
        most, _, _ = placement.capacity(agent.capacity)
        if most is not None:
            self._gauges["capacity_max"].labels(agent.agent_id).set(most)
        for name, (_, value_in) in _MEASURED.items():
            value = value_in(agent.usage or {})
            if isinstance(value, int | float) and (agent.online or name == "sessions_active"):
                self._gauges[name].labels(agent.agent_id).set(value)
