"""`streamspace version`."""

import platform

import streamspace
from streamspace import protocol
from streamspace.cli.output import print_fields, print_json
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.client import ClientError


async def version(*, remote: Remote = DEFAULT) -> None:
    """Show the releases in use: of this program, and of the server where it answers."""
    try:
        async with remote.api() as api:
            there = (await api.version()).version
    except ClientError:
        there = None
    here = {
        "client": streamspace.__version__,
        "protocol": protocol.VERSION,
        "python": platform.python_version(),
        "server": there,
        "serverAddress": remote.address(),
    }
    if remote.as_json:
        print_json(here)
        return
    print_fields(
        [
            ("Client", streamspace.__version__),
            ("Server", f"{there or 'does not answer'} ({here['serverAddress']})"),
            ("Control channel", protocol.VERSION),
            ("Python", platform.python_version()),
        ]
    )
