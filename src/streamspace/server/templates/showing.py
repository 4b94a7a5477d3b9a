"""Templates as the API shows them; what a manifest asks of agents is worked out once for each."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from streamspace.protocol import parameters
from streamspace.protocol.manifest import TemplateManifest
from streamspace.server.agents import placement
from streamspace.server.agents.placement import Candidate, Decision, Need
from streamspace.server.ratings.schemas import average
from streamspace.server.templates import service
from streamspace.server.templates.models import Template, TemplateVersion

_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class _Gist:
    """What lists show of a manifest."""

    need: Need
    cpu: str | None
    memory: str | None
    asks: bool


_gists: OrderedDict[str, _Gist] = OrderedDict()
"""By digest, so that nothing in it can be out of date."""


def _gist(row: Row[Any] | Template) -> _Gist:
    found = _gists.get(row.digest)
    if found is None:
        manifest = TemplateManifest.model_validate(row.manifest)
        defaults = manifest.spec.default_resources
        asks = bool(manifest.spec.parameters)
        found = _Gist(service.need_of(manifest), defaults.wanted_cpu(), defaults.wanted_memory(), asks)
        _gists[row.digest] = found
        while len(_gists) > _REMEMBERED:
            _gists.popitem(last=False)
    return found


class Shelf:
    """Shows many templates: those that ask the same of agents are judged once."""

    def __init__(self, fleet: Sequence[Candidate]) -> None:
        self._fleet = fleet
        self._decided: dict[Need, Decision] = {}

    def decision(self, row: Row[Any] | Template) -> Decision:
        """Say which agents could run a template, leaving aside how full they are."""
        need = _gist(row).need
        if need not in self._decided:
            self._decided[need] = placement.decide(need, self._fleet)
        return self._decided[need]

    def summary(self, row: Row[Any] | Template, extras: Row[Any]) -> dict[str, Any]:
        """Show a template in a list; `extras` holds its ratings and whether it is a favourite."""
        gist, decision = _gist(row), self.decision(row)
        shown = {
            "id": row.id,
            "name": row.name,
            "displayName": row.display_name,
            "description": row.description,
            "category": row.category,
            "icon": icon_of(row),
            "appType": row.app_type,
            "streamingProtocol": row.streaming_protocol,
            "tags": row.tags,
            "featured": row.featured,
            "defaultResources": {"memory": gist.memory, "cpu": gist.cpu},
            "available": decision.agent_id is not None,
            "version": row.version,
            "source": row.source,
            "popularity": row.popularity or 0,
            "favorited": extras.favorited_at is not None,
            "ratingCount": extras.ratings,
            "asks": gist.asks,
            "createdAt": row.created_at,
            "updatedAt": row.updated_at,
        }
        more = {
            "orgId": row.org_id,
            "rating": average(extras.ratings, extras.all_stars),
            "retired": row.retired or None,
            "unavailableReason": _first_reason(decision) if decision.agent_id is None else None,
        }
        return shown | {name: value for name, value in more.items() if value is not None}

    def detail(self, template: Template, extras: Row[Any]) -> dict[str, Any]:
        """Show one template with all there is to it."""
        asked = TemplateManifest.model_validate(template.manifest).spec.parameters
        return self.summary(template, extras) | {
            "revision": template.revision,
            "manifest": template.manifest,
            "parameterSchema": parameters.schema(asked),
            "availability": self.decision(template).out(),
        }


def icon_of(row: Row[Any] | Template) -> str | None:
    """Return where a template's icon is; the digest lets browsers keep it for ever and still see a new one."""
    return f"/api/v1/templates/{row.name}/icon?v={row.digest[:12]}" if row.icon_type else None


def _first_reason(decision: Decision) -> dict[str, Any]:
    """Return the reason that is easiest to mend: missing packages before anything else."""
    reasons = [reason for verdict in decision.verdicts for reason in verdict.reasons]
    reasons.sort(key=lambda reason: reason.code != "packages_missing")
    if not reasons:
        return {"code": "no_agent", "message": "No agent is registered, so nothing can run."}
    return reasons[0].out()


def version(template: Template, row: Row[Any] | TemplateVersion) -> dict[str, Any]:
    """Show a version without its manifest."""
    shown = {
        "id": row.id,
        "template": template.name,
        "version": row.version,
        "status": row.status,
        "isDefault": row.version == template.version,
        "changelog": row.changelog,
        "automatic": row.automatic,
        "createdAt": row.created_at,
        "updatedAt": row.updated_at,
    }
    more = {
        "parentId": row.parent_id,
        "createdBy": row.created_by,
        "publishedAt": row.published_at,
        "deprecatedAt": row.deprecated_at,
    }
    return shown | {name: value for name, value in more.items() if value is not None}
