from __future__ import annotations

from datetime import datetime
from typing import Any

from streamspace.protocol.base import Wire


class ReasonOut(Wire):
    """Why an agent cannot run something."""

    code: str
    message: str
    packages: list[str] | None = None


class VerdictOut(Wire):
    """One agent, and why not."""

    agent_id: str
    ok: bool
    reasons: list[ReasonOut]


class DefaultResourcesOut(Wire):
    """Memory and CPU as Kubernetes quantities."""

    memory: str | None = None
    cpu: str | None = None


class TemplateOut(Wire):
    """A template as the launcher shows it."""

    id: str
    name: str
    display_name: str
    description: str
    category: str
    icon: str | None = None
    app_type: str
    streaming_protocol: str
    tags: list[str]
    featured: bool
    default_resources: DefaultResourcesOut
    available: bool
    unavailable_reason: ReasonOut | None = None
    popularity: int
    created_at: datetime
    updated_at: datetime


class TemplateDetail(TemplateOut):
    """A template with its manifest and what each agent says to it."""

    manifest: dict[str, Any]
    availability: list[VerdictOut]


class TemplateList(Wire):
    """A list of templates, with how many each category has."""

    templates: list[TemplateOut]
    total: int
    categories: dict[str, int]
    next_cursor: str | None = None
