"""Which agent runs a session, and why not the others. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from streamspace.kit import quantities


@dataclass(frozen=True, slots=True)
class Need:
    """What a session asks of an agent."""

    cpu_millicores: int = 0
    memory_bytes: int = 0
    has_image: bool = False
    packages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Load:
    """What is promised on an agent already."""

    sessions: int = 0
    cpu_millicores: int = 0
    memory_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks against an agent."""

    code: str
    message: str
    packages: tuple[str, ...] = ()

    def out(self) -> dict[str, Any]:
        """Return it as the API shows it."""
        shown: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.packages:
            shown["packages"] = list(self.packages)
        return shown


@dataclass(frozen=True, slots=True)
class Candidate:
    """What placement knows of an agent."""

    agent_id: str
    platform: str
    approved: bool
    online: bool
    draining: bool
    max_sessions: int | None = None
    cpu_millicores: int | None = None
    memory_bytes: int | None = None
    packages: frozenset[str] | None = None
    load: Load = field(default_factory=Load)


@dataclass(frozen=True, slots=True)
class Verdict:
    """An agent and what speaks against it, if anything."""

    agent_id: str
    reasons: tuple[Reason, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing does."""
        return not self.reasons

    def out(self) -> dict[str, Any]:
        """Return it as the API shows it."""
        return {"agentId": self.agent_id, "ok": self.ok, "reasons": [reason.out() for reason in self.reasons]}


@dataclass(frozen=True, slots=True)
class Decision:
    """The chosen agent, or None, and every agent's verdict."""

    agent_id: str | None
    verdicts: tuple[Verdict, ...]

    def out(self) -> list[dict[str, Any]]:
        """Return the verdicts as the API shows them."""
        return [verdict.out() for verdict in self.verdicts]


def decide(need: Need, candidates: Sequence[Candidate], *, cpu_overcommit: float = 1.0) -> Decision:
    """Choose the agent with the fewest sessions among those that nothing speaks against; names break ties."""
    verdicts = tuple(Verdict(c.agent_id, tuple(_against(need, c, cpu_overcommit))) for c in candidates)
    fitting = [c for c, verdict in zip(candidates, verdicts, strict=True) if verdict.ok]
    best = min(fitting, key=lambda c: (c.load.sessions, c.load.memory_bytes, c.agent_id), default=None)
    return Decision(best.agent_id if best else None, verdicts)


def _against(need: Need, agent: Candidate, cpu_overcommit: float) -> list[Reason]:
    reasons = []
    if not agent.approved:
        reasons.append(Reason("not_approved", "An administrator has not approved this agent yet."))
    if not agent.online:
        reasons.append(Reason("offline", "The agent is not connected."))
    if agent.draining:
        reasons.append(Reason("draining", "The agent takes no new sessions: it is being drained."))
    if agent.platform == "process":
        reasons.extend(_packages(need, agent))
    elif not need.has_image and not need.packages:
        reasons.append(Reason("no_image", f"The template has no image that {agent.platform} could run."))
    reasons.extend(_room(need, agent, cpu_overcommit))
    return reasons


def _room(need: Need, agent: Candidate, cpu_overcommit: float) -> list[Reason]:
    reasons = []
    if agent.max_sessions is not None and agent.load.sessions >= agent.max_sessions:
        reasons.append(Reason("full", f"All {agent.max_sessions} places are taken."))
    if agent.memory_bytes is not None:
        free = agent.memory_bytes - agent.load.memory_bytes
        if need.memory_bytes > free:
            reasons.append(
                Reason(
                    "memory",
                    f"Needs {_mebibytes(need.memory_bytes)} of memory, {_mebibytes(max(free, 0))} are free.",
                )
            )
    if agent.cpu_millicores is not None:
        free = int(agent.cpu_millicores * cpu_overcommit) - agent.load.cpu_millicores
        if need.cpu_millicores > free:
            reasons.append(
                Reason("cpu", f"Needs {need.cpu_millicores / 1000:g} cores, {max(free, 0) / 1000:g} are free.")
            )
    return reasons


def _packages(need: Need, agent: Candidate) -> list[Reason]:
    if not need.packages:
        return [Reason("no_packages", "The template does not say which Debian packages it runs from.")]
    if agent.packages is None:
        return []
    missing = tuple(sorted(need.packages - agent.packages))
    if not missing:
        return []
    return [Reason("packages_missing", f"These packages are not installed: {', '.join(missing)}.", missing)]


def _mebibytes(size: int) -> str:
    return f"{size // 1024**2} MiB"


def capacity(stated: Mapping[str, Any] | None) -> tuple[int | None, int | None, int | None]:
    """Read what an agent says it has: sessions, millicores, bytes; what it leaves out or garbles is not a limit."""
    stated = stated or {}
    sessions = stated.get("maxSessions")
    return (
        sessions if isinstance(sessions, int) and sessions > 0 else None,
        _read(quantities.millicores, str(stated.get("cpu", "")).removesuffix(" cores")),
        _read(quantities.size_bytes, str(stated.get("memory", ""))),
    )


def _read(reader: Any, text: str) -> int | None:
    try:
        return int(reader(text)) or None
    except quantities.BadQuantity:
        return None
