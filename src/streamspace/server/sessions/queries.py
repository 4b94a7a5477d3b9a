from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, delete, false, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.agents.placement import Load
from streamspace.server.core import permissions
from streamspace.server.core.permissions import Action, Actor, Scope
from streamspace.server.limits.rules import Amount
from streamspace.server.organizations.models import Membership, Organization
from streamspace.server.sessions.models import Connection, Session, SessionTag
from streamspace.server.sessions.rules import ACTIVE, BUSY, ENDED, State
from streamspace.server.sessions.schemas import Filter
from streamspace.server.users.models import User

SHOWN = tuple(
    c for c in Session.__table__.columns if c.name not in {"manifest", "placement", "idempotency_key", "warned_at"}
)
_SHOWN = select(*SHOWN)
UNCOUNTED = (State.HIBERNATED, State.TERMINATED, State.FAILED)
"""What takes nothing from anybody's limits."""
_USAGE = (
    func.count(),
    func.coalesce(func.sum(Session.cpu_millicores), 0),
    func.coalesce(func.sum(Session.memory_bytes), 0),
)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The one place that says which sessions somebody sees."""
    reach = permissions.scope(actor, Action.SESSION_VIEW)
    if reach is Scope.ALL:
        return Session.id.is_not(None)
    if reach is Scope.ORG:
        return Session.org_id == actor.org_id
    if reach is Scope.OWN:
        return (Session.user_id == actor.id) & (Session.org_id == actor.org_id)
    return false()


def matching(actor: Actor, wanted: Filter) -> list[ColumnElement[bool]]:
    """What the actor sees of what is wanted, made once for a page and its count: making it costs as much as asking."""
    where: list[ColumnElement[bool]] = (
        [] if permissions.scope(actor, Action.SESSION_VIEW) is Scope.ALL else [visible_to(actor)]
    )
    if wanted.user_id is not None:
        where.append(Session.user_id == wanted.user_id)
    if wanted.states:
        where.append(Session.state.in_(wanted.states))
    if wanted.template is not None:
        where.append(Session.template_name == wanted.template)
    if wanted.tags:
        tagged = select(SessionTag.session_id).where(SessionTag.tag.in_(wanted.tags))
        if not wanted.any_tag:
            tagged = tagged.group_by(SessionTag.session_id).having(func.count() == len(set(wanted.tags)))
        where.append(Session.id.in_(tagged))
    return where


async def page(
    db: AsyncSession, where: Sequence[ColumnElement[bool]], limit: int, after: tuple[datetime, str] | None
) -> Sequence[Row[Any]]:
    """Newest first; one more row than asked for says that there is another page."""
    further = [tuple_(Session.created_at, Session.id) < after] if after is not None else []
    found = await db.execute(
        _SHOWN.where(*where, *further).order_by(Session.created_at.desc(), Session.id.desc()).limit(limit + 1)
    )
    return found.all()


async def count(db: AsyncSession, where: Sequence[ColumnElement[bool]]) -> int:
    return (await db.execute(select(func.count()).select_from(Session).where(*where))).scalar_one()


async def shown(db: AsyncSession, actor: Actor, session_id: str) -> Row[Any] | None:
    found = await db.execute(_SHOWN.where(Session.id == session_id, visible_to(actor)))
    return found.one_or_none()


async def visible(db: AsyncSession, actor: Actor, session_id: str) -> Session | None:
    found = await db.execute(select(Session).where(Session.id == session_id, visible_to(actor)).with_for_update())
    return found.scalar_one_or_none()


async def locked(db: AsyncSession, session_id: str) -> Session | None:
    found = await db.execute(select(Session).where(Session.id == session_id).with_for_update())
    return found.scalar_one_or_none()


async def by_key(db: AsyncSession, user_id: str, key: str) -> Session | None:
    found = await db.execute(select(Session).where(Session.user_id == user_id, Session.idempotency_key == key))
    return found.scalar_one_or_none()


async def loads(db: AsyncSession) -> dict[str, Load]:
    """What is promised on each agent, in one statement."""
    found = await db.execute(
        select(
            Session.agent_id,
            func.count(),
            func.coalesce(func.sum(Session.cpu_millicores), 0),
            func.coalesce(func.sum(Session.memory_bytes), 0),
        )
        .where(Session.state.in_(ACTIVE))
        .group_by(Session.agent_id)
    )
    return {agent: Load(sessions, int(cpu), int(memory)) for agent, sessions, cpu, memory in found}


async def usage(db: AsyncSession, org_id: str, user_ids: Collection[str] | None = None) -> Amount:
    """What sessions that are not asleep or ended use: of these people, or of everybody in the organisation."""
    where: list[ColumnElement[bool]] = [Session.org_id == org_id, Session.state.not_in(UNCOUNTED)]
    if user_ids is not None:
        where.append(Session.user_id.in_(user_ids))
    found = await db.execute(select(*_USAGE).where(*where))
    sessions, cpu, memory = found.one()
    return Amount(sessions, int(cpu), int(memory))


async def usage_by_user(db: AsyncSession, org_id: str, user_ids: Collection[str]) -> dict[str, Amount]:
    found = await db.execute(
        select(Session.user_id, *_USAGE)
        .where(Session.org_id == org_id, Session.state.not_in(UNCOUNTED), Session.user_id.in_(user_ids))
        .group_by(Session.user_id)
    )
    return {user_id: Amount(sessions, int(cpu), int(memory)) for user_id, sessions, cpu, memory in found}


async def left_behind(db: AsyncSession, limit: int, *, hold: bool) -> Sequence[tuple[Session, str]]:
    """Sessions that are not ending whose person may have none there, and why."""
    reason = case(
        (User.active.is_(False), "user_deactivated"),
        (Organization.status != "active", "organization_closed"),
        else_="left_organization",
    )
    asked = (
        select(Session, reason)
        .join(User, User.id == Session.user_id)
        .join(Organization, Organization.id == Session.org_id)
        .outerjoin(Membership, and_(Membership.org_id == Session.org_id, Membership.user_id == Session.user_id))
        .where(
            Session.state.not_in((*ENDED, State.TERMINATING)),
            or_(User.active.is_(False), Organization.status != "active", Membership.user_id.is_(None)),
        )
        .limit(limit)
    )
    found = await db.execute(asked.with_for_update(of=Session) if hold else asked)
    return [(session, why) for session, why in found]


async def on_agent(db: AsyncSession, agent_id: str) -> Sequence[Session]:
    found = await db.execute(
        select(Session).where(Session.agent_id == agent_id, Session.state.in_(ACTIVE)).with_for_update()
    )
    return found.scalars().all()


async def by_ids(db: AsyncSession, session_ids: list[str]) -> Sequence[Session]:
    return (await db.execute(select(Session).where(Session.id.in_(session_ids)))).scalars().all()


async def connections(db: AsyncSession, session_id: str) -> Sequence[Connection]:
    found = await db.execute(
        select(Connection).where(Connection.session_id == session_id).order_by(Connection.connected_at)
    )
    return found.scalars().all()


async def count_connections(db: AsyncSession, session_id: str) -> int:
    found = await db.execute(select(func.count()).select_from(Connection).where(Connection.session_id == session_id))
    return found.scalar_one()


async def silent_connections(db: AsyncSession, before: datetime, long_before: datetime) -> Sequence[Connection]:
    """Those whose heartbeats stopped and whose gateway has no stream open, or has not been heard of for long."""
    silent = (Connection.last_heartbeat < before) & (Connection.open_streams == 0)
    found = await db.execute(select(Connection).where(silent | (Connection.last_heartbeat < long_before)).limit(500))
    return found.scalars().all()


async def forget_streams(db: AsyncSession, gateway_id: str) -> None:
    await db.execute(update(Connection).where(Connection.gateway_id == gateway_id).values(open_streams=0))


async def drop_connections(db: AsyncSession, session_id: str) -> None:
    await db.execute(delete(Connection).where(Connection.session_id == session_id))


async def drop_tags(db: AsyncSession, session_id: str) -> None:
    await db.execute(delete(SessionTag).where(SessionTag.session_id == session_id))


async def stuck(db: AsyncSession, before: datetime) -> Sequence[Session]:
    """Sessions that should be on the move and have not changed for a while."""
    found = await db.execute(
        select(Session).where(Session.state.in_(BUSY), Session.updated_at < before).limit(200).with_for_update()
    )
    return found.scalars().all()


async def with_deadlines(db: AsyncSession) -> Sequence[Session]:
    found = await db.execute(
        select(Session).where(
            Session.state.in_([State.RUNNING, State.HIBERNATED]),
            or_(Session.idle_seconds.is_not(None), Session.max_seconds.is_not(None)),
        )
    )
    return found.scalars().all()
