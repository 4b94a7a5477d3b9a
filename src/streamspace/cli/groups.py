"""`streamspace groups …`."""

from collections.abc import Iterator
from typing import Annotated, Any

from cyclopts import App, Parameter

from streamspace.cli import asking
from streamspace.cli.failures import USAGE, CommandFailed
from streamspace.cli.lookup import everything, group_named, user_named
from streamspace.cli.output import print_json, print_table, say
from streamspace.cli.quotas import Limits, print_quota
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.client import Conflict, Group, GroupMember

app = App(name="groups", help="Show and administer teams, departments and projects.")
TOP = "none"

Flag = Annotated[bool, Parameter(negative="")]


@app.command(name="list", alias="ls")
async def list_groups(*, tree: Flag = False, remote: Remote = DEFAULT) -> None:
    """List groups.

    Args:
        tree: Show which are part of which.
    """
    async with remote.api() as api:
        found: list[Group] = await everything(api.groups.list, "groups")
    if remote.as_json:
        print_json({"groups": found, "total": len(found)})
        return
    rows = list(_nested(found)) if tree else [(0, group) for group in found]
    print_table(
        ["group", "name", "type", "members", "your role", "description"],
        (
            (
                f"{'  ' * depth}{group.name}",
                group.display_name,
                group.type,
                group.member_count,
                group.my_role,
                group.description,
            )
            for depth, group in rows
        ),
        empty="There are no groups yet. Make one with `streamspace groups create`.",
    )


@app.command
async def create(
    name: str,
    *,
    display_name: str | None = None,
    description: str | None = None,
    type: str = "team",  # noqa: A002 - the API's name
    parent: str | None = None,
    remote: Remote = DEFAULT,
) -> None:
    """Make a group.

    Args:
        name: Lower case, digits and hyphens, such as sales-west.
        display_name: As shown to people; the name where left out.
        description: What it is for.
        type: team, department or project.
        parent: The group it is part of.
    """
    async with remote.api() as api:
        parent_id = (await group_named(api, parent)).id if parent else None
        made = await api.groups.create(
            name, display_name=display_name or name, description=description, type=type, parent_id=parent_id
        )
    _tell(remote, made, "is there now.")


@app.command
async def update(
    name: str,
    *,
    display_name: str | None = None,
    description: str | None = None,
    type: str | None = None,  # noqa: A002 - the API's name
    parent: str | None = None,
    remote: Remote = DEFAULT,
) -> None:
    """Change a group.

    Args:
        name: As shown by `groups list`.
        display_name: As shown to people.
        description: What it is for.
        type: team, department or project.
        parent: The group it is part of; none moves it to the top.
    """
    wanted = {"displayName": display_name, "description": description, "type": type}
    changes: dict[str, Any] = {key: value for key, value in wanted.items() if value is not None}
    if not changes and parent is None:
        raise CommandFailed("Say what to change.", USAGE, hint="See `streamspace groups update --help`.")
    async with remote.api() as api:
        group = await group_named(api, name)
        if parent is not None:
            changes["parentId"] = None if parent == TOP else (await group_named(api, parent)).id
        group = await api.groups.update(group.id, **changes)
    _tell(remote, group, "is changed.")


@app.command(alias="rm")
async def remove(name: str, *, yes: Flag = False, remote: Remote = DEFAULT) -> None:
    """Remove a group; its people stay.

    Args:
        name: As shown by `groups list`.
        yes: Do not ask.
    """
    async with remote.api() as api:
        group = await group_named(api, name)
        asking.confirm(f"Remove the group {group.name} with {group.member_count} members?", yes=yes)
        await api.groups.remove(group.id)
    say(f"{group.name} is removed.")


@app.command
async def members(name: str, *, remote: Remote = DEFAULT) -> None:
    """List who is in a group."""
    async with remote.api() as api:
        group = await group_named(api, name)
        found: list[GroupMember] = await everything(lambda **query: api.groups.members(group.id, **query), "members")
    if remote.as_json:
        print_json({"members": found, "total": len(found)})
        return
    print_table(
        ["user", "name", "e-mail", "role", "since"],
        ((one.username, one.full_name, one.email, one.role, one.created_at) for one in found),
        empty=f"Nobody is in {group.name}. Add somebody with `streamspace groups add`.",
    )


@app.command
async def add(name: str, username: str, *, role: str = "member", remote: Remote = DEFAULT) -> None:
    """Put somebody into a group, or change their role in it.

    Args:
        name: As shown by `groups list`.
        username: As shown by `users list`.
        role: member, admin (may change the group and its members) or owner (may remove it too).
    """
    async with remote.api() as api:
        group, user = await group_named(api, name), await user_named(api, username)
        try:
            await api.groups.add(group.id, user.id, role)
        except Conflict as error:
            if error.code != "already_in_group":
                raise
            await api.groups.set_role(group.id, user.id, role)
    say(f"{user.username} is {role} of {group.name}.")


@app.command
async def remove_member(name: str, username: str, *, remote: Remote = DEFAULT) -> None:
    """Take somebody out of a group.

    Args:
        name: As shown by `groups list`.
        username: As shown by `groups members`.
    """
    async with remote.api() as api:
        group = await group_named(api, name)
        everybody: list[GroupMember] = await everything(
            lambda **query: api.groups.members(group.id, **query), "members"
        )
        ids = {one.username: one.user_id for one in everybody}
        await api.groups.drop(group.id, ids.get(username, username))
    say(f"{username} is no longer in {group.name}.")


@app.command
async def quota(name: str, *, limits: Limits | None = None, remote: Remote = DEFAULT) -> None:
    """Show what a group's members may use together, or set it.

    Args:
        name: As shown by `groups list`.
        limits: What to change.
    """
    async with remote.api() as api:
        group = await group_named(api, name)
        changes = limits.given() if limits else {}
        found = await (api.quotas.set("groups", group.id, **changes) if changes else api.quotas.get("groups", group.id))
    print_quota(remote, found, f"Group {group.name}")


def _nested(groups: list[Group], parent_id: str | None = None, depth: int = 0) -> Iterator[tuple[int, Group]]:
    """Yield each group below the one it is part of; one whose parent is not there counts as top."""
    known = {group.id for group in groups}
    for group in groups:
        above = group.parent_id if group.parent_id in known else None
        if above == parent_id:
            yield depth, group
            yield from _nested(groups, group.id, depth + 1)


def _tell(remote: Remote, group: Group, what: str) -> None:
    if remote.as_json:
        print_json(group)
    else:
        say(f"{group.name} {what}")
