from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only

from streamspace.server.core import permissions
from streamspace.server.core.permissions import Action, Actor, Scope
from streamspace.server.repositories.models import CatalogTemplate, Repository, RepositoryDelivery, RepositorySync
from streamspace.server.repositories.rules import KEPT_SYNCS, OPEN, SyncStatus

_LISTED = (
    RepositorySync.id,
    RepositorySync.repository_id,
    RepositorySync.number,
    RepositorySync.cause,
    RepositorySync.dry_run,
    RepositorySync.status,
    RepositorySync.revision,
    RepositorySync.error_message,
    RepositorySync.counts,
    RepositorySync.created_at,
    RepositorySync.started_at,
    RepositorySync.finished_at,
)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The one place that says whose repositories somebody sees: all, or everybody's and their organisation's."""
    if permissions.scope(actor, Action.REPOSITORY_VIEW) is Scope.ALL:
        return true()
    return or_(Repository.org_id.is_(None), Repository.org_id == actor.org_id)


async def listed(db: AsyncSession, actor: Actor, repository_id: int | None = None) -> Sequence[Repository]:
    where = [visible_to(actor)] + ([Repository.id == repository_id] if repository_id is not None else [])
    found = await db.execute(select(Repository).where(*where).order_by(Repository.name, Repository.id).limit(500))
    return found.scalars().all()


async def locked(db: AsyncSession, repository_id: int) -> Repository | None:
    asked = select(Repository).where(Repository.id == repository_id).with_for_update()
    return (await db.execute(asked.execution_options(populate_existing=True))).scalar_one_or_none()


def _of_org(org_id: str | None) -> ColumnElement[bool]:
    return Repository.org_id.is_(None) if org_id is None else Repository.org_id == org_id


async def named(db: AsyncSession, org_id: str | None, name: str) -> int | None:
    found = await db.execute(select(Repository.id).where(_of_org(org_id), Repository.name == name).limit(1))
    return found.scalar_one_or_none()


async def how_many(db: AsyncSession, org_id: str | None) -> int:
    return int((await db.execute(select(func.count()).select_from(Repository).where(_of_org(org_id)))).scalar_one())


async def awaiting(db: AsyncSession, repositories: Collection[int]) -> dict[int, int]:
    """Which sync of each repository waits for approval."""
    found = await db.execute(
        select(RepositorySync.repository_id, func.max(RepositorySync.number))
        .where(RepositorySync.repository_id.in_(repositories), RepositorySync.status == SyncStatus.REVIEW)
        .group_by(RepositorySync.repository_id)
    )
    return {row[0]: row[1] for row in found}


async def offered(db: AsyncSession, repository_id: int) -> Sequence[str]:
    found = await db.execute(
        select(CatalogTemplate.name)
        .where(CatalogTemplate.repository_id == repository_id, CatalogTemplate.retired.is_(False))
        .order_by(CatalogTemplate.name)
    )
    return found.scalars().all()


async def known(db: AsyncSession, repository_id: int) -> dict[str, dict[str, Any]]:
    """What the catalog shows of a repository, retired ones too."""
    found = await db.execute(
        select(CatalogTemplate.id, CatalogTemplate.name, CatalogTemplate.path, CatalogTemplate.digest)
        .add_columns(CatalogTemplate.retired, CatalogTemplate.manifest)
        .where(CatalogTemplate.repository_id == repository_id)
    )
    return {
        row.name: {
            "id": row.id,
            "path": row.path,
            "digest": row.digest,
            "retired": row.retired,
            "manifest": row.manifest,
        }
        for row in found
    }


async def syncs(db: AsyncSession, repository_id: int) -> Sequence[RepositorySync]:
    found = await db.execute(
        select(RepositorySync)
        .options(load_only(*_LISTED))
        .where(RepositorySync.repository_id == repository_id)
        .order_by(RepositorySync.number.desc())
        .limit(KEPT_SYNCS * 2)
    )
    return found.scalars().all()


async def sync(db: AsyncSession, repository_id: int, number: int) -> RepositorySync | None:
    found = await db.execute(
        select(RepositorySync)
        .where(RepositorySync.repository_id == repository_id, RepositorySync.number == number)
        .execution_options(populate_existing=True)
    )
    return found.scalar_one_or_none()


async def open_sync(db: AsyncSession, repository_id: int, *, dry_run: bool) -> RepositorySync | None:
    """The one that has yet to begin, if any."""
    found = await db.execute(
        select(RepositorySync)
        .where(RepositorySync.repository_id == repository_id, RepositorySync.dry_run.is_(dry_run))
        .where(RepositorySync.status == SyncStatus.PENDING)
        .order_by(RepositorySync.number)
        .limit(1)
    )
    return found.scalar_one_or_none()


async def last_number(db: AsyncSession, repository_id: int) -> int:
    found = await db.execute(
        select(func.coalesce(func.max(RepositorySync.number), 0)).where(RepositorySync.repository_id == repository_id)
    )
    return int(found.scalar_one())


async def due(db: AsyncSession, now: datetime) -> Sequence[int]:
    found = await db.execute(
        select(Repository.id).where(Repository.enabled, Repository.due_at <= now).order_by(Repository.due_at).limit(50)
    )
    return found.scalars().all()


async def waiting(db: AsyncSession, now: datetime) -> Sequence[int]:
    """Repositories with a sync to begin, the one that waits longest first, that nobody reads now."""
    found = await db.execute(
        select(Repository.id)
        .join(RepositorySync, RepositorySync.repository_id == Repository.id)
        .where(RepositorySync.status == SyncStatus.PENDING)
        .where(or_(Repository.claimed_until.is_(None), Repository.claimed_until < now))
        .group_by(Repository.id)
        .order_by(func.min(RepositorySync.created_at))
        .limit(50)
    )
    return found.scalars().all()


async def claim(db: AsyncSession, repository_id: int, instance: str, now: datetime, until: datetime) -> bool:
    """Take a repository, so that one process reads it."""
    taken = await db.execute(
        update(Repository)
        .where(Repository.id == repository_id)
        .where(or_(Repository.claimed_until.is_(None), Repository.claimed_until < now))
        .values(claimed_by=instance, claimed_until=until)
        .returning(Repository.id)
        .execution_options(synchronize_session=False)
    )
    return taken.first() is not None


async def next_pending(db: AsyncSession, repository_id: int) -> RepositorySync | None:
    found = await db.execute(
        select(RepositorySync)
        .where(RepositorySync.repository_id == repository_id, RepositorySync.status == SyncStatus.PENDING)
        .order_by(RepositorySync.number)
        .limit(1)
    )
    return found.scalar_one_or_none()


async def abandoned(db: AsyncSession, now: datetime) -> list[tuple[int, int]]:
    """Syncs that were begun by a process that is gone."""
    found = await db.execute(
        select(RepositorySync.repository_id, RepositorySync.number)
        .join(Repository, Repository.id == RepositorySync.repository_id)
        .where(RepositorySync.status == SyncStatus.RUNNING, Repository.claimed_until < now)
        .limit(50)
    )
    return [(repository_id, number) for repository_id, number in found]


async def supersede(db: AsyncSession, repository_id: int, before: int) -> None:
    """Older findings need no decision any more."""
    await db.execute(
        update(RepositorySync)
        .where(RepositorySync.repository_id == repository_id, RepositorySync.number < before)
        .where(RepositorySync.status == SyncStatus.REVIEW)
        .values(status=SyncStatus.SUPERSEDED, staged=None)
    )


async def forget_syncs(db: AsyncSession, repository_id: int, newest: int) -> None:
    await db.execute(
        delete(RepositorySync)
        .where(RepositorySync.repository_id == repository_id, RepositorySync.number <= newest - KEPT_SYNCS)
        .where(RepositorySync.status.not_in((*OPEN, SyncStatus.REVIEW)))
    )


async def heard(db: AsyncSession, repository_id: int, key: str) -> bool:
    found = await db.execute(
        select(RepositoryDelivery.id).where(
            RepositoryDelivery.repository_id == repository_id, RepositoryDelivery.key == key
        )
    )
    return found.first() is not None


async def forget_deliveries(db: AsyncSession, before: datetime) -> None:
    await db.execute(delete(RepositoryDelivery).where(RepositoryDelivery.at < before))


async def remove_contents(db: AsyncSession, repository_id: int) -> None:
    for table in (CatalogTemplate, RepositorySync, RepositoryDelivery):
        await db.execute(delete(table).where(table.repository_id == repository_id))


async def by_status(db: AsyncSession) -> list[tuple[str, int]]:
    found = await db.execute(select(Repository.status, func.count()).group_by(Repository.status))
    return [(status, number) for status, number in found]
