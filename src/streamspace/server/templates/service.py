"""What can be done with templates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row

from streamspace.kit import ids
from streamspace.protocol.manifest import TemplateManifest
from streamspace.server.agents import placement
from streamspace.server.agents.placement import Candidate, Decision
from streamspace.server.core import permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.templates import queries
from streamspace.server.templates.errors import NoIcon, NoSuchTemplate
from streamspace.server.templates.events import TemplatesChanged
from streamspace.server.templates.models import Template
from streamspace.server.templates.reader import Entry


async def list_templates(uow: UnitOfWork, actor: Actor) -> Sequence[Row[Any]]:
    """Return all templates the actor may use."""
    permissions.require(actor, Action.TEMPLATE_VIEW, owner_id=None, org_id=actor.org_id)
    return await queries.listed(uow.db, actor)


async def get(uow: UnitOfWork, actor: Actor, name: str) -> Template:
    """Return one template the actor may use."""
    permissions.require(actor, Action.TEMPLATE_VIEW, owner_id=None, org_id=actor.org_id)
    found = await queries.by_name(uow.db, actor, name)
    if found is None:
        raise NoSuchTemplate
    return found


async def by_id(uow: UnitOfWork, template_id: str) -> Template | None:
    """Return a template, retired or not, whoever may use it."""
    return await uow.db.get(Template, template_id, populate_existing=True)


async def icon(uow: UnitOfWork, actor: Actor, name: str) -> tuple[bytes, str]:
    """Return a template's icon and its media type."""
    found = await get(uow, actor, name)
    if found.icon is None or found.icon_type is None:
        raise NoIcon
    return found.icon, found.icon_type


def need_of(manifest: TemplateManifest, cpu_millicores: int = 0, memory_bytes: int = 0) -> placement.Need:
    """Say what a template asks of an agent."""
    packages = manifest.spec.debian.packages if manifest.spec.debian else []
    need = placement.Need(cpu_millicores, memory_bytes, manifest.spec.base_image is not None, frozenset(packages))
    return placement.within(need, manifest.spec.placement)


def availability(template: Template | Row[Any], fleet: Sequence[Candidate]) -> Decision:
    """Say which agents could run a template, leaving aside how full they are."""
    return placement.decide(need_of(TemplateManifest.model_validate(template.manifest)), fleet)


async def packages_of(uow: UnitOfWork, actor: Actor, name: str) -> list[str]:
    """Return the Debian packages a template runs from."""
    manifest = TemplateManifest.model_validate((await get(uow, actor, name)).manifest)
    return manifest.spec.debian.packages if manifest.spec.debian else []


async def count_launch(uow: UnitOfWork, template_id: str) -> None:
    """Remember that somebody launched it, for sorting by popularity."""
    await queries.count_launch(uow.db, template_id)


async def take_in(uow: UnitOfWork, entries: Iterable[Entry]) -> list[str]:
    """Make the official templates those of the catalog and return what changed. Ids survive, vanished ones retire."""
    known = {template.name: template for template in await queries.official(uow.db)}
    changed = []
    for entry in entries:
        manifest = entry.manifest.model_dump(mode="json", by_alias=True, exclude_none=True)
        digest = hashlib.sha256(f"{manifest}".encode() + (entry.icon or b"")).hexdigest()
        template = known.pop(entry.manifest.metadata.name, None)
        if template is None:
            template = Template(id=ids.uid(), name=entry.manifest.metadata.name, created_at=uow.now(), digest="")
            uow.db.add(template)
        if template.digest == digest and not template.retired:
            continue
        spec = entry.manifest.spec
        template.display_name, template.description = spec.display_name, spec.description
        template.category, template.app_type = spec.category, spec.app_type
        template.streaming_protocol, template.tags = spec.streaming_protocol, spec.tags
        template.featured, template.manifest = spec.featured, manifest
        template.icon, template.icon_type = entry.icon, entry.icon_type
        template.digest, template.retired, template.updated_at = digest, False, uow.now()
        changed.append(template.name)
    for vanished in known.values():
        if not vanished.retired:
            vanished.retired, vanished.updated_at = True, uow.now()
            changed.append(vanished.name)
    if changed:
        uow.announce(TemplatesChanged(names=changed))
    return changed
