"""What a template says, and said before: its row follows its default version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from streamspace.kit import ids
from streamspace.protocol.manifest import TemplateManifest
from streamspace.server.core.db import UnitOfWork
from streamspace.server.templates import indexing, queries, rules, search
from streamspace.server.templates.errors import BadVersion, TooManyVersions, VersionExists
from streamspace.server.templates.models import Template, TemplateVersion
from streamspace.server.templates.rules import Status

CATALOG, OWN = "catalog", "own"


@dataclass(frozen=True, slots=True)
class Said:
    """A manifest, and all that was written of it."""

    manifest: TemplateManifest
    stored: dict[str, Any]


def said(manifest: TemplateManifest, written: Mapping[str, Any] | None = None) -> Said:
    """Return a manifest as it is stored: what we do not know of it stays."""
    dumped = manifest.model_dump(mode="json", by_alias=True, exclude_none=True)
    return Said(manifest, rules.kept(written, dumped) if written else dumped)


def from_stored(stored: Mapping[str, Any]) -> Said:
    """Return a manifest that was stored."""
    return said(TemplateManifest.model_validate(stored), stored)


def same(template: Template, now: Said) -> bool:
    """Say whether a template says this already, however it was written down then."""
    return from_stored(template.manifest).stored == now.stored


def write(uow: UnitOfWork, template: Template, now: Said) -> None:
    """Make a template's row say this, which is a change."""
    fill(template, now)
    touch(uow, template)


def fill(template: Template, now: Said) -> None:
    """Make a template's row say this."""
    spec = now.manifest.spec
    template.display_name, template.description = spec.display_name, spec.description
    template.sort_name = " ".join(search.words(spec.display_name))[:200] or spec.display_name
    template.category, template.app_type = spec.category, spec.app_type
    template.streaming_protocol, template.tags = spec.streaming_protocol, list(spec.tags)
    template.featured, template.manifest = spec.featured, now.stored
    template.digest = rules.digest(now.stored, template.icon)


def touch(uow: UnitOfWork, template: Template) -> None:
    """Count a change, so that whoever read it before does not undo it."""
    template.revision, template.updated_at = (template.revision or 0) + 1, uow.now()


async def index(uow: UnitOfWork, templates: Sequence[Template]) -> None:
    """Make these templates be found by what they say."""
    await uow.db.flush()
    weights = [search.weights(TemplateManifest.model_validate(template.manifest)) for template in templates]
    await indexing.put(uow.db, templates, weights)
    await uow.db.flush()


async def record(
    uow: UnitOfWork,
    template: Template,
    now: Said,
    known: Sequence[Row[Any]],
    *,
    status: Status = Status.PUBLISHED,
    version: str | None = None,
    changelog: str = "",
    created_by: str | None = None,
    parent_id: str | None = None,
) -> TemplateVersion:
    """Add a version; without a number it is the next patch, made by a change.

    Raises:
        BadVersion, VersionExists, TooManyVersions.
    """
    if version is not None and not rules.is_version(version):
        raise BadVersion
    if version in {row.version for row in known}:
        raise VersionExists
    await _make_room(uow, template, known)
    made = TemplateVersion(
        id=ids.uid(),
        template_id=template.id,
        version=version or rules.following(row.version for row in known),
        status=status,
        changelog=changelog,
        manifest=now.stored,
        automatic=version is None,
        parent_id=parent_id,
        created_by=created_by,
        created_at=uow.now(),
        updated_at=uow.now(),
        published_at=uow.now() if status is Status.PUBLISHED else None,
    )
    uow.db.add(made)
    return made


async def _make_room(uow: UnitOfWork, template: Template, known: Sequence[Row[Any]]) -> None:
    if len(known) < rules.MOST_VERSIONS:
        return
    spare = [row for row in known if row.automatic and row.version != template.version and row.status != Status.DRAFT]
    if not spare:
        raise TooManyVersions
    await queries.drop_version(uow.db, min(spare, key=lambda row: row.created_at).id)
