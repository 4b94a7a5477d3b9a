"""How often templates are started, and the control plane's own figures about them."""

from __future__ import annotations

from datetime import timedelta

from prometheus_client import CollectorRegistry, Counter, Histogram

from streamspace.server.core import permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Action, Actor, Scope
from streamspace.server.templates import habits, service
from streamspace.server.templates.schemas import DayOut, StatisticsOut


class TemplateMetrics:
    """What Prometheus hears of templates."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.searches = Histogram(
            "streamspace_template_search_seconds",
            "Time to find a page of templates in the database.",
            ["outcome"],
            registry=registry,
            buckets=(0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 1.0),
        )
        self.changes = Counter(
            "streamspace_template_changes_total",
            "Templates that people made, changed, deleted or restored.",
            ["change"],
            registry=registry,
        )


async def of_template(uow: UnitOfWork, actor: Actor, name: str, days: int) -> StatisticsOut:
    """Return how often a template was started of late: in the actor's organisation, or to those who see all, anywhere.

    Raises:
        NoSuchTemplate.
    """
    template = await service.find(uow, actor, name)
    org_id = None if permissions.scope(actor, Action.TEMPLATE_VIEW) is Scope.ALL else actor.org_id
    since = (uow.now() - timedelta(days=days - 1)).date()
    rows = await habits.launches(uow.db, template.id, org_id, since)
    return StatisticsOut(
        template=template.name,
        days=days,
        launches=sum(int(row.launches) for row in rows),
        users=await habits.launchers(uow.db, template.id, org_id, since),
        last_day=rows[-1].day if rows else None,
        total_launches=template.popularity or 0,
        per_day=[DayOut(day=row.day, launches=int(row.launches), users=row.users) for row in rows],
    )
