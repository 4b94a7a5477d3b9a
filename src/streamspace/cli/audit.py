"""`streamspace audit …`."""

import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from streamspace.cli.failures import FAILED, USAGE, CommandFailed
from streamspace.cli.output import clean, plain, print_fields, print_json, print_table, say
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.client import AuditEntry, Verified
from streamspace.client.audit import follow_line
from streamspace.protocol.auditing import Chain

if TYPE_CHECKING:
    from streamspace.client import Api

app = App(name="audit", help="Read, export and verify the audit log.")
FORMATS = ("csv", "json", "jsonl")


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """Which entries are wanted."""

    username: str | None = None
    """Who did it, by name."""
    user_id: str | None = None
    """Who did it, by id."""
    action: str | None = None
    """What was done, such as user.created; `user.*` is all that begins with it."""
    resource_type: str | None = None
    """On what kind of thing."""
    resource_id: str | None = None
    """On which thing."""
    ip_address: str | None = None
    """From where."""
    outcome: Literal["ok", "denied", "failed"] | None = None
    """Whether it was done, refused, or did not work."""
    since: datetime | None = None
    """From when on, such as 2026-01-31 or 2026-01-31T12:00:00."""
    until: datetime | None = None
    """Until when."""

    def query(self) -> dict[str, Any]:
        """Return them as the API names them; a time without a zone is one of this machine."""
        return {
            "username": self.username,
            "user_id": self.user_id,
            "action": self.action,
            "resource_type": self.resource_type,
            "resource_id": self.resource_id,
            "ip_address": self.ip_address,
            "outcome": self.outcome,
            "start_date": self.since and self.since.astimezone(UTC),
            "end_date": self.until and self.until.astimezone(UTC),
        }


ALL = Filters()


@app.command(name="list", alias="ls")
async def list_entries(*, filters: Filters = ALL, limit: int = 50, remote: Remote = DEFAULT) -> None:
    """List entries, newest first.

    Args:
        limit: How many at most; up to 1000.
    """
    async with remote.api() as api:
        found = await api.audit.list(filters.query(), limit=limit)
    if remote.as_json:
        print_json(found)
        return
    print_table(
        ["entry", "at", "who", "action", "on", "outcome", "from"],
        (
            (
                str(entry.seq),
                f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}",
                _who(entry),
                entry.action,
                _on(entry),
                _outcome(entry),
                entry.ip,
            )
            for entry in found.logs
        ),
        empty="There is no such entry.",
    )
    if found.next_cursor:
        say(f"{found.total} in all; `streamspace audit export` writes them to a file.")


@app.command
async def show(entry: int, *, remote: Remote = DEFAULT) -> None:
    """Show one entry.

    Args:
        entry: Its number, as shown by `audit list`.
    """
    async with remote.api() as api:
        found = await api.audit.get(entry)
    if remote.as_json:
        print_json(found)
        return
    changes = found.changes or {}
    print_fields(
        [
            ("Entry", str(found.seq)),
            ("At", found.at),
            ("Who", _who(found)),
            ("Organisation", found.org_id),
            ("Action", found.action),
            ("On", _on(found)),
            ("Outcome", _outcome(found)),
            *((side.capitalize(), json.dumps(changes[side], ensure_ascii=False)) for side in changes),
            ("From", found.ip),
            ("With", found.user_agent),
            ("Request", found.request_id),
            ("Login", found.login_id),
            ("API key", found.key_id),
            ("Hash", found.hash),
        ]
    )


@app.command
async def tail(
    *,
    filters: Filters = ALL,
    lines: Annotated[int, Parameter(name=["--lines", "-n"])] = 20,
    follow: Annotated[bool, Parameter(name=["--follow", "-f"], negative="")] = False,
    remote: Remote = DEFAULT,
) -> None:
    """Show the last entries, oldest first.

    Args:
        lines: How many; up to 1000.
        follow: Go on with new entries as they are written.
    """
    async with remote.api() as api:
        last = (await api.audit.list(filters.query(), limit=max(lines, 1))).logs
        for entry in reversed(last[: max(lines, 0)]):
            _print_line(entry, remote)
        if follow:
            # Entries that the filter leaves out count too: what follows is what was written from now on.
            seq = last[0].seq if last else await _end(api)
            async for entry in api.audit.follow(seq, filters.query()):
                _print_line(entry, remote)


@app.command
async def export(
    file: Path,
    *,
    filters: Filters = ALL,
    form: Annotated[Literal["csv", "json", "jsonl"] | None, Parameter(name="--format")] = None,
    remote: Remote = DEFAULT,
) -> None:
    """Write the log to a file; `-` is standard output. Only a whole `jsonl` can be verified.

    Args:
        file: Where to; its ending names the format.
        form: csv for spreadsheets, json for programs, jsonl (one entry a line) for checking.
    """
    chosen = form or file.suffix.removeprefix(".")
    if chosen not in FORMATS:
        raise CommandFailed("Name the format with --format, or with the file's ending: csv, json, jsonl.", USAGE)
    async with remote.api() as api:
        parts = api.audit.export(chosen, filters.query())
        if str(file) == "-":
            async for part in parts:
                sys.stdout.buffer.write(part)
            sys.stdout.buffer.flush()
            return
        size = await _write(file, parts)
    say(f"{file} has {size} bytes.")


