"""Puts the control plane together."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import structlog
from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from prometheus_client import CollectorRegistry
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

import streamspace
from streamspace.kit.clock import SystemClock
from streamspace.server import apidocs, migrations, operations, pages
from streamspace.server.agents import joining, presence, usage
from streamspace.server.agents import routes as agents_routes
from streamspace.server.agents import service as agents
from streamspace.server.agents.hub import AgentHub
from streamspace.server.agents.metrics import FleetMetrics
from streamspace.server.agents.pace import HeartbeatPace
from streamspace.server.agents.standing import Promises
from streamspace.server.audit import routes as audit_routes
from streamspace.server.audit.jobs import Sealer
from streamspace.server.challenges import service as challenges
from streamspace.server.core import http
from streamspace.server.core.attempts import Attempts
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.edge import Edge
from streamspace.server.core.errors import Problem
from streamspace.server.core.events import Bus
from streamspace.server.core.http import Context
from streamspace.server.core.jobs import Jobs, Relay
from streamspace.server.core.pace import Pace
from streamspace.server.core.permissions import Actor
from streamspace.server.core.settings import FIRST_PASSWORD, Settings
from streamspace.server.files import routes as files_routes
from streamspace.server.files.jobs import Transfers
from streamspace.server.gateways import routes as gateways_routes
from streamspace.server.gateways import service as gateways
from streamspace.server.gateways.hub import GatewayHub
from streamspace.server.homes import routes as homes_routes
from streamspace.server.keys import routes as keys_routes
from streamspace.server.keys import service as keys
from streamspace.server.keys.use import KeyUse
from streamspace.server.logins import routes as logins_routes
from streamspace.server.logins import service as logins
from streamspace.server.logins.signin import Vouchers
from streamspace.server.mfa import routes as mfa_routes
from streamspace.server.organizations import service as organizations
from streamspace.server.people import groups as people_groups
from streamspace.server.people import organizations as people_organizations
from streamspace.server.people import routes as people_routes
from streamspace.server.people.jobs import Departures
from streamspace.server.policies import routes as policies_routes
from streamspace.server.pools import jobs as pools_jobs
from streamspace.server.pools import routes as pools_routes
from streamspace.server.pools import service as pools
from streamspace.server.quotas import routes as quotas_routes
from streamspace.server.repositories import hooks as repositories_hooks
from streamspace.server.repositories import jobs as repositories_jobs
from streamspace.server.repositories import routes as repositories_routes
from streamspace.server.scim import routes as scim_routes
from streamspace.server.sessions import orphans, placing
from streamspace.server.sessions import routes as sessions_routes
from streamspace.server.sessions import sockets as sessions_sockets
from streamspace.server.sessions.jobs import Queues, Reconciler
from streamspace.server.sessions.policing import Policing
from streamspace.server.sessions.reactions import Reactions
from streamspace.server.shares import jobs as shares_jobs
from streamspace.server.shares import routes as shares_routes
from streamspace.server.sso import jobs as sso_jobs
from streamspace.server.sso import routes as sso_routes
from streamspace.server.sso import service as sso
from streamspace.server.sso.arrivals import Desk
from streamspace.server.templates import personal_routes as templates_personal
from streamspace.server.templates import reader
from streamspace.server.templates import routes as templates_routes
from streamspace.server.templates import service as templates
from streamspace.server.templates import version_routes as templates_versions
from streamspace.server.templates.statistics import TemplateMetrics
from streamspace.server.users import service as users

log = structlog.get_logger(__name__)

FLEET: tuple[APIRouter, ...] = (templates_routes.fleet, agents_routes.fleet)
"""What people do with agents, which the spec has below `/admin` too."""
ROUTERS: tuple[APIRouter, ...] = (
    sessions_routes.router,  # first, because each request tries them in this order
    agents_routes.router,  # a thousand agents come back at once
    logins_routes.router,
    policies_routes.router,
    homes_routes.router,
    quotas_routes.router,  # before people's, so that /users/me/quota is not taken for somebody's
    people_routes.router,
    people_groups.router,
    people_organizations.router,
    audit_routes.router,
    mfa_routes.router,
    keys_routes.router,
    keys_routes.admin,
    *sso_routes.ROUTERS,
    *shares_routes.ROUTERS,
    files_routes.router,
    templates_personal.router,  # before the templates, so that /templates/favorites is not taken for one
    templates_personal.preferences,
    templates_routes.router,
    templates_versions.router,
    *FLEET,
    pools_routes.router,
    repositories_routes.catalog,
    sessions_sockets.router,
    gateways_routes.router,
    scim_routes.router,
)


def _operations() -> APIRouter:
    api = APIRouter(generate_unique_id_function=lambda route: route.name)
    for router in ROUTERS:
        api.include_router(router, prefix="/api/v1")
        api.include_router(router, prefix="/api", include_in_schema=False)
    for prefix in ("/api/v1", "/api"):
        shown = prefix == "/api/v1"
        api.include_router(repositories_routes.router, prefix=f"{prefix}/catalog/repositories", include_in_schema=shown)
        api.include_router(repositories_routes.router, prefix=f"{prefix}/repositories", include_in_schema=False)
    for router in FLEET:
        for prefix in ("/api/v1/admin", "/api/admin"):
            api.include_router(router, prefix=prefix, include_in_schema=False)
    api.include_router(scim_routes.router, include_in_schema=False)  # where directories look by habit
    api.include_router(operations.router)
    return api


OPERATIONS = _operations()
"""Shared by every application of the process: FastAPI prepares them at the first request, which takes a second."""


def create_app(settings: Settings) -> FastAPI:
    """Build the application; it opens nothing before it is started."""
    database = Database(settings.resolved_database_url, SystemClock())
    bus = Bus()
    registry = CollectorRegistry()
    key_use = KeyUse()

    async def authenticate(uow: UnitOfWork, token: str, ip: str) -> Actor:
        if token.startswith(keys.PREFIX):
            return await keys.authenticate(uow, key_use, token, ip)
        return await logins.authenticate(uow, settings, token)

    context = Context(
        settings=settings,
        database=database,
        bus=bus,
        clock=database.clock,
        authenticate=authenticate,
        metrics=registry,
        parts={},
    )
    reactions = Reactions(settings)
    hub = AgentHub(settings, database, bus, pools_jobs.Reactions(reactions))
    gateway_hub = GatewayHub(settings, database, bus, reactions)
    departures = Departures(settings, database)
    departures.listen(bus)
    queues = Queues(settings, database)
    queues.listen(bus)
    transfers = Transfers(database, registry)
    transfers.listen(bus)
    gateway_hub.on_file_moved = transfers.moved
    syncs = repositories_jobs.Syncs(settings, database, bus, registry)
    syncs.listen(bus)
    policing = Policing(database)
    policing.listen(bus)
    sealer = Sealer(settings, database, registry)
    vouchers = Vouchers(sso.still_vouches)
    bounds = (Attempts(settings.login_attempts), Pace())
    fleet = (Promises(placing.promised), HeartbeatPace(registry))
    context.parts[repositories_jobs.Syncs] = syncs
    for part in (hub, gateway_hub, sealer, key_use, departures, queues, policing, vouchers, Desk(), *bounds, *fleet):
        context.parts[type(part)] = part
    context.parts[TemplateMetrics] = TemplateMetrics(registry)

    app = FastAPI(
        title="StreamSpace",
        version=streamspace.__version__,
        summary="Stream any GUI application to a browser.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        routes=list(OPERATIONS.routes),
        lifespan=lambda _: _running(context, hub),
    )
    app.state.context = context
    apidocs.mount(app)
    pages.mount(app)
    app.add_exception_handler(Problem, http.on_problem)
    app.add_exception_handler(RequestValidationError, http.on_invalid)
    app.add_exception_handler(HTTPException, http.on_http)
    app.add_exception_handler(DataError, http.on_unstorable)
    app.add_exception_handler(Exception, http.on_crash)
    app.add_middleware(Edge, registry=registry, csp=lambda: pages.content_policy(context))
    operations.describe(app)
    return app


@contextlib.asynccontextmanager
async def _running(context: Context, hub: AgentHub) -> AsyncIterator[None]:
    settings, database = context.settings, context.database
    await asyncio.to_thread(migrations.upgrade, settings.resolved_database_url)
    async with database.work() as uow:
        await gateways.none_connected(uow)
        await presence.none_connected(uow)
    await _first_steps(context)
    jobs = Jobs(database)
    relay = Relay(database, context.bus)
    reconciler = Reconciler(settings, database, context.metrics)
    jobs.run("relay", relay.run)
    jobs.run("departures", context.part(Departures).run)
    jobs.run("start-queues", context.part(Queues).run)
    jobs.run("policies", context.part(Policing).run)
    jobs.run("repositories", context.part(repositories_jobs.Syncs).run)
    jobs.every(timedelta(seconds=3), "reconciler", reconciler.run)
    jobs.every(timedelta(seconds=5), "heartbeats", hub.flush, exclusive=False)
    jobs.every(timedelta(seconds=10), "silent-agents", lambda: _in_one(database, presence.mark_silent))
    fleet = FleetMetrics(database, context.metrics)
    jobs.every(timedelta(seconds=10), "fleet-metrics", fleet.run, exclusive=False)
    promises = context.part(Promises)
    jobs.every(usage.EVERY, "agent-usage", lambda: _in_one(database, lambda uow: usage.sample(uow, promises)))
    warmth = pools_jobs.Reconciler(settings, database, promises, context.metrics)
    jobs.every(pools_jobs.EVERY, "warm-pools", warmth.run)
    jobs.every(timedelta(minutes=10), "orphans", lambda: orphans.end_all(database))
    jobs.every(timedelta(hours=6), "stream-tokens", hub.refresh_streams, exclusive=False)
    jobs.every(timedelta(hours=1), "old-secrets", lambda: _in_one(database, _forget_old))
    jobs.every(timedelta(seconds=1), "audit", context.part(Sealer).run, exclusive=False)
    jobs.every(shares_jobs.EVERY, "shares", lambda: shares_jobs.close_expired(database), exclusive=False)
    jobs.every(timedelta(hours=1), "purge", lambda: _in_one(database, organizations.purge_deleted))
    jobs.every(
        timedelta(seconds=10),
        "key-use",
        lambda: _in_one(database, lambda uow: keys.write_use(uow, context.part(KeyUse))),
        exclusive=False,
    )
    rechecks = sso_jobs.Rechecks(settings, database, context.part(Desk))
    jobs.every(rechecks.EVERY, "sso-rechecks", rechecks.run)
    jobs.every(sso_jobs.METADATA_EVERY, "saml-metadata", lambda: sso_jobs.refresh_metadata(database))
    settle_memory()
    try:
        yield
    finally:
        await jobs.close()
        await database.close()


def settle_memory() -> None:
    """Have the collector pass over what start-up made, which stays for good: its pauses were 50 ms and more."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


