"""One request of the file server and its answer."""

from __future__ import annotations

import io
import json
import os
import re
import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote

from streamspace.platforms.inside import filezip
from streamspace.platforms.inside.filenames import Problem, parts_of
from streamspace.platforms.inside.filetree import Tree
from streamspace.platforms.inside.fileuploads import CONFLICTS, Progress, Upload, Uploads

LONGEST_LINE = 16 * 1024
MOST_HEADERS = 64
REFUSED_BYTES = 16 * 1024**2
REFUSED_SECONDS = 5.0
LIST_LIMIT = 1000
LARGEST_NUMBER = 2**53 - 1
_RANGE = re.compile(r"bytes=(\d{0,16})-(\d{0,16})")
_REASONS = {200: "OK", 201: "Created", 204: "No Content", 206: "Partial Content", 416: "Range Not Satisfiable"}
Handler = Callable[["Exchange"], None]


class Exchange:
    """A connection that carries one request."""

    def __init__(self, connection: socket.socket, tree: Tree, uploads: Uploads) -> None:
        self._connection = connection
        self._tree = tree
        self._uploads = uploads
        self._input = io.BufferedReader(socket.SocketIO(connection, "r"), 1 << 16)
        self._begun = False
        self.method = ""
        self.place: list[str] = []
        self.query: dict[str, str] = {}
        self.headers: dict[str, str] = {}

    def run(self) -> None:
        """Read the request and answer it.

        Raises:
            OSError: the peer left; also after an answer began that cannot be finished.
        """
        with self._input:
            try:
                self._read_head()
                self._handler()(self)
            except Problem as problem:
                if self._begun:
                    raise OSError("broken off") from problem
                self._json(problem.status, {"error": problem.code, "message": str(problem)}, **problem.headers)
                self._hear_out()

    def _read_head(self) -> None:
        first = self._input.readline(LONGEST_LINE).split()
        if len(first) != 3 or first[2] != b"HTTP/1.1":  # noqa: PLR2004
            raise Problem(400, "bad_request", "This is no request.")
        self.method = first[0].decode("ascii", "replace")
        path, _, query = first[1].decode("ascii", "replace").partition("?")
        self.place = [part for part in path.split("/") if part]
        self.query = {name: values[-1] for name, values in parse_qs(query, keep_blank_values=True).items()}
        for _ in range(MOST_HEADERS):
            line = self._input.readline(LONGEST_LINE)
            if line in {b"\r\n", b"\n"}:
                return
            name, colon, value = line.decode("latin-1").partition(":")
            if not colon:
                break
            self.headers[name.strip().lower()] = value.strip()
        raise Problem(400, "bad_request", "This is no request.")

    def _hear_out(self) -> None:
        """Take some of what the peer still sends: a connection closed on it may lose the answer."""
        self._connection.shutdown(socket.SHUT_WR)
        self._connection.settimeout(REFUSED_SECONDS)
        left = REFUSED_BYTES
        while left > 0 and (data := self._input.read1(1 << 16)):
            left -= len(data)

    def _handler(self) -> Handler:
        name = self.place[0] if self.place else ""
        found = _HANDLERS.get((self.method, name, len(self.place)))
        if found is None:
            raise Problem(404, "not_found", "There is nothing of this name to ask for.")
        return found

    # Answering

    def _head(self, status: int, headers: dict[str, str]) -> bytes:
        lines = [f"HTTP/1.1 {status} {_REASONS.get(status, 'Refused')}", "connection: close"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def _json(self, status: int, body: Any, **headers: str) -> None:
        data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode(errors="replace")
        told = {"content-type": "application/json", "content-length": str(len(data)), **headers}
        self._begun = True
        self._connection.sendall(self._head(status, told) + (b"" if self.method == "HEAD" else data))

    def _path(self, name: str = "path") -> list[str]:
        return parts_of(self.query.get(name, ""))

    def _number(self, text: str | None, what: str) -> int:
        if text is None or not text.isascii() or not text.isdigit() or int(text) > LARGEST_NUMBER:
            raise Problem(400, "bad_request", f"{what} must be a whole number.")
        return int(text)

    def _flag(self, name: str) -> bool:
        return self.query.get(name, "") in {"1", "true"}

    # What can be asked

    def list(self) -> None:
        """A folder's entries."""
        parts = self._path()
        offset = self._number(self.query.get("offset", "0"), "offset")
        limit = min(self._number(self.query.get("limit", str(LIST_LIMIT)), "limit"), LIST_LIMIT)
        found, total, complete = self._tree.entries(parts, hidden=self._flag("hidden"), offset=offset, limit=limit)
        shown = {"path": "/".join(parts), "entries": [one.shown() for one in found], "total": total}
        self._json(200, shown | {"complete": complete})

    def content(self) -> None:
        """A file's bytes, or some of them."""
        parts = self._path()
        descriptor = self._tree.open(parts)
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            info = os.fstat(file.fileno())
            size, etag = info.st_size, f'"{info.st_mtime_ns:x}-{info.st_size:x}-{info.st_ino:x}"'
            first, last = self._range(size, etag)
            headers = {
                "content-type": "application/octet-stream",
                "content-length": str(last - first + 1),
                "accept-ranges": "bytes",
                "etag": etag,
                "x-file-name": quote(parts[-1], safe=""),
            }
            partial = (first, last) != (0, size - 1)
            if partial:
                headers["content-range"] = f"bytes {first}-{last}/{size}"
            self._begun = True
            self._connection.sendall(self._head(206 if partial else 200, headers))
            if self.method == "GET" and last >= first:
                self._connection.sendfile(file, first, last - first + 1)

    def _range(self, size: int, etag: str) -> tuple[int, int]:
        """Return the first and the last byte that are wanted; several ranges, or nonsense, are the whole file."""
        found = _RANGE.fullmatch(self.headers.get("range", ""))
        if found is None or self.headers.get("if-range", etag) != etag or not (found[1] or found[2]):
            return 0, size - 1
        if found[1]:
            first, last = int(found[1]), min(int(found[2] or size), size - 1)
        else:
            first, last = max(0, size - int(found[2])), size - 1
        if first > last:
            raise Problem(416, "bad_range", "The file ends before that.", **{"content-range": f"bytes */{size}"})
        return first, last

    def archive(self) -> None:
        """A folder as a zip file, made while it is sent."""
        parts = self._path()
        name = f"{parts[-1] if parts else 'Home'}.zip"
        with self._tree.folder(parts) as folder:
            headers = {"content-type": "application/zip", "transfer-encoding": "chunked"}
            self._begun = True
            self._connection.sendall(self._head(200, headers | {"x-file-name": quote(name, safe="")}))
            filezip.write(folder, parts[-1] if parts else "Home", self._chunk)
            self._connection.sendall(b"0\r\n\r\n")

    def _chunk(self, data: bytes) -> None:
        self._connection.sendall(b"%x\r\n%s\r\n" % (len(data), data))

    def make_folder(self) -> None:
        """A new folder."""
        parts = self._path()
        self._tree.make_folder(parts, parents=self._flag("parents"))
        self._json(201, {"path": "/".join(parts)})

    def move(self) -> None:
        """Another name or place."""
        parts, to = self._path(), self._path("to")
        self._tree.move(parts, to)
        self._json(200, {"path": "/".join(to)})

    def delete(self) -> None:
        """Away with it."""
        parts = self._path()
        kind = "folder" if self._tree.kind_itself(parts) == "folder" else "file"
        self._tree.delete(parts)
        self._json(200, {"path": "/".join(parts), "type": kind})

    def begin_upload(self) -> None:
        """Announce a file."""
        path, conflict = "/".join(self._path()), self.query.get("conflict", "refuse")
        if conflict not in CONFLICTS:
            raise Problem(400, "bad_request", f"conflict is one of {', '.join(CONFLICTS)}.")
        wanted = Upload(path, self._number(self.query.get("size"), "size"), conflict)
        if self._flag("parents"):
            above = parts_of(path)[:-1]
            if above:
                self._tree.make_folder(above, parents=True)
        progress = self._uploads.begin(wanted, self.query.get("mark", "")[:200], self._limit())
        self._progress(201, progress)

    def upload_progress(self) -> None:
        """How far it is."""
        self._progress(200, self._uploads.progress(self.place[1]))

    def take_upload(self) -> None:
        """Some of its bytes."""
        offset = self._number(self.headers.get("upload-offset"), "Upload-Offset")
        length = self._number(self.headers.get("content-length"), "Content-Length")
        progress = self._uploads.take(self.place[1], offset, length, self._limit(), self._input.read1)
        self._progress(200, progress)

    def cancel_upload(self) -> None:
        """Forget it."""
        self._uploads.cancel(self.place[1])
        self._json(204, None)

    def _limit(self) -> int | None:
        text = self.headers.get("x-streamspace-limit")
        return None if text is None else self._number(text, "X-Streamspace-Limit")

    def _progress(self, status: int, progress: Progress) -> None:
        body = {"id": progress.id, "offset": progress.offset, "size": progress.size, "path": progress.path}
        headers = {"upload-offset": str(progress.offset)}
        if progress.done:
            headers |= {"x-file-done": quote(progress.path, safe="/"), "x-file-size": str(progress.size)}
        self._json(status, body | {"done": progress.done}, **headers)


_HANDLERS: dict[tuple[str, str, int], Handler] = {
    ("GET", "list", 1): Exchange.list,
    ("GET", "content", 1): Exchange.content,
    ("HEAD", "content", 1): Exchange.content,
    ("GET", "archive", 1): Exchange.archive,
    ("POST", "folders", 1): Exchange.make_folder,
    ("POST", "moves", 1): Exchange.move,
    ("DELETE", "entries", 1): Exchange.delete,
    ("POST", "uploads", 1): Exchange.begin_upload,
    ("GET", "uploads", 2): Exchange.upload_progress,
    ("PATCH", "uploads", 2): Exchange.take_upload,
    ("DELETE", "uploads", 2): Exchange.cancel_upload,
}