@app.command
async def verify(
    *,
    file: Path | None = None,
    accept: Annotated[list[int] | None, Parameter(negative="")] = None,
    offline: Annotated[bool, Parameter(negative="")] = False,
    remote: Remote = DEFAULT,
) -> int:
    """Check that the log is the one that was written: recompute its chain here, then compare with the server.

    Args:
        file: An export (jsonl, of everything) made earlier; without it, the log is fetched now.
        accept: Number of an entry about a gap whose reason is known, such as a new secret key.
        offline: Check the file alone, and ask no server.
    """
    if offline and file is None:
        raise CommandFailed("Name the --file to check when no server is to be asked.", USAGE)
    chain = Chain()
    server: Verified | None = None
    reason = None
    if file is not None:
        _follow_file(chain, file)
    if not offline:
        async with remote.api() as api:
            if file is None:
                await _follow_server(chain, api)
            server = await api.audit.verify(accept or ())
            reason = await _difference(chain, server, api)
    return _report(chain, server, reason, frozenset(accept or ()), as_json=remote.as_json)


def _report(
    chain: Chain, server: Verified | None, difference: str | None, accepted: frozenset[int], *, as_json: bool
) -> int:
    gaps = [gap for gap in chain.gaps if gap not in accepted]
    reason = chain.broken.reason if chain.broken else difference
    if reason is None and gaps:
        reason = f"Entry {gaps[0]} says that the log was found changed from outside."
    at = gaps[0] if gaps else None
    if chain.broken is not None:
        at = chain.broken.seq
    elif server is not None and not server.ok:
        at = server.broken_at
    if as_json:
        told = {
            "ok": reason is None,
            "entries": chain.entries,
            "head": {"seq": chain.seq, "hash": chain.hash},
            "brokenAt": at,
            "reason": reason,
            "gaps": chain.gaps,
            "server": server,
        }
        print_json({key: value for key, value in told.items() if value is not None})
    elif reason is not None:
        say(f"The log does not hold: {reason}")
        say("What stands before that is as it was written; compare what follows with an earlier export.")
    else:
        checked = "" if server else " The server was not asked, so entries may be missing at the end."
        print(f"{chain.entries} entries hold. The last is {chain.seq}, with the hash {chain.hash}.")
        say(f"Keep that line, or an export, elsewhere: it shows later that nothing before it was changed.{checked}")
    return 0 if reason is None else FAILED


async def _difference(chain: Chain, server: Verified, api: "Api") -> str | None:
    """Say how what was checked here differs from what the server has."""
    if chain.broken is not None:
        return None
    if not server.ok:
        return server.reason or "The server says so."
    if chain.seq > server.head.seq:
        return f"The server's log ends at entry {server.head.seq}; this one at {chain.seq}."
    if chain.seq and (await api.audit.get(chain.seq)).hash != chain.hash:
        return f"The server's entry {chain.seq} is another than this one."
    return None


def _follow_file(chain: Chain, file: Path) -> None:
    try:
        with file.open("rb") as lines:
            for line in lines:
                if follow_line(chain, line) is not None:
                    return
    except OSError as error:
        raise CommandFailed(f"Cannot read {file}: {error.strerror}.", USAGE) from None


async def _follow_server(chain: Chain, api: "Api") -> None:
    rest = b""
    async for part in api.audit.export("jsonl"):
        *whole, rest = (rest + part).split(b"\n")
        for line in whole:
            follow_line(chain, line)


async def _write(file: Path, parts: AsyncIterator[bytes]) -> int:
    """Write a file that is there only when it is whole."""
    partial = file.with_name(f"{file.name}.part")
    size = 0
    try:
        with partial.open("wb") as out:
            async for part in parts:
                size += out.write(part)
        partial.replace(file)
    except OSError as error:
        raise CommandFailed(f"Cannot write {file}: {error.strerror}.", USAGE) from None
    finally:
        partial.unlink(missing_ok=True)
    return size


async def _end(api: "Api") -> int:
    newest = (await api.audit.list(limit=1)).logs
    return newest[0].seq if newest else 0


def _print_line(entry: AuditEntry, remote: Remote) -> None:
    if remote.as_json:
        print(json.dumps(plain(entry), ensure_ascii=False), flush=True)
        return
    where = f" from {entry.ip}" if entry.ip else ""
    when = f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}"
    line = f"{when}  {_outcome(entry):<6}  {_who(entry)}{where}  {entry.action}  {_on(entry)}"
    print(clean(line).replace("\n", " ").rstrip(), flush=True)


def _who(entry: AuditEntry) -> str:
    name = entry.actor_name or entry.actor_id
    if name is None:
        return entry.actor_kind
    return name if entry.actor_kind == "user" else f"{name} ({entry.actor_kind})"


def _on(entry: AuditEntry) -> str:
    return f"{entry.resource_type} {entry.resource_id or ''}".strip()


def _outcome(entry: AuditEntry) -> str:
    return f"{entry.outcome}: {entry.code}" if entry.code and entry.outcome != "ok" else entry.outcome
