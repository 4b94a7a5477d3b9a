from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from streamspace.server.core.http import CurrentActor, CurrentContext, Uow, encoded, needs
from streamspace.server.core.pace import TooFast
from streamspace.server.core.permissions import Action
from streamspace.server.organizations.errors import NoSuchOrganization
from streamspace.server.templates import showing, versions
from streamspace.server.templates.errors import (
    BadManifest,
    BadVersion,
    DefaultVersion,
    NameIsFixed,
    NoSuchTemplate,
    NoSuchVersion,
    NotADraft,
    NotPublished,
    TemplateExists,
    TemplateRetired,
    TooManyVersions,
    VersionExists,
)
from streamspace.server.templates.routes import pace
from streamspace.server.templates.schemas import (
    CloneIn,
    InheritanceOut,
    VersionDetail,
    VersionIn,
    VersionList,
    VersionOut,
    VersionPatch,
)

router = APIRouter(prefix="/templates/{name}", tags=["templates"])
VersionId = Annotated[str, Path(max_length=64, description="A version's id or its number.")]


@router.get("/versions", response_model=VersionList, **needs(Action.TEMPLATE_VIEW, NoSuchTemplate))
async def list_template_versions(name: str, actor: CurrentActor, uow: Uow) -> Response:
    """List a template's versions, the highest first. Drafts are for those who make them."""
    template, rows = await versions.list_versions(uow, actor, name)
    return encoded({"versions": [showing.version(template, row) for row in rows], "total": len(rows)})


@router.post(
    "/versions",
    status_code=201,
    response_model=VersionOut,
    **needs(
        Action.TEMPLATE_MANAGE,
        NoSuchTemplate,
        BadManifest,
        BadVersion,
        NameIsFixed,
        TemplateRetired,
        VersionExists,
        TooManyVersions,
        TooFast,
    ),
)
async def create_template_version(
    name: str, body: VersionIn, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> Response:
    """Begin a draft: a version that only those who look after the template can launch."""
    pace(context, actor)
    return _made(await versions.draft(uow, actor, name, body))


def _made(found: versions.Found) -> Response:
    template, made = found
    place = f"/api/v1/templates/{template.name}/versions/{made.id}"
    return encoded(showing.version(template, made), 201, {"Location": place})


@router.get(
    "/versions/{version_id}",
    response_model=VersionDetail,
    **needs(Action.TEMPLATE_VIEW, NoSuchTemplate, NoSuchVersion),
)
async def get_template_version(name: str, version_id: VersionId, actor: CurrentActor, uow: Uow) -> Response:
    """Show one version and its manifest."""
    template, found = await versions.get(uow, actor, name, version_id)
    return encoded(showing.version(template, found) | {"manifest": found.manifest})


@router.patch(
    "/versions/{version_id}",
    response_model=VersionOut,
    **needs(Action.TEMPLATE_MANAGE, NoSuchTemplate, NoSuchVersion, NotADraft, BadManifest, NameIsFixed, TooFast),
)
async def update_template_version(
    name: str, version_id: VersionId, body: VersionPatch, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> Response:
    """Change a draft."""
    pace(context, actor)
    return encoded(showing.version(*await versions.change(uow, actor, name, version_id, body)))


@router.delete(
    "/versions/{version_id}",
    status_code=204,
    **needs(Action.TEMPLATE_MANAGE, NoSuchTemplate, NoSuchVersion, DefaultVersion, TooFast),
)
async def delete_template_version(
    name: str, version_id: VersionId, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> None:
    """Forget a version; sessions that were started from it go on."""
    pace(context, actor)
    await versions.delete(uow, actor, name, version_id)


@router.post(
    "/versions/{version_id}/publish",
    response_model=VersionOut,
    **needs(Action.TEMPLATE_MANAGE, NoSuchTemplate, NoSuchVersion, TooFast),
)
async def publish_template_version(
    name: str, version_id: VersionId, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> Response:
    """Let people choose a version; which one everybody gets is another question."""
    pace(context, actor)
    return encoded(showing.version(*await versions.publish(uow, actor, name, version_id)))


@router.post(
    "/versions/{version_id}/deprecate",
    response_model=VersionOut,
    **needs(Action.TEMPLATE_MANAGE, NoSuchTemplate, NoSuchVersion, NotPublished, DefaultVersion, TooFast),
)
async def deprecate_template_version(
    name: str, version_id: VersionId, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> Response:
    """Say that a version should not be chosen any more."""
    pace(context, actor)
    return encoded(showing.version(*await versions.deprecate(uow, actor, name, version_id)))


@router.post(
    "/versions/{version_id}/set-default",
    response_model=VersionOut,
    **needs(Action.TEMPLATE_MANAGE, NoSuchTemplate, NoSuchVersion, NotPublished, TooFast),
)
async def set_default_template_version(
    name: str, version_id: VersionId, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> Response:
    """Make a published version what everybody gets, or go back to an earlier one."""
    pace(context, actor)
    return encoded(showing.version(*await versions.set_default(uow, actor, name, version_id)))


@router.post(
    "/versions/{version_id}/clone",
    status_code=201,
    response_model=VersionOut,
    **needs(
        Action.TEMPLATE_MANAGE,
        NoSuchTemplate,
        NoSuchVersion,
        NoSuchOrganization,
        BadManifest,
        BadVersion,
        TemplateExists,
        TemplateRetired,
        VersionExists,
        TooManyVersions,
        TooFast,
    ),
)
async def clone_template_version(
    name: str, version_id: VersionId, body: CloneIn, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> Response:
    """Copy a version into a draft, or into a new template that remembers where it came from."""
    pace(context, actor)
    return _made(await versions.clone(uow, actor, name, version_id, body))


@router.get("/inheritance", response_model=InheritanceOut, **needs(Action.TEMPLATE_VIEW, NoSuchTemplate))
async def get_template_inheritance(name: str, actor: CurrentActor, uow: Uow) -> Response:
    """Show what of a template is as in the version it was made from, and what is not."""
    return encoded(await versions.inheritance(uow, actor, name))
