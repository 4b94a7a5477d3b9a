"""What can be done with sessions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from streamspace.kit import ids, pages, quantities
from streamspace.protocol.control import Action as Order
from streamspace.protocol.manifest import TemplateManifest
from streamspace.server.agents import placement
from streamspace.server.agents import service as agents
from streamspace.server.core import permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.errors import BadCursor
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.core.settings import Settings
from streamspace.server.gateways import service as gateways
from streamspace.server.limits.rules import Amount
from streamspace.server.sessions import admission, events, queries, rules
from streamspace.server.sessions.errors import (
    KeyReused,
    NoCapacity,
    NoSuchSession,
    WrongState,
)
from streamspace.server.sessions.models import Session, SessionTag
from streamspace.server.sessions.rules import State, Trigger
from streamspace.server.sessions.schemas import Filter, SessionIn, SessionPatch, session_json
from streamspace.server.templates import service as templates
from streamspace.server.users import service as users

_ANNOUNCED: dict[State, type[events.SessionChanged]] = {
    State.RUNNING: events.SessionRunning,
    State.HIBERNATED: events.SessionHibernated,
    State.FAILED: events.SessionFailed,
    State.TERMINATED: events.SessionTerminated,
}


async def list_sessions(
    uow: UnitOfWork,
    actor: Actor,
    wanted: Filter,
    *,
    limit: int,
    cursor: str | None,
    username: str | None = None,
) -> tuple[Sequence[Row[Any]], int, str | None]:
    """Return a page of the sessions the actor may see, how many there are, and where to go on."""
    if username is not None:
        person = await users.find(uow, username)
        wanted = Filter(person.id if person else username, wanted.states, wanted.template, wanted.tags, wanted.any_tag)
    after = None
    if cursor is not None:
        try:
            at, session_id = pages.decode(cursor, 2)
            after = (datetime.fromisoformat(at).astimezone(UTC), str(session_id))
        except (pages.BadCursor, TypeError, ValueError, OverflowError):
            raise BadCursor from None
    where = queries.matching(actor, wanted)
    rows = await queries.page(uow.db, where, limit, after)
    more = len(rows) > limit
    total = len(rows) if after is None and not more else await queries.count(uow.db, where)
    rows = rows[:limit]
    following = pages.encode(rows[-1].created_at.isoformat(), rows[-1].id) if more else None
    return rows, total, following


async def get(uow: UnitOfWork, actor: Actor, session_id: str) -> Row[Any]:
    """Return one session."""
    found = await queries.shown(uow.db, actor, session_id)
    if found is None:
        raise NoSuchSession
    return found


async def create(
    uow: UnitOfWork, actor: Actor, settings: Settings, wanted: SessionIn, idempotency_key: str | None = None
) -> Session:
    """Accept a session and ask an agent to run it. The same key again returns the same session.

    Raises:
        NoSuchTemplate, NoSuchUser: not there for this actor.
        BadResources, BadDuration: malformed.
        QuotaExceeded: a limit would be passed; the details say which, and whose.
        NoCapacity: no agent can; the details say why.
        KeyReused: the key was used for another request.
    """
    owner, org_id = await admission.owner(uow, actor, wanted.user)
    owner_id, owner_name = owner.id, owner.username
    if idempotency_key is not None:
        # One at a time, or two requests with one key would both find nothing.
        await users.hold(uow, owner_id)
        earlier = await queries.by_key(uow.db, owner_id, idempotency_key)
        if earlier is not None:
            if earlier.template_name != wanted.template:
                raise KeyReused
            return earlier
    template = await templates.get(uow, actor, wanted.template)
    manifest = TemplateManifest.model_validate(template.manifest)
    cpu, memory = admission.resources(wanted, manifest, settings)
    await admission.take(uow, owner, org_id, Amount(1, cpu, memory))
    need = templates.need_of(manifest, cpu, memory)
    fleet = await agents.candidates(uow, actor, await queries.loads(uow.db))
    decision = placement.decide(need, fleet, cpu_overcommit=settings.cpu_overcommit)
    if decision.agent_id is None:
        raise NoCapacity(_no_capacity(decision), details={"agents": decision.out()})
    agent = await agents.by_agent_id(uow, decision.agent_id)
    assert agent is not None  # noqa: S101 - it was read in this transaction
    session = Session(
        id=ids.session_name(owner_name, template.name),
        org_id=org_id,
        user_id=owner_id,
        username=owner_name,
        template_name=template.name,
        template_display_name=template.display_name,
        manifest=template.manifest,
        agent_id=agent.agent_id,
        platform=agent.platform,
        state=State.PENDING,
        message="Waiting for the agent.",
        progress=[{"phase": "accepted", "at": uow.now().isoformat()}],
        placement=decision.out(),
        cpu_millicores=cpu,
        memory_bytes=memory,
        persistent_home=wanted.persistent_home,
        idle_seconds=admission.seconds(wanted.idle_timeout),
        max_seconds=admission.seconds(wanted.max_session_duration),
        environment=dict(wanted.environment),
        tags=[],
        streaming_protocol=manifest.spec.streaming_protocol,
        streaming_port=manifest.spec.ports[0].container_port if manifest.spec.ports else 8080,
        active_connections=0,
        idempotency_key=idempotency_key,
        created_at=uow.now(),
        updated_at=uow.now(),
    )
    uow.db.add(session)
    await uow.db.flush()
    _set_tags(uow, session, wanted.tags)
    await templates.count_launch(uow, template.id)
    await _order(uow, settings, session, Order.START)
    announce(uow, session, events.SessionCreated)
    made = {"template": session.template_name, "user": session.username, "agent": session.agent_id}
    uow.note("session.created", "session", session.id, after=made, org_id=session.org_id)
    return session


def _no_capacity(decision: placement.Decision) -> str:
    if not decision.verdicts:
        return "No agent is registered, so nothing can run. Start one with `streamspace agent`."
    if len(decision.verdicts) == 1:
        return " ".join(reason.message for reason in decision.verdicts[0].reasons)
    return NoCapacity().message


async def _order(uow: UnitOfWork, settings: Settings, session: Session, order: Order) -> None:
    timeout = settings.start_timeout if order in {Order.START, Order.WAKE} else settings.command_timeout
    await agents.order(uow, session.agent_id, order, _payload(session, order), timeout=timeout, session_id=session.id)


def _payload(session: Session, order: Order) -> dict[str, Any]:
    if order in {Order.STOP, Order.HIBERNATE}:
        return {"sessionId": session.id}
    memory = quantities.format_bytes(session.memory_bytes)
    cpu = quantities.format_millicores(session.cpu_millicores)
    return {
        "sessionId": session.id,
        "user": session.username,
        "userId": session.user_id,
        "orgId": session.org_id,
        "template": session.template_name,
        "templateManifest": session.manifest,
        "resources": {"memory": memory, "cpu": cpu},
        "memory": memory,
        "cpu": cpu,
        "persistentHome": session.persistent_home,
        "environment": session.environment,
        "tags": session.tags,
    }


def announce(uow: UnitOfWork, session: Session, kind: type[events.SessionChanged] = events.SessionChanged) -> None:
    """Tell those who may see the session what became of it."""
    uow.announce(
        kind(
            org_id=session.org_id,
            session_id=session.id,
            user_id=session.user_id,
            session=session_json(session),
        )
    )


async def move(uow: UnitOfWork, session: Session, trigger: Trigger, message: str | None = None) -> bool:
    """Apply a trigger; false if it means nothing in the present state. Streams close where they must."""
    following = rules.after(State(session.state), trigger)
    if following is None:
        return False
    was = State(session.state)
    session.state, session.message, session.updated_at = following, message, uow.now()
    if following is State.RUNNING:
        session.started_at = session.started_at or uow.now()
        session.last_activity = uow.now()
        session.reason_code = session.reason = session.log_tail = None
    if following in rules.ENDED:
        session.terminated_at = uow.now()
    if was is State.RUNNING or following in rules.ENDED:
        await gateways.revoke(uow, "session", session.id)
        await queries.drop_connections(uow.db, session.id)
        session.active_connections = 0
    announce(uow, session, _ANNOUNCED.get(following, events.SessionChanged))
    return True


def note(session: Session, code: str, message: str, log_tail: str | None = None) -> None:
    """Write down why something went wrong, for the person to read."""
    session.reason_code, session.reason = code[:60], message
    session.log_tail = log_tail or None


def step(uow: UnitOfWork, session: Session, phase: str, message: str | None = None) -> None:
    """Add a step to the progress of a start; a repeated one is the same step."""
    if any(done["phase"] == phase for done in session.progress):
        return
    entry = {"phase": phase, "at": uow.now().isoformat()} | ({"message": message} if message else {})
    session.progress = [*session.progress[-19:], entry]


async def _changeable(uow: UnitOfWork, actor: Actor, session_id: str, action: Action) -> Session:
    session = await queries.visible(uow.db, actor, session_id)
    if session is None:
        raise NoSuchSession
    permissions.require(actor, action, owner_id=session.user_id, org_id=session.org_id)
    return session


async def hibernate(uow: UnitOfWork, actor: Actor, settings: Settings, session_id: str) -> Session:
    """Ask for a running session to be hibernated. Asking twice is fine."""
    session = await _changeable(uow, actor, session_id, Action.SESSION_CHANGE)
    if session.state in {State.HIBERNATING, State.HIBERNATED}:
        return session
    return await put_to_sleep(uow, settings, session)


async def put_to_sleep(uow: UnitOfWork, settings: Settings, session: Session) -> Session:
    """Hibernate a session that the caller may hibernate."""
    if not await move(uow, session, Trigger.HIBERNATE, "Saving your place."):
        raise WrongState(f"Only a running session can be hibernated; this one is {session.state}.")
    await _order(uow, settings, session, Order.HIBERNATE)
    uow.note("session.hibernated", "session", session.id, org_id=session.org_id)
    return session


async def wake(uow: UnitOfWork, actor: Actor, settings: Settings, session_id: str) -> Session:
    """Ask for a hibernated session to be brought back. Asking twice is fine."""
    session = await _changeable(uow, actor, session_id, Action.SESSION_CHANGE)
    return await wake_up(uow, settings, session)


async def wake_up(uow: UnitOfWork, settings: Settings, session: Session) -> Session:
    """Bring a session back that the caller may bring back."""
    if session.state in {State.WAKING, State.RUNNING}:
        return session
    if session.state == State.HIBERNATED and (owner := await users.get_by_id(uow, session.user_id)) is not None:
        # What sleeps counts against no limit, so waking takes its share anew.
        await admission.take(uow, owner, session.org_id, Amount(1, session.cpu_millicores, session.memory_bytes))
    session.progress = [{"phase": "accepted", "at": uow.now().isoformat()}]
    if not await move(uow, session, Trigger.WAKE, "Waking up."):
        raise WrongState(f"Only a hibernated session can be woken; this one is {session.state}.")
    await _order(uow, settings, session, Order.WAKE)
    uow.note("session.woken", "session", session.id, org_id=session.org_id)
    return session


async def stop(uow: UnitOfWork, actor: Actor, settings: Settings, session_id: str) -> Session:
    """Ask for a session to end. Asking twice is fine."""
    session = await _changeable(uow, actor, session_id, Action.SESSION_STOP)
    return await end(uow, settings, session, "stopped")


async def end(uow: UnitOfWork, settings: Settings, session: Session, reason: str) -> Session:
    """End a session that the caller may end; what was still to be done to it is dropped."""
    if await move(uow, session, Trigger.STOP, "Ending."):
        session.termination_reason = reason
        await agents.supersede(uow, session.id)
        await _order(uow, settings, session, Order.STOP)
        uow.note("session.ended", "session", session.id, after={"reason": reason}, org_id=session.org_id)
    return session


async def order_again(uow: UnitOfWork, settings: Settings, session: Session, order: Order) -> None:
    """Repeat an order that got lost or failed."""
    await _order(uow, settings, session, order)


async def patch(uow: UnitOfWork, actor: Actor, settings: Settings, session_id: str, wanted: SessionPatch) -> Session:
    """Change tags, state, or both."""
    session = await _changeable(uow, actor, session_id, Action.SESSION_CHANGE)
    if wanted.tags is not None:
        session = await set_tags(uow, actor, session_id, wanted.tags)
    verbs = {"hibernated": hibernate, "running": wake, "terminated": stop}
    if wanted.state is not None:
        session = await verbs[wanted.state](uow, actor, settings, session_id)
    return session


async def set_tags(uow: UnitOfWork, actor: Actor, session_id: str, tags: Sequence[str]) -> Session:
    """Replace a session's tags."""
    session = await _changeable(uow, actor, session_id, Action.SESSION_CHANGE)
    await queries.drop_tags(uow.db, session.id)
    before = {"tags": session.tags}
    _set_tags(uow, session, tags)
    uow.note(
        "session.tagged", "session", session.id, before=before, after={"tags": session.tags}, org_id=session.org_id
    )
    session.updated_at = uow.now()
    announce(uow, session)
    return session


