"""Webhooks: their secrets, and what follows when one is heard."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from streamspace.kit import ids
from streamspace.server.core import auth
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Actor
from streamspace.server.core.settings import Settings
from streamspace.server.repositories import queries, service, webhooks
from streamspace.server.repositories.errors import BadSignature
from streamspace.server.repositories.models import RepositoryDelivery
from streamspace.server.repositories.schemas import DeliveryOut, WebhookSecretOut

_REMEMBERED = timedelta(days=30)


async def renew_secret(uow: UnitOfWork, actor: Actor, settings: Settings, repository_id: int) -> WebhookSecretOut:
    """Give a repository's webhook a new secret; the former one is worth nothing from then on."""
    row = await service.to_hook(uow, actor, repository_id)
    secret = ids.secret()
    had = row.webhook_secret is not None
    row.webhook_secret, row.updated_at = auth.seal(settings.secret_key.get_secret_value(), secret), uow.now()
    uow.note("repository.webhook_renewed", "repository", str(row.id), after={"before": had}, org_id=row.org_id)
    address = f"{settings.resolved_public_url}/api/v1/catalog/repositories/{row.id}/webhook"
    return WebhookSecretOut(secret=secret, url=address)


async def drop_secret(uow: UnitOfWork, actor: Actor, repository_id: int) -> None:
    """Have a repository hear no webhooks any more."""
    row = await service.to_hook(uow, actor, repository_id)
    row.webhook_secret, row.updated_at = None, uow.now()
    uow.note("repository.webhook_removed", "repository", str(row.id), org_id=row.org_id)


async def receive(
    uow: UnitOfWork, settings: Settings, repository_id: int, headers: Mapping[str, str], body: bytes
) -> DeliveryOut:
    """Sync a repository because its host says that somebody pushed to the branch that is followed.

    Raises:
        BadSignature, StaleDelivery: it is not from whom it should be. A repository that is not there says the same.
    """
    row = await queries.locked(uow.db, repository_id)
    sealed = row.webhook_secret if row is not None else None
    # Who guesses numbers learns nothing from the time that it takes.
    secret = auth.unseal(settings.secret_key.get_secret_value(), sealed) if sealed is not None else None
    delivery = webhooks.check(headers, body, secret or ids.secret(), uow.now())
    if row is None or secret is None:
        raise BadSignature
    if delivery.event == "test":
        return DeliveryOut(message="The webhook works.", status="ignored")
    if delivery.event != "push":
        return DeliveryOut(message="Only pushes are followed.", status="ignored")
    if delivery.branches is not None and row.branch not in delivery.branches:
        return DeliveryOut(message=f"Only the branch {row.branch} is followed.", status="ignored")
    if not row.enabled:
        return DeliveryOut(message="The repository is switched off.", status="ignored")
    if not await _first(uow, row.id, delivery.key):
        return DeliveryOut(message="This delivery was heard before.", status="ignored")
    await service.ask(uow, row, "webhook")
    uow.note("repository.pushed", "repository", str(row.id), after={"by": delivery.provider}, org_id=row.org_id)
    return DeliveryOut(message="The repository is read now.", status="syncing")


async def _first(uow: UnitOfWork, repository_id: int, key: str) -> bool:
    if await queries.heard(uow.db, repository_id, key):
        return False
    try:
        async with uow.db.begin_nested():
            uow.db.add(RepositoryDelivery(repository_id=repository_id, key=key, at=uow.now()))
    except IntegrityError:
        return False  # the same at the same time
    return True


async def forget_old(uow: UnitOfWork) -> None:
    """Drop what is so old that a copy of it would change nothing."""
    await queries.forget_deliveries(uow.db, uow.now() - _REMEMBERED)
