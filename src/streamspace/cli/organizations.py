"""`streamspace organizations …`."""

from typing import Annotated

from cyclopts import App, Parameter

from streamspace.cli import asking
from streamspace.cli.failures import NOT_FOUND, USAGE, CommandFailed
from streamspace.cli.lookup import everything, organization_named
from streamspace.cli.output import print_json, print_table, say
from streamspace.cli.remote import DEFAULT, Remote, token_of_environment
from streamspace.client import Organization, OrganizationMember

app = App(name="organizations", help="Show and administer organisations, and switch between yours.")

Flag = Annotated[bool, Parameter(negative="")]


@app.command(name="list", alias="ls")
async def list_organizations(*, remote: Remote = DEFAULT) -> None:
    """List the organisations that you may see; yours are marked with your role."""
    async with remote.api() as api:
        found: list[Organization] = await everything(api.organizations.list, "organizations")
        mine = {one.id: one for one in (await api.auth.me()).organizations}
    if remote.as_json:
        print_json({"organizations": found, "total": len(found)})
        return
    print_table(
        ["organisation", "name", "status", "people", "your role", "signed in"],
        (
            (
                one.name,
                one.display_name,
                one.status,
                one.member_count,
                mine[one.id].org_role if one.id in mine else "",
                "here" if one.id in mine and mine[one.id].current else "",
            )
            for one in found
        ),
        empty="There is no organisation that you may see.",
    )


@app.command
async def create(
    name: str,
    *,
    display_name: str | None = None,
    description: str | None = None,
    namespace: str | None = None,
    admin: str | None = None,
    admin_email: str | None = None,
    admin_name: str | None = None,
    password_stdin: Flag = False,
    remote: Remote = DEFAULT,
) -> None:
    """Make an organisation, and its first administrator where one is named.

    Args:
        name: Lower case, digits and hyphens.
        display_name: As shown to people; the name where left out.
        description: What it is for.
        namespace: Where its sessions run on Kubernetes.
        admin: Username of its first administrator, who is made with it.
        admin_email: Their e-mail address.
        admin_name: Their full name.
        password_stdin: Read their password from standard input, for scripts.
    """
    first: dict[str, str] | None = None
    if admin is not None:
        if admin_email is None:
            raise CommandFailed("--admin needs --admin-email.", USAGE)
        password = asking.new_password(from_stdin=password_stdin)
        first = {"username": admin, "email": admin_email, "fullName": admin_name or admin, "password": password}
    async with remote.api() as api:
        made = await api.organizations.create(
            name, display_name=display_name or name, description=description, k8s_namespace=namespace, admin=first
        )
    _tell(remote, made, "is there now.")


@app.command
async def update(
    name: str,
    *,
    display_name: str | None = None,
    description: str | None = None,
    namespace: str | None = None,
    require_mfa: Annotated[bool | None, Parameter(negative="--no-require-mfa")] = None,
    guest_links: Annotated[bool | None, Parameter(negative="--no-guest-links")] = None,
    remote: Remote = DEFAULT,
) -> None:
    """Change an organisation.

    Args:
        name: As shown by `organizations list`.
        display_name: As shown to people.
        description: What it is for.
        namespace: Where its sessions run on Kubernetes.
        require_mfa: Whether its people need a second factor.
        guest_links: Whether people without a login get in where somebody shares a session by a link.
    """
    if all(one is None for one in (display_name, description, namespace, require_mfa, guest_links)):
        raise CommandFailed("Say what to change.", USAGE, hint="See `streamspace organizations update --help`.")
    async with remote.api() as api:
        found = await organization_named(api, name)
        found = await api.organizations.update(
            found.id,
            display_name=display_name,
            description=description,
            k8s_namespace=namespace,
            require_mfa=require_mfa,
            guest_links=guest_links,
        )
    _tell(remote, found, "is changed.")


