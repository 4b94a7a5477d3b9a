"""What can be done with repositories."""

from __future__ import annotations

from collections.abc import Sequence

from streamspace.server.core import permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.core.settings import Settings
from streamspace.server.organizations import service as organizations
from streamspace.server.organizations.errors import NoSuchOrganization
from streamspace.server.repositories import access, addresses, queries, rules
from streamspace.server.repositories.bounds import Unusable
from streamspace.server.repositories.errors import (
    BadRepository,
    NoSuchRepository,
    NoSuchSync,
    RepositoryDisabled,
    RepositoryExists,
    TooManyRepositories,
)
from streamspace.server.repositories.events import SyncWanted
from streamspace.server.repositories.models import Repository, RepositorySync
from streamspace.server.repositories.rules import Status, SyncStatus
from streamspace.server.repositories.schemas import (
    RemovedOut,
    RepositoryIn,
    RepositoryOut,
    RepositoryPatch,
    repository_out,
)

_NAMES_SHOWN = 100


async def list_repositories(uow: UnitOfWork, actor: Actor) -> list[RepositoryOut]:
    """Return the repositories the actor may see."""
    permissions.require(actor, Action.REPOSITORY_VIEW, owner_id=None, org_id=actor.org_id)
    return await _shown(uow, actor, await queries.listed(uow.db, actor))


async def get(uow: UnitOfWork, actor: Actor, repository_id: int) -> RepositoryOut:
    """Return one repository."""
    return (await _shown(uow, actor, [await _find(uow, actor, repository_id)]))[0]


async def _shown(uow: UnitOfWork, actor: Actor, rows: Sequence[Repository]) -> list[RepositoryOut]:
    waiting = await queries.awaiting(uow.db, [row.id for row in rows])
    return [
        repository_out(
            row,
            waiting.get(row.id),
            whole=permissions.may(actor, Action.REPOSITORY_INSPECT, owner_id=None, org_id=row.org_id),
        )
        for row in rows
    ]


async def _find(
    uow: UnitOfWork, actor: Actor, repository_id: int, action: Action = Action.REPOSITORY_VIEW
) -> Repository:
    found = await queries.listed(uow.db, actor, repository_id)
    if not found:
        raise NoSuchRepository
    # Everybody's repositories are seen by all, and changed by those who may change everything.
    if action is not Action.REPOSITORY_VIEW:
        permissions.require(actor, action, owner_id=None, org_id=found[0].org_id)
    return found[0]


async def create(uow: UnitOfWork, actor: Actor, settings: Settings, wanted: RepositoryIn) -> RepositoryOut:
    """Add a repository; it is synced at once.

    Raises:
        BadRepository, BadCredentials: malformed.
        NoSuchOrganization: not there for this actor.
        RepositoryExists, TooManyRepositories: no room for it.
    """
    everywhere = permissions.scope(actor, Action.REPOSITORY_MANAGE) is permissions.Scope.ALL
    org_id = wanted.org_id if everywhere else wanted.org_id or actor.org_id
    permissions.require(actor, Action.REPOSITORY_MANAGE, owner_id=None, org_id=org_id)
    if org_id is not None and await organizations.get_by_id(uow, org_id) is None:
        raise NoSuchOrganization
    if await queries.how_many(uow.db, org_id) >= rules.MOST_REPOSITORIES:
        raise TooManyRepositories
    await _check_name(uow, org_id, wanted.name)
    place, folder = _place(wanted.url, wanted.type, wanted.branch, wanted.path)
    access.check_kind(place, wanted.auth_type)
    row = Repository(
        org_id=org_id,
        name=wanted.name,
        description=wanted.description,
        transport=wanted.type,
        kind=wanted.kind,
        url=wanted.url,
        branch=wanted.branch,
        folder=folder,
        auth_kind=wanted.auth_type,
        credentials=access.sealed(
            settings, wanted.auth_type, wanted.auth_username, wanted.auth_secret, wanted.auth_passphrase
        ),
        host_key=access.host_key(place, wanted.host_key),
        enabled=wanted.enabled,
        review=wanted.review,
        interval_seconds=wanted.interval_seconds,
        status=Status.PENDING,
        revision="",
        seen="",
        etag="",
        template_count=0,
        failures=0,
        created_by=actor.id,
        created_at=uow.now(),
        updated_at=uow.now(),
    )
    uow.db.add(row)
    await uow.db.flush()
    uow.note("repository.created", "repository", str(row.id), after=_noted(row), org_id=org_id)
    if row.enabled:
        await ask(uow, row, "created", by=actor.id)
    return (await _shown(uow, actor, [row]))[0]


