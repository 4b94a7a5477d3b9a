"""Two organisations that share one installation, and everything in them that an operation can be done to.

Whatever belongs to acme carries `MARK` in its name, so that any answer that tells of it shows.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx2
from fastapi import FastAPI

from streamspace.kit import ids
from streamspace.server.agents.models import Agent
from streamspace.server.app import create_app
from streamspace.server.audit.jobs import Sealer
from streamspace.server.core import auth
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.http import Context
from streamspace.server.core.permissions import OrgRole, Role
from streamspace.server.core.settings import Settings
from streamspace.server.gateways.models import Gateway
from streamspace.server.keys.models import ApiKey
from streamspace.server.logins.models import Login
from streamspace.server.organizations import service as organizations
from streamspace.server.organizations.models import Organization
from streamspace.server.users.models import User
from tests.server import people
from tests.server.conftest import SECRETS

MARK = "qzxvqwkj"
ACME, RIVAL, HOUSE = f"org-{MARK}", "org-rival", "org-default"
AGENT = "robot"

# Who asks: organisation, system role, role in the organisation.
ACTORS: dict[str, tuple[str, Role, OrgRole]] = {
    "viewer": (ACME, Role.USER, OrgRole.VIEWER),
    "user": (ACME, Role.USER, OrgRole.USER),
    "maintainer": (ACME, Role.USER, OrgRole.MAINTAINER),
    "org_admin": (ACME, Role.USER, OrgRole.ORG_ADMIN),
    "operator": (HOUSE, Role.OPERATOR, OrgRole.USER),
    "admin": (HOUSE, Role.ADMIN, OrgRole.USER),
    "rival": (RIVAL, Role.USER, OrgRole.ORG_ADMIN),
    "expired": (ACME, Role.USER, OrgRole.ORG_ADMIN),
    "narrow": (ACME, Role.USER, OrgRole.ORG_ADMIN),
    "anonymous": (ACME, Role.USER, OrgRole.USER),
}
"""`expired` comes with an API key of an org_admin that is no longer good, `narrow` with one for `profile:read` alone,
and `anonymous` with nothing; for them this says who owns what is called their own."""
KEYS = {"expired": (["*"], timedelta(days=-1)), "narrow": (["profile:read"], timedelta(days=1))}


@dataclass
class World:
    """A running control plane with both organisations."""

    context: Context
    client: httpx2.AsyncClient
    app: FastAPI
    entry: int
    """An entry of acme's audit log."""

    @contextlib.asynccontextmanager
    async def work(self) -> AsyncIterator[UnitOfWork]:
        async with self.context.database.work() as uow:
            yield uow


@contextlib.asynccontextmanager
async def running(database_url: str, folder: Path, catalog_dir: Path) -> AsyncIterator[World]:
    """Start the control plane and put the organisations, an agent and a gateway into it."""
    settings = Settings(
        database_url=database_url, data_dir=folder, catalog_dir=catalog_dir, port=0, login_attempts=100_000, **SECRETS
    )
    app = create_app(settings)
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://desk.test") as client,
    ):
        context: Context = app.state.context
        yield World(context, client, app, await populate(context))


async def populate(context: Context) -> int:
    """Put both organisations, an agent and a gateway into an installation; return an entry of acme's audit log."""
    async with context.database.work() as uow:
        await organizations.ensure_default(uow)
        uow.db.add_all([organization_row(uow, ACME, f"Acme {MARK}"), organization_row(uow, RIVAL, "Rival")])
        uow.db.add(agent_row(uow, AGENT))
        address = "http://gateway.test"
        uow.db.add(Gateway(id="gate", public_url=address, agent_url=address, online=True, seen_at=uow.now()))
        uow.note("session.created", "session", f"{MARK}-old", after={"template": "editor"}, org_id=ACME)
    await context.part(Sealer).run()
    return await context.part(Sealer).last()


