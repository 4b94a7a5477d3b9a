from __future__ import annotations

from datetime import datetime

from pydantic import ConfigDict
from pydantic.alias_generators import to_camel

from streamspace.protocol.base import Wire
from streamspace.protocol.policies import Policy
from streamspace.server.policies.rules import Effective, Kind, Said


class PolicyIn(Policy):
    """All that is said from now on: what is left out or null is left to others. An unknown field is refused."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", strict=True)

    def said(self) -> Policy:
        """Return it as it is stored."""
        return Policy(**dict(self))


class SourceOut(Wire):
    """Whose policy restricts something."""

    kind: Kind
    id: str
    name: str


class EffectivePolicyOut(Policy):
    """What holds; nothing is null. `sources` says who restricts what is restricted."""

    sources: dict[str, SourceOut]


class PolicyOut(Policy):
    """What somebody says; null is left to others. `effective` is what holds with what stands above them."""

    effective: EffectivePolicyOut
    updated_at: datetime | None = None


def effective_out(effective: Effective) -> EffectivePolicyOut:
    """Show what holds."""
    sources = {to_camel(name): _source(said) for name, said in effective.sources.items()}
    return EffectivePolicyOut(**dict(effective.policy), sources=sources)


def policy_out(said: Policy, effective: Effective, updated_at: datetime | None) -> PolicyOut:
    """Show what somebody says, and what holds."""
    return PolicyOut(**dict(said), effective=effective_out(effective), updated_at=updated_at)


def _source(said: Said) -> SourceOut:
    return SourceOut(kind=said.kind, id=said.id, name=said.name)
