from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Request, WebSocket
from starlette.responses import Response

from streamspace.protocol import control
from streamspace.protocol.control import Heartbeat, Platform, Registration
from streamspace.server.agents import admission, joining, presence, service, usage
from streamspace.server.agents import standing as standings
from streamspace.server.agents.errors import (
    AgentAway,
    AgentBusy,
    AgentHeld,
    AgentKeyRevoked,
    AgentNotApproved,
    AgentOffline,
    AgentRejected,
    BadAgentKey,
    BadJoinToken,
    CannotRotate,
    CommandUnknown,
    NoSuchAgent,
    NoSuchCommand,
    NoSuchJoinToken,
    ReservedAgentName,
    TooManyHeartbeats,
    WrongAgentKey,
)
from streamspace.server.agents.hub import AgentHub, refuse
from streamspace.server.agents.models import Agent
from streamspace.server.agents.pace import HeartbeatPace
from streamspace.server.agents.schemas import (
    AgentFilter,
    AgentKeyOut,
    AgentList,
    AgentOut,
    AgentPatch,
    AgentUsageOut,
    Approval,
    CommandIn,
    CommandList,
    CommandOut,
    CommandState,
    HeartbeatOut,
    JoinTokenIn,
    JoinTokenList,
    KeyUseOut,
    NewJoinTokenOut,
    RegistrationOut,
    Status,
    UsageSampleOut,
    agent_out,
    command_out,
    status_of,
    token_out,
)
from streamspace.server.agents.standing import Promised, Promises
from streamspace.server.core.attempts import Attempts, TooManyAttempts
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.errors import BadCursor, BadDuration, Problem
from streamspace.server.core.http import (
    ActorAlone,
    Context,
    CurrentActor,
    CurrentContext,
    Cursor,
    Limit,
    Uow,
    client_address,
    context_of,
    encoded,
    needs,
    open_to_all,
)
from streamspace.server.core.permissions import Action
from streamspace.server.organizations.errors import NoSuchOrganization

router = APIRouter(prefix="/agents", tags=["agents"])
"""What agents themselves call."""
fleet = APIRouter(prefix="/agents", tags=["agents"])
"""What people do with agents; also below `/admin`."""

Key = Annotated[str, Header(alias=control.KEY_HEADER, max_length=200)]
Instance = Annotated[str | None, Header(alias=control.INSTANCE_HEADER, min_length=1, max_length=64)]
Join = Annotated[str | None, Header(alias=control.JOIN_HEADER, max_length=200)]

Hours = Annotated[int, Query(ge=1, le=24)]

_LONGEST_INSTANCE = 64
MOST_LISTED = 10_000
"""So many that whoever knows nothing of pages sees the whole fleet."""


@router.post(
    "/register",
    response_model=AgentOut,
    **open_to_all(
        BadAgentKey,
        WrongAgentKey,
        AgentKeyRevoked,
        BadJoinToken,
        AgentRejected,
        ReservedAgentName,
        TooManyAttempts,
    ),
)
async def register_agent(
    body: Registration, request: Request, context: CurrentContext, key: Key = "", join_token: Join = None
) -> Response:
    """Enrol an agent with a join token, or tell what a known one has; 202 until an administrator approves it."""
    attempts = context.part(Attempts)
    agent, new = await admission.register(context.database, attempts, body, key, join_token, client_address(request))
    shown = agent_out(agent)
    if agent.approval_status == "approved":
        return encoded(shown, 201 if new else 200)
    waiting = "Waiting for an administrator's approval: `streamspace agents approve`."
    return encoded(RegistrationOut(agent=shown, approval_status=agent.approval_status, message=waiting), 202)


@router.websocket("/connect", name="agent_channel")
async def agent_channel(socket: WebSocket, agent_id: Annotated[str, Query(max_length=100)] = "") -> None:
    """Hold an agent's control channel; it proves itself with its own key."""
    key, instance = (socket.headers.get(name) for name in (control.KEY_HEADER, control.INSTANCE_HEADER))
    context = context_of(socket)
    attempts, hub, ip = context.part(Attempts), context.part(AgentHub), client_address(socket)
    try:
        claim = await hub.arrivals.prove(
            attempts, agent_id, key or "", ip, (instance or "")[:_LONGEST_INSTANCE] or None
        )
    except Problem as refusal:
        await refuse(socket, refusal)
        return
    await hub.serve(socket, claim)


@router.post(
    "/{agent_id}/heartbeat",
    **open_to_all(
        BadAgentKey,
        WrongAgentKey,
        AgentKeyRevoked,
        AgentNotApproved,
        AgentRejected,
        NoSuchAgent,
        AgentHeld,
        TooManyAttempts,
        TooManyHeartbeats,
        audited=False,
    ),
)
async def agent_heartbeat(
    agent_id: str, body: Heartbeat, request: Request, context: CurrentContext, key: Key = "", instance: Instance = None
) -> HeartbeatOut:
    """Take an agent's heartbeat while its channel is broken; it keeps the agent's place."""
    attempts, ip = context.part(Attempts), client_address(request)
    claim = await context.part(AgentHub).arrivals.prove(attempts, agent_id, key, ip, instance)
    context.part(HeartbeatPace).note(agent_id)
    agent = await presence.heartbeat(context.database, claim, body)
    message = "The heartbeat is noted." if agent.online else "The heartbeat is noted; commands need the channel."
    return HeartbeatOut(
        message=message, agent_id=agent_id, status=status_of(agent), last_heartbeat=agent.last_heartbeat
    )


