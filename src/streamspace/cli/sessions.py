"""`streamspace sessions …`."""

import asyncio
import webbrowser
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated

from cyclopts import App, Parameter

from streamspace.cli import files, placement
from streamspace.cli.failures import REFUSED, USAGE, CommandFailed
from streamspace.cli.lookup import session_named
from streamspace.cli.output import clean, print_fields, print_json, print_table, say, span
from streamspace.cli.progress import wait_until_settled
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.client import Api, Connection, Resources, Session

app = App(name="sessions", help="Start, open, suspend and end sessions.")
app.command(placement.check)
app.command(placement.why)
app.command(placement.events)
app.command(files.list_files, name="files")
app.command(files.copy, name="cp")
PAGE = 100
WAIT_SECONDS = 120.0

Flag = Annotated[bool, Parameter(negative="")]


@app.command(alias="start")
async def create(
    template: str,
    *,
    cpu: str | None = None,
    memory: str | None = None,
    persistent_home: Annotated[bool | None, Parameter(name="--home", negative="--no-home")] = None,
    idle_timeout: str | None = None,
    max_duration: str | None = None,
    tag: Annotated[list[str] | None, Parameter(negative="")] = None,
    env: Annotated[list[str] | None, Parameter(negative="")] = None,
    region: str | None = None,
    label: Annotated[list[str] | None, Parameter(negative="")] = None,
    user: str | None = None,
    wait: bool = True,
    timeout: float = WAIT_SECONDS,
    open_it: Annotated[bool, Parameter(name="--open", negative="")] = False,
    quiet: Annotated[bool, Parameter(name=["--quiet", "-q"], negative="")] = False,
    remote: Remote = DEFAULT,
) -> None:
    """Start a session and print its address.

    Args:
        template: Name of the template, as shown by `templates list`.
        cpu: Cores, such as 2 or 500m; the template's default where left out.
        memory: Such as 2Gi; the template's default where left out.
        persistent_home: Whether the home directory outlives the session.
        idle_timeout: Hibernate after this long without input, such as 30m.
        max_duration: End it after this long, such as 8h.
        tag: A word to find it by; may be repeated.
        env: NAME=VALUE for the application; may be repeated.
        region: Where it must run.
        label: name=value that its agent must have; may be repeated.
        user: Start it for somebody else.
        wait: Wait until it runs, showing each phase.
        timeout: Longest wait, in seconds; the start goes on after it.
        open_it: Open it in the browser.
        quiet: Print the session's id only.
    """
    async with remote.api() as api:
        session = await api.sessions.create(
            template,
            user=user,
            resources=Resources(cpu=cpu, memory=memory) if cpu or memory else None,
            persistent_home=persistent_home,
            idle_timeout=idle_timeout,
            max_session_duration=max_duration,
            tags=tag,
            environment=_environment(env) if env else None,
            place=placement.asked(region, label),
        )
        if wait:
            shown = not (quiet or remote.as_json)
            session = await wait_until_settled(api, session, seconds=timeout, show=shown)
    address = _address(remote, session)
    if remote.as_json:
        print_json(session)
    elif quiet:
        print(session.id)
    else:
        say(f"{session.id} runs." if session.ready else f"{session.id} is {session.state}.")
        print(address)
    if open_it:
        webbrowser.open(address)


@app.command(name="list", alias="ls")
async def list_sessions(
    *,
    user: str | None = None,
    state: str | None = None,
    template: str | None = None,
    tag: Annotated[list[str] | None, Parameter(negative="")] = None,
    limit: int | None = None,
    remote: Remote = DEFAULT,
) -> None:
    """List sessions: yours, or everybody's where you may see them.

    Args:
        user: Only this person's.
        state: Only those in this state, such as running.
        template: Only those of this template.
        tag: Only those with this tag; may be repeated.
        limit: At most so many.
    """
    async with remote.api() as api:
        found: list[Session] = []
        cursor: str | None = None
        while limit is None or len(found) < limit:
            page = await api.sessions.list(
                user=user,
                state=state,
                template=template,
                tags=tag,
                limit=PAGE if limit is None else min(PAGE, limit - len(found)),
                cursor=cursor,
            )
            found += page.sessions
            cursor = page.next_cursor
            if cursor is None:
                break
    if remote.as_json:
        print_json({"sessions": found, "total": len(found)})
        return
    now = datetime.now(UTC)
    print_table(
        ["session", "application", "state", "user", "age", "agent", "tags"],
        (
            (
                session.id,
                session.template_display_name or session.template,
                session.state,
                session.user,
                span(now - session.created_at),
                session.agent_id,
                session.tags,
            )
            for session in found
        ),
        empty="No session matches."
        if user or state or template or tag
        else "No sessions. Start one: `streamspace sessions create`.",
    )


@app.command
async def show(session_id: str, *, remote: Remote = DEFAULT) -> None:
    """Show one session.

    Args:
        session_id: Its id, or an end of it that only one session has.
    """
    async with remote.api() as api:
        session = await session_named(api, session_id)
    if remote.as_json:
        print_json(session)
        return
    print_fields(
        [
            ("Session", session.id),
            ("Application", session.template_display_name or session.template),
            ("State", session.state),
            ("Message", session.status.message),
            ("Place in the queue", session.queue_position),
            ("Hibernates", session.idle_warning),
            ("Why", session.reason.message if session.reason else session.termination_reason),
            ("User", session.user),
            ("Agent", session.agent_id),
            ("Platform", session.platform),
            ("Memory", session.resources.memory),
            ("CPU", session.resources.cpu),
            ("Persistent home", session.persistent_home),
            ("Idle timeout", session.idle_timeout),
            ("Longest life", session.max_session_duration),
            ("Watching", session.active_connections),
            ("Tags", session.tags),
            ("Created", session.created_at),
            ("Started", session.started_at),
            ("Last activity", session.status.last_activity),
            ("Ended", session.terminated_at),
            ("Address", _address(remote, session)),
        ]
    )


