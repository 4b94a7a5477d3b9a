"""Which agent runs a session, and why not the others. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from streamspace.kit import quantities
from streamspace.protocol.places import Place


@dataclass(frozen=True, slots=True)
class Need:
    """What a session asks of an agent."""

    cpu_millicores: int = 0
    memory_bytes: int = 0
    has_image: bool = False
    packages: frozenset[str] = frozenset()
    region: str | None = None
    """Where it should run; agents elsewhere come after all those there."""
    region_required: bool = False
    """Whether agents elsewhere do not come into question at all."""
    labels: frozenset[tuple[str, str]] = frozenset()
    """What an agent must be labelled with."""


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
    params: Mapping[str, str | float] = field(default_factory=dict)
    """What the message says of this case, for who says it in another language."""

    def out(self) -> dict[str, Any]:
        """Return it as the API shows it."""
        shown: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.packages:
            shown["packages"] = list(self.packages)
        if self.params:
            shown["params"] = dict(self.params)
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
    cordoned: bool = False
    region: str | None = None
    labels: frozenset[tuple[str, str]] = frozenset()
    ready: bool = False
    """Whether a session like this was started ahead there; it comes before those where none was."""
    home: bool = False
    """Whether the person's files were last worked on there; it comes before all others that are as near."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """An agent and what speaks against it, if anything."""

    agent_id: str
    reasons: tuple[Reason, ...]
    score: float | None = None
    """Its place among those that nothing speaks against: 1 for the chosen one, towards 0 for the last."""
    advantages: tuple[Reason, ...] = ()
    """What put it before others, apart from the strategy."""

    @property
    def ok(self) -> bool:
        """Whether nothing does."""
        return not self.reasons

    def out(self) -> dict[str, Any]:
        """Return it as the API shows it."""
        shown: dict[str, Any] = {
            "agentId": self.agent_id,
            "ok": self.ok,
            "reasons": [reason.out() for reason in self.reasons],
        }
        if self.score is not None:
            shown["score"] = self.score
        if self.advantages:
            shown["advantages"] = [advantage.out() for advantage in self.advantages]
        return shown


@dataclass(frozen=True, slots=True)
class Decision:
    """The chosen agent, or None, and every agent's verdict."""

    agent_id: str | None
    verdicts: tuple[Verdict, ...]
    strategy: str = "least_loaded"

    def out(self) -> list[dict[str, Any]]:
        """Return the verdicts as the API shows them."""
        return [verdict.out() for verdict in self.verdicts]


def within(need: Need, place: Place | None) -> Need:
    """Return a need that asks for a place too; a region that it insists on already stays."""
    if place is None:
        return need
    need = replace(need, labels=need.labels | frozenset(place.labels.items()))
    if place.region is None or (need.region is not None and need.region_required):
        return need
    return replace(need, region=place.region, region_required=place.region_required)


def decide(
    need: Need, candidates: Sequence[Candidate], *, strategy: str = "least_loaded", cpu_overcommit: float = 1.0
) -> Decision:
    """Choose an agent among those that nothing speaks against, the way the strategy says; names break ties."""
    verdicts = [
        Verdict(c.agent_id, tuple(_against(need, c, cpu_overcommit)), advantages=tuple(_advantages(c)))
        for c in candidates
    ]
    fitting = [c for c, verdict in zip(candidates, verdicts, strict=True) if verdict.ok]
    by_strategy = STRATEGIES[strategy](need, fitting)
    order = sorted(fitting, key=lambda c: (_elsewhere(need, c), not c.home, not c.ready, *by_strategy(c)))
    scores = {c.agent_id: round(1 - place / len(order), 3) for place, c in enumerate(order)}
    scored = tuple(
        replace(verdict, score=scores.get(verdict.agent_id)) if verdict.ok else verdict for verdict in verdicts
    )
    return Decision(order[0].agent_id if order else None, scored, strategy)


Key = Callable[[Candidate], tuple[Any, ...]]
"""Orders candidates, the best first."""


def _least_loaded(need: Need, fitting: Sequence[Candidate]) -> Key:
    del fitting
    return lambda c: (_elsewhere(need, c), c.load.sessions, c.load.memory_bytes, c.agent_id)


def _region_first(need: Need, fitting: Sequence[Candidate]) -> Key:
    del fitting
    # Where nobody asks for a region, agents that name theirs come before those that do not.
    return lambda c: (_elsewhere(need, c), c.region is None, c.load.sessions, c.load.memory_bytes, c.agent_id)


