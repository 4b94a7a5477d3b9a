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
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
NOTHING = "-"
NOTE = "<!-- Made from the code by tools/docs.py. Do not edit. -->"
_FIXED = frozenset({"Field", "timedelta", "Path", "frozenset"})
"""Calls whose result is the same on every machine; any other default is worked out at start."""
_GIB = 2**30
_KINDS = {
    "bool": "yes or no",
    "float": "number",
    "int": "number",
    "Path": "path",
    "SecretStr": "secret",
    "str": "text",
    "timedelta": "duration",
}
_ALIASES = {"gateway": {"control_plane_url": "server"}}
"""Settings whose flag has another name, by program."""


def pages() -> dict[str, str]:
    """Return every generated page's text by its file name."""
    made: dict[str, Callable[[], str]] = {
        "cli.md": cli,
        "errors.md": errors,
        "permissions.md": permissions,
        "session-states.md": states,
        "settings.md": settings,
    }
    return {name: make() for name, make in made.items()}


def stale() -> list[str]:
    """Return the names of the pages that are not what the code says now."""
    return [name for name, text in pages().items() if not _holds(REFERENCE / name, text)]


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text() == text


# Settings


def settings() -> str:
    """Describe every setting of every program."""
    from streamspace.agent.settings import AgentSettings  # noqa: PLC0415 - each page loads only what it describes
    from streamspace.gateway.settings import GatewaySettings  # noqa: PLC0415
    from streamspace.server.core.settings import Settings  # noqa: PLC0415
    from streamspace.single import UpSettings  # noqa: PLC0415

    parts = [
        _head("Settings"),
        _paragraph("""
            Each setting is a variable, and most are a flag (`streamspace PROGRAM --help`); `--set name=value` sets
            any other. Flags win over variables, and variables over files. Lists and sets are written as JSON in a
            variable (`'["https://a.example"]'`); durations are seconds (`90`) or ISO 8601 (`PT3M`).
        """),
        _section(
            "Control plane",
            "`streamspace server` and `streamspace up`. Files: `/etc/streamspace/server.yaml`, `./streamspace.yaml`.",
            _settings_table(Settings, "server"),
        ),
        _section(
            "`up` beside the control plane's",
            "`up` makes `secret_key`, `gateway_secret` and a first password itself, and keeps them in `secrets.yaml` in"
            " its data directory, which is `~/.local/share/streamspace` unless another is named.",
            _settings_table(UpSettings, "up"),
        ),
        _section("Gateway", "`streamspace gateway`.", _settings_table(GatewaySettings, "gateway")),
        _section(
            "Agent",
            "`streamspace agent`. Files: `/etc/streamspace/agent.yaml`, `./streamspace-agent.yaml`.",
            _settings_table(AgentSettings, "agent"),
        ),
    ]
    return _page(parts)


def _settings_table(model: type[BaseModel], program: str) -> str:
    prefix = str(model.model_config.get("env_prefix", ""))
    flags = _flags(program)
    rows = []
    for name, (default, text) in _declared(model).items():
        field = model.model_fields[name]
        flag = flags.get(_ALIASES.get(program, {}).get(name, name), "")
        variable = f"`{prefix}{name.upper()}`" + (f"<br>`{flag}`" if flag else "")
        rows.append((variable, _kind(field), _default(field, default), text))
    return _table(("Variable, flag", "Kind", "Default", "What it does"), rows)


def _declared(model: type[BaseModel]) -> dict[str, tuple[ast.expr | None, str]]:
    """Return a class's own fields in their order, each with its default's source and the text below it."""
    body = ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]
    assert isinstance(body, ast.ClassDef)  # noqa: S101 - the source of a class
    found: dict[str, tuple[ast.expr | None, str]] = {}
    last = ""
    for node in body.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            last = node.target.id
            found[last] = (node.value, "")
        elif last and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found[last] = (found[last][0], inspect.cleandoc(str(node.value.value)))
            last = ""
        else:
            last = ""
    return {name: declared for name, declared in found.items() if name in model.model_fields}


def _flags(program: str) -> dict[str, str]:
    """Return a program's flags by the name of their setting."""
    programs = importlib.import_module("streamspace.cli.programs")
    found = {}
    for name, parameter in inspect.signature(getattr(programs, program), eval_str=True).parameters.items():
        options = [getattr(note, "name", None) for note in getattr(parameter.annotation, "__metadata__", ())]
        given = next((option[0] for option in options if option), None)
        found[name] = given or f"--{name.replace('_', '-')}"
    return found


