"""`streamspace catalog debian …`: the applications of this machine's Debian, from apt's own lists."""

from pathlib import Path
from typing import Annotated

import platformdirs
from cyclopts import App, Parameter

from streamspace.cli import apt
from streamspace.cli.catalog import account, checked, report, save
from streamspace.cli.failures import NOT_FOUND, CommandFailed
from streamspace.cli.output import print_fields, print_json, print_table, say
from streamspace.manifests.debian import Application, BadIndex, Index, applications
from streamspace.manifests.debian.search import opened

app = App(name="debian", help="Find applications of Debian, and make templates of them.")
Metadata = Annotated[list[Path] | None, Parameter(negative="")]
AsJson = Annotated[bool, Parameter(name="--json", negative="")]
_MOST = 200


@app.command
def search(
    *words: str,
    limit: int = 20,
    category: str | None = None,
    metadata: Metadata = None,
    as_json: AsJson = False,
) -> int:
    """Find applications by name, package, purpose or keyword; a slip of a letter does not matter.

    Args:
        words: What to look for; all of them must fit.
        limit: How many to show at most.
        category: Only this category.
        metadata: AppStream files (Components-*.yml.gz) to read instead of apt's.
        as_json: Print JSON.
    """
    found = _index(metadata).search(" ".join(words), _MOST)
    if category:
        found = [one for one in found if one.category.casefold() == category.casefold()]
    found = found[: max(limit, 1)]
    if as_json:
        print_json({"applications": [one.as_json() for one in found], "total": len(found)})
    else:
        rows = ((one.package, one.name, one.category, one.summary) for one in found)
        print_table(["package", "application", "category", "what it is for"], rows, empty="No application matches.")
    return 0


@app.command
def show(package: str, *, metadata: Metadata = None, as_json: AsJson = False) -> int:
    """Show one application.

    Args:
        package: Its Debian package, or its AppStream id.
        metadata: AppStream files (Components-*.yml.gz) to read instead of apt's.
        as_json: Print JSON.
    """
    one = _application(_index(metadata), package)
    if as_json:
        print_json(one.as_json())
        return 0
    print_fields(
        [
            ("Application", one.name),
            ("Package", one.package),
            ("Id", one.id),
            ("Category", one.category),
            ("For", one.summary),
            ("Description", one.description),
            ("Keywords", ", ".join(one.keywords)),
            ("Licence", one.license),
            ("Home page", one.homepage),
            ("Icon", one.icon),
            ("Screenshots", "\n".join(picture.source for picture in one.screenshots)),
        ]
    )
    return 0


@app.command
def template(
    package: str,
    *,
    output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
    overwrite: Annotated[bool, Parameter(negative="")] = False,
    offline: Annotated[bool, Parameter(negative="")] = False,
    metadata: Metadata = None,
    as_json: AsJson = False,
) -> int:
    """Make a template of an application.

    How it is started stands in the package alone: unless it is installed, apt downloads the package and its desktop
    entry is read. Nothing is installed.

    Args:
        package: Its Debian package, or its AppStream id.
        output: Folder to write the template to; otherwise it is printed.
        overwrite: Replace a file that is there already.
        offline: Download nothing; where the metadata name one program, that is started.
        metadata: AppStream files (Components-*.yml.gz) to read instead of apt's.
        as_json: Print JSON.
    """
    index = _index(metadata)
    one = _application(index, package)
    conversion = applications.convert(one, apt.desktop_entry(one, offline=offline), index.name_of(one))
    made = checked(conversion)
    if as_json:
        print_json(account(made, conversion))
    else:
        report(made, conversion, "")
    if output is not None:
        save(made, output, overwrite=overwrite)
    elif not as_json:
        print("\n---\n".join(each.text for each in made), end="")
    return 0 if made and all(each.good for each in made) else 1


def _index(metadata: list[Path] | None) -> Index:
    sources = metadata or apt.metadata()
    if not sources:
        raise CommandFailed(
            "apt has no AppStream metadata on this machine.",
            hint="apt-get install appstream && apt-get update fetches them; --metadata names files of your own.",
        )
    try:
        return opened(sources, platformdirs.user_cache_path("streamspace"), say)
    except (BadIndex, OSError) as error:
        raise CommandFailed(str(error)) from error


def _application(index: Index, package: str) -> Application:
    if one := index.get(package):
        return one
    near = ", ".join(other.package for other in index.search(package, 3))
    hint = f"Did you mean {near}?" if near else "`catalog debian search` finds what there is."
    raise CommandFailed(f"There is no application {package}.", NOT_FOUND, code="not_found", hint=hint)
