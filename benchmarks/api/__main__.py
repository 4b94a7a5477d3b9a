"""How fast the API answers with many sessions in the database: `python -m benchmarks.api`."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import platform
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import uvloop
from sqlalchemy.engine import make_url

from benchmarks.api import checks, robot, seed
from benchmarks.api.load import Request, measure
from benchmarks.api.servers import Running, control_plane, free_port, process
from tools import postgres

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks" / "results" / "api.json"
POSTGRES = "STREAMSPACE_TEST_POSTGRES"
ACCEPTED_WITHIN_MS = 50
RATE = 10.0
PACED = f"create {RATE:g}/s"
"""The others send as fast as they are answered, so their times are those of a full queue; this one does not."""
SESSIONS = "/api/v1/sessions"


def requests_of(ids: list[str]) -> dict[str, Callable[[int], Request]]:
    """Return the kinds of request that are measured."""
    body = json.dumps({"template": "editor", "tags": ["bench"]}).encode()
    return {
        "list 50": lambda _: Request("GET", f"{SESSIONS}?limit=50"),
        "get": lambda n: Request("GET", f"{SESSIONS}/{ids[n * 7919 % len(ids)]}"),
        PACED: lambda _: Request("POST", SESSIONS, body),
        "create": lambda _: Request("POST", SESSIONS, body),
    }


@contextlib.contextmanager
def databases(wanted: list[str]) -> Iterator[dict[str, str]]:
    """Yield the address of a fresh database of each kind."""
    with contextlib.ExitStack() as stack:
        found = {}
        if "sqlite" in wanted:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="streamspace-bench-"))
            found["sqlite"] = f"sqlite+aiosqlite:///{folder}/bench.db"
        if "postgresql" in wanted:
            url = os.environ.get(POSTGRES) or stack.enter_context(postgres.running())
            found["postgresql"] = stack.enter_context(_fresh(url))
        yield found


@contextlib.contextmanager
def _fresh(server: str) -> Iterator[str]:
    name = f"bench_{secrets.token_hex(4)}"
    plain = make_url(server).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


async def run_one(kind: str, url: str, ids: list[str], options: argparse.Namespace) -> list[dict[str, Any]]:
    """Measure one database: the control plane, then the least that could answer."""
    lines = []
    with tempfile.TemporaryDirectory(prefix="streamspace-bench-") as folder:
        async with control_plane(url, Path(folder)) as it:
            token = await it.sign_in("bench")
            async with robot.working(f"http://127.0.0.1:{it.port}", token) as done:
                lines += await _measure(kind, "control plane", it, token, ids, options)
                await _settled(done)
    port = free_port()
    async with process([sys.executable, "-m", "benchmarks.api.bare", str(port), url], port) as it:
        lines += await _measure(kind, "bare", it, "-", ids, options)
    return lines


async def _settled(done: list[str]) -> None:
    """Wait until the agent has had every command, so that the next run finds a quiet machine."""
    count = -1
    while count != len(done):
        count = len(done)
        await asyncio.sleep(0.5)


async def _measure(
    kind: str,
    server: str,
    it: Running,
    token: str,
    ids: list[str],
    options: argparse.Namespace,
) -> list[dict[str, Any]]:
    lines = []
    for name, request in requests_of(ids).items():
        rate = RATE if name == PACED else None
        await measure(it.port, token, request, clients=options.clients, seconds=options.seconds / 5, rate=rate)
        before = it.cpu()
        result = await measure(it.port, token, request, clients=options.clients, seconds=options.seconds, rate=rate)
        # Processor time counts the same on a busy machine and on a quiet one; times to answer do not.
        cpu = (it.cpu() - before) * 1000 / max(len(result.took), 1)
        lines.append({"database": kind, "server": server, "request": name, **result.out(), "cpuMs": round(cpu, 2)})
        print(".", end="", flush=True, file=sys.stderr)
    return lines


COLUMNS = {
    "perSecond": "per s",
    "p50": "p50 ms",
    "p95": "p95 ms",
    "p99": "p99 ms",
    "ofBare": "of bare",
    "cpuMs": "cpu ms",
    "cpuOfBare": "of bare",
}


def report(lines: list[dict[str, Any]]) -> None:
    """Print the table, with what each request costs against the least that could answer it."""
    bare = {(x["database"], x["request"]): x for x in lines if x["server"] == "bare"}
    print(f"\n{'database':<11}{'server':<14}{'request':<13}" + "".join(f"{title:>9}" for title in COLUMNS.values()))
    for x in lines:
        least = bare[x["database"], x["request"]]
        x["ofBare"] = round(x["perSecond"] / least["perSecond"], 2)
        x["cpuOfBare"] = round(x["cpuMs"] / max(least["cpuMs"], 0.01), 1)
        figures = "".join(f"{x[name]:>9}" for name in COLUMNS)
        note = f"  errors {x['errors']}" if x["errors"] else ""
        print(f"{x['database']:<11}{x['server']:<14}{x['request']:<13}{figures}{note}")
    for x in lines:
        if x["server"] == "control plane" and x["request"] == PACED:
            verdict = "met" if x["p95"] <= ACCEPTED_WITHIN_MS else "MISSED"
            target = f"created {RATE:g} times a second, accepted with p95 ≤ {ACCEPTED_WITHIN_MS} ms"
            print(f"target: {target} on {x['database']}: {verdict}")


def main() -> None:
    """Measure, print, and write JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=10_000, help="rows in the database")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each measurement")
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"], help="both unless given")
    parser.add_argument("--checks", action="store_true", help="only what authentication and tenancy cost")
    parser.add_argument("--json", type=Path, default=RESULTS, help="where to write the figures")
    options = parser.parse_args()
    lines: list[dict[str, Any]] = []
    shares: list[dict[str, Any]] = []
    with databases(options.database or ["sqlite", "postgresql"]) as found:
        for kind, url in found.items():
            seed.prepare(url)
            ids = uvloop.run(seed.fill(url, options.sessions))
            # First, because the other one adds sessions that are not everybody's.
            shares += uvloop.run(checks.compare(kind, url, clients=options.clients, seconds=options.seconds / 4))
            if not options.checks:
                lines += uvloop.run(run_one(kind, url, ids, options))
    if lines:
        report(lines)
    checks.report(shares)
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()[0]}
    options.json.parent.mkdir(parents=True, exist_ok=True)
    written = {"at": time.time(), "sessions": options.sessions, "clients": options.clients, **machine, "lines": lines}
    written["checks"] = shares
    options.json.write_text(json.dumps(written, indent=1) + "\n")


if __name__ == "__main__":
    main()
