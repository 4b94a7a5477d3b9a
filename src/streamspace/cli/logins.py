"""`streamspace login`, `logout`, `whoami` and `logins …`."""

import os
from typing import Annotated

from cyclopts import App, Parameter

from streamspace.cli import asking, credentials
from streamspace.cli.failures import NOT_SIGNED_IN, USAGE, CommandFailed
from streamspace.cli.lookup import user_named
from streamspace.cli.output import ago, print_fields, print_json, print_table, say
from streamspace.cli.remote import DEFAULT, VARIABLES, Remote, token_of_environment
from streamspace.client import Api, Login, LoginEntryList, NotSignedIn, SecondFactorNeeded, Unreachable, User

app = App(name="logins", help="Show where you are signed in, and sign out there.")
TRIES = 3

Flag = Annotated[bool, Parameter(negative="")]


async def login(
    *,
    username: Annotated[str | None, Parameter(name=["--username", "-u"])] = None,
    password_stdin: Flag = False,
    key: Flag = False,
    remote: Remote = DEFAULT,
) -> None:
    """Sign in to a server and remember it.

    The password, and a code where the account has a second factor, is asked for; it is never an option, because
    other users of this machine could read it.

    Args:
        username: Asked for where left out.
        password_stdin: Read the password from standard input, and from its second line the code, for scripts.
        key: Sign in with an API key, asked for or read from standard input.
    """
    server = remote.address()
    if token_of_environment():
        name = next(name for name in VARIABLES if os.environ.get(name))
        raise CommandFailed(f"{name} is set and would be used instead of a login.", USAGE, hint="Unset it first.")
    if key:
        await _sign_in_with_key(remote, server)
        return
    if not password_stdin and not asking.terminal():
        raise CommandFailed(
            "There is no terminal to ask for the password on.",
            USAGE,
            hint="Use --password-stdin, or set STREAMSPACE_API_KEY instead of signing in.",
        )
    if username is None:
        if password_stdin:
            raise CommandFailed("--password-stdin needs --username.", USAGE)
        username = input(  # noqa: ASYNC250
            f"Username at {server}: "
        ).strip()
    password = asking.secret("Password", from_stdin=password_stdin)
    async with remote.api() as api:
        try:
            done = await api.auth.login(username, password)
        except SecondFactorNeeded as needed:
            done = await _second_factor(api, needed, from_stdin=password_stdin)
    _signed_in(remote, server, done.user)
    if done.mfa_enrolment_required:
        say(f"Your organisation asks for a second factor: set one up at {server} before you go on.")


async def logout(*, remote: Remote = DEFAULT) -> None:
    """End the login and forget it. Streams it opened close."""
    server = remote.address()
    held = credentials.Stored(server).load()
    if held is None:
        say(f"You were not signed in at {server}.")
        return
    if held.expires_at is None:
        credentials.forget(server)
        say(f"The API key is forgotten here; it works until it is revoked (`streamspace keys revoke`). {server}")
        return
    try:
        async with remote.api() as api:
            await api.auth.logout()
    except NotSignedIn:
        pass  # it had ended already
    except Unreachable as error:
        credentials.forget(server)
        raise CommandFailed(
            f"The login is forgotten here, but {error.server} could not be told: {error.why}",
            hint="It ends when it expires.",
        ) from None
    credentials.forget(server)
    say(f"Signed out of {server}.")


async def whoami(*, remote: Remote = DEFAULT) -> None:
    """Show who is signed in, and where."""
    server = remote.address()
    if not token_of_environment() and credentials.Stored(server).load() is None:
        raise CommandFailed(
            f"You are not signed in at {server}.",
            NOT_SIGNED_IN,
            code="not_signed_in",
            hint="Sign in with `streamspace login`, or set STREAMSPACE_API_KEY.",
        )
    async with remote.api() as api:
        user = await api.auth.me()
    if remote.as_json:
        print_json({"server": server, "user": user})
        return
    here = user.organization
    print_fields(
        [
            ("User", user.username),
            ("Name", user.full_name),
            ("Role", user.role),
            ("Organisation", (here.name if here else None) or user.org_id),
            ("Role there", user.org_role),
            ("Others", [one.name for one in user.organizations if not one.current]),
            ("Second factor", user.mfa),
            ("Server", server),
        ]
    )


