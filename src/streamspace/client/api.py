"""The entry point: one object a server, one attribute a noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from streamspace.client.agents import Agents
from streamspace.client.audit import Audit
from streamspace.client.auth import Auth
from streamspace.client.events import listen
from streamspace.client.files import Files
from streamspace.client.groups import Groups
from streamspace.client.keys import Keys
from streamspace.client.models import Version
from streamspace.client.organizations import Organizations
from streamspace.client.policies import Policies
from streamspace.client.pools import Pools
from streamspace.client.quotas import Quotas
from streamspace.client.repositories import Repositories
from streamspace.client.sessions import Sessions
from streamspace.client.shares import Shares
from streamspace.client.templates import Templates
from streamspace.client.transport import MemoryTokens, Tokens, TokenStore, Transport
from streamspace.client.users import Users

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from ssl import SSLContext
    from types import TracebackType

    import httpx2

    from streamspace.client.models import Event


class Api:
    """A client of one control plane, used as `async with Api(…) as api`.

    Args:
        server: Address such as `https://streamspace.example`.
        token: An API key or login token; it is not refreshed. Leave it out to sign in with `auth.login`.
        store: Keeps tokens somewhere else than in memory and lets them be refreshed; excludes `token`.
        verify: TLS trust; an `SSLContext` for a private certificate authority.
        transport: Replaces the network, for tests.
    """

    def __init__(
        self,
        server: str,
        *,
        token: str | None = None,
        store: TokenStore | None = None,
        verify: SSLContext | bool = True,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        tokens = store or MemoryTokens(Tokens(token) if token else None)
        self._transport = Transport(server, tokens, verify=verify, transport=transport)
        self.auth = Auth(self._transport)
        self.sessions = Sessions(self._transport)
        self.shares = Shares(self._transport)
        self.files = Files(self._transport)
        self.templates = Templates(self._transport)
        self.agents = Agents(self._transport)
        self.users = Users(self._transport)
        self.groups = Groups(self._transport)
        self.organizations = Organizations(self._transport)
        self.keys = Keys(self._transport)
        self.quotas = Quotas(self._transport)
        self.policies = Policies(self._transport)
        self.audit = Audit(self._transport)
        self.pools = Pools(self._transport)
        self.repositories = Repositories(self._transport)

    @property
    def server(self) -> str:
        """The server's address, without a slash at the end."""
        return self._transport.server

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.close()

    async def version(self) -> Version:
        """Return the server's release; needs no login."""
        return self._transport.read(Version, await self._transport.call("GET", "/version", signed_in=False))

    def events(
        self, *, session_id: str | None = None, user_id: str | None = None, reconnect: bool = True
    ) -> AsyncIterator[Event]:
        """Yield events of what the caller may see, reconnecting by itself; see `client.events.listen`."""
        return listen(self._transport, session_id=session_id, user_id=user_id, reconnect=reconnect)
