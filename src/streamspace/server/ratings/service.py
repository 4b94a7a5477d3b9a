"""What can be done with ratings. Whoever calls has found the thing that is rated, which the actor may see."""

from __future__ import annotations

from datetime import datetime

from streamspace.kit import ids
from streamspace.server.core import lists, permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.errors import Forbidden
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.ratings import queries
from streamspace.server.ratings.errors import NoSuchRating
from streamspace.server.ratings.schemas import RatingIn, RatingList, RatingOut, average, rating_out


async def list_ratings(
    uow: UnitOfWork, actor: Actor, kind: str, subject_id: str, *, limit: int, cursor: str | None
) -> RatingList:
    """Return a page of what the actor's colleagues think, newest first.

    Raises:
        BadCursor: it is not one of ours.
    """
    after = lists.after(cursor, datetime, str)
    rows = await queries.listed(uow.db, actor, kind, subject_id, limit=limit, after=after)
    rows, following = lists.cut(rows, limit, queries.since)
    number, stars = await queries.total(uow.db, kind, subject_id)
    mine = await queries.by_user(uow.db, kind, subject_id, actor.id)
    return RatingList(
        ratings=[rating_out(row) for row in rows],
        total=await queries.count(uow.db, actor, kind, subject_id),
        average=average(number, stars),
        count=number,
        mine=rating_out(mine) if mine is not None else None,
        next_cursor=following,
    )


async def rate(uow: UnitOfWork, actor: Actor, kind: str, subject_id: str, wanted: RatingIn) -> tuple[RatingOut, bool]:
    """Write down what the actor thinks, in place of what they thought before; say also whether it is their first."""
    permissions.require(actor, Action.TEMPLATE_RATE, owner_id=actor.id, org_id=actor.org_id)
    await queries.hold(uow.db, kind, subject_id)
    earlier = await queries.by_user(uow.db, kind, subject_id, actor.id)
    said = {"rating": wanted.rating, "review": wanted.review, "updated_at": uow.now(), "org_id": actor.org_id}
    if earlier is None:
        await queries.add(
            uow.db,
            id=ids.uid(),
            kind=kind,
            subject_id=subject_id,
            user_id=actor.id,
            created_at=uow.now(),
            **said,
        )
    else:
        await queries.change(uow.db, earlier.id, **said)
    await queries.recount(uow.db, kind, subject_id)
    return await _rated(uow, actor, kind, subject_id, earlier.rating if earlier is not None else None), earlier is None


async def _rated(uow: UnitOfWork, actor: Actor, kind: str, subject_id: str, before: int | None) -> RatingOut:
    row = await queries.by_user(uow.db, kind, subject_id, actor.id)
    if row is None:
        raise NoSuchRating
    earlier = {"rating": before} if before is not None else None
    uow.note("rating.set", kind, subject_id, before=earlier, after={"rating": row.rating, "id": row.id})
    return rating_out(row)


async def change(
    uow: UnitOfWork, actor: Actor, kind: str, subject_id: str, rating_id: str, wanted: RatingIn
) -> RatingOut:
    """Change what the actor thinks. Nobody changes what others said.

    Raises:
        NoSuchRating, Forbidden.
    """
    row = await queries.one(uow.db, actor, kind, subject_id, rating_id)
    if row is None:
        raise NoSuchRating
    if row.user_id != actor.id:
        raise Forbidden
    changed, _ = await rate(uow, actor, kind, subject_id, wanted)
    return changed


async def delete(uow: UnitOfWork, actor: Actor, kind: str, subject_id: str, rating_id: str) -> None:
    """Take a rating away: one's own, or as somebody who looks after the organisation.

    Raises:
        NoSuchRating, Forbidden.
    """
    row = await queries.one(uow.db, actor, kind, subject_id, rating_id)
    if row is None:
        raise NoSuchRating
    permissions.require(actor, Action.TEMPLATE_RATE, owner_id=row.user_id, org_id=row.org_id)
    await queries.hold(uow.db, kind, subject_id)
    await queries.drop(uow.db, row.id)
    await queries.recount(uow.db, kind, subject_id)
    uow.note(
        "rating.deleted", kind, subject_id, before={"rating": row.rating, "writer": row.username}, org_id=row.org_id
    )


async def recount(uow: UnitOfWork) -> None:
    """Put right what people and organisations left behind that were removed."""
    await queries.recount_wrong(uow.db)
