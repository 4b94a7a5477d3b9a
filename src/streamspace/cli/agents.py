"""`streamspace agents …`."""

import asyncio
import time
from typing import Annotated, Any

from cyclopts import App, Parameter
from cyclopts.validators import Number

from streamspace.cli import agent_facts as facts
from streamspace.cli import joining
from streamspace.cli.asking import confirm
from streamspace.cli.failures import TIMED_OUT, USAGE, CommandFailed
from streamspace.cli.output import ago, print_fields, print_json, print_table, say
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.client import Agent, Api, CommandStatus

app = App(name="agents", help="Show and administer the hosts that run sessions.")
app.command(joining.join_token)
app.command(joining.join_tokens)
app.command(joining.revoke_join_token)
POLL_SECONDS = 1.0
_GIB = 1024**3


@app.command(name="list", alias="ls")
async def list_agents(
    *,
    platform: str | None = None,
    status: str | None = None,
    region: str | None = None,
    label: str | None = None,
    limit: Annotated[int | None, Parameter(validator=Number(gte=1, lte=10_000))] = None,
    cursor: str | None = None,
    remote: Remote = DEFAULT,
) -> None:
    """List agents by name, or those that match.

    Args:
        platform: Such as process or docker.
        status: online, offline or draining.
        region: As the agents name it.
        label: A label's name, or name=value.
        limit: Show only so many.
        cursor: Go on after an earlier page, as it said.
    """
    asked = {"platform": platform, "status": status, "region": region, "label": label, "cursor": cursor}
    asked["limit"] = str(limit) if limit is not None else None
    async with remote.api() as api:
        found = await api.agents.list(**{name: value for name, value in asked.items() if value is not None})
    if remote.as_json:
        print_json(found)
        return
    print_table(
        ["agent", "platform", "status", "approval", "sessions", "region", "last heartbeat"],
        (
            (
                agent.agent_id,
                agent.platform,
                "cordoned" if agent.cordoned and agent.status == "online" else agent.status,
                agent.approval_status,
                f"{agent.active_sessions}/{agent.capacity.max_sessions}" if agent.capacity else agent.active_sessions,
                agent.region,
                ago(agent.last_heartbeat) or "never",
            )
            for agent in found.agents
        ),
        empty="No agent has joined yet. Make a token with `streamspace agents join-token`.",
    )
    if found.next_cursor is not None:
        say(f"{len(found.agents)} of {found.total}. Go on with --cursor {found.next_cursor}")


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
            ("Labels", ", ".join(f"{key}={value}" for key, value in sorted(agent.labels.items())) or None),
            ("Organisation", agent.org_id or "all"),
            ("Status", agent.status),
            ("Cordoned", "yes" if agent.cordoned else None),
            ("Version", agent.version),
            ("Versions behind", agent.versions_behind or None),
            ("Approval", agent.approval_status),
            ("Approved", agent.approved_at),
            ("Approved by", agent.approved_by),
            ("Sessions", agent.active_sessions),
            ("Most sessions", agent.max_sessions or (agent.capacity.max_sessions if agent.capacity else None)),
            *facts.standing(agent.standing),
            ("CPU", agent.capacity.cpu if agent.capacity else None),
            ("Memory", agent.capacity.memory if agent.capacity else None),
            ("Starts at once", agent.max_starts),
            *facts.used(agent),
            ("Key made", agent.key_created_at),
            ("Key", "revoked" if agent.key_revoked else None),
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


