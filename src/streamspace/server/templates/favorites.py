"""What somebody wants to find first."""

from __future__ import annotations

from streamspace.server.core import permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.templates import habits, rules, service, showing
from streamspace.server.templates.errors import NotAFavorite, TooManyFavorites
from streamspace.server.templates.models import TemplateFavorite
from streamspace.server.templates.schemas import FavoriteAnswer, FavoriteList, FavoriteOut, FavoriteSaid


async def list_favorites(uow: UnitOfWork, actor: Actor) -> FavoriteList:
    """Return the actor's favourites that they may still launch."""
    permissions.require(actor, Action.TEMPLATE_VIEW, owner_id=None, org_id=actor.org_id)
    found = [
        FavoriteOut(
            name=row.name,
            display_name=row.display_name,
            description=row.description,
            category=row.category,
            icon=showing.icon_of(row),
            tags=row.tags,
            favorited_at=row.favorited_at,
        )
        for row in await habits.favorites(uow.db, actor)
    ]
    return FavoriteList(templates=found, total=len(found))


async def add(uow: UnitOfWork, actor: Actor, name: str) -> FavoriteSaid:
    """Put a template among the actor's favourites. Again does nothing.

    Raises:
        NoSuchTemplate, TooManyFavorites.
    """
    permissions.require(actor, Action.TEMPLATE_PREFER, owner_id=actor.id, org_id=actor.org_id)
    template = await service.get(uow, actor, name)
    known = await uow.db.get(TemplateFavorite, (actor.id, template.id))
    if known is None and await habits.count_favorites(uow.db, actor.id) >= rules.MOST_FAVORITES:
        raise TooManyFavorites
    await habits.put_favorite(uow.db, actor.id, template.id, uow.now())
    uow.note("favorite.added", "template", template.id)
    return FavoriteSaid(message=f"{template.display_name} is among your favourites.", template=template.name)


async def remove(uow: UnitOfWork, actor: Actor, name: str) -> FavoriteSaid:
    """Take a template out of the actor's favourites.

    Raises:
        NoSuchTemplate, NotAFavorite.
    """
    permissions.require(actor, Action.TEMPLATE_PREFER, owner_id=actor.id, org_id=actor.org_id)
    template = await service.get(uow, actor, name)
    if not await habits.drop_favorite(uow.db, actor.id, template.id):
        raise NotAFavorite
    uow.note("favorite.removed", "template", template.id)
    return FavoriteSaid(message=f"{template.display_name} is no favourite of yours any more.", template=template.name)


async def check(uow: UnitOfWork, actor: Actor, name: str) -> FavoriteAnswer:
    """Say whether a template is among the actor's favourites.

    Raises:
        NoSuchTemplate.
    """
    template = await service.get(uow, actor, name)
    found = await uow.db.get(TemplateFavorite, (actor.id, template.id))
    return FavoriteAnswer(favorited=found is not None, template=template.name)
