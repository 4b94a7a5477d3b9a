"""Builds plain values from YAML's events, so that nothing is built before its bounds are known.

Scalars follow YAML 1.2's core schema: `yes` and `22:22` are text, dates are text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from streamspace.manifests.findings import Path, quoted
from streamspace.manifests.text import CONTROL, LARGEST, LONGEST_NUMBER, Bounds, Document, Mark, Unreadable

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CORE = "tag:yaml.org,2002:"
_PLAIN_TAGS = {_CORE + name for name in ("str", "int", "float", "bool", "null", "map", "seq")}
_NULL = re.compile(r"~|null|Null|NULL|")
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def values(text: str, bounds: Bounds) -> Document:
    """Read one document, or raise `Unreadable`."""
    try:
        loader = _LOADER(text)
        try:
            return _Composer(iter(loader.get_event, None), bounds).document()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        raise Unreadable("syntax", _sentence(error), error.problem_mark or error.context_mark) from error
    except yaml.YAMLError as error:
        raise Unreadable("syntax", f"This is no YAML: {quoted(str(error).splitlines()[0])}.") from error


def _mark(mark: Any) -> Mark:
    return Mark(mark.line + 1, mark.column + 1)


def _sentence(error: yaml.MarkedYAMLError) -> str:
    said = " ".join(part for part in (error.context, error.problem) if part)
    return f"This is no YAML: {said}." if said else "This is no YAML."


@dataclass(slots=True)
class _Node:
    """A value with its place; mappings hold pairs, so that duplicates are seen."""

    value: Any
    mark: Mark
    size: int
    """How many nodes it and all below it are, aliases counted as what they stand for."""
    height: int = 1
    pairs: list[tuple[str, Mark, _Node]] | None = None
    items: list[_Node] | None = None


class _Composer:
    """Builds nodes from events, without recursing deeper than the bounds say."""

    def __init__(self, events: Iterator[Any], bounds: Bounds) -> None:
        self._events = events
        self._bounds = bounds
        self._anchors: dict[str, _Node | None] = {}
        self._count = 0
        self._aliases = 0

    def document(self) -> Document:
        self._expect(yaml.StreamStartEvent)
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            raise Unreadable("empty", "It is empty.", Mark(1, 1))
        root = self._node(next(self._events), (), 1)
        self._expect(yaml.DocumentEndEvent)
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise Unreadable("several_documents", "It holds more than one document.", event.start_mark)
        marks: dict[Path, Mark] = {}
        keys: dict[Path, Mark] = {}
        return Document(_plain(root, (), marks, keys), marks, keys)

    def _expect(self, kind: type) -> None:
        event = next(self._events)
        if not isinstance(event, kind):
            raise Unreadable("syntax", "This is no YAML.", event.start_mark)

    def _node(self, event: Any, path: Path, depth: int) -> _Node:
        self._reach(depth, event)
        self._grow(1, event)
        if isinstance(event, yaml.AliasEvent):
            node = self._aliased(event, path)
            self._reach(depth + node.height - 1, event)
            return node
        if event.tag is not None and event.tag not in _PLAIN_TAGS:
            raise Unreadable("tag", f"The tag {quoted(event.tag)} is not taken.", event.start_mark, path)
        if event.anchor is None:
            return self._built(event, path, depth)
        self._anchors[event.anchor] = None
        node = self._anchors[event.anchor] = self._built(event, path, depth)
        return node

    def _built(self, event: Any, path: Path, depth: int) -> _Node:
        if isinstance(event, yaml.ScalarEvent):
            return _Node(_scalar(event, path, self._bounds.scalar), _mark(event.start_mark), 1)
        if event.tag is not None and event.tag.removeprefix(_CORE) not in {"map", "seq"}:
            raise Unreadable("tag", f"The tag {quoted(event.tag)} does not fit here.", event.start_mark, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, path, depth)
        return self._mapping(event, path, depth)

    def _sequence(self, start: Any, path: Path, depth: int) -> _Node:
        items: list[_Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*path, len(items)), depth + 1))
        return _Node(None, _mark(start.start_mark), *_extent(items), items=items)

    def _mapping(self, start: Any, path: Path, depth: int) -> _Node:
        pairs: list[tuple[str, Mark, _Node]] = []
        merged: list[tuple[str, Mark, _Node]] = []
        seen: set[str] = set()
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key, mark = self._key(event, path), _mark(event.start_mark)
            if key in seen:
                raise Unreadable("duplicate_key", f"The key {quoted(key)} is there twice.", mark, (*path, key))
            seen.add(key)
            value = self._node(next(self._events), (*path, key), depth + 1)
            if key == "<<" and event.implicit[0]:
                merged += self._merged(value, mark, path)
            else:
                pairs.append((key, mark, value))
        own = {key for key, _, _ in pairs}
        inherited = {key: (key, mark, node) for key, mark, node in reversed(merged) if key not in own}
        pairs += reversed(inherited.values())
        return _Node(None, _mark(start.start_mark), *_extent([node for _, _, node in pairs]), pairs=pairs)

    def _key(self, event: Any, path: Path) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise Unreadable("key", "A key must be text.", event.start_mark, path)
        if event.tag is not None and event.tag != _CORE + "str":
            raise Unreadable("tag", f"The tag {quoted(event.tag)} is not taken.", event.start_mark, path)
        if event.anchor is not None:
            raise Unreadable("key", "A key cannot have an anchor.", event.start_mark, path)
        self._grow(1, event)
        return _text(event, path, self._bounds.scalar)

    def _merged(self, value: _Node, mark: Mark, path: Path) -> list[tuple[str, Mark, _Node]]:
        sources = [value] if value.items is None else value.items
        pairs: list[tuple[str, Mark, _Node]] = []
        for source in sources:
            if source.pairs is None:
                raise Unreadable("merge", "Only mappings can be merged with <<.", mark, path)
            pairs += source.pairs
        return pairs

    def _aliased(self, event: Any, path: Path) -> _Node:
        self._aliases += 1
        if self._aliases > self._bounds.aliases:
            raise Unreadable("aliases", f"It has more than {self._bounds.aliases} aliases.", event.start_mark, path)
        node = self._anchors.get(event.anchor)
        if node is None:
            known = event.anchor in self._anchors
            reason = "stands for something that contains it" if known else "stands for nothing before it"
            raise Unreadable("aliases", f"The alias {quoted(event.anchor)} {reason}.", event.start_mark, path)
        self._grow(node.size, event)
        return node

    def _reach(self, depth: int, event: Any) -> None:
        if depth > self._bounds.depth:
            raise Unreadable("too_deep", f"It is nested deeper than {self._bounds.depth} levels.", event.start_mark)

    def _grow(self, nodes: int, event: Any) -> None:
        self._count += nodes
        if self._count > self._bounds.nodes:
            raise Unreadable("too_many_values", f"It holds more than {self._bounds.nodes} values.", event.start_mark)


def _extent(nodes: list[_Node]) -> tuple[int, int]:
    """Return the size and the height of what holds these."""
    return 1 + sum(node.size for node in nodes), 1 + max((node.height for node in nodes), default=0)


def _plain(node: _Node, path: Path, marks: dict[Path, Mark], keys: dict[Path, Mark]) -> Any:
    marks[path] = node.mark
    if node.pairs is not None:
        mapping = {}
        for key, mark, value in node.pairs:
            keys[(*path, key)] = mark
            mapping[key] = _plain(value, (*path, key), marks, keys)
        return mapping
    if node.items is not None:
        return [_plain(item, (*path, index), marks, keys) for index, item in enumerate(node.items)]
    return node.value


def _text(event: Any, path: Path, most: int) -> str:
    text: str = event.value
    if len(text) > most:
        raise Unreadable("too_long", f"A text has more than {most // 1024} kB.", event.start_mark, path)
    # Escapes such as "\0" bring in what the text itself must not have.
    if CONTROL.search(text):
        raise Unreadable("control_character", "It has control characters in it.", event.start_mark, path)
    return text


def _scalar(event: Any, path: Path, most: int) -> Any:
    text = _text(event, path, most)
    kind = event.tag.removeprefix(_CORE) if event.tag is not None else None
    if kind in {"map", "seq"}:
        raise Unreadable("tag", f"The tag {quoted(event.tag)} does not fit here.", event.start_mark, path)
    if kind == "str" or (kind is None and not event.implicit[0]):
        return text
    value = resolve(text)
    if isinstance(value, float) and not math.isfinite(value):
        raise Unreadable("number", f"{quoted(text)} is no finite number.", event.start_mark, path)
    if (isinstance(value, int) and abs(value) > LARGEST) or value is Ellipsis:
        raise Unreadable("number", f"The number {quoted(text)} is too large.", event.start_mark, path)
    named = {"int": (int,), "float": (float, int), "bool": (bool,), "null": (type(None),)}
    if kind is not None and type(value) not in named[kind]:
        raise Unreadable("tag", f"{quoted(text)} is no {kind}.", event.start_mark, path)
    return value


def resolve(text: str) -> Any:
    """Return what an unquoted text stands for; `...` stands for a number of too many digits."""
    if _NULL.fullmatch(text):
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if not text[0].isascii() or text[0] not in "+-.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return int(text, _base(text)) if len(text) <= LONGEST_NUMBER else Ellipsis
    if _FLOAT.fullmatch(text):
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text


def _base(text: str) -> int:
    return {"0o": 8, "0x": 16}.get(text[:2], 10)
