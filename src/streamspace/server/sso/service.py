"""What can be done with identity providers, and with who people are to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError

from streamspace.kit import ids
from streamspace.server.core import permissions
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.permissions import Action, Actor, OrgRole, Role, Scope
from streamspace.server.core.settings import Settings
from streamspace.server.logins import service as logins
from streamspace.server.organizations import service as organizations
from streamspace.server.organizations.errors import NoSuchOrganization
from streamspace.server.sso import admission, configuring, queries
from streamspace.server.sso.configuring import Configured
from streamspace.server.sso.errors import (
    BadProvider,
    ManagedByPlatform,
    NoSuchProvider,
    OpenToEverybody,
    ProviderExists,
    SeveralProviders,
)
from streamspace.server.sso.models import Identity, IdentityProvider
from streamspace.server.sso.presets import PRESETS
from streamspace.server.sso.schemas import ProviderFields, ProviderIn, ProviderPatch
from streamspace.server.users import service as users

PLATFORM, OWN = "platform", "org"
_PLAIN = (
    *("display_name", "enabled", "listed", "allowed_domains", "allowed_groups", "default_org_role", "jit"),
    *("trust_mfa", "trust_email", "recheck_minutes", "session_hours"),
)


async def list_providers(uow: UnitOfWork, actor: Actor) -> tuple[Sequence[IdentityProvider], dict[str, int]]:
    """Return the providers the actor may see, and how many people each knows."""
    permissions.require(actor, Action.PROVIDER_MANAGE, owner_id=None, org_id=actor.org_id)
    rows = await queries.listed(uow.db, actor)
    return rows, await queries.people(uow.db, [row.id for row in rows])


async def get(uow: UnitOfWork, actor: Actor, provider_id: str) -> tuple[IdentityProvider, int]:
    """Return one provider, and how many people it knows.

    Raises:
        NoSuchProvider: it is not there for the actor.
    """
    permissions.require(actor, Action.PROVIDER_MANAGE, owner_id=None, org_id=actor.org_id)
    found = await queries.visible(uow.db, actor, provider_id)
    if found is None:
        raise NoSuchProvider
    return found, (await queries.people(uow.db, [found.id])).get(found.id, 0)


async def create(database: Database, settings: Settings, actor: Actor, wanted: ProviderIn) -> IdentityProvider:
    """Make a provider. Asked of the provider itself before the transaction, because it may be slow.

    Raises:
        BadProvider, OpenToEverybody, ProviderExists, NoSuchOrganization.
        BeyondYourRights: it would give rights that the actor lacks.
    """
    everywhere = permissions.scope(actor, Action.PROVIDER_MANAGE) is Scope.ALL
    org_id = wanted.org_id or actor.org_id
    if not everywhere and org_id != actor.org_id:
        raise NoSuchOrganization
    permissions.require(actor, Action.PROVIDER_MANAGE, owner_id=None, org_id=org_id)
    managed_by = PLATFORM if everywhere else OWN
    made = await configuring.configure(
        settings, wanted, kind=wanted.kind, preset=wanted.preset, name=wanted.name, private=everywhere
    )
    async with database.work() as uow:
        if await organizations.get_by_id(uow, org_id) is None:
            raise NoSuchOrganization
        provider = _new(uow, wanted, org_id=org_id, managed_by=managed_by, made=made)
        _check(actor, provider)
        try:
            async with uow.db.begin_nested():
                uow.db.add(provider)
        except IntegrityError:
            raise ProviderExists from None
        uow.note("provider.created", "identity_provider", provider.id, after=facts(provider), org_id=org_id)
    return provider


def _new(uow: UnitOfWork, wanted: ProviderIn, *, org_id: str, managed_by: str, made: Configured) -> IdentityProvider:
    provider = IdentityProvider(
        id=ids.uid(),
        org_id=org_id,
        kind=wanted.kind,
        name=wanted.name,
        display_name=PRESETS[wanted.preset].display_name,
        preset=wanted.preset,
        config=made.config,
        secret=made.secret,
        enabled=True,
        listed=True,
        managed_by=managed_by,
        allowed_domains=[],
        allowed_groups=[],
        group_rules=[],
        default_org_role=OrgRole.USER,
        jit=True,
        trust_mfa=False,
        # A SAML provider is somebody's own, and has no way to say that it verified an address.
        trust_email=wanted.kind == "saml",
        recheck_minutes=15,
        session_hours=12,
        created_at=uow.now(),
        updated_at=uow.now(),
    )
    _take(provider, wanted)
    return provider


def _take(provider: IdentityProvider, wanted: ProviderFields) -> None:
    given = wanted.model_dump(exclude_unset=True, exclude_none=True, mode="json")
    for name in _PLAIN:
        if name in given:
            setattr(provider, name, given[name])
    if "group_rules" in given:
        provider.group_rules = given["group_rules"]


def _check(actor: Actor, provider: IdentityProvider) -> None:
    """Refuse what opens the door to everybody, or gives what the actor could not give by hand."""
    public = PRESETS[provider.preset].public and configuring.is_public(provider.preset, provider.config)
    if public and provider.jit and not provider.allowed_domains and not provider.allowed_groups:
        raise OpenToEverybody
    policy = policy_of(provider)
    if policy.own and any(rule.role is not None for rule in policy.rules):
        raise BadProvider("An organisation's own provider gives no system roles.")
    given = [(Role.USER, policy.default_org_role)] if policy.jit else []
    given += [(rule.role or Role.USER, rule.org_role or policy.default_org_role) for rule in policy.rules]
    for role, org_role in given:
        users.require_grant(actor, role=role, org_role=org_role, org_id=provider.org_id)


async def update(
    database: Database, settings: Settings, actor: Actor, provider_id: str, wanted: ProviderPatch
) -> tuple[IdentityProvider, int]:
    """Change a provider. One that is switched off, or becomes another's, ends the logins it vouched for.

    Raises:
        NoSuchProvider, ManagedByPlatform, BadProvider, OpenToEverybody.
    """
    async with database.work(write=False) as uow:
        provider = await _managed(uow, actor, provider_id)
    made = await configuring.reconfigure(settings, provider, wanted)
    async with database.work() as uow:
        provider = await _managed(uow, actor, provider_id)
        before = facts(provider)
        _take(provider, wanted)
        if made is not None:
            if configuring.authority(provider.config) != configuring.authority(made.config):
                await _forget_people(uow, provider)
            provider.config, provider.secret = made.config, made.secret
        _check(actor, provider)
        if before["enabled"] and not provider.enabled:
            await logins.end_by_provider(uow, provider.id)
        provider.updated_at = uow.now()
        await uow.db.flush()
        uow.note(
            "provider.updated",
            "identity_provider",
            provider.id,
            before=before,
            after=facts(provider),
            org_id=provider.org_id,
        )
        return provider, (await queries.people(uow.db, [provider.id])).get(provider.id, 0)


async def delete(uow: UnitOfWork, actor: Actor, provider_id: str) -> None:
    """Remove a provider; the logins it vouched for end, the people stay."""
    provider = await _managed(uow, actor, provider_id)
    await _forget_people(uow, provider)
    await uow.db.delete(provider)
    await uow.db.flush()
    uow.note("provider.deleted", "identity_provider", provider.id, before=facts(provider), org_id=provider.org_id)


async def _managed(uow: UnitOfWork, actor: Actor, provider_id: str) -> IdentityProvider:
    provider, _ = await get(uow, actor, provider_id)
    permissions.require(actor, Action.PROVIDER_MANAGE, owner_id=None, org_id=provider.org_id)
    if provider.managed_by == PLATFORM and permissions.scope(actor, Action.PROVIDER_MANAGE) is not Scope.ALL:
        raise ManagedByPlatform
    return provider


async def _forget_people(uow: UnitOfWork, provider: IdentityProvider) -> None:
    await logins.end_by_provider(uow, provider.id)
    for identity in await queries.all_identities(uow.db, provider.id):
        await uow.db.delete(identity)
    await uow.db.flush()


def facts(provider: IdentityProvider) -> dict[str, Any]:
    """Return what the record shows of a provider."""
    shown = {name: getattr(provider, name) for name in (*_PLAIN, "name", "kind", "preset", "managed_by", "group_rules")}
    return shown | {"issuer": configuring.authority(provider.config)}


# For the sign-in itself, which nobody has signed in for yet.


def policy_of(provider: IdentityProvider) -> admission.Policy:
    """Return a provider's rules of who may come in."""
    return admission.policy_of(
        org_id=provider.org_id,
        managed_by=provider.managed_by,
        allowed_domains=provider.allowed_domains,
        allowed_groups=provider.allowed_groups,
        group_rules=provider.group_rules,
        default_org_role=provider.default_org_role,
        jit=provider.jit,
    )


