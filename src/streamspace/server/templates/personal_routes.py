from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from streamspace.server.core.errors import BadCursor
from streamspace.server.core.http import CurrentActor, CurrentContext, Cursor, Uow, encoded, needs
from streamspace.server.core.pace import TooFast
from streamspace.server.core.permissions import Action
from streamspace.server.ratings import service as ratings
from streamspace.server.ratings.errors import NoSuchRating
from streamspace.server.ratings.schemas import RatingIn, RatingList, RatingOut
from streamspace.server.templates import favorites, service, statistics
from streamspace.server.templates.errors import NoSuchTemplate, NotAFavorite, TooManyFavorites
from streamspace.server.templates.routes import pace
from streamspace.server.templates.schemas import FavoriteAnswer, FavoriteList, FavoriteSaid, StatisticsOut

router = APIRouter(prefix="/templates", tags=["templates"])
preferences = APIRouter(prefix="/preferences", tags=["templates"])
"""Where an earlier implementation had favourites."""

KIND = "template"
RATINGS_PER_MINUTE = 30
FAVORITES_PER_MINUTE = 120
Days = Annotated[int, Query(ge=1, le=365)]
Limit = Annotated[int, Query(ge=1, le=100)]


@router.get("/favorites", **needs(Action.TEMPLATE_VIEW))
@preferences.get("/favorites", include_in_schema=False, **needs(Action.TEMPLATE_VIEW))
async def list_favorite_templates(actor: CurrentActor, uow: Uow) -> FavoriteList:
    """List your favourites, the newest first."""
    return await favorites.list_favorites(uow, actor)


@router.post("/{name}/favorite", **needs(Action.TEMPLATE_PREFER, NoSuchTemplate, TooManyFavorites, TooFast))
@preferences.post("/favorites/{name}", include_in_schema=False, **needs(Action.TEMPLATE_PREFER, NoSuchTemplate))
async def add_template_favorite(name: str, actor: CurrentActor, uow: Uow, context: CurrentContext) -> FavoriteSaid:
    """Put a template among your favourites. Again does nothing."""
    pace(context, actor, "favorites", FAVORITES_PER_MINUTE)
    return await favorites.add(uow, actor, name)


@router.delete("/{name}/favorite", **needs(Action.TEMPLATE_PREFER, NoSuchTemplate, NotAFavorite, TooFast))
@preferences.delete("/favorites/{name}", include_in_schema=False, **needs(Action.TEMPLATE_PREFER, NoSuchTemplate))
async def remove_template_favorite(name: str, actor: CurrentActor, uow: Uow, context: CurrentContext) -> FavoriteSaid:
    """Take a template out of your favourites."""
    pace(context, actor, "favorites", FAVORITES_PER_MINUTE)
    return await favorites.remove(uow, actor, name)


@router.get("/{name}/favorite", **needs(Action.TEMPLATE_VIEW, NoSuchTemplate))
async def check_template_favorite(name: str, actor: CurrentActor, uow: Uow) -> FavoriteAnswer:
    """Say whether a template is among your favourites."""
    return await favorites.check(uow, actor, name)


@router.get("/{name}/stats", **needs(Action.TEMPLATE_VIEW, NoSuchTemplate))
async def get_template_stats(name: str, actor: CurrentActor, uow: Uow, days: Days = 30) -> StatisticsOut:
    """Show how often a template was started of late, and by how many people."""
    return await statistics.of_template(uow, actor, name, days)


@router.get("/{name}/ratings", response_model=RatingList, **needs(Action.TEMPLATE_VIEW, NoSuchTemplate, BadCursor))
async def list_template_ratings(
    name: str, actor: CurrentActor, uow: Uow, limit: Limit = 20, cursor: Cursor = None
) -> Response:
    """List what your organisation's people think of a template, newest first."""
    template = await service.find(uow, actor, name)
    return encoded(await ratings.list_ratings(uow, actor, KIND, template.id, limit=limit, cursor=cursor))


@router.post("/{name}/ratings", response_model=RatingOut, **needs(Action.TEMPLATE_RATE, NoSuchTemplate, TooFast))
async def rate_template(name: str, body: RatingIn, actor: CurrentActor, uow: Uow, context: CurrentContext) -> Response:
    """Say what you think of a template, in place of what you said before: 201 the first time, 200 later."""
    pace(context, actor, "ratings", RATINGS_PER_MINUTE)
    template = await service.find(uow, actor, name)
    rating, first = await ratings.rate(uow, actor, KIND, template.id, body)
    if not first:
        return encoded(rating)
    return encoded(rating, 201, {"Location": f"/api/v1/templates/{template.name}/ratings/{rating.id}"})


@router.put(
    "/{name}/ratings/{rating_id}",
    response_model=RatingOut,
    **needs(Action.TEMPLATE_RATE, NoSuchTemplate, NoSuchRating, TooFast),
)
async def update_template_rating(
    name: str, rating_id: str, body: RatingIn, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> Response:
    """Change what you said of a template."""
    pace(context, actor, "ratings", RATINGS_PER_MINUTE)
    template = await service.find(uow, actor, name)
    return encoded(await ratings.change(uow, actor, KIND, template.id, rating_id, body))


@router.delete(
    "/{name}/ratings/{rating_id}",
    status_code=204,
    **needs(Action.TEMPLATE_RATE, NoSuchTemplate, NoSuchRating, TooFast),
)
async def delete_template_rating(
    name: str, rating_id: str, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> None:
    """Take a rating away: your own, or as somebody who looks after the organisation."""
    pace(context, actor, "ratings", RATINGS_PER_MINUTE)
    template = await service.find(uow, actor, name)
    await ratings.delete(uow, actor, KIND, template.id, rating_id)
