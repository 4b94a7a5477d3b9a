"""The reference pages that are made from the code: `python -m tools.docs [--check]`."""

from __future__ import annotations

import argparse
import ast
import importlib
import inspect
import pkgutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tools import settings_page
from tools.markdown import NOTHING, head, page, paragraph, section, table

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"


def pages() -> dict[str, str]:
    """Return every generated page's text by its file name."""
    made: dict[str, Callable[[], str]] = {
        "cli.md": cli,
        "errors.md": errors,
        "permissions.md": permissions,
        "session-states.md": states,
        "settings.md": settings_page.write,
    }
    return {name: make() for name, make in made.items()}


def stale() -> list[str]:
    """Return the names of the pages that are not what the code says now."""
    return [name for name, text in pages().items() if not _holds(REFERENCE / name, text)]


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text() == text


# Permissions


def permissions() -> str:
    """Show who may do what, from the tables of `core.permissions`."""
    module = importlib.import_module("streamspace.server.core.permissions")
    actions: list[Any] = list(module.Action)
    nothing = module.Scope.NONE

    def matrix(by_role: Any, kind: Iterable[Any]) -> str:
        roles = list(kind)
        words = {module.Scope.NONE: NOTHING, module.Scope.OWN: "own", module.Scope.ORG: "organisation"}
        rows = [
            (f"`{action}`", *(words.get(by_role[role].get(action, nothing), "all") for role in roles))
            for action in actions
        ]
        return table(("Action", *(f"`{role}`" for role in roles)), rows)

    return page(
        [
            head("Permissions"),
            paragraph("""
                A person has a role in their organisation and a system role; the wider of the two counts. *own* means
                their own things, *organisation* those of everybody in theirs, *all* those of every organisation. What
                somebody may not see answers 404; what they see but may not do answers 403. Roles are read at each
                request. Nobody opens somebody else's screen, whatever their role. Nobody gives somebody else a right
                that they lack, or changes somebody who has one.
            """),
            section("Roles in an organisation", "", matrix(module.BY_ORG_ROLE, module.OrgRole)),
            section("System roles, which add to it", "", matrix(module.BY_ROLE, module.Role)),
            section(
                "Roles in a group, which add to it for that group",
                "",
                table(
                    ("Action", *(f"`{role}`" for role in module.GroupRole)),
                    [
                        (f"`{action}`", *("yes" if action in has else NOTHING for has in module.BY_GROUP_ROLE.values()))
                        for action in actions
                        if any(action in has for has in module.BY_GROUP_ROLE.values())
                    ],
                ),
            ),
            section(
                "Scopes of API keys, which take away the rest",
                paragraph("""
                    A key does what its person may do, less what its scopes leave out; with several scopes, what any of
                    them lets through. No key changes how somebody signs in. Nobody gives rights that they lack, so a
                    key that makes people needs the rights those people will have.
                """),
                table(
                    ("Scope", "Lets through"),
                    [
                        (f"`{name}`", ", ".join(f"`{action}`" for action in actions if action in allowed))
                        for name, allowed in module.KEY_SCOPES.items()
                    ],
                ),
            ),
        ]
    )


# Errors


