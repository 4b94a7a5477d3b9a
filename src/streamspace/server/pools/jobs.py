"""Keeps pools full, and listens to what agents say of those that wait."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any, Literal

import structlog
from prometheus_client import CollectorRegistry, Gauge

from streamspace.protocol import control
from streamspace.protocol.control import Action as Order
from streamspace.protocol.manifest import TemplateManifest
from streamspace.server.agents import placement
from streamspace.server.agents import reactions as agents_reactions
from streamspace.server.agents import service as agents
from streamspace.server.agents.models import Agent, AgentCommand
from streamspace.server.agents.placement import Load
from streamspace.server.agents.standing import Promises
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.settings import Settings
from streamspace.server.pools import queries, rules, service
from streamspace.server.pools.models import WarmPool, WarmSession
from streamspace.server.pools.rules import STARTS_AT_ONCE, WAITING, WarmState
from streamspace.server.pools.schemas import PoolObstacle, PoolProblem
from streamspace.server.templates import service as templates
from streamspace.server.templates.models import Template

log = structlog.get_logger(__name__)

ABILITY = "warm"
EVERY = timedelta(seconds=3)
_HEARSAY = timedelta(seconds=10)
"""An agent may have said what it holds so long before we knew better."""
_SETTLE = timedelta(seconds=10)
_NO_AGENT = "No agent can have sessions of this application wait: {}"
_GONE = "The application is no longer in the catalog, so none of its sessions can wait."
_MOST_TOLD = 5
"""Agents of which a pool says what speaks against them."""


class Reactions(agents_reactions.Reactions):
    """What follows from an agent's words about those that wait; all else is passed on."""

    def __init__(self, others: agents_reactions.Reactions) -> None:
        self._others = others

    async def acknowledged(self, uow: UnitOfWork, command: AgentCommand) -> None:
        """Nothing is done about it yet."""
        await self._others.acknowledged(uow, command)

    async def completed(self, uow: UnitOfWork, command: AgentCommand) -> None:
        """One waits, or ended."""
        if command.action not in {Order.WARM, Order.COOL}:
            await self._others.completed(uow, command)
            return
        waiting = await queries.warm(uow.db, command.session_id or "")
        if command.action == Order.COOL:
            await _settled(uow, waiting)
        elif waiting is None or waiting.state != WarmState.STARTING:
            # It was given up meanwhile, perhaps with an end that came first.
            await service.cool(uow, command.agent_id, command.session_id or "")
        else:
            waiting.state, waiting.ready_at = WarmState.READY, uow.now()
            used = (command.result or {}).get("memoryBytes")
            waiting.used_bytes = used if isinstance(used, int) and 0 <= used <= rules.MOST_MEMORY else None
            if waiting.pool_id is not None and (pool := await queries.locked(uow.db, waiting.pool_id)) is not None:
                pool.failures, pool.retry_at, pool.problem = 0, None, None

    async def failed(self, uow: UnitOfWork, command: AgentCommand, failure: control.Failed) -> None:
        """One could not be started, or not be ended, which is ordered again later."""
        if command.action not in {Order.WARM, Order.COOL}:
            await self._others.failed(uow, command, failure)
            return
        waiting = await queries.warm(uow.db, command.session_id or "")
        if command.action == Order.WARM and waiting is not None and waiting.state == WarmState.STARTING:
            await _start_failed(uow, waiting, "failed", failure.error)

    async def reported(self, uow: UnitOfWork, agent_id: str, status: control.Status) -> None:
        """Concerns sessions only."""
        await self._others.reported(uow, agent_id, status)

    async def inventoried(self, uow: UnitOfWork, agent_id: str, inventory: control.Inventory) -> None:
        """Compare what waits with what should."""
        await self._others.inventoried(uow, agent_id, inventory)
        if inventory.warm is None:
            return
        reported = {one.warm_id: one for one in inventory.warm}
        known = await queries.held_by(uow.db, agent_id, list(reported))
        for warm_id, one in reported.items():
            waiting = known.get(warm_id)
            if waiting is not None and waiting.agent_id == agent_id and waiting.state in WAITING:
                waiting.used_bytes = one.memory_bytes
            elif not await agents.has_open_command(uow, _of(waiting) or warm_id, agent_id):
                await service.cool(uow, agent_id, warm_id)
        for waiting in known.values():
            since = waiting.ready_at or waiting.created_at
            if waiting.agent_id != agent_id or waiting.id in reported or since > uow.now() - _HEARSAY:
                continue
            if not await agents.has_open_command(uow, waiting.id, agent_id):
                await uow.db.delete(waiting)

    async def measured(self, uow: UnitOfWork, agent_id: str, report: control.Homes) -> None:
        """Nobody has a home in one that waits."""
        await self._others.measured(uow, agent_id, report)

    async def active(self, uow: UnitOfWork, agent_id: str, idle_seconds: Mapping[str, float]) -> None:
        """Concerns sessions only."""
        await self._others.active(uow, agent_id, idle_seconds)

    async def removed(self, uow: UnitOfWork, agent_id: str) -> None:
        """Forget what waited there; the pool fills up elsewhere."""
        await queries.forget_agent(uow.db, agent_id)
        await self._others.removed(uow, agent_id)

    async def holding(self, uow: UnitOfWork, agent_ids: Collection[str]) -> set[str]:
        """Return where sessions are, or wait."""
        return await self._others.holding(uow, agent_ids) | await queries.agents_in_use(uow.db, agent_ids)


