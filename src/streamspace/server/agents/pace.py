"""How often agents send heartbeats over HTTP: counted for the metrics, and bounded for each agent."""

from __future__ import annotations

import time

from prometheus_client import CollectorRegistry, Counter

from streamspace.server.agents.errors import TooManyHeartbeats

_MINUTE_SECONDS = 60.0


class HeartbeatPace:
    """Lets an agent send a minute's heartbeats at once, and then as many as it regains steadily."""

    A_MINUTE = 20
    """Three times as many as an agent sends that works as it should."""

    AGENTS = 10_000
    """How many are remembered before those that were silent for a minute are forgotten."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._level: dict[str, tuple[float, float]] = {}
        self._count = Counter(
            "streamspace_agent_http_heartbeats",
            "Heartbeats that agents sent over HTTP, because their channel is broken.",
            ["outcome"],
            registry=registry,
        )

    def note(self, agent_id: str) -> None:
        """Count one heartbeat of an agent that proved itself, so that nobody else can use up its share.

        Raises:
            TooManyHeartbeats: it is one too many; Retry-After says when the next may come.
        """
        now = time.monotonic()
        level, since = self._level.get(agent_id, (0.0, now))
        level = max(0.0, level - (now - since) * self.A_MINUTE / _MINUTE_SECONDS)
        if level + 1 > self.A_MINUTE:
            self._count.labels("refused").inc()
            wait = max(1, round((level + 1 - self.A_MINUTE) * _MINUTE_SECONDS / self.A_MINUTE))
            raise TooManyHeartbeats(headers={"Retry-After": str(wait)}, details={"retryAfter": wait})
        self._count.labels("taken").inc()
        self._level[agent_id] = (level + 1, now)
        if len(self._level) > self.AGENTS:
            self._level = {name: kept for name, kept in self._level.items() if now - kept[1] < _MINUTE_SECONDS}