def _set_tags(uow: UnitOfWork, session: Session, tags: Sequence[str]) -> None:
    session.tags = list(dict.fromkeys(tags))
    uow.db.add_all(SessionTag(session_id=session.id, tag=tag) for tag in session.tags)


async def readable_log(uow: UnitOfWork, actor: Actor, session_id: str) -> Session:
    """Return the session whose log the actor may read."""
    return await _changeable(uow, actor, session_id, Action.SESSION_LOGS)


async def has_left_behind(uow: UnitOfWork) -> bool:
    """Say whether there are sessions whose person may no longer have them."""
    return bool(await queries.left_behind(uow.db, 1, hold=False))


async def end_left_behind(uow: UnitOfWork, settings: Settings, *, most: int) -> int:
    """End sessions whose person was switched off or left, or whose organisation was closed; return how many."""
    found = await queries.left_behind(uow.db, most, hold=True)
    for session, reason in found:
        await end(uow, settings, session, reason)
    return len(found)


async def usage(uow: UnitOfWork, org_id: str, user_ids: Collection[str] | None = None) -> Amount:
    """Return what counts against the limits of these people, or of everybody in an organisation."""
    return await queries.usage(uow.db, org_id, user_ids)


async def usage_by_user(uow: UnitOfWork, org_id: str, user_ids: Collection[str]) -> dict[str, Amount]:
    """Return what counts against the limits of each of these people; nothing is left out."""
    return await queries.usage_by_user(uow.db, org_id, user_ids)
