"""A file server of a session, without the session."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from streamspace.platforms.inside import fileuploads
from streamspace.platforms.inside.fileserver import Server


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("session", timeout=30)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(30)
        self.sock.connect(str(self._path))


class Files:
    """A server in a thread, and a client for it."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.home.mkdir()
        self.socket = folder / "f"
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(self.socket))
        self.listener.listen(16)
        self.over = False
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        # As in a session: each leaves when nobody asks, and the next knock starts another.
        while not self.over:
            Server(self.listener, str(self.home), quiet=0.1).run()

    def close(self) -> None:
        self.over = True
        self.thread.join(10)
        self.listener.close()

    def ask(
        self, method: str, place: str, body: bytes | None = None, headers: dict[str, str] | None = None, **query: Any
    ) -> http.client.HTTPResponse:
        connection = UnixConnection(self.socket)
        connection.request(method, f"/{place}?{urlencode(query)}", body=body, headers=headers or {})
        return connection.getresponse()

    def json(self, method: str, place: str, body: bytes | None = None, **more: Any) -> tuple[int, Any]:
        answer = self.ask(method, place, body, **more)
        return answer.status, json.loads(answer.read() or b"null")

    def patch(self, upload_id: str, offset: int, body: bytes, **headers: str) -> tuple[int, Any]:
        return self.json("PATCH", f"uploads/{upload_id}", body, headers={"Upload-Offset": str(offset), **headers})

    def upload(self, path: str, data: bytes, **query: Any) -> tuple[int, Any]:
        status, begun = self.json("POST", "uploads", path=path, size=len(data), **query)
        if status != 201:
            return status, begun
        return self.patch(begun["id"], begun["offset"], data[begun["offset"] :])

    def parts(self) -> list[str]:
        place = self.home.joinpath(*fileuploads.PLACE)
        return sorted(one.name for one in place.iterdir()) if place.exists() else []
