"""What can be done with sessions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from streamspace.kit import pages, quantities
from streamspace.protocol.control import Action as Order
from streamspace.protocol.manifest import TemplateManifest
from streamspace.server.agents import sealed
from streamspace.server.agents import service as agents
from streamspace.server.core import permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.errors import BadCursor
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.core.settings import Settings
from streamspace.server.gateways import service as gateways
from streamspace.server.homes import service as homes
from streamspace.server.limits.rules import Amount
from streamspace.server.sessions import admission, borders, events, placing, queries, rules, timeline
from streamspace.server.sessions.errors import NoSuchSession, NothingToMeasure, WrongState
from streamspace.server.sessions.models import Session, SessionEvent, SessionTag
from streamspace.server.sessions.rules import State, Trigger
from streamspace.server.sessions.schemas import Filter, ResourcesIn, SessionPatch, resources_json, session_json
from streamspace.server.users import service as users

_LONGEST_STEP = 300
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
        wanted = replace(wanted, user_id=person.id if person else username)
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


async def order(uow: UnitOfWork, settings: Settings, session: Session, order: Order, *, warm_id: str = "") -> None:
    """Have the session's agent do something to it, with the warm session that was set aside for it, if one was."""
    timeout = settings.start_timeout if order in {Order.START, Order.WAKE} else settings.command_timeout
    payload = _payload(session, order)
    if order in {Order.START, Order.WAKE}:
        held = (await borders.of(uow, session)).policy
        payload["policy"] = held.model_dump(mode="json", by_alias=True)
    if warm_id:
        payload["warmId"] = warm_id
    await agents.order(uow, session.agent_id, order, payload, timeout=timeout, session_id=session.id)


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
        **({} if session.sealed_environment is None else {sealed.FIELD: session.sealed_environment}),
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
    session.idle_warned_at = None
    session.retry_at = None
    if following not in {State.PENDING, State.WAKING}:
        session.queue_position = None
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
    await timeline.record(uow, session, "retrying" if trigger is Trigger.RETRY else following, message)
    announce(uow, session, _ANNOUNCED.get(following, events.SessionChanged))
    return True


def note(session: Session, code: str, message: str, log_tail: str | None = None) -> None:
    """Write down why something went wrong, for the person to read."""
    session.reason_code, session.reason = code[:60], message
    session.log_tail = log_tail or None


def step(uow: UnitOfWork, session: Session, phase: str, message: str | None = None) -> None:
    """Add a step to the progress of a start; a repeated one is the same step, further on."""
    told = {"message": message[:_LONGEST_STEP]} if message else {}
    steps = session.progress[-20:]
    for number, done in enumerate(steps):
        if done["phase"] == phase:
            session.progress = [*steps[:number], done | told, *steps[number + 1 :]]
            return
    session.progress = [*steps[-19:], {"phase": phase, "at": uow.now().isoformat()} | told]


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
    await order(uow, settings, session, Order.HIBERNATE)
    uow.note("session.hibernated", "session", session.id, org_id=session.org_id)
    return session


async def wake(uow: UnitOfWork, actor: Actor, settings: Settings, session_id: str) -> Session:
    """Ask for a hibernated session to be brought back. Asking twice is fine."""
    session = await _changeable(uow, actor, session_id, Action.SESSION_CHANGE)
    return await wake_up(uow, settings, session)


async def wake_up(uow: UnitOfWork, settings: Settings, session: Session) -> Session:
    """Bring a session back that the caller may bring back.

    Raises:
        QuotaExceeded: a limit would be passed.
        NoCapacity: its agent, which has its files, has no room.
        WrongState: it is not hibernated.
    """
    if session.state in {State.WAKING, State.RUNNING}:
        return session
    if session.state != State.HIBERNATED:
        raise WrongState(f"Only a hibernated session can be woken; this one is {session.state}.")
    if (owner := await users.get_by_id(uow, session.user_id)) is not None:
        # What sleeps counts against no limit, so waking takes its share anew.
        wanted = Amount(1, session.cpu_millicores, session.memory_bytes)
        await admission.take(uow, owner, session.org_id, wanted, new_home_use=False)
    agent = await placing.hold_again(uow, settings, session)
    session.progress = [{"phase": "accepted", "at": uow.now().isoformat()}]
    session.attempts = [{"agentId": session.agent_id, "at": uow.now().isoformat()}]
    await move(uow, session, Trigger.WAKE, "Waking up.")
    session.queue_position = await placing.waits_behind(uow, settings, agent) if agent is not None else None
    await order(uow, settings, session, Order.WAKE)
    uow.note("session.woken", "session", session.id, org_id=session.org_id)
    return session


async def stop(uow: UnitOfWork, actor: Actor, settings: Settings, session_id: str) -> Session:
    """Ask for a session to end. Asking twice is fine."""
    session = await _changeable(uow, actor, session_id, Action.SESSION_STOP)
    return await end(uow, settings, session, "stopped")


