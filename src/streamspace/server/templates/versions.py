"""Versions of a template: drafts, what is published, what everybody gets, and where it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Row

from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Actor
from streamspace.server.templates import editing, history, queries, rules, service
from streamspace.server.templates.editing import Change, Read
from streamspace.server.templates.errors import (
    DefaultVersion,
    NameIsFixed,
    NoSuchVersion,
    NotADraft,
    NotPublished,
    TemplateRetired,
)
from streamspace.server.templates.models import Template, TemplateVersion
from streamspace.server.templates.rules import Status
from streamspace.server.templates.schemas import (
    CloneIn,
    InheritanceOut,
    OverrideOut,
    ParentOut,
    VersionIn,
    VersionPatch,
)

Found = tuple[Template, TemplateVersion]


async def list_versions(uow: UnitOfWork, actor: Actor, name: str) -> tuple[Template, list[Row[Any]]]:
    """Return a template's versions, the highest first; drafts only to those who make them.

    Raises:
        NoSuchTemplate.
    """
    template = await service.find(uow, actor, name)
    rows = await queries.versions(uow.db, template.id, drafts=service.may_manage(actor, template))
    return template, sorted(rows, key=lambda row: rules.precedence(row.version), reverse=True)


async def get(uow: UnitOfWork, actor: Actor, name: str, version: str) -> Found:
    """Return one version, by its id or number.

    Raises:
        NoSuchTemplate, NoSuchVersion.
    """
    template = await service.find(uow, actor, name)
    found = await queries.version(uow.db, template.id, version)
    if found is None or (found.status == Status.DRAFT and not service.may_manage(actor, template)):
        raise NoSuchVersion
    return template, found


async def draft(uow: UnitOfWork, actor: Actor, name: str, wanted: VersionIn) -> Found:
    """Begin a version that nobody gets yet.

    Raises:
        NoSuchTemplate, Forbidden, BadManifest, NameIsFixed, BadVersion, VersionExists, TooManyVersions.
    """
    template = await _alive(uow, actor, name)
    said = _read(template, wanted.manifest).said if wanted.manifest else history.from_stored(template.manifest)
    known = await _known(uow, template)
    parent = next((row.id for row in known if row.version == template.version), None)
    return template, await _record(
        uow, actor, template, said, known, wanted.version, changelog=wanted.changelog, parent_id=parent
    )


async def change(uow: UnitOfWork, actor: Actor, name: str, version: str, wanted: VersionPatch) -> Found:
    """Change a draft.

    Raises:
        NoSuchTemplate, NoSuchVersion, Forbidden, NotADraft, BadManifest, NameIsFixed.
    """
    template, found = await _changeable(uow, actor, name, version)
    if found.status != Status.DRAFT:
        raise NotADraft
    before = {"changelog": found.changelog}
    if wanted.changelog is not None:
        found.changelog = wanted.changelog
    if wanted.manifest is not None:
        found.manifest = _read(template, wanted.manifest).said.stored
    found.updated_at = uow.now()
    _note(uow, template, found, "template.version_changed", before)
    return template, found


async def delete(uow: UnitOfWork, actor: Actor, name: str, version: str) -> None:
    """Forget a version; sessions that were started from it have what they need.

    Raises:
        NoSuchTemplate, NoSuchVersion, Forbidden, DefaultVersion.
    """
    template, found = await _changeable(uow, actor, name, version)
    if found.version == template.version:
        raise DefaultVersion
    await queries.drop_version(uow.db, found.id)
    _note(uow, template, found, "template.version_deleted", {"version": found.version})


async def publish(uow: UnitOfWork, actor: Actor, name: str, version: str) -> Found:
    """Let people choose a version; the one that everybody gets stays what it is. Again does nothing.

    Raises:
        NoSuchTemplate, NoSuchVersion, Forbidden.
    """
    template, found = await _changeable(uow, actor, name, version)
    if found.status == Status.PUBLISHED:
        uow.changed_nothing()
        return template, found
    before = {"status": found.status}
    found.status, found.published_at, found.deprecated_at = Status.PUBLISHED, uow.now(), None
    found.updated_at = uow.now()
    _note(uow, template, found, "template.version_published", before)
    return template, found


async def deprecate(uow: UnitOfWork, actor: Actor, name: str, version: str) -> Found:
    """Say that a version should not be chosen any more; it can be. Again does nothing.

    Raises:
        NoSuchTemplate, NoSuchVersion, Forbidden, NotPublished, DefaultVersion.
    """
    template, found = await _changeable(uow, actor, name, version)
    if found.version == template.version:
        raise DefaultVersion
    if found.status == Status.DRAFT:
        raise NotPublished
    if found.status == Status.DEPRECATED:
        uow.changed_nothing()
        return template, found
    before = {"status": found.status}
    found.status, found.deprecated_at, found.updated_at = Status.DEPRECATED, uow.now(), uow.now()
    _note(uow, template, found, "template.version_deprecated", before)
    return template, found


async def set_default(uow: UnitOfWork, actor: Actor, name: str, version: str) -> Found:
    """Make a version what everybody gets from now on: forward, or back.

    Raises:
        NoSuchTemplate, NoSuchVersion, Forbidden, NotPublished.
    """
    template, found = await _changeable(uow, actor, name, version)
    if found.status != Status.PUBLISHED:
        raise NotPublished
    if found.version == template.version:
        uow.changed_nothing()
        return template, found
    before = {"version": template.version}
    await editing.say_version(uow, template, found.manifest, found.version)
    _note(uow, template, found, "template.default_set", before)
    editing.announce_changed(uow, template, ["version"])
    return template, found


async def clone(uow: UnitOfWork, actor: Actor, name: str, version: str, wanted: CloneIn) -> Found:
    """Copy a version: into a draft of its own template, or into a new one.

    Raises:
        NoSuchTemplate, NoSuchVersion, NoSuchOrganization, Forbidden, TemplateExists, BadManifest, BadVersion,
        VersionExists, TooManyVersions.
    """
    if wanted.template is None:
        template, found = await _changeable(uow, actor, name, version)
        if template.retired:
            raise TemplateRetired
        known = await _known(uow, template)
        number = wanted.version or rules.following(row.version for row in known)
        said = history.from_stored(found.manifest)
        made = await _record(uow, actor, template, said, known, number, changelog=wanted.changelog, parent_id=found.id)
        return template, made
    source, found = await get(uow, actor, name, version)
    renamed: dict[str, Any] = {"metadata": {"name": wanted.template}}
    if wanted.display_name is not None:
        renamed["spec"] = {"displayName": wanted.display_name}
    read = editing.read(orjson.dumps(rules.patched(found.manifest, renamed)))
    made_template = await editing.create(
        uow,
        actor,
        read,
        Change(wanted.version, wanted.changelog),
        org_id=wanted.org_id,
        parent_id=found.id,
        icon=(source.icon, source.icon_type),
    )
    copy = await queries.version(uow.db, made_template.id, made_template.version)
    if copy is None:
        raise NoSuchVersion
    return made_template, copy


async def inheritance(uow: UnitOfWork, actor: Actor, name: str) -> InheritanceOut:
    """Say which of what a template says is as in the version it was made from, and which is not.

    Raises:
        NoSuchTemplate.
    """
    template = await service.find(uow, actor, name)
    shown = InheritanceOut(template=template.name, version=template.version, inherited=[], overridden=[])
    own = await queries.version(uow.db, template.id, template.version)
    parent = await uow.db.get(TemplateVersion, own.parent_id) if own is not None and own.parent_id else None
    of = await service.by_id(uow, parent.template_id) if parent is not None else None
    if parent is None or of is None or not _may_see(actor, of, parent):
        return shown
    inherited, overridden = rules.inheritance(_spec(template.manifest), _spec(parent.manifest))
    return InheritanceOut(
        template=template.name,
        version=template.version,
        parent=ParentOut(id=parent.id, template=of.name, version=parent.version),
        inherited=inherited,
        overridden=[OverrideOut.model_validate(one) for one in overridden],
    )


def _may_see(actor: Actor, template: Template, version: TemplateVersion) -> bool:
    if service.may_manage(actor, template):
        return True
    return template.org_id in {None, actor.org_id} and version.status != Status.DRAFT


def _spec(manifest: Mapping[str, Any]) -> dict[str, Any]:
    return {"spec": manifest.get("spec", {})}


def _read(template: Template, manifest: Mapping[str, Any]) -> Read:
    read = editing.read(orjson.dumps(dict(manifest)))
    if read.name != template.name:
        raise NameIsFixed
    return read


async def _alive(uow: UnitOfWork, actor: Actor, name: str) -> Template:
    template = await editing.changeable(uow, actor, name)
    if template.retired:
        raise TemplateRetired
    return template


async def _changeable(uow: UnitOfWork, actor: Actor, name: str, version: str) -> Found:
    template = await editing.changeable(uow, actor, name)
    found = await queries.version(uow.db, template.id, version)
    if found is None:
        raise NoSuchVersion
    return template, found


async def _known(uow: UnitOfWork, template: Template) -> Sequence[Row[Any]]:
    return (await queries.versions_of(uow.db, [template.id]))[template.id]


async def _record(
    uow: UnitOfWork,
    actor: Actor,
    template: Template,
    said: history.Said,
    known: Sequence[Row[Any]],
    version: str,
    **more: Any,
) -> TemplateVersion:
    made = await history.record(
        uow, template, said, known, status=Status.DRAFT, version=version, created_by=actor.id, **more
    )
    await uow.db.flush()
    _note(uow, template, made, "template.version_created", None)
    return made


def _note(
    uow: UnitOfWork, template: Template, version: TemplateVersion, what: str, before: dict[str, Any] | None
) -> None:
    after = {"version": version.version, "status": version.status, "template": template.name}
    uow.note(what, "template", template.id, before=before, after=after, org_id=template.org_id)
