from __future__ import annotations

import time
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Header, Query, Request
from starlette.responses import Response

from streamspace.server.agents import service as agents
from streamspace.server.agents.errors import AgentOffline, CannotInstall, NoSuchAgent, NothingToInstall
from streamspace.server.agents.schemas import CommandOut, PackagesIn, command_out
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.errors import BadCursor, BadRequest
from streamspace.server.core.http import Context, CurrentActor, CurrentContext, Cursor, Limit, Uow, encoded, needs
from streamspace.server.core.pace import Pace, TooFast
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.organizations.errors import NoSuchOrganization
from streamspace.server.templates import editing, service
from streamspace.server.templates.editing import Change
from streamspace.server.templates.errors import (
    BadIcon,
    BadManifest,
    BadVersion,
    ChangedMeanwhile,
    NameIsFixed,
    NoIcon,
    NoSuchTemplate,
    TemplateExists,
    TemplateRetired,
    TooManyVersions,
    VersionExists,
)
from streamspace.server.templates.models import Template
from streamspace.server.templates.schemas import (
    Filter,
    Sort,
    TemplateDetail,
    TemplateList,
    ValidationOut,
    finding_out,
)
from streamspace.server.templates.showing import Shelf
from streamspace.server.templates.statistics import TemplateMetrics

CHANGES_PER_MINUTE = 300
"""Of one person: a whole catalog may be pushed, a loop that went wild is stopped."""

router = APIRouter(prefix="/templates", tags=["templates"])
fleet = APIRouter(prefix="/agents", tags=["agents"])
"""What concerns agents but needs to know templates."""


async def _body(request: Request) -> bytes:
    return await request.body()


# It stands before `Uow`, so that nobody holds a transaction while their bytes are still on the way.
Raw = Annotated[bytes, Depends(_body)]
IfMatch = Annotated[str | None, Header(alias="If-Match", max_length=200)]
Number = Annotated[str | None, Query(min_length=5, max_length=64)]
Changelog = Annotated[str, Query(max_length=2000)]
OrgId = Annotated[str | None, Query(alias="orgId", min_length=1, max_length=64)]
_MANIFEST = ("application/json", "application/yaml")