@app.command(name="set")
async def set_(
    agent_id: str,
    *,
    region: str | None = None,
    label: list[str] | None = None,
    org: str | None = None,
    max_starts: int | None = None,
    max_sessions: int | None = None,
    remote: Remote = DEFAULT,
) -> None:
    """Change what you decide about an agent; what you do not name stays.

    Args:
        agent_id: As shown by `agents list`.
        region: Where it is; an empty one unsets it.
        label: As name=value, or name= to take one away; may be repeated.
        org: Id of the only organisation it runs sessions for; an empty one is all.
        max_starts: How many sessions it starts at once; 0 for what the settings say.
        max_sessions: How many sessions it is given at most; 0 for what it says itself.
    """
    async with remote.api() as api:
        changes: dict[str, Any] = {}
        if region is not None:
            changes["region"] = region or None
        if org is not None:
            changes["orgId"] = org or None
        if max_starts is not None:
            changes["maxStarts"] = max_starts or None
        if max_sessions is not None:
            changes["maxSessions"] = max_sessions or None
        if label:
            changes["labels"] = _labelled((await api.agents.get(agent_id)).labels, label)
        if not changes:
            raise CommandFailed("Nothing to change was named.", USAGE, hint="See `agents set --help`.")
        _tell(remote, await api.agents.update(agent_id, **changes), "is changed.")


def _labelled(labels: dict[str, str], wanted: list[str]) -> dict[str, str]:
    labels = dict(labels)
    for one in wanted:
        key, equals, value = one.partition("=")
        if not key or not equals:
            raise CommandFailed(f"{one!r} is no label.", USAGE, hint="Write name=value, or name= to take it away.")
        if value:
            labels[key] = value
        else:
            labels.pop(key, None)
    return labels


@app.command
async def cordon(agent_id: str, *, remote: Remote = DEFAULT) -> None:
    """Place no further sessions on an agent, until `uncordon`."""
    async with remote.api() as api:
        _tell(remote, await api.agents.cordon(agent_id), "takes no further sessions.")


@app.command
async def uncordon(agent_id: str, *, remote: Remote = DEFAULT) -> None:
    """Use a cordoned agent again."""
    async with remote.api() as api:
        _tell(remote, await api.agents.uncordon(agent_id), "takes sessions again.")


@app.command
async def remove(
    agent_id: str, *, yes: Annotated[bool, Parameter(negative="")] = False, remote: Remote = DEFAULT
) -> None:
    """Forget an agent that runs nothing, or is away; it must join again.

    Args:
        agent_id: As shown by `agents list`.
        yes: Do not ask.
    """
    async with remote.api() as api:
        standing = None if yes else (await api.agents.get(agent_id)).standing
        ends = standing.asleep + standing.reserved.sessions if standing is not None else 0
        told = f" {ends} of its sessions, running or asleep, will have failed." if ends else ""
        confirm(f"Remove {agent_id}? Its key works no more.{told}", yes=yes)
        await api.agents.remove(agent_id)
    if not remote.as_json:
        say(f"{agent_id} is removed.")


@app.command
async def rotate_key(agent_id: str, *, remote: Remote = DEFAULT) -> None:
    """Have a connected agent make itself a new key, which nobody sees."""
    async with remote.api() as api:
        _tell(remote, await api.agents.rotate_key(agent_id), "has a new key.")


@app.command
async def generate_key(agent_id: str, *, remote: Remote = DEFAULT) -> None:
    """Make a key for an agent that lost its own. It is shown only this once."""
    async with remote.api() as api:
        made = await api.agents.generate_key(agent_id)
    if remote.as_json:
        print_json(made)
        return
    print(made.api_key)
    say(made.message)


@app.command
async def revoke_key(
    agent_id: str, *, yes: Annotated[bool, Parameter(negative="")] = False, remote: Remote = DEFAULT
) -> None:
    """Have an agent's keys work no more; it is cut off, and needs `generate-key` to come back.

    Args:
        agent_id: As shown by `agents list`.
        yes: Do not ask.
    """
    confirm(f"Revoke the keys of {agent_id}? Its streams close.", yes=yes)
    async with remote.api() as api:
        _tell(remote, await api.agents.revoke_key(agent_id), "is cut off; its keys work no more.")


