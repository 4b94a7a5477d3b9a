"""A session's files: list them, copy them in and out, resume what broke off."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import itertools
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from urllib.parse import quote

import httpx2
from pydantic import ValidationError

from streamspace.client.errors import ApiError, BadAnswer, NotSignedIn, Unreachable, from_answer
from streamspace.kit import backoff
from streamspace.protocol.base import Wire

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from pathlib import Path

    from streamspace.client.transport import Transport

PIECE_BYTES = 8 * 1024**2
"""Of an upload: how much is sent again at most when the connection breaks."""
READ_BYTES = 1 << 18
TRIES = 6
"""In a row without a byte of progress."""
RENEW_AHEAD = timedelta(seconds=60)
PATIENCE_SECONDS = 180.0
_MOMENTARY = frozenset({429, 502, 503, 504})

Conflict = Literal["refuse", "replace", "number"]
M = TypeVar("M", bound=Wire)


class FilesAccess(Wire):
    """Where a session's files are, the token for them, and what the policy allows."""

    url: str
    token: str
    expires_at: datetime
    upload: bool
    download: bool
    max_upload_bytes: int


class File(Wire):
    """One entry of a folder: `type` is `file`, `folder`, `link` (which leads out of the home) or `other`."""

    name: str
    type: str
    size: int = 0
    modified: float = 0.0
    link: bool = False


class Folder(Wire):
    """A folder's entries; `total` may be larger than what came."""

    path: str
    entries: list[File]
    total: int
    complete: bool = True


class Uploaded(Wire):
    """How far an upload is; `path` is where the file lies once it is done."""

    id: str
    offset: int
    size: int
    path: str
    done: bool = False


class Files:
    """`api.files`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def access(self, session_id: str) -> FilesAccess:
        """Ask for a token of ten minutes.

        Raises:
            NotFound: no such session.
            Conflict: it does not run.
            Forbidden: it is somebody else's.
        """
        answer = await self._transport.call("POST", f"/api/v1/sessions/{quote(session_id, safe='')}/files/access")
        return self._transport.read(FilesAccess, answer)

    @asynccontextmanager
    async def open(self, session_id: str) -> AsyncIterator[Home]:
        """Open a session's home: `async with api.files.open(id) as home: await home.list()`."""
        access = await self.access(session_id)
        timeout = httpx2.Timeout(PATIENCE_SECONDS, connect=10)
        async with httpx2.AsyncClient(verify=self._transport.verify, timeout=timeout) as http:
            yield Home(self, session_id, access, http)


