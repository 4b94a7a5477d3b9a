"""Messages between gateways and their two partners, in the control channel's envelope."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from streamspace.protocol.control import Envelope

if TYPE_CHECKING:
    from streamspace.protocol.base import Wire


class LinkMessage(StrEnum):
    """Which payload of `protocol.streams` or `protocol.files` an envelope carries."""

    # control plane ↔ gateway
    HELLO = "hello"
    REVOKE = "revoke"
    STREAMS_CHANGED = "streams_changed"
    FILE_MOVED = "file_moved"
    # gateway ↔ agent
    RESOLVE = "resolve"
    RESOLVED = "resolved"
    OPEN = "open"
    FAILED = "failed"
    GONE = "gone"
    DISMISS = "dismiss"


def wrap(kind: LinkMessage, payload: Wire) -> str:
    """Write one message as it goes over the wire."""
    body = payload.model_dump(mode="json", by_alias=True, exclude_none=True)
    return Envelope(type=kind, payload=body).model_dump_json(by_alias=True)
