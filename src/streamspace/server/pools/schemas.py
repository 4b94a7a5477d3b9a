from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field, ValidationError

from streamspace.kit import quantities
from streamspace.protocol.base import Wire
from streamspace.server.pools.models import WarmPool
from streamspace.server.pools.rules import LONGEST_AGE, MOST_IN_A_POOL, SHORTEST_AGE


class PoolResourcesIn(Wire):
    """What each session is given; what is left out is the template's, as for a start that asks for nothing."""

    cpu: str | None = Field(default=None, max_length=40)
    memory: str | None = Field(default=None, max_length=40)


class PoolIn(Wire):
    """Which application is to wait, for whom, and how many times."""

    template: str = Field(min_length=1, max_length=63)
    size: int = Field(ge=0, le=MOST_IN_A_POOL)
    agent_id: str | None = Field(default=None, min_length=1, max_length=100)
    """The only agent they wait on; any that can if it is left out."""
    org_id: str | None = Field(default=None, min_length=1, max_length=64)
    """Whose people they wait for; everybody's if it is left out, or your own organisation's if you are its admin."""
    resources: PoolResourcesIn = Field(default_factory=PoolResourcesIn)
    max_age_seconds: int = Field(default=3600, ge=SHORTEST_AGE, le=LONGEST_AGE)
    """How long one waits before it is replaced."""


class PoolPatch(Wire):
    """What to change; what is left out stays. A size of 0 ends all that wait."""

    size: int | None = Field(default=None, ge=0, le=MOST_IN_A_POOL)
    max_age_seconds: int | None = Field(default=None, ge=SHORTEST_AGE, le=LONGEST_AGE)


class PoolResources(Wire):
    """What each session is given."""

    cpu: str
    memory: str


class PoolObstacle(Wire):
    """What speaks against one agent."""

    agent_id: str
    code: str
    message: str
    packages: list[str] | None = None
    params: dict[str, str | float] | None = None
    """What the message says of this case, for who says it in another language."""


class PoolProblem(Wire):
    """What keeps a pool from being full; the message says the same in English."""

    code: Literal["template_gone", "agent_missing", "no_agent", "no_room", "timeout", "failed"]
    message: str
    agent_id: str | None = None
    """Which agent is missing, or could not."""
    agents: list[PoolObstacle] = Field(default_factory=list)

    @classmethod
    def read(cls, kept: str | None) -> PoolProblem | None:
        """Read what was written down; before there were codes it was a sentence."""
        if kept is None:
            return None
        try:
            return cls.model_validate_json(kept)
        except ValidationError:
            return cls(code="failed", message=kept)

    def written(self) -> str:
        """Return it as it is kept."""
        return self.model_dump_json(by_alias=True, exclude_none=True)


class PoolOut(Wire):
    """A pool, and how full it is."""

    id: str
    template: str
    agent_id: str | None
    org_id: str | None
    size: int
    resources: PoolResources
    max_age_seconds: int
    ready: int
    starting: int
    claimed24h: int = Field(alias="claimed24h")
    """Sessions of the last 24 hours that came from it."""
    missed24h: int = Field(alias="missed24h")
    """Sessions of the last 24 hours that found it empty."""
    memory_bytes: int | None
    """What one that waits uses, at most, of the memory that is set aside for it."""
    created_at: datetime
    message: str | None
    """What keeps it from being full, if anything does; `problem` says it in parts."""
    problem: PoolProblem | None


class PoolList(Wire):
    """The pools you may see."""

    pools: list[PoolOut]
    total: int


def pool_out(pool: WarmPool, waiting: Any, claims: tuple[int, int]) -> PoolOut:
    """Show a pool."""
    problem = PoolProblem.read(pool.problem)
    return PoolOut(
        id=pool.id,
        template=pool.template_name,
        agent_id=pool.agent_id,
        org_id=pool.org_id,
        size=pool.size,
        resources=PoolResources(
            cpu=quantities.format_millicores(pool.cpu_millicores), memory=quantities.format_bytes(pool.memory_bytes)
        ),
        max_age_seconds=pool.max_age_seconds,
        ready=int(waiting.ready) if waiting is not None else 0,
        starting=int(waiting.starting) if waiting is not None else 0,
        claimed24h=claims[0],
        missed24h=claims[1],
        memory_bytes=waiting.used_bytes if waiting is not None else None,
        created_at=pool.created_at,
        message=problem.message if problem is not None else None,
        problem=problem,
    )
