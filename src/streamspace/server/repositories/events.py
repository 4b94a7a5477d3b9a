from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from streamspace.server.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class SyncWanted(Event):
    """Somebody, or a webhook, asked for a repository to be read."""

    name: ClassVar[str] = "repository.sync_wanted"
    repository_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SyncMoved(Event):
    """A sync began, went on, or ended."""

    name: ClassVar[str] = "repository.sync"
    repository_id: int
    number: int
    status: str
    data: dict[str, Any]
