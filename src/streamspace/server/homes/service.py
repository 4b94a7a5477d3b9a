"""What can be done with the sizes of homes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from streamspace.protocol import control
from streamspace.server.agents import service as agents
from streamspace.server.core import lists, permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.errors import Forbidden
from streamspace.server.core.permissions import Action, Actor, Scope
from streamspace.server.homes import queries
from streamspace.server.homes.models import Home

_SLACK = timedelta(seconds=30)
"""How long a report may have been on its way."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A home, and whose it is."""

    home: Home
    username: str


@dataclass(frozen=True, slots=True)
class Growth:
    """What one person's homes held together before a report, and hold now."""

    org_id: str
    user_id: str
    before: int
    now: int


async def list_homes(
    uow: UnitOfWork, actor: Actor, *, limit: int, cursor: str | None
) -> tuple[list[Seen], int, str | None]:
    """Return a page of homes, the largest first."""
    if permissions.scope(actor, Action.QUOTA_VIEW) < Scope.ORG:
        raise Forbidden
    after = lists.after(cursor, int, str, str, str)
    rows, total = await queries.largest(uow.db, actor, limit=limit, after=after)
    rows, following = lists.cut(
        rows, limit, lambda row: (row.Home.size_bytes, row.Home.org_id, row.Home.user_id, row.Home.agent_id)
    )
    return [Seen(row.Home, row.username) for row in rows], total, following


async def measured(uow: UnitOfWork, agent_id: str, report: control.Homes) -> list[Growth]:
    """Write down what an agent measured, and return whose homes hold more than they did.

    An agent of one organisation speaks of its people alone; whoever is not there any more is left out.
    """
    agent = await agents.by_agent_id(uow, agent_id)
    if agent is None:
        return []
    said = {(home.org_id, home.user_id): home.size_bytes for home in report.homes}
    people = await queries.belonging(uow.db, said, agent.org_id) if said else set()
    sizes = {person: said[person] for person in people}
    growth = await _write(uow, agent_id, sizes) if sizes else []
    if report.round_seconds is not None:
        began = uow.now() - timedelta(seconds=report.round_seconds) - _SLACK
        await queries.forget_before(uow.db, agent_id, began)
    return growth


async def _write(uow: UnitOfWork, agent_id: str, sizes: dict[queries.Person, int]) -> list[Growth]:
    before = await queries.used_by(uow.db, sizes)
    await queries.put(uow.db, agent_id, sizes, uow.now())
    now = await queries.used_by(uow.db, sizes)
    grown = ((person, before.get(person, 0), now[person]) for person in sorted(sizes))
    return [Growth(org_id, user_id, was, size) for (org_id, user_id), was, size in grown if size > was]


async def used(uow: UnitOfWork, org_id: str, user_ids: Collection[str] | None = None) -> int | None:
    """Return what homes hold: of these people, or of all in the organisation; None where none was measured."""
    return await queries.used(uow.db, org_id, user_ids)


async def used_by_user(uow: UnitOfWork, org_id: str, user_ids: Collection[str]) -> dict[str, int]:
    """Return what each of these people's homes hold, where they were measured."""
    found = await queries.used_by(uow.db, [(org_id, user_id) for user_id in user_ids])
    return {user_id: size for (_, user_id), size in found.items()}
