"""Templates: what the caller may launch, and those they look after."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pydantic import Field

from streamspace.client.models import Template, TemplateList
from streamspace.client.transport import given
from streamspace.protocol.base import Wire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamspace.client.transport import Transport

PATH = "/api/v1/templates"
YAML = "application/yaml"


class TemplateVersion(Wire):
    """A version of a template; `status` is draft, published or deprecated."""

    id: str
    template: str = ""
    version: str
    status: str = ""
    is_default: bool = False
    changelog: str = ""
    automatic: bool = False
    parent_id: str | None = None
    created_at: datetime | None = None
    manifest: dict[str, Any] | None = None


class TemplateVersionList(Wire):
    """All versions, the highest first."""

    versions: list[TemplateVersion]
    total: int


class TemplateRating(Wire):
    """What one person thinks of a template: 1 to 5."""

    id: str
    username: str = ""
    rating: int
    review: str = ""


class TemplateRatingList(Wire):
    """A page of ratings, newest first; `average` and `count` are of all."""

    ratings: list[TemplateRating]
    total: int
    average: float | None = None
    count: int = 0
    mine: TemplateRating | None = None
    next_cursor: str | None = None


class TemplateFavorites(Wire):
    """The caller's favourites, the newest first."""

    templates: list[Template] = Field(default_factory=list)
    total: int


class Templates:
    """`api.templates`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def list(
        self,
        *,
        search: str | None = None,
        category: str | None = None,
        tags: Sequence[str] = (),
        sort: str | None = None,
        favorites: bool | None = None,
        retired: bool | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> TemplateList:
        """Return one page; pass `next_cursor` back as `cursor` for the next.

        `sort` is name, popularity, created, rating or relevance.
        """
        query: dict[str, Any] = {"search": search, "category": category, "tags": list(tags) or None, "sort": sort}
        query |= {"favorites": favorites, "retired": retired, "limit": limit, "cursor": cursor}
        return await self._transport.get(TemplateList, PATH, query)

    async def get(self, name: str) -> Template:
        """Return one template with its manifest, and for each agent whether it can run it.

        Raises:
            NotFound: no such template, or not for this caller.
        """
        return await self._transport.get(Template, _of(name))

    async def create(
        self, manifest: bytes | str, *, org_id: str | None = None, version: str | None = None, changelog: str = ""
    ) -> Template:
        """Make a template of a manifest, YAML or JSON: the organisation's, or everybody's for who looks after all.

        Raises:
            BadRequest: it is no template; the details say where and why.
            Conflict: there is one of this name.
        """
        query = {"orgId": org_id, "version": version, "changelog": changelog or None}
        made = await self._transport.call("POST", PATH, query=query, content=(YAML, _bytes(manifest)))
        return self._transport.read(Template, made)

    async def replace(
        self,
        name: str,
        manifest: bytes | str,
        *,
        version: str | None = None,
        changelog: str = "",
        revision: int | None = None,
    ) -> Template:
        """Make a template say something else; with `revision` only if nobody changed it since.

        Raises:
            ApiError: 412 where somebody did.
        """
        changed = await self._transport.call(
            "PUT",
            _of(name),
            query={"version": version, "changelog": changelog or None},
            content=(YAML, _bytes(manifest)),
            if_match=f'"{revision}"' if revision is not None else None,
        )
        return self._transport.read(Template, changed)

    async def delete(self, name: str) -> None:
        """Take a template away; sessions go on, and it can be restored."""
        await self._transport.call("DELETE", _of(name))

    async def restore(self, name: str) -> Template:
        """Bring a deleted template back."""
        return self._transport.read(Template, await self._transport.call("POST", f"{_of(name)}/restore"))

    async def versions(self, name: str) -> TemplateVersionList:
        """Return all versions that the caller may see."""
        return await self._transport.get(TemplateVersionList, f"{_of(name)}/versions")

    async def draft(
        self, name: str, version: str, *, changelog: str = "", manifest: dict[str, Any] | None = None
    ) -> TemplateVersion:
        """Begin a version that nobody gets yet."""
        body = given({"version": version, "changelog": changelog, "manifest": manifest})
        made = await self._transport.call("POST", f"{_of(name)}/versions", body=body)
        return self._transport.read(TemplateVersion, made)

    async def publish(self, name: str, version: str) -> TemplateVersion:
        """Let people choose a version."""
        return await self._do(name, version, "publish")

    async def deprecate(self, name: str, version: str) -> TemplateVersion:
        """Say that a version should not be chosen any more."""
        return await self._do(name, version, "deprecate")

    async def set_default(self, name: str, version: str) -> TemplateVersion:
        """Make a published version what everybody gets."""
        return await self._do(name, version, "set-default")

    async def _do(self, name: str, version: str, verb: str) -> TemplateVersion:
        path = f"{_of(name)}/versions/{quote(version, safe='')}/{verb}"
        return self._transport.read(TemplateVersion, await self._transport.call("POST", path))

    async def favorite(self, name: str) -> None:
        """Put a template among the caller's favourites."""
        await self._transport.call("POST", f"{_of(name)}/favorite")

    async def unfavorite(self, name: str) -> None:
        """Take a template out of the caller's favourites."""
        await self._transport.call("DELETE", f"{_of(name)}/favorite")

    async def favorites(self) -> TemplateFavorites:
        """Return the caller's favourites."""
        return await self._transport.get(TemplateFavorites, f"{PATH}/favorites")

    async def rate(self, name: str, rating: int, review: str = "") -> TemplateRating:
        """Say what the caller thinks, in place of what they said before."""
        body = {"rating": rating, "review": review}
        said = await self._transport.call("POST", f"{_of(name)}/ratings", body=body)
        return self._transport.read(TemplateRating, said)

    async def ratings(self, name: str, *, limit: int | None = None, cursor: str | None = None) -> TemplateRatingList:
        """Return a page of what people of the caller's organisation think."""
        query = {"limit": limit, "cursor": cursor}
        return await self._transport.get(TemplateRatingList, f"{_of(name)}/ratings", query)


def _of(name: str) -> str:
    return f"{PATH}/{quote(name, safe='')}"


def _bytes(manifest: bytes | str) -> bytes:
    return manifest.encode() if isinstance(manifest, str) else manifest