def _spread(need: Need, fitting: Sequence[Candidate]) -> Key:
    """Even out the share of places taken: first between regions, then between their agents."""
    taken: Counter[str | None] = Counter()
    for c in fitting:
        taken[c.region] += c.load.sessions
    agents = Counter(c.region for c in fitting)
    return lambda c: (
        _elsewhere(need, c),
        taken[c.region] / agents[c.region],
        c.region or "",
        _fullness(need, c),
        c.load.sessions,
        c.agent_id,
    )


def _pack(need: Need, fitting: Sequence[Candidate]) -> Key:
    """Fill one agent before the next is begun, so that others can be switched off."""
    del fitting
    return lambda c: (_elsewhere(need, c), -_fullness(need, c), -c.load.sessions, c.agent_id)


STRATEGIES: Mapping[str, Callable[[Need, Sequence[Candidate]], Key]] = {
    "least_loaded": _least_loaded,
    "region_first": _region_first,
    "spread": _spread,
    "pack": _pack,
}


def _advantages(agent: Candidate) -> list[Reason]:
    found = []
    if agent.home:
        found.append(Reason("home", "The files of this person's earlier sessions are there."))
    if agent.ready:
        found.append(Reason("warm", "A session like this was started ahead there."))
    return found


def _elsewhere(need: Need, agent: Candidate) -> bool:
    return need.region is not None and agent.region != need.region


def _fullness(need: Need, agent: Candidate) -> float:
    """Return the largest share of anything that is taken once this session runs there too."""
    shares = (
        (agent.load.sessions + 1, agent.max_sessions),
        (agent.load.memory_bytes + need.memory_bytes, agent.memory_bytes),
        (agent.load.cpu_millicores + need.cpu_millicores, agent.cpu_millicores),
    )
    return max((taken / whole for taken, whole in shares if whole), default=0.0)


def _against(need: Need, agent: Candidate, cpu_overcommit: float) -> list[Reason]:
    return [*_shut(agent), *_misplaced(need, agent), *_unable(need, agent), *_room(need, agent, cpu_overcommit)]


def closed(need: Need, agent: Candidate, cpu_overcommit: float = 1.0) -> list[Reason]:
    """Say why an agent takes no session of this size now, whatever would run in it."""
    return [*_shut(agent), *_room(need, agent, cpu_overcommit)]


def _shut(agent: Candidate) -> list[Reason]:
    reasons = []
    if not agent.approved:
        reasons.append(Reason("not_approved", "An administrator has not approved this agent yet."))
    if not agent.online:
        reasons.append(Reason("offline", "The agent is not connected."))
    if agent.draining:
        reasons.append(Reason("draining", "The agent takes no new sessions: it is being drained."))
    if agent.cordoned:
        reasons.append(Reason("cordoned", "The agent takes no new sessions: an administrator has cordoned it off."))
    return reasons


def _misplaced(need: Need, agent: Candidate) -> list[Reason]:
    reasons = []
    if need.region_required and _elsewhere(need, agent):
        where = f"in {agent.region}" if agent.region else "in no named region"
        params = {"region": need.region or "", "there": agent.region or ""}
        reasons.append(Reason("region", f"The session must run in {need.region}; the agent is {where}.", params=params))
    if lacking := sorted(need.labels - agent.labels):
        wanted = ", ".join(f"{key}={value}" for key, value in lacking)
        reasons.append(Reason("labels", f"The session must run on an agent with {wanted}.", params={"labels": wanted}))
    return reasons


def _unable(need: Need, agent: Candidate) -> list[Reason]:
    if agent.platform == "process":
        return _packages(need, agent)
    if not need.has_image and not need.packages:
        no_image = f"The template has no image that {agent.platform} could run."
        return [Reason("no_image", no_image, params={"platform": agent.platform})]
    return []


def _room(need: Need, agent: Candidate, cpu_overcommit: float) -> list[Reason]:
    reasons = []
    if agent.max_sessions is not None and agent.load.sessions >= agent.max_sessions:
        places = {"places": agent.max_sessions}
        reasons.append(Reason("full", f"All {agent.max_sessions} places are taken.", params=places))
    if agent.memory_bytes is not None:
        free = max(agent.memory_bytes - agent.load.memory_bytes, 0)
        if need.memory_bytes > free:
            memory = f"Needs {_mebibytes(need.memory_bytes)} of memory, {_mebibytes(free)} are free."
            reasons.append(Reason("memory", memory, params={"needed": need.memory_bytes, "free": free}))
    if agent.cpu_millicores is not None:
        free = max(int(agent.cpu_millicores * cpu_overcommit) - agent.load.cpu_millicores, 0)
        if need.cpu_millicores > free:
            cores = {"needed": need.cpu_millicores / 1000, "free": free / 1000}
            reasons.append(Reason("cpu", f"Needs {cores['needed']:g} cores, {cores['free']:g} are free.", params=cores))
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
