"""`streamspace repositories …`."""

import asyncio
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, Parameter

from streamspace.cli import asking
from streamspace.cli.failures import FAILED, NOT_FOUND, TIMED_OUT, USAGE, CommandFailed
from streamspace.cli.lookup import organization_named
from streamspace.cli.output import ago, print_fields, print_json, print_table, say
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.client import Api, Repository, Sync
from streamspace.kit import durations

app = App(name="repositories", help="Say where templates come from, and have them read.")

Flag = Annotated[bool, Parameter(negative="")]
Auth = Literal["none", "token", "basic", "ssh"]
_OPEN = {"pending", "running"}
_LONGEST_WAIT = 180.0


@app.command(name="list", alias="ls")
async def list_repositories(*, remote: Remote = DEFAULT) -> None:
    """List repositories and how they were last read."""
    async with remote.api() as api:
        found = await api.repositories.list()
    if remote.as_json:
        print_json(found)
        return
    print_table(
        ["id", "name", "for", "address", "branch", "status", "templates", "read", "message"],
        (
            (
                one.id,
                one.name,
                one.org_id or "everybody",
                one.url,
                one.branch,
                one.status if one.enabled else "off",
                one.template_count,
                ago(one.last_sync) if one.last_sync else "never",
                f"sync {one.awaiting_review} waits for approval" if one.awaiting_review else one.error_message or "",
            )
            for one in found.repositories
        ),
        empty="There are no repositories. Add one with `streamspace repositories add`.",
    )


@app.command
async def show(repository: str, *, remote: Remote = DEFAULT) -> None:
    """Show a repository and its last syncs.

    Args:
        repository: Its name or id.
    """
    async with remote.api() as api:
        found = await _named(api, repository)
        syncs = await api.repositories.syncs(found.id)
    if remote.as_json:
        print_json({"repository": found, "syncs": syncs.syncs})
        return
    print_fields(
        (
            ("name", found.name),
            ("address", found.url),
            ("branch", f"{found.branch} {found.path}".strip()),
            ("signs in with", found.auth_type),
            ("host key", found.host_key_fingerprint),
            ("status", found.status),
            ("message", found.error_message),
            ("commit", found.last_commit),
            ("templates", found.template_count),
            ("review", "changes wait for approval" if found.review else "none"),
            ("webhook", "yes" if found.webhook else "no"),
        )
    )
    print_table(
        ["sync", "cause", "status", "when", "what"],
        ((sync.number, sync.cause, sync.status, ago(sync.created_at), _counted(sync)) for sync in syncs.syncs),
        empty="It was never read.",
    )


@app.command
async def add(
    name: str,
    url: str,
    *,
    branch: str = "main",
    path: str = "",
    archive: Flag = False,
    auth: Auth = "none",
    username: str = "",
    secret_file: Path | None = None,
    host_key: str | None = None,
    every: str | None = None,
    review: Flag = False,
    organization: str | None = None,
    remote: Remote = DEFAULT,
) -> None:
    """Add a repository and have it read.

    Args:
        name: What it is to be called.
        url: https://…, ssh://git@host/path or git@host:path.
        branch: The branch that is followed.
        path: The subfolder that is read; all of it where left out.
        archive: The address is that of a .tar.gz or .zip archive.
        auth: How to sign in there.
        username: With `--auth basic`, or for tokens that need one.
        secret_file: File with the token, password or private key; asked for where left out.
        host_key: The SSH host's public key; where left out, the first that it shows is trusted from then on.
        every: How often it is read, such as 30m or 1h; 0 for only when told to.
        review: Have what changed wait for approval.
        organization: Whose it is; everybody's where left out.
    """
    wanted: dict[str, Any] = {
        "type": "http" if archive else "git",
        "branch": branch,
        "path": path,
        "authType": auth,
        "authUsername": username,
        "authSecret": _secret(secret_file) if auth != "none" else None,
        "hostKey": host_key,
        "intervalSeconds": _seconds(every),
        "review": review,
    }
    async with remote.api() as api:
        if organization:
            wanted["orgId"] = (await organization_named(api, organization)).id
        made = await api.repositories.create(name, url, **wanted)
        newest = (await api.repositories.syncs(made.id)).syncs
        sync = await _awaited(api, made.id, newest[0].number) if newest else None
    if remote.as_json:
        print_json({"repository": made, "sync": sync})
    else:
        say(f"The repository {made.name} is added.")
    if sync is not None:
        _report(remote, sync, told=remote.as_json)


def _secret(file: Path | None) -> str:
    if file is None:
        return asking.secret("Token, password or key: ")
    try:
        text = file.read_text()
        return text if "PRIVATE KEY" in text else text.strip("\r\n")
    except (OSError, UnicodeError) as error:
        raise CommandFailed(f"{file} cannot be read: {error}.", USAGE) from None


@app.command
async def sync(repository: str, *, dry_run: Flag = False, force: Flag = False, remote: Remote = DEFAULT) -> None:
    """Have a repository read now, and say what changed.

    Args:
        repository: Its name or id.
        dry_run: Only say what would change.
        force: Read everything again, even if nothing seems to have changed.
    """
    async with remote.api() as api:
        found = await _named(api, repository)
        asked = await api.repositories.sync(found.id, dry_run=dry_run, force=force)
        _report(remote, await _awaited(api, found.id, asked.number))