async def end(uow: UnitOfWork, settings: Settings, session: Session, reason: str) -> Session:
    """End a session that the caller may end; what was still to be done to it is dropped."""
    never_began = session.state == State.PENDING and len(session.attempts) == 1
    if await move(uow, session, Trigger.STOP, "Ending."):
        session.termination_reason = reason
        given_up = await agents.supersede(uow, session.id, session.agent_id)
        if never_began and given_up and all(command.sent_at is None for command in given_up):
            await move(uow, session, Trigger.STOPPED, "Its start had not begun.")
        else:
            await order(uow, settings, session, Order.STOP)
        uow.note("session.ended", "session", session.id, after={"reason": reason}, org_id=session.org_id)
    return session


async def patch(uow: UnitOfWork, actor: Actor, settings: Settings, session_id: str, wanted: SessionPatch) -> Session:
    """Change tags, resources and state, in this order.

    Raises:
        NoSuchSession: not there for this actor.
        BadResources: malformed.
        WrongState: the state does not follow on the present one, or resources are to change while they are in use.
        QuotaExceeded, NoCapacity: it would wake with more than there is.
    """
    session = await _changeable(uow, actor, session_id, Action.SESSION_CHANGE)
    if wanted.resources is not None:
        _resize(uow, session, wanted.resources, settings)
    if wanted.tags is not None:
        session = await set_tags(uow, actor, session_id, wanted.tags)
    verbs = {"hibernated": hibernate, "running": wake, "terminated": stop}
    if wanted.state is not None:
        session = await verbs[wanted.state](uow, actor, settings, session_id)
    return session


def _resize(uow: UnitOfWork, session: Session, wanted: ResourcesIn, settings: Settings) -> None:
    if session.state != State.HIBERNATED:
        raise WrongState("Resources can be changed while a session is hibernated: hibernate it first, then wake it.")
    before = resources_json(session)
    asked = ResourcesIn(cpu=wanted.cpu or before["cpu"], memory=wanted.memory or before["memory"])
    manifest = TemplateManifest.model_validate(session.manifest)
    session.cpu_millicores, session.memory_bytes = admission.resources(asked, manifest, settings)
    session.updated_at = uow.now()
    after = resources_json(session)
    uow.note("session.resized", "session", session.id, before=before, after=after, org_id=session.org_id)
    announce(uow, session)


async def set_tags(uow: UnitOfWork, actor: Actor, session_id: str, tags: Sequence[str]) -> Session:
    """Replace a session's tags."""
    session = await _changeable(uow, actor, session_id, Action.SESSION_CHANGE)
    await queries.drop_tags(uow.db, session.id)
    before = {"tags": session.tags}
    write_tags(uow, session, tags)
    uow.note(
        "session.tagged", "session", session.id, before=before, after={"tags": session.tags}, org_id=session.org_id
    )
    session.updated_at = uow.now()
    announce(uow, session)
    return session


def write_tags(uow: UnitOfWork, session: Session, tags: Sequence[str]) -> None:
    """Give a session that has no tags these."""
    session.tags = list(dict.fromkeys(tags))
    uow.db.add_all(SessionTag(session_id=session.id, tag=tag) for tag in session.tags)


async def history(uow: UnitOfWork, actor: Actor, session_id: str) -> Sequence[SessionEvent]:
    """Return what happened to a session, oldest first."""
    await get(uow, actor, session_id)
    return await queries.events(uow.db, session_id)


async def placement_of(uow: UnitOfWork, actor: Actor, session_id: str) -> Row[Any]:
    """Return which agent a session was given to, why, and why not the others."""
    found = await queries.placement(uow.db, actor, session_id)
    if found is None:
        raise NoSuchSession
    return found


async def measurable(uow: UnitOfWork, actor: Actor, session_id: str) -> Row[Any]:
    """Return the running session whose use the actor may see.

    Raises:
        NoSuchSession, NothingToMeasure.
    """
    session = await get(uow, actor, session_id)
    if session.state != State.RUNNING:
        raise NothingToMeasure
    return session


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
    used = await queries.usage(uow.db, org_id, user_ids)
    return replace(used, storage_bytes=await homes.used(uow, org_id, user_ids))


async def usage_by_user(uow: UnitOfWork, org_id: str, user_ids: Collection[str]) -> dict[str, Amount]:
    """Return what counts against the limits of each of these people; nothing is left out."""
    used = await queries.usage_by_user(uow.db, org_id, user_ids)
    stored = await homes.used_by_user(uow, org_id, user_ids)
    return {
        user_id: replace(used.get(user_id, Amount()), storage_bytes=stored.get(user_id))
        for user_id in used.keys() | stored.keys()
    }
