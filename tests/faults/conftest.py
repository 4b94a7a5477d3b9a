"""Installations on each database that are under load while things break; `./dev faults --minutes 30` takes its time."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import make_url

from tests.faults.disk import Disk
from tests.faults.installation import Installation
from tools import memory

SECONDS = float(os.environ.get("STREAMSPACE_TEST_FAULT_SECONDS", "4"))
"""How long each loop goes on."""
LONG = "STREAMSPACE_TEST_FAULT_SECONDS" in os.environ
POSTGRES = "STREAMSPACE_TEST_POSTGRES"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: takes too long for every day; `./dev faults` runs it")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    here = [item for item in items if "tests/faults" in str(item.path)]
    for item in here:
        item.add_marker(pytest.mark.timeout(240 + 3 * SECONDS))
    left_out = [item for item in here if not LONG and item.get_closest_marker("long")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def place() -> Iterator[Path]:
    """A short path: Unix sockets have room for 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="f-", dir=memory.folder(), ignore_cleanup_errors=True) as name:
        path = Path(name)
        path.chmod(0o755)
        yield path


@pytest.fixture(scope="session")
def own_postgres() -> Iterator[str]:
    given = os.environ.get(POSTGRES)
    if not given:
        pytest.skip(f"no PostgreSQL: {POSTGRES} is not set (`./dev test` sets it)")
    server, name = make_url(given), f"faults_{secrets.token_hex(4)}"
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield server.set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def on_sqlite(place: Path) -> Iterator[Installation]:
    """Its database, and what one agent writes, each have a small disk of their own."""
    made = Installation(place / "lite", "")
    with contextlib.ExitStack() as stack:
        for disk in (Disk(made.server_dir, "64m"), Disk(made.agents["agent-1"].data_dir, "2m")):
            stack.enter_context(disk)
        yield from _run(made)


@pytest.fixture(scope="session")
def on_postgresql(place: Path, own_postgres: str) -> Iterator[Installation]:
    yield from _run(Installation(place / "post", own_postgres))


def _run(made: Installation) -> Iterator[Installation]:
    try:
        made.begin()
        yield made
    finally:
        made.end()


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest) -> Iterator[Installation]:
    """One that runs with three agents; each test leaves it as it was, so that starting it is paid for once."""
    found: Installation = request.getfixturevalue(f"on_{request.param}")
    yield found
    print(found.logs())
