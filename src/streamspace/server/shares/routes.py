from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from streamspace.server.agents.errors import AgentOffline
from streamspace.server.agents.hub import AgentHub
from streamspace.server.core.attempts import Attempts, TooManyAttempts
from streamspace.server.core.errors import BadDuration
from streamspace.server.core.http import (
    ActorAlone,
    Context,
    CurrentActor,
    CurrentContext,
    Uow,
    client_address,
    encoded,
    needs,
    open_to_all,
)
from streamspace.server.core.pace import Pace, TooFast
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.gateways.service import NoGateway
from streamspace.server.sessions.connections import Opened
from streamspace.server.sessions.errors import (
    ForeignConnection,
    NoSuchConnection,
    NoSuchSession,
    NothingToControl,
    TooCrowded,
    WrongState,
)
from streamspace.server.sessions.rules import State
from streamspace.server.sessions.schemas import ConnectOut
from streamspace.server.shares import rules, service
from streamspace.server.shares.errors import (
    BadShare,
    BadShareLife,
    ControlNotPossible,
    GuestsNotAllowed,
    NoSuchInvitee,
    NoSuchShare,
    NotShared,
    TooManyShares,
)
from streamspace.server.shares.schemas import (
    ControlIn,
    ControlOut,
    GuestIn,
    GuestOut,
    InvitationOut,
    InviteeList,
    MadeShareOut,
    RedeemedOut,
    RedeemIn,
    SharedSessionList,
    SharedSessionOut,
    ShareIn,
    ShareList,
)

of_sessions = APIRouter(prefix="/sessions/{session_id}", tags=["sharing"])
links = APIRouter(prefix="/shares", tags=["sharing"])
mine = APIRouter(prefix="/me/shared-sessions", tags=["sharing"])

_CONTROL = (NoSuchSession, NoSuchConnection, NothingToControl, ControlNotPossible, AgentOffline)
_CONNECT = (WrongState, NoGateway, TooCrowded)


