"""Two organisations that share one installation, and everything in them that an operation can be done to.

Whatever belongs to acme carries `MARK` in its name, so that any answer that tells of it shows.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pyotp
from fastapi import FastAPI

from streamspace.kit import ids
from streamspace.server.agents.models import Agent, AgentCommand
from streamspace.server.app import create_app
from streamspace.server.audit.jobs import Sealer
from streamspace.server.core import auth
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.http import Context
from streamspace.server.core.permissions import GroupRole, OrgRole, Role
from streamspace.server.core.settings import Settings
from streamspace.server.gateways.models import Gateway
from streamspace.server.groups import service as groups
from streamspace.server.groups.models import Group
from streamspace.server.keys.models import ApiKey
from streamspace.server.logins.models import Login
from streamspace.server.mfa.models import MfaMethod
from streamspace.server.organizations import service as organizations
from streamspace.server.organizations.models import Organization
from streamspace.server.sessions.models import Connection
from streamspace.server.sso.models import IdentityProvider
from streamspace.server.users.models import User
from tests.server import people
from tests.server.conftest import SECRETS
from tests.server.sessions import rows

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
        uow.db.add_all([_organization(uow, ACME, f"Acme {MARK}"), _organization(uow, RIVAL, "Rival")])
        uow.db.add(agent_row(uow, AGENT))
        address = "http://gateway.test"
        uow.db.add(Gateway(id="gate", public_url=address, agent_url=address, online=True, seen_at=uow.now()))
        uow.note("session.created", "session", f"{MARK}-old", after={"template": "editor"}, org_id=ACME)
    await context.part(Sealer).run()
    return await context.part(Sealer).last()


def _organization(uow: UnitOfWork, org_id: str, name: str) -> Organization:
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
        key, secret = _key(uow, user, scopes=scopes, lifetime=lifetime)
        found.login_id, found.headers = key.id, {"X-API-Key": secret}
    elif kind != "anonymous":
        login = _login(uow, user)
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


def _login(uow: UnitOfWork, user: User) -> Login:
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


def _key(
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


@dataclass
class Things:
    """What a cell's operation is done to, made when it is first named. They belong to a colleague, or to who asks."""

    context: Context
    uow: UnitOfWork
    asking: Someone
    own: bool
    group_role: GroupRole | None
    entry: int = 0
    made: dict[str, Any] = field(default_factory=dict)

    async def get(self, name: str) -> Any:
        """Return a thing by its name."""
        if name not in self.made:
            self.made[name] = await _MAKERS[name](self)
            await self.uow.db.flush()
        return self.made[name]

    async def fill(self, value: Any) -> Any:
        """Put things' attributes where a row names them: `$group.id`."""
        if isinstance(value, dict):
            return {key: await self.fill(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [await self.fill(inner) for inner in value]
        if isinstance(value, str) and value.startswith("$"):
            name, _, attribute = value[1:].partition(".")
            thing = await self.get(name)
            return thing[attribute] if isinstance(thing, dict) else getattr(thing, attribute)
        return value

    async def owner(self) -> User:
        """Return whose things these are."""
        found: User = self.asking.user if self.own else await self.get("person")
        return found

    @property
    def org_id(self) -> str:
        """Where they are."""
        return self.asking.org_id if self.own else ACME


async def _person(things: Things) -> User:
    return await add_person(things.uow, things.org_id)


async def _head(things: Things) -> User:
    """Somebody with every right."""
    return await add_person(things.uow, ACME, role=Role.ADMIN, org_role=OrgRole.ORG_ADMIN)


async def _boss(things: Things) -> User:
    """Somebody who runs the organisation."""
    return await add_person(things.uow, ACME, org_role=OrgRole.ORG_ADMIN)


async def _guest(things: Things) -> User:
    """Somebody who belongs to two organisations."""
    guest = await add_person(things.uow, ACME)
    await organizations.set_member(things.uow, HOUSE, guest.id, OrgRole.VIEWER)
    return guest


async def _colleague(things: Things) -> User:
    """Somebody else, where these things are."""
    return await add_person(things.uow, things.org_id)


async def _stranger(things: Things) -> User:
    """Somebody of the house."""
    return await add_person(things.uow, HOUSE)


async def _itself(things: Things) -> User:
    return things.asking.user


async def _group(things: Things) -> Group:
    name = f"{MARK if things.org_id == ACME else 'any'}-{secrets.token_hex(5)}"
    group = await groups.create_unchecked(things.uow, things.org_id, name=name, display_name=f"Group {name}")
    await things.uow.db.flush()
    await groups.put_member(things.uow, group, (await things.get("person")).id, GroupRole.MEMBER)
    if things.group_role is not None:
        await groups.put_member(things.uow, group, things.asking.user.id, things.group_role)
    return group


async def _api_key(things: Things) -> ApiKey:
    return _key(things.uow, await things.owner(), scopes=["profile:read"])[0]


async def _other_login(things: Things) -> Login:
    return _login(things.uow, await things.owner())


async def _session(things: Things, **more: Any) -> Any:
    owner = await things.owner()
    name = f"{MARK if things.org_id == ACME else 'any'}-session-{secrets.token_hex(5)}"
    actor = people.Actor(id=owner.id, username=owner.username, org_id=things.org_id)
    session = rows.row(things.uow, actor, name, agent_id=AGENT, **more)
    things.uow.db.add(session)
    return session


async def _asleep(things: Things) -> Any:
    return await _session(things, state="hibernated")


async def _connection(things: Things) -> Connection:
    session, owner = await things.get("session"), await things.owner()
    connection = Connection(
        id=ids.uid(),
        session_id=session.id,
        user_id=owner.id,
        username=owner.username,
        login_id=things.asking.login_id,
        role="controller",
        client_ip="",
        user_agent="",
        connected_at=things.uow.now(),
        last_heartbeat=things.uow.now(),
    )
    things.uow.db.add(connection)
    return connection


async def _factor(things: Things, *, confirmed: bool = True) -> MfaMethod:
    key = things.context.settings.secret_key.get_secret_value()
    now = things.uow.now()
    method = MfaMethod(
        id=ids.uid(),
        user_id=(await things.owner()).id,
        type="totp",
        name=f"{MARK} phone" if things.org_id == ACME else "phone",
        secret=auth.seal(key, pyotp.random_base32()),
        transports=[],
        confirmed_at=now if confirmed else None,
        created_at=now,
    )
    things.uow.db.add(method)
    return method


async def _begun_factor(things: Things) -> MfaMethod:
    return await _factor(things, confirmed=False)


async def _provider(things: Things) -> IdentityProvider:
    name = f"{MARK}-{secrets.token_hex(5)}"
    provider = IdentityProvider(
        id=ids.uid(),
        org_id=ACME,
        kind="oidc",
        name=name,
        display_name=f"Provider {name}",
        preset="generic",
        config={
            "issuer": f"https://{MARK}.invalid",
            "client_id": MARK,
            "scopes": ["openid"],
            "groups_claim": "groups",
            "username_claim": "",
        },
        secret=None,
        enabled=True,
        listed=False,
        managed_by="org",
        allowed_domains=[],
        allowed_groups=[],
        group_rules=[],
        default_org_role="user",
        jit=True,
        recheck_minutes=15,
        session_hours=12,
        created_at=things.uow.now(),
        updated_at=things.uow.now(),
    )
    things.uow.db.add(provider)
    return provider


async def _agent_thing(things: Things) -> Agent:
    agent = agent_row(things.uow, f"agent-{secrets.token_hex(5)}")
    agent.online = False
    things.uow.db.add(agent)
    return agent


async def _command(things: Things) -> AgentCommand:
    now = things.uow.now()
    command = AgentCommand(
        id=ids.uid(),
        command_id=ids.uid(),
        agent_id=(await things.get("agent")).agent_id,
        action="start",
        payload={},
        status="completed",
        created_at=now,
        deadline=now,
    )
    things.uow.db.add(command)
    return command


async def _place(things: Things) -> dict[str, Any]:
    """Where these things are."""
    return {"id": things.org_id}


async def _doomed(things: Things) -> dict[str, Any]:
    """An organisation to close: acme for who may not, another for who may."""
    if things.asking.kind != "admin":
        return {"id": ACME}
    org = _organization(things.uow, f"org-{secrets.token_hex(5)}", "Doomed")
    things.uow.db.add(org)
    return {"id": org.id}


async def _entry(things: Things) -> dict[str, Any]:
    return {"seq": str(things.entry)}


async def _fresh(things: Things) -> dict[str, Any]:
    """A name nobody has."""
    name = f"new-{secrets.token_hex(5)}"
    csv = f"username,email,fullName,password\n{name},{name}@test.example,New,{people.PASSWORD}\n"
    return {"name": name, "email": f"{name}@test.example", "csv": csv}


_MAKERS: dict[str, Callable[[Things], Awaitable[Any]]] = {
    "person": _person,
    "head": _head,
    "boss": _boss,
    "guest": _guest,
    "colleague": _colleague,
    "stranger": _stranger,
    "self": _itself,
    "group": _group,
    "key": _api_key,
    "login": _other_login,
    "session": _session,
    "asleep": _asleep,
    "connection": _connection,
    "factor": _factor,
    "begun": _begun_factor,
    "provider": _provider,
    "agent": _agent_thing,
    "command": _command,
    "place": _place,
    "doomed": _doomed,
    "entry": _entry,
    "fresh": _fresh,
}
