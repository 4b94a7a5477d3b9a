"""The text of a stranger: how much of it is read, and what is said where of what it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from streamspace.manifests.findings import Finding, Path, Severity, written

MAX_BYTES = 256 * 1024
LARGEST = 2**63 - 1
LONGEST_NUMBER = 40
"""How many characters a number may have before it is computed at all."""
# A NUL is refused by PostgreSQL, the others have no business in a description, least of all on a terminal.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a document may hold; `nodes` counts what an alias stands for each time."""

    bytes: int = MAX_BYTES
    depth: int = 32
    nodes: int = 10_000
    scalar: int = 64 * 1024
    aliases: int = 100


MANIFEST = Bounds()


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the text, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Document:
    """Plain values (mappings have text keys), and where each stands."""

    value: Any
    marks: Mapping[Path, Mark] = field(default_factory=dict)
    keys: Mapping[Path, Mark] = field(default_factory=dict)

    def finding(self, path: Path, severity: Severity, code: str, message: str, *, at_key: bool = False) -> Finding:
        """Say something of a value; what is not in the text is shown where it would belong."""
        return _found(path, self._mark(path, at_key=at_key), severity, code, message)

    def _mark(self, path: Path, *, at_key: bool) -> Mark | None:
        value, key = self.marks.get(path), self.keys.get(path)
        # What begins on a line of its own, as a block does, is found by its key.
        if key is not None and (at_key or value is None or value.line != key.line):
            return key
        if value is not None:
            return value
        return self._mark(path[:-1], at_key=True) if path else None


class Unreadable(Exception):  # noqa: N818 - reads as the sentence it is
    """A document that is not read any further; `mark` is a place of ours or of the YAML library's."""

    def __init__(self, code: str, message: str, mark: Any = None, path: Path = ()) -> None:
        super().__init__(message)
        place = mark if isinstance(mark, Mark) or mark is None else Mark(mark.line + 1, mark.column + 1)
        self.finding = _found(path, place, "error", code, message)


def _found(path: Path, mark: Mark | None, severity: Severity, code: str, message: str) -> Finding:
    line, column = (mark.line, mark.column) if mark else (None, None)
    return Finding(written(path), line, column, severity, code, message)


def decode(data: bytes, most: int = MAX_BYTES) -> str:
    """Turn bytes into text, or raise `Unreadable`."""
    if len(data) > most:
        raise Unreadable("too_large", f"It has more than {most // 1024} kB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise Unreadable("not_utf8", "It is not UTF-8 text.", Mark(line, column)) from error
    if found := CONTROL.search(text):
        raise Unreadable("control_character", "It has control characters in it.", _position(text, found.start()))
    return text


def _position(text: str, index: int) -> Mark:
    return Mark(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
