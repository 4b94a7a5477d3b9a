"""How an export is written: CSV for spreadsheets, JSON for programs, JSON lines for checking the chain."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from typing import Any, Literal

import orjson

from streamspace.server.audit import service
from streamspace.server.audit.schemas import CHAIN, FIELDS, Filter, entry_json
from streamspace.server.core.db import Database
from streamspace.server.core.permissions import Actor

Format = Literal["csv", "json", "jsonl"]
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "jsonl": "application/x-ndjson"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def lines(
    database: Database, actor: Actor, wanted: Filter, form: Format, *, chain: bool, until: int
) -> AsyncIterator[bytes]:
    """Write the entries up to one, a batch at a time, so that no transaction and no memory grows with the log."""
    names = [name for name in FIELDS if chain or name not in CHAIN]
    position = 0
    first = True
    yield {"csv": _row(names), "json": b"[", "jsonl": b""}[form]
    while True:
        async with database.work(write=False) as uow:
            rows = await service.export(uow, actor, wanted, after=position, until=until)
        if not rows:
            break
        position = rows[-1].seq
        entries = [entry_json(row, chain=chain) for row in rows]
        if form == "csv":
            yield b"".join(_row([entry.get(name) for name in names]) for entry in entries)
        elif form == "jsonl":
            yield b"".join(orjson.dumps(entry) + b"\n" for entry in entries)
        else:
            yield (b"" if first else b",\n") + b",\n".join(orjson.dumps(entry) for entry in entries)
        first = False
    if form == "json":
        yield b"]\n"


def _row(cells: list[Any]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_cell(cell) for cell in cells])
    return out.getvalue().encode()


def _cell(value: Any) -> str:
    """Write a cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    text = orjson.dumps(value).decode() if isinstance(value, dict) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