async def _check_name(uow: UnitOfWork, org_id: str | None, name: str, but: int | None = None) -> None:
    if await queries.named(uow.db, org_id, name) not in {None, but}:
        raise RepositoryExists


def _place(url: str, transport: str, branch: str, path: str) -> tuple[addresses.Place, str]:
    try:
        place = addresses.place(url, transport)
        addresses.check_branch(branch)
        return place, addresses.check_folder(path)
    except Unusable as problem:
        raise BadRepository(problem.message) from None


def _noted(row: Repository) -> dict[str, object]:
    return {
        "name": row.name,
        "url": row.url.partition("?")[0],
        "branch": row.branch,
        "path": row.folder,
        "auth": row.auth_kind,
        "hostKey": row.host_key,
        "enabled": row.enabled,
        "review": row.review,
        "intervalSeconds": row.interval_seconds,
        "org": row.org_id,
    }


async def update(
    uow: UnitOfWork, actor: Actor, settings: Settings, repository_id: int, wanted: RepositoryPatch
) -> RepositoryOut:
    """Change what is given; another address, branch or folder is synced at once.

    Raises:
        NoSuchRepository, RepositoryExists, BadRepository, BadCredentials: as their names say.
    """
    row = await _find(uow, actor, repository_id, Action.REPOSITORY_MANAGE)
    before, where = _noted(row), (row.url, row.branch, row.folder)
    if wanted.name is not None and wanted.name != row.name:
        await _check_name(uow, row.org_id, wanted.name, row.id)
        row.name = wanted.name
    old = addresses.place(row.url, row.transport)
    new, folder = _place(
        wanted.url or row.url,
        row.transport,
        wanted.branch or row.branch,
        row.folder if wanted.path is None else wanted.path,
    )
    access.change(row, settings, wanted, old, new)
    row.url, row.branch, row.folder = new.url, wanted.branch or row.branch, folder
    for name in ("description", "enabled", "review", "interval_seconds"):
        if (value := getattr(wanted, name)) is not None:
            setattr(row, name, value)
    row.updated_at = uow.now()
    if (row.url, row.branch, row.folder) != where:
        row.seen, row.etag = "", ""
    row.due_at = rules.next_due(uow.now(), row.interval_seconds, row.failures) if row.enabled else None
    uow.note("repository.changed", "repository", str(row.id), before=before, after=_noted(row), org_id=row.org_id)
    if row.enabled and ((row.url, row.branch, row.folder) != where or not before["enabled"]):
        await ask(uow, row, "changed", by=actor.id)
    return (await _shown(uow, actor, [row]))[0]


async def delete(uow: UnitOfWork, actor: Actor, repository_id: int) -> RemovedOut:
    """Remove a repository and what the catalog shows of it; what was installed from it stays."""
    row = await _find(uow, actor, repository_id, Action.REPOSITORY_MANAGE)
    names = await queries.offered(uow.db, row.id)
    uow.note("repository.removed", "repository", str(row.id), before=_noted(row), org_id=row.org_id)
    await queries.remove_contents(uow.db, row.id)
    await uow.db.delete(row)
    went = f"{len(names)} templates of the catalog went with it" if len(names) != 1 else "One template went with it"
    return RemovedOut(
        message=f"The repository {row.name} is removed. {went}; what was installed from it stays.",
        template_count=len(names),
        templates=list(names[:_NAMES_SHOWN]),
    )


