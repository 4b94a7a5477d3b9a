"""`streamspace users …`."""

import asyncio
import secrets
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from streamspace.cli import asking
from streamspace.cli.failures import REFUSED, USAGE, CommandFailed
from streamspace.cli.logins import print_logins
from streamspace.cli.lookup import everything, group_named, user_named
from streamspace.cli.output import ago, print_fields, print_json, print_table, say
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.client import Imported, User

app = App(name="users", help="Show and administer people.")

Flag = Annotated[bool, Parameter(negative="")]
Words = Annotated[list[str] | None, Parameter(negative="")]


@app.command(name="list", alias="ls")
async def list_users(
    search: str | None = None,
    *,
    role: str | None = None,
    org_role: str | None = None,
    group: str | None = None,
    provider: str | None = None,
    active: Annotated[bool | None, Parameter(negative="--inactive")] = None,
    sort: str | None = None,
    remote: Remote = DEFAULT,
) -> None:
    """List people.

    Args:
        search: Part of a username, name or e-mail address.
        role: Only this system role: user, operator or admin.
        org_role: Only this role in the organisation: viewer, user, maintainer or org_admin.
        group: Only people of this group.
        provider: Only those who sign in this way: local, saml or oidc.
        active: Only those who may sign in, or only those who may not.
        sort: username, createdAt or lastLogin; with - before it, the other way round.
    """
    async with remote.api() as api:
        group_id = (await group_named(api, group)).id if group else None
        found: list[User] = await everything(
            api.users.list,
            "users",
            search=search,
            role=role,
            org_role=org_role,
            group=group_id,
            provider=provider,
            active=active,
            sort=sort,
        )
    if remote.as_json:
        print_json({"users": found, "total": len(found)})
        return
    print_table(
        ["user", "name", "e-mail", "role", "role there", "signs in with", "state", "last login"],
        (
            (
                user.username,
                user.full_name,
                user.email,
                user.role,
                user.org_role,
                user.provider,
                _state(user),
                ago(user.last_login) or "never",
            )
            for user in found
        ),
        empty="Nobody matches.",
    )


@app.command
async def show(username: str, *, remote: Remote = DEFAULT) -> None:
    """Show one person."""
    async with remote.api() as api:
        user = await api.users.get((await user_named(api, username)).id)
        groups = {group.id: group.name for group in await everything(api.groups.list, "groups")} if user.groups else {}
    if remote.as_json:
        print_json(user)
        return
    quota = user.quota
    print_fields(
        [
            ("User", user.username),
            ("Id", user.id),
            ("Name", user.full_name),
            ("E-mail", user.email),
            ("Role", user.role),
            ("Organisation", user.org_id),
            ("Role there", user.org_role),
            ("Groups", [groups.get(group, group) for group in user.groups]),
            ("Signs in with", user.provider),
            ("State", _state(user)),
            ("Last login", user.last_login or "never"),
            ("Sessions", f"{quota.used_sessions} of {_limit(quota.max_sessions)}" if quota else None),
            ("Created", user.created_at),
        ]
    )


@app.command
async def create(
    username: str,
    *,
    email: str,
    name: str | None = None,
    role: str | None = None,
    org_role: str | None = None,
    group: Words = None,
    provider: str | None = None,
    password_stdin: Flag = False,
    generate_password: Flag = False,
    remote: Remote = DEFAULT,
) -> None:
    """Add somebody to your organisation. The password is asked for where they sign in with one.

    Args:
        username: 3 to 32 letters, digits, - or _.
        email: Nobody else's.
        name: Their full name; the username where left out.
        role: System role: user, operator or admin.
        org_role: Role in the organisation: viewer, user, maintainer or org_admin.
        group: A group to put them into; may be repeated.
        provider: saml or oidc for people who sign in elsewhere and have no password here.
        password_stdin: Read the password from standard input, for scripts.
        generate_password: Make a password and print it.
    """
    password: str | None = None
    if generate_password:
        password = secrets.token_urlsafe(15)
    elif provider in {None, "local"}:
        password = asking.new_password(from_stdin=password_stdin)
    async with remote.api() as api:
        groups = [(await group_named(api, one)).id for one in group or []]
        made = await api.users.create(
            username,
            email=email,
            full_name=name or username,
            password=password,
            role=role,
            org_role=org_role,
            provider=provider,
            groups=groups or None,
        )
    if remote.as_json:
        print_json(made)
        return
    say(f"{made.username} may sign in now.")
    if generate_password:
        print(password)


@app.command
async def update(
    username: str,
    *,
    email: str | None = None,
    name: str | None = None,
    role: str | None = None,
    org_role: str | None = None,
    remote: Remote = DEFAULT,
) -> None:
    """Change somebody's name, e-mail address or roles.

    Args:
        username: As shown by `users list`.
        email: Nobody else's.
        name: Their full name.
        role: System role: user, operator or admin.
        org_role: Role in the organisation: viewer, user, maintainer or org_admin.
    """
    if email is None and name is None and role is None and org_role is None:
        raise CommandFailed("Say what to change.", USAGE, hint="See `streamspace users update --help`.")
    async with remote.api() as api:
        user = await user_named(api, username)
        user = await api.users.update(user.id, email=email, full_name=name, role=role, org_role=org_role)
    _tell(remote, user, "is changed.")


