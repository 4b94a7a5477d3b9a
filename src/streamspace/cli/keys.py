"""`streamspace keys …`."""

from typing import Annotated

from cyclopts import App, Parameter

from streamspace.cli import asking
from streamspace.cli.lookup import everything, key_named
from streamspace.cli.output import ago, print_json, print_table, say
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.client import ApiKey

app = App(name="keys", help="Make and revoke API keys, with which programs sign in.")

Flag = Annotated[bool, Parameter(negative="")]


@app.command(name="list", alias="ls")
async def list_keys(
    *, everybody: Annotated[bool, Parameter(name="--all", negative="")] = False, remote: Remote = DEFAULT
) -> None:
    """List your API keys.

    Args:
        everybody: Those of all people whose keys you may manage.
    """
    async with remote.api() as api:
        found: list[ApiKey] = await everything(api.keys.list, "api_keys", everybody=everybody)
    if remote.as_json:
        print_json({"apiKeys": found, "total": len(found)})
        return
    print_table(
        ["begins with", "name", "user", "scopes", "state", "expires", "last used", "id"],
        (
            (
                key.prefix,
                key.name,
                key.username,
                key.scopes,
                _state(key),
                f"{key.expires_at.astimezone():%Y-%m-%d}" if key.expires_at else "never",
                ago(key.last_used_at) or "never",
                key.id,
            )
            for key in found
        ),
        empty="There are no keys. Make one with `streamspace keys create`.",
    )


@app.command
async def create(
    name: str,
    *,
    scope: Annotated[list[str], Parameter(negative="")],
    expires_in: str | None = None,
    ip: Annotated[list[str] | None, Parameter(negative="")] = None,
    rate_limit: int | None = None,
    description: str | None = None,
    remote: Remote = DEFAULT,
) -> None:
    """Make an API key. It is shown only this once.

    Args:
        name: What will use it.
        scope: What it may do at most, as shown by `keys scopes`; may be repeated.
        expires_in: How long it works, such as 30d or 12h; until it is revoked where left out.
        ip: An address or network it may be used from, such as 10.0.0.0/8; may be repeated.
        rate_limit: Requests an hour.
        description: More about it.
    """
    async with remote.api() as api:
        made = await api.keys.create(
            name, scope, description=description, expires_in=expires_in, allowed_ips=ip, rate_limit=rate_limit
        )
    if remote.as_json:
        print_json(made)
        return
    print(made.key)
    until = f"until {made.expires_at.astimezone():%Y-%m-%d %H:%M}" if made.expires_at else "until it is revoked"
    say(f"It works {until}, and is not shown again. Programs take it as STREAMSPACE_API_KEY.")


@app.command
async def revoke(key: str, *, remote: Remote = DEFAULT) -> None:
    """Make a key useless at once; it stays in the list.

    Args:
        key: Its id, how it begins, or its name.
    """
    async with remote.api() as api:
        found = await key_named(api, key)
        await api.keys.revoke(found.id)
    say(f"{found.name} ({found.prefix}…) no longer works.")


@app.command(alias="rm")
async def remove(key: str, *, yes: Flag = False, remote: Remote = DEFAULT) -> None:
    """Make a key useless at once and drop it from the list.

    Args:
        key: Its id, how it begins, or its name.
        yes: Do not ask.
    """
    async with remote.api() as api:
        found = await key_named(api, key)
        asking.confirm(f"Remove the key {found.name} ({found.prefix}…)?", yes=yes)
        await api.keys.remove(found.id)
    say(f"{found.name} ({found.prefix}…) is removed.")


@app.command
async def scopes(*, remote: Remote = DEFAULT) -> None:
    """List what a key may be limited to."""
    async with remote.api() as api:
        found = await api.keys.scopes()
    if remote.as_json:
        print_json(found)
        return
    print_table(["scope", "lets through"], ((one.name, one.actions) for one in found.scopes), empty="There are none.")


def _state(key: ApiKey) -> str:
    if key.revoked_at:
        return "revoked"
    return "active" if key.active else "expired"
