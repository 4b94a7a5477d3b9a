from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, false, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.core import permissions
from streamspace.server.core.permissions import Action, Actor, Scope
from streamspace.server.logins.models import Login
from streamspace.server.organizations.models import Organization
from streamspace.server.sso.models import Identity, IdentityProvider


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The one place that says which providers somebody sees."""
    reach = permissions.scope(actor, Action.PROVIDER_MANAGE)
    if reach is Scope.ALL:
        return IdentityProvider.id.is_not(None)
    return IdentityProvider.org_id == actor.org_id if reach is Scope.ORG else false()


async def listed(db: AsyncSession, actor: Actor) -> Sequence[IdentityProvider]:
    found = select(IdentityProvider).where(visible_to(actor)).order_by(IdentityProvider.name).limit(500)
    return (await db.execute(found)).scalars().all()


async def visible(db: AsyncSession, actor: Actor, provider_id: str) -> IdentityProvider | None:
    found = select(IdentityProvider).where(visible_to(actor), IdentityProvider.id == provider_id)
    return (await db.execute(found)).scalar_one_or_none()


def _open() -> ColumnElement[bool]:
    active = select(Organization.id).where(Organization.status == "active")
    return IdentityProvider.enabled.is_(True) & IdentityProvider.org_id.in_(active)


async def offered(db: AsyncSession) -> Sequence[IdentityProvider]:
    found = (
        select(IdentityProvider)
        .where(_open(), IdentityProvider.listed.is_(True))
        .order_by(IdentityProvider.display_name, IdentityProvider.name)
        .limit(50)
    )
    return (await db.execute(found)).scalars().all()


async def open_by_name(db: AsyncSession, kind: str, name: str) -> IdentityProvider | None:
    mine = (IdentityProvider.kind == kind, IdentityProvider.name == name)
    return (await db.execute(select(IdentityProvider).where(_open(), *mine))).scalar_one_or_none()


async def open_by_id(db: AsyncSession, provider_id: str) -> IdentityProvider | None:
    found = select(IdentityProvider).where(_open(), IdentityProvider.id == provider_id)
    return (await db.execute(found)).scalar_one_or_none()


async def names_of_kind(db: AsyncSession, kind: str) -> Sequence[str]:
    found = select(IdentityProvider.name).where(_open(), IdentityProvider.kind == kind).limit(2)
    return (await db.execute(found)).scalars().all()


async def people(db: AsyncSession, provider_ids: Sequence[str]) -> dict[str, int]:
    found = (
        select(Identity.provider_id, func.count())
        .where(Identity.provider_id.in_(provider_ids))
        .group_by(Identity.provider_id)
    )
    return {row[0]: row[1] for row in await db.execute(found)}


async def identity(db: AsyncSession, provider_id: str, subject: str) -> Identity | None:
    mine = (Identity.provider_id == provider_id, Identity.subject == subject)
    return (await db.execute(select(Identity).where(*mine))).scalar_one_or_none()


async def identity_of(db: AsyncSession, provider_id: str, user_id: str) -> Identity | None:
    mine = (Identity.provider_id == provider_id, Identity.user_id == user_id)
    return (await db.execute(select(Identity).where(*mine))).scalar_one_or_none()


async def identities_of(db: AsyncSession, user_id: str) -> int:
    found = await db.execute(select(func.count()).select_from(Identity).where(Identity.user_id == user_id))
    return found.scalar_one()


async def all_identities(db: AsyncSession, provider_id: str) -> Sequence[Identity]:
    return (await db.execute(select(Identity).where(Identity.provider_id == provider_id))).scalars().all()


async def with_logins(db: AsyncSession, now: datetime) -> Sequence[tuple[Identity, IdentityProvider]]:
    """People who are signed in through a provider, the longest unasked first."""
    signed_in = (
        select(Login.id)
        .where(
            Login.provider_id == Identity.provider_id,
            Login.user_id == Identity.user_id,
            Login.revoked_at.is_(None),
            Login.expires_at > now,
        )
        .exists()
    )
    found = (
        select(Identity, IdentityProvider)
        .join(IdentityProvider, IdentityProvider.id == Identity.provider_id)
        .where(signed_in)
        .order_by(Identity.last_checked_at)
        .limit(2000)
    )
    return [(row[0], row[1]) for row in await db.execute(found)]


async def saml_with_metadata_url(db: AsyncSession) -> Sequence[IdentityProvider]:
    found = select(IdentityProvider).where(IdentityProvider.kind == "saml", IdentityProvider.enabled.is_(True))
    rows = (await db.execute(found)).scalars().all()
    return [row for row in rows if row.config.get("metadata_url")]
