"""Somebody comes back from a provider: who are they here, and with what rights? Then a login."""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import dataclass, field
from typing import Any

import structlog

from streamspace.server.core import auth
from streamspace.server.core.attempts import Attempts
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.errors import Problem, TooMany
from streamspace.server.core.permissions import GroupRole, OrgRole, Role
from streamspace.server.core.settings import Settings
from streamspace.server.core.trail import current_origin
from streamspace.server.groups import service as groups
from streamspace.server.groups.errors import GroupExists
from streamspace.server.groups.models import Group
from streamspace.server.logins import signin
from streamspace.server.logins.service import Issued
from streamspace.server.logins.signin import From
from streamspace.server.organizations import service as organizations
from streamspace.server.organizations.errors import LastAdministrator
from streamspace.server.sso import service
from streamspace.server.sso.admission import Admitted, External, Grants, admit
from streamspace.server.sso.directory import Directory
from streamspace.server.sso.errors import AccountElsewhere, NotAdmitted, SsoRefused
from streamspace.server.sso.models import IdentityProvider
from streamspace.server.users import service as users
from streamspace.server.users.errors import EmailTaken, LastSystemAdministrator, UsernameTaken
from streamspace.server.users.models import User

log = structlog.get_logger(__name__)

_EMAIL = re.compile(r"[^@\s\"<>(),;:\\]{1,64}@[^@\s\"<>(),;:\\]{1,189}")
_KEPT_GROUPS = 200


@dataclass(slots=True)
class Desk:
    """What sign-ins share while the program runs: what is known of providers, and bounds on what strangers cost."""

    directory: Directory = field(default_factory=Directory)
    verifying: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(4))
    """Each verification of a SAML response is a program of its own."""
    refusals: Attempts = field(default_factory=lambda: Attempts(30))
    """Refusals that are written to the audit log, a minute and address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Vouching:
    """How a provider vouched."""

    method: str
    session: str | None = None
    refresh_token: str | None = field(default=None, repr=False)
    claims: dict[str, Any] = field(default_factory=dict)
    """What must be known at sign-out."""


async def enter(
    uow: UnitOfWork,
    settings: Settings,
    provider: IdentityProvider,
    person: External,
    vouching: Vouching,
    source: From,
) -> Issued:
    """Open a login for somebody a provider vouched for, making them here if its rules say so.

    Raises:
        NotAdmitted, EmailNotVerified, AccountElsewhere: they may not come in.
        Deactivated, OrganizationSuspended, MfaRequired: as for passwords.
    """
    user = await receive(uow, settings, provider, person, vouching)
    return await signin.admit(
        uow,
        settings,
        user,
        method=vouching.method,
        source=source,
        has_factor=provider.trust_mfa,
        org_id=provider.org_id,
        provider_id=provider.id,
        provider_session=vouching.session,
        bound_to_org=provider.managed_by != service.PLATFORM,
    )


async def receive(
    uow: UnitOfWork, settings: Settings, provider: IdentityProvider, person: External, vouching: Vouching
) -> User:
    """Return who somebody is here, up to date with what the provider says."""
    decided = await _decide(uow, provider, person)
    user = await _user(uow, provider, person, decided, vouching.method)
    identity = await service.identity(uow, provider.id, person.subject)
    if identity is None:
        identity = await service.write_identity(uow, provider, user.id, person.subject, {})
        if identity is None:
            raise SsoRefused("Somebody signed in as the same person at the same moment.")
    identity.claims = {
        **{name: vouching.claims[name] for name in vouching.claims},
        "email": person.email,
        "name": person.full_name,
        "groups": sorted(person.groups)[:_KEPT_GROUPS],
    }
    identity.last_checked_at = uow.now()
    if vouching.refresh_token is not None:
        identity.refresh_token = auth.seal(settings.secret_key.get_secret_value(), vouching.refresh_token)
    await uow.db.flush()
    await apply(uow, provider, user, decided.grants)
    return user


async def _decide(uow: UnitOfWork, provider: IdentityProvider, person: External) -> Admitted:
    identity = await service.identity(uow, provider.id, person.subject)
    known = await service.standing(uow, identity.user_id) if identity is not None else None
    same = None
    if known is None and person.email and person.email_verified:
        found = await users.find_by_email(uow, person.email)
        same = await service.standing(uow, found.id) if found is not None else None
    return admit(service.policy_of(provider), person, known=known, same_email=same)


async def _user(uow: UnitOfWork, provider: IdentityProvider, person: External, decided: Admitted, method: str) -> User:
    if decided.user_id is not None:
        user = await users.get_by_id(uow, decided.user_id)
        if user is None:
            raise NotAdmitted
        return user
    # An address that nobody verified is not written down: it would keep its owner out.
    email = person.email if person.email_verified and _EMAIL.fullmatch(person.email) else ""
    try:
        return await users.create(
            uow,
            username=await users.free_username(uow, person.username or person.email or person.full_name),
            role=Role.USER,
            org_role=decided.grants.org_role or OrgRole(provider.default_org_role),
            email=email,
            full_name=person.full_name,
            org_id=provider.org_id,
            provider=method,
        )
    except EmailTaken:
        raise AccountElsewhere from None
    except UsernameTaken:
        raise SsoRefused("Somebody took the user name at the same moment.") from None


async def apply(uow: UnitOfWork, provider: IdentityProvider, user: User, grants: Grants) -> None:
    """Give what the provider's groups give, and take what they no longer give, where rules speak of it."""
    if grants.org_role is not None:
        place = await organizations.membership(uow, provider.org_id, user.id)
        if place is not None and place.org_role != grants.org_role:
            # Nobody could administer the organisation any more: then the old role stays.
            with contextlib.suppress(LastAdministrator):
                await organizations.set_member(uow, provider.org_id, user.id, grants.org_role)
    if grants.role is not None and user.role != grants.role:
        with contextlib.suppress(LastSystemAdministrator):
            await users.set_role(uow, user, grants.role)
    mine = {group.name: group for group in await groups.of_user(uow, provider.org_id, user.id)}
    for name in sorted(grants.managed_groups):
        if name in mine and name not in grants.groups:
            await groups.drop_member(uow, mine[name], user.id)
        elif name in grants.groups and name not in mine:
            group = await _group(uow, provider.org_id, name)
            await groups.put_member(uow, group, user.id, GroupRole.MEMBER)


async def _group(uow: UnitOfWork, org_id: str, name: str) -> Group:
    found = await groups.by_name(uow, org_id, name)
    if found is not None:
        return found
    try:
        return await groups.create_unchecked(uow, org_id, name=name, display_name=name)
    except GroupExists:
        raise SsoRefused("Somebody made the group at the same moment.") from None


async def refused(database: Database, desk: Desk, provider: IdentityProvider, problem: Problem, source: From) -> None:
    """Write down that a provider's word was not enough; the person is told less."""
    log.info("sso_refused", provider=provider.name, code=problem.code, reason=problem.message)
    # The browser is sent to the sign-in page, which must not look in the audit log as if all had gone well.
    current_origin().noted.add("ok")
    try:
        with desk.refusals.one(f"sso:{source.ip}", f"sso-ip:{source.ip}"):
            pass
    except TooMany:
        return  # the log line above is enough of somebody who tries without end
    async with database.work() as uow:
        uow.note(
            "login.refused",
            "identity_provider",
            provider.id,
            after={"provider": provider.name, "reason": problem.message},
            org_id=provider.org_id,
            outcome="denied",
            code=problem.code,
        )
