from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class Rating(Base):
    """What one person thinks of one thing."""

    __tablename__ = "ratings"
    __table_args__ = (UniqueConstraint("kind", "subject_id", "user_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    """What sort of thing it is: `template`."""
    subject_id: Mapped[str] = mapped_column(String(36))
    org_id: Mapped[str] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    """Who may read it: the people of the organisation its writer was signed in to."""
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    rating: Mapped[int]
    review: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class RatingTotal(Base):
    """All ratings of one thing together, so that a list need not count them."""

    __tablename__ = "rating_totals"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[int]
    total: Mapped[int]
    score: Mapped[int]
    """Thousandths of a star: the average as if a few more had given 3, so that one enthusiast beats no crowd."""


Index("ix_ratings_subject", Rating.kind, Rating.subject_id, Rating.updated_at)
Index("ix_ratings_org", Rating.org_id)
Index("ix_ratings_user", Rating.user_id)
