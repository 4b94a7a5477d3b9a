from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Result, Row, and_, case, delete, false, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.agents.models import Agent
from streamspace.server.agents.placement import Load
from streamspace.server.core import permissions
from streamspace.server.core.db import Instant
from streamspace.server.core.permissions import Action, Actor, Scope
from streamspace.server.limits.rules import Amount
from streamspace.server.organizations.models import Membership, Organization
from streamspace.server.sessions.models import Connection, Session, SessionEvent, SessionTag
from streamspace.server.sessions.rules import ACTIVE, BUSY, ENDED, State
from streamspace.server.sessions.schemas import Filter
from streamspace.server.users.models import User

_UNSHOWN = {
    "manifest",
    "placement",
    "strategy",
    "idempotency_key",
    "warned_at",
    "warned_seconds",
    "event_count",
    "sealed_environment",
}
SHOWN = tuple(c for c in Session.__table__.columns if c.name not in _UNSHOWN)
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
    if wanted.agent_id is not None:
        where.append(Session.agent_id == wanted.agent_id)
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


async def seen(db: AsyncSession, actor: Actor, session_id: str) -> Session | None:
    """As `visible`, for who changes nothing."""
    found = await db.execute(select(Session).where(Session.id == session_id, visible_to(actor)))
    return found.scalar_one_or_none()


async def locked(db: AsyncSession, session_id: str) -> Session | None:
    found = await db.execute(select(Session).where(Session.id == session_id).with_for_update())
    return found.scalar_one_or_none()


async def by_key(db: AsyncSession, user_id: str, key: str) -> Session | None:
    found = await db.execute(select(Session).where(Session.user_id == user_id, Session.idempotency_key == key))
    return found.scalar_one_or_none()


async def loads(db: AsyncSession, *, agent_id: str | None = None, without: str | None = None) -> dict[str, Load]:
    """What is promised on each agent, or one of them, in one statement; a session may be left out."""
    where: list[ColumnElement[bool]] = [Session.state.in_(ACTIVE)]
    if agent_id is not None:
        where.append(Session.agent_id == agent_id)
    if without is not None:
        where.append(Session.id != without)
    found = await db.execute(
        select(
            Session.agent_id,
            func.count(),
            func.coalesce(func.sum(Session.cpu_millicores), 0),
            func.coalesce(func.sum(Session.memory_bytes), 0),
        )
        .where(*where)
        .group_by(Session.agent_id)
    )
    return {agent: Load(sessions, int(cpu), int(memory)) for agent, sessions, cpu, memory in found}


async def asleep(db: AsyncSession, *, agent_id: str | None = None) -> dict[str, int]:
    """How many sessions sleep on each agent, or one of them."""
    where: list[ColumnElement[bool]] = [Session.state == State.HIBERNATED]
    if agent_id is not None:
        where.append(Session.agent_id == agent_id)
    found = await db.execute(select(Session.agent_id, func.count()).where(*where).group_by(Session.agent_id))
    return {agent: number for agent, number in found}  # noqa: C416 - rows are no pairs to mypy


async def known_ends(db: AsyncSession, agent_ids: Collection[str]) -> dict[str, list[tuple[datetime, Load]]]:
    """When the sessions on these agents reach their longest duration, and what each holds."""
    began = func.coalesce(Session.started_at, Session.created_at, type_=Instant())
    found = await db.execute(
        select(Session.agent_id, began, Session.max_seconds, Session.cpu_millicores, Session.memory_bytes).where(
            Session.state.in_(ACTIVE), Session.agent_id.in_(agent_ids), Session.max_seconds.is_not(None)
        )
    )
    ends: dict[str, list[tuple[datetime, Load]]] = {}
    for agent_id, at, seconds, cpu, memory in found:
        ends.setdefault(agent_id, []).append((at + timedelta(seconds=seconds or 0), Load(1, cpu, memory)))
    return ends


async def with_home(db: AsyncSession, org_id: str, user_id: str) -> Sequence[Session]:
    """The sessions of a person that run and write to a home that stays."""
    asked = select(Session).where(Session.org_id == org_id, Session.user_id == user_id, Session.persistent_home)
    return (await db.execute(asked.where(Session.state == State.RUNNING).with_for_update())).scalars().all()


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
        select(Session)
        .where(Session.agent_id == agent_id, Session.state.in_(ACTIVE))
        .order_by(Session.id)
        .with_for_update()
    )
    return found.scalars().all()


async def by_ids(db: AsyncSession, session_ids: Collection[str], *, hold: bool = False) -> Sequence[Session]:
    """Held in one order, so that two who hold several never wait for each other."""
    asked = select(Session).where(Session.id.in_(session_ids)).order_by(Session.id)
    return (await db.execute(asked.with_for_update() if hold else asked)).scalars().all()


async def queued(db: AsyncSession, agent_id: str, session_ids: Collection[str]) -> Sequence[Session]:
    """Those with a place in an agent's queue, and these."""
    found = await db.execute(
        select(Session)
        .where(
            Session.agent_id == agent_id,
            Session.state.in_((State.PENDING, State.WAKING)),
            or_(Session.queue_position.is_not(None), Session.id.in_(session_ids)),
        )
        .order_by(Session.id)
        .with_for_update()
    )
    return found.scalars().all()


