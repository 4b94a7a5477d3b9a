"""How agents stand right now: what is promised on them, what they begin, and why they take nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from streamspace import protocol
from streamspace.kit import quantities
from streamspace.server.agents import placement, queries, service
from streamspace.server.agents.models import Agent
from streamspace.server.agents.placement import Load, Need, Reason
from streamspace.server.agents.schemas import ObstacleOut, ReservedOut, StandingOut, StartsOut
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.settings import Settings


@dataclass(frozen=True, slots=True)
class Promised:
    """What sessions were promised on an agent, and how many sleep there."""

    load: Load = field(default_factory=Load)
    asleep: int = 0


@dataclass(frozen=True, slots=True)
class Promises:
    """Asks what is promised on each agent. Sessions know it, and they stand above agents."""

    ask: Callable[[UnitOfWork, str | None], Awaitable[Mapping[str, Promised]]]
    """Takes one agent's name, or None for all."""


async def of(
    uow: UnitOfWork, settings: Settings, promises: Promises, agents: Sequence[Agent]
) -> dict[str, StandingOut]:
    """Say how each of these agents stands."""
    promised = await promises.ask(uow, agents[0].agent_id if len(agents) == 1 else None)
    starts = await queries.starts_of(uow.db, [agent.agent_id for agent in agents])
    usual = Need(quantities.millicores(settings.default_cpu), quantities.size_bytes(settings.default_memory))
    shown = {}
    for agent in agents:
        held = promised.get(agent.agent_id, Promised())
        begun, waiting = starts.get(agent.agent_id, (0, 0))
        reasons = against(agent, held.load, usual, settings.cpu_overcommit)
        shown[agent.agent_id] = StandingOut(
            reserved=ReservedOut(
                sessions=held.load.sessions,
                cpu_millicores=held.load.cpu_millicores,
                memory_bytes=held.load.memory_bytes,
            ),
            asleep=held.asleep,
            starts=StartsOut(under_way=begun, waiting=waiting, at_once=agent.max_starts or settings.starts_per_agent),
            takes_sessions=not reasons,
            reasons=[ObstacleOut.model_validate(reason.out()) for reason in reasons],
        )
    return shown


def against(agent: Agent, load: Load, usual: Need, cpu_overcommit: float) -> list[Reason]:
    """Say why an agent takes no session of the usual size now."""
    if agent.approval_status == "rejected":
        return [Reason("rejected", "An administrator rejected this agent.")]
    reasons = placement.closed(usual, service.candidate(agent, load), cpu_overcommit)
    if not agent.api_key_hash:
        reasons.append(Reason("key_revoked", "Its key was revoked. Make it a new one, and start it with that."))
    misfit = None if agent.protocol_version is None else protocol.misfit(protocol.VERSION, agent.protocol_version)
    if misfit is not None:
        reasons.append(Reason("version", misfit))
    return reasons
