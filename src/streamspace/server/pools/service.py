"""What can be done with pools."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from streamspace.kit import ids, quantities
from streamspace.protocol.control import Action as Order
from streamspace.protocol.manifest import TemplateManifest
from streamspace.server.agents import placement
from streamspace.server.agents import service as agents
from streamspace.server.agents.errors import NoSuchAgent
from streamspace.server.agents.models import Agent
from streamspace.server.agents.placement import Load, Need
from streamspace.server.core import permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.core.settings import Settings
from streamspace.server.organizations import service as organizations
from streamspace.server.organizations.errors import NoSuchOrganization
from streamspace.server.pools import queries, rules
from streamspace.server.pools.errors import (
    BadPoolResources,
    CannotWait,
    ForeignAgent,
    ForeignTemplate,
    NoSuchPool,
    TooManyWait,
)
from streamspace.server.pools.models import WarmClaim, WarmPool, WarmSession
from streamspace.server.pools.rules import WAITING, WarmState
from streamspace.server.pools.schemas import PoolIn, PoolOut, PoolPatch, PoolResourcesIn, pool_out
from streamspace.server.templates import service as templates
from streamspace.server.templates.models import Template

_DAY = timedelta(days=1)
_REMEMBERED = timedelta(days=7)
_ROOM = {"full", "memory", "cpu"}
"""What speaks against an agent that is full."""


async def list_pools(uow: UnitOfWork, actor: Actor) -> list[PoolOut]:
    """Return the pools the actor may see."""
    permissions.require(actor, Action.POOL_VIEW, owner_id=None, org_id=actor.org_id)
    return await _shown(uow, await queries.listed(uow.db, actor))


async def get(uow: UnitOfWork, actor: Actor, pool_id: str) -> PoolOut:
    """Return one pool."""
    permissions.require(actor, Action.POOL_VIEW, owner_id=None, org_id=actor.org_id)
    return (await _shown(uow, [await _find(uow, actor, pool_id)]))[0]


async def _find(uow: UnitOfWork, actor: Actor, pool_id: str) -> WarmPool:
    found = await queries.listed(uow.db, actor, pool_id)
    if not found:
        raise NoSuchPool
    return found[0]


async def _shown(uow: UnitOfWork, pools: Sequence[WarmPool]) -> list[PoolOut]:
    names = [pool.id for pool in pools]
    waiting = await queries.counts(uow.db, names)
    claims = await queries.claims(uow.db, names, uow.now() - _DAY)
    return [pool_out(pool, waiting.get(pool.id), claims.get(pool.id, (0, 0))) for pool in pools]


async def create(uow: UnitOfWork, actor: Actor, settings: Settings, wanted: PoolIn) -> PoolOut:
    """Have sessions of an application wait.

    Raises:
        NoSuchTemplate, NoSuchAgent, NoSuchOrganization: not there for this actor.
        BadPoolResources: malformed.
        CannotWait: the application is not streamed by the engine.
        ForeignTemplate, ForeignAgent: of another organisation than those who are waited for.
        TooManyWait: the organisation's pools are as large as they may be.
    """
    everywhere = permissions.scope(actor, Action.POOL_MANAGE) is permissions.Scope.ALL
    org_id = wanted.org_id if everywhere else wanted.org_id or actor.org_id
    permissions.require(actor, Action.POOL_MANAGE, owner_id=None, org_id=org_id)
    if org_id is not None and await organizations.get_by_id(uow, org_id) is None:
        raise NoSuchOrganization
    template = await templates.get(uow, replace(actor, org_id=org_id or actor.org_id), wanted.template)
    if org_id is None and template.org_id is not None:
        raise ForeignTemplate
    manifest = TemplateManifest.model_validate(template.manifest)
    if manifest.spec.streaming_protocol != "selkies":
        raise CannotWait
    await _check_agent(uow, wanted.agent_id, org_id)
    await _check_size(uow, settings, org_id, wanted.size)
    cpu, memory = _resources(wanted.resources, manifest, settings)
    pool = WarmPool(
        id=ids.uid(),
        org_id=org_id,
        template_id=template.id,
        template_name=template.name,
        agent_id=wanted.agent_id,
        size=wanted.size,
        cpu_millicores=cpu,
        memory_bytes=memory,
        max_age_seconds=wanted.max_age_seconds,
        failures=0,
        created_by=actor.id,
        created_at=uow.now(),
        updated_at=uow.now(),
    )
    uow.db.add(pool)
    await uow.db.flush()
    made = {"template": pool.template_name, "size": pool.size, "agent": pool.agent_id, "org": pool.org_id}
    uow.note("pool.created", "pool", pool.id, after=made, org_id=org_id)
    return (await _shown(uow, [pool]))[0]


async def _check_agent(uow: UnitOfWork, agent_id: str | None, org_id: str | None) -> None:
    if agent_id is None:
        return
    agent = await agents.by_agent_id(uow, agent_id)
    if agent is None:
        raise NoSuchAgent
    if agent.org_id is not None and agent.org_id != org_id:
        # For an organisation's own administrator, others' agents do not exist.
        raise ForeignAgent if org_id is None else NoSuchAgent


async def _check_size(
    uow: UnitOfWork, settings: Settings, org_id: str | None, size: int, *, without: str | None = None
) -> None:
    if org_id is None:
        return
    if size + await queries.wanted_by(uow.db, org_id, without) > settings.warm_sessions_per_organization:
        raise TooManyWait


def _resources(wanted: PoolResourcesIn, manifest: TemplateManifest, settings: Settings) -> tuple[int, int]:
    defaults = manifest.spec.default_resources
    try:
        cpu = quantities.millicores(wanted.cpu or defaults.wanted_cpu() or settings.default_cpu)
        memory = quantities.size_bytes(wanted.memory or defaults.wanted_memory() or settings.default_memory)
    except quantities.BadQuantity as error:
        raise BadPoolResources(str(error)) from None
    if not rules.FEWEST_MILLICORES <= cpu <= rules.MOST_MILLICORES:
        raise BadPoolResources
    if not rules.LEAST_MEMORY <= memory <= rules.MOST_MEMORY:
        raise BadPoolResources
    return cpu, memory


async def update(uow: UnitOfWork, actor: Actor, settings: Settings, pool_id: str, wanted: PoolPatch) -> PoolOut:
    """Change how many wait, or for how long; what is left out stays."""
    pool = await _changeable(uow, actor, pool_id)
    changes = wanted.model_dump(exclude_none=True)
    if "size" in changes:
        await _check_size(uow, settings, pool.org_id, changes["size"], without=pool.id)
    before = {name: getattr(pool, name) for name in changes}
    for name, value in changes.items():
        setattr(pool, name, value)
    pool.failures, pool.retry_at, pool.updated_at = 0, None, uow.now()
    uow.note("pool.changed", "pool", pool.id, before=before, after=changes, org_id=pool.org_id)
    return (await _shown(uow, [pool]))[0]


async def delete(uow: UnitOfWork, actor: Actor, pool_id: str) -> None:
    """Remove a pool and end what waits in it."""
    pool = await _changeable(uow, actor, pool_id)
    for waiting in await queries.of_pool(uow.db, pool.id):
        await expire(uow, waiting)
    await uow.db.flush()
    await uow.db.delete(pool)
    uow.note("pool.deleted", "pool", pool.id, before={"template": pool.template_name}, org_id=pool.org_id)


async def _changeable(uow: UnitOfWork, actor: Actor, pool_id: str) -> WarmPool:
    shown = await _find(uow, actor, pool_id)
    permissions.require(actor, Action.POOL_MANAGE, owner_id=None, org_id=shown.org_id)
    pool = await queries.locked(uow.db, pool_id)
    if pool is None:
        raise NoSuchPool
    return pool


# What starts and ends


async def begin(uow: UnitOfWork, settings: Settings, pool: WarmPool, template: Template, agent: Agent) -> WarmSession:
    """Have an agent start one ahead."""
    waiting = WarmSession(
        id=f"warm-{secrets.token_hex(8)}",
        pool_id=pool.id,
        agent_id=agent.agent_id,
        agent_version=agent.version,
        digest=template.digest,
        cpu_millicores=pool.cpu_millicores,
        memory_bytes=pool.memory_bytes,
        state=WarmState.STARTING,
        created_at=uow.now(),
    )
    uow.db.add(waiting)
    order = {
        "warmId": waiting.id,
        "templateManifest": template.manifest,
        "resources": {
            "cpu": quantities.format_millicores(pool.cpu_millicores),
            "memory": quantities.format_bytes(pool.memory_bytes),
        },
    }
    await agents.order(uow, agent.agent_id, Order.WARM, order, timeout=settings.start_timeout, session_id=waiting.id)
    return waiting


async def expire(uow: UnitOfWork, waiting: WarmSession) -> None:
    """Have the agent of one that waits end it."""
    if waiting.state in WAITING:
        waiting.state, waiting.ended_at = WarmState.EXPIRED, uow.now()
        await cool(uow, waiting.agent_id, waiting.id)


async def cool(uow: UnitOfWork, agent_id: str, warm_id: str) -> None:
    """Have an agent end what it may hold under this name; what became a session stays one."""
    timeout = timedelta(minutes=1)
    await agents.order(uow, agent_id, Order.COOL, {"warmId": warm_id}, timeout=timeout, session_id=warm_id)


# What sessions ask


@dataclass(frozen=True, slots=True)
class Claim:
    """Which pools could serve a session, and on which agents one is ready."""

    org_id: str
    template_id: str
    digest: str
    pools: tuple[tuple[str, str | None], ...]
    """Pool and agent, the session's own organisation's pools first."""

    @property
    def agents(self) -> frozenset[str]:
        """The agents to be preferred."""
        return frozenset(agent for _, agent in self.pools if agent is not None)


async def serving(uow: UnitOfWork, org_id: str, template: Template, cpu: int, memory: int) -> Claim | None:
    """Return what could serve a session, or None where no pool is for it."""
    found = await queries.serving(uow.db, org_id, template.id, template.digest, cpu, memory)
    pairs = tuple((row.id, row.agent_id) for row in found)
    return Claim(org_id, template.id, template.digest, pairs) if pairs else None


async def take(uow: UnitOfWork, claim: Claim, agent_id: str, session_id: str) -> str | None:
    """Take one that waits on this agent for a session, and remember whether there was one."""
    for pool_id, agent in claim.pools:
        if agent != agent_id:
            continue
        taken = await queries.claim(uow.db, pool_id, agent_id, claim.digest, session_id, uow.now())
        if taken is not None:
            uow.db.add(WarmClaim(id=ids.uid(), pool_id=pool_id, hit=True, at=uow.now()))
            return taken
    uow.db.add(WarmClaim(id=ids.uid(), pool_id=claim.pools[0][0], hit=False, at=uow.now()))
    return None


async def give_way(uow: UnitOfWork, settings: Settings, agent: Agent, load: Load, need: Need) -> None:
    """End as many of those that wait on a held agent as a session needs room for."""
    taken = (await queries.loads(uow.db, agent.agent_id)).get(agent.agent_id)
    if taken is None or _fits(settings, agent, need, load, taken):
        return
    for waiting in await queries.of_agent(uow.db, agent.agent_id):
        await expire(uow, waiting)
        taken = Load(
            taken.sessions - 1,
            taken.cpu_millicores - waiting.cpu_millicores,
            taken.memory_bytes - waiting.memory_bytes,
        )
        if _fits(settings, agent, need, load, taken):
            return


def _fits(settings: Settings, agent: Agent, need: Need, load: Load, waiting: Load) -> bool:
    full = placement.closed(need, agents.candidate(agent, together(load, waiting)), settings.cpu_overcommit)
    return not {reason.code for reason in full} & _ROOM


def together(one: Load, other: Load) -> Load:
    """Return what both take."""
    return Load(
        one.sessions + other.sessions,
        one.cpu_millicores + other.cpu_millicores,
        one.memory_bytes + other.memory_bytes,
    )


async def forget_old(uow: UnitOfWork) -> None:
    """Drop what is no longer counted."""
    await queries.forget(uow.db, uow.now() - _REMEMBERED)
