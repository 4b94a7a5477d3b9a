"""What agents used over the last day: one sample every two minutes while they are there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from streamspace.server.agents import queries, service
from streamspace.server.agents.models import Agent, UsageSample
from streamspace.server.agents.standing import Promised, Promises
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Actor

EVERY = timedelta(minutes=2)
KEPT = timedelta(hours=24)
_LARGEST = 2**62


async def sample(uow: UnitOfWork, promises: Promises) -> None:
    """Write down what each connected agent uses now, and forget what is older than a day."""
    promised = await promises.ask(uow, None)
    for agent in await queries.visible(uow.db):
        if agent.online and agent.approval_status == "approved":
            uow.db.add(_sample(uow, agent, promised.get(agent.agent_id, Promised())))
    await queries.forget_usage(uow.db, uow.now() - KEPT)


def _sample(uow: UnitOfWork, agent: Agent, held: Promised) -> UsageSample:
    usage = agent.usage or {}
    return UsageSample(
        agent_id=agent.agent_id,
        at=uow.now(),
        cpu_percent=_number(usage.get("cpuPercent")),
        memory_used_bytes=_whole(usage.get("memoryUsedBytes")),
        memory_total_bytes=_whole(usage.get("memoryTotalBytes")),
        disk_free_bytes=_whole(usage.get("diskFreeBytes")),
        sessions=_whole(usage.get("activeSessions")) or 0,
        reserved_sessions=held.load.sessions,
        reserved_millicores=held.load.cpu_millicores,
        reserved_bytes=held.load.memory_bytes,
    )


def _number(value: Any) -> float | None:
    # An agent's word: what is no number, or none that the database holds, is left out.
    return float(value) if isinstance(value, int | float) and 0 <= value < _LARGEST else None


def _whole(value: Any) -> int | None:
    return None if (number := _number(value)) is None else int(number)


async def of(uow: UnitOfWork, actor: Actor, agent_id: str, hours: int) -> Sequence[UsageSample]:
    """Return what an agent used in the last hours, oldest first."""
    await service.get(uow, actor, agent_id)
    return await queries.usage(uow.db, agent_id, uow.now() - timedelta(hours=hours))
