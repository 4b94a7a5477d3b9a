"""Pages of a list: how many, from where on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from streamspace.kit import pages
from streamspace.server.core.errors import BadCursor

Row = TypeVar("Row")


def after(cursor: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """Read where a list goes on, as values of these kinds (str, int or datetime).

    Raises:
        BadCursor: it is not one of ours.
    """
    if cursor is None:
        return None
    try:
        found = pages.decode(cursor, len(kinds))
        return tuple(_value(part, kind) for part, kind in zip(found, kinds, strict=True))
    except (pages.BadCursor, TypeError, ValueError, OverflowError):
        raise BadCursor from None


def _value(part: Any, kind: type) -> Any:
    if kind is datetime:
        return datetime.fromisoformat(part).astimezone(UTC)
    if type(part) is not kind or "\0" in str(part):
        raise ValueError(part)
    return part


def cut(rows: Sequence[Row], limit: int, position: Any) -> tuple[Sequence[Row], str | None]:
    """Cut off the one row too many that a query fetched, and say where the list goes on.

    `position` returns the sort key of a row, as the query orders by it.
    """
    if len(rows) <= limit:
        return rows, None
    rows = rows[:limit]
    key = position(rows[-1])
    return rows, pages.encode(*(part.isoformat() if isinstance(part, datetime) else part for part in key))
