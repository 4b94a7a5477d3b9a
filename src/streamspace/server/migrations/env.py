"""Alembic's entry point."""

from __future__ import annotations

import importlib

from alembic import context
from sqlalchemy import create_engine, pool, text

from streamspace.server.core.db import Base

FEATURES = (
    "audit",
    "organizations",
    "gateways",
    "users",
    "groups",
    "limits",
    "challenges",
    "mfa",
    "logins",
    "keys",
    "sso",
    "scim",
    "agents",
    "templates",
    "sessions",
)
for feature in FEATURES:
    importlib.import_module(f"streamspace.server.{feature}.models")

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
