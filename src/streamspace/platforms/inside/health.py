"""The image's health check: does the streaming engine answer?"""

from __future__ import annotations

import socket
import sys

SOCKET = "/run/streamspace/s"
PATIENCE_SECONDS = 8


def main() -> None:
    """Exit with 0 on any answer; the address needs no token and may well be unknown."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE_SECONDS)
        connection.connect(SOCKET)
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        sys.exit(0 if connection.recv(16).startswith(b"HTTP/1.1 ") else 1)


if __name__ == "__main__":
    main()
