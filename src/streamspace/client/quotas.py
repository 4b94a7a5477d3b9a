"""Quotas: what people, groups, organisations and everybody may use at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from streamspace.client.people import HomeList, Quota, QuotaList

if TYPE_CHECKING:
    from streamspace.client.transport import Transport

API = "/api/v1"
DEFAULTS = f"{API}/quotas/defaults"

Owner = Literal["users", "groups", "organizations"]


class Quotas:
    """`api.quotas`. Whose quota it is comes as a kind and an id: `("groups", group.id)`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def mine(self) -> Quota:
        """Return one's own quota and use."""
        return await self._transport.get(Quota, f"{API}/users/me/quota")

    async def list(self, *, limit: int | None = None, cursor: str | None = None) -> QuotaList:
        """Return one page of people's quotas, with what they use."""
        return await self._transport.get(QuotaList, f"{API}/admin/quotas", {"limit": limit, "cursor": cursor})

    async def homes(self, *, limit: int | None = None, cursor: str | None = None) -> HomeList:
        """Return one page of what people's homes hold, the largest first."""
        return await self._transport.get(HomeList, f"{API}/admin/homes", {"limit": limit, "cursor": cursor})

    async def get(self, kind: Owner, owner_id: str) -> Quota:
        """Return the quota and use of a person, group or organisation."""
        return await self._transport.get(Quota, _path(kind, owner_id))

    async def set(self, kind: Owner, owner_id: str, **limits: Any) -> Quota:
        """Change what is given of `maxSessions`, `maxCpu`, `maxMemory`, `maxStorage`; None lifts a limit."""
        return self._transport.read(Quota, await self._transport.call("PUT", _path(kind, owner_id), body=limits))

    async def clear(self, kind: Owner, owner_id: str) -> None:
        """Remove a quota; the others that apply stay."""
        await self._transport.call("DELETE", _path(kind, owner_id))

    async def defaults(self) -> Quota:
        """Return what applies to people without a quota of their own."""
        return await self._transport.get(Quota, DEFAULTS)

    async def set_defaults(self, **limits: Any) -> Quota:
        """Change the platform's defaults, as `set` does."""
        return self._transport.read(Quota, await self._transport.call("PUT", DEFAULTS, body=limits))


def _path(kind: Owner, owner_id: str) -> str:
    return f"{API}/{kind}/{quote(owner_id, safe='')}/quota"