class Home:
    """The files of one session. Paths are relative to its home folder; tokens are renewed as needed."""

    def __init__(self, files: Files, session_id: str, access: FilesAccess, http: httpx2.AsyncClient) -> None:
        self._files = files
        self._session_id = session_id
        self._http = http
        self.access = access

    async def list(self, path: str = "", *, hidden: bool = False, offset: int = 0) -> Folder:
        """Return a part of a folder, from `offset` on; 1,000 entries at most."""
        query = {"path": path, "offset": str(offset), **({"hidden": "1"} if hidden else {})}
        return _read(Folder, await self._ask("GET", "list", query))

    async def entries(self, path: str = "", *, hidden: bool = False) -> AsyncIterator[File]:
        """Go through a folder to its end."""
        seen = 0
        while True:
            part = await self.list(path, hidden=hidden, offset=seen)
            for entry in part.entries:
                yield entry
            seen += max(len(part.entries), 1)
            if seen >= part.total:
                return

    async def make_folder(self, path: str, *, parents: bool = False) -> None:
        """Make a folder, with `parents` those above it too; then one that exists is fine."""
        await self._ask("POST", "folders", {"path": path, **({"parents": "1"} if parents else {})})

    async def move(self, path: str, to: str) -> None:
        """Rename or move; nothing is replaced."""
        await self._ask("POST", "moves", {"path": path, "to": to})

    async def delete(self, path: str) -> None:
        """Delete a file, or a folder with all in it."""
        await self._ask("DELETE", "entries", {"path": path})

    async def upload(
        self,
        source: Path,
        path: str,
        *,
        conflict: Conflict = "refuse",
        parents: bool = False,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> str:
        """Copy a local file in, going on where an earlier try of the same file broke off; return where it lies.

        Raises:
            ApiError: refused: `policy_upload`, `too_large`, `exists`, `no_space` …
            Unreachable: the connection kept breaking.
        """
        info = await asyncio.to_thread(source.stat)
        query = {"path": path, "size": str(info.st_size), "mark": str(info.st_mtime_ns), "conflict": conflict}
        if parents:
            query["parents"] = "1"
        delays = backoff.jittered()
        with source.open("rb") as file:
            for failures in itertools.count(1):
                try:
                    told = _read(Uploaded, await self._ask("POST", "uploads", query))
                    while not told.done:
                        if on_progress is not None:
                            on_progress(told.offset, told.size)
                        piece = await asyncio.to_thread(_piece, file, told.offset, told.size)
                        told = await self._send(told.id, told.offset, piece)
                        delays, failures = backoff.jittered(), 1  # noqa: PLW2901 - there was progress
                except httpx2.TransportError as error:
                    await self._wait(error, failures, next(delays))
                else:
                    if on_progress is not None:
                        on_progress(told.size, told.size)
                    return told.path
        raise AssertionError  # pragma: no cover

    async def _send(self, upload_id: str, offset: int, piece: bytes) -> Uploaded:
        try:
            answer = await self._ask(
                "PATCH", f"uploads/{upload_id}", {}, content=piece, headers={"Upload-Offset": str(offset)}
            )
        except ApiError as error:
            if error.code not in {"bad_offset", "busy"}:
                raise
            await asyncio.sleep(0.5)  # what was sent before may still be on its way to the disk
            answer = await self._ask("GET", f"uploads/{upload_id}", {})
        return _read(Uploaded, answer)

    async def download(self, path: str, target: Path, *, on_progress: Callable[[int, int], None] | None = None) -> None:
        """Copy a file out, going on where an earlier try broke off; the target appears when it is whole.

        Raises:
            ApiError: refused: `policy_download`, `not_found` …
            Unreachable: the connection kept breaking.
        """
        delays = backoff.jittered()
        for failures in itertools.count(1):
            about = await self._ask("HEAD", "content", {"path": path})
            size, etag = int(about.headers.get("content-length", "0")), about.headers.get("etag", "")
            part = target.with_name(f".{target.name}.{hashlib.sha256(etag.encode()).hexdigest()[:8]}.part")
            begun = part.stat().st_size if part.exists() else 0
            try:
                await self._fetch(path, part, size, etag, on_progress)
            except httpx2.TransportError as error:
                grew = part.exists() and part.stat().st_size > begun
                if grew:
                    delays = backoff.jittered()
                await self._wait(error, 1 if grew else failures, next(delays))
                continue
            if part.stat().st_size == size:
                part.replace(target)
                return
            with contextlib.suppress(FileNotFoundError):
                part.unlink()  # it changed meanwhile: begin again
            if failures >= TRIES:
                raise BadAnswer(f"{path} keeps changing while it is copied.")

    async def _fetch(
        self, path: str, part: Path, size: int, etag: str, on_progress: Callable[[int, int], None] | None
    ) -> None:
        with part.open("ab") as file:
            done = file.tell()
            if done >= size:
                return
            headers = {"Range": f"bytes={done}-", "If-Range": etag} if done else {}
            request = self._http.build_request(
                "GET", f"{self.access.url}/content", params={"path": path}, headers=headers | await self._proof()
            )
            answer = await self._http.send(request, stream=True)
            try:
                if not answer.is_success:
                    await answer.aread()
                    raise from_answer(answer.status_code, _json(answer), answer.headers)
                if done and answer.status_code != httpx2.codes.PARTIAL_CONTENT:
                    file.truncate(0)
                    done = 0
                async for data in answer.aiter_raw(READ_BYTES):
                    await asyncio.to_thread(file.write, data)
                    done += len(data)
                    if on_progress is not None:
                        on_progress(done, size)
            finally:
                await answer.aclose()

    async def _wait(self, error: httpx2.TransportError, failures: int, delay: timedelta) -> None:
        if failures >= TRIES:
            raise Unreachable(self.access.url, str(error) or type(error).__name__) from None
        await asyncio.sleep(delay.total_seconds())

    async def _proof(self) -> dict[str, str]:
        if self.access.expires_at - datetime.now(UTC) < RENEW_AHEAD:
            self.access = await self._files.access(self._session_id)
        return {"Authorization": f"Bearer {self.access.token}"}

    async def _ask(
        self,
        method: str,
        place: str,
        query: Mapping[str, str],
        *,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx2.Response:
        delays, renewed = backoff.jittered(), False
        for tries in itertools.count(1):
            answer = await self._http.request(
                method,
                f"{self.access.url}/{place}",
                params=dict(query),
                content=content,
                headers={**(headers or {}), **await self._proof()},
            )
            if answer.is_success:
                return answer
            error = from_answer(answer.status_code, _json(answer), answer.headers)
            if isinstance(error, NotSignedIn) and not renewed:
                # Its policy changed, or the gateway did: a new token says what holds now.
                renewed, self.access = True, await self._files.access(self._session_id)
            elif answer.status_code in _MOMENTARY and tries < TRIES:
                await asyncio.sleep(error.retry_after or next(delays).total_seconds())
            else:
                raise error
        raise AssertionError  # pragma: no cover


def _piece(file: Any, offset: int, size: int) -> bytes:
    file.seek(offset)
    piece: bytes = file.read(min(PIECE_BYTES, size - offset))
    if not piece and offset < size:
        raise BadAnswer("The local file became shorter while it was copied.")
    return piece


def _read(kind: type[M], answer: httpx2.Response) -> M:
    try:
        return kind.model_validate_json(answer.content)
    except ValidationError as error:
        raise BadAnswer(f"The gateway did not answer {answer.request.url.path} as StreamSpace does: {error}") from None


def _json(answer: httpx2.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None
