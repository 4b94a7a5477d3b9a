"""The event socket, kept open across breaks."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import websockets
from pydantic import ValidationError
from websockets.asyncio.client import connect

from streamspace.client.errors import Unreachable, from_answer
from streamspace.client.models import Event
from streamspace.kit import backoff

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from ssl import SSLContext

    from streamspace.client.transport import Transport

PATH = "/api/v1/ws/sessions"
MAX_EVENT_BYTES = 1024 * 1024
PING_EVERY = timedelta(seconds=20)
REFUSED = frozenset({401, 403})
"""403 is what servers answer that close a socket before they accept it."""


async def listen(
    transport: Transport,
    *,
    session_id: str | None = None,
    user_id: str | None = None,
    reconnect: bool = True,
) -> AsyncIterator[Event]:
    """Yield events as they happen; each (re)connection begins with `hello`.

    What happened while the socket was broken is not repeated, so fetch again at each `hello`.

    Raises:
        ApiError: the control plane refused the socket (not signed in, session unknown).
        Unreachable: the connection failed or broke, and `reconnect` is false.
    """
    query = urlencode({key: value for key, value in (("session_id", session_id), ("user_id", user_id)) if value})
    scheme, _, rest = transport.server.partition("://")
    url = f"{'wss' if scheme == 'https' else 'ws'}://{rest}{PATH}" + (f"?{query}" if query else "")
    delays = backoff.jittered()
    refreshed = False
    while True:
        headers = transport.headers()
        try:
            async with connect(
                url,
                additional_headers=headers,
                max_size=MAX_EVENT_BYTES,
                ping_interval=PING_EVERY.total_seconds(),
                ping_timeout=PING_EVERY.total_seconds(),
                ssl=_tls(transport, url),
            ) as socket:
                refreshed = False
                delays = backoff.jittered()
                async for text in socket:
                    if (event := _read(text)) is not None:
                        yield event
            why = "the event socket was closed."
        except websockets.InvalidStatus as refusal:
            status = refusal.response.status_code
            if status in REFUSED and not refreshed and (token := _bearer(headers)):
                refreshed = True
                if await transport.refresh(token):
                    continue
            if status < 500:  # noqa: PLR2004
                raise from_answer(status, _body(refusal.response.body), refusal.response.headers) from None
            why = f"the event socket was refused with status {status}."
        except (OSError, websockets.WebSocketException, TimeoutError) as error:
            why = f"the event socket broke ({error or type(error).__name__})."
        if not reconnect:
            raise Unreachable(transport.server, why)
        await asyncio.sleep(next(delays).total_seconds())


def _read(text: str | bytes) -> Event | None:
    try:
        return Event.model_validate_json(text)
    except ValidationError:
        return None  # a newer server may send what we do not know


def _body(body: bytes | bytearray | None) -> Any:
    try:
        return json.loads(body or b"")
    except ValueError:
        return None


def _bearer(headers: dict[str, str]) -> str | None:
    return headers["Authorization"].removeprefix("Bearer ") if "Authorization" in headers else None


def _tls(transport: Transport, url: str) -> SSLContext | None:
    if not url.startswith("wss:") or isinstance(transport.verify, bool):
        return None
    return transport.verify
