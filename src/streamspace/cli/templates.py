"""`streamspace templates …`."""

from typing import Annotated

from cyclopts import App, Parameter

from streamspace.cli.output import print_fields, print_json, print_table
from streamspace.cli.remote import DEFAULT, Remote

app = App(name="templates", help="Show what can be started.")
PAGE = 100


@app.command(name="list", alias="ls")
async def list_templates(
    search: str | None = None,
    *,
    category: str | None = None,
    available: Annotated[bool, Parameter(negative="")] = False,
    remote: Remote = DEFAULT,
) -> None:
    """List templates.

    Args:
        search: Words to look for in names, descriptions and tags.
        category: Only this category.
        available: Only those that an agent can run now.
    """
    async with remote.api() as api:
        page = await api.templates.list(search=search, category=category, limit=PAGE)
        found = page.templates
        while page.next_cursor:
            page = await api.templates.list(search=search, category=category, limit=PAGE, cursor=page.next_cursor)
            found += page.templates
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
        if search or category or available
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


def _why_not(reason: object) -> str:
    return f"no: {getattr(reason, 'message', '')}" if reason else "no"
