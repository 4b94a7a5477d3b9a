"""`streamspace quotas …`."""

from dataclasses import dataclass
from typing import Annotated, Any

from cyclopts import App, Parameter

from streamspace.cli.failures import USAGE, CommandFailed
from streamspace.cli.lookup import everything, group_named, organization_named, user_named
from streamspace.cli.output import ago, print_fields, print_json, print_table, say
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.client import Api, Quota
from streamspace.client.quotas import Owner

app = App(name="quotas", help="Show and set what people, groups and organisations may use at once.")
UNLIMITED = "none"
_MOST_HOMES = 500

Flag = Annotated[bool, Parameter(negative="")]


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Options that set limits."""

    sessions: str | None = None
    """Sessions at once; none for no limit of its own."""

    cpu: str | None = None
    """CPU of all sessions together, such as 4 or 4000m; none for no limit of its own."""

    memory: str | None = None
    """Memory of all sessions together, such as 8Gi; none for no limit of its own."""

    storage: str | None = None
    """Storage of all homes together, such as 50Gi; none for no limit of its own."""

    def given(self) -> dict[str, Any]:
        """Return what to change, by the API's names."""
        wanted: dict[str, Any] = {"maxCpu": self.cpu, "maxMemory": self.memory, "maxStorage": self.storage}
        changes = {name: None if value == UNLIMITED else value for name, value in wanted.items() if value is not None}
        if self.sessions is not None:
            changes["maxSessions"] = _count(self.sessions)
        return changes


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True, slots=True)
class Whose:
    """Options that name whose quota it is."""

    user: str | None = None
    """A person's."""

    group: str | None = None
    """A group's: the sum over its members."""

    organization: str | None = None
    """An organisation's: the sum over its people."""

    async def find(self, api: Api) -> tuple[Owner, str, str] | None:
        """Return kind, id and how to call it; None where nobody is named."""
        if sum(value is not None for value in (self.user, self.group, self.organization)) > 1:
            raise CommandFailed("Name one of --user, --group and --organization.", USAGE)
        if self.user is not None:
            user = await user_named(api, self.user)
            return "users", user.id, user.username
        if self.group is not None:
            group = await group_named(api, self.group)
            return "groups", group.id, f"Group {group.name}"
        if self.organization is not None:
            organization = await organization_named(api, self.organization)
            return "organizations", organization.id, f"Organisation {organization.name}"
        return None

    async def need(self, api: Api) -> tuple[Owner, str, str]:
        """Return kind, id and how to call it."""
        found = await self.find(api)
        if found is None:
            raise CommandFailed("Say whose: --user, --group or --organization.", USAGE)
        return found


NOBODY = Whose()
NOTHING = Limits()


@app.command
async def show(
    *,
    everybody: Annotated[bool, Parameter(name="--all", negative="")] = False,
    whose: Whose = NOBODY,
    remote: Remote = DEFAULT,
) -> None:
    """Show a quota and what of it is used: yours, where nobody is named.

    Args:
        everybody: All people's that you may see.
    """
    async with remote.api() as api:
        if everybody:
            found: list[Quota] = await everything(api.quotas.list, "quotas")
        elif (owner := await whose.find(api)) is None:
            print_quota(remote, await api.quotas.mine(), "You")
            return
        else:
            kind, owner_id, name = owner
            print_quota(remote, await api.quotas.get(kind, owner_id), name)
            return
    if remote.as_json:
        print_json({"quotas": found, "total": len(found)})
        return
    print_table(
        ["user", "sessions", "cpu", "memory", "storage", "limits"],
        (
            (
                one.username or one.user_id,
                _use(one.used_sessions, one.max_sessions),
                _use(one.used_cpu, one.max_cpu),
                _use(one.used_memory, one.max_memory),
                _use(one.used_storage, one.max_storage),
                "defaults" if one.inherited else "own",
            )
            for one in found
        ),
        empty="There is nobody whose quota you may see.",
    )


@app.command(name="set")
async def set_quota(*, whose: Whose = NOBODY, limits: Limits = NOTHING, remote: Remote = DEFAULT) -> None:
    """Set what somebody may use at once; what is not named stays as it is."""
    changes = limits.given()
    if not changes:
        raise CommandFailed("Say what to set: --sessions, --cpu, --memory or --storage.", USAGE)
    async with remote.api() as api:
        kind, owner_id, name = await whose.need(api)
        done = await api.quotas.set(kind, owner_id, **changes)
    print_quota(remote, done, name)


@app.command
async def clear(*, whose: Whose = NOBODY, remote: Remote = DEFAULT) -> None:
    """Remove a quota; the others that apply to them stay."""
    async with remote.api() as api:
        kind, owner_id, name = await whose.need(api)
        await api.quotas.clear(kind, owner_id)
    say(f"{name} has no quota of its own any more.")


@app.command
async def defaults(*, limits: Limits = NOTHING, remote: Remote = DEFAULT) -> None:
    """Show what applies to people without a quota of their own, or set it."""
    async with remote.api() as api:
        changes = limits.given()
        found = await (api.quotas.set_defaults(**changes) if changes else api.quotas.defaults())
    print_quota(remote, found, "Everybody", used=False)


@app.command
async def homes(*, count: int = 20, remote: Remote = DEFAULT) -> None:
    """Show the largest homes that you may see.

    Args:
        count: How many.
    """
    if not 1 <= count <= _MOST_HOMES:
        raise CommandFailed(f"--count is between 1 and {_MOST_HOMES}.", USAGE)
    async with remote.api() as api:
        found = await api.quotas.homes(limit=count)
    if remote.as_json:
        print_json(found)
        return
    print_table(
        ["user", "size", "agent", "organisation", "measured"],
        ((one.username, one.size, one.agent_id, one.org_id, ago(one.measured_at)) for one in found.homes),
        empty="No home was measured yet.",
    )


def print_quota(remote: Remote, quota: Quota, name: str, *, used: bool = True) -> None:
    """Print one quota with what is used of it."""
    if remote.as_json:
        print_json(quota)
        return
    print_fields(
        [
            ("Whose", name),
            ("Sessions", _use(quota.used_sessions if used else None, quota.max_sessions)),
            ("CPU", _use(quota.used_cpu if used else None, quota.max_cpu)),
            ("Memory", _use(quota.used_memory if used else None, quota.max_memory)),
            ("Storage", _use(quota.used_storage if used else None, quota.max_storage)),
            ("Limits", "the platform's defaults" if quota.inherited else None),
        ]
    )


def _use(used: object, limit: object) -> str:
    most = "no limit" if limit is None else str(limit)
    if used is None:
        return most
    return f"{used}, no limit" if limit is None else f"{used} of {most}"


def _count(text: str) -> int | None:
    if text == UNLIMITED:
        return None
    if not (text.isascii() and text.isdigit()):
        raise CommandFailed(f"{text!r} is not a number of sessions.", USAGE)
    return int(text)
