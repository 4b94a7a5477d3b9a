"""`streamspace login`, `logout` and `whoami`."""

import getpass
import os
import sys
from typing import Annotated

from cyclopts import Parameter

from streamspace.cli import credentials
from streamspace.cli.failures import NOT_SIGNED_IN, USAGE, CommandFailed
from streamspace.cli.output import print_fields, print_json, say
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.client import NotSignedIn, Unreachable


async def login(
    *,
    username: Annotated[str | None, Parameter(name=["--username", "-u"])] = None,
    password_stdin: Annotated[bool, Parameter(negative="")] = False,
    remote: Remote = DEFAULT,
) -> None:
    """Sign in to a server and remember it.

    The password is asked for; it is never an option, because other users of this machine could read it.

    Args:
        username: Asked for where left out.
        password_stdin: Read the password from standard input, for scripts.
    """
    server = remote.address()
    if os.environ.get("STREAMSPACE_TOKEN"):
        raise CommandFailed(
            "STREAMSPACE_TOKEN is set and would be used instead of a login.", USAGE, hint="Unset it first."
        )
    if not password_stdin and not sys.stdin.isatty():
        raise CommandFailed(
            "There is no terminal to ask for the password on.",
            USAGE,
            hint="Use --password-stdin, or set STREAMSPACE_TOKEN instead of signing in.",
        )
    if username is None:
        if password_stdin:
            raise CommandFailed("--password-stdin needs --username.", USAGE)
        username = input(  # noqa: ASYNC250
            f"Username at {server}: "
        ).strip()
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else getpass.getpass("Password: ")
    async with remote.api() as api:
        done = await api.auth.login(username, password)
    credentials.remember(server)
    if remote.as_json:
        print_json({"server": server, "user": done.user})
    else:
        say(f"Signed in to {server} as {done.user.username}.")


async def logout(*, remote: Remote = DEFAULT) -> None:
    """End the login and forget it. Streams it opened close."""
    server = remote.address()
    if credentials.Stored(server).load() is None:
        say(f"You were not signed in at {server}.")
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
    if not os.environ.get("STREAMSPACE_TOKEN") and credentials.Stored(server).load() is None:
        raise CommandFailed(
            f"You are not signed in at {server}.",
            NOT_SIGNED_IN,
            code="not_signed_in",
            hint="Sign in with `streamspace login`, or set STREAMSPACE_TOKEN.",
        )
    async with remote.api() as api:
        user = await api.auth.me()
    if remote.as_json:
        print_json({"server": server, "user": user})
        return
    print_fields(
        [
            ("User", user.username),
            ("Name", user.full_name),
            ("Role", user.role),
            ("Organisation", user.org_id),
            ("Role there", user.org_role),
            ("Server", server),
        ]
    )
