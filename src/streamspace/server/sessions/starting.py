"""How a session begins: accepted, or only looked at; tried again where that helps; in turn at its agent."""

from __future__ import annotations

from streamspace.kit import ids
from streamspace.protocol.control import Action as Order
from streamspace.protocol.manifest import TemplateManifest
from streamspace.server.agents import sealed
from streamspace.server.agents import service as agents
from streamspace.server.agents.models import Agent
from streamspace.server.agents.placement import Decision
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Actor
from streamspace.server.core.settings import Settings
from streamspace.server.limits.errors import QuotaExceeded
from streamspace.server.limits.rules import Amount
from streamspace.server.pools import service as pools
from streamspace.server.sessions import admission, events, placing, queries, rules, service, timeline
from streamspace.server.sessions.errors import KeyReused
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.rules import State, Trigger
from streamspace.server.sessions.schemas import PlacesOut, PreviewOut, QuotaCheckOut, ReasonOut, SessionIn, VerdictOut
from streamspace.server.templates import service as templates
from streamspace.server.templates.service import Launchable
from streamspace.server.users import service as users
from streamspace.server.users.models import User


async def create(
    uow: UnitOfWork, actor: Actor, settings: Settings, wanted: SessionIn, idempotency_key: str | None = None
) -> Session:
    """Accept a session and ask an agent to run it. The same key again returns the same session.

    Raises:
        NoSuchTemplate, NoSuchVersion, NoSuchUser: not there for this actor.
        BadResources, BadDuration, BadParameters: malformed.
        BadPlacement: the template rules the place out.
        QuotaExceeded: a limit would be passed; the details say which, and whose.
        NoCapacity: no agent can; the details say why.
        KeyReused: the key was used for another request.
    """
    owner, org_id = await admission.owner(uow, actor, wanted.user)
    if idempotency_key is not None:
        # One at a time, or two requests with one key would both find nothing.
        await users.hold(uow, owner.id)
        earlier = await queries.by_key(uow.db, owner.id, idempotency_key)
        if earlier is not None:
            if earlier.template_name != wanted.template:
                raise KeyReused
            return earlier
    launch = await templates.launchable(uow, actor, wanted.template, wanted.template_version)
    template = launch.template
    session = _drafted(uow, settings, owner, org_id, launch, wanted)
    session.idempotency_key = idempotency_key
    await _take(uow, owner, org_id, session)
    need = placing.need_of(session)
    claim = None
    if launch.usual:
        claim = await pools.serving(uow, org_id, template, session.cpu_millicores, session.memory_bytes)
    ready = claim.agents if claim is not None else ()
    home = await placing.home_of(uow, session)
    agent, decision = await placing.choose(uow, settings, org_id, need, ready=ready, home=home)
    if agent is None:
        raise placing.no_capacity(decision)
    session.queue_position = await placing.waits_behind(uow, settings, agent)
    _assign(uow, session, agent, decision)
    warm_id = await pools.take(uow, claim, agent.agent_id, session.id) if claim is not None else None
    await placing.make_room(uow, settings, agent, need)
    created = timeline.entry(uow, session, "created", placing.given_to(agent.agent_id, home))
    uow.db.add(session)
    await uow.db.flush()
    uow.db.add(created)
    service.write_tags(uow, session, wanted.tags)
    await templates.count_launch(uow, template.id, org_id, owner.id)
    await service.order(uow, settings, session, Order.START, warm_id=warm_id or "")
    service.announce(uow, session, events.SessionCreated)
    made = {"template": session.template_name, "user": session.username, "agent": session.agent_id}
    uow.note("session.created", "session", session.id, after=made, org_id=session.org_id)
    return session


