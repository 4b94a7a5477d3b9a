"""Which server a command talks to, as whom, and how it answers."""

import os
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from streamspace.cli.failures import USAGE, CommandFailed

if TYPE_CHECKING:
    from streamspace.client import Api

DEFAULT_SERVER = "http://localhost:8000"


VARIABLES = ("STREAMSPACE_TOKEN", "STREAMSPACE_API_KEY")
"""Where a script puts its credential; either kind is sent the same way."""


def token_of_environment() -> str | None:
    """Return the token or API key to use instead of a remembered login."""
    return next((value for name in VARIABLES if (value := os.environ.get(name))), None)


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True, slots=True)
class Remote:
    """Options of every command that talks to a server."""

    server: Annotated[str | None, Parameter(env_var="STREAMSPACE_SERVER", show_env_var=True)] = None
    """Control plane to talk to; otherwise the one last signed in to, or http://localhost:8000."""

    ca_file: Annotated[Path | None, Parameter(env_var="STREAMSPACE_CA_FILE")] = None
    """Certificate authorities (PEM) to trust for this server, such as the one `up --tls` made."""

    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False
    """Print JSON, in the shapes of the API."""

    def address(self) -> str:
        """Return the server's address, without a slash at the end."""
        from streamspace.cli import credentials  # noqa: PLC0415

        found = (self.server or credentials.current() or DEFAULT_SERVER).rstrip("/")
        if not found.startswith(("http://", "https://")):
            raise CommandFailed(
                f"{found!r} is not the address of a server.",
                USAGE,
                code="bad_address",
                hint="It begins with http:// or https://, such as http://localhost:8000.",
            )
        return found

    @asynccontextmanager
    async def api(self) -> AsyncIterator["Api"]:
        """Open a client with the remembered login, or with the token or API key of the environment where one is set."""
        from streamspace.cli import credentials  # noqa: PLC0415
        from streamspace.client import Api  # noqa: PLC0415

        server = self.address()
        verify: ssl.SSLContext | bool = True
        if self.ca_file is not None:
            try:
                verify = ssl.create_default_context(cafile=self.ca_file)
            except OSError as error:
                raise CommandFailed(f"Cannot read certificates from {self.ca_file}: {error}.", USAGE) from None
        token = token_of_environment()
        store = None if token else credentials.Stored(server)
        async with Api(server, token=token, store=store, verify=verify) as api:
            yield api


DEFAULT = Remote()
