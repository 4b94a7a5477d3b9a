from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from streamspace.server.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyChanged(Event):
    """An organisation, or a group of it, says something else about its sessions' borders."""

    name: ClassVar[str] = "policy.changed"
    kind: str
    subject_id: str
