"""Waits for the engine and hands it the tokens people may come with."""

from __future__ import annotations

import json
import os
import socket
import threading
from typing import Any


class Provisioning(threading.Thread):
    """One attempt, in a thread, because the engine answers late and the supervisor has other things to do."""

    def __init__(self, path: str, prefix: str, master: str, tokens: dict[str, Any], wake: int) -> None:
        super().__init__(daemon=True)
        self.done = False
        self.problem = ""
        self._path = path
        self._prefix = prefix
        self._master = master
        self._tokens = tokens
        self._wake = wake

    def run(self) -> None:
        """Ask, provision, and wake the supervisor."""
        try:
            # The socket has been listening since before the engine existed, so the first answer is the engine's first.
            self._ask("GET", "/api/health", b"")
            self._ask("POST", "/api/tokens", json.dumps(self._tokens).encode())
            self.done = True
        except OSError as error:
            self.problem = str(error)
        os.write(self._wake, b"!")

    def _ask(self, method: str, path: str, body: bytes) -> None:
        head = (
            f"{method} {self._prefix}{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            f"Authorization: Bearer {self._master}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(self._path)
            connection.sendall(head.encode() + body)
            answer = b""
            while data := connection.recv(4096):
                answer += data
        status = answer.split(b"\r\n", 1)[0].decode(errors="replace")
        if " 200 " not in status:
            raise OSError(f"{method} {path}: {status or 'no answer'}")
