"""Pools: sessions that are started ahead and wait for their people."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pydantic import Field

from streamspace.client.models import Resources
from streamspace.protocol.base import Wire

if TYPE_CHECKING:
    from streamspace.client.transport import Transport

PATH = "/api/v1/pools"


class Pool(Wire):
    """How many sessions of a template are to wait, and how many do.

    `claimed24h` sessions of the last day came from it, `missed24h` found it empty; `memory_bytes` is what one that
    waits uses; `message` says what keeps it from being full.
    """

    id: str
    template: str = ""
    agent_id: str | None = None
    org_id: str | None = None
    size: int = 0
    resources: Resources = Resources()
    max_age_seconds: int = 0
    ready: int = 0
    starting: int = 0
    claimed24h: int = Field(default=0, alias="claimed24h")
    missed24h: int = Field(default=0, alias="missed24h")
    memory_bytes: int | None = None
    created_at: datetime | None = None
    message: str | None = None


class PoolList(Wire):
    """The pools one may see."""

    pools: list[Pool]
    total: int = 0


class Pools:
    """`api.pools`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def list(self) -> PoolList:
        """Return all pools one may see."""
        return await self._transport.get(PoolList, PATH)

    async def get(self, pool_id: str) -> Pool:
        """Return one pool."""
        return await self._transport.get(Pool, _path(pool_id))

    async def create(
        self,
        template: str,
        size: int,
        *,
        agent_id: str | None = None,
        org_id: str | None = None,
        resources: Resources | None = None,
        max_age_seconds: int | None = None,
    ) -> Pool:
        """Have sessions of a template wait: everybody's, or an organisation's, on one agent or any."""
        wanted: dict[str, Any] = {
            "template": template,
            "size": size,
            "agentId": agent_id,
            "orgId": org_id,
            "resources": resources.model_dump(by_alias=True, exclude_none=True) if resources else None,
            "maxAgeSeconds": max_age_seconds,
        }
        body = {name: value for name, value in wanted.items() if value is not None}
        return self._transport.read(Pool, await self._transport.call("POST", PATH, body=body))

    async def update(self, pool_id: str, **changes: Any) -> Pool:
        """Change what is given of `size` and `maxAgeSeconds`."""
        return self._transport.read(Pool, await self._transport.call("PATCH", _path(pool_id), body=changes))

    async def remove(self, pool_id: str) -> None:
        """Remove a pool; what waits in it ends, what came from it goes on."""
        await self._transport.call("DELETE", _path(pool_id))


def _path(pool_id: str) -> str:
    return f"{PATH}/{quote(pool_id, safe='')}"
