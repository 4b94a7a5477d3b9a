"""Making, changing and deleting templates. What people change here is theirs from then on, not the catalog's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy.exc import IntegrityError

from streamspace import manifests
from streamspace.kit import ids
from streamspace.manifests import Finding
from streamspace.server.core import permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Action, Actor, Scope
from streamspace.server.organizations import service as organizations
from streamspace.server.organizations.errors import NoSuchOrganization
from streamspace.server.templates import history, queries, rules, service
from streamspace.server.templates.errors import (
    BadIcon,
    BadManifest,
    ChangedMeanwhile,
    NameIsFixed,
    TemplateExists,
    TemplateRetired,
)
from streamspace.server.templates.events import TemplateCreated, TemplateDeleted, TemplatesChanged, TemplateUpdated
from streamspace.server.templates.history import OWN, Said
from streamspace.server.templates.models import Template
from streamspace.server.templates.reader import MAX_ICON_BYTES
from streamspace.server.templates.schemas import ValidationOut, finding_out

_IMAGES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/webp": b"RIFF", "image/svg+xml": b"<"}


@dataclass(frozen=True, slots=True)
class Change:
    """How a change is written down: under which number, with which words, made to which revision."""

    version: str | None = None
    changelog: str = ""
    if_match: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A manifest that can be taken, and what is to be said of it."""

    said: Said
    warnings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """What the manifest calls itself."""
        return self.said.manifest.metadata.name


def look_at(data: bytes) -> ValidationOut:
    """Say what is wrong with a manifest; nothing is written."""
    reading = manifests.read(data)
    findings = [*reading.findings, *manifests.danger(reading)]
    return ValidationOut(
        valid=reading.manifest is not None and not manifests.errors(findings),
        name=reading.manifest.metadata.name if reading.manifest is not None else None,
        findings=[finding_out(finding) for finding in findings],
    )


def read(data: bytes) -> Read:
    """Read a manifest that is to be taken.

    Raises:
        BadManifest: it cannot be; the details are the findings.
    """
    reading = manifests.read(data)
    findings = (*reading.findings, *manifests.danger(reading))
    wrong = manifests.errors(findings)
    if reading.manifest is None or wrong:
        details = [finding_out(finding).model_dump(mode="json", by_alias=True) for finding in findings]
        raise BadManifest(_sentence(wrong), details=details)
    return Read(history.said(reading.manifest, reading.raw), findings)


def _sentence(wrong: tuple[Finding, ...]) -> str:
    if not wrong:
        return ""
    first = wrong[0]
    place = ", ".join(part for part in (first.path, f"line {first.line}" if first.line else "") if part)
    return f"{place}: {first.message}" if place else first.message


async def place_for(uow: UnitOfWork, actor: Actor, org_id: str | None) -> str | None:
    """Return whose template the actor makes: everybody's unless they say otherwise, or may not; then their own.

    Raises:
        NoSuchOrganization, Forbidden.
    """
    everywhere = permissions.scope(actor, Action.TEMPLATE_MANAGE) is Scope.ALL
    place = org_id if everywhere else org_id or actor.org_id
    permissions.require(actor, Action.TEMPLATE_MANAGE, owner_id=None, org_id=place)
    if place is not None and await organizations.get_by_id(uow, place) is None:
        raise NoSuchOrganization
    return place


async def create(
    uow: UnitOfWork,
    actor: Actor,
    wanted: Read,
    change: Change,
    *,
    org_id: str | None = None,
    parent_id: str | None = None,
    icon: tuple[bytes | None, str | None] = (None, None),
) -> Template:
    """Make a template. One that was deleted comes back under its name, with what is said now.

    Raises:
        NoSuchOrganization, Forbidden, TemplateExists, BadVersion, VersionExists.
    """
    place = await place_for(uow, actor, org_id)
    template = await queries.named(uow.db, place, wanted.name)
    if template is not None and not template.retired:
        raise TemplateExists
    if template is None:
        template = Template(
            id=ids.uid(),
            org_id=place,
            name=wanted.name,
            created_by=actor.id,
            created_at=uow.now(),
            updated_at=uow.now(),
            revision=0,
            popularity=0,
            version="",
        )
        template.icon, template.icon_type = icon
        await _add(uow, template, wanted.said)
    template.retired, template.retired_at = False, None
    await _say(uow, actor, template, wanted.said, change, first=True, parent_id=parent_id)
    uow.note("template.created", "template", template.id, after=_told(template), org_id=place)
    _announce(uow, template, TemplateCreated)
    return template


async def _add(uow: UnitOfWork, template: Template, said: Said) -> None:
    history.fill(template, said)
    try:
        async with uow.db.begin_nested():
            uow.db.add(template)
    except IntegrityError:
        raise TemplateExists from None  # somebody was a moment faster


async def changeable(uow: UnitOfWork, actor: Actor, name: str, if_match: str | None = None) -> Template:
    """Return a template that the actor may change, locked.

    Raises:
        NoSuchTemplate, Forbidden, ChangedMeanwhile.
    """
    template = await service.find(uow, actor, name, action=Action.TEMPLATE_MANAGE, locked=True)
    if if_match is not None and not matches(if_match, template.revision):
        raise ChangedMeanwhile
    return template


def etag(template: Template) -> str:
    """Return what names this state of a template."""
    return f'"{template.revision}"'


def matches(if_match: str, revision: int) -> bool:
    """Say whether a condition names this revision."""
    return any(one.strip() in {"*", f'"{revision}"'} for one in if_match.split(","))