async def offered(uow: UnitOfWork) -> Sequence[IdentityProvider]:
    """Return what the sign-in page offers."""
    return await queries.offered(uow.db)


async def open_by_name(uow: UnitOfWork, kind: str, name: str) -> IdentityProvider:
    """Return a provider through which somebody may sign in now.

    Raises:
        NoSuchProvider: there is none, it is off, or its organisation is.
    """
    found = await queries.open_by_name(uow.db, kind, name)
    if found is None:
        raise NoSuchProvider
    return found


async def open_by_id(uow: UnitOfWork, provider_id: str) -> IdentityProvider | None:
    """Return a provider through which somebody may sign in now."""
    return await queries.open_by_id(uow.db, provider_id)


async def only_name(uow: UnitOfWork, kind: str) -> str:
    """Return the name of the only provider of a kind.

    Raises:
        SeveralProviders: there are more, or none.
    """
    names = await queries.names_of_kind(uow.db, kind)
    if len(names) != 1:
        raise SeveralProviders
    return names[0]


async def identity(uow: UnitOfWork, provider_id: str, subject: str) -> Identity | None:
    """Return who a provider's subject is here."""
    return await queries.identity(uow.db, provider_id, subject)


async def identity_of(uow: UnitOfWork, provider_id: str, user_id: str) -> Identity | None:
    """Return who a person is to a provider."""
    return await queries.identity_of(uow.db, provider_id, user_id)


