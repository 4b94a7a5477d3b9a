from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response

from streamspace.server.agents.errors import AgentOffline
from streamspace.server.agents.hub import AgentHub
from streamspace.server.core.errors import BadCursor, BadDuration
from streamspace.server.core.http import (
    ActorAlone,
    CurrentActor,
    CurrentContext,
    Uow,
    check_automatic,
    client_address,
    encoded,
    needs,
)
from streamspace.server.core.permissions import Action
from streamspace.server.gateways.service import NoGateway
from streamspace.server.limits.errors import QuotaExceeded
from streamspace.server.policies.schemas import EffectivePolicyOut, effective_out
from streamspace.server.sessions import borders, connections, placing, presence, service, starting
from streamspace.server.sessions.errors import (
    BadParameters,
    BadPlacement,
    BadResources,
    ForeignConnection,
    KeyReused,
    NoCapacity,
    NoLogs,
    NoSuchConnection,
    NoSuchSession,
    NoSuchUser,
    NoTags,
    NothingToMeasure,
    WrongState,
)
from streamspace.server.sessions.rules import State
from streamspace.server.sessions.schemas import (
    AttemptOut,
    ConnectionList,
    ConnectOut,
    DisconnectOut,
    EventList,
    EventOut,
    Filter,
    HeartbeatOut,
    LogsOut,
    PlacementOut,
    PreviewOut,
    SessionIn,
    SessionList,
    SessionOut,
    SessionPatch,
    TagsIn,
    UsageOut,
    VerdictOut,
    session_json,
)
from streamspace.server.templates.errors import NoSuchTemplate, NoSuchVersion

router = APIRouter(prefix="/sessions", tags=["sessions"])

Limit = Annotated[int, Query(ge=1, le=500)]
Cursor = Annotated[str | None, Query(max_length=300)]
TagQuery = Annotated[list[str] | None, Query(max_length=20)]
Lines = Annotated[int, Query(ge=1, le=2000)]
ConnectionId = Annotated[str, Query(alias="connectionId", min_length=1, max_length=36)]
IdempotencyKey = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=100)]
DryRun = Annotated[bool, Query(alias="dryRun")]
_SESSION: dict[str, Any] = {"response_model": SessionOut, "response_model_by_alias": True}


def _or_preview(declared: dict[str, Any]) -> dict[str, Any]:
    shown = {"model": PreviewOut, "description": "With `dryRun`: what would become of it"}
    return declared | {"responses": declared["responses"] | {200: shown}}


