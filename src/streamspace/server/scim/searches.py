"""What a search asks for: which page, in which order, of which kind."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import ValidationError
from scim2_models import InvalidPathException, Resource, SearchRequest

from streamspace.server.scim.filters import Columns
from streamspace.server.scim.schemas import LARGEST_PAGE

DEFAULT_PAGE = 100
FURTHEST = 10**9
R = TypeVar("R", bound=Resource[Any])


def page(wanted: SearchRequest[Any]) -> tuple[int, int]:
    """Return from where on, and how many."""
    count = DEFAULT_PAGE if wanted.count is None else min(wanted.count, LARGEST_PAGE)
    return min((wanted.start_index or 1) - 1, FURTHEST), count


def order(wanted: SearchRequest[Any], model: type[Resource[Any]], columns: Columns) -> list[Any]:
    """Return what to order by.

    Raises:
        InvalidPathException: nothing can be ordered by this.
    """
    binding = wanted.sort_binding(model)
    if binding is None:
        return []
    column = columns.get((binding.field_name, binding.sub_field_name))
    if column is None:
        raise InvalidPathException(detail=f"{wanted.sort_by} cannot be sorted by.")
    return [column.desc() if wanted.sort_order == SearchRequest.SortOrder.descending else column.asc()]


def narrowed(wanted: SearchRequest[Any], kind: type[R]) -> SearchRequest[R] | None:
    """Return the part of a search that is about one kind; None where it asks for what that kind does not have."""
    if wanted.filter is None:
        return SearchRequest[kind]()  # type: ignore[valid-type]
    try:
        return SearchRequest[kind](filter=str(wanted.filter))  # type: ignore[valid-type]
    except ValidationError:
        return None
