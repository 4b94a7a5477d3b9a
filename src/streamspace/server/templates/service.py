"""What can be done with templates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from streamspace.kit import ids
from streamspace.protocol.manifest import TemplateManifest
from streamspace.server.agents import placement
from streamspace.server.agents.placement import Candidate, Decision
from streamspace.server.core import lists, permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.ratings import service as ratings
from streamspace.server.templates import habits, history, indexing, queries, rules, search
from streamspace.server.templates.errors import NoIcon, NoSuchTemplate, NoSuchVersion
from streamspace.server.templates.events import TemplatesChanged
from streamspace.server.templates.history import CATALOG
from streamspace.server.templates.models import Template
from streamspace.server.templates.reader import Entry
from streamspace.server.templates.rules import Status
from streamspace.server.templates.schemas import Filter, Sort

_REMEMBERED = timedelta(days=400)
"""How long it is known who launched what on which day."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list."""

    rows: Sequence[Row[Any]]
    total: int
    cursor: str | None
    corrected: bool


async def list_templates(
    uow: UnitOfWork, actor: Actor, wanted: Filter, *, sort: Sort | None, limit: int, cursor: str | None
) -> Page:
    """Return a page of the templates the actor may use; what was typed with a slip is guessed at if nothing else fits.

    Raises:
        BadCursor: it is not one of ours, or of another order.
    """
    permissions.require(actor, Action.TEMPLATE_VIEW, owner_id=None, org_id=actor.org_id)
    asked = search.asked(wanted.search or "")
    if wanted.search and wanted.search.strip() and not asked:
        return Page([], 0, None, corrected=False)
    order = sort or ("relevance" if asked else "name")
    order = "name" if order == "relevance" and not asked else order
    after = lists.after(cursor, *queries.kinds_of(order), bool)
    guessing = bool(after[-1]) if after is not None else False
    meanings = await _meanings(uow, asked, guessing=guessing)
    rows, total = await _listed(uow, actor, wanted, meanings, order, limit, after and after[:-1])
    if not rows and asked and after is None:
        guessing = True
        meanings = await _meanings(uow, asked, guessing=True)
        rows, total = await _listed(uow, actor, wanted, meanings, order, limit, None)
    keys = queries.ORDERS[order]
    rows, following = lists.cut(rows, limit, lambda row: (*(getattr(row, key) for key in keys), guessing))
    return Page(rows, total, following, corrected=guessing and bool(rows))


async def _meanings(uow: UnitOfWork, asked: Sequence[str], *, guessing: bool) -> list[dict[str, int]]:
    look = indexing.likely if guessing else indexing.certain
    return [await look(uow.db, word) for word in asked]


async def _listed(
    uow: UnitOfWork,
    actor: Actor,
    wanted: Filter,
    meanings: list[dict[str, int]],
    sort: str,
    limit: int,
    after: tuple[Any, ...] | None,
) -> tuple[Sequence[Row[Any]], int]:
    if meanings and not search.meant(meanings):
        return [], 0
    return await queries.listed(uow.db, actor, wanted, meanings, sort=sort, limit=limit, after=after)


async def counts(uow: UnitOfWork, actor: Actor, *, tags: bool) -> tuple[dict[str, int], dict[str, int] | None]:
    """Return how many templates each category has, and if asked for each of the most frequent tags."""
    return await queries.categories(uow.db, actor), await queries.tags(uow.db, actor, 100) if tags else None


async def get(uow: UnitOfWork, actor: Actor, name: str) -> Template:
    """Return one template the actor may launch, by its name."""
    permissions.require(actor, Action.TEMPLATE_VIEW, owner_id=None, org_id=actor.org_id)
    found = await queries.by_name(uow.db, actor, name)
    if found is None:
        raise NoSuchTemplate
    return found


async def find(
    uow: UnitOfWork, actor: Actor, name: str, *, action: Action = Action.TEMPLATE_VIEW, locked: bool = False
) -> Template:
    """Return one template that the actor may do this to, by name or id; one that was deleted, to who may restore it.

    Raises:
        NoSuchTemplate, Forbidden.
    """
    found = await queries.find(uow.db, actor, name, retired=True, locked=locked)
    if found is None or (found.retired and not may_manage(actor, found)):
        raise NoSuchTemplate
    if found.org_id is None and action is Action.TEMPLATE_VIEW:
        permissions.require(actor, action, owner_id=None, org_id=actor.org_id)
    else:
        permissions.require(actor, action, owner_id=None, org_id=found.org_id)
    return found