@router.get("", response_model=SessionList, **needs(Action.SESSION_VIEW, BadCursor))
async def list_sessions(
    actor: CurrentActor,
    uow: Uow,
    user: Annotated[str | None, Query(max_length=64)] = None,
    state: Annotated[list[State] | None, Query()] = None,
    template: Annotated[str | None, Query(max_length=63)] = None,
    agent: Annotated[str | None, Query(max_length=100)] = None,
    tags: TagQuery = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """List the sessions you may see, newest first. Tags must all match."""
    wanted = Filter(agent_id=agent, states=tuple(state or ()), template=template, tags=tuple(tags or ()))
    return await _list(actor, uow, wanted, limit, cursor, user)


@router.get("/by-tags", response_model=SessionList, **needs(Action.SESSION_VIEW, NoTags, BadCursor))
async def list_sessions_by_tags(
    actor: CurrentActor, uow: Uow, tags: TagQuery = None, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """List the sessions that have any of these tags."""
    if not tags:
        raise NoTags
    return await _list(actor, uow, Filter(tags=tuple(tags), any_tag=True), limit, cursor, None, {"tags": tags})


async def _list(
    actor: Any,
    uow: Any,
    wanted: Filter,
    limit: int,
    cursor: str | None,
    user: str | None,
    more: dict[str, Any] | None = None,
) -> Response:
    rows, total, following = await service.list_sessions(uow, actor, wanted, limit=limit, cursor=cursor, username=user)
    body: dict[str, Any] = {"sessions": [session_json(row) for row in rows], "total": total, **(more or {})}
    if following:
        body["nextCursor"] = following
    return encoded(body)


@router.post(
    "",
    status_code=201,
    **_SESSION,
    **_or_preview(
        needs(
            Action.SESSION_CREATE,
            NoSuchTemplate,
            NoSuchUser,
            NoSuchVersion,
            BadResources,
            BadParameters,
            BadPlacement,
            BadDuration,
            KeyReused,
            NoCapacity,
            QuotaExceeded,
        )
    ),
)
async def create_session(
    body: SessionIn,
    actor: CurrentActor,
    uow: Uow,
    context: CurrentContext,
    idempotency_key: IdempotencyKey = None,
    dry_run: DryRun = False,  # noqa: FBT002 - FastAPI passes it by name
) -> Response:
    """Start a session from a template. It answers at once; progress comes over the event socket.

    With `dryRun`, only say whether it could start now, where, and if not why and when: nothing is written.
    """
    if dry_run:
        return encoded(await starting.preview(uow, actor, context.settings, body))
    session = await starting.create(uow, actor, context.settings, body, idempotency_key)
    return encoded(session_json(session), 201, {"Location": f"/api/v1/sessions/{session.id}"})


@router.get("/{session_id}", **_SESSION, **needs(Action.SESSION_VIEW, NoSuchSession))
async def get_session(session_id: str, actor: CurrentActor, uow: Uow) -> Response:
    """Show one session."""
    return encoded(session_json(await service.get(uow, actor, session_id)))


@router.patch(
    "/{session_id}",
    **_SESSION,
    **needs(Action.SESSION_CHANGE, NoSuchSession, BadResources, WrongState, NoCapacity, QuotaExceeded),
)
async def update_session(
    session_id: str, body: SessionPatch, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> Response:
    """Change a session's tags, its resources while it is hibernated, or its state.

    The state running wakes, hibernated hibernates, terminated stops.
    """
    return encoded(session_json(await service.patch(uow, actor, context.settings, session_id, body)))


@router.delete("/{session_id}", status_code=202, **_SESSION, **needs(Action.SESSION_STOP, NoSuchSession))
async def delete_session(session_id: str, actor: CurrentActor, uow: Uow, context: CurrentContext) -> Response:
    """Stop a session. Its persistent home stays."""
    return encoded(session_json(await service.stop(uow, actor, context.settings, session_id)), 202)


@router.patch("/{session_id}/tags", **_SESSION, **needs(Action.SESSION_CHANGE, NoSuchSession))
async def update_session_tags(session_id: str, body: TagsIn, actor: CurrentActor, uow: Uow) -> Response:
    """Replace a session's tags."""
    return encoded(session_json(await service.set_tags(uow, actor, session_id, body.tags)))


@router.put(
    "/{session_id}/hibernate",
    status_code=202,
    **_SESSION,
    **needs(Action.SESSION_CHANGE, NoSuchSession, WrongState),
)
@router.post("/{session_id}/hibernate", status_code=202, include_in_schema=False, **needs(Action.SESSION_CHANGE))
async def hibernate_session(session_id: str, actor: CurrentActor, uow: Uow, context: CurrentContext) -> Response:
    """Free a session's processor and memory; its files stay."""
    return encoded(session_json(await service.hibernate(uow, actor, context.settings, session_id)), 202)


@router.put(
    "/{session_id}/wake",
    status_code=202,
    **_SESSION,
    **needs(Action.SESSION_CHANGE, NoSuchSession, WrongState, NoCapacity, QuotaExceeded),
)
@router.post("/{session_id}/wake", status_code=202, include_in_schema=False, **needs(Action.SESSION_CHANGE))
async def wake_session(session_id: str, actor: CurrentActor, uow: Uow, context: CurrentContext) -> Response:
    """Bring a hibernated session back."""
    return encoded(session_json(await service.wake(uow, actor, context.settings, session_id)), 202)


@router.post(
    "/{session_id}/connect",
    **needs(Action.SESSION_CONNECT, NoSuchSession, WrongState, NoGateway, NoCapacity, QuotaExceeded),
)
async def connect_session(
    session_id: str, request: Request, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> ConnectOut:
    """Get an address that shows the session, once, within a minute. A hibernated session wakes."""
    return await _connect(session_id, request, actor, uow, context)


@router.get(
    "/{session_id}/connect",
    name="connect_session_by_get",
    include_in_schema=False,
    **needs(Action.SESSION_CONNECT),
)
async def connect_session_by_get(
    session_id: str, request: Request, actor: ActorAlone, context: CurrentContext
) -> ConnectOut:
    """Do the same for clients that only GET."""
    # This GET has effects, so a browser's own cookie is not enough; and its unit of work must write.
    check_automatic(request)
    async with context.database.work() as uow:
        return await _connect(session_id, request, actor, uow, context)


async def _connect(session_id: str, request: Request, actor: Any, uow: Any, context: Any) -> ConnectOut:
    opened = await connections.connect(
        uow,
        actor,
        context.settings,
        session_id,
        ip=client_address(request),
        user_agent=request.headers.get("user-agent", ""),
    )
    return ConnectOut(
        connection_id=opened.connection.id if opened.connection else None,
        session_url=opened.url,
        state=State(opened.session.state),
        ready=opened.url is not None,
        message=opened.message,
        expires_at=opened.expires_at,
        watermark=opened.watermark,
    )


@router.post(
    "/{session_id}/disconnect",
    **needs(Action.SESSION_CONNECT, NoSuchSession, NoSuchConnection, ForeignConnection),
)
async def disconnect_session(
    session_id: str, actor: CurrentActor, uow: Uow, connection_id: ConnectionId
) -> DisconnectOut:
    """End a connection and its stream; the session goes on."""
    left = await connections.disconnect(uow, actor, session_id, connection_id)
    return DisconnectOut(message="Disconnected.", active_connections=left)


@router.post(
    "/{session_id}/heartbeat",
    **needs(Action.SESSION_CONNECT, NoSuchSession, NoSuchConnection, ForeignConnection, audited=False),
)
async def session_heartbeat(
    session_id: str, actor: CurrentActor, uow: Uow, connection_id: ConnectionId
) -> HeartbeatOut:
    """Keep a connection alive; every 30 s is right."""
    await connections.beat(uow, actor, session_id, connection_id)
    return HeartbeatOut()


@router.get("/{session_id}/connections", **needs(Action.SESSION_VIEW, NoSuchSession))
async def get_session_connections(session_id: str, actor: CurrentActor, uow: Uow) -> ConnectionList:
    """Show who watches a session, since when, and who has control. Those who take part see each other's names."""
    shown = await presence.list_connections(uow, actor, session_id)
    return ConnectionList(session_id=session_id, connections=shown, total=len(shown))


@router.delete(
    "/{session_id}/connections/{connection_id}",
    status_code=204,
    **needs(Action.SHARE_MANAGE, NoSuchSession, NoSuchConnection),
)
async def end_connection(session_id: str, connection_id: str, actor: CurrentActor, uow: Uow) -> None:
    """End somebody's connection and its stream. A share that let them in stays, so they may come again."""
    await connections.end(uow, actor, session_id, connection_id)


@router.get("/{session_id}/events", **needs(Action.SESSION_VIEW, NoSuchSession))
async def get_session_events(session_id: str, actor: CurrentActor, uow: Uow) -> EventList:
    """Show what happened to a session, oldest first."""
    found = await service.history(uow, actor, session_id)
    shown = [EventOut.model_validate(entry, from_attributes=True) for entry in found]
    return EventList(session_id=session_id, events=shown, total=len(shown))


@router.get("/{session_id}/policy", **needs(Action.SESSION_VIEW, NoSuchSession))
async def get_session_policy(session_id: str, actor: CurrentActor, uow: Uow) -> EffectivePolicyOut:
    """Show what may cross a session's border, and who restricts it."""
    return effective_out(await borders.shown(uow, actor, session_id))


@router.get("/{session_id}/placement", **needs(Action.SESSION_VIEW, NoSuchSession))
async def get_session_placement(session_id: str, actor: CurrentActor, uow: Uow) -> PlacementOut:
    """Show why a session was given to its agent, and why not to the others."""
    found = await service.placement_of(uow, actor, session_id)
    return PlacementOut(
        session_id=found.id,
        agent_id=found.agent_id,
        strategy=found.strategy,
        wanted=placing.place_of(placing.need_of(found)),
        agents=[VerdictOut.model_validate(verdict) for verdict in found.placement],
        attempts=[AttemptOut.model_validate(attempt) for attempt in found.attempts],
    )


@router.get("/{session_id}/usage", **needs(Action.SESSION_VIEW, NoSuchSession, NothingToMeasure, AgentOffline))
async def get_session_usage(session_id: str, actor: ActorAlone, context: CurrentContext) -> UsageOut:
    """Show what a running session uses now, as its agent measures it."""
    async with context.database.work(write=False) as uow:
        session = await service.measurable(uow, actor, session_id)
    # The agent is asked outside of any transaction.
    answer = await context.part(AgentHub).ask(session.agent_id, "usage", {"sessionId": session.id})
    if "error" in answer:
        raise NothingToMeasure
    return UsageOut.model_validate({"sessionId": session.id, **answer})


@router.get("/{session_id}/logs", **needs(Action.SESSION_LOGS, NoSuchSession, NoLogs, AgentOffline))
async def get_session_logs(session_id: str, actor: ActorAlone, context: CurrentContext, lines: Lines = 200) -> LogsOut:
    """Show the end of a session's log, also after it ended."""
    async with context.database.work(write=False) as uow:
        session = await service.readable_log(uow, actor, session_id)
    # The agent is asked outside of any transaction.
    answer = await context.part(AgentHub).ask(session.agent_id, "logs", {"sessionId": session.id, "lines": lines})
    if "error" in answer:
        raise NoLogs
    text = str(answer.get("logs", ""))
    return LogsOut(logs=text, lines=text.count("\n"))