def _drafted(
    uow: UnitOfWork, settings: Settings, owner: User, org_id: str, launch: Launchable, wanted: SessionIn
) -> Session:
    template, manifest = launch.template, TemplateManifest.model_validate(launch.manifest)
    answers = admission.answers(wanted.parameters, manifest)
    cpu, memory = admission.resources(wanted.resources, manifest, settings)
    place = admission.place(wanted.placement, manifest)
    return Session(
        id=ids.session_name(owner.username, template.name),
        org_id=org_id,
        user_id=owner.id,
        username=owner.username,
        template_name=template.name,
        template_display_name=manifest.spec.display_name,
        manifest=launch.manifest,
        template_version=launch.version,
        state=State.PENDING,
        message="Waiting for the agent.",
        progress=[{"phase": "accepted", "at": uow.now().isoformat()}],
        attempts=[],
        event_count=0,
        cpu_millicores=cpu,
        memory_bytes=memory,
        persistent_home=wanted.persistent_home,
        idle_seconds=admission.seconds(wanted.idle_timeout),
        max_seconds=admission.seconds(wanted.max_session_duration),
        environment={k: v for k, v in wanted.environment.items() if k not in answers.secrets} | answers.environment,
        parameters=answers.shown or None,
        sealed_environment=sealed.seal(settings, answers.secrets),
        wanted_place=place.model_dump(mode="json", by_alias=True, exclude_none=True) if place is not None else None,
        tags=[],
        streaming_protocol=manifest.spec.streaming_protocol,
        streaming_port=manifest.spec.ports[0].container_port if manifest.spec.ports else 8080,
        active_connections=0,
        created_at=uow.now(),
        updated_at=uow.now(),
    )


def _assign(uow: UnitOfWork, session: Session, agent: Agent, decision: Decision) -> None:
    session.agent_id, session.platform = agent.agent_id, agent.platform
    session.placement, session.strategy = decision.out(), decision.strategy
    session.attempts = [*session.attempts, {"agentId": agent.agent_id, "at": uow.now().isoformat()}]


async def _take(uow: UnitOfWork, owner: User, org_id: str, session: Session) -> None:
    wanted = Amount(1, session.cpu_millicores, session.memory_bytes)
    await admission.take(uow, owner, org_id, wanted, new_home_use=session.persistent_home)


async def preview(uow: UnitOfWork, actor: Actor, settings: Settings, wanted: SessionIn) -> PreviewOut:
    """Say whether a session could start now, where, and if not why and when. Nothing is written.

    Raises:
        NoSuchTemplate, NoSuchUser: not there for this actor.
        BadResources, BadDuration: malformed.
        BadPlacement: the template rules the place out.
    """
    uow.changed_nothing()
    owner, org_id = await admission.owner(uow, actor, wanted.user)
    launch = await templates.launchable(uow, actor, wanted.template, wanted.template_version)
    session = _drafted(uow, settings, owner, org_id, launch, wanted)
    need = placing.need_of(session)
    quota, reasons = QuotaCheckOut(ok=True), []
    try:
        await _take(uow, owner, org_id, session)
    except QuotaExceeded as refusal:
        details = refusal.details if isinstance(refusal.details, dict) else None
        quota = QuotaCheckOut(ok=False, message=refusal.message, details=details)
        reasons.append(ReasonOut(code=refusal.code, message=refusal.message))
    home = await placing.home_of(uow, session)
    agent, decision = await placing.choose(uow, settings, org_id, need, home=home)
    waiting_helps, when = False, None
    message = "It could start now." if quota.ok else "A limit is reached; see the reasons."
    if agent is None:
        full = placing.no_capacity(decision)
        reasons.append(ReasonOut(code=full.code, message=full.message))
        waiting_helps, when, message = await placing.room_from(uow, settings, org_id, need, decision)
    elif quota.ok:
        message = f"It could start now. {placing.given_to(agent.agent_id, home)}"
    return PreviewOut(
        possible=not reasons,
        agent_id=agent.agent_id if agent else None,
        strategy=decision.strategy,
        wanted=placing.place_of(need),
        places=PlacesOut.model_validate(await placing.places(uow, org_id)),
        agents=[VerdictOut.model_validate(verdict) for verdict in decision.out()],
        quota=quota,
        reasons=reasons,
        queue_position=await placing.waits_behind(uow, settings, agent) if agent else None,
        waiting_helps=waiting_helps,
        when=when,
        message=message,
    )