@app.command
async def suspend(name: str, *, yes: Flag = False, remote: Remote = DEFAULT) -> None:
    """Shut an organisation: its sessions and logins end at once, nothing is deleted.

    Args:
        name: As shown by `organizations list`.
        yes: Do not ask.
    """
    async with remote.api() as api:
        found = await organization_named(api, name)
        asking.confirm(f"End all sessions and logins of {found.name}?", yes=yes)
        _tell(remote, await api.organizations.update(found.id, status="suspended"), "is suspended.")


@app.command
async def resume(name: str, *, remote: Remote = DEFAULT) -> None:
    """Open a suspended organisation again, or bring back one that was removed."""
    async with remote.api() as api:
        found = await organization_named(api, name)
        _tell(remote, await api.organizations.update(found.id, status="active"), "is open again.")


@app.command(alias="rm")
async def remove(name: str, *, yes: Flag = False, remote: Remote = DEFAULT) -> None:
    """Remove an organisation; for a while, `organizations resume` brings it back.

    Args:
        name: As shown by `organizations list`.
        yes: Do not ask.
    """
    async with remote.api() as api:
        found = await organization_named(api, name)
        asking.confirm(f"Remove {found.name} with its {found.member_count} people?", yes=yes)
        await api.organizations.remove(found.id)
    say(f"{found.name} is removed. `streamspace organizations resume {found.name}` brings it back for a while.")


@app.command
async def members(name: str, *, remote: Remote = DEFAULT) -> None:
    """List who belongs to an organisation."""
    async with remote.api() as api:
        organization = await organization_named(api, name)
        found: list[OrganizationMember] = await everything(
            lambda **query: api.organizations.members(organization.id, **query), "members"
        )
    if remote.as_json:
        print_json({"members": found, "total": len(found)})
        return
    print_table(
        ["user", "name", "e-mail", "role there", "active", "since"],
        ((one.username, one.full_name, one.email, one.org_role, one.active, one.created_at) for one in found),
        empty=f"Nobody belongs to {organization.name}.",
    )


@app.command
async def add_member(name: str, username: str, *, org_role: str = "user", remote: Remote = DEFAULT) -> None:
    """Let somebody who has an account into an organisation too, or change their role there.

    Args:
        name: As shown by `organizations list`.
        username: Somebody who has an account.
        org_role: viewer, user, maintainer or org_admin.
    """
    async with remote.api() as api:
        organization = await organization_named(api, name)
        await api.organizations.add(organization.id, username, org_role)
    say(f"{username} is {org_role} in {organization.name}.")


@app.command
async def remove_member(name: str, username: str, *, remote: Remote = DEFAULT) -> None:
    """Take somebody out of an organisation; their sessions there end.

    Args:
        name: As shown by `organizations list`.
        username: As shown by `organizations members`.
    """
    async with remote.api() as api:
        organization = await organization_named(api, name)
        await api.organizations.drop(organization.id, await _member_id(remote, organization, username))
    say(f"{username} no longer belongs to {organization.name}.")


@app.command
async def switch(name: str, *, remote: Remote = DEFAULT) -> None:
    """Go on in another of your organisations.

    Args:
        name: As shown by `whoami`.
    """
    if token_of_environment():
        raise CommandFailed(
            "An API key or token belongs to one organisation.", USAGE, hint="Unset it and use `streamspace login`."
        )
    async with remote.api() as api:
        mine = (await api.auth.me()).organizations
        found = next((one for one in mine if name in {one.name, one.id}), None)
        if found is None:
            raise CommandFailed(
                f"You do not belong to an organisation {name}.",
                NOT_FOUND,
                code="organization_not_found",
                hint=f"Yours: {', '.join(one.name for one in mine)}.",
            )
        done = await api.auth.switch(found.id)
    if remote.as_json:
        print_json(done.user)
    else:
        say(f"You are in {found.display_name or found.name} now.")


async def _member_id(remote: Remote, organization: Organization, username: str) -> str:
    async with remote.api() as api:
        found: list[OrganizationMember] = await everything(
            lambda **query: api.organizations.members(organization.id, **query), "members"
        )
    return next((one.user_id for one in found if one.username == username), username)


def _tell(remote: Remote, organization: Organization, what: str) -> None:
    if remote.as_json:
        print_json(organization)
    else:
        say(f"{organization.name} {what}")