@fleet.post("/join-tokens", status_code=201, **needs(Action.AGENT_MANAGE, BadDuration, NoSuchOrganization))
async def create_join_token(body: JoinTokenIn, actor: CurrentActor, uow: Uow) -> NewJoinTokenOut:
    """Make a token with which new agents may register; it is shown once."""
    token, row = await joining.create(uow, actor, body)
    return NewJoinTokenOut(token=token, **token_out(row, uow.now()).model_dump())


@fleet.get("/join-tokens", **needs(Action.AGENT_MANAGE))
async def list_join_tokens(actor: CurrentActor, uow: Uow) -> JoinTokenList:
    """List the join tokens, the newest first, without their text; those that expired are kept for a week."""
    shown = [token_out(row, uow.now()) for row in await joining.listed(uow, actor)]
    return JoinTokenList(join_tokens=shown, total=len(shown))


@fleet.delete("/join-tokens/{token_id}", status_code=204, **needs(Action.AGENT_MANAGE, NoSuchJoinToken))
async def revoke_join_token(token_id: str, actor: CurrentActor, uow: Uow) -> None:
    """Let nobody register with a token any more. Agents that did stay."""
    await joining.revoke(uow, actor, token_id)


async def _shown(uow: UnitOfWork, context: Context, agent: Agent) -> AgentOut:
    standing = await standings.of(uow, context.settings, context.part(Promises), [agent])
    return agent_out(agent, standing[agent.agent_id])


@fleet.get("", **needs(Action.AGENT_VIEW, BadCursor))
async def list_agents(
    actor: CurrentActor,
    uow: Uow,
    context: CurrentContext,
    platform: Platform | None = None,
    status: Status | None = None,
    region: Annotated[str | None, Query(max_length=50)] = None,
    approval: Approval | None = None,
    label: Annotated[list[str] | None, Query(max_length=32)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_LISTED)] = MOST_LISTED,
    cursor: Cursor = None,
) -> AgentList:
    """List the fleet by name, or those that match; a label is `key`, or `key=value`."""
    wanted = AgentFilter(platform=platform, status=status, region=region, approval=approval, labels=label or [])
    agents, total, following = await service.list_agents(uow, actor, wanted, limit=limit, cursor=cursor)
    standing = await standings.of(uow, context.settings, context.part(Promises), agents)
    shown = [agent_out(agent, standing[agent.agent_id], brief=True) for agent in agents]
    return AgentList(agents=shown, total=total, next_cursor=following)


@fleet.get("/{agent_id}", **needs(Action.AGENT_VIEW, NoSuchAgent))
async def get_agent(agent_id: str, actor: CurrentActor, uow: Uow, context: CurrentContext) -> AgentOut:
    """Show one agent, with what its machine and each of its sessions use."""
    return await _shown(uow, context, await service.get(uow, actor, agent_id))


@fleet.get("/{agent_id}/usage", **needs(Action.AGENT_VIEW, NoSuchAgent))
async def get_agent_usage(agent_id: str, actor: CurrentActor, uow: Uow, hours: Hours = 24) -> AgentUsageOut:
    """Show what an agent's machine used lately, and what was promised on it: a sample every two minutes."""
    found = await usage.of(uow, actor, agent_id, hours)
    samples = [UsageSampleOut.model_validate(sample, from_attributes=True) for sample in found]
    return AgentUsageOut(agent_id=agent_id, every_seconds=int(usage.EVERY.total_seconds()), samples=samples)


