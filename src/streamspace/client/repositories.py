"""Repositories: where templates come from."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import Field

from streamspace.protocol.base import Wire

if TYPE_CHECKING:
    from streamspace.client.transport import Transport

PATH = "/api/v1/catalog/repositories"


class Repository(Wire):
    """Where templates are and how they were last read.

    `status` is pending, syncing, synced or failed; `awaiting_review` numbers the sync that waits for approval.
    """

    id: int
    name: str = ""
    url: str = ""
    type: str = "git"
    description: str = ""
    branch: str = ""
    path: str = ""
    auth_type: str = "none"
    host_key: str | None = None
    host_key_fingerprint: str | None = None
    enabled: bool = True
    review: bool = False
    interval_seconds: int = 0
    status: str = ""
    error_message: str | None = None
    last_sync: datetime | None = None
    last_commit: str | None = None
    next_sync: datetime | None = None
    template_count: int = 0
    webhook: bool = False
    awaiting_review: int | None = None
    org_id: str | None = None


class RepositoryList(Wire):
    """The repositories one may see."""

    repositories: list[Repository]
    total: int = 0


class Removed(Wire):
    """What went with a repository."""

    message: str = ""
    template_count: int = 0
    templates: list[str] = Field(default_factory=list)


class SyncStarted(Wire):
    """A sync that was asked for."""

    message: str = ""
    repository_id: int = 0
    number: int = 0


class Finding(Wire):
    """A remark on a file, and where in it."""

    path: str = ""
    line: int | None = None
    column: int | None = None
    severity: str = ""
    code: str = ""
    message: str = ""


class FileReport(Wire):
    """What became of a file: added, changed, unchanged, retired, kept or rejected."""

    path: str
    name: str | None = None
    outcome: str = ""
    findings: list[Finding] = Field(default_factory=list)
    changes: list[dict[str, Any]] | None = None


class Sync(Wire):
    """One reading of a repository.

    `status` is pending, running, previewed, review, succeeded, failed, rejected or superseded.
    """

    number: int
    cause: str = ""
    dry_run: bool = False
    status: str = ""
    revision: str | None = None
    error_message: str | None = None
    counts: dict[str, int] = Field(default_factory=dict)
    created_at: datetime | None = None
    finished_at: datetime | None = None
    log: list[dict[str, Any]] = Field(default_factory=list)
    files: list[FileReport] = Field(default_factory=list)


class SyncList(Wire):
    """The last syncs, the newest first."""

    syncs: list[Sync]
    total: int = 0


class WebhookSecret(Wire):
    """A webhook's secret, shown once, and where the webhook goes."""

    secret: str
    url: str


class Repositories:
    """`api.repositories`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def list(self) -> RepositoryList:
        """Return all repositories one may see."""
        return await self._transport.get(RepositoryList, PATH)

    async def get(self, repository_id: int) -> Repository:
        """Return one repository."""
        return await self._transport.get(Repository, f"{PATH}/{repository_id}")

    async def create(self, name: str, url: str, **more: Any) -> Repository:
        """Add a repository; `more` are the API's fields, such as `branch`, `authType` and `authSecret`."""
        body = {"name": name, "url": url} | {key: value for key, value in more.items() if value is not None}
        return self._transport.read(Repository, await self._transport.call("POST", PATH, body=body))

    async def update(self, repository_id: int, **changes: Any) -> Repository:
        """Change what is given, by the API's names."""
        answer = await self._transport.call("PATCH", f"{PATH}/{repository_id}", body=changes)
        return self._transport.read(Repository, answer)

    async def remove(self, repository_id: int) -> Removed:
        """Remove a repository and what the catalog shows of it."""
        return self._transport.read(Removed, await self._transport.call("DELETE", f"{PATH}/{repository_id}"))

    async def sync(self, repository_id: int, *, dry_run: bool = False, force: bool = False) -> SyncStarted:
        """Have a repository read, or only say what that would change."""
        body = {"dryRun": dry_run, "force": force}
        answer = await self._transport.call("POST", f"{PATH}/{repository_id}/sync", body=body)
        return self._transport.read(SyncStarted, answer)

    async def syncs(self, repository_id: int) -> SyncList:
        """Return the last syncs."""
        return await self._transport.get(SyncList, f"{PATH}/{repository_id}/syncs")

    async def sync_report(self, repository_id: int, number: int) -> Sync:
        """Return one sync with its log and files."""
        return await self._transport.get(Sync, f"{PATH}/{repository_id}/syncs/{number}")

    async def decide(self, repository_id: int, number: int, *, approve: bool) -> Sync:
        """Have the catalog show what a sync found, or leave it as it is."""
        word = "approve" if approve else "reject"
        answer = await self._transport.call("POST", f"{PATH}/{repository_id}/syncs/{number}/{word}", body={})
        return self._transport.read(Sync, answer)

    async def renew_webhook(self, repository_id: int) -> WebhookSecret:
        """Make a new secret for a repository's webhook."""
        answer = await self._transport.call("POST", f"{PATH}/{repository_id}/webhook/secret", body={})
        return self._transport.read(WebhookSecret, answer)

    async def remove_webhook(self, repository_id: int) -> None:
        """Have a repository hear no webhooks any more."""
        await self._transport.call("DELETE", f"{PATH}/{repository_id}/webhook/secret")
