"""`streamspace scaletest …`."""

import asyncio
import importlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter
from cyclopts.validators import Number

from streamspace.cli.failures import TIMED_OUT, USAGE, CommandFailed
from streamspace.cli.output import print_json, print_table, say
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.kit import durations, logs

app = App(name="scaletest", help="Measure how much a control plane carries.")


@app.command
async def agents(
    *,
    count: Annotated[int, Parameter(validator=Number(gte=1, lte=20_000))] = 1000,
    rate: Annotated[float, Parameter(validator=Number(gt=0, lte=1000))] = 20.0,
    length: str = "20s",
    local: Annotated[bool, Parameter(negative="")] = False,
    database_url: str | None = None,
    await_restart: str | None = None,
    output: Path | None = None,
    remote: Remote = DEFAULT,
) -> int:
    """Connect simulated agents, give them commands, and see how soon all are back after a restart.

    They speak the real control channel, run nothing, and take no session. A control plane that is named needs an
    administrator; the agents are removed from it afterwards. Leaves with 1 if a target was missed.

    Args:
        count: How many agents.
        rate: Commands a second.
        length: How long to give commands, such as 20s or 5m.
        local: Start a control plane for the test, which is killed and started again; else one that runs is used.
        database_url: PostgreSQL for the local one, which should be empty; otherwise SQLite in a temporary folder.
        await_restart: Wait so long for somebody to restart a control plane that is not local.
        output: Also write the figures to this file, as JSON.
    """
    if (local and await_restart) or (database_url and not local):
        raise CommandFailed("--database-url belongs to --local, and --await-restart does not.", USAGE)
    found = await _run(count, rate, _span(length), database_url, await_restart, remote if not local else None)
    shown = {"ok": all(figure.good for figure in found), "figures": [figure.out() for figure in found]}
    if output is not None:
        output.write_text(json.dumps(shown, indent=2) + "\n")
    if remote.as_json:
        print_json(shown)
    else:
        print_table(
            ["figure", "value", "", "target", ""],
            ([figure.name, f"{figure.value:,.2f}", figure.unit, *_target(figure)] for figure in found),
            empty="Nothing was measured.",
        )
    return 0 if shown["ok"] else 1


def _target(figure: Any) -> tuple[str, str]:
    if figure.most is None:
        return "", ""
    return f"at most {figure.most:g}", "ok" if figure.good else "fail"


def _span(text: str) -> timedelta:
    try:
        return durations.parse(text)
    except ValueError:
        raise CommandFailed(f"{text!r} is not a length of time, such as 20s or 5m.", USAGE) from None


async def _run(
    count: int,
    rate: float,
    length: timedelta,
    database_url: str | None,
    await_restart: str | None,
    remote: Remote | None,
) -> list[Any]:
    try:
        # By name, as the programs: the command line stands beside the agent, whose channel this is.
        test = importlib.import_module("streamspace.scaletest.agents")
    except ModuleNotFoundError as error:
        raise CommandFailed(
            f"This needs {error.name!r}, which is not installed.",
            hint="Install it with `pip install 'streamspace[all]'`.",
        ) from None
    logs.configure(fmt="console", level="error")  # a thousand agents would say a thousand times that they connect
    watch = _span(await_restart) if await_restart else None
    plan = test.Plan(count=count, rate=rate, length=length, database_url=database_url, watch=watch)
    try:
        if remote is None:
            return list(await test.on_a_local_one(plan, say))
        async with remote.api() as api:
            await api.auth.me()
            return list(await test.on_a_given_one(plan, api, say))
    except asyncio.CancelledError:
        raise CommandFailed("It was told to stop.") from None
    except test.FAILURES as failure:
        raise CommandFailed(str(failure), TIMED_OUT) from None