async def replace(uow: UnitOfWork, actor: Actor, name: str, wanted: Read, change: Change) -> Template:
    """Make a template say something else: a new version, which everybody gets from now on.

    Raises:
        NoSuchTemplate, Forbidden, ChangedMeanwhile, TemplateRetired, NameIsFixed, BadVersion, VersionExists,
        TooManyVersions.
    """
    template = await changeable(uow, actor, name, change.if_match)
    if template.retired:
        raise TemplateRetired
    if wanted.name != template.name:
        raise NameIsFixed
    if history.same(template, wanted.said):
        uow.changed_nothing()
        return template
    before = _told(template)
    fields = sorted({path for path, _ in _differences(wanted.said.stored, template.manifest)})
    await _say(uow, actor, template, wanted.said, change)
    uow.note(
        "template.changed",
        "template",
        template.id,
        before=before,
        after=_told(template) | {"fields": fields[:50]},
        org_id=template.org_id,
    )
    _announce(uow, template, TemplateUpdated, fields=fields[:50])
    return template


async def patch(uow: UnitOfWork, actor: Actor, name: str, changes: Mapping[str, Any], change: Change) -> Template:
    """Change parts of what a template says, as a merge patch (RFC 7396).

    Raises:
        as `replace`, and BadManifest: what comes of it is no template.
    """
    template = await changeable(uow, actor, name, change.if_match)
    return await replace(uow, actor, template.id, read(orjson.dumps(rules.patched(template.manifest, changes))), change)


async def _say(
    uow: UnitOfWork,
    actor: Actor,
    template: Template,
    now: Said,
    change: Change,
    *,
    first: bool = False,
    parent_id: str | None = None,
) -> None:
    known = (await queries.versions_of(uow.db, [template.id]))[template.id]
    history.write(uow, template, now)
    template.source = OWN
    await history.index(uow, [template])
    parent = parent_id or next((row.id for row in known if row.version == template.version), None)
    made = await history.record(
        uow,
        template,
        now,
        known,
        version=change.version or (rules.FIRST_VERSION if first and not known else None),
        changelog=change.changelog,
        created_by=actor.id,
        parent_id=parent,
    )
    template.version = made.version
    await uow.db.flush()


async def say_version(uow: UnitOfWork, template: Template, stored: Mapping[str, Any], version: str) -> None:
    """Make another version what everybody gets."""
    history.write(uow, template, history.from_stored(stored))
    template.version, template.source = version, OWN
    await history.index(uow, [template])


async def delete(uow: UnitOfWork, actor: Actor, name: str, if_match: str | None = None) -> None:
    """Take a template away. Sessions that run or sleep have a copy of what they need, and go on.

    Raises:
        NoSuchTemplate, Forbidden, ChangedMeanwhile.
    """
    template = await changeable(uow, actor, name, if_match)
    if template.retired:
        uow.changed_nothing()
        return
    service.retire(uow, template)
    template.source = OWN
    uow.note("template.deleted", "template", template.id, before=_told(template), org_id=template.org_id)
    _announce(uow, template, TemplateDeleted)


async def restore(uow: UnitOfWork, actor: Actor, name: str) -> Template:
    """Bring a deleted template back as it was.

    Raises:
        NoSuchTemplate, Forbidden.
    """
    template = await changeable(uow, actor, name)
    if not template.retired:
        uow.changed_nothing()
        return template
    template.retired, template.retired_at, template.source = False, None, OWN
    history.touch(uow, template)
    uow.note("template.restored", "template", template.id, after=_told(template), org_id=template.org_id)
    _announce(uow, template, TemplateCreated)
    return template


async def set_icon(uow: UnitOfWork, actor: Actor, name: str, data: bytes, media_type: str) -> Template:
    """Give a template a picture, or with no bytes take it away.

    Raises:
        NoSuchTemplate, Forbidden, BadIcon.
    """
    template = await changeable(uow, actor, name)
    if data and not _is_image(data, media_type):
        raise BadIcon
    template.icon, template.icon_type = (data, media_type) if data else (None, None)
    template.digest, template.source = rules.digest(template.manifest, template.icon), OWN
    history.touch(uow, template)
    uow.note("template.icon_set", "template", template.id, after={"bytes": len(data)}, org_id=template.org_id)
    _announce(uow, template, TemplateUpdated, fields=["icon"])
    return template


def _is_image(data: bytes, media_type: str) -> bool:
    head = data.lstrip()[: len(_IMAGES[media_type])] if media_type in _IMAGES else b""
    if not head or len(data) > MAX_ICON_BYTES or head != _IMAGES[media_type]:
        return False
    if media_type == "image/webp":
        return data[8:12] == b"WEBP"
    return media_type != "image/svg+xml" or b"<svg" in data[:4096]


def announce_changed(uow: UnitOfWork, template: Template, fields: list[str]) -> None:
    """Tell that what everybody gets of a template is another than before."""
    _announce(uow, template, TemplateUpdated, fields=fields)


def _announce(uow: UnitOfWork, template: Template, kind: type[TemplateCreated], **more: Any) -> None:
    uow.announce(kind(org_id=template.org_id, template_id=template.id, template=template.name, **more))
    uow.announce(TemplatesChanged(org_id=template.org_id, names=[template.name]))


def _differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[tuple[str, Any]]:
    theirs = dict(rules.leaves(other))
    mine = dict(rules.leaves(one))
    changed = [(path, value) for path, value in mine.items() if path not in theirs or theirs[path] != value]
    return changed + [(path, None) for path in theirs if path not in mine]


def _told(template: Template) -> dict[str, Any]:
    return {
        "name": template.name,
        "version": template.version,
        "displayName": template.display_name,
        "source": template.source,
    }
