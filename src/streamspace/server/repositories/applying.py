"""What a sync found becomes what the catalog shows: ids survive, vanished ones retire."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, update

from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Actor
from streamspace.server.repositories import queries, rules, service
from streamspace.server.repositories.errors import NothingToDecide
from streamspace.server.repositories.events import SyncMoved
from streamspace.server.repositories.models import CatalogTemplate, Repository, RepositorySync
from streamspace.server.repositories.rules import Status, SyncStatus

_BATCH = 500
_MOST_FINDINGS = 2000


async def finish(uow: UnitOfWork, row: Repository, sync: RepositorySync, result: Mapping[str, Any]) -> None:
    """Take in what a reading found: show it, stage it for approval, or only report it."""
    known = await queries.known(uow.db, row.id)
    report, counts = rules.compared(known, result["files"])
    templates = [file["template"] for file in result["files"] if file["outcome"] == "accepted"]
    for template, file in zip(
        templates, (file for file in result["files"] if file["outcome"] == "accepted"), strict=True
    ):
        template["path"] = file["path"]
    differing = {line["name"] for line in report if line["outcome"] in {"added", "changed"}}
    staged = [template for template in templates if template["name"] in differing]
    sync.revision, sync.etag = result["revision"], result["etag"]
    sync.counts, sync.files = counts, _bounded(report)
    if sync.dry_run:
        sync.status = SyncStatus.PREVIEWED
    elif row.review and rules.changes_anything(counts):
        await queries.supersede(uow.db, row.id, sync.number)
        sync.status, sync.staged = SyncStatus.REVIEW, staged
        row.seen = result["revision"]
        row.status, row.error_message = Status.SYNCED if row.revision else Status.PENDING, None
    else:
        await queries.supersede(uow.db, row.id, sync.number)
        await show(uow, row, sync, known, staged)
        _synced(uow, row, sync)
    if not sync.dry_run and rules.changes_anything(counts):
        after = {"number": sync.number, "revision": sync.revision, "status": str(sync.status), **counts}
        uow.note("repository.synced", "repository", str(row.id), after=after, org_id=row.org_id)


def _bounded(report: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what nobody reads: files without a change or remark, and remarks beyond a number."""
    left, kept = _MOST_FINDINGS, []
    for line in report:
        if line["outcome"] == "unchanged" and not line["findings"]:
            continue
        line["findings"] = line["findings"][: max(left, 0)]
        left -= len(line["findings"])
        kept.append(line)
    return kept


async def show(
    uow: UnitOfWork,
    row: Repository,
    sync: RepositorySync,
    known: Mapping[str, Mapping[str, Any]],
    templates: Sequence[Mapping[str, Any]],
) -> None:
    """Make these templates what the catalog shows, and retire those that the sync's report says are gone."""
    new = [
        _columns(uow, template) | _FRESH | {"repository_id": row.id, "created_at": uow.now()}
        for template in templates
        if template["name"] not in known
    ]
    for start in range(0, len(new), _BATCH):
        await uow.db.execute(insert(CatalogTemplate), new[start : start + _BATCH])
    changed = [
        _columns(uow, template) | {"id": known[template["name"]]["id"], "retired": False}
        for template in templates
        if template["name"] in known
    ]
    for start in range(0, len(changed), _BATCH):
        await uow.db.execute(update(CatalogTemplate), changed[start : start + _BATCH])
    gone = [known[line["name"]]["id"] for line in sync.files if line["outcome"] == "retired" and line["name"] in known]
    for start in range(0, len(gone), _BATCH):
        await uow.db.execute(
            update(CatalogTemplate)
            .where(CatalogTemplate.id.in_(gone[start : start + _BATCH]))
            .values(retired=True, updated_at=uow.now())
        )
    row.template_count = len(await queries.offered(uow.db, row.id))
    row.revision = row.seen = sync.revision
    row.etag = sync.etag


_FRESH = {"install_count": 0, "view_count": 0, "rating_sum": 0, "rating_count": 0, "retired": False}


def _columns(uow: UnitOfWork, template: Mapping[str, Any]) -> dict[str, Any]:
    icon = template["iconData"]
    return {
        "name": template["name"],
        "path": template["path"],
        "display_name": template["displayName"],
        "description": template["description"],
        "category": template["category"],
        "app_type": template["appType"],
        "tags": template["tags"],
        "featured": template["featured"],
        "icon": template["icon"],
        "icon_data": base64.b64decode(icon) if icon else None,
        "icon_type": template["iconType"],
        "version": template["version"],
        "manifest": template["manifest"],
        "digest": template["digest"],
        "updated_at": uow.now(),
    }


def _synced(uow: UnitOfWork, row: Repository, sync: RepositorySync) -> None:
    sync.status = SyncStatus.SUCCEEDED
    row.status, row.error_message, row.failures = Status.SYNCED, None, 0
    row.last_sync = uow.now()


def unchanged(uow: UnitOfWork, row: Repository, sync: RepositorySync, result: Mapping[str, Any]) -> None:
    """Nothing has to be read again."""
    sync.revision, sync.counts = result["revision"], {"unchanged": row.template_count}
    row.etag = result["etag"] or row.etag
    sync.status = SyncStatus.SUCCEEDED
    row.failures, row.error_message = 0, None
    row.status = Status.SYNCED if row.revision else Status.PENDING
    row.last_sync = uow.now()


async def approve(uow: UnitOfWork, actor: Actor, repository_id: int, number: int) -> RepositorySync:
    """Have the catalog show what a sync found.

    Raises:
        NoSuchRepository, NoSuchSync: not there for this actor.
        NothingToDecide: it does not wait for approval.
    """
    row, sync = await service.to_decide(uow, actor, repository_id, number)
    if sync.status != SyncStatus.REVIEW:
        raise NothingToDecide
    await show(uow, row, sync, await queries.known(uow.db, row.id), sync.staged or [])
    _synced(uow, row, sync)
    _decided(uow, actor, row, sync, "repository.sync_approved")
    return sync


async def turn_down(uow: UnitOfWork, actor: Actor, repository_id: int, number: int) -> RepositorySync:
    """Leave the catalog as it is until the repository changes again."""
    row, sync = await service.to_decide(uow, actor, repository_id, number)
    if sync.status != SyncStatus.REVIEW:
        raise NothingToDecide
    sync.status = SyncStatus.REJECTED
    _decided(uow, actor, row, sync, "repository.sync_rejected")
    return sync


def _decided(uow: UnitOfWork, actor: Actor, row: Repository, sync: RepositorySync, action: str) -> None:
    sync.staged, sync.decided_by = None, actor.id
    after = {"number": sync.number, "revision": sync.revision, **sync.counts}
    uow.note(action, "repository", str(row.id), after=after, org_id=row.org_id)
    moved(uow, row, sync)


def moved(uow: UnitOfWork, row: Repository, sync: RepositorySync) -> None:
    """Tell those who watch that a sync began or ended."""
    data = {"counts": sync.counts, "message": sync.error_message}
    uow.announce(SyncMoved(repository_id=row.id, number=sync.number, status=sync.status, data=data, org_id=row.org_id))
