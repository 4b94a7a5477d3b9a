"""`streamspace sessions check|why|events`: whether one could start, why it is where it is, what happened to it."""

from typing import Annotated

from cyclopts import Parameter

from streamspace.cli.failures import REFUSED, USAGE, CommandFailed
from streamspace.cli.lookup import session_named
from streamspace.cli.output import print_fields, print_json, print_table
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.client import Availability, Place, Resources


async def check(
    template: str,
    *,
    cpu: str | None = None,
    memory: str | None = None,
    region: str | None = None,
    label: Annotated[list[str] | None, Parameter(negative="")] = None,
    user: str | None = None,
    remote: Remote = DEFAULT,
) -> None:
    """Say whether a session could start now, where, and if not why and when; nothing is started.

    Args:
        template: Name of the template, as shown by `templates list`.
        cpu: Cores, such as 2 or 500m; the template's default where left out.
        memory: Such as 2Gi; the template's default where left out.
        region: Where it must run.
        label: name=value that its agent must have; may be repeated.
        user: Ask for somebody else.
    """
    async with remote.api() as api:
        resources = Resources(cpu=cpu, memory=memory) if cpu or memory else None
        seen = await api.sessions.preview(template, user=user, resources=resources, place=asked(region, label))
    if remote.as_json:
        print_json(seen)
    else:
        place = f"place {seen.queue_position} in the queue" if seen.queue_position else None
        print_fields(
            [
                ("Possible", seen.possible),
                ("Must run", _written(seen.wanted)),
                ("Agent", seen.agent_id),
                ("Waits", place),
                ("Why not", " ".join(reason.message for reason in seen.reasons) or None),
                ("Room", None if seen.possible else seen.message),
                ("At the latest", seen.when),
            ]
        )
        _print_agents(seen.agents)
    if not seen.possible:
        raise CommandFailed("It cannot start now.", REFUSED, code=seen.reasons[0].code)


def asked(region: str | None, labels: list[str] | None) -> Place | None:
    """Read where a session must run.

    Raises:
        CommandFailed: a label is none.
    """
    if region is None and not labels:
        return None
    pairs = [label.partition("=") for label in labels or ()]
    if any(not key or not equals for key, equals, _ in pairs):
        raise CommandFailed("A label is written name=value.", USAGE)
    try:
        return Place(region=region, labels={key: value for key, _, value in pairs})
    except ValueError:
        raise CommandFailed("No agent can have such a region or label.", USAGE) from None


def _written(wanted: Place) -> str | None:
    """Say where a session must run, or should."""
    parts = [f"{key}={value}" for key, value in sorted(wanted.labels.items())]
    if wanted.region:
        parts.insert(0, f"in {wanted.region}" if wanted.region_required else f"in {wanted.region} if there is room")
    return ", ".join(parts) or None


async def why(session_id: str, *, remote: Remote = DEFAULT) -> None:
    """Show why a session was given to its agent, and why not to the others.

    Args:
        session_id: Its id, or an end of it that only one session has.
    """
    async with remote.api() as api:
        session = await session_named(api, session_id)
        placed = await api.sessions.placement(session.id)
    if remote.as_json:
        print_json(placed)
        return
    print_fields(
        [
            ("Session", placed.session_id),
            ("Agent", placed.agent_id),
            ("Strategy", placed.strategy),
            ("Must run", _written(placed.wanted)),
        ]
    )
    _print_agents(placed.agents)
    if len(placed.attempts) > 1:
        rows = ((one.agent_id, one.at, one.message or "") for one in placed.attempts)
        print_table(["tried on", "at", "what went wrong"], rows, empty="")


def _print_agents(agents: list[Availability]) -> None:
    rows = (
        (agent.agent_id, "yes" if agent.ok else "no", " ".join(reason.message for reason in agent.reasons))
        for agent in agents
    )
    print_table(["agent", "fits", "why not"], rows, empty="No agent is registered.")


async def events(session_id: str, *, remote: Remote = DEFAULT) -> None:
    """Show what happened to a session, oldest first.

    Args:
        session_id: Its id, or an end of it that only one session has.
    """
    async with remote.api() as api:
        session = await session_named(api, session_id)
        found = await api.sessions.events(session.id)
    if remote.as_json:
        print_json({"events": found})
        return
    rows = ((event.at, event.kind, event.actor or "", event.message or "") for event in found)
    print_table(["at", "what", "by", "message"], rows, empty="Nothing is known of it.")
