"""Waits for an application that serves by itself to answer on the session's socket."""

from __future__ import annotations

import os
import socket
import threading
import time

TRY_SECONDS = 0.05
ANSWER_SECONDS = 10.0
_SERVER_ERROR = b"5"


class Answering(threading.Thread):
    """Asks again and again, in a thread; stands where `provision.Provisioning` does for the engine."""

    def __init__(self, path: str, prefix: str, protocol: str, wake: int) -> None:
        super().__init__(daemon=True)
        self.done = False
        self.problem = ""
        self._path = path
        self._prefix = prefix
        self._protocol = protocol
        self._wake = wake

    def run(self) -> None:
        """Ask until there is an answer, and wake the supervisor, whose business it is how long that may take."""
        while not self._answers():
            time.sleep(TRY_SECONDS)
        self.done = True
        os.write(self._wake, b"!")

    def _answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(ANSWER_SECONDS)
                connection.connect(self._path)
                if self._protocol == "vnc":
                    return connection.recv(4) == b"RFB "
                connection.sendall(
                    f"GET {self._prefix}/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
                )
                answer = connection.recv(16).split(b" ")
                # While it starts, what stands before an application says 502 or 503.
                return answer[0].startswith(b"HTTP/1.") and len(answer) > 1 and not answer[1].startswith(_SERVER_ERROR)
        except OSError:
            return False
