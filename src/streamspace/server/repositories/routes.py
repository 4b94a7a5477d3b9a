from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Path, Query, Request, Response

from streamspace.server.core.http import CurrentActor, CurrentContext, Uow, client_address, encoded, needs, open_to_all
from streamspace.server.core.pace import Pace, TooFast
from streamspace.server.core.permissions import Action
from streamspace.server.organizations.errors import NoSuchOrganization
from streamspace.server.repositories import applying, hooks, service
from streamspace.server.repositories.errors import (
    BadCredentials,
    BadRepository,
    BadSignature,
    NoSuchRepository,
    NoSuchSync,
    NothingToDecide,
    RepositoryDisabled,
    RepositoryExists,
    StaleDelivery,
    TooManyRepositories,
)
from streamspace.server.repositories.models import RepositorySync
from streamspace.server.repositories.schemas import (
    CatalogSyncStarted,
    DeliveryOut,
    RemovedOut,
    RepositoryIn,
    RepositoryList,
    RepositoryOut,
    RepositoryPatch,
    SyncIn,
    SyncList,
    SyncOut,
    SyncStarted,
    SyncSummary,
    WebhookSecretOut,
    summary,
)

router = APIRouter(tags=["repositories"])
"""Mounted at /catalog/repositories, and at /repositories as the spec has it elsewhere."""
catalog = APIRouter(prefix="/catalog", tags=["repositories"])

# A database's integer is no longer than this; what is larger cannot be there.
RepositoryId = Annotated[int, Path(ge=1, le=2**63 - 1)]
SyncNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]
Outcome = Literal["added", "changed", "unchanged", "retired", "kept", "rejected"]
_HOOKS_PER_MINUTE = 60
_SYNCS_PER_MINUTE = 30


@router.get("", **needs(Action.REPOSITORY_VIEW))
async def list_repositories(actor: CurrentActor, uow: Uow) -> RepositoryList:
    """List where templates come from: everybody's repositories and your organisation's."""
    found = await service.list_repositories(uow, actor)
    return RepositoryList(repositories=found, total=len(found))


@router.post(
    "",
    status_code=201,
    response_model=RepositoryOut,
    **needs(
        Action.REPOSITORY_MANAGE,
        BadRepository,
        BadCredentials,
        NoSuchOrganization,
        RepositoryExists,
        TooManyRepositories,
        TooFast,
    ),
)
async def create_repository(body: RepositoryIn, actor: CurrentActor, uow: Uow, context: CurrentContext) -> Response:
    """Add a repository; it is synced at once, in the background."""
    context.part(Pace).keep(f"repositories {actor.id}", _SYNCS_PER_MINUTE)
    made = await service.create(uow, actor, context.settings, body)
    return encoded(made, 201, {"Location": f"/api/v1/catalog/repositories/{made.id}"})


@router.get("/{repository_id}", **needs(Action.REPOSITORY_VIEW, NoSuchRepository))
async def get_repository(repository_id: RepositoryId, actor: CurrentActor, uow: Uow) -> RepositoryOut:
    """Show one repository."""
    return await service.get(uow, actor, repository_id)


