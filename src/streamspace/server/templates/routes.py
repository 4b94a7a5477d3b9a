from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from sqlalchemy import Row
from starlette.responses import Response

from streamspace.protocol.manifest import TemplateManifest
from streamspace.server.agents import service as agents
from streamspace.server.agents.errors import AgentOffline, CannotInstall, NoSuchAgent, NothingToInstall
from streamspace.server.agents.placement import Candidate, Decision
from streamspace.server.agents.schemas import CommandOut, PackagesIn, command_out
from streamspace.server.core.http import CurrentActor, CurrentContext, Uow, encoded, needs
from streamspace.server.core.permissions import Action
from streamspace.server.templates import service
from streamspace.server.templates.errors import NoIcon, NoSuchTemplate
from streamspace.server.templates.models import Template
from streamspace.server.templates.schemas import TemplateDetail, TemplateList

router = APIRouter(prefix="/templates", tags=["templates"])
fleet = APIRouter(prefix="/agents", tags=["agents"])
"""What concerns agents but needs to know templates."""

Sort = Literal["name", "popularity", "created"]
_KEYS: dict[str, Any] = {
    "name": lambda row: row.display_name.lower(),
    "popularity": lambda row: (-row.popularity, row.display_name.lower()),
    "created": lambda row: -row.created_at.timestamp(),
}


@router.get("", response_model=TemplateList, **needs(Action.TEMPLATE_VIEW))
async def list_templates(
    actor: CurrentActor,
    uow: Uow,
    search: Annotated[str | None, Query(max_length=100)] = None,
    category: Annotated[str | None, Query(max_length=60)] = None,
    tags: Annotated[list[str] | None, Query(max_length=20)] = None,
    featured: Annotated[bool | None, Query()] = None,
    sort: Sort = "name",
) -> Response:
    """List what you may launch. Tags must all match; search looks at name, description and tags."""
    rows = await service.list_templates(uow, actor)
    candidates = await agents.candidates(uow, actor.org_id, {})
    kept = [row for row in rows if _matches(row, search, category, tags, featured=featured)]
    kept.sort(key=_KEYS[sort])
    return encoded(
        {
            "templates": [_summary(row, service.availability(row, candidates)) for row in kept],
            "total": len(kept),
            "categories": dict(Counter(row.category for row in rows)),
        }
    )


def _matches(
    row: Row[Any],
    search: str | None,
    category: str | None,
    tags: Sequence[str] | None,
    *,
    featured: bool | None,
) -> bool:
    if category is not None and row.category.lower() != category.lower():
        return False
    if featured is not None and row.featured is not featured:
        return False
    if tags and not set(tags) <= set(row.tags):
        return False
    text = " ".join((row.name, row.display_name, row.description, row.category, *row.tags)).lower()
    return all(word in text for word in (search or "").lower().split())


def _summary(row: Row[Any] | Template, decision: Decision) -> dict[str, Any]:
    defaults = TemplateManifest.model_validate(row.manifest).spec.default_resources
    shown = {
        "id": row.id,
        "name": row.name,
        "displayName": row.display_name,
        "description": row.description,
        "category": row.category,
        # The digest lets browsers keep an icon for ever and still see a new one.
        "icon": f"/api/v1/templates/{row.name}/icon?v={row.digest[:12]}" if row.icon_type else None,
        "appType": row.app_type,
        "streamingProtocol": row.streaming_protocol,
        "tags": row.tags,
        "featured": row.featured,
        "defaultResources": {"memory": defaults.wanted_memory(), "cpu": defaults.wanted_cpu()},
        "available": decision.agent_id is not None,
        "popularity": row.popularity,
        "createdAt": row.created_at,
        "updatedAt": row.updated_at,
    }
    if decision.agent_id is None:
        shown["unavailableReason"] = _first_reason(decision)
    return shown


def _first_reason(decision: Decision) -> dict[str, Any]:
    """Return the reason that is easiest to mend: missing packages before anything else."""
    reasons = [reason for verdict in decision.verdicts for reason in verdict.reasons]
    reasons.sort(key=lambda reason: reason.code != "packages_missing")
    if not reasons:
        return {"code": "no_agent", "message": "No agent is registered, so nothing can run."}
    return reasons[0].out()


@router.get("/{name}", response_model=TemplateDetail, **needs(Action.TEMPLATE_VIEW, NoSuchTemplate))
async def get_template(name: str, actor: CurrentActor, uow: Uow) -> Response:
    """Show one template, its manifest, and what each agent says to it."""
    template = await service.get(uow, actor, name)
    candidates: list[Candidate] = await agents.candidates(uow, actor.org_id, {})
    decision = service.availability(template, candidates)
    return encoded({**_summary(template, decision), "manifest": template.manifest, "availability": decision.out()})


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
