from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, false, func, or_, select, true, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.core import permissions
from streamspace.server.core.permissions import Action, Actor, Scope
from streamspace.server.homes.models import Home
from streamspace.server.organizations.models import Membership
from streamspace.server.users.models import User

Person = tuple[str, str]
"""An organisation's id, and a user's."""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The one place that says whose homes somebody sees."""
    reach = permissions.scope(actor, Action.QUOTA_VIEW)
    if reach is Scope.ALL:
        return true()
    return Home.org_id == actor.org_id if reach is Scope.ORG else false()


async def largest(
    db: AsyncSession, actor: Actor, *, limit: int, after: tuple[int, str, str, str] | None
) -> tuple[Sequence[Row[Home, str]], int]:
    """A page of homes with their people's names, and how many there are; one more than asked for."""
    where = [visible_to(actor)]
    asked = select(Home, User.username).join(User, User.id == Home.user_id).where(*where)
    if after is not None:
        size, *rest = after
        keys = tuple_(Home.org_id, Home.user_id, Home.agent_id)
        asked = asked.where(or_(Home.size_bytes < size, and_(Home.size_bytes == size, keys > tuple_(*rest))))
    ordered = asked.order_by(Home.size_bytes.desc(), Home.org_id, Home.user_id, Home.agent_id).limit(limit + 1)
    total = await db.execute(select(func.count()).select_from(Home).where(*where))
    return (await db.execute(ordered)).all(), total.scalar_one()


async def belonging(db: AsyncSession, people: Collection[Person], org_id: str | None) -> set[Person]:
    """Which of these people there are; of one organisation alone, where its id is given."""
    asked = select(Membership.org_id, Membership.user_id).where(
        tuple_(Membership.org_id, Membership.user_id).in_(list(people))
    )
    if org_id is not None:
        asked = asked.where(Membership.org_id == org_id)
    return {(org, user) for org, user in await db.execute(asked)}


async def put(db: AsyncSession, agent_id: str, sizes: dict[Person, int], at: datetime) -> None:
    rows = [
        {"agent_id": agent_id, "org_id": org_id, "user_id": user_id, "size_bytes": size, "measured_at": at}
        for (org_id, user_id), size in sorted(sizes.items())
    ]
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    written: Any = insert(Home).values(rows)
    changed = {"size_bytes": written.excluded.size_bytes, "measured_at": written.excluded.measured_at}
    await db.execute(written.on_conflict_do_update(index_elements=["agent_id", "org_id", "user_id"], set_=changed))


async def forget_before(db: AsyncSession, agent_id: str, before: datetime) -> None:
    await db.execute(delete(Home).where(Home.agent_id == agent_id, Home.measured_at < before))


async def used(db: AsyncSession, org_id: str, user_ids: Collection[str] | None) -> int | None:
    """What the homes of these people hold together, or of all in the organisation; None where none was measured."""
    where = [Home.org_id == org_id] + ([Home.user_id.in_(user_ids)] if user_ids is not None else [])
    found = (await db.execute(select(func.sum(Home.size_bytes)).where(*where))).scalar_one()
    return None if found is None else int(found)


async def used_by(db: AsyncSession, people: Collection[Person]) -> dict[Person, int]:
    found = await db.execute(
        select(Home.org_id, Home.user_id, func.sum(Home.size_bytes))
        .where(tuple_(Home.org_id, Home.user_id).in_(list(people)))
        .group_by(Home.org_id, Home.user_id)
    )
    return {(org_id, user_id): int(size) for org_id, user_id, size in found}