@app.command(name="open")
async def open_session(
    session_id: str,
    *,
    direct: Flag = False,
    print_only: Annotated[bool, Parameter(name="--print", negative="")] = False,
    timeout: float = WAIT_SECONDS,
    remote: Remote = DEFAULT,
) -> None:
    """Open a session in the browser, waking it where needed.

    Args:
        session_id: Its id, or an end of it that only one session has.
        direct: Open the bare stream with a one-time address (60 s) instead of the web UI; needs no login.
        print_only: Print the address and open nothing.
        timeout: Longest wait for a session that is not running, in seconds.
    """
    async with remote.api() as api:
        session = await session_named(api, session_id)
        if session.state in {"failed", "terminating", "terminated"}:
            why = session.reason.message if session.reason else ""
            raise CommandFailed(f"{session.id} is {session.state}. {why}".strip(), REFUSED, code="wrong_state")
        connection = await _connect(api, session, timeout, show=not remote.as_json) if direct else None
    address = (connection.session_url or "") if connection else _address(remote, session)
    if remote.as_json:
        print_json(connection or {"url": address})
    else:
        print(address)
    if not print_only and not remote.as_json and not webbrowser.open(address):
        say("No browser was found on this machine: open the address above in yours.")


@app.command
async def logs(session_id: str, *, lines: int = 200, remote: Remote = DEFAULT) -> None:
    """Print the end of a session's log, also after it ended.

    Args:
        session_id: Its id, or an end of it that only one session has.
        lines: How many lines at most.
    """
    async with remote.api() as api:
        session = await session_named(api, session_id)
        text = await api.sessions.logs(session.id, lines=lines)
    if remote.as_json:
        print_json({"logs": text})
    elif text:
        print(clean(text).rstrip("\n"))
    else:
        say("The log is empty.")


@app.command
async def hibernate(*session_ids: str, remote: Remote = DEFAULT) -> None:
    """Free the processor and memory of sessions, keeping their homes."""
    await _each(remote, session_ids, lambda api, one: api.sessions.hibernate(one), "hibernates.")


@app.command
async def wake(*session_ids: str, wait: bool = True, timeout: float = WAIT_SECONDS, remote: Remote = DEFAULT) -> None:
    """Bring hibernated sessions back.

    Args:
        session_ids: Which ones.
        wait: Wait until they run.
        timeout: Longest wait, in seconds.
    """

    async def wake_one(api: Api, session_id: str) -> Session:
        session = await api.sessions.wake(session_id)
        return await wait_until_settled(api, session, seconds=timeout, show=not remote.as_json) if wait else session

    await _each(remote, session_ids, wake_one, "is awake." if wait else "wakes.")


@app.command
async def stop(*session_ids: str, remote: Remote = DEFAULT) -> None:
    """End sessions; their persistent homes stay."""
    await _each(remote, session_ids, lambda api, one: api.sessions.stop(one), "ends.")


@app.command
async def tags(session_id: str, *tags: str, clear: Flag = False, remote: Remote = DEFAULT) -> None:
    """Show the tags of a session, or replace them.

    Args:
        session_id: Its id, or an end of it that only one session has.
        tags: The new tags; without any, the present ones are shown.
        clear: Remove all tags.
    """
    if clear and tags:
        raise CommandFailed("Give new tags or --clear, not both.", USAGE)
    async with remote.api() as api:
        session = await session_named(api, session_id)
        if tags or clear:
            session = await api.sessions.set_tags(session.id, list(tags))
    if remote.as_json:
        print_json({"tags": session.tags})
    else:
        print("\n".join(clean(tag) for tag in session.tags) or "no tags")


async def _connect(api: Api, session: Session, seconds: float, *, show: bool) -> Connection:
    connection = await api.sessions.connect(session.id)
    if not connection.ready:
        session = await api.sessions.get(session.id)
        await wait_until_settled(api, session, seconds=seconds, show=show)
        connection = await api.sessions.connect(session.id)
    if connection.session_url is None:
        raise CommandFailed(f"{session.id} cannot be opened yet: {connection.message or connection.state}.")
    return connection


async def _each(
    remote: Remote, wanted: tuple[str, ...], act: Callable[[Api, str], Awaitable[Session]], what: str
) -> None:
    if not wanted:
        raise CommandFailed("Name at least one session.", USAGE, hint="`streamspace sessions list` shows yours.")
    done: list[Session] = []
    async with remote.api() as api:
        found = await asyncio.gather(*(session_named(api, one) for one in wanted))
        for session in found:
            done.append(await act(api, session.id))
            if not remote.as_json:
                say(f"{session.id} {what}")
    if remote.as_json:
        print_json({"sessions": done})


def _address(remote: Remote, session: Session) -> str:
    return f"{remote.address()}/sessions/{session.id}"


def _environment(pairs: list[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise CommandFailed(f"--env {pair!r} is not NAME=VALUE.", USAGE)
        found[name] = value
    return found