@router.patch(
    "/{repository_id}",
    **needs(Action.REPOSITORY_MANAGE, NoSuchRepository, BadRepository, BadCredentials, RepositoryExists, TooFast),
)
async def update_repository(
    repository_id: RepositoryId, body: RepositoryPatch, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> RepositoryOut:
    """Change a repository. Credentials do not go along to another host: give them again."""
    context.part(Pace).keep(f"repositories {actor.id}", _SYNCS_PER_MINUTE)
    return await service.update(uow, actor, context.settings, repository_id, body)


@router.delete("/{repository_id}", **needs(Action.REPOSITORY_MANAGE, NoSuchRepository))
async def delete_repository(repository_id: RepositoryId, actor: CurrentActor, uow: Uow) -> RemovedOut:
    """Remove a repository and what the catalog shows of it; the answer says what went with it."""
    return await service.delete(uow, actor, repository_id)


@router.post(
    "/{repository_id}/sync",
    status_code=202,
    **needs(Action.REPOSITORY_MANAGE, NoSuchRepository, RepositoryDisabled, TooFast),
)
async def sync_repository(
    repository_id: RepositoryId,
    actor: CurrentActor,
    uow: Uow,
    context: CurrentContext,
    body: Annotated[SyncIn | None, Body()] = None,
    dry_run: Annotated[bool, Query(alias="dryRun")] = False,  # noqa: FBT002 - a query parameter
) -> SyncStarted:
    """Have a repository read now; `dryRun` only says what that would change."""
    context.part(Pace).keep(f"repositories {actor.id}", _SYNCS_PER_MINUTE)
    wanted = body or SyncIn()
    asked = await service.sync(uow, actor, repository_id, dry_run=wanted.dry_run or dry_run, force=wanted.force)
    return _started(asked)


def _started(sync: RepositorySync) -> SyncStarted:
    message = "What a sync would change is found out." if sync.dry_run else "The repository is read."
    return SyncStarted(message=message, repository_id=sync.repository_id, number=sync.number)


@catalog.post("/sync", status_code=202, **needs(Action.REPOSITORY_MANAGE, TooFast))
async def sync_catalog(actor: CurrentActor, uow: Uow, context: CurrentContext) -> CatalogSyncStarted:
    """Have all repositories read that you may change."""
    context.part(Pace).keep(f"repositories {actor.id}", _SYNCS_PER_MINUTE)
    asked = [_started(sync) for sync in await service.sync_all(uow, actor)]
    return CatalogSyncStarted(message=f"{len(asked)} repositories are read.", syncs=asked)


@router.get("/{repository_id}/syncs", **needs(Action.REPOSITORY_INSPECT, NoSuchRepository))
async def list_repository_syncs(repository_id: RepositoryId, actor: CurrentActor, uow: Uow) -> SyncList:
    """List the last syncs of a repository, the newest first."""
    found = await service.list_syncs(uow, actor, repository_id)
    return SyncList(syncs=[SyncSummary(**summary(sync)) for sync in found], total=len(found))


@router.get("/{repository_id}/syncs/{number}", **needs(Action.REPOSITORY_INSPECT, NoSuchRepository, NoSuchSync))
async def get_repository_sync(
    repository_id: RepositoryId,
    number: SyncNumber,
    actor: CurrentActor,
    uow: Uow,
    outcome: Annotated[list[Outcome] | None, Query()] = None,
) -> SyncOut:
    """Show one sync: its log, and what became of each file. Files without change or remark are counted, not listed."""
    return _whole(await service.get_sync(uow, actor, repository_id, number), outcome)


def _whole(sync: RepositorySync, outcome: list[Outcome] | None = None) -> SyncOut:
    files = [file for file in sync.files if outcome is None or file["outcome"] in outcome]
    return SyncOut.model_validate({**summary(sync), "log": sync.log, "files": files})


@router.post(
    "/{repository_id}/syncs/{number}/approve",
    **needs(Action.REPOSITORY_MANAGE, NoSuchRepository, NoSuchSync, NothingToDecide),
)
async def approve_repository_sync(
    repository_id: RepositoryId, number: SyncNumber, actor: CurrentActor, uow: Uow
) -> SyncOut:
    """Have the catalog show what a sync found, exactly as it was reviewed."""
    return _whole(await applying.approve(uow, actor, repository_id, number))


@router.post(
    "/{repository_id}/syncs/{number}/reject",
    **needs(Action.REPOSITORY_MANAGE, NoSuchRepository, NoSuchSync, NothingToDecide),
)
async def reject_repository_sync(
    repository_id: RepositoryId, number: SyncNumber, actor: CurrentActor, uow: Uow
) -> SyncOut:
    """Leave the catalog as it is until the repository changes again."""
    return _whole(await applying.turn_down(uow, actor, repository_id, number))


@router.post("/{repository_id}/webhook/secret", status_code=201, **needs(Action.REPOSITORY_MANAGE, NoSuchRepository))
async def renew_webhook_secret(
    repository_id: RepositoryId, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> WebhookSecretOut:
    """Make a secret for a repository's webhook, shown this once; the former one stops working."""
    return await hooks.renew_secret(uow, actor, context.settings, repository_id)


@router.delete("/{repository_id}/webhook/secret", status_code=204, **needs(Action.REPOSITORY_MANAGE, NoSuchRepository))
async def delete_webhook_secret(repository_id: RepositoryId, actor: CurrentActor, uow: Uow) -> None:
    """Have a repository hear no webhooks any more."""
    await hooks.drop_secret(uow, actor, repository_id)


@router.post("/{repository_id}/webhook", status_code=202, **open_to_all(BadSignature, StaleDelivery, TooFast))
async def receive_repository_webhook(
    repository_id: RepositoryId, request: Request, uow: Uow, context: CurrentContext
) -> DeliveryOut:
    """Sync because somebody pushed: signed as GitHub, GitLab, Gitea, Bitbucket or we ourselves do."""
    pace = context.part(Pace)
    pace.keep(f"webhooks {client_address(request)}", _HOOKS_PER_MINUTE)
    pace.keep(f"webhook {repository_id}", _HOOKS_PER_MINUTE)
    return await hooks.receive(uow, context.settings, repository_id, request.headers, await request.body())
