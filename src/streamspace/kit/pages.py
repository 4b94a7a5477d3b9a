"""Cursors: where a list goes on."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any


class BadCursor(ValueError):  # noqa: N818
    """The cursor is not one that we handed out."""


def encode(*position: Any) -> str:
    """Turn the sort key of the last row into an opaque cursor."""
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")


def decode(cursor: str, parts: int) -> list[Any]:
    """Read a cursor of so many parts.

    Raises:
        BadCursor: it was not made by `encode`.
    """
    try:
        position = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        raise BadCursor("The cursor is not one that we handed out.") from None
    if not isinstance(position, list) or len(position) != parts:
        raise BadCursor("The cursor is not one that we handed out.")
    return position
