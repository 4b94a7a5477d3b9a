from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Result, Row, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.core.permissions import Actor
from streamspace.server.organizations.models import Membership, Organization
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.rules import ENDED
from streamspace.server.shares.models import Share, ShareUse
from streamspace.server.users.models import User

MOST_SHOWN = 500


def _open(now: datetime) -> ColumnElement[bool]:
    return and_(Share.closed_at.is_(None), Share.expires_at > now)


def _for(actor: Actor) -> ColumnElement[bool]:
    """The one place that says which shares let somebody in: invitations to them, and links they opened."""
    opened = select(ShareUse.share_id).where(ShareUse.user_id == actor.id)
    return and_(Share.org_id == actor.org_id, or_(Share.user_id == actor.id, Share.id.in_(opened)))


async def of_session(db: AsyncSession, session_id: str) -> Sequence[Row[Any]]:
    found: Result[Any] = await db.execute(
        select(Share, User.username)
        .outerjoin(User, User.id == Share.user_id)
        .where(Share.session_id == session_id)
        .order_by(Share.created_at.desc(), Share.id)
        .limit(MOST_SHOWN)
    )
    return found.all()


async def count_open(db: AsyncSession, session_id: str, now: datetime) -> int:
    asked = select(func.count()).select_from(Share).where(Share.session_id == session_id, _open(now))
    return (await db.execute(asked)).scalar_one()


async def of_session_by_id(db: AsyncSession, session_id: str, share_id: str) -> Share | None:
    asked = select(Share).where(Share.id == share_id, Share.session_id == session_id).with_for_update()
    return (await db.execute(asked)).scalar_one_or_none()


async def by_token(db: AsyncSession, hashed: str, now: datetime) -> tuple[Share, Session] | None:
    """Held, so that two who open a link at once do not both take its last use."""
    asked = (
        select(Share, Session)
        .join(Session, Session.id == Share.session_id)
        .where(Share.hashed == hashed, _open(now), Session.state.not_in(ENDED))
        .with_for_update(of=Share)
    )
    found: Result[Any] = await db.execute(asked)
    row = found.one_or_none()
    return (row.Share, row.Session) if row is not None else None


async def by_any_token(db: AsyncSession, hashed: str) -> Row[Any] | None:
    """A link, its session and their organisation, whatever became of them."""
    asked = (
        select(Share, Session, Organization)
        .join(Session, Session.id == Share.session_id)
        .join(Organization, Organization.id == Share.org_id)
        .where(Share.hashed == hashed)
    )
    found: Result[Any] = await db.execute(asked)
    return found.one_or_none()


async def invitees(db: AsyncSession, org_id: str, owner_id: str, text: str, limit: int) -> Sequence[Row[Any]]:
    """People of an organisation who have this in their name, without the session's owner."""
    named = or_(*(func.lower(column).contains(text, autoescape=True) for column in (User.username, User.full_name)))
    found: Result[Any] = await db.execute(
        select(User.id, User.username, User.full_name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.org_id == org_id, User.active.is_(True), User.id != owner_id, named)
        .order_by(User.username)
        .limit(limit)
    )
    return found.all()


async def open_for(db: AsyncSession, actor: Actor, now: datetime, session_id: str | None = None) -> Sequence[Row[Any]]:
    """Each session that is shared with somebody and has not ended, with the share; perhaps several of one session."""
    where = [_for(actor), _open(now), Session.state.not_in(ENDED), Session.org_id == actor.org_id]
    if session_id is not None:
        where.append(Share.session_id == session_id)
    asked = select(Share, Session).join(Session, Session.id == Share.session_id).where(*where)
    found: Result[Any] = await db.execute(asked.order_by(Share.created_at.desc(), Share.id).limit(MOST_SHOWN))
    return found.all()


async def any_expired(db: AsyncSession, now: datetime) -> bool:
    asked = select(Share.id).where(Share.closed_at.is_(None), Share.expires_at <= now).limit(1)
    return (await db.execute(asked)).first() is not None


async def expired(db: AsyncSession, now: datetime) -> Sequence[Row[Any]]:
    """Held, with the owners of their sessions."""
    asked = (
        select(Share, Session.user_id.label("owner_id"))
        .join(Session, Session.id == Share.session_id)
        .where(Share.closed_at.is_(None), Share.expires_at <= now)
        .order_by(Share.id)
        .limit(200)
        .with_for_update(of=Share)
    )
    found: Result[Any] = await db.execute(asked)
    return found.all()


async def users_of(db: AsyncSession, share_id: str) -> Sequence[str]:
    return (await db.execute(select(ShareUse.user_id).where(ShareUse.share_id == share_id))).scalars().all()