def _of(waiting: WarmSession | None) -> str | None:
    """Return the session that one is to become, while its start may be on its way."""
    return waiting.session_id if waiting is not None and waiting.state == WarmState.CLAIMED else None


async def _settled(uow: UnitOfWork, waiting: WarmSession | None) -> None:
    if waiting is None:
        return
    if waiting.state == WarmState.CLAIMED:
        waiting.state = WarmState.TAKEN
    elif waiting.state != WarmState.TAKEN:
        await uow.db.delete(waiting)


async def _start_failed(
    uow: UnitOfWork, waiting: WarmSession, code: Literal["failed", "timeout"], message: str
) -> None:
    pool = await queries.locked(uow.db, waiting.pool_id) if waiting.pool_id is not None else None
    if pool is not None:
        pool.failures += 1
        pool.problem = PoolProblem(code=code, message=message, agent_id=waiting.agent_id).written()
        pool.retry_at = uow.now() + rules.retry_after(pool.failures)
    log.warning("warm_start_failed", pool=waiting.pool_id, agent=waiting.agent_id, reason=message)
    await uow.db.delete(waiting)


class Reconciler:
    """Runs every few seconds in one process: fills, replaces and empties pools, each in a transaction of its own."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        promises: Promises,
        registry: CollectorRegistry | None = None,
    ) -> None:
        self._settings = settings
        self._database = database
        self._promises = promises
        self._gauges = _gauges(registry) if registry is not None else None

    async def run(self) -> None:
        """Look at everything once."""
        async with self._database.work(write=False) as uow:
            if not await queries.anything(uow.db):
                return
            pools = await queries.pool_ids(uow.db)
        for pool_id in pools:
            try:
                async with self._database.work() as uow:
                    await self._tend(uow, pool_id)
            except Exception:
                log.exception("pool_not_tended", pool=pool_id)
        async with self._database.work() as uow:
            await self._settle(uow)
        await self._measure()

    async def _settle(self, uow: UnitOfWork) -> None:
        """Order again what nobody answered, and see that nothing stays that was claimed and never taken."""
        for waiting in await queries.unsettled(uow.db, uow.now() - _SETTLE):
            if await agents.has_open_command(uow, waiting.id) or (
                waiting.session_id is not None and await agents.has_open_command(uow, waiting.session_id)
            ):
                continue
            agent = await agents.by_agent_id(uow, waiting.agent_id)
            if agent is None:
                await uow.db.delete(waiting)
            elif waiting.state in WAITING:
                await service.expire(uow, waiting)
            elif agent.online:
                await service.cool(uow, waiting.agent_id, waiting.id)

    async def _tend(self, uow: UnitOfWork, pool_id: str) -> None:
        pool = await queries.locked(uow.db, pool_id)
        if pool is None:
            return
        template = await templates.by_id(uow, pool.template_id)
        wanted = template if template is not None and not template.retired else None
        fleet = {agent.agent_id: agent for agent in await agents.able(uow, pool.org_id, ABILITY)}
        if pool.agent_id is not None:
            fleet = {name: agent for name, agent in fleet.items() if name == pool.agent_id}
        kept = [
            one for one in await queries.of_pool(uow.db, pool.id) if await self._keep(uow, pool, wanted, fleet, one)
        ]
        by_worth = sorted(kept, key=lambda one: (one.state == WarmState.READY, one.created_at))
        for surplus in by_worth[: max(len(kept) - pool.size, 0)]:
            await service.expire(uow, surplus)
            kept.remove(surplus)
        if wanted is None:
            pool.problem = PoolProblem(code="template_gone", message=_GONE).written() if pool.size else None
        elif sum(one.state == WarmState.READY for one in kept) >= pool.size:
            pool.problem = None
        if wanted is not None and len(kept) < pool.size and (pool.retry_at is None or pool.retry_at <= uow.now()):
            await self._fill(uow, pool, wanted, fleet, kept)

    async def _keep(
        self,
        uow: UnitOfWork,
        pool: WarmPool,
        template: Template | None,
        fleet: Mapping[str, Agent],
        waiting: WarmSession,
    ) -> bool:
        agent = fleet.get(waiting.agent_id)
        if template is None or agent is None or agent.draining or agent.cordoned:
            await service.expire(uow, waiting)
            return False
        if waiting.state == WarmState.STARTING:
            if await agents.has_open_command(uow, waiting.id) or waiting.created_at > uow.now() - _SETTLE:
                return True
            await _start_failed(uow, waiting, "timeout", "The agent did not finish in time.")
            await service.cool(uow, waiting.agent_id, waiting.id)
            return False
        if rules.outdated(
            now=uow.now(),
            since=waiting.ready_at or waiting.created_at,
            max_age_seconds=pool.max_age_seconds,
            made_of=(waiting.digest, waiting.agent_version),
            wanted=(template.digest, agent.version),
        ):
            await service.expire(uow, waiting)
            return False
        return True

    async def _fill(
        self,
        uow: UnitOfWork,
        pool: WarmPool,
        template: Template,
        fleet: Mapping[str, Agent],
        kept: list[WarmSession],
    ) -> None:
        promised = await self._promises.ask(uow, None)
        warm = await queries.loads(uow.db)
        loads = {
            name: service.together(promised[name].load if name in promised else Load(), warm.get(name, Load()))
            for name in fleet
        }
        manifest = TemplateManifest.model_validate(template.manifest)
        need = templates.need_of(manifest, pool.cpu_millicores, pool.memory_bytes)
        just_claimed, _ = (await queries.claims(uow.db, [pool.id], uow.now() - rules.PAUSE)).get(pool.id, (0, 0))
        for _ in range(pool.size - len(kept) - just_claimed):
            starting = [one.agent_id for one in kept if one.state == WarmState.STARTING]
            free = [name for name in fleet if starting.count(name) < STARTS_AT_ONCE]
            if fleet and not free:
                return
            candidates = [agents.candidate(fleet[name], loads[name]) for name in free]
            decision = placement.decide(need, candidates, cpu_overcommit=self._settings.cpu_overcommit)
            if decision.agent_id is None:
                pool.problem = _why(pool, decision).written()
                return
            kept.append(await service.begin(uow, self._settings, pool, template, fleet[decision.agent_id]))
            taken = Load(1, pool.cpu_millicores, pool.memory_bytes)
            loads[decision.agent_id] = service.together(loads[decision.agent_id], taken)

    async def _measure(self) -> None:
        if self._gauges is None:
            return
        waiting, claims = self._gauges
        async with self._database.work(write=False) as uow:
            there = await queries.by_template(uow.db)
            counted = await queries.claims_by_template(uow.db, uow.now() - timedelta(days=1))
        waiting.clear()
        claims.clear()
        for template, state, number in there:
            waiting.labels(template, state).set(number)
        for template, hit, number in counted:
            claims.labels(template, "hit" if hit else "miss").set(number)


def _why(pool: WarmPool, decision: placement.Decision) -> PoolProblem:
    if not decision.verdicts:
        of = f"{pool.agent_id} is not there or" if pool.agent_id else "none"
        message = _NO_AGENT.format(f"{of} can start sessions ahead. `streamspace doctor` on its machine says why.")
        code: Literal["agent_missing", "no_agent"] = "agent_missing" if pool.agent_id else "no_agent"
        return PoolProblem(code=code, message=message, agent_id=pool.agent_id)
    against = [
        PoolObstacle.model_validate({"agentId": v.agent_id, **v.reasons[0].out()})
        for v in decision.verdicts
        if v.reasons
    ][:_MOST_TOLD]
    said = " ".join(f"{one.agent_id}: {one.message}" for one in against)
    return PoolProblem(code="no_room", message=_NO_AGENT.format(said), agents=against)


def _gauges(registry: CollectorRegistry) -> tuple[Any, Any]:
    return (
        Gauge("streamspace_warm_pool", "Sessions that wait for a person.", ["template", "state"], registry=registry),
        Gauge(
            "streamspace_warm_claims",
            "Sessions of the last 24 hours that could have come from a pool, by whether they did.",
            ["template", "outcome"],
            registry=registry,
        ),
    )
