"""uvicorn's HTTP class, with bounds on how long and how large a request's head may be."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from streamspace.gateway import pages
from streamspace.gateway.heads import LARGEST_HEAD
from streamspace.gateway.pages import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD_SECONDS = 10.0
_CHUNK = 64 * 1024


class BoundedHttp(HttpToolsProtocol):
    """Refuses endless heads, which uvicorn and llhttp would collect for ever."""

    _in_head = True
    _head_bytes = 0
    _deadline: asyncio.TimerHandle | None = None
    portal_origins: tuple[str, ...] = ()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Called by the event loop."""
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the event loop."""
        self._unset_deadline()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Called by the event loop."""
        if self._in_head:
            if self._deadline is None:
                self._expect_head()
            # The body's first bytes may be in the same piece, so only a head that is not over counts.
            self._head_bytes += len(data)
            super().data_received(data)
            if self._in_head and self._head_bytes > LARGEST_HEAD:
                self._refuse()
            return
        super().data_received(data)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Called by the parser."""
        super().on_header(name, value)
        if sum(len(key) + len(text) + 4 for key, text in self.headers) > LARGEST_HEAD:
            # The parser turns this into an answer of 400 and closes.
            raise ValueError("head too large")

    def on_message_begin(self) -> None:
        """Called by the parser."""
        super().on_message_begin()
        self._in_head = True
        self._head_bytes = 0

    def on_headers_complete(self) -> None:
        """Called by the parser."""
        self._in_head = False
        self._unset_deadline()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Called by the parser."""
        super().on_message_complete()
        self._in_head = True
        self._head_bytes = 0

    def handle_websocket_upgrade(self) -> None:
        """Called when the head of an upgrade is complete."""
        self._unset_deadline()
        super().handle_websocket_upgrade()

    def _expect_head(self) -> None:
        self._deadline = asyncio.get_running_loop().call_later(HEAD_SECONDS, self._too_slow)

    def _unset_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()

    def _refuse(self) -> None:
        if not self.transport.is_closing():
            answer = pages.raw(Refused(pages.HEAD_TOO_LARGE), as_json=False, portal_origins=self.portal_origins)
            self.transport.write(answer)
            self.transport.close()


def http_class(portal_origins: tuple[str, ...]) -> Callable[..., asyncio.Protocol]:
    """Return what to give to `uvicorn.Config(http=…)`."""
    return type("GatewayHttp", (BoundedHttp,), {"portal_origins": portal_origins})
