"""What commands print: tables, JSON, times. Text from elsewhere never reaches the terminal unfiltered."""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from streamspace.protocol.base import Wire

WIDE = 400
STATES = {
    "running": "green",
    "online": "green",
    "approved": "green",
    "completed": "green",
    "ok": "green",
    "hibernated": "blue",
    "failed": "red",
    "fail": "red",
    "rejected": "red",
    "offline": "red",
    "terminated": "dim",
    "warn": "yellow",
}


def console(*, stderr: bool = False) -> Console:
    """Return where to print; what is piped is not cut to the width of a terminal."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else WIDE, highlight=False, soft_wrap=False)


def clean(text: str) -> str:
    """Drop control characters, so that a log or a name cannot steer the terminal."""
    return "".join(c for c in text if c in "\n\t" or (c.isprintable()))


def plain(value: Any) -> Any:
    """Turn models into what the API's JSON looks like."""
    if isinstance(value, Wire):
        return value.model_dump(mode="json", by_alias=True, exclude_none=True)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def print_json(value: Any) -> None:
    """Print models or plain data as JSON on stdout."""
    print(json.dumps(plain(value), indent=2, ensure_ascii=False))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, empty: str) -> None:
    """Print rows under their columns, or the sentence `empty`; words of state are coloured."""
    body = [[_cell(value) for value in row] for row in rows]
    if not body:
        print(empty, file=sys.stderr)
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for index, column in enumerate(columns):
        table.add_column(column.upper(), overflow="fold", no_wrap=index == 0)
    for row in body:
        table.add_row(*row)
    console().print(table)


def print_fields(fields: Iterable[tuple[str, Any]]) -> None:
    """Print one thing as a list of names and values; empty values are left out."""
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in fields:
        if value not in (None, "", [], {}):
            table.add_row(name, _cell(value))
    console().print(table)


def say(text: str) -> None:
    """Print a line for a person on stderr, so that stdout stays for results."""
    print(clean(text), file=sys.stderr)


def ago(moment: datetime | None) -> str:
    """Tell how long ago something was, in its largest unit."""
    return "" if moment is None else f"{span(datetime.now(UTC) - moment)} ago"


def span(length: timedelta) -> str:
    """Write a duration in its largest unit: `45 s`, `12 min`, `3 h`, `5 d`."""
    seconds = max(0, int(length.total_seconds()))
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def _cell(value: Any) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, datetime):
        value = f"{value.astimezone():%Y-%m-%d %H:%M:%S} ({ago(value)})"
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, list):
        value = ", ".join(str(item) for item in value)
    text = clean("" if value is None else str(value))
    return Text(text, style=STATES.get(text, ""))
