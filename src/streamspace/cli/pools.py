"""`streamspace pools …`."""

from typing import Annotated, Any

from cyclopts import App, Parameter

from streamspace.cli import asking
from streamspace.cli.failures import NOT_FOUND, USAGE, CommandFailed
from streamspace.cli.lookup import organization_named
from streamspace.cli.output import print_json, print_table, say
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.client import Api, Pool, Resources
from streamspace.kit import durations

app = App(name="pools", help="Have sessions wait for their people, so that they need not.")

Flag = Annotated[bool, Parameter(negative="")]
_MIB = 1024**2


@app.command(name="list", alias="ls")
async def list_pools(*, remote: Remote = DEFAULT) -> None:
    """List pools, how full they are, and how many sessions of the last day came from them."""
    async with remote.api() as api:
        found = await api.pools.list()
    if remote.as_json:
        print_json(found)
        return
    print_table(
        ["pool", "template", "for", "agent", "ready", "starting", "size", "hits", "misses", "memory", "message"],
        (
            (
                pool.id[:8],
                pool.template,
                pool.org_id or "everybody",
                pool.agent_id or "any",
                pool.ready,
                pool.starting,
                pool.size,
                pool.claimed24h,
                pool.missed24h,
                f"{pool.memory_bytes // _MIB} MiB" if pool.memory_bytes else "",
                pool.message or "",
            )
            for pool in found.pools
        ),
        empty="Nothing waits. Have something wait with `streamspace pools create`.",
    )


@app.command
async def create(
    template: str,
    *,
    size: int = 1,
    agent: str | None = None,
    organization: str | None = None,
    cpu: str | None = None,
    memory: str | None = None,
    max_age: str | None = None,
    remote: Remote = DEFAULT,
) -> None:
    """Have sessions of an application wait for whoever starts one.

    Args:
        template: Name of the template, as shown by `templates list`.
        size: How many are to wait.
        agent: The only agent they wait on; any that can where left out.
        organization: Whose people they wait for; everybody's where left out.
        cpu: Cores, such as 2 or 500m; sessions that ask for something else do not come from this pool.
        memory: Such as 2Gi; the template's default where left out.
        max_age: How long one waits before it is replaced, such as 30m or 8h.
    """
    async with remote.api() as api:
        made = await api.pools.create(
            template,
            size,
            agent_id=agent,
            org_id=(await organization_named(api, organization)).id if organization else None,
            resources=Resources(cpu=cpu, memory=memory) if cpu or memory else None,
            max_age_seconds=_seconds(max_age),
        )
    _tell(remote, made, "is filled from now on.")


@app.command
async def update(pool: str, *, size: int | None = None, max_age: str | None = None, remote: Remote = DEFAULT) -> None:
    """Change how many wait, or for how long.

    Args:
        pool: Its id, or the beginning of it.
        size: How many are to wait; 0 ends all that do.
        max_age: How long one waits before it is replaced, such as 30m or 8h.
    """
    wanted: dict[str, Any] = {"size": size, "maxAgeSeconds": _seconds(max_age)}
    changes = {name: value for name, value in wanted.items() if value is not None}
    if not changes:
        raise CommandFailed("Say what to change.", USAGE, hint="See `streamspace pools update --help`.")
    async with remote.api() as api:
        changed = await api.pools.update((await _named(api, pool)).id, **changes)
    _tell(remote, changed, "is changed.")


@app.command(alias="rm")
async def delete(pool: str, *, yes: Flag = False, remote: Remote = DEFAULT) -> None:
    """Remove a pool; what waits in it ends, what came from it goes on.

    Args:
        pool: Its id, or the beginning of it.
        yes: Do not ask.
    """
    async with remote.api() as api:
        found = await _named(api, pool)
        asking.confirm(f"Remove the pool of {found.template}, in which {found.ready} wait?", yes=yes)
        await api.pools.remove(found.id)
    say(f"The pool of {found.template} is removed.")


async def _named(api: Api, name: str) -> Pool:
    found = [pool for pool in (await api.pools.list()).pools if pool.id.startswith(name)]
    if len(found) != 1 or not name:
        problem = f"There is no pool {name}" if not found else f"{len(found)} pools begin with {name}"
        raise CommandFailed(f"{problem}.", NOT_FOUND, hint="See `streamspace pools list`.", code="pool_not_found")
    return found[0]


def _seconds(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return int(durations.parse(text).total_seconds())
    except ValueError:
        raise CommandFailed("A duration is written like 90s, 30m or 8h.", USAGE) from None


def _tell(remote: Remote, pool: Pool, what: str) -> None:
    if remote.as_json:
        print_json(pool)
    else:
        say(f"The pool {pool.id[:8]} of {pool.template} {what}")
