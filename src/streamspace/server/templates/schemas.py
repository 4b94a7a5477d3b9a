from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from streamspace.manifests import Finding
from streamspace.protocol.base import Wire
from streamspace.server.templates.rules import LONGEST_VERSION, Status

Sort = Literal["name", "popularity", "created", "rating", "relevance"]
Version = Annotated[str, StringConstraints(min_length=5, max_length=LONGEST_VERSION)]
Text = Annotated[str, StringConstraints(max_length=4000, pattern=r"^[^\x00]*$")]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which templates a list holds."""

    search: str | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    featured: bool | None = None
    app_type: str | None = None
    favorites: bool = False
    retired: bool = False

    def out(self) -> dict[str, Any]:
        """Return what of it was said, by the API's names."""
        said = {
            "search": self.search,
            "category": self.category,
            "tags": list(self.tags) or None,
            "featured": self.featured,
            "appType": self.app_type,
            "favorites": self.favorites or None,
            "retired": self.retired or None,
        }
        return {name: value for name, value in said.items() if value is not None}


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
    org_id: str | None = None
    """Whose it is; everybody's if it is left out."""
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
    version: str
    source: str
    """`catalog`: kept up to date from there; `own`: by people here."""
    popularity: int
    favorited: bool
    rating: float | None = None
    rating_count: int
    asks: bool
    """Whether a start asks for parameters."""
    retired: bool | None = None
    created_at: datetime
    updated_at: datetime


class FindingOut(Wire):
    """A remark on a manifest, and where in its text."""

    path: str
    line: int | None = None
    column: int | None = None
    severity: Literal["error", "warning"]
    code: str
    message: str


class TemplateDetail(TemplateOut):
    """A template with its manifest and what each agent says to it."""

    revision: int
    """Also the ETag: send it as If-Match with a change."""
    manifest: dict[str, Any]
    parameter_schema: dict[str, Any]
    """What a start asks for, as JSON Schema."""
    availability: list[VerdictOut]
    findings: list[FindingOut] | None = None
    """Warnings about what was just sent."""


class TemplateList(Wire):
    """A list of templates; `categories` counts all that you may launch, whatever was asked for."""

    templates: list[TemplateOut]
    total: int
    categories: dict[str, int]
    filters: dict[str, Any]
    """What was asked for."""
    tags: dict[str, int] | None = None
    """The most frequent tags of all that you may launch, with `facets`."""
    corrected: bool | None = None
    """Whether nothing fits what was typed, so that these are guesses at what was meant."""
    next_cursor: str | None = None


class ValidationOut(Wire):
    """What is to be said of a manifest; with an error it cannot be taken."""

    valid: bool
    name: str | None = None
    findings: list[FindingOut]


class VersionIn(Wire):
    """A draft to make. Without a manifest it begins as what everybody gets now."""

    version: Version
    changelog: Text = ""
    manifest: dict[str, Any] | None = None


class VersionPatch(Wire):
    """What to change of a draft."""

    changelog: Text | None = None
    manifest: dict[str, Any] | None = None


class CloneIn(Wire):
    """Where a copy of a version goes: a draft of the same template, or a new template."""

    version: Version | None = None
    """The next patch if it is left out; the first version of a new template."""
    changelog: Text = ""
    template: str | None = Field(default=None, min_length=1, max_length=63, pattern=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")
    """The name of a new template, of your organisation unless you look after everybody's."""
    org_id: str | None = Field(default=None, min_length=1, max_length=64)
    display_name: str | None = Field(default=None, min_length=1, max_length=100)


class VersionOut(Wire):
    """A version without its manifest."""

    id: str
    template: str
    version: str
    status: Status
    is_default: bool
    changelog: str
    automatic: bool
    """Whether a change of the template made it."""
    parent_id: str | None = None
    created_by: str | None = None
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None = None
    deprecated_at: datetime | None = None


class VersionDetail(VersionOut):
    """A version with its manifest."""

    manifest: dict[str, Any]


class VersionList(Wire):
    """All versions, the highest first."""

    versions: list[VersionOut]
    total: int


class ParentOut(Wire):
    """What a version was made from."""

    id: str
    template: str
    version: str


class OverrideOut(Wire):
    """Where a version differs from its parent."""

    path: str
    value: Any = None
    parent_value: Any = None


class InheritanceOut(Wire):
    """What of the default version is as in its parent, and what is not."""

    template: str
    version: str
    parent: ParentOut | None = None
    inherited: list[str]
    overridden: list[OverrideOut]


class FavoriteOut(Wire):
    """A favourite, ready to be shown."""

    name: str
    display_name: str
    description: str
    category: str
    icon: str | None = None
    tags: list[str]
    favorited: Literal[True] = True
    favorited_at: datetime


class FavoriteList(Wire):
    """Your favourites, the newest first."""

    templates: list[FavoriteOut]
    total: int


class FavoriteSaid(Wire):
    """What was done, to which template."""

    message: str
    template: str


class FavoriteAnswer(Wire):
    """Whether a template is among your favourites."""

    favorited: bool
    template: str


class DayOut(Wire):
    """One day (UTC)."""

    day: date
    launches: int
    users: int


class StatisticsOut(Wire):
    """How often a template was started, in your organisation unless you see all; days without starts are left out."""

    template: str
    days: int
    launches: int
    users: int
    last_day: date | None = None
    total_launches: int
    """Since it is there, in the whole installation."""
    per_day: list[DayOut]


def finding_out(finding: Finding) -> FindingOut:
    """Show a remark."""
    return FindingOut(
        path=finding.path,
        line=finding.line,
        column=finding.column,
        severity=finding.severity,
        code=finding.code,
        message=finding.message,
    )