async def _first_steps(context: Context) -> None:
    """Make what a new installation lacks: the first administrator and the official templates."""
    settings = context.settings
    await _first_administrator(context)
    folder = settings.catalog_dir or _bundled_catalog()
    entries, rejected = await asyncio.to_thread(reader.read, folder)
    for bad in rejected:
        log.warning("template_rejected", path=bad.path, reason=bad.reason)
    async with context.database.work() as uow:
        changed = await templates.take_in(uow, entries)
        await templates.index_anew(uow)
    log.info("catalog_read", templates=len(entries), changed=len(changed))


async def _first_administrator(context: Context) -> None:
    settings = context.settings
    async with context.database.work(write=False) as uow:
        if not await users.is_empty(uow):
            return
    if settings.admin_password is not None:
        password, kept = settings.admin_password.get_secret_value(), None
    else:
        password, kept = "-".join(secrets.token_hex(3) for _ in range(3)), settings.data_dir / FIRST_PASSWORD
    password_hash = await users.hash_password(password)
    async with context.database.work() as uow:
        if not await users.ensure_admin(uow, settings.admin_username, password_hash, generated=kept is not None):
            return  # another process was faster
        if kept is not None:
            settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(f"{password}\n")
    log.info("administrator_created", username=settings.admin_username, password_in=str(kept) if kept else None)


def _bundled_catalog() -> Path:
    package = Path(streamspace.__file__).parent
    installed = package / "catalog"
    return installed if installed.is_dir() else package.parents[1] / "catalog"


async def _in_one(database: Database, work: Callable[[UnitOfWork], Awaitable[None]]) -> None:
    async with database.work() as uow:
        await work(uow)


async def _forget_old(uow: UnitOfWork) -> None:
    await gateways.forget_old_revocations(uow)
    await agents.forget_old_commands(uow)
    await joining.forget_expired(uow)
    await challenges.forget_expired(uow)
    await pools.forget_old(uow)
    await repositories_hooks.forget_old(uow)
    await templates.forget_old(uow)