def organization_row(uow: UnitOfWork, org_id: str, name: str) -> Organization:
    return Organization(
        id=org_id,
        name=org_id,
        display_name=name,
        description=f"What {name} does",
        k8s_namespace=org_id,
        status="active",
        require_mfa=False,
        created_at=uow.now(),
        updated_at=uow.now(),
    )


def agent_row(uow: UnitOfWork, name: str) -> Agent:
    return Agent(
        id=ids.uid(),
        agent_id=name,
        platform="process",
        online=True,
        draining=False,
        capacity={"maxSessions": 100_000, "cpu": "99999", "memory": "999Ti"},
        abilities=[],
        agent_metadata={},
        api_key_hash="-",
        api_key_created_at=uow.now(),
        last_heartbeat=uow.now() + timedelta(days=1),
        approval_status="approved",
        created_at=uow.now(),
        updated_at=uow.now(),
    )


async def add_person(
    uow: UnitOfWork, org_id: str, *, role: Role = Role.USER, org_role: OrgRole = OrgRole.USER, name: str = "person"
) -> User:
    """Add somebody who signs in with a password."""
    username = f"{MARK if org_id == ACME else 'any'}-{name[:10]}-{secrets.token_hex(5)}"
    user = User(
        id=ids.uid(),
        org_id=org_id,
        username=username,
        email=f"{username}@test.example",
        full_name=username.title(),
        role=role,
        provider="local",
        active=True,
        password_hash=people.PASSWORD_HASH,
        password_generated=False,
        created_at=uow.now(),
        updated_at=uow.now(),
    )
    uow.db.add(user)
    await uow.db.flush()
    await organizations.set_member(uow, org_id, user.id, org_role)
    return user


@dataclass
class Someone:
    """Who asks, with what proves it."""

    kind: str
    user: User
    org_id: str
    org_role: OrgRole
    login_id: str = ""
    headers: dict[str, str] = field(default_factory=dict)


async def somebody(context: Context, uow: UnitOfWork, kind: str) -> Someone:
    """Add a person of this kind and sign them in; each cell has its own, so that none meets another's ruins."""
    org_id, role, org_role = ACTORS[kind]
    user = await add_person(uow, org_id, role=role, org_role=org_role, name=kind)
    found = Someone(kind, user, org_id, org_role)
    if kind in KEYS:
        scopes, lifetime = KEYS[kind]
        key, secret = key_row(uow, user, scopes=scopes, lifetime=lifetime)
        found.login_id, found.headers = key.id, {"X-API-Key": secret}
    elif kind != "anonymous":
        login = login_row(uow, user)
        settings = context.settings
        token = auth.sign_token(
            settings.secret_key.get_secret_value(),
            user_id=user.id,
            org_id=org_id,
            login_id=login.id,
            now=uow.now(),
            lifetime=settings.token_lifetime,
        )
        found.login_id, found.headers = login.id, {"Authorization": f"Bearer {token}"}
    return found


def login_row(uow: UnitOfWork, user: User) -> Login:
    login = Login(
        id=ids.uid(),
        user_id=user.id,
        org_id=user.org_id,
        refresh_hash=secrets.token_hex(32),
        refreshed_at=uow.now(),
        created_at=uow.now(),
        expires_at=uow.now() + timedelta(days=1),
        method="password",
        bound_to_org=False,
        ip="192.0.2.1",
        user_agent="",
    )
    uow.db.add(login)
    return login


def key_row(
    uow: UnitOfWork, user: User, *, scopes: list[str], lifetime: timedelta = timedelta(days=1)
) -> tuple[ApiKey, str]:
    secret = f"sk_{secrets.token_urlsafe(32)}"
    key = ApiKey(
        id=ids.uid(),
        org_id=user.org_id,
        user_id=user.id,
        name=f"key of {user.username}",
        description="",
        hashed=auth.hash_secret(secret),
        prefix=secret[:11],
        scopes=scopes,
        allowed_ips=[],
        rate_limit=1000,
        use_count=0,
        expires_at=uow.now() + lifetime,
        created_at=uow.now(),
    )
    uow.db.add(key)
    return key, secret