async def standing(uow: UnitOfWork, user_id: str) -> admission.Standing | None:
    """Return what decides whether a provider may vouch for somebody who is here."""
    user = await users.get_by_id(uow, user_id)
    if user is None:
        return None
    places = await organizations.memberships(uow, user_id)
    return admission.Standing(
        user_id=user.id,
        role=Role(user.role),
        provider=user.provider,
        places={place.org_id: OrgRole(place.org_role) for place in places},
        identities=await queries.identities_of(uow.db, user_id),
    )


async def still_vouches(uow: UnitOfWork, provider_id: str, user_id: str) -> bool:
    """Say whether somebody whom a provider sent a moment ago may still come in through it."""
    return (await open_by_id(uow, provider_id)) is not None and (
        await identity_of(uow, provider_id, user_id)
    ) is not None


async def write_identity(
    uow: UnitOfWork, provider: IdentityProvider, user_id: str, subject: str, claims: dict[str, Any]
) -> Identity | None:
    """Write down who somebody is to a provider; None if somebody else did at the same moment."""
    made = Identity(
        id=ids.uid(),
        provider_id=provider.id,
        subject=subject,
        user_id=user_id,
        claims=claims,
        last_checked_at=uow.now(),
        created_at=uow.now(),
    )
    try:
        async with uow.db.begin_nested():
            uow.db.add(made)
    except IntegrityError:
        return None
    uow.note(
        "identity.linked",
        "user",
        user_id,
        after={"provider": provider.name, "subject": subject},
        org_id=provider.org_id,
    )
    return made