def may_manage(actor: Actor, template: Template) -> bool:
    """Say whether the actor looks after this template."""
    return permissions.may(actor, Action.TEMPLATE_MANAGE, owner_id=None, org_id=template.org_id)


async def extras(uow: UnitOfWork, actor: Actor, template: Template) -> Row[Any]:
    """Return what is shown of a template beside its row: ratings, and whether it is a favourite."""
    return await queries.extras(uow.db, actor, template.id)


async def by_id(uow: UnitOfWork, template_id: str) -> Template | None:
    """Return a template, retired or not, whoever may use it."""
    return await uow.db.get(Template, template_id, populate_existing=True)


async def icon(uow: UnitOfWork, actor: Actor, name: str) -> tuple[bytes, str]:
    """Return a template's icon and its media type."""
    found = await find(uow, actor, name)
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


# What sessions ask


@dataclass(frozen=True, slots=True)
class Launchable:
    """What a session is started from."""

    template: Template
    manifest: dict[str, Any]
    version: str

    @property
    def usual(self) -> bool:
        """Whether it is what everybody gets."""
        return self.version == self.template.version


async def launchable(uow: UnitOfWork, actor: Actor, name: str, version: str | None) -> Launchable:
    """Return what the actor launches: the default version unless they name another; drafts for those who make them.

    Raises:
        NoSuchTemplate, NoSuchVersion.
    """
    template = await get(uow, actor, name)
    if version is None or version == template.version:
        return Launchable(template, template.manifest, template.version)
    found = await queries.version(uow.db, template.id, version)
    if found is None or (found.status == Status.DRAFT and not may_manage(actor, template)):
        raise NoSuchVersion
    return Launchable(template, found.manifest, found.version)


async def count_launch(uow: UnitOfWork, template_id: str, org_id: str, user_id: str) -> None:
    """Remember that somebody launched it, for its popularity and statistics."""
    await habits.count_launch(uow.db, template_id, org_id, user_id, uow.now().date())


# What repeats


async def take_in(uow: UnitOfWork, entries: Iterable[Entry]) -> list[str]:
    """Make the official templates those of the catalog and return what changed. Ids survive, vanished ones retire.

    What people changed here, or made under the same name, stays theirs.
    """
    known = {template.name: template for template in await queries.everybodys(uow.db)}
    fresh: list[tuple[Template, history.Said, Entry]] = []
    for entry in entries:
        name = entry.manifest.metadata.name
        template = known.pop(name, None)
        if template is not None and template.source != CATALOG and not template.retired:
            continue
        now = history.said(entry.manifest)
        digest = rules.digest(now.stored, entry.icon)
        if template is None:
            template = Template(id=ids.uid(), name=name, created_at=uow.now(), version=rules.FIRST_VERSION, revision=0)
            uow.db.add(template)
        elif template.digest == digest and not template.retired:
            continue
        fresh.append((template, now, entry))
    await _renew(uow, fresh)
    vanished = [one for one in known.values() if one.source == CATALOG and not one.retired]
    for template in vanished:
        retire(uow, template)
    changed = [template.name for template, _, _ in fresh] + [template.name for template in vanished]
    if changed:
        uow.announce(TemplatesChanged(names=changed))
    return changed


async def _renew(uow: UnitOfWork, fresh: Sequence[tuple[Template, history.Said, Entry]]) -> None:
    versions = await queries.versions_of(uow.db, [template.id for template, _, _ in fresh])
    new = []
    for template, now, entry in fresh:
        known = versions[template.id]
        if not known or not history.same(template, now):
            new.append((template, now, known))
        template.source, template.retired, template.retired_at = CATALOG, False, None
        template.icon, template.icon_type = entry.icon, entry.icon_type
        history.write(uow, template, now)
    await history.index(uow, [template for template, _, _ in fresh])
    for template, now, known in new:
        template.version = (await history.record(uow, template, now, known)).version


def retire(uow: UnitOfWork, template: Template) -> None:
    """Take a template away from those who launch; its sessions have what they need."""
    template.retired, template.retired_at = True, uow.now()
    history.touch(uow, template)


async def index_anew(uow: UnitOfWork) -> int:
    """Index templates that older rules indexed, or none; the number says how many there were."""
    found = await queries.unindexed(uow.db, search.RULES)
    await history.index(uow, found)
    return len(found)


async def forget_old(uow: UnitOfWork) -> None:
    """Drop launches that are no longer counted, words that no template has, and put ratings' totals right."""
    before: datetime = uow.now() - _REMEMBERED
    await habits.forget_launches(uow.db, before.date())
    await indexing.forget_unused(uow.db)
    await ratings.recount(uow)
