"""Which policy holds where several speak: pure decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from streamspace.protocol.policies import Policy, merged

Kind = Literal["organization", "group", "template"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A policy, and whose it is."""

    kind: Kind
    id: str
    name: str
    policy: Policy


@dataclass(frozen=True, slots=True)
class Effective:
    """What holds: nothing in `policy` is None. `sources` says who restricts each field that is restricted."""

    policy: Policy
    sources: dict[str, Said]


def weigh(said: Sequence[Said]) -> Effective:
    """Let the most restrictive win; of several that restrict alike, the first is named."""
    held = merged(*(one.policy for one in said))
    return Effective(held.complete(), {name: _who(name, held, said) for name in held.restricted()})


def _who(name: str, held: Policy, said: Sequence[Said]) -> Said:
    speaking = [one for one in said if name in one.policy.restricted()]
    return next((one for one in speaking if getattr(one.policy, name) == getattr(held, name)), speaking[0])
