from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from streamspace.server.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class UserDeactivated(Event):
    """A person was switched off: their sessions end, everywhere."""

    name: ClassVar[str] = "user.deactivated"
    user_id: str