async def anybody_queued(db: AsyncSession, agent_id: str) -> bool:
    asked = select(Session.id).where(Session.agent_id == agent_id, Session.queue_position.is_not(None)).limit(1)
    return (await db.execute(asked)).first() is not None


async def due_again(db: AsyncSession, now: datetime) -> Sequence[str]:
    """Sessions whose next attempt at a start is due."""
    asked = select(Session.id).where(Session.state == State.PENDING, Session.retry_at <= now)
    return (await db.execute(asked.order_by(Session.retry_at).limit(100))).scalars().all()


async def due_wakes(db: AsyncSession, now: datetime) -> Sequence[str]:
    """Sessions that wake up and whose next attempt at it is due."""
    asked = select(Session.id).where(Session.state == State.WAKING, Session.retry_at <= now)
    return (await db.execute(asked.order_by(Session.retry_at).limit(100))).scalars().all()


async def abandoned(db: AsyncSession, before: datetime) -> Sequence[str]:
    """Sessions that should start on agents which went away before this."""
    asked = (
        select(Session.id)
        .join(Agent, Agent.agent_id == Session.agent_id)
        .where(
            Session.state.in_((State.PENDING, State.STARTING)),
            Session.retry_at.is_(None),
            Agent.online.is_(False),
            or_(Agent.last_heartbeat.is_(None), Agent.last_heartbeat < before),
        )
        .limit(100)
    )
    return (await db.execute(asked)).scalars().all()


async def events(db: AsyncSession, session_id: str) -> Sequence[SessionEvent]:
    found = await db.execute(
        select(SessionEvent).where(SessionEvent.session_id == session_id).order_by(SessionEvent.number)
    )
    return found.scalars().all()


async def drop_events(db: AsyncSession, session_id: str, up_to: int) -> None:
    await db.execute(delete(SessionEvent).where(SessionEvent.session_id == session_id, SessionEvent.number <= up_to))


async def drop_oldest_events(db: AsyncSession, session_id: str, kinds: Collection[str], *, keep: int) -> None:
    """Delete all but the newest of these kinds."""
    of_kind = [SessionEvent.session_id == session_id, SessionEvent.kind.in_(kinds)]
    newest = select(SessionEvent.number).where(*of_kind).order_by(SessionEvent.number.desc())
    last = (await db.execute(newest.offset(keep).limit(1))).scalar_one_or_none()
    if last is not None:
        await db.execute(delete(SessionEvent).where(*of_kind, SessionEvent.number <= last))


async def placement(db: AsyncSession, actor: Actor, session_id: str) -> Row[Any] | None:
    asked = select(
        Session.id,
        Session.agent_id,
        Session.state,
        Session.strategy,
        Session.placement,
        Session.attempts,
        Session.manifest,
        Session.wanted_place,
        Session.cpu_millicores,
        Session.memory_bytes,
    ).where(Session.id == session_id, visible_to(actor))
    return (await db.execute(asked)).one_or_none()


async def connections(db: AsyncSession, session_id: str) -> Sequence[Connection]:
    found = await db.execute(
        select(Connection).where(Connection.session_id == session_id).order_by(Connection.connected_at)
    )
    return found.scalars().all()


async def connected(db: AsyncSession, org_id: str) -> Sequence[Row[Any]]:
    """What an organisation's connections were granted, with what their sessions' policies depend on."""
    found = await db.execute(
        select(Session.id, Session.user_id, Session.manifest, Connection.policy)
        .join(Connection, Connection.session_id == Session.id)
        .where(Session.org_id == org_id)
    )
    return found.all()


async def connections_of_shares(db: AsyncSession, share_ids: Collection[str]) -> Sequence[Connection]:
    found = await db.execute(
        select(Connection).where(Connection.share_id.in_(share_ids)).order_by(Connection.session_id, Connection.id)
    )
    return found.scalars().all()


async def last_home(db: AsyncSession, org_id: str, user_id: str, session_id: str) -> str | None:
    """The agent where a person's files of other sessions were last worked on."""
    asked = select(Session.agent_id).where(
        Session.org_id == org_id,
        Session.user_id == user_id,
        Session.id != session_id,
        Session.persistent_home,
        Session.started_at.is_not(None),
    )
    return (await db.execute(asked.order_by(Session.created_at.desc()).limit(1))).scalar_one_or_none()


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
        select(Session)
        .where(Session.state.in_(BUSY), Session.updated_at < before, Session.retry_at.is_(None))
        .order_by(Session.id)
        .limit(200)
        .with_for_update()
    )
    return found.scalars().all()


async def with_deadlines(db: AsyncSession) -> Sequence[Row[Any]]:
    """What says whether a session is near one of its deadlines, without the rest of it."""
    found: Result[Any] = await db.execute(
        select(
            Session.id,
            Session.state,
            Session.started_at,
            Session.max_seconds,
            Session.warned_seconds,
            Session.last_activity,
            Session.idle_seconds,
            Session.idle_warned_at,
        ).where(
            Session.state.in_([State.RUNNING, State.HIBERNATED]),
            or_(Session.idle_seconds.is_not(None), Session.max_seconds.is_not(None)),
        )
    )
    return found.all()
