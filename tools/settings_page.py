"""The reference page of all settings."""

from __future__ import annotations

import ast
import importlib
import inspect
import textwrap
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from pydantic import SecretStr

from tools.markdown import NOTHING, head, page, paragraph, section, table

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

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


def write() -> str:
    """Describe every setting of every program."""
    from streamspace.agent.settings import AgentSettings  # noqa: PLC0415 - each page loads only what it describes
    from streamspace.gateway.settings import GatewaySettings  # noqa: PLC0415
    from streamspace.server.core.settings import Settings  # noqa: PLC0415
    from streamspace.single import UpSettings  # noqa: PLC0415

    parts = [
        head("Settings"),
        paragraph("""
            Each setting is a variable, and most are a flag (`streamspace PROGRAM --help`); `--set name=value` sets
            any other that is not a list. Flags win over variables, variables over the file, the file over defaults;
            `--config` names another file instead of those below. In a file, names are in lower case and without the
            prefix. Lists are JSON in a variable (`'["https://a.example"]'`); durations are ISO 8601 (`PT90S`,
            `PT3M`).
        """),
        section(
            "Control plane",
            "`streamspace server` and `streamspace up`. Files: `/etc/streamspace/server.yaml`, `./streamspace.yaml`.",
            _settings_table(Settings, "server"),
        ),
        section(
            "`up` beside the control plane's",
            "What `up` makes itself it keeps in `secrets.yaml` in its data directory, which is"
            " `~/.local/share/streamspace` unless another is named.",
            _settings_table(UpSettings, "up"),
        ),
        section("Gateway", "`streamspace gateway`. It reads no file.", _settings_table(GatewaySettings, "gateway")),
        section(
            "Agent",
            "`streamspace agent`. Files: `/etc/streamspace/agent.yaml`, `./streamspace-agent.yaml`.",
            _settings_table(AgentSettings, "agent"),
        ),
    ]
    return page(parts)


def _settings_table(model: type[BaseModel], program: str) -> str:
    prefix = str(model.model_config.get("env_prefix", ""))
    flags = _flags(program)
    rows = []
    for name, (default, text) in _declared(model).items():
        field = model.model_fields[name]
        flag = flags.get(_ALIASES.get(program, {}).get(name, name), "")
        variable = f"`{prefix}{name.upper()}`" + (f"<br>`{flag}`" if flag else "")
        rows.append((variable, _kind(field), _default(field, default), text))
    return table(("Variable, flag", "Kind", "Default", "What it does"), rows)


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
    if outer is Annotated:
        return _words(inner[0])
    if outer in (list, tuple, set, frozenset):
        return f"list of {_words(inner[0])}"
    if inner:
        return " or ".join(_words(one) for one in inner)
    name: str = kind.__name__
    return _KINDS.get(name, name)


def _default(field: FieldInfo, source: ast.expr | None) -> str:
    if field.is_required():
        return "**required**"
    called = isinstance(source, ast.Call) and _called(source) not in _FIXED
    if called or field.default_factory is not None or isinstance(field.default, SecretStr):
        return "worked out at start"
    return _shown(field.default)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple) and value:
        return ", ".join(_shown(one) for one in value)
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