@app.command
async def report(repository: str, number: int, *, remote: Remote = DEFAULT) -> None:
    """Show what became of each file in a sync.

    Args:
        repository: Its name or id.
        number: The sync's, as `repositories show` lists it.
    """
    async with remote.api() as api:
        found = await _named(api, repository)
        _report(remote, await api.repositories.sync_report(found.id, number))


@app.command
async def approve(repository: str, number: int, *, remote: Remote = DEFAULT) -> None:
    """Have the catalog show what a sync found.

    Args:
        repository: Its name or id.
        number: The sync's.
    """
    await _decide(remote, repository, number, approve=True)


@app.command
async def reject(repository: str, number: int, *, remote: Remote = DEFAULT) -> None:
    """Leave the catalog as it is until the repository changes again.

    Args:
        repository: Its name or id.
        number: The sync's.
    """
    await _decide(remote, repository, number, approve=False)


async def _decide(remote: Remote, repository: str, number: int, *, approve: bool) -> None:
    async with remote.api() as api:
        found = await _named(api, repository)
        decided = await api.repositories.decide(found.id, number, approve=approve)
    if remote.as_json:
        print_json(decided)
    else:
        say(f"Sync {number} of {found.name} is {'approved' if approve else 'rejected'}.")


@app.command
async def webhook(repository: str, *, remove: Flag = False, remote: Remote = DEFAULT) -> None:
    """Make a webhook's secret, shown this once; a former one stops working.

    Args:
        repository: Its name or id.
        remove: Have the repository hear no webhooks any more.
    """
    async with remote.api() as api:
        found = await _named(api, repository)
        if remove:
            await api.repositories.remove_webhook(found.id)
            say(f"{found.name} hears no webhooks any more.")
            return
        made = await api.repositories.renew_webhook(found.id)
    if remote.as_json:
        print_json(made)
    else:
        print_fields((("address", made.url), ("secret", made.secret), ("content type", "application/json")))


@app.command(alias="rm")
async def remove(repository: str, *, yes: Flag = False, remote: Remote = DEFAULT) -> None:
    """Remove a repository and what the catalog shows of it; what was installed from it stays.

    Args:
        repository: Its name or id.
        yes: Do not ask.
    """
    async with remote.api() as api:
        found = await _named(api, repository)
        asking.confirm(f"Remove {found.name} and {found.template_count} templates from the catalog?", yes=yes)
        gone = await api.repositories.remove(found.id)
    if remote.as_json:
        print_json(gone)
    else:
        say(gone.message)


async def _named(api: Api, name: str) -> Repository:
    there = (await api.repositories.list()).repositories
    found = [one for one in there if str(one.id) == name] or [one for one in there if one.name == name]
    if len(found) != 1:
        problem = f"There is no repository {name}" if not found else f"{len(found)} repositories are called {name}"
        raise CommandFailed(
            f"{problem}.", NOT_FOUND, hint="See `streamspace repositories list`.", code="repository_not_found"
        )
    return found[0]


async def _awaited(api: Api, repository_id: int, number: int) -> Sync:
    waited, pause = 0.0, 0.2
    while (sync := await api.repositories.sync_report(repository_id, number)).status in _OPEN:
        if waited > _LONGEST_WAIT:
            raise CommandFailed(
                "It is still being read.", TIMED_OUT, hint="`streamspace repositories show` tells more."
            )
        await asyncio.sleep(pause)
        waited, pause = waited + pause, min(pause * 1.5, 2.0)
    return sync


def _report(remote: Remote, sync: Sync, *, told: bool = False) -> None:
    if remote.as_json:
        if not told:
            print_json(sync)
    else:
        _print_files(sync)
        if sync.status != "failed":
            say(f"{sync.status}: {_counted(sync)}")
        if sync.status == "review":
            say(f"It waits for `streamspace repositories approve … {sync.number}`.")
    if sync.status == "failed":
        raise CommandFailed(sync.error_message or "It could not be read.", FAILED, code="sync_failed")


def _print_files(sync: Sync) -> None:
    rows = []
    for file in sync.files:
        changed = [f"{one['field']}: {one.get('before')} → {one.get('after')}" for one in file.changes or []]
        remarks = [f"line {one.line}: {one.message}" if one.line is not None else one.message for one in file.findings]
        rows.append((file.outcome, file.path, "\n".join((*changed, *remarks))))
    if rows:
        print_table(["outcome", "file", "what"], rows, empty="")


def _counted(sync: Sync) -> str:
    return ", ".join(f"{number} {what}" for what, number in sync.counts.items() if number) or "nothing changed"


def _seconds(text: str | None) -> int | None:
    if text is None:
        return None
    if text == "0":
        return 0
    try:
        return int(durations.parse(text).total_seconds())
    except ValueError:
        raise CommandFailed("A duration is written like 90s, 30m or 8h.", USAGE) from None
