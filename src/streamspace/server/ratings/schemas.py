from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from streamspace.protocol.base import Wire

LONGEST_REVIEW = 2000


class RatingIn(Wire):
    """What you think of it: one to five stars, and a few words if you like."""

    rating: int = Field(ge=1, le=5, strict=True)
    review: Annotated[str, StringConstraints(max_length=LONGEST_REVIEW, pattern=r"^[^\x00]*$")] = ""


class RatingOut(Wire):
    """What one person thinks of it."""

    id: str
    user_id: str
    username: str
    full_name: str
    rating: int
    review: str
    created_at: datetime
    updated_at: datetime


class RatingList(Wire):
    """What your organisation's people think, newest first; average and count are the whole installation's."""

    ratings: list[RatingOut]
    total: int
    average: float | None = None
    count: int
    mine: RatingOut | None = None
    next_cursor: str | None = None


def rating_out(row: Any) -> RatingOut:
    """Show a rating, with who wrote it."""
    return RatingOut(
        id=row.id,
        user_id=row.user_id,
        username=row.username,
        full_name=row.full_name,
        rating=row.rating,
        review=row.review,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def average(number: int, total: int | None) -> float | None:
    """Return the average in hundredths of a star, or None where nobody rated."""
    return round((total or 0) / number, 2) if number else None