def _takes(declared: dict[str, Any], *kinds: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    content = {kind: {"schema": schema or {"type": "object"}} for kind in kinds}
    extra = declared["openapi_extra"] | {"requestBody": {"required": True, "content": content}}
    return declared | {"openapi_extra": extra}


def pace(context: Context, actor: Actor, what: str = "templates", limit: int = CHANGES_PER_MINUTE) -> None:
    """Count a change of somebody's.

    Raises:
        TooFast.
    """
    context.part(Pace).keep(f"{what}:{actor.id}", limit)


def _changed(context: Context, what: str) -> None:
    context.part(TemplateMetrics).changes.labels(what).inc()


@router.get("", response_model=TemplateList, **needs(Action.TEMPLATE_VIEW, BadCursor))
async def list_templates(
    actor: CurrentActor,
    uow: Uow,
    context: CurrentContext,
    search: Annotated[str | None, Query(max_length=100)] = None,
    category: Annotated[str | None, Query(max_length=60)] = None,
    tags: Annotated[list[str] | None, Query(max_length=20)] = None,
    featured: Annotated[bool | None, Query()] = None,
    app_type: Annotated[str | None, Query(alias="appType", max_length=20)] = None,
    favorites: Annotated[bool, Query()] = False,  # noqa: FBT002 - FastAPI passes it by name
    retired: Annotated[bool, Query()] = False,  # noqa: FBT002
    facets: Annotated[bool, Query()] = False,  # noqa: FBT002
    sort: Sort | None = None,
    limit: Limit = 500,
    cursor: Cursor = None,
) -> Response:
    """List what you may launch. Tags must all match.

    Search looks at names, tags, categories and descriptions, best matches first; where nothing fits, it guesses what
    was meant. `retired` shows those that were deleted, to who may restore them.
    """
    wanted = Filter(search, category, tuple(tags or ()), featured, app_type, favorites, retired)
    began = time.perf_counter()
    page = await service.list_templates(uow, actor, wanted, sort=sort, limit=limit, cursor=cursor)
    if wanted.search:
        outcome = "corrected" if page.corrected else "found" if page.rows else "nothing"
        context.part(TemplateMetrics).searches.labels(outcome).observe(time.perf_counter() - began)
    categories, frequent = await service.counts(uow, actor, tags=facets)
    shelf = Shelf(await agents.candidates(uow, actor.org_id, {}))
    shown: dict[str, Any] = {
        "templates": [shelf.summary(row, row) for row in page.rows],
        "total": page.total,
        "categories": categories,
        "filters": wanted.out() | ({"sort": sort} if sort else {}),
    }
    more = {"tags": frequent, "corrected": page.corrected or None, "nextCursor": page.cursor}
    return encoded(shown | {name: value for name, value in more.items() if value is not None})


@router.post(
    "",
    status_code=201,
    response_model=TemplateDetail,
    **_takes(
        needs(
            Action.TEMPLATE_MANAGE, NoSuchOrganization, BadManifest, BadVersion, TemplateExists, VersionExists, TooFast
        ),
        *_MANIFEST,
    ),
)
async def create_template(
    body: Raw,
    actor: CurrentActor,
    uow: Uow,
    context: CurrentContext,
    org_id: OrgId = None,
    version: Number = None,
    changelog: Changelog = "",
) -> Response:
    """Make a template of a manifest, in JSON or YAML: your organisation's, or everybody's if you look after all."""
    pace(context, actor)
    read = editing.read(body)
    made = await editing.create(uow, actor, read, Change(version, changelog), org_id=org_id)
    _changed(context, "created")
    return await _detail(uow, actor, made, read, 201)


@router.post(
    "/validate",
    **_takes(needs(Action.TEMPLATE_MANAGE, TooFast, audited=False), *_MANIFEST),
    response_model=ValidationOut,
)
async def validate_template(body: Raw, actor: CurrentActor, context: CurrentContext) -> Response:
    """Say what is wrong with a manifest, and where; nothing is written."""
    pace(context, actor)
    return encoded(editing.look_at(body))


@router.get("/{name}", response_model=TemplateDetail, **needs(Action.TEMPLATE_VIEW, NoSuchTemplate))
async def get_template(name: str, actor: CurrentActor, uow: Uow) -> Response:
    """Show one template, its manifest, and what each agent says to it."""
    return await _detail(uow, actor, await service.find(uow, actor, name))


@router.put(
    "/{name}",
    response_model=TemplateDetail,
    **_takes(
        needs(
            Action.TEMPLATE_MANAGE,
            NoSuchTemplate,
            BadManifest,
            BadVersion,
            NameIsFixed,
            TemplateRetired,
            VersionExists,
            TooManyVersions,
            ChangedMeanwhile,
            TooFast,
        ),
        *_MANIFEST,
    ),
)
async def replace_template(
    name: str,
    body: Raw,
    actor: CurrentActor,
    uow: Uow,
    context: CurrentContext,
    if_match: IfMatch = None,
    version: Number = None,
    changelog: Changelog = "",
) -> Response:
    """Make a template say something else. It becomes a version that everybody gets; what runs goes on as it is."""
    pace(context, actor)
    read = editing.read(body)
    template = await editing.replace(uow, actor, name, read, Change(version, changelog, if_match))
    _changed(context, "replaced")
    return await _detail(uow, actor, template, read)


@router.patch(
    "/{name}",
    response_model=TemplateDetail,
    **_takes(
        needs(
            Action.TEMPLATE_MANAGE,
            NoSuchTemplate,
            BadManifest,
            BadVersion,
            NameIsFixed,
            TemplateRetired,
            VersionExists,
            TooManyVersions,
            ChangedMeanwhile,
            TooFast,
        ),
        "application/json",
        "application/merge-patch+json",
    ),
)
async def update_template(
    name: str,
    body: Raw,
    actor: CurrentActor,
    uow: Uow,
    context: CurrentContext,
    if_match: IfMatch = None,
    version: Number = None,
    changelog: Changelog = "",
) -> Response:
    """Change parts of what a template says, as a merge patch of its manifest: null removes."""
    pace(context, actor)
    template = await editing.patch(uow, actor, name, _object(body), Change(version, changelog, if_match))
    _changed(context, "changed")
    return await _detail(uow, actor, template)


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"This is no JSON: {error}.") from None
    if not isinstance(found, dict):
        raise BadRequest("A merge patch is a JSON object.")
    return found


