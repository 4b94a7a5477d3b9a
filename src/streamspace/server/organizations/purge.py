"""Removes all that an organisation had, from every table that belongs to tenants."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, delete, select, update

from streamspace.server.core.db import Base, UnitOfWork

KEPT = {"audit_log", "audit_pending", "audit_head", "outbox"}
"""The record of what happened outlives whom it happened to."""


async def purge(uow: UnitOfWork, org_id: str) -> None:
    """Remove an organisation: its rows, rows that hang on them, and the people who belonged nowhere else."""
    users, memberships = Base.metadata.tables["users"], Base.metadata.tables["memberships"]
    await uow.db.execute(delete(memberships).where(memberships.c.org_id == org_id))
    elsewhere = select(memberships.c.org_id).where(memberships.c.user_id == users.c.id).limit(1).scalar_subquery()
    belongs = select(memberships.c.user_id)
    await uow.db.execute(
        update(users).where(users.c.org_id == org_id, users.c.id.in_(belongs)).values(org_id=elsewhere)
    )
    for table in reversed(Base.metadata.sorted_tables):
        if table.name in KEPT or table.name == "organizations":
            continue
        if table.name == "groups":
            await uow.db.execute(update(table).where(table.c.org_id == org_id).values(parent_id=None))
        for where in _of(table, org_id, set()):
            await uow.db.execute(delete(table).where(where))
    organizations = Base.metadata.tables["organizations"]
    await uow.db.execute(delete(organizations).where(organizations.c.id == org_id))


def _of(table: Table, org_id: str, seen: set[str]) -> list[Any]:
    """Say which rows are the organisation's: its own, and those that name a row of its own."""
    found: list[Any] = []
    if "org_id" in table.c:
        found.append(table.c.org_id == org_id)
    for key in table.foreign_keys:
        parent = key.column.table
        if parent.name in {table.name, "organizations"} | seen:
            continue
        found += [key.parent.in_(select(key.column).where(where)) for where in _of(parent, org_id, seen | {table.name})]
    return found
