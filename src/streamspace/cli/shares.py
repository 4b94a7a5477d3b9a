"""`streamspace shares …`."""

import webbrowser
from typing import Annotated, Literal

from cyclopts import App, Parameter

from streamspace.cli.failures import NOT_FOUND, CommandFailed
from streamspace.cli.lookup import session_named
from streamspace.cli.output import ago, print_json, print_table, say
from streamspace.cli.remote import DEFAULT, Remote

app = App(name="shares", help="Let others watch or control your sessions, and open theirs.")

Flag = Annotated[bool, Parameter(negative="")]


@app.command
async def create(
    session: str,
    *,
    user: str | None = None,
    permission: Literal["view", "control"] = "view",
    expires_in: str | None = None,
    uses: int | None = None,
    remote: Remote = DEFAULT,
) -> None:
    """Share a session with somebody, or with whoever has the link. A link is shown only this once.

    Args:
        session: Your session's id, or an end of it that only one session has.
        user: Somebody of your organisation; a link is made where left out.
        permission: Whether they may only watch, or use keyboard and mouse too.
        expires_in: How long it lasts, such as 2h or 7d; a day where left out, 30 days at most.
        uses: How many people may open the link.
    """
    async with remote.api() as api:
        found = await session_named(api, session)
        made = await api.shares.create(
            found.id, username=user, permission=permission, expires_in=expires_in, max_uses=uses
        )
    if remote.as_json:
        print_json(made)
        return
    if made.url:
        print(made.url)
    until = f" until {made.expires_at.astimezone():%Y-%m-%d %H:%M}" if made.expires_at else ""
    say(f"{user or 'Whoever has the link'} may {permission} {found.id}{until}.")


@app.command(name="list", alias="ls")
async def list_shares(session: str, *, remote: Remote = DEFAULT) -> None:
    """List a session's shares, also those that are over.

    Args:
        session: The session's id, or an end of it that only one session has.
    """
    async with remote.api() as api:
        found = await session_named(api, session)
        shares = await api.shares.list(found.id)
    if remote.as_json:
        print_json(shares)
        return
    print_table(
        ["with", "may", "state", "uses", "until", "id"],
        (
            (
                one.username or "whoever has the link",
                one.permission,
                one.state,
                f"{one.uses}/{one.max_uses}" if one.max_uses else str(one.uses),
                f"{one.expires_at.astimezone():%Y-%m-%d %H:%M}" if one.expires_at else "",
                one.id,
            )
            for one in shares.shares
        ),
        empty="It is not shared.",
    )


@app.command
async def revoke(session: str, share: str, *, remote: Remote = DEFAULT) -> None:
    """End a share. Whoever takes part by it is cut off at once.

    Args:
        session: The session's id, or an end of it that only one session has.
        share: The share's id, as `shares list` shows it, or how it begins.
    """
    async with remote.api() as api:
        found = await session_named(api, session)
        shares = (await api.shares.list(found.id)).shares
        named = [one for one in shares if one.id == share] or [one for one in shares if one.id.startswith(share)]
        if len(named) != 1:
            raise CommandFailed(
                f"{found.id} has no share {share}." if not named else f"{len(named)} shares begin with {share}.",
                NOT_FOUND,
                code="share_not_found",
                hint=f"`streamspace shares list {found.id}` shows them.",
            )
        await api.shares.revoke(found.id, named[0].id)
    say(f"{named[0].username or 'The link'} is out.")


@app.command
async def mine(*, remote: Remote = DEFAULT) -> None:
    """List the sessions of others that are shared with you."""
    async with remote.api() as api:
        found = await api.shares.mine()
    if remote.as_json:
        print_json(found)
        return
    print_table(
        ["session", "of", "application", "state", "you may", "until"],
        (
            (
                one.id,
                one.owner,
                one.template_display_name,
                one.state,
                one.permission,
                f"{one.expires_at.astimezone():%Y-%m-%d %H:%M}" if one.expires_at else "",
            )
            for one in found.sessions
        ),
        empty="Nothing is shared with you.",
    )


@app.command(name="open")
async def open_shared(
    what: str,
    *,
    print_only: Annotated[bool, Parameter(name="--print", negative="")] = False,
    remote: Remote = DEFAULT,
) -> None:
    """Open somebody else's session in the browser, by a one-time address (60 s).

    Args:
        what: A link, its token, or the id of a session that `shares mine` lists.
        print_only: Print the address and open nothing.
    """
    token = what.rpartition("#")[2]
    async with remote.api() as api:
        session_id = (await api.shares.redeem(token)).id if token.startswith("ssl_") else what
        opened = await api.shares.connect(session_id)
    if opened.session_url is None:
        raise CommandFailed(f"{session_id} cannot be opened yet: {opened.message or opened.state}")
    if remote.as_json:
        print_json(opened)
        return
    print(opened.session_url)
    if not print_only and not webbrowser.open(opened.session_url):
        say("No browser was found on this machine: open the address above in yours.")


@app.command
async def people(session: str, *, remote: Remote = DEFAULT) -> None:
    """Show who takes part in a session now, and who has keyboard and mouse.

    Args:
        session: The session's id.
    """
    async with remote.api() as api:
        found = await api.shares.participants(session)
    if remote.as_json:
        print_json(found)
        return
    print_table(
        ["name", "role", "control", "since", "from", "connection"],
        (
            (
                f"{one.username} (guest)" if one.guest else one.username,
                one.role,
                "yes" if one.has_control else "",
                ago(one.connected_at) or "",
                one.client_ip,
                one.id,
            )
            for one in found.connections
        ),
        empty="Nobody watches it.",
    )


@app.command
async def control(
    session: str,
    connection: str | None = None,
    *,
    back: Flag = False,
    remote: Remote = DEFAULT,
) -> None:
    """Give keyboard and mouse to one who takes part, and to nobody else; or take them back.

    Args:
        session: Your session's id, or an end of it that only one session has.
        connection: Whose, as `shares people` shows it.
        back: Take them back.
    """
    if back is (connection is not None):
        raise CommandFailed("Name a connection, or say --back.", hint=f"`streamspace shares people {session}`")
    async with remote.api() as api:
        found = await session_named(api, session)
        if connection is not None:
            await api.shares.give_control(found.id, connection)
        else:
            await api.shares.take_control(found.id)
    say("Control is given." if connection is not None else "Control is yours again.")
