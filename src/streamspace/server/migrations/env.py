"""Alembic's entry point."""

from __future__ import annotations

import importlib
from pathlib import Path

from alembic import context
from sqlalchemy import create_engine, pool, text

from streamspace.server.core.db import Base

for models in sorted(Path(__file__).parents[1].glob("*/models.py")):
    importlib.import_module(f"streamspace.server.{models.parent.name}.models")

_MIGRATION_LOCK = 7_305_113


def run() -> None:
    """Migrate inside one transaction that only one process can hold."""
    url = context.config.attributes["url"].replace("+aiosqlite", "")
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


run()
