"""From SCIM filters to SQL conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from scim2_models import InvalidFilterException, ScimFilter
from scim2_models.path import (
    AttrPath,
    CompareOperator,
    Comparison,
    FilterVisitor,
    LogicalExpr,
    LogicalOperator,
    Not,
    Present,
    ValuePath,
    coerce_value,
)
from sqlalchemy import ColumnElement, and_, false, func, literal, not_, or_, true

Where = ColumnElement[bool]
Columns = Mapping[tuple[str, str | None], Any]
Links = Mapping[str, Callable[[str | None], Where]]
"""Attributes that are rows of another table: the condition for one id, or for any at all."""

_ORDER: Mapping[CompareOperator, Callable[[Any, Any], Where]] = {
    CompareOperator.gt: lambda left, right: left > right,
    CompareOperator.ge: lambda left, right: left >= right,
    CompareOperator.lt: lambda left, right: left < right,
    CompareOperator.le: lambda left, right: left <= right,
}
_MULTIPLE = frozenset({"emails"})


def where(wanted: ScimFilter[Any], columns: Columns, links: Links) -> Where:
    """Return the condition under which a row matches a filter.

    Raises:
        InvalidFilterException: it names something that cannot be searched for.
    """
    return _Transpiler(wanted, columns, links).visit(wanted.ast)


class _Transpiler(FilterVisitor[Where]):
    def __init__(self, wanted: ScimFilter[Any], columns: Columns, links: Links, inside: str | None = None) -> None:
        self.wanted = wanted
        self.columns = columns
        self.links = links
        self.inside = inside

    def visit_logical_expr(self, node: LogicalExpr) -> Where:
        """Join terms."""
        terms = [self.visit(term) for term in node.terms]
        return and_(*terms) if node.op == LogicalOperator.and_ else or_(*terms)

    def visit_not(self, node: Not) -> Where:
        """Negate; no term is ever null, which SQL would not negate."""
        return not_(self.visit(node.expr))

    def visit_value_path(self, node: ValuePath) -> Where:
        """Look into the values of an attribute, of which we search one: `emails[type eq "work" and value eq "…"]`."""
        return _Transpiler(self.wanted, self.columns, self.links, inside=node.attr_path.attr).visit(node.val_filter)

    def visit_present(self, node: Present) -> Where:
        """Say whether there is a value."""
        path = self._path(node.attr_path)
        binding = self.wanted.resolve_comparison(path)
        if binding is None:
            raise _unknown(path)
        if binding.field_name in self.links:
            return self.links[binding.field_name](None)
        column = self._column(binding.field_name, binding.sub_field_name, path)
        if binding.target_type is str:
            return func.coalesce(column, "") != ""
        return column.is_not(None)  # type: ignore[no-any-return]

    def visit_comparison(self, node: Comparison) -> Where:
        """Compare an attribute with a value."""
        path = self._path(node.attr_path)
        binding = self.wanted.resolve_comparison(path)
        if binding is None:
            raise _unknown(path)
        value = coerce_value(binding, node.value, node.op)
        if isinstance(value, str) and "\0" in value:
            raise InvalidFilterException(detail="A filter holds no NUL.")
        if binding.field_name in self.links:
            return self._link(binding.field_name, node, value)
        column = self._column(binding.field_name, binding.sub_field_name, path)
        if value is None:
            return column.is_(None) if node.op == CompareOperator.eq else column.is_not(None)  # type: ignore[no-any-return]
        if isinstance(value, bool):
            return column.is_(value) if node.op == CompareOperator.eq else column.is_not(value)  # type: ignore[no-any-return]
        if isinstance(value, datetime):
            value = value if value.tzinfo else value.replace(tzinfo=UTC)
            found = _compared(column, node.op, value)
        else:
            found = _text(column, node.op, str(value), exact=binding.case_exact)
        return func.coalesce(found, true() if node.op == CompareOperator.ne else false())

    def _path(self, path: AttrPath) -> AttrPath:
        return path if self.inside is None else AttrPath(self.inside, path.attr)

    def _column(self, field: str, sub: str | None, path: AttrPath) -> Any:
        if field in _MULTIPLE and sub == "type":
            return literal("work")
        if field in _MULTIPLE and sub == "primary":
            return true()
        if (field, sub) not in self.columns:
            raise _unknown(path)
        return self.columns[field, sub]

    def _link(self, field: str, node: Comparison, value: Any) -> Where:
        wanted = self.wanted.resolve_comparison(self._path(node.attr_path))
        if wanted is None or wanted.sub_field_name not in {None, "value"} or not isinstance(value, str):
            raise _unknown(node.attr_path)
        if node.op == CompareOperator.eq:
            return self.links[field](value)
        if node.op == CompareOperator.ne:
            return not_(self.links[field](value))
        raise InvalidFilterException(detail=f"{field} can be searched with eq and ne only.")


def _compared(column: Any, op: CompareOperator, value: Any) -> Where:
    if op == CompareOperator.eq:
        return column == value  # type: ignore[no-any-return]
    if op == CompareOperator.ne:
        return column != value  # type: ignore[no-any-return]
    if op not in _ORDER:
        raise InvalidFilterException
    return _ORDER[op](column, value)


def _text(column: Any, op: CompareOperator, value: str, *, exact: bool) -> Where:
    """Compare text. SQLite lowers ASCII only, so what is spelt as in the row matches there in any script."""
    if exact:
        return _text_of(column, op, value)
    found = _text_of(func.lower(column), op, value.lower())
    if op == CompareOperator.ne:
        return and_(found, column != value)
    return or_(found, _text_of(column, op, value)) if value != value.lower() else found


def _text_of(column: Any, op: CompareOperator, value: str) -> Where:
    """Compare text by functions that both databases have and that know no wildcards."""
    if op == CompareOperator.co:
        return func.replace(column, value, "") != column if value else true()
    if op == CompareOperator.sw:
        return func.substr(column, 1, len(value)) == value
    if op == CompareOperator.ew:
        return func.substr(column, func.length(column) - len(value) + 1) == value if value else true()
    return _compared(column, op, value)


def _unknown(path: AttrPath) -> InvalidFilterException:
    return InvalidFilterException(detail=f"{path} cannot be searched for.")
