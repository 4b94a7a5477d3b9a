"""What an operation can be done to, made when a row first names it. Things of acme carry its mark."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pyotp
from sqlalchemy import select

from streamspace.kit import ids
from streamspace.server.agents.models import Agent, AgentCommand, JoinToken
from streamspace.server.core import auth
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.http import Context
from streamspace.server.core.permissions import GroupRole, OrgRole, Role
from streamspace.server.groups import service as groups
from streamspace.server.groups.models import Group
from streamspace.server.keys.models import ApiKey
from streamspace.server.logins.models import Login
from streamspace.server.mfa.models import MfaMethod
from streamspace.server.organizations import service as organizations
from streamspace.server.pools.models import WarmPool
from streamspace.server.ratings.models import Rating
from streamspace.server.repositories.models import Repository, RepositorySync
from streamspace.server.sessions.models import Connection
from streamspace.server.shares.models import Share
from streamspace.server.sso.models import IdentityProvider
from streamspace.server.templates import history
from streamspace.server.templates.models import Template, TemplateFavorite, TemplateVersion
from streamspace.server.templates.rules import Status
from streamspace.server.users.models import User
from tests.server import people
from tests.server.matrix.world import (
    ACME,
    AGENT,
    HOUSE,
    MARK,
    Someone,
    add_person,
    agent_row,
    key_row,
    login_row,
    organization_row,
)
from tests.server.sessions import rows


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
    return key_row(things.uow, await things.owner(), scopes=["profile:read"])[0]


async def _other_login(things: Things) -> Login:
    return login_row(things.uow, await things.owner())


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


async def _share(things: Things, token: str | None = None, user: User | None = None) -> Share:
    share = Share(
        id=ids.uid(),
        org_id=things.org_id,
        session_id=(await things.get("session")).id,
        kind="link" if user is None else "user",
        user_id=user.id if user is not None else None,
        hashed=auth.hash_secret(token or secrets.token_hex(8)) if user is None else None,
        permission="control",
        uses=0,
        created_by=(await things.owner()).id,
        created_at=things.uow.now(),
        expires_at=things.uow.now() + timedelta(hours=1),
    )
    await things.uow.db.flush()
    things.uow.db.add(share)
    return share


async def _link(things: Things) -> dict[str, Any]:
    """A link to a session."""
    token = f"ssl_{secrets.token_urlsafe(32)}"
    await _share(things, token)
    return {"token": token}


async def _invitation(things: Things) -> dict[str, Any]:
    """A session that is shared with who asks."""
    await _share(things, user=things.asking.user)
    return {"id": (await things.get("session")).id}


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


async def _join_token(things: Things) -> JoinToken:
    now = things.uow.now()
    token = JoinToken(
        id=ids.uid(),
        token_hash=secrets.token_hex(32),
        uses_left=1,
        created_by="nobody",
        created_at=now,
        expires_at=now + timedelta(hours=1),
    )
    things.uow.db.add(token)
    return token


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
    org = organization_row(things.uow, f"org-{secrets.token_hex(5)}", "Doomed")
    things.uow.db.add(org)
    return {"id": org.id}


async def _entry(things: Things) -> dict[str, Any]:
    return {"seq": str(things.entry)}


async def _fresh(things: Things) -> dict[str, Any]:
    """A name nobody has."""
    name = f"new-{secrets.token_hex(5)}"
    csv = f"username,email,fullName,password\n{name},{name}@test.example,New,{people.PASSWORD}\n"
    return {"name": name, "email": f"{name}@test.example", "csv": csv}


async def _template(things: Things) -> Template:
    """An application that everybody may use."""
    found = await things.uow.db.execute(select(Template).where(Template.org_id.is_(None)).limit(1))
    return found.scalar_one()


async def _own_template(things: Things) -> Template:
    """An application of the organisation's own, with a rating's place."""
    name = f"{MARK if things.org_id == ACME else 'any'}-{secrets.token_hex(5)}"
    manifest = {
        "apiVersion": "stream.space/v1alpha1",
        "kind": "Template",
        "metadata": {"name": name},
        "spec": {"displayName": name, "debian": {"command": ["true"]}},
    }
    now = things.uow.now()
    template = Template(id=ids.uid(), org_id=things.org_id, name=name, source="own", popularity=0, created_at=now)
    template.version, template.revision, template.retired, template.updated_at = "1.0.0", 1, False, now
    history.fill(template, history.from_stored(manifest))
    things.uow.db.add(template)
    await things.uow.db.flush()
    await history.record(things.uow, template, history.from_stored(manifest), [], version="1.0.0")
    return template


async def _draft_version(things: Things) -> TemplateVersion:
    """A version that nobody has yet."""
    template = await things.get("own_template")
    said = history.from_stored(template.manifest)
    return await history.record(things.uow, template, said, [], version="2.0.0", status=Status.DRAFT)


async def _favorite(things: Things) -> Template:
    """An application that who asks likes."""
    template: Template = await things.get("template")
    at = things.uow.now()
    things.uow.db.add(TemplateFavorite(user_id=things.asking.user.id, template_id=template.id, created_at=at))
    return template


async def _rating(things: Things) -> Rating:
    template, owner, now = await things.get("own_template"), await things.owner(), things.uow.now()
    rating = Rating(
        id=ids.uid(),
        kind="template",
        subject_id=template.id,
        org_id=things.org_id,
        user_id=owner.id,
        rating=3,
        review=MARK if things.org_id == ACME else "",
        created_at=now,
        updated_at=now,
    )
    things.uow.db.add(rating)
    return rating


async def _pool(things: Things) -> WarmPool:
    template = await things.get("template")
    pool = WarmPool(
        id=ids.uid(),
        org_id=things.org_id,
        template_id=template.id,
        template_name=template.name,
        size=0,
        cpu_millicores=1000,
        memory_bytes=1024**3,
        max_age_seconds=3600,
        failures=0,
        problem=MARK if things.org_id == ACME else None,
        created_by=(await things.owner()).id,
        created_at=things.uow.now(),
        updated_at=things.uow.now(),
    )
    things.uow.db.add(pool)
    return pool


async def _repository(things: Things) -> SimpleNamespace:
    repository = Repository(
        org_id=things.org_id,
        name=f"{MARK if things.org_id == ACME else 'other'} {ids.uid()}",
        description="",
        transport="git",
        kind="template",
        url="https://git.example.org/t.git",
        branch="main",
        folder="",
        auth_kind="none",
        enabled=False,
        review=True,
        interval_seconds=0,
        status="pending",
        revision="",
        seen="",
        etag="",
        template_count=0,
        failures=0,
        created_at=things.uow.now(),
        updated_at=things.uow.now(),
    )
    things.uow.db.add(repository)
    await things.uow.db.flush()
    things.uow.db.add(
        RepositorySync(
            repository_id=repository.id,
            number=1,
            cause="manual",
            dry_run=False,
            force=False,
            status="review",
            revision="",
            etag="",
            counts={},
            log=[],
            files=[],
            staged=[],
            created_at=things.uow.now(),
        )
    )
    return SimpleNamespace(id=str(repository.id))


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
    "share": _share,
    "link": _link,
    "invitation": _invitation,
    "factor": _factor,
    "pool": _pool,
    "repository": _repository,
    "template": _template,
    "own_template": _own_template,
    "draft_version": _draft_version,
    "favorite": _favorite,
    "rating": _rating,
    "begun": _begun_factor,
    "provider": _provider,
    "agent": _agent_thing,
    "token": _join_token,
    "command": _command,
    "place": _place,
    "doomed": _doomed,
    "entry": _entry,
    "fresh": _fresh,
}
