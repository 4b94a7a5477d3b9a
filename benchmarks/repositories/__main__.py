"""How long a sync of 2,000 templates takes: `python -m benchmarks.repositories`, a table and JSON.

Git's own server answers over HTTPS on this machine; the worker reads, the control plane's job takes in, on SQLite or,
with `--database URL`, on an empty PostgreSQL.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from streamspace.server import migrations
from streamspace.server.core.db import Database
from streamspace.server.core.events import Bus
from streamspace.server.core.permissions import Actor, OrgRole, Role
from streamspace.server.core.settings import Settings
from streamspace.server.repositories import jobs, service
from streamspace.server.repositories.schemas import RepositoryIn
from tests.server import people
from tests.server.repositories import hosts

RESULTS = Path(__file__).parents[1] / "results" / "repositories.json"
FIRST_SECONDS, UNCHANGED_SECONDS = 20.0, 2.0
MORE = """  defaultResources: {requests: {memory: 1Gi, cpu: 500m}, limits: {memory: 2Gi, cpu: '1'}}
  ports: [{name: selkies, containerPort: 8080, protocol: TCP}]
  env: [{name: TZ, value: UTC}]
  tags: [drawing, office]
"""
DESCRIPTION = "What it does in a sentence that is about as long as those that people write of their applications."


def files(number: int) -> dict[str, str | bytes | None]:
    """Make up a repository."""
    return {
        f"templates/{index % 20}/t{index}.yaml": hosts.template(
            f"t{index}", f"Application {index}", category="Office", description=DESCRIPTION
        )
        + MORE
        for index in range(number)
    }


async def measure(url: str, folder: Path, number: int) -> dict[str, Any]:
    """Sync three times: all new, nothing new, one changed."""
    await asyncio.to_thread(migrations.upgrade, url)
    settings = Settings(
        secret_key="s" * 40, gateway_secret="g" * 40, outbound_allow=("127.0.0.0/8", "::1/128"), data_dir=folder
    )
    database = Database(url)
    syncs = jobs.Syncs(settings, database, Bus())
    measured: dict[str, Any] = {"templates": number}
    with hosts.https(folder / "https") as host:
        os.environ["SSL_CERT_FILE"] = str(host.certificate)
        origin = host.origin("t")
        origin.push(files(number))
        async with database.work() as uow:
            actor: Actor = await people.add(uow, "adam", role=Role.ADMIN, org_role=OrgRole.ORG_ADMIN)
            wanted = RepositoryIn(name="t", url=f"{host.url}/git/t.git")
            repository = (await service.create(uow, actor, settings, wanted)).id
        measured |= await timed("first", syncs, repository)
        for name in ("unchanged", "oneChanged"):
            if name == "oneChanged":
                origin.push({"templates/0/t0.yaml": hosts.template("t0", "Renamed")})
            async with database.work() as uow:
                await service.sync(uow, actor, repository)
            measured |= await timed(name, syncs, repository)
        async with database.work(write=False) as uow:
            shown = await service.get(uow, actor, repository)
        assert (shown.status, shown.template_count) == ("synced", number), shown.error_message
    await database.close()
    return measured


async def timed(name: str, syncs: jobs.Syncs, repository: int) -> dict[str, float]:
    """Sync once and return seconds, and processor seconds of this process and the worker."""
    began, used = time.monotonic(), processor()
    assert await syncs.sync_one(repository)
    return {
        f"{name}Seconds": round(time.monotonic() - began, 2),
        f"{name}ProcessorSeconds": round(processor() - used, 2),
    }


def processor() -> float:
    """Return the processor time of this process and of those that it waited for; Git's server is among them."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in both)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="")
    parser.add_argument("--templates", type=int, default=2000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.database or f"sqlite+aiosqlite:///{folder}/bench.db"
        measured = asyncio.run(measure(url, Path(folder), given.templates))
    measured["load"] = os.getloadavg()[0]
    for name, value in measured.items():
        print(f"{name:<28}{value}")
    kind = "postgresql" if given.database else "sqlite"
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps(known | {kind: measured}, indent=2, sort_keys=True) + "\n")
    kept = measured["firstSeconds"] <= FIRST_SECONDS and measured["unchangedSeconds"] <= UNCHANGED_SECONDS
    print("within bounds" if kept else f"over: {FIRST_SECONDS} s the first time, {UNCHANGED_SECONDS} s unchanged")


if __name__ == "__main__":
    main()