def _kind(field: FieldInfo) -> str:
    return _words(field.annotation)


def _words(kind: Any) -> str:
    inner = [one for one in get_args(kind) if one not in (type(None), ...)]
    outer = get_origin(kind)
    if outer in (list, tuple, set, frozenset):
        return f"list of {_words(inner[0])}"
    if inner:
        return " or ".join(_words(one) for one in inner)
    name: str = kind.__name__
    return _KINDS.get(name, name)


def _default(field: FieldInfo, source: ast.expr | None) -> str:
    if field.is_required():
        return "**required**"
    if field.default_factory is not None or (isinstance(source, ast.Call) and _called(source) not in _FIXED):
        return "worked out at start"
    return _shown(field.default)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, timedelta):
        return _duration(value.total_seconds())
    if isinstance(value, int) and value >= _GIB and value % _GIB == 0:
        return f"{value // _GIB} GiB"
    return f"`{value}`" if value or value == 0 else NOTHING


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _duration(seconds: float) -> str:
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} s"


# Permissions


def permissions() -> str:
    """Show who may do what, from the two tables of `core.permissions`."""
    module = importlib.import_module("streamspace.server.core.permissions")
    actions: list[Any] = list(module.Action)
    nothing = module.Scope.NONE

    def table(by_role: Any, kind: Iterable[Any]) -> str:
        roles = list(kind)
        words = {module.Scope.NONE: NOTHING, module.Scope.OWN: "own", module.Scope.ORG: "organisation"}
        rows = [
            (f"`{action}`", *(words.get(by_role[role].get(action, nothing), "all") for role in roles))
            for action in actions
        ]
        return _table(("Action", *(f"`{role}`" for role in roles)), rows)

    return _page(
        [
            _head("Permissions"),
            _paragraph("""
                A person has a role in their organisation and a system role; the wider of the two counts. *own* means
                their own things, *organisation* those of everybody in theirs, *all* those of every organisation. What
                somebody may not see answers 404; what they see but may not do answers 403. Roles are read at each
                request. Nobody opens somebody else's screen, whatever their role.
            """),
            _section("Roles in an organisation", "", table(module.BY_ORG_ROLE, module.OrgRole)),
            _section("System roles, which add to it", "", table(module.BY_ROLE, module.Role)),
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
    return _page(
        [
            _head("Errors"),
            _paragraph("""
                Programs look at `error`, people at `message`, which may say more than the sentence here. The request id
                is also in the answer's `X-Request-Id` header and in the log.
            """),
            '```json\n{"error": "no_capacity", "message": "…", "details": {}, "requestId": "…"}\n```\n',
            _section("API", "", _table(("Code", "Status", "Sentence"), api)),
            _section(
                "Gateway",
                "A page for browsers, `{error, message}` for programs.",
                _table(("Code", "Status", "Sentence"), gateway),
            ),
            _section(
                "Platforms",
                "Why an agent could not do something: `reason.code` of a session, `errorMessage` of a command.",
                _table(("Code", "Sentence"), platform),
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
    for direct in kind.__subclasses__():
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
    return _page(
        [
            _head("Session states"),
            _paragraph("What is not in this table does not happen: a trigger that has no row for a state is ignored."),
            _section("Transitions", "", _table(("From", "By", "To"), moves)),
            _section(
                "Triggers",
                "",
                _table(("Trigger", "Means"), [(f"`{one}`", texts.get(one.name, "")) for one in rules.Trigger]),
            ),
            _section(
                "Groups",
                "",
                _table(
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
    text = app.generate_docs(output_format="markdown")
    title, _, rest = text.partition("\n")
    del title
    lines = [line.rstrip() for line in rest.strip().splitlines()]
    return _page([_head("Command line"), "\n".join(lines) + "\n"])


# Markdown


def _head(title: str) -> str:
    return f"# {title}\n\n{NOTE}\n"


def _paragraph(text: str) -> str:
    return textwrap.fill(inspect.cleandoc(text), width=120, break_long_words=False, break_on_hyphens=False) + "\n"


def _section(title: str, text: str, table: str) -> str:
    return f"## {title}\n\n{text}\n\n{table}" if text else f"## {title}\n\n{table}"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _page(parts: list[str]) -> str:
    return "\n".join(parts)


def main(arguments: list[str]) -> int:
    """Write the pages, or with `--check` say which are stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail if a page is stale")
    if parser.parse_args(arguments).check:
        old = stale()
        if old:
            print(f"Stale: {', '.join(old)}. Run `python -m tools.docs`.", file=sys.stderr)
        return 1 if old else 0
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