@fleet.patch("/{agent_id}", **needs(Action.AGENT_MANAGE, NoSuchAgent, NoSuchOrganization))
async def update_agent(
    agent_id: str, body: AgentPatch, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> AgentOut:
    """Change an agent's region, labels, organisation or bounds; what is left out stays."""
    return await _shown(uow, context, await service.update(uow, actor, agent_id, body))


@fleet.post("/{agent_id}/approve", **needs(Action.AGENT_MANAGE, NoSuchAgent))
async def approve_agent(agent_id: str, actor: CurrentActor, uow: Uow, context: CurrentContext) -> AgentOut:
    """Let an agent run sessions."""
    return await _shown(uow, context, await service.decide(uow, actor, agent_id, approve=True))


@fleet.post("/{agent_id}/reject", **needs(Action.AGENT_MANAGE, NoSuchAgent))
async def reject_agent(agent_id: str, actor: CurrentActor, uow: Uow, context: CurrentContext) -> AgentOut:
    """Refuse an agent; a connected one is cut off."""
    return await _shown(uow, context, await service.decide(uow, actor, agent_id, approve=False))


@fleet.post("/{agent_id}/drain", **needs(Action.AGENT_MANAGE, NoSuchAgent))
async def drain_agent(
    agent_id: str,
    actor: CurrentActor,
    uow: Uow,
    context: CurrentContext,
    evict: Literal["hibernate"] | None = None,
) -> AgentOut:
    """Empty an agent: no new sessions; `evict=hibernate` puts those that run to sleep."""
    held = (await context.part(Promises).ask(uow, agent_id)).get(agent_id, Promised())
    drained = await service.drain(uow, actor, agent_id, draining=True, evict=evict, sessions=held.load.sessions)
    return await _shown(uow, context, drained)


@fleet.post("/{agent_id}/undrain", **needs(Action.AGENT_MANAGE, NoSuchAgent))
async def undrain_agent(agent_id: str, actor: CurrentActor, uow: Uow, context: CurrentContext) -> AgentOut:
    """Give an agent new sessions again."""
    return await _shown(uow, context, await service.drain(uow, actor, agent_id, draining=False))


@fleet.post("/{agent_id}/cordon", **needs(Action.AGENT_MANAGE, NoSuchAgent))
async def cordon_agent(agent_id: str, actor: CurrentActor, uow: Uow, context: CurrentContext) -> AgentOut:
    """Give an agent no new sessions; those it has go on."""
    return await _shown(uow, context, await service.cordon(uow, actor, agent_id, cordoned=True))


@fleet.post("/{agent_id}/uncordon", **needs(Action.AGENT_MANAGE, NoSuchAgent))
async def uncordon_agent(agent_id: str, actor: CurrentActor, uow: Uow, context: CurrentContext) -> AgentOut:
    """Give an agent new sessions again."""
    return await _shown(uow, context, await service.cordon(uow, actor, agent_id, cordoned=False))


@fleet.post(
    "/{agent_id}/rotate-key",
    **needs(Action.AGENT_MANAGE, NoSuchAgent, AgentAway, CannotRotate, AgentKeyRevoked),
)
async def rotate_agent_key(agent_id: str, actor: ActorAlone, context: CurrentContext) -> AgentOut:
    """Have a connected agent make itself a new key, which nobody sees; the old one works for a while longer."""
    return agent_out(await context.part(AgentHub).rotate_key(actor, agent_id))


@fleet.post("/{agent_id}/generate-key", **needs(Action.AGENT_MANAGE, NoSuchAgent))
async def generate_agent_key(agent_id: str, actor: CurrentActor, uow: Uow, context: CurrentContext) -> AgentKeyOut:
    """Make a key for an agent that lost its own; it is shown once, and must be carried to its machine."""
    agent, key = await admission.generate_key(uow, actor, agent_id, context.settings.agent_key_overlap)
    return AgentKeyOut(
        message="Give it to the agent as STREAMSPACE_AGENT_KEY and start it again.",
        agent_id=agent_id,
        api_key=key,
        warning="This key is shown only now.",
        usage=KeyUseOut(value=key),
        created_at=agent.api_key_created_at,
    )


@fleet.post("/{agent_id}/revoke-key", **needs(Action.AGENT_MANAGE, NoSuchAgent))
async def revoke_agent_key(agent_id: str, actor: CurrentActor, uow: Uow, context: CurrentContext) -> AgentOut:
    """Have an agent's keys work no more; a connected one is cut off."""
    return await _shown(uow, context, await admission.revoke_key(uow, actor, agent_id))


@fleet.delete("/{agent_id}", status_code=204, **needs(Action.AGENT_MANAGE, NoSuchAgent, AgentBusy))
async def remove_agent(agent_id: str, actor: CurrentActor, uow: Uow, context: CurrentContext) -> None:
    """Forget an agent; it must enrol again. Sessions that it had, also those that sleep, have failed from now on."""
    await service.remove(uow, actor, agent_id, context.part(AgentHub).reactions.removed)


@fleet.post(
    "/{agent_id}/command",
    status_code=201,
    **needs(Action.AGENT_MANAGE, NoSuchAgent, AgentOffline, CommandUnknown),
)
async def command_agent(agent_id: str, body: CommandIn, actor: CurrentActor, uow: Uow) -> CommandOut:
    """Give a connected agent an order by hand; follow it under its commands."""
    return command_out(await service.command_by_hand(uow, actor, agent_id, body))


@fleet.get("/{agent_id}/commands", **needs(Action.AGENT_VIEW, NoSuchAgent, BadCursor))
async def list_agent_commands(
    agent_id: str,
    actor: CurrentActor,
    uow: Uow,
    status: CommandState | None = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> CommandList:
    """List what an agent was ordered, the newest first."""
    rows, total, following = await service.history(uow, actor, agent_id, status=status, limit=limit, cursor=cursor)
    return CommandList(commands=[command_out(row) for row in rows], total=total, next_cursor=following)


@fleet.get("/{agent_id}/commands/{command_id}", **needs(Action.AGENT_VIEW, NoSuchAgent, NoSuchCommand))
async def get_agent_command(agent_id: str, command_id: str, actor: CurrentActor, uow: Uow) -> CommandOut:
    """Show how far a command is."""
    return command_out(await service.command(uow, actor, agent_id, command_id))
