"""Builds plain values from JSON, within the same bounds as from YAML."""

from __future__ import annotations

import json
import math
from typing import Any

from streamspace.manifests.findings import quoted
from streamspace.manifests.text import CONTROL, LARGEST, LONGEST_NUMBER, Bounds, Document, Unreadable


def values(text: str, bounds: Bounds) -> Document | None:
    """Read a text; None if it is no JSON."""
    try:
        value = json.loads(
            text, object_pairs_hook=_pairs, parse_int=_whole, parse_float=_finite, parse_constant=_finite
        )
    except RecursionError as error:
        raise Unreadable("too_deep", f"It is nested deeper than {bounds.depth} levels.") from error
    except ValueError:
        return None
    check(value, bounds)
    return Document(value)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        seen: set[str] = set()
        double = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise Unreadable("duplicate_key", f"The key {quoted(double)} is there twice.")
    return mapping


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER or abs(int(text)) > LARGEST:
        raise Unreadable("number", f"The number {quoted(text)} is too large.")
    return int(text)


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise Unreadable("number", f"{quoted(text)} is no finite number.")
    return value


def check(value: Any, bounds: Bounds) -> None:
    """Hold plain values to the bounds, which readers of JSON do not know, or raise `Unreadable`."""
    waiting, count = [(value, 1)], 0
    while waiting:
        node, depth = waiting.pop()
        count += 1
        if depth > bounds.depth:
            raise Unreadable("too_deep", f"It is nested deeper than {bounds.depth} levels.")
        if count > bounds.nodes:
            raise Unreadable("too_many_values", f"It holds more than {bounds.nodes} values.")
        if isinstance(node, dict):
            waiting += [(below, depth + 1) for pair in node.items() for below in pair]
        elif isinstance(node, list):
            waiting += [(below, depth + 1) for below in node]
        elif isinstance(node, str):
            if len(node) > bounds.scalar:
                raise Unreadable("too_long", f"A text has more than {bounds.scalar // 1024} kB.")
            if CONTROL.search(node):
                raise Unreadable("control_character", "It has control characters in it.")


_READER = json.JSONDecoder(object_pairs_hook=_pairs, parse_int=_whole, parse_float=_finite, parse_constant=_finite)
