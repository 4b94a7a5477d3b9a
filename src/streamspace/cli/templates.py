"""`streamspace templates …`."""

from typing import Annotated

from cyclopts import App, Parameter

from streamspace.cli import asking, template_files
from streamspace.cli.failures import USAGE, CommandFailed
from streamspace.cli.output import print_fields, print_json, print_table, say
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.client.templates import TemplateVersion

app = App(name="templates", help="Show what can be started, and look after it.")
PAGE = 100
Flag = Annotated[bool, Parameter(negative="")]
for command in (template_files.create, template_files.edit, template_files.lint, template_files.push):
    app.command(command)


@app.command(name="list", alias="ls")
async def list_templates(
    search: str | None = None,
    *,
    category: str | None = None,
    tag: Annotated[list[str] | None, Parameter(negative="")] = None,
    sort: str | None = None,
    favorites: Flag = False,
    retired: Flag = False,
    available: Flag = False,
    remote: Remote = DEFAULT,
) -> None:
    """List templates.

    Args:
        search: Words to look for in names, descriptions and tags; best matches come first.
        category: Only this category.
        tag: Only those with this tag; several must all be there.
        sort: By name, popularity, created, rating or relevance.
        favorites: Only your favourites.
        retired: Those that were deleted and can be restored.
        available: Only those that an agent can run now.
    """
    cursor: str | None = None
    found = []
    async with remote.api() as api:
        while True:
            page = await api.templates.list(
                search=search,
                category=category,
                tags=tag or (),
                sort=sort,
                favorites=favorites or None,
                retired=retired or None,
                limit=PAGE,
                cursor=cursor,
            )
            found += page.templates
            if (cursor := page.next_cursor) is None:
                break
    if page.corrected:
        say(f"Nothing is called {search}. Did you mean one of these?")
    if available:
        found = [template for template in found if template.available]
    if remote.as_json:
        print_json({"templates": found, "total": len(found)})
        return
    print_table(
        ["name", "application", "category", "streams", "available"],
        (
            (
                template.name,
                template.display_name,
                template.category,
                template.streaming_protocol,
                "yes" if template.available else _why_not(template.unavailable_reason),
            )
            for template in found
        ),
        empty="No template matches."
        if search or category or available or tag or favorites or retired
        else "There are no templates on this server yet.",
    )


@app.command
async def show(name: str, *, remote: Remote = DEFAULT) -> None:
    """Show one template, and which agents can run it.

    Args:
        name: As shown by `templates list`.
    """
    async with remote.api() as api:
        template = await api.templates.get(name)
    if remote.as_json:
        print_json(template)
        return
    print_fields(
        [
            ("Name", template.name),
            ("Application", template.display_name),
            ("Description", template.description),
            ("Category", template.category),
            ("Streams", template.streaming_protocol),
            ("Memory", template.default_resources.memory),
            ("CPU", template.default_resources.cpu),
            ("Tags", template.tags),
            ("Version", template.version),
            ("Rating", f"{template.rating} of 5 by {template.rating_count}" if template.rating else None),
            ("Asks for", ", ".join((template.parameter_schema or {}).get("properties", {}))),
            ("Available", "yes" if template.available else _why_not(template.unavailable_reason)),
        ]
    )
    if template.availability:
        print()
        print_table(
            ["agent", "can run it", "why not"],
            (
                (place.agent_id, place.ok, " ".join(reason.message for reason in place.reasons))
                for place in template.availability
            ),
            empty="",
        )


@app.command(alias="rm")
async def delete(name: str, *, yes: Flag = False, remote: Remote = DEFAULT) -> None:
    """Take a template away; sessions go on, and `templates restore` brings it back.

    Args:
        name: As shown by `templates list`.
        yes: Do not ask.
    """
    async with remote.api() as api:
        found = await api.templates.get(name)
        asking.confirm(f"Take {found.display_name} away?", yes=yes)
        await api.templates.delete(name)
    say(f"{found.display_name} is no longer offered. `streamspace templates restore {name}` brings it back.")


@app.command
async def restore(name: str, *, remote: Remote = DEFAULT) -> None:
    """Bring a deleted template back.

    Args:
        name: As shown by `templates list --retired`.
    """
    async with remote.api() as api:
        back = await api.templates.restore(name)
    if remote.as_json:
        print_json(back)
    else:
        say(f"{back.display_name} is offered again, in version {back.version}.")


@app.command
async def versions(name: str, *, remote: Remote = DEFAULT) -> None:
    """List a template's versions, the highest first.

    Args:
        name: As shown by `templates list`.
    """
    async with remote.api() as api:
        found = await api.templates.versions(name)
    if remote.as_json:
        print_json(found)
        return
    print_table(
        ["version", "status", "default", "created", "changelog"],
        (
            (one.version, one.status, "yes" if one.is_default else "", one.created_at, one.changelog)
            for one in found.versions
        ),
        empty="There are no versions.",
    )


@app.command
async def publish(
    name: str, version: str, *, default: Flag = False, deprecate: Flag = False, remote: Remote = DEFAULT
) -> None:
    """Let people choose a version, or have everybody get it.

    Args:
        name: As shown by `templates list`.
        version: As shown by `templates versions`.
        default: Everybody gets it from now on; also the way back to an earlier one.
        deprecate: Say instead that it should not be chosen any more.
    """
    if default and deprecate:
        raise CommandFailed("What is deprecated is not what everybody gets.", USAGE)
    async with remote.api() as api:
        if deprecate:
            done = await api.templates.deprecate(name, version)
        else:
            done = await api.templates.publish(name, version)
            done = await api.templates.set_default(name, version) if default else done
    _tell(remote, done)


def _tell(remote: Remote, version: TemplateVersion) -> None:
    if remote.as_json:
        print_json(version)
        return
    everybody = ", and what everybody gets" if version.is_default else ""
    say(f"{version.template} {version.version} is {version.status}{everybody}.")


@app.command(alias="favourite")
async def favorite(name: str, *, remove: Flag = False, remote: Remote = DEFAULT) -> None:
    """Put a template among your favourites.

    Args:
        name: As shown by `templates list`.
        remove: Take it out instead.
    """
    async with remote.api() as api:
        await (api.templates.unfavorite(name) if remove else api.templates.favorite(name))
    say(f"{name} is {'no longer ' if remove else ''}among your favourites.")


@app.command
async def rate(name: str, stars: int | None = None, review: str = "", *, remote: Remote = DEFAULT) -> None:
    """Say what you think of a template, or without stars show what others think.

    Args:
        name: As shown by `templates list`.
        stars: 1 to 5.
        review: A few words.
    """
    async with remote.api() as api:
        if stars is not None:
            await api.templates.rate(name, stars, review)
        found = await api.templates.ratings(name)
    if remote.as_json:
        print_json(found)
        return
    if found.average is not None:
        say(f"{found.average} of 5, by {found.count}.")
    print_table(
        ["stars", "by", "review"],
        ((one.rating, one.username, one.review) for one in found.ratings),
        empty="Nobody in your organisation has rated it yet.",
    )


def _why_not(reason: object) -> str:
    return f"no: {getattr(reason, 'message', '')}" if reason else "no"