async def failed(
    uow: UnitOfWork,
    settings: Settings,
    session: Session,
    code: str,
    message: str,
    log_tail: str | None = None,
    *,
    may_run: bool = False,
) -> None:
    """Try a start again that failed for a passing reason; end the session for any other.

    `may_run` says that the agent may yet bring it up, so that it is told to stop where nothing is tried again.
    """
    wait = rules.retry_after(len(session.attempts), code)
    trigger = Trigger.START_FAILED if wait is None else Trigger.RETRY
    if rules.after(State(session.state), trigger) is None:
        return
    if session.attempts:
        session.attempts = [*session.attempts[:-1], session.attempts[-1] | {"code": code[:60], "message": message}]
    if wait is not None:
        following = len(session.attempts) + 1
        await service.move(uow, session, trigger, f"Trying again ({following} of {rules.MOST_ATTEMPTS}): {message}")
        session.retry_at, session.queue_position = uow.now() + wait, None
        return
    service.note(session, code, message, log_tail)
    await service.move(uow, session, trigger, message)
    if may_run:
        await service.order(uow, settings, session, Order.STOP)


async def try_again(uow: UnitOfWork, settings: Settings, session_id: str) -> None:
    """Start a session anew whose next attempt is due: on an agent that has not had it, else on its own."""
    session = await queries.locked(uow.db, session_id)
    if session is None or session.state != State.PENDING or session.retry_at is None or session.retry_at > uow.now():
        return
    if not await _elsewhere(uow, settings, session):
        agent, decision = await placing.choose(
            uow, settings, session.org_id, placing.need_of(session), only=session.agent_id, moving=session.id
        )
        if agent is None:
            session.attempts = [*session.attempts, {"agentId": session.agent_id, "at": uow.now().isoformat()}]
            await failed(uow, settings, session, "agent_away", placing.no_capacity(decision).message, may_run=True)
            return
        await _begin(uow, settings, session, agent, decision)


async def leave(uow: UnitOfWork, settings: Settings, session_id: str) -> None:
    """Give a session whose agent went away before it ran to another, if one fits; else it waits."""
    session = await queries.locked(uow.db, session_id)
    if session is None or session.state not in {State.PENDING, State.STARTING} or session.retry_at is not None:
        return
    if len(session.attempts) < rules.MOST_ATTEMPTS:
        await _elsewhere(uow, settings, session)


async def _elsewhere(uow: UnitOfWork, settings: Settings, session: Session) -> bool:
    tried = {attempt["agentId"] for attempt in session.attempts} | {session.agent_id}
    need, home = placing.need_of(session), await placing.home_of(uow, session)
    agent, decision = await placing.choose(
        uow, settings, session.org_id, need, leaving_out=tried, moving=session.id, home=home
    )
    if agent is None:
        return False
    if session.retry_at is None:
        await failed(uow, settings, session, "agent_away", "The agent went away.")
    await agents.supersede(uow, session.id, session.agent_id)
    # Whatever comes of the earlier attempt must end before it runs twice.
    await service.order(uow, settings, session, Order.STOP)
    await _begin(uow, settings, session, agent, decision)
    return True


async def _begin(uow: UnitOfWork, settings: Settings, session: Session, agent: Agent, decision: Decision) -> None:
    session.retry_at, session.updated_at = None, uow.now()
    session.queue_position = await placing.waits_behind(uow, settings, agent)
    _assign(uow, session, agent, decision)
    await placing.make_room(uow, settings, agent, placing.need_of(session), moving=session.id)
    await service.order(uow, settings, session, Order.START)
    given = placing.given_to(agent.agent_id, await placing.home_of(uow, session))
    await timeline.record(uow, session, "assigned", given)
    service.announce(uow, session)


async def renumber(uow: UnitOfWork, settings: Settings, agent_id: str) -> None:
    """Tell the sessions that wait for an agent's turn which place they have now."""
    agent = await agents.hold(uow, agent_id)
    if agent is None:
        return
    under_way, waiting = await agents.starts(uow, agent_id)
    free = max((agent.max_starts or settings.starts_per_agent) - under_way, 0)
    places = {session_id: place for place, session_id in enumerate(waiting[free:], 1)}
    for session in await queries.queued(uow.db, agent_id, list(places)):
        if session.queue_position != places.get(session.id):
            session.queue_position = places.get(session.id)
            service.announce(uow, session)


async def somebody_waits(uow: UnitOfWork, agent_id: str) -> bool:
    """Say whether there is anybody to renumber."""
    _, waiting = await agents.starts(uow, agent_id)
    return bool(waiting) or await queries.anybody_queued(uow.db, agent_id)
