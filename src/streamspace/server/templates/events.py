from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from streamspace.server.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplatesChanged(Event):
    """The catalog was read and differs from before."""

    name: ClassVar[str] = "template.changed"
    names: list[str]
