"""What can be done with policies."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from streamspace.protocol.policies import Policy
from streamspace.server.core import permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.groups import service as groups
from streamspace.server.groups.models import Group
from streamspace.server.organizations import service as organizations
from streamspace.server.organizations.models import Organization
from streamspace.server.policies import queries
from streamspace.server.policies.events import PolicyChanged
from streamspace.server.policies.models import StoredPolicy
from streamspace.server.policies.rules import Effective, Said, weigh

Shown = tuple[Policy, Effective, datetime | None]
"""What somebody says, what holds with what stands above them, and when they said it."""


async def of_organization(uow: UnitOfWork, actor: Actor, org_id: str) -> Shown:
    """Return what an organisation says.

    Raises:
        NoSuchOrganization, Forbidden.
    """
    org = await _organization(uow, actor, org_id, Action.POLICY_VIEW)
    row = await uow.db.get(StoredPolicy, ("organization", org.id))
    said = _read(row) if row is not None else Policy()
    return said, weigh([_by(org, said)]), row.updated_at if row is not None else None


async def set_for_organization(uow: UnitOfWork, actor: Actor, org_id: str, said: Policy) -> Shown:
    """Replace what an organisation says. Streams that are open follow within a second or two.

    Raises:
        NoSuchOrganization, Forbidden.
    """
    org = await _organization(uow, actor, org_id, Action.POLICY_MANAGE)
    await _put(uow, "organization", org.id, org.id, said)
    return await of_organization(uow, actor, org_id)


async def of_group(uow: UnitOfWork, actor: Actor, group_id: str) -> Shown:
    """Return what a group says, and what holds for its people unless another group of theirs says more.

    Raises:
        NoSuchGroup, Forbidden.
    """
    group, _ = await groups.permitted(uow, actor, group_id, Action.POLICY_VIEW)
    rows = await queries.of_organization(uow.db, group.org_id)
    own = next((row for row in rows if (row.kind, row.subject_id) == ("group", group.id)), None)
    every = {other.id: other for other in await groups.all_of(uow, group.org_id)}
    said = _along(_lineage([group.id], every), rows) + await _above(uow, group.org_id, rows)
    return _read(own) if own is not None else Policy(), weigh(said), own.updated_at if own is not None else None


async def set_for_group(uow: UnitOfWork, actor: Actor, group_id: str, said: Policy) -> Shown:
    """Replace what a group says. Streams that are open follow within a second or two.

    Raises:
        NoSuchGroup, Forbidden.
    """
    group, _ = await groups.permitted(uow, actor, group_id, Action.POLICY_MANAGE)
    await _put(uow, "group", group.id, group.org_id, said)
    return await of_group(uow, actor, group_id)


async def _organization(uow: UnitOfWork, actor: Actor, org_id: str, action: Action) -> Organization:
    org = await organizations.visible(uow, actor, org_id)
    permissions.require(actor, action, owner_id=None, org_id=org.id)
    return org


async def _put(uow: UnitOfWork, kind: str, subject_id: str, org_id: str, said: Policy) -> None:
    row = await uow.db.get(StoredPolicy, (kind, subject_id))
    before = row.said if row is not None else None
    if row is None:
        row = StoredPolicy(kind=kind, subject_id=subject_id, org_id=org_id, created_at=uow.now())
        uow.db.add(row)
    row.said = said.model_dump(mode="json", by_alias=True, exclude_none=True)
    row.updated_at = uow.now()
    await uow.db.flush()
    uow.note("policy.set", kind, subject_id, before=before, after=row.said, org_id=org_id)
    uow.announce(PolicyChanged(org_id=org_id, kind=kind, subject_id=subject_id))


# For other features, which have checked what the actor may do.


async def said_to(uow: UnitOfWork, org_id: str, user_ids: Collection[str]) -> dict[str, list[Said]]:
    """Return what applies to each of these people in an organisation, nearest first; a handful of statements."""
    rows = await queries.of_organization(uow.db, org_id)
    above = await _above(uow, org_id, rows)
    found: dict[str, list[Said]] = {user_id: [] for user_id in user_ids}
    if any(row.kind == "group" for row in rows):
        every = {group.id: group for group in await groups.all_of(uow, org_id)}
        members: dict[str, list[str]] = {}
        for user_id, group_id, in_org in await groups.of_users(uow, sorted(user_ids)):
            if in_org == org_id:
                members.setdefault(user_id, []).append(group_id)
        found |= {user_id: _along(_lineage(inside, every), rows) for user_id, inside in members.items()}
    return {user_id: said + above for user_id, said in found.items()}


async def organizations_with_any(uow: UnitOfWork) -> Sequence[str]:
    """Return the organisations in which anybody ever said anything."""
    return await queries.organizations(uow.db)


def _lineage(group_ids: Sequence[str], every: Mapping[str, Group]) -> dict[str, Group]:
    """Return these groups and all that contain one of them, each once."""
    found: dict[str, Group] = {}
    for group_id in group_ids:
        at = every.get(group_id)
        while at is not None and at.id not in found:
            found[at.id] = at
            at = every.get(at.parent_id) if at.parent_id else None
    return found


def _along(lineage: Mapping[str, Group], rows: Sequence[StoredPolicy]) -> list[Said]:
    said = {row.subject_id: _read(row) for row in rows if row.kind == "group"}
    return [
        Said(kind="group", id=group.id, name=group.display_name, policy=said[group.id])
        for group in lineage.values()
        if group.id in said
    ]


async def _above(uow: UnitOfWork, org_id: str, rows: Sequence[StoredPolicy]) -> list[Said]:
    row = next((row for row in rows if row.kind == "organization"), None)
    org = await organizations.get_by_id(uow, org_id) if row is not None else None
    return [_by(org, _read(row))] if row is not None and org is not None else []


def _by(org: Organization, said: Policy) -> Said:
    return Said(kind="organization", id=org.id, name=org.display_name, policy=said)


def _read(row: StoredPolicy) -> Policy:
    said: dict[str, Any] = row.said
    return Policy.model_validate(said)