@app.command
async def deactivate(username: str, *, remote: Remote = DEFAULT) -> None:
    """Lock somebody out: their sessions, logins, keys and streams end at once."""
    async with remote.api() as api:
        user = await user_named(api, username)
        _tell(remote, await api.users.update(user.id, active=False), "may no longer sign in.")


@app.command
async def activate(username: str, *, remote: Remote = DEFAULT) -> None:
    """Let a deactivated person sign in again."""
    async with remote.api() as api:
        user = await user_named(api, username)
        _tell(remote, await api.users.update(user.id, active=True), "may sign in again.")


@app.command(alias="rm")
async def remove(username: str, *, yes: Flag = False, remote: Remote = DEFAULT) -> None:
    """Remove somebody for good; the audit log keeps what they did.

    Args:
        username: As shown by `users list`.
        yes: Do not ask.
    """
    async with remote.api() as api:
        user = await user_named(api, username)
        asking.confirm(f"Remove {user.username} for good?", yes=yes)
        await api.users.remove(user.id)
    say(f"{user.username} is removed.")


@app.command
async def password(
    username: str | None = None,
    *,
    password_stdin: Flag = False,
    generate_password: Flag = False,
    remote: Remote = DEFAULT,
) -> None:
    """Change your own password, or give somebody a new one. Their other logins end.

    Args:
        username: Whose; yours where left out.
        password_stdin: Read it from standard input; for your own, the present one first, then the new one.
        generate_password: Make a password and print it.
    """
    async with remote.api() as api:
        if username is None:
            present = asking.secret("Present password", from_stdin=password_stdin)
            chosen = _chosen(password_stdin=password_stdin, generate=generate_password)
            await api.auth.change_password(present, chosen)
            say("Your password is changed; your other logins have ended.")
        else:
            user = await user_named(api, username)
            chosen = _chosen(password_stdin=password_stdin, generate=generate_password)
            await api.users.set_password(user.id, chosen)
            say(f"{user.username} has a new password; their logins have ended.")
    if generate_password:
        print(chosen)


@app.command(name="import")
async def import_users(file: Path, *, dry_run: Flag = False, partial: Flag = False, remote: Remote = DEFAULT) -> None:
    """Add people from a CSV file: all of them, or none where a line is wrong.

    The first line names the columns: username, email, fullName, and where wanted orgRole, groups, password.

    Args:
        file: In UTF-8, at most 1 MiB.
        dry_run: Only say what would happen.
        partial: Add the good lines although others are wrong.
    """
    try:
        text = await asyncio.to_thread(file.read_bytes)
    except OSError as error:
        raise CommandFailed(f"Cannot read {file}: {error.strerror or error}.", USAGE) from None
    async with remote.api() as api:
        done = await api.users.import_csv(text, dry_run=dry_run, partial=partial)
    if remote.as_json:
        print_json(done)
    else:
        _tell_import(done, dry_run=dry_run)
    if done.failed:
        failed = f"{len(done.failed)} of {done.total} lines cannot be taken in."
        raise CommandFailed(failed, REFUSED, code="import_failed", hint="" if partial else "Nobody was added.")


@app.command
async def logins(username: str, *, end_all: Flag = False, remote: Remote = DEFAULT) -> None:
    """Show where somebody is signed in.

    Args:
        username: As shown by `users list`.
        end_all: Sign them out everywhere.
    """
    async with remote.api() as api:
        user = await user_named(api, username)
        if end_all:
            await api.users.end_logins(user.id)
            say(f"{user.username} is signed out everywhere.")
            return
        found = await api.users.logins(user.id)
    print_logins(remote, found, empty=f"{user.username} is not signed in anywhere.")


@app.command
async def unlock(username: str, *, remote: Remote = DEFAULT) -> None:
    """Let somebody try again who was locked out after wrong passwords."""
    async with remote.api() as api:
        user = await user_named(api, username)
        await api.users.unlock(user.id)
    say(f"{user.username} may try again.")


@app.command
async def reset_mfa(username: str, *, yes: Flag = False, remote: Remote = DEFAULT) -> None:
    """Remove all second factors of somebody who lost them; make sure it is them who asks.

    Args:
        username: As shown by `users list`.
        yes: Do not ask.
    """
    async with remote.api() as api:
        user = await user_named(api, username)
        asking.confirm(f"Remove all second factors of {user.username}?", yes=yes)
        await api.users.reset_mfa(user.id)
    say(f"{user.username} signs in without a second factor until they set one up again.")


def _chosen(*, password_stdin: bool, generate: bool) -> str:
    return secrets.token_urlsafe(15) if generate else asking.new_password(from_stdin=password_stdin)


def _state(user: User) -> str:
    if not user.active:
        return "inactive"
    return "locked out" if user.locked else "active"


def _limit(value: object) -> str:
    return "any number" if value is None else str(value)


def _tell(remote: Remote, user: User, what: str) -> None:
    if remote.as_json:
        print_json(user)
    else:
        say(f"{user.username} {what}")


def _tell_import(done: Imported, *, dry_run: bool) -> None:
    names = done.would_create or done.created
    if names:
        say(f"{'Would add' if dry_run else 'Added'} {len(names)}: {', '.join(names)}")
    if done.failed:
        rows = ((failure.line, failure.username, failure.message) for failure in done.failed)
        print_table(["line", "user", "why not"], rows, empty="")
    elif not names:
        say("The file names nobody.")
