"""How fast a template is found among many: `python -m benchmarks.search`, a table and JSON.

The control plane runs in this process, with everything a request costs but the network: sign-in, permissions, search,
availability on an agent, JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx2
import structlog

from benchmarks.api.__main__ import databases
from streamspace.protocol.manifest import TemplateManifest
from streamspace.server.app import create_app
from streamspace.server.core.settings import Settings
from streamspace.server.templates import service
from streamspace.server.templates.reader import Entry

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results" / "search.json"
PASSWORD = "bench-password-1"  # noqa: S105 - of a server that ends with the run
P95_MS = 30
SYLLABLES = [first + second for first in "bdfgklmnprs" for second in "aeio"]
CATEGORIES = ["Graphics", "Office", "Development", "Games", "Science", "Education", "Internet", "Sound", "Utilities"]


def words(dice: random.Random, number: int) -> list[str]:
    """Make up words, of which some are frequent, as in a language."""
    made = ["".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))) for _ in range(number)]
    return list(dict.fromkeys(made))


def entries(number: int) -> list[Entry]:
    """Make up templates like those of a distribution: two thirds of what they say is made of few words."""
    dice = random.Random(7)  # noqa: S311
    frequent, rare = words(dice, 300), words(dice, 8000)

    def text(length: int) -> str:
        return " ".join(dice.choice(frequent if dice.random() < 0.66 else rare) for _ in range(length))

    return [
        Entry(
            TemplateManifest.model_validate(
                {
                    "apiVersion": "stream.space/v1alpha1",
                    "kind": "Template",
                    "metadata": {"name": f"{dice.choice(rare)}-{index}"},
                    "spec": {
                        "displayName": f"{dice.choice(rare)} {dice.choice(frequent)}".title(),
                        "description": text(25),
                        "category": dice.choice(CATEGORIES),
                        "tags": [dice.choice(frequent) for _ in range(4)],
                        "debian": {"packages": [f"package-{index}"], "command": ["true"]},
                    },
                }
            )
        )
        for index in range(number)
    ]


def questions(known: list[Entry], number: int) -> dict[str, list[dict[str, str]]]:
    """Return what is asked: whole words, beginnings as somebody types, two words, slips, filters."""
    dice = random.Random(11)  # noqa: S311
    names = [dice.choice(known).manifest.spec.display_name.lower() for _ in range(number)]

    def slip(text: str) -> str:
        at = dice.randrange(1, len(text) - 1)
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]

    return {
        "a name": [{"search": name} for name in names],
        "its beginning": [{"search": name[: dice.randint(1, 4)]} for name in names],
        "a slip": [{"search": slip(name.split()[0])} for name in names],
        "a frequent word": [{"search": name.split()[1]} for name in names],
        "word and category": [{"search": name.split()[1], "category": dice.choice(CATEGORIES)} for name in names],
        "everything, by popularity": [{"sort": "popularity"} for _ in names],
    }


async def measure(url: str, number: int, each: int) -> dict[str, Any]:
    """Fill a database and ask."""
    with tempfile.TemporaryDirectory(prefix="streamspace-bench-") as folder:
        (Path(folder) / "templates").mkdir()
        settings = Settings(
            database_url=url,
            data_dir=Path(folder),
            catalog_dir=Path(folder),
            admin_password=PASSWORD,
            secret_key="s" * 40,
            gateway_secret="g" * 40,
            port=0,
        )
        app = create_app(settings)
        known = entries(number)
        async with app.router.lifespan_context(app):
            began = time.perf_counter()
            async with app.state.context.database.work() as uow:
                await service.take_in(uow, known)
            taken = time.perf_counter() - began
            began = time.perf_counter()
            async with app.state.context.database.work() as uow:
                assert await service.take_in(uow, known) == []
            unchanged = time.perf_counter() - began
            found = await _ask(app, questions(known, each))
    return {"templates": number, "take_in_s": round(taken, 2), "unchanged_s": round(unchanged, 2), "asked": found}


async def _ask(app: Any, asked: dict[str, list[dict[str, str]]]) -> dict[str, Any]:
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://bench.test", timeout=60) as client:
        answer = await client.post("/api/v1/auth/login", json={"username": "admin", "password": PASSWORD})
        client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        return {name: await _times(client, queries) for name, queries in asked.items()}


async def _times(client: httpx2.AsyncClient, queries: list[dict[str, str]]) -> dict[str, Any]:
    times, hits = [], 0
    began_cpu = time.process_time()
    for query in queries:
        began = time.perf_counter()
        answer = await client.get("/api/v1/templates", params=query | {"limit": "50"})
        times.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.text
        hits += answer.json()["total"] > 0
    cpu = (time.process_time() - began_cpu) * 1000 / len(queries)
    cuts = statistics.quantiles(times, n=20)
    return {
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(cuts[18], 1),
        "cpu_ms": round(cpu, 1),
        "found": f"{hits}/{len(queries)}",
    }


def main() -> int:
    """Measure, print, write, and fail where the bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--templates", type=int, default=5000)
    parser.add_argument("--each", type=int, default=100)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--no-write", action="store_true")
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    results = {}
    with databases(given.databases) as urls:
        for kind, url in urls.items():
            results[kind] = asyncio.run(measure(url, given.templates, given.each))
            taken, unchanged = results[kind]["take_in_s"], results[kind]["unchanged_s"]
            print(f"{kind}: {given.templates} templates taken in within {taken} s, unchanged {unchanged} s")
            for name, found in results[kind]["asked"].items():
                print(f"  {name:28} p50 {found['p50_ms']:6.1f}  p95 {found['p95_ms']:6.1f} ms  found {found['found']}")
    outcome = {"load": round(os.getloadavg()[0], 1), "bound_p95_ms": P95_MS, "databases": results}
    if not given.no_write:
        RESULTS.write_text(json.dumps(outcome, indent=2) + "\n")
    slow = [1 for found in results.values() for one in found["asked"].values() if one["p95_ms"] > P95_MS]
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
