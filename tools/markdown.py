"""The few shapes of Markdown that the reference pages are made of."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterable

NOTHING = "-"
NOTE = "<!-- Made from the code by tools/docs.py. Do not edit. -->"


def head(title: str) -> str:
    """Begin a page."""
    return f"# {title}\n\n{NOTE}\n"


def paragraph(text: str) -> str:
    """Wrap a text."""
    return textwrap.fill(inspect.cleandoc(text), width=120, break_long_words=False, break_on_hyphens=False) + "\n"


def section(title: str, text: str, table: str) -> str:
    """Write a heading, a sentence or none, and a table."""
    return f"## {title}\n\n{text}\n\n{table}" if text else f"## {title}\n\n{table}"


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Write a table."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def page(parts: list[str]) -> str:
    """Put a page together."""
    return "\n".join(parts)
