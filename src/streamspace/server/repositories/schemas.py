from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field, field_validator

from streamspace.protocol.base import Wire
from streamspace.server.repositories.models import Repository, RepositorySync
from streamspace.server.repositories.rules import DEFAULT_INTERVAL, LONGEST_INTERVAL, SHORTEST_INTERVAL
from streamspace.server.repositories.ssh import fingerprint

Transport = Literal["git", "http"]
AuthKind = Literal["none", "token", "basic", "ssh"]
_LONGEST_SECRET = 20_000


class _Interval(Wire):
    @field_validator("interval_seconds", check_fields=False)
    @classmethod
    def _never_or_long_enough(cls, value: int | None) -> int | None:
        if value is not None and value != 0 and not SHORTEST_INTERVAL <= value <= LONGEST_INTERVAL:
            raise ValueError(f"An interval is 0 for never, or from {SHORTEST_INTERVAL} to {LONGEST_INTERVAL} seconds.")
        return value


class RepositoryIn(_Interval):
    """Where templates are, and how to get there."""

    name: str = Field(min_length=1, max_length=100)
    url: str = Field(min_length=1, max_length=1000)
    type: Transport = "git"
    """`git` over HTTPS or SSH, or `http` for a .tar.gz or .zip archive."""
    kind: Literal["template"] = "template"
    description: str = Field(default="", max_length=2000)
    branch: str = Field(default="main", max_length=200)
    path: str = Field(default="", max_length=400)
    """The subfolder to read; all of it where left out."""
    auth_type: AuthKind = "none"
    auth_username: str = Field(default="", max_length=200)
    auth_secret: str | None = Field(default=None, max_length=_LONGEST_SECRET)
    """A token, a password (or `user:password`), or a private key."""
    auth_passphrase: str = Field(default="", max_length=1000)
    host_key: str | None = Field(default=None, max_length=2000)
    """The SSH host's public key; where left out, the first that it shows is trusted from then on."""
    enabled: bool = True
    review: bool = False
    """Whether changes wait for approval."""
    interval_seconds: int = DEFAULT_INTERVAL
    org_id: str | None = Field(default=None, min_length=1, max_length=64)
    """Whose it is; everybody's where left out, or your own organisation's if you administer no more."""


class RepositoryPatch(_Interval):
    """What to change; what is left out stays."""

    name: str | None = Field(default=None, min_length=1, max_length=100)
    url: str | None = Field(default=None, min_length=1, max_length=1000)
    description: str | None = Field(default=None, max_length=2000)
    branch: str | None = Field(default=None, max_length=200)
    path: str | None = Field(default=None, max_length=400)
    auth_type: AuthKind | None = None
    auth_username: str = Field(default="", max_length=200)
    auth_secret: str | None = Field(default=None, max_length=_LONGEST_SECRET)
    auth_passphrase: str = Field(default="", max_length=1000)
    host_key: str | None = Field(default=None, max_length=2000)
    """A new key, or empty to trust the next that is shown."""
    enabled: bool | None = None
    review: bool | None = None
    interval_seconds: int | None = None


class RepositoryOut(Wire):
    """A repository; its secrets are never shown."""

    id: int
    name: str
    url: str
    type: str
    kind: str
    description: str
    branch: str
    path: str
    auth_type: str
    host_key: str | None
    host_key_fingerprint: str | None
    """As `ssh-keygen -l` shows it, for comparison."""
    enabled: bool
    review: bool
    interval_seconds: int
    status: str
    error_message: str | None
    last_sync: datetime | None
    last_commit: str | None
    next_sync: datetime | None
    template_count: int
    webhook: bool
    """Whether it has a webhook's secret."""
    awaiting_review: int | None
    """Number of the sync that waits for approval."""
    org_id: str | None
    created_at: datetime
    updated_at: datetime


class RepositoryList(Wire):
    """The repositories you may see."""

    repositories: list[RepositoryOut]
    total: int


class RemovedOut(Wire):
    """What went with a repository."""

    message: str
    template_count: int
    templates: list[str]
    """Names of the first hundred."""


class SyncIn(Wire):
    """How to sync."""

    dry_run: bool = False
    """Say what would change, and change nothing."""
    force: bool = False
    """Read everything again, even if nothing seems to have changed."""


class SyncStarted(Wire):
    """A sync that was asked for; it goes on by itself."""

    message: str
    status: str = "syncing"
    repository_id: int
    number: int


class CatalogSyncStarted(Wire):
    """The syncs that were asked for."""

    message: str
    status: str = "syncing"
    syncs: list[SyncStarted]


class FindingOut(Wire):
    """A remark on a file, and where."""

    path: str = ""
    line: int | None = None
    column: int | None = None
    severity: str
    code: str
    message: str


class ChangeOut(Wire):
    """A field that differs."""

    field: str
    before: Any = None
    after: Any = None


class FileOut(Wire):
    """What became of a file: added, changed, unchanged, retired, kept or rejected."""

    path: str
    name: str | None = None
    outcome: str
    findings: list[FindingOut]
    changes: list[ChangeOut] | None = None


class LogLine(Wire):
    """A line of a sync's log."""

    at: datetime
    message: str


class SyncSummary(Wire):
    """One sync."""

    number: int
    cause: str
    dry_run: bool
    status: str
    revision: str | None
    error_message: str | None
    counts: dict[str, int]
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class SyncOut(SyncSummary):
    """One sync, its log and what became of each file."""

    log: list[LogLine]
    files: list[FileOut]


class SyncList(Wire):
    """The last syncs of a repository, the newest first."""

    syncs: list[SyncSummary]
    total: int


class WebhookSecretOut(Wire):
    """The secret of a webhook, shown this once, and where the webhook goes."""

    secret: str
    url: str


class DeliveryOut(Wire):
    """What became of a webhook."""

    message: str
    status: Literal["syncing", "ignored"]


def repository_out(row: Repository, awaiting: int | None, *, whole: bool) -> RepositoryOut:
    """Show a repository; who only sees it gets its address without what could be secret in it."""
    return RepositoryOut(
        id=row.id,
        name=row.name,
        url=row.url if whole else row.url.partition("?")[0],
        type=row.transport,
        kind=row.kind,
        description=row.description,
        branch=row.branch,
        path=row.folder,
        auth_type=row.auth_kind,
        host_key=row.host_key or None,
        host_key_fingerprint=fingerprint(row.host_key) if row.host_key else None,
        enabled=row.enabled,
        review=row.review,
        interval_seconds=row.interval_seconds,
        status=row.status,
        error_message=row.error_message if whole else None,
        last_sync=row.last_sync,
        last_commit=row.revision or None,
        next_sync=row.due_at if row.enabled else None,
        template_count=row.template_count,
        webhook=row.webhook_secret is not None,
        awaiting_review=awaiting,
        org_id=row.org_id,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def summary(row: RepositorySync) -> dict[str, Any]:
    """Return what lists show of a sync."""
    return {
        "number": row.number,
        "cause": row.cause,
        "dry_run": row.dry_run,
        "status": row.status,
        "revision": row.revision or None,
        "error_message": row.error_message,
        "counts": row.counts,
        "created_at": row.created_at,
        "started_at": row.started_at,
        "finished_at": row.finished_at,
    }
