"""What the session's display can tell."""

from __future__ import annotations

import contextlib

from Xlib import X
from Xlib.display import Display
from Xlib.error import ConnectionClosedError, XError
from Xlib.ext import screensaver
from Xlib.protocol.event import ClientMessage

_GONE = (XError, ConnectionClosedError, OSError)


class Screen:
    """A connection to the display."""

    def __init__(self, name: str) -> None:
        self._display = Display(name)
        self._root = self._display.screen().root
        self._clients = self._display.intern_atom("_NET_CLIENT_LIST")
        self._manager = self._display.intern_atom("_NET_SUPPORTING_WM_CHECK")
        # What a window manager says, it writes on the root window.
        self._root.change_attributes(event_mask=X.PropertyChangeMask)
        self._display.flush()

    def fileno(self) -> int:
        """Return the descriptor on which the display says that something has changed."""
        return int(self._display.fileno())

    def take_note(self) -> None:
        """Read what it said; whoever asks sees the change."""
        with contextlib.suppress(*_GONE):
            while self._display.pending_events():
                self._display.next_event()

    def is_managed(self) -> bool:
        """Return whether a window manager is there: it names a window of its own, which names itself."""
        try:
            named = self._root.get_full_property(self._manager, X.AnyPropertyType)
            if named is None or not len(named.value):
                return False
            own = self._display.create_resource_object("window", named.value[0])
            said = own.get_full_property(self._manager, X.AnyPropertyType)
            return said is not None and list(said.value) == list(named.value)
        except _GONE:
            return False

    def has_windows(self) -> bool:
        """Return whether an application shows a window, whatever manages it."""
        try:
            listed = self._root.get_full_property(self._clients, X.AnyPropertyType)
            if listed is not None:
                return len(listed.value) > 0
            return any(
                window.get_attributes().map_state == X.IsViewable and window.get_geometry().width > 1
                for window in self._root.query_tree().children
            )
        except _GONE:
            return False

    def close_windows(self) -> bool:
        """Ask every window to close, as its close button does; false if the window manager knows of none."""
        try:
            listed = self._root.get_full_property(self._clients, X.AnyPropertyType)
            close = self._display.intern_atom("_NET_CLOSE_WINDOW")
            windows = (
                [] if listed is None else [self._display.create_resource_object("window", id_) for id_ in listed.value]
            )
            for window in windows:
                message = ClientMessage(window=window, client_type=close, data=(32, [X.CurrentTime, 2, 0, 0, 0]))
                self._root.send_event(message, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
            self._display.flush()
        except _GONE:
            return False
        return bool(windows)

    def idle_seconds(self) -> float | None:
        """Return how long ago a key, a button or the pointer last moved."""
        try:
            return float(screensaver.query_info(self._root).idle) / 1000
        except (*_GONE, AttributeError):
            return None
