from __future__ import annotations

from streamspace.server.core.errors import NotFound


class NoSuchRating(NotFound):
    """There is no such rating, or you may not see it."""

    code = "rating_not_found"