@of_sessions.post(
    "/shares",
    status_code=201,
    response_model=MadeShareOut,
    **needs(
        Action.SESSION_SHARE,
        NoSuchSession,
        NoSuchInvitee,
        WrongState,
        BadShare,
        BadShareLife,
        BadDuration,
        TooManyShares,
        TooManyAttempts,
    ),
)
async def create_share(
    session_id: str, body: ShareIn, request: Request, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> Response:
    """Let somebody take part in your session: one person, or whoever has the link, which is in this answer only."""
    with context.part(Attempts).one(f"invite {actor.id}", f"invite {client_address(request)}") as attempt:
        made = await service.create(uow, actor, context.settings, session_id, body)
        attempt.succeeded()
    return encoded(made, 201, {"Location": f"/api/v1/sessions/{session_id}/shares"})


@of_sessions.get("/shares", **needs(Action.SHARE_MANAGE, NoSuchSession))
async def list_shares(session_id: str, actor: CurrentActor, uow: Uow) -> ShareList:
    """List a session's shares, newest first, with those that are over."""
    found = await service.list_shares(uow, actor, session_id)
    return ShareList(shares=found, total=len(found))


@of_sessions.delete("/shares/{share_id}", status_code=204, **needs(Action.SHARE_MANAGE, NoSuchSession, NoSuchShare))
async def revoke_share(session_id: str, share_id: str, actor: CurrentActor, uow: Uow) -> None:
    """End a share. Whoever takes part by it is cut off at once."""
    await service.revoke(uow, actor, session_id, share_id)


@of_sessions.get("/invitees", **needs(Action.SESSION_SHARE, NoSuchSession, TooFast))
async def list_invitees(
    session_id: str,
    actor: CurrentActor,
    uow: Uow,
    context: CurrentContext,
    search: Annotated[str, Query(min_length=2, max_length=100)],
) -> InviteeList:
    """Find people of the session's organisation by a part of their name, to share it with them."""
    context.part(Pace).keep(f"invitees {actor.id}", rules.INVITEE_SEARCHES)
    found = await service.invitees(uow, actor, session_id, search)
    return InviteeList(people=found, total=len(found))


@of_sessions.post("/control", **needs(Action.SESSION_SHARE, *_CONTROL))
async def give_control(session_id: str, body: ControlIn, actor: ActorAlone, context: CurrentContext) -> ControlOut:
    """Give keyboard and mouse to one of those who take part, and to nobody else."""
    return await _control(context, actor, session_id, body.connection_id)


@of_sessions.delete("/control", **needs(Action.SESSION_SHARE, *_CONTROL))
async def take_control(session_id: str, actor: ActorAlone, context: CurrentContext) -> ControlOut:
    """Take control back: you and all who may control have it again."""
    return await _control(context, actor, session_id, None)


async def _control(context: Context, actor: Actor, session_id: str, connection_id: str | None) -> ControlOut:
    async with context.database.work(write=False) as uow:
        agent_id = await service.controllable(uow, actor, session_id, connection_id)
    # The agent is asked outside of any transaction.
    order: dict[str, object] = {"sessionId": session_id, "connectionId": connection_id}
    answer = await context.part(AgentHub).ask(agent_id, "control", order)
    if "error" in answer:
        raise ControlNotPossible
    async with context.database.work() as uow:
        shown = await service.set_control(uow, actor, session_id, connection_id)
    return ControlOut(session_id=session_id, connections=shown)


@of_sessions.post(
    "/control/request",
    status_code=204,
    **needs(Action.SHARE_USE, NoSuchSession, NoSuchConnection, ForeignConnection, TooManyAttempts),
)
async def request_control(
    session_id: str, body: ControlIn, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> None:
    """Ask the owner for keyboard and mouse; they hear it on their event socket."""
    name = f"control {actor.id} {session_id}"
    with context.part(Attempts).one(name, f"control {actor.id}"):
        await service.ask_for_control(uow, actor, session_id, body.connection_id)


@links.post("/redeem", **needs(Action.SHARE_USE, NoSuchShare, TooManyAttempts))
async def redeem_share(
    body: RedeemIn, request: Request, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> RedeemedOut:
    """Open a sharing link: its session is shared with you from now on."""
    with context.part(Attempts).one(f"share {actor.id}", f"share {client_address(request)}") as attempt:
        session = await service.redeem(uow, actor, body.token)
        attempt.succeeded()
    return RedeemedOut(session=session)


@links.post("/preview", **open_to_all(NoSuchShare, TooManyAttempts, audited=False))
async def preview_share(body: RedeemIn, request: Request, uow: Uow, context: CurrentContext) -> InvitationOut:
    """Show what a sharing link leads to, or why it does no more. It is not opened by this."""
    address = client_address(request)
    with context.part(Attempts).one(f"preview {address}", f"previews {address}") as attempt:
        found = await service.preview(uow, body.token)
        attempt.succeeded()
    return found


@links.post("/join", **open_to_all(NoSuchShare, GuestsNotAllowed, TooManyAttempts, *_CONNECT))
async def join_as_guest(body: GuestIn, request: Request, uow: Uow, context: CurrentContext) -> GuestOut:
    """Open a sharing link without a login, where the organisation lets guests in; get an address that works once."""
    address = client_address(request)
    with context.part(Attempts).one(f"guest {address}", f"guests {address}") as attempt:
        opened, share = await service.join_as_guest(
            uow, context.settings, body, ip=address, user_agent=request.headers.get("user-agent", "")
        )
        attempt.succeeded()
    shown = _opened(opened, share.permission)
    return GuestOut(**shown.model_dump(), session_id=share.session_id, name=body.name)


@mine.get("", **needs(Action.SHARE_USE))
async def list_shared_sessions(actor: CurrentActor, uow: Uow) -> SharedSessionList:
    """List the sessions of others that are shared with you."""
    found = await service.list_shared(uow, actor)
    return SharedSessionList(sessions=found, total=len(found))


@mine.get("/{session_id}", **needs(Action.SHARE_USE, NotShared))
async def get_shared_session(session_id: str, actor: CurrentActor, uow: Uow) -> SharedSessionOut:
    """Show one session that is shared with you."""
    return await service.get_shared(uow, actor, session_id)


@mine.post("/{session_id}/connect", **needs(Action.SHARE_USE, NotShared, *_CONNECT))
async def connect_shared_session(
    session_id: str, request: Request, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> ConnectOut:
    """Get an address that shows a session that is shared with you, once, within a minute."""
    opened, shared = await service.connect(
        uow,
        actor,
        context.settings,
        session_id,
        ip=client_address(request),
        user_agent=request.headers.get("user-agent", ""),
    )
    return _opened(opened, shared.permission)


def _opened(opened: Opened, permission: Any) -> ConnectOut:
    return ConnectOut(
        connection_id=opened.connection.id if opened.connection else None,
        session_url=opened.url,
        state=State(opened.session.state),
        ready=opened.url is not None,
        message=opened.message,
        role=rules.ROLES[permission],
        expires_at=opened.expires_at,
        watermark=opened.watermark,
    )


ROUTERS = (of_sessions, links, mine)
