"""Templates that the caller may launch."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from streamspace.client.models import Template, TemplateList

if TYPE_CHECKING:
    from streamspace.client.transport import Transport


class Templates:
    """`api.templates`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def list(
        self,
        *,
        search: str | None = None,
        category: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> TemplateList:
        """Return one page; pass `next_cursor` back as `cursor` for the next."""
        query = {"search": search, "category": category, "sort": sort, "limit": limit, "cursor": cursor}
        return await self._transport.get(TemplateList, "/api/v1/templates", query)

    async def get(self, name: str) -> Template:
        """Return one template with its manifest, and for each agent whether it can run it.

        Raises:
            NotFound: no such template, or not for this caller.
        """
        return await self._transport.get(Template, f"/api/v1/templates/{quote(name, safe='')}")
