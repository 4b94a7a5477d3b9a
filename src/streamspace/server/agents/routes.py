from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, WebSocket
from starlette.responses import Response

from streamspace.protocol import control
from streamspace.protocol.control import Registration
from streamspace.server.agents import service
from streamspace.server.agents.errors import (
    AgentBusy,
    AgentRejected,
    BadAgentKey,
    BadJoinToken,
    NoSuchAgent,
    NoSuchCommand,
    WrongAgentKey,
)
from streamspace.server.agents.hub import AgentHub
from streamspace.server.agents.schemas import (
    AgentList,
    AgentOut,
    CommandOut,
    JoinTokenIn,
    JoinTokenOut,
    RegistrationOut,
    agent_out,
    command_out,
)
from streamspace.server.core.attempts import Attempts, TooManyAttempts
from streamspace.server.core.errors import BadDuration
from streamspace.server.core.http import (
    CurrentActor,
    CurrentContext,
    Uow,
    client_address,
    context_of,
    encoded,
    needs,
    open_to_all,
)
from streamspace.server.core.permissions import Action

router = APIRouter(prefix="/agents", tags=["agents"])

Key = Annotated[str, Header(alias=control.KEY_HEADER, max_length=200)]
Join = Annotated[str | None, Header(alias=control.JOIN_HEADER, max_length=200)]


@router.post(
    "/register",
    response_model=AgentOut,
    **open_to_all(BadAgentKey, WrongAgentKey, BadJoinToken, AgentRejected, TooManyAttempts),
)
async def register_agent(
    body: Registration, request: Request, context: CurrentContext, key: Key = "", join_token: Join = None
) -> Response:
    """Enrol an agent with a join token, or tell what a known one has; 202 until an administrator approves it."""
    attempts = context.part(Attempts)
    agent, new = await service.register(context.database, attempts, body, key, join_token, client_address(request))
    shown = agent_out(agent)
    if agent.approval_status == "approved":
        return encoded(shown, 201 if new else 200)
    waiting = "Waiting for an administrator's approval: `streamspace agents approve`."
    return encoded(RegistrationOut(agent=shown, approval_status=agent.approval_status, message=waiting), 202)


@router.websocket("/connect", name="agent_channel")
async def agent_channel(socket: WebSocket, agent_id: Annotated[str, Query(max_length=100)] = "") -> None:
    """Hold an agent's control channel; it proves itself with its own key."""
    key = socket.headers.get(control.KEY_HEADER, "")
    context = context_of(socket)
    await context.part(AgentHub).serve(socket, agent_id, key, context.part(Attempts), client_address(socket))


@router.post("/join-tokens", status_code=201, **needs(Action.AGENT_MANAGE, BadDuration))
async def create_join_token(body: JoinTokenIn, actor: CurrentActor, uow: Uow) -> JoinTokenOut:
    """Make a token with which new agents may register; it is shown once."""
    token, row = await service.create_join_token(uow, actor, body)
    return JoinTokenOut(
        token=token,
        platform=row.platform,
        uses=row.uses_left,
        approve=row.approves,
        expires_at=row.expires_at,
    )


@router.get("", **needs(Action.AGENT_VIEW))
async def list_agents(actor: CurrentActor, uow: Uow) -> AgentList:
    """List the fleet."""
    found = await service.list_agents(uow, actor)
    active = await service.active_sessions(uow)
    shown = [agent_out(agent, active.get(agent.agent_id, 0)) for agent in found]
    return AgentList(agents=shown, total=len(shown))


@router.get("/{agent_id}", **needs(Action.AGENT_VIEW, NoSuchAgent))
async def get_agent(agent_id: str, actor: CurrentActor, uow: Uow) -> AgentOut:
    """Show one agent."""
    agent = await service.get(uow, actor, agent_id)
    return agent_out(agent, (await service.active_sessions(uow)).get(agent_id, 0))


@router.post("/{agent_id}/approve", **needs(Action.AGENT_MANAGE, NoSuchAgent))
async def approve_agent(agent_id: str, actor: CurrentActor, uow: Uow) -> AgentOut:
    """Let an agent run sessions."""
    return agent_out(await service.decide(uow, actor, agent_id, approve=True))


@router.post("/{agent_id}/reject", **needs(Action.AGENT_MANAGE, NoSuchAgent))
async def reject_agent(agent_id: str, actor: CurrentActor, uow: Uow) -> AgentOut:
    """Refuse an agent; a connected one is cut off."""
    return agent_out(await service.decide(uow, actor, agent_id, approve=False))


@router.post("/{agent_id}/drain", **needs(Action.AGENT_MANAGE, NoSuchAgent))
async def drain_agent(agent_id: str, actor: CurrentActor, uow: Uow) -> AgentOut:
    """Give an agent no new sessions."""
    return agent_out(await service.drain(uow, actor, agent_id, draining=True))


@router.post("/{agent_id}/undrain", **needs(Action.AGENT_MANAGE, NoSuchAgent))
async def undrain_agent(agent_id: str, actor: CurrentActor, uow: Uow) -> AgentOut:
    """Give an agent new sessions again."""
    return agent_out(await service.drain(uow, actor, agent_id, draining=False))


@router.delete("/{agent_id}", status_code=204, **needs(Action.AGENT_MANAGE, NoSuchAgent, AgentBusy))
async def remove_agent(agent_id: str, actor: CurrentActor, uow: Uow) -> None:
    """Forget an agent; it must enrol again."""
    await service.remove(uow, actor, agent_id)


@router.get("/{agent_id}/commands/{command_id}", **needs(Action.AGENT_VIEW, NoSuchAgent, NoSuchCommand))
async def get_agent_command(agent_id: str, command_id: str, actor: CurrentActor, uow: Uow) -> CommandOut:
    """Show how far a command is."""
    return command_out(await service.command(uow, actor, agent_id, command_id))
