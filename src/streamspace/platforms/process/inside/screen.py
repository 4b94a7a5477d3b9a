"""What the session's display can tell."""

from __future__ import annotations

from Xlib import X
from Xlib.display import Display
from Xlib.error import XError
from Xlib.ext import screensaver
from Xlib.protocol.event import ClientMessage


class Screen:
    """A connection to the display."""

    def __init__(self, name: str) -> None:
        self._display = Display(name)
        self._root = self._display.screen().root
        self._clients = self._display.intern_atom("_NET_CLIENT_LIST")

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
        except (XError, OSError):
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
        except (XError, OSError):
            return False
        return bool(windows)

    def idle_seconds(self) -> float | None:
        """Return how long ago a key, a button or the pointer last moved."""
        try:
            return float(screensaver.query_info(self._root).idle) / 1000
        except (XError, OSError, AttributeError):
            return None
