"""`streamspace agents …`."""

import asyncio
import time
from typing import Annotated

from cyclopts import App, Parameter

from streamspace.cli.failures import TIMED_OUT, CommandFailed
from streamspace.cli.output import ago, print_fields, print_json, print_table, say
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.client import Agent

app = App(name="agents", help="Show and administer the hosts that run sessions.")
POLL_SECONDS = 1.0


@app.command(name="list", alias="ls")
async def list_agents(*, remote: Remote = DEFAULT) -> None:
    """List agents."""
    async with remote.api() as api:
        found = await api.agents.list()
    if remote.as_json:
        print_json(found)
        return
    print_table(
        ["agent", "platform", "status", "approval", "sessions", "region", "last heartbeat"],
        (
            (
                agent.agent_id,
                agent.platform,
                agent.status,
                agent.approval_status,
                f"{agent.active_sessions}/{agent.capacity.max_sessions}" if agent.capacity else agent.active_sessions,
                agent.region,
                ago(agent.last_heartbeat) or "never",
            )
            for agent in found.agents
        ),
        empty="No agent has joined yet. Make a token with `streamspace agents join-token`.",
    )


@app.command
async def show(agent_id: str, *, remote: Remote = DEFAULT) -> None:
    """Show one agent."""
    async with remote.api() as api:
        agent = await api.agents.get(agent_id)
    if remote.as_json:
        print_json(agent)
        return
    print_fields(
        [
            ("Agent", agent.agent_id),
            ("Platform", agent.platform),
            ("Region", agent.region),
            ("Status", agent.status),
            ("Approval", agent.approval_status),
            ("Approved", agent.approved_at),
            ("Approved by", agent.approved_by),
            ("Sessions", agent.active_sessions),
            ("Most sessions", agent.capacity.max_sessions if agent.capacity else None),
            ("CPU", agent.capacity.cpu if agent.capacity else None),
            ("Memory", agent.capacity.memory if agent.capacity else None),
            ("Last heartbeat", agent.last_heartbeat or "never"),
            ("Joined", agent.created_at),
            *((str(key).capitalize(), value) for key, value in (agent.metadata or {}).items()),
        ]
    )


@app.command
async def approve(agent_id: str, *, remote: Remote = DEFAULT) -> None:
    """Let a registered agent connect and run sessions."""
    async with remote.api() as api:
        _tell(remote, await api.agents.approve(agent_id), "may run sessions now.")


@app.command
async def reject(agent_id: str, *, remote: Remote = DEFAULT) -> None:
    """Refuse an agent; a live connection ends within a second."""
    async with remote.api() as api:
        _tell(remote, await api.agents.reject(agent_id), "is rejected.")


@app.command
async def drain(agent_id: str, *, remote: Remote = DEFAULT) -> None:
    """Place no further sessions on an agent; those that run stay."""
    async with remote.api() as api:
        _tell(remote, await api.agents.drain(agent_id), "takes no further sessions.")


@app.command
async def undrain(agent_id: str, *, remote: Remote = DEFAULT) -> None:
    """Use a drained agent again."""
    async with remote.api() as api:
        _tell(remote, await api.agents.undrain(agent_id), "takes sessions again.")


@app.command
async def join_token(
    *,
    platform: str | None = None,
    uses: int = 1,
    expires_in: str = "1h",
    approve: Annotated[bool, Parameter(negative="")] = False,
    remote: Remote = DEFAULT,
) -> None:
    """Make a token that new agents register with. It is shown only this once.

    Args:
        platform: Only agents of this platform may use it.
        uses: How many agents may register with it.
        expires_in: How long it works, such as 30m or 24h.
        approve: Agents that use it need no further approval.
    """
    async with remote.api() as api:
        made = await api.agents.create_join_token(platform=platform, uses=uses, expires_in=expires_in, approve=approve)
    if remote.as_json:
        print_json(made)
        return
    print(made.token)
    say(f"It works until {made.expires_at.astimezone():%Y-%m-%d %H:%M}. On the new host, run:")
    say(f"  STREAMSPACE_AGENT_JOIN_TOKEN={made.token} streamspace agent --server {remote.address()}")
    if not approve:
        say("Then let it in with `streamspace agents approve`.")


@app.command
async def install(agent_id: str, template: str, *, timeout: float = 900, remote: Remote = DEFAULT) -> None:
    """Install the packages that a template needs on an agent's host, and wait for it.

    Args:
        agent_id: As shown by `agents list`.
        template: As shown by `templates list`.
        timeout: Longest wait, in seconds; the installation goes on after it.
    """
    async with remote.api() as api:
        order = await api.agents.install_packages(agent_id, template)
        if not remote.as_json:
            say(f"Installing what {template} needs on {agent_id} …")
        started = time.monotonic()
        while not order.ended:
            if time.monotonic() - started > timeout:
                raise CommandFailed(
                    f"{agent_id} has not finished after {timeout:.0f} s; it goes on.",
                    TIMED_OUT,
                    code="timed_out",
                )
            await asyncio.sleep(POLL_SECONDS)
            order = await api.agents.command(agent_id, order.command_id)
    if order.status == "failed":
        raise CommandFailed(
            f"{agent_id} could not install what {template} needs: {order.error_message or 'no reason given.'}"
        )
    if remote.as_json:
        print_json(order)
    else:
        say(f"{agent_id} can run {template} now ({time.monotonic() - started:.0f} s).")


def _tell(remote: Remote, agent: Agent, what: str) -> None:
    if remote.as_json:
        print_json(agent)
    else:
        say(f"{agent.agent_id} {what}")
