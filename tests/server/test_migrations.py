"""The tables that migrations make are those that the models describe, and newer steps can be taken back."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import sql
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from streamspace.server import migrations
from streamspace.server.core.db import Base

FIRST_FOR_GOOD = "0006"
"""Up to here there is no way back."""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables, of this test's own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server = make_url(request.getfixturevalue("postgres_url"))
    name = f"empty_{secrets.token_hex(6)}"
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield server.set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def differences(url: str) -> list[Any]:
    engine = create_engine(url, poolclass=NullPool)
    # SQLite has no types to speak of, and tells its FLOAT apart from ours.
    opts = {"compare_type": engine.dialect.name != "sqlite"}
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts=opts), Base.metadata)
    engine.dispose()
    return found


def tables(url: str) -> set[str]:
    engine = create_engine(url, poolclass=NullPool)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found


def test_tables_are_those_of_the_models(empty: str) -> None:
    migrations.upgrade(empty)
    assert differences(empty) == []
    assert tables(empty) - {"alembic_version"} == set(Base.metadata.tables)


def test_newer_steps_can_be_taken_back(empty: str) -> None:
    command.upgrade(migrations._config(empty), FIRST_FOR_GOOD)
    before = tables(empty)
    migrations.upgrade(empty)
    command.downgrade(migrations._config(empty), FIRST_FOR_GOOD)
    assert tables(empty) == before
    migrations.upgrade(empty)
    assert differences(empty) == []
