"""API keys: credentials for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from streamspace.client.people import ApiKey, ApiKeyList, KeyScopeList
from streamspace.client.transport import given

if TYPE_CHECKING:
    import builtins

    from streamspace.client.transport import Transport

PATH = "/api/v1/api-keys"


class Keys:
    """`api.keys`. Keys the caller may not see raise `NotFound`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def list(self, *, everybody: bool = False, limit: int | None = None, cursor: str | None = None) -> ApiKeyList:
        """Return one page of one's own keys, or of everybody's that the caller may manage."""
        path = "/api/v1/admin/apikeys" if everybody else PATH
        return await self._transport.get(ApiKeyList, path, {"limit": limit, "cursor": cursor})

    async def get(self, key_id: str) -> ApiKey:
        """Return one key, without its secret."""
        return await self._transport.get(ApiKey, _path(key_id))

    async def create(
        self,
        name: str,
        scopes: builtins.list[str],
        *,
        description: str | None = None,
        expires_in: str | None = None,
        allowed_ips: builtins.list[str] | None = None,
        rate_limit: int | None = None,
    ) -> ApiKey:
        """Make a key; `key` of the answer is the only time it is shown.

        Args:
            name: What uses it.
            scopes: What it may do at most, as `scopes` lists them.
            description: More about it.
            expires_in: Duration such as `30d` or `12h`; without it, it works until it is revoked.
            allowed_ips: Addresses or networks it may be used from; from anywhere where left out.
            rate_limit: Requests an hour.

        Raises:
            Forbidden: a scope lets through what the caller may not do.
        """
        body: dict[str, Any] = {
            "name": name,
            "scopes": scopes,
            "description": description,
            "expiresIn": expires_in,
            "allowedIps": allowed_ips,
            "rateLimit": rate_limit,
        }
        answer = await self._transport.call("POST", PATH, body=given(body))
        return self._transport.read(ApiKey, answer)

    async def revoke(self, key_id: str) -> None:
        """Make a key useless at once; it stays in the list."""
        await self._transport.call("POST", f"{_path(key_id)}/revoke")

    async def remove(self, key_id: str) -> None:
        """Make a key useless at once and drop it from the list."""
        await self._transport.call("DELETE", _path(key_id))

    async def scopes(self) -> KeyScopeList:
        """Return the scopes there are, and what each lets through."""
        return await self._transport.get(KeyScopeList, f"{PATH}/scopes")


def _path(key_id: str) -> str:
    return f"{PATH}/{quote(key_id, safe='')}"
