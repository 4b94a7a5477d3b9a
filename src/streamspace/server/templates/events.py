from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from streamspace.server.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplatesChanged(Event):
    """What can be launched differs from before: the catalog was read anew, or somebody changed a template."""

    name: ClassVar[str] = "template.changed"
    names: list[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateCreated(Event):
    """Somebody made a template."""

    name: ClassVar[str] = "template.created"
    template_id: str
    template: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateUpdated(TemplateCreated):
    """Somebody changed what a template says, or which version of it everybody gets."""

    name: ClassVar[str] = "template.updated"
    fields: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateDeleted(TemplateCreated):
    """Somebody took a template away; what runs goes on."""

    name: ClassVar[str] = "template.deleted"
