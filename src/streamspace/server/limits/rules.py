"""Whether something still fits: pure decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from streamspace.kit import quantities


@dataclass(frozen=True, slots=True)
class Amount:
    """What sessions use: how many, processor in thousandths of a core, memory in bytes; and what homes hold."""

    sessions: int = 0
    cpu_millicores: int = 0
    memory_bytes: int = 0
    storage_bytes: int | None = None
    """None where no home was measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What may be used at once; None sets no limit. Storage in bytes."""

    max_sessions: int | None = None
    max_cpu_millicores: int | None = None
    max_memory_bytes: int | None = None
    max_storage_bytes: int | None = None

    def or_else(self, other: Limits) -> Limits:
        """Fill in what is not set from another."""
        return Limits(
            max_sessions=other.max_sessions if self.max_sessions is None else self.max_sessions,
            max_cpu_millicores=(
                other.max_cpu_millicores if self.max_cpu_millicores is None else self.max_cpu_millicores
            ),
            max_memory_bytes=other.max_memory_bytes if self.max_memory_bytes is None else self.max_memory_bytes,
            max_storage_bytes=other.max_storage_bytes if self.max_storage_bytes is None else self.max_storage_bytes,
        )


DEFAULTS = Limits(max_sessions=5, max_cpu_millicores=4000, max_memory_bytes=8 * 1024**3, max_storage_bytes=50 * 1024**3)
"""What a person may use where nobody said otherwise; administrators have no such limits. Source: the spec."""
NONE = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """Limits that apply to somebody, and whose use counts against them."""

    kind: str
    """user, group, organization; `platform` for a person's limits that are the platform's defaults."""
    name: str
    limits: Limits
    user_ids: frozenset[str] | None
    """None: everybody of the organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excess:
    """The limit that would be passed."""

    limit: str
    kind: str
    name: str
    most: str
    used: str
    requested: str

    @property
    def sentence(self) -> str:
        """Say it to the person who asked."""
        whose = {
            "user": f"{self.name}'s own limit",
            "platform": f"the limit for one person, {self.name},",
            "group": f"the limit of the group {self.name}",
            "organization": f"the limit of the organisation {self.name}",
        }[self.kind]
        if self.limit == "storage":
            return (
                f"The files of these homes pass {whose}: {self.most} of storage; {self.used} in use. Wake a session "
                "that sleeps and remove files in it, or ask an administrator for more."
            )
        what = {"sessions": "running sessions", "cpu": "of CPU", "memory": "of memory"}[self.limit]
        return (
            f"This would pass {whose}: {self.most} {what}; {self.used} in use, {self.requested} more asked for. "
            "Hibernate or stop a session, or ask an administrator for more."
        )


def excess(allowances: Iterable[tuple[Allowance, Amount]], wanted: Amount) -> Excess | None:
    """Return the first limit that this would pass, or None if it fits everywhere."""
    for allowance, used in allowances:
        limits = allowance.limits
        checks = (
            ("sessions", limits.max_sessions, used.sessions, wanted.sessions, str),
            (
                "cpu",
                limits.max_cpu_millicores,
                used.cpu_millicores,
                wanted.cpu_millicores,
                quantities.format_millicores,
            ),
            ("memory", limits.max_memory_bytes, used.memory_bytes, wanted.memory_bytes, quantities.format_bytes),
            # Nobody says beforehand what a session will write, so it is enough that the limit is not passed yet.
            ("storage", limits.max_storage_bytes, used.storage_bytes or 0, 0, quantities.format_size),
        )
        for name, most, have, more, shown in checks:
            if most is not None and have + more > most:
                return Excess(
                    limit=name,
                    kind=allowance.kind,
                    name=allowance.name,
                    most=shown(most),
                    used=shown(have),
                    requested=shown(more),
                )
    return None
