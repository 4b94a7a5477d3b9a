"""`streamspace doctor`."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import platformdirs
from cyclopts import Parameter
from rich.text import Text

from streamspace.cli import checks
from streamspace.cli.output import clean, console, print_json
from streamspace.cli.remote import DEFAULT_SERVER

MARKS = {"ok": ("✓", "green"), "warn": ("!", "yellow"), "fail": ("✗", "red")}


def doctor(
    *,
    port: int = 8000,
    gateway_port: int = 8001,
    data_dir: Annotated[Path | None, Parameter(env_var="STREAMSPACE_DATA_DIR", show_env_var=True)] = None,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Check what this machine lacks to run sessions, and how to get it.

    Leaves with 1 if something must be fixed.

    Args:
        port: Port that the web UI would use.
        gateway_port: Port that the streams would use.
        data_dir: Where `streamspace up` would keep its data.
        as_json: Print JSON: {"ok": …, "checks": [{"name", "status", "message", "fix"}]}.
    """
    folder = (data_dir or platformdirs.user_data_path("streamspace")).expanduser().absolute()
    found = []
    for check in checks.all_checks(folder, (port, gateway_port)):
        result = check()
        found.append(result)
        if not as_json:
            _print(result)
            sys.stdout.flush()
    failed = [result for result in found if result.status == "fail"]
    if as_json:
        print_json({"ok": not failed, "checks": [asdict(result) for result in found]})
    elif failed:
        print(f"\n{len(failed)} to fix before sessions can run here.")
    else:
        print(f"\nThis machine can run sessions: `streamspace up`, then {DEFAULT_SERVER}.")
    return 1 if failed else 0


def _print(result: checks.Check) -> None:
    mark, style = MARKS[result.status]
    line = Text.assemble((mark, style), " ", (f"{result.name:<18}", "bold"), " ", clean(result.message))
    out = console()
    out.print(line, soft_wrap=True)
    if result.fix:
        out.print(Text.assemble(" " * 21, ("→ ", style), result.fix), soft_wrap=True)