def errors() -> str:
    """List every error code, from the classes that raise them."""
    problem = importlib.import_module("streamspace.server.core.errors").Problem
    _load("streamspace.server")
    # A class without a code of its own is another sentence for a code that is in the list already.
    rows = {(kind.status, kind.code, _sentence(kind)) for kind in (problem, *_below(problem)) if "code" in vars(kind)}
    api = [(f"`{code}`", str(status), text) for status, code, text in sorted(rows)]

    screens = importlib.import_module("streamspace.gateway.pages")
    shown = {found.code: found for found in vars(screens).values() if isinstance(found, screens.Problem)}
    gateway = [
        (f"`{code}`", str(page.status), f"{page.title}. {page.advice}")
        for code, page in sorted(shown.items(), key=lambda pair: (pair[1].status, pair[0]))
    ]

    platform_error = importlib.import_module("streamspace.platforms.base").PlatformError
    _load("streamspace.platforms")
    kinds = {(kind.code, _sentence(kind)) for kind in (platform_error, *_below(platform_error)) if "code" in vars(kind)}
    platform = [(f"`{code}`", text) for code, text in sorted(kinds)]
    return page(
        [
            head("Errors"),
            paragraph("""
                Programs look at `error`, people at `message`, which may say more than the sentence here. The request id
                is also in the answer's `X-Request-Id` header and in the log.
            """),
            '```json\n{"error": "no_capacity", "message": "…", "details": {}, "requestId": "…"}\n```\n',
            section("API", "", table(("Code", "Status", "Sentence"), api)),
            section(
                "Gateway",
                "A page for browsers, `{error, message}` for programs.",
                table(("Code", "Status", "Sentence"), gateway),
            ),
            section(
                "Platforms",
                "Why an agent could not do something: `reason.code` of a session, `errorMessage` of a command.",
                table(("Code", "Sentence"), platform),
            ),
        ]
    )


def _load(package: str) -> None:
    """Import every module of a package, so that all subclasses are known."""
    root = importlib.import_module(package)
    for found in pkgutil.walk_packages(root.__path__, f"{package}."):
        # What runs inside a sandbox, and migrations, are programs: importing them does something.
        if not {"inside", "migrations"} & set(found.name.split(".")):
            importlib.import_module(found.name)


def _below(kind: Any) -> Iterator[Any]:
    """Yield the product's own subclasses: tests have theirs in the same process."""
    for direct in kind.__subclasses__():
        if direct.__module__.startswith("streamspace."):
            yield direct
        yield from _below(direct)


def _sentence(kind: type) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]


# States


def states() -> str:
    """Show the session's state machine, from `sessions.rules`."""
    rules = importlib.import_module("streamspace.server.sessions.rules")
    texts = _below_members(rules.Trigger)
    moves = [
        (f"`{state}`", f"`{trigger}`", f"`{following}`") for (state, trigger), following in rules.TRANSITIONS.items()
    ]
    groups = {
        "ended": rules.ENDED,
        "active: hold an agent's resources": rules.ACTIVE,
        "busy: a command must lead out of them": rules.BUSY,
    }
    return page(
        [
            head("Session states"),
            paragraph("What is not in this table does not happen: a trigger that has no row for a state is ignored."),
            section("Transitions", "", table(("From", "By", "To"), moves)),
            section(
                "Triggers",
                "",
                table(("Trigger", "Means"), [(f"`{one}`", texts.get(one.name, "")) for one in rules.Trigger]),
            ),
            section(
                "Groups",
                "",
                table(
                    ("Group", "States"),
                    [(name, ", ".join(f"`{s}`" for s in rules.State if s in group)) for name, group in groups.items()],
                ),
            ),
        ]
    )


def _below_members(kind: type) -> dict[str, str]:
    """Return the text below each member of an enumeration."""
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)  # noqa: S101 - the source of a class
    found = {}
    for member, below in zip(body.body, body.body[1:], strict=False):
        if (
            isinstance(member, ast.Assign)
            and isinstance(member.targets[0], ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
        ):
            found[member.targets[0].id] = str(below.value.value)
    return found


# Command line


def cli() -> str:
    """Describe every command and flag."""
    app = importlib.import_module("streamspace.cli.app").app
    # cyclopts writes the running program's own name into the usage of commands.
    ours, sys.argv = sys.argv, ["streamspace"]
    try:
        text = app.generate_docs(output_format="markdown")
    finally:
        sys.argv = ours
    rest = text.partition("\n")[2]
    lines = [line.rstrip() for line in rest.strip().splitlines()]
    return page([head("Command line"), "\n".join(lines) + "\n"])


def main(arguments: list[str]) -> int:
    """Write the pages, or with `--check` say which are stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail if a page is stale")
    if parser.parse_args(arguments).check:
        old = stale()
        if old:
            print(f"Stale: {', '.join(old)}. Run `uv run python -m tools.docs`.", file=sys.stderr)
        return 1 if old else 0
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
