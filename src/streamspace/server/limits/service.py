"""What can be done with limits. Use is counted by whoever has the sessions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Role
from streamspace.server.groups import service as groups
from streamspace.server.limits import queries
from streamspace.server.limits.models import Limit
from streamspace.server.limits.rules import DEFAULTS, NONE, Allowance, Limits
from streamspace.server.organizations import service as organizations
from streamspace.server.users import service as users
from streamspace.server.users.models import User

PLATFORM = ("platform", "defaults", "")


async def applying_to(uow: UnitOfWork, user: User, org_id: str) -> list[Allowance]:
    """Return all limits that a new session of a person must fit, and hold them until this transaction ends.

    The person is held first, then the limits in one order, so that of two creates one waits for the other.
    """
    await users.hold(uow, user.id)
    subjects = [("user", user.id, org_id), ("organization", org_id, org_id)]
    there = await queries.around(uow.db, [*subjects, PLATFORM], org_id)
    # Not held: it is one person's limit, who is held, and all tenants' creates would wait for each other.
    defaults = next((row for row in there if (row.kind, row.subject_id, row.org_id) == PLATFORM), None)
    family = await _groups_with_limits(uow, org_id, user.id, {row.subject_id for row in there if row.kind == "group"})
    subjects += [("group", group_id, org_id) for group_id in family]
    present = {(row.kind, row.subject_id, row.org_id) for row in there}
    limited = [subject for subject in subjects if subject in present]
    held = await queries.of(uow.db, limited, hold=True) if limited else ()
    found = {(row.kind, row.subject_id): row for row in held}
    own = found.get(("user", user.id))
    allowances = [
        Allowance(
            kind="platform" if own is None else "user",
            name=user.username,
            limits=effective(user, own, defaults),
            user_ids=frozenset({user.id}),
        )
    ]
    for group_id, (name, members) in family.items():
        if (row := found.get(("group", group_id))) is not None:
            allowances.append(Allowance(kind="group", name=name, limits=limits_of(row), user_ids=members))
    if (row := found.get(("organization", org_id))) is not None:
        org = await organizations.get_by_id(uow, org_id)
        name = org.display_name if org else org_id
        allowances.append(Allowance(kind="organization", name=name, limits=limits_of(row), user_ids=None))
    return allowances


async def _groups_with_limits(
    uow: UnitOfWork, org_id: str, user_id: str, limited: Collection[str]
) -> dict[str, tuple[str, frozenset[str]]]:
    """Return the groups a person is in, or that contain one, which have a limit: name, and all who are inside."""
    if not limited:
        return {}
    every = {group.id: group for group in await groups.all_of(uow, org_id)}
    counted: dict[str, tuple[str, frozenset[str]]] = {}
    for group in await groups.of_user(uow, org_id, user_id):
        at = every.get(group.id)
        while at is not None:
            if at.id in limited and at.id not in counted:
                counted[at.id] = (at.display_name, await everybody_in(uow, at.id, every))
            at = every.get(at.parent_id) if at.parent_id else None
    return counted


async def everybody_in(uow: UnitOfWork, group_id: str, every: Mapping[str, Any]) -> frozenset[str]:
    """Return the people in a group and in all groups inside it."""
    inside, level = [group_id], [group_id]
    while level := [other.id for other in every.values() if other.parent_id in level]:
        inside += level
    return await groups.people_in(uow, inside)


def effective(user: User, own: Limit | None, defaults: Limit | None) -> Limits:
    """Return what a person may use: their own limits, and where those are silent the platform's."""
    if user.role == Role.ADMIN:
        return limits_of(own) if own is not None else NONE
    platform = limits_of(defaults).or_else(DEFAULTS) if defaults is not None else DEFAULTS
    return limits_of(own).or_else(platform) if own is not None else platform


def limits_of(row: Limit) -> Limits:
    """Read a row."""
    return Limits(
        max_sessions=row.max_sessions,
        max_cpu_millicores=row.max_cpu_millicores,
        max_memory_bytes=row.max_memory_bytes,
        max_storage_bytes=row.max_storage_bytes,
    )


async def of(uow: UnitOfWork, subjects: Sequence[tuple[str, str, str]]) -> dict[tuple[str, str, str], Limit]:
    """Return the limits that are set, by kind, subject and organisation."""
    return {(row.kind, row.subject_id, row.org_id): row for row in await queries.of(uow.db, subjects, hold=False)}


async def put(uow: UnitOfWork, kind: str, subject_id: str, org_id: str, changes: Mapping[str, int | None]) -> Limit:
    """Set some of somebody's limits; the caller has checked that the actor may."""
    row = await uow.db.get(Limit, (kind, subject_id, org_id))
    before = _facts(row) if row is not None else None
    if row is None:
        row = Limit(kind=kind, subject_id=subject_id, org_id=org_id, created_at=uow.now())
        uow.db.add(row)
    for name, value in changes.items():
        setattr(row, name, value)
    row.updated_at = uow.now()
    await uow.db.flush()
    uow.note("quota.set", kind, subject_id, before=before, after=_facts(row), org_id=org_id or None)
    return row


async def drop(uow: UnitOfWork, kind: str, subject_id: str, org_id: str) -> None:
    """Remove somebody's own limits; what applies to everybody applies to them again."""
    row = await uow.db.get(Limit, (kind, subject_id, org_id))
    if row is not None:
        uow.note("quota.removed", kind, subject_id, before=_facts(row), org_id=org_id or None)
        await uow.db.delete(row)
        await uow.db.flush()


def _facts(row: Limit) -> dict[str, Any]:
    names = ("max_sessions", "max_cpu_millicores", "max_memory_bytes", "max_storage_bytes")
    return {name: getattr(row, name) for name in names}