@app.command(name="list", alias="ls")
async def list_logins(*, user: str | None = None, remote: Remote = DEFAULT) -> None:
    """List where you, or somebody else, are signed in.

    Args:
        user: Somebody whose access you manage, as shown by `users list`.
    """
    async with remote.api() as api:
        if user is None:
            found = await api.auth.logins()
        else:
            found = await api.users.logins((await user_named(api, user)).id)
    print_logins(remote, found, empty=f"{user or 'You'} {'is' if user else 'are'} signed in nowhere.")


@app.command
async def end(login_id: str, *, user: str | None = None, remote: Remote = DEFAULT) -> None:
    """End a login of yours or somebody else's; its streams close within a second.

    Args:
        login_id: As shown by `logins list`.
        user: Whose it is, if not yours.
    """
    async with remote.api() as api:
        if user is None:
            await api.auth.end(login_id)
        else:
            await api.users.end_login((await user_named(api, user)).id, login_id)
    say(f"{login_id} has ended.")


@app.command
async def end_all(*, user: str | None = None, current: Flag = False, remote: Remote = DEFAULT) -> None:
    """End all your other logins, or all of somebody else.

    Args:
        user: Somebody whose access you manage.
        current: Of yours, this one too.
    """
    if user is not None and current:
        raise CommandFailed("--current is about your own logins.", USAGE)
    async with remote.api() as api:
        if user is not None:
            await api.users.end_logins((await user_named(api, user)).id)
            say(f"{user} is signed out everywhere.")
            return
        await api.auth.end_all(current=current)
    if current and not token_of_environment():
        credentials.forget(remote.address())
    say("You are signed out everywhere." if current else "You are signed out everywhere else.")


def print_logins(remote: Remote, found: LoginEntryList, *, empty: str) -> None:
    """Print where somebody is signed in."""
    if remote.as_json:
        print_json(found)
        return
    print_table(
        ["login", "signed in", "last used", "from", "with", "program", "this one"],
        (
            (
                one.id,
                ago(one.created_at),
                ago(one.last_used_at),
                one.ip,
                one.provider_name or one.method,
                one.user_agent,
                "yes" if one.current else "",
            )
            for one in found.logins
        ),
        empty=empty,
    )


async def _sign_in_with_key(remote: Remote, server: str) -> None:
    key = asking.secret("API key", from_stdin=not asking.terminal()).strip()
    if not key.isascii() or not key.isprintable() or not key:
        raise CommandFailed("That is not an API key.", USAGE)
    async with remote.api() as api:
        user = await api.auth.use_key(key)
    _signed_in(remote, server, user)


async def _second_factor(api: Api, needed: SecondFactorNeeded, *, from_stdin: bool) -> Login:
    if not {"totp", "backup"} & set(needed.methods):
        raise CommandFailed(
            "This account's second factor is a passkey, which needs a browser.",
            NOT_SIGNED_IN,
            code="mfa_required",
            hint="Make an API key in the web UI and use `streamspace login --key`.",
        )
    for left in reversed(range(1 if from_stdin else TRIES)):
        code = asking.secret("Code of your authenticator app, or a backup code", from_stdin=from_stdin)
        try:
            return await api.auth.second_factor(needed.token, code.strip())
        except NotSignedIn as error:
            if not left:
                raise
            say(f"{error} Try again.")
    raise AssertionError  # the loop returns or raises


def _signed_in(remote: Remote, server: str, user: User) -> None:
    credentials.remember(server)
    if remote.as_json:
        print_json({"server": server, "user": user})
    else:
        say(f"Signed in to {server} as {user.username}.")