@app.command
async def command(
    agent_id: str, action: str, *, session: str | None = None, timeout: float = 60, remote: Remote = DEFAULT
) -> None:
    """Give an agent an order by hand and print what comes of it.

    Args:
        agent_id: As shown by `agents list`.
        action: ping, inventory, usage, shutdown or restart.
        session: Whose usage to ask for.
        timeout: Longest wait, in seconds.
    """
    async with remote.api() as api:
        order = await _followed(api, agent_id, await api.agents.order(agent_id, action, session_id=session), timeout)
    if order.status == "failed":
        raise CommandFailed(f"{agent_id} could not do it: {order.error_message or 'no reason given.'}")
    print_json(order if remote.as_json else order.result or {})


@app.command
async def commands(agent_id: str, *, limit: int = 20, status: str | None = None, remote: Remote = DEFAULT) -> None:
    """List what an agent was ordered lately.

    Args:
        agent_id: As shown by `agents list`.
        limit: How many.
        status: pending, sent, ack, completed or failed.
    """
    async with remote.api() as api:
        found = await api.agents.commands(agent_id, limit=limit, status=status)
    if remote.as_json:
        print_json(found)
        return
    print_table(
        ["command", "action", "session", "status", "ordered", "error"],
        (
            (one.command_id, one.action, one.session_id, one.status, ago(one.created_at), one.error_message)
            for one in found.commands
        ),
        empty="It was ordered nothing yet.",
    )


@app.command
async def usage(agent_id: str, *, hours: int = 24, remote: Remote = DEFAULT) -> None:
    """Show what an agent's machine used lately, and what was promised on it.

    Args:
        agent_id: As shown by `agents list`.
        hours: Of the last so many, up to 24.
    """
    async with remote.api() as api:
        found = await api.agents.usage(agent_id, hours=hours)
    if remote.as_json:
        print_json(found)
        return
    print_table(
        ["at", "cpu", "memory", "sessions", "promised"],
        (
            (
                one.at,
                f"{one.cpu_percent:.0f} %" if one.cpu_percent is not None else None,
                f"{one.memory_used_bytes / _GIB:.1f} GiB" if one.memory_used_bytes is not None else None,
                one.sessions,
                f"{one.reserved_sessions}, {one.reserved_millicores / 1000:g} cores",
            )
            for one in found.samples
        ),
        empty="It was not there, or not long enough.",
    )


@app.command
async def drain(agent_id: str, *, evict: str | None = None, remote: Remote = DEFAULT) -> None:
    """Place no further sessions on an agent; those that run stay.

    Args:
        agent_id: As shown by `agents list`.
        evict: `hibernate` puts those that run to sleep.
    """
    async with remote.api() as api:
        _tell(remote, await api.agents.drain(agent_id, evict=evict), "takes no further sessions.")


@app.command
async def undrain(agent_id: str, *, remote: Remote = DEFAULT) -> None:
    """Use a drained agent again."""
    async with remote.api() as api:
        _tell(remote, await api.agents.undrain(agent_id), "takes sessions again.")


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
        order = await _followed(api, agent_id, order, timeout)
    if order.status == "failed":
        raise CommandFailed(
            f"{agent_id} could not install what {template} needs: {order.error_message or 'no reason given.'}"
        )
    if remote.as_json:
        print_json(order)
    else:
        say(f"{agent_id} can run {template} now ({time.monotonic() - started:.0f} s).")


async def _followed(api: Api, agent_id: str, order: CommandStatus, timeout: float) -> CommandStatus:
    """Wait until an order has ended."""
    started = time.monotonic()
    while not order.ended:
        if time.monotonic() - started > timeout:
            raise CommandFailed(
                f"{agent_id} has not finished after {timeout:.0f} s; it goes on.", TIMED_OUT, code="timed_out"
            )
        await asyncio.sleep(POLL_SECONDS)
        order = await api.agents.command(agent_id, order.command_id)
    return order


def _tell(remote: Remote, agent: Agent, what: str) -> None:
    if remote.as_json:
        print_json(agent)
    else:
        say(f"{agent.agent_id} {what}")