@router.delete("/{name}", status_code=204, **needs(Action.TEMPLATE_MANAGE, NoSuchTemplate, ChangedMeanwhile, TooFast))
async def delete_template(
    name: str, actor: CurrentActor, uow: Uow, context: CurrentContext, if_match: IfMatch = None
) -> None:
    """Take a template away. Sessions that run or sleep go on; it can be restored."""
    pace(context, actor)
    await editing.delete(uow, actor, name, if_match)
    _changed(context, "deleted")


@router.post("/{name}/restore", response_model=TemplateDetail, **needs(Action.TEMPLATE_MANAGE, NoSuchTemplate, TooFast))
async def restore_template(name: str, actor: CurrentActor, uow: Uow, context: CurrentContext) -> Response:
    """Bring a deleted template back."""
    pace(context, actor)
    template = await editing.restore(uow, actor, name)
    _changed(context, "restored")
    return await _detail(uow, actor, template)


async def _detail(
    uow: UnitOfWork, actor: Actor, template: Template, read: editing.Read | None = None, status: int = 200
) -> Response:
    shelf = Shelf(await agents.candidates(uow, actor.org_id, {}))
    shown = shelf.detail(template, await service.extras(uow, actor, template))
    if read is not None and read.warnings:
        shown["findings"] = [
            finding_out(finding).model_dump(mode="json", by_alias=True, exclude_none=True) for finding in read.warnings
        ]
    headers = {"ETag": editing.etag(template)}
    if status == 201:  # noqa: PLR2004 - Created
        headers["Location"] = f"/api/v1/templates/{template.name}"
    return encoded(shown, status, headers)


@router.get("/{name}/icon", response_class=Response, **needs(Action.TEMPLATE_VIEW, NoSuchTemplate, NoIcon))
async def get_template_icon(name: str, actor: CurrentActor, uow: Uow) -> Response:
    """Return a template's icon."""
    data, media_type = await service.icon(uow, actor, name)
    return Response(
        data,
        media_type=media_type,
        # An SVG opened by itself is a document; this one may not run or load anything.
        headers={
            "Cache-Control": "private, max-age=604800, immutable",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        },
    )


@router.put(
    "/{name}/icon",
    status_code=204,
    **_takes(
        needs(Action.TEMPLATE_MANAGE, NoSuchTemplate, BadIcon, TooFast),
        "image/png",
        "image/webp",
        "image/svg+xml",
        schema={"type": "string", "format": "binary"},
    ),
)
async def set_template_icon(
    name: str, body: Raw, request: Request, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> None:
    """Give a template a picture, 256 kB at most; an empty body takes it away."""
    pace(context, actor)
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    await editing.set_icon(uow, actor, name, body, media_type)


@fleet.post(
    "/{agent_id}/packages",
    status_code=202,
    **needs(Action.AGENT_MANAGE, NoSuchAgent, NoSuchTemplate, NothingToInstall, CannotInstall, AgentOffline),
)
async def install_packages(
    agent_id: str, body: PackagesIn, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> CommandOut:
    """Have an agent install the Debian packages that a template needs."""
    packages = await service.packages_of(uow, actor, body.template)
    return command_out(await agents.install(uow, actor, context.settings, agent_id, packages))