async def sync(
    uow: UnitOfWork, actor: Actor, repository_id: int, *, dry_run: bool = False, force: bool = False
) -> RepositorySync:
    """Have a repository read, or only say what that would change."""
    row = await _find(uow, actor, repository_id, Action.REPOSITORY_MANAGE)
    if not row.enabled:
        raise RepositoryDisabled
    asked = await ask(uow, row, "preview" if dry_run else "manual", by=actor.id, dry_run=dry_run, force=force)
    uow.note("repository.sync_asked", "repository", str(row.id), after={"dryRun": dry_run}, org_id=row.org_id)
    return asked


async def sync_all(uow: UnitOfWork, actor: Actor) -> list[RepositorySync]:
    """Have every repository read that the actor may change and that is switched on."""
    permissions.require(actor, Action.REPOSITORY_MANAGE, owner_id=None, org_id=actor.org_id)
    asked = []
    for row in await queries.listed(uow.db, actor):
        mine = permissions.may(actor, Action.REPOSITORY_MANAGE, owner_id=None, org_id=row.org_id)
        if mine and row.enabled:
            asked.append(await ask(uow, row, "manual", by=actor.id))
    uow.note("catalog.sync_asked", "repository", None, after={"repositories": len(asked)})
    return asked


async def ask(
    uow: UnitOfWork, row: Repository, cause: str, *, by: str | None = None, dry_run: bool = False, force: bool = False
) -> RepositorySync:
    """Queue a sync; one that has yet to begin serves everybody who asks meanwhile."""
    await uow.db.flush()  # what is read again below must not undo what was changed
    # Whoever asks at the same time waits here, so that a number is given once.
    await queries.locked(uow.db, row.id)
    found = await queries.open_sync(uow.db, row.id, dry_run=dry_run)
    if found is not None:
        found.force = found.force or force
    else:
        found = RepositorySync(
            repository_id=row.id,
            number=await queries.last_number(uow.db, row.id) + 1,
            cause=cause,
            dry_run=dry_run,
            force=force,
            status=SyncStatus.PENDING,
            revision="",
            etag="",
            counts={},
            log=[],
            files=[],
            requested_by=by,
            created_at=uow.now(),
        )
        uow.db.add(found)
        await uow.db.flush()
    uow.announce(SyncWanted(repository_id=row.id, org_id=row.org_id))
    return found


async def list_syncs(uow: UnitOfWork, actor: Actor, repository_id: int) -> Sequence[RepositorySync]:
    """Return the last syncs of a repository."""
    row = await _find(uow, actor, repository_id, Action.REPOSITORY_INSPECT)
    return await queries.syncs(uow.db, row.id)


async def get_sync(uow: UnitOfWork, actor: Actor, repository_id: int, number: int) -> RepositorySync:
    """Return one sync with its log and files."""
    row = await _find(uow, actor, repository_id, Action.REPOSITORY_INSPECT)
    found = await queries.sync(uow.db, row.id, number)
    if found is None:
        raise NoSuchSync
    return found


async def to_decide(
    uow: UnitOfWork, actor: Actor, repository_id: int, number: int
) -> tuple[Repository, RepositorySync]:
    """Return a repository and a sync of it, for who may decide about it."""
    row = await _find(uow, actor, repository_id, Action.REPOSITORY_MANAGE)
    locked = await queries.locked(uow.db, row.id)
    found = await queries.sync(uow.db, row.id, number)
    if locked is None or found is None:
        raise NoSuchSync
    return locked, found


async def to_hook(uow: UnitOfWork, actor: Actor, repository_id: int) -> Repository:
    """Return a repository, for who may change its webhook."""
    return await _find(uow, actor, repository_id, Action.REPOSITORY_MANAGE)
