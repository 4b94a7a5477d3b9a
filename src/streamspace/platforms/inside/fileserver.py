"""Serves a session's home to its person: lists, downloads, uploads and small changes, as HTTP on an inherited socket.

The gateway decides who may do what; this program only knows files, runs as the session's own user, and so can do
nothing that the application could not. It is started at the first request and leaves when there is nothing to do.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import threading
import time

from streamspace.platforms.inside.filerequests import Exchange
from streamspace.platforms.inside.filetree import Tree
from streamspace.platforms.inside.fileuploads import Uploads
from streamspace.platforms.inside.secrecy import hide_this_process

QUIET_SECONDS = 60.0
"""How long it stays without a request."""
PATIENCE_SECONDS = 300.0
"""How long a peer may neither send nor take anything."""
MOST_AT_ONCE = 32


class Server:
    """Answers each connection in a thread of its own: files block, and an event loop's import costs more."""

    def __init__(self, listener: socket.socket, home: str, *, quiet: float = QUIET_SECONDS) -> None:
        self._listener = listener
        self._tree = Tree(home)
        self._uploads = Uploads(self._tree)
        self._quiet = quiet
        self._room = threading.Semaphore(MOST_AT_ONCE)
        self._lock = threading.Lock()
        self._busy = 0
        self._quiet_since = time.monotonic()

    def run(self) -> None:
        """Serve until nobody has asked for a while."""
        self._listener.settimeout(self._quiet)
        while True:
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                with self._lock:
                    if not self._busy and time.monotonic() - self._quiet_since >= self._quiet:
                        return
                continue
            self._room.acquire()
            with self._lock:
                self._busy += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection:
                connection.settimeout(PATIENCE_SECONDS)
                with contextlib.suppress(OSError):  # the peer left
                    Exchange(connection, self._tree, self._uploads).run()
        finally:
            self._room.release()
            with self._lock:
                self._busy -= 1
                self._quiet_since = time.monotonic()


def main() -> None:
    """Take the listening socket by its descriptor and serve the home of whoever runs this."""
    hide_this_process()
    os.umask(0o022)
    listener = socket.socket(fileno=int(sys.argv[-1]))
    listener.set_inheritable(False)
    Server(listener, os.environ["HOME"]).run()
