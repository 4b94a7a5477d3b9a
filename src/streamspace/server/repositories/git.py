"""Reads one branch of a Git repository: the newest commit only, never checked out. It blocks."""

from __future__ import annotations

import base64
import stat
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

from dulwich.client import AbstractHttpGitClient, GitClient, SSHGitClient
from dulwich.errors import GitProtocolError, HangupException, NotGitRepository, ObjectMissing
from dulwich.object_store import DiskObjectStore
from dulwich.objects import Blob, Commit, Tree

from streamspace.server.core.outbound import CannotFetch, Client, Deadline, Reach, shown
from streamspace.server.repositories.addresses import Place
from streamspace.server.repositories.bounds import MIB, Bounds, Collector, Found, Unusable, check_name
from streamspace.server.repositories.ssh import Credentials, Vendor

Progress = Callable[[str, int], None]
_REDIRECTS = 3
_REFUSED = frozenset({401, 403})


class _NoHistory:
    """We have nothing, so there is nothing to negotiate."""

    shallow: None = None

    def __next__(self) -> None:
        return None

    def ack(self, sha: bytes) -> None:
        """Nobody has anything in common with us."""

    def nak(self) -> None:
        """They say so too."""


class _HttpClient(AbstractHttpGitClient):
    """Git's smart protocol over our own HTTPS, which goes nowhere else than to the repository."""

    def __init__(self, place: Place, http: Client, authorization: str | None, bounds: Bounds) -> None:
        self._base = place.url.rstrip("/") + "/"
        super().__init__(self._base, thin_packs=False, quiet=True)
        self._http = http
        self._authorization = authorization
        self._budget = bounds.fetched_bytes + MIB

    def _http_request(
        self,
        url: str,
        headers: dict[str, str] | None = None,
        data: bytes | Iterator[bytes] | None = None,
        raise_for_status: bool = True,  # noqa: FBT001, FBT002 - the interface's own
    ) -> tuple[Any, Callable[[int], bytes]]:
        del raise_for_status
        wanted = {**(headers or {}), "Accept-Encoding": "identity"}
        if self._authorization is not None and url.startswith(self._base):
            wanted["Authorization"] = self._authorization
        method = "GET" if data is None else "POST"
        answer = self._http.open(method, url, headers=wanted, content=data, redirects=0 if data else _REDIRECTS)
        try:
            _check(answer.status_code, url)
            kind = answer.headers.get("content-type", "")
            if not kind.startswith("application/x-git-upload-pack"):
                # What speaks the older protocol would have us follow its own list of further addresses.
                raise Unusable(f"{shown(url)} is no Git repository.")  # noqa: TRY301
        except BaseException:
            answer.close()
            raise
        final = str(answer.url)
        return _Answer(answer, kind, final if final != url else None), self._reader(answer)

    def _reader(self, answer: Any) -> Callable[[int], bytes]:
        chunks = answer.iter_raw()
        rest = b""

        def read(size: int = -1) -> bytes:
            nonlocal rest
            while size < 0 or len(rest) < size:
                chunk = next(chunks, b"")
                if not chunk:
                    break
                self._budget -= len(chunk)
                if self._budget < 0:
                    raise Unusable("It sends more than a repository may hold.")
                rest += chunk
            taken, rest = (rest, b"") if size < 0 else (rest[:size], rest[size:])
            return taken

        return read


class _Answer:
    """What dulwich wants to know of an answer."""

    def __init__(self, answer: Any, content_type: str, redirect_location: str | None) -> None:
        self.content_type = content_type
        self.redirect_location = redirect_location
        self.status = answer.status_code
        self.close = answer.close


def _check(status: int, url: str) -> None:
    if status in _REFUSED:
        raise Unusable(f"{shown(url)} refuses us ({status}): its name and password, or token, are missing or wrong.")
    if status == 404:  # noqa: PLR2004
        raise Unusable(f"There is no repository at {shown(url)}, or it wants a name and password to show it.")
    if status != 200:  # noqa: PLR2004
        raise Unusable(f"{shown(url)} answers {status}.")


def authorization(place: Place, auth: Credentials) -> str | None:
    """Return the header's value: hosts take a token as a password, each under a name of its own."""
    if auth.kind == "basic":
        pair = f"{auth.username}:{auth.secret}"
    elif auth.kind == "token":
        names = {"gitlab": "oauth2", "bitbucket": "x-token-auth"}
        name = next((value for part, value in names.items() if part in place.host), "x-access-token")
        pair = f"{auth.username or name}:{auth.secret}"
    else:
        return None
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def fetch(
    place: Place,
    auth: Credentials,
    *,
    branch: str,
    folder: str,
    known: str,
    bounds: Bounds,
    reach: Reach,
    work: Path,
    progress: Progress,
) -> Found:
    """Read a branch; `known` is the commit that needs no reading.

    Raises:
        CannotFetch, Unusable: the message says why.
    """
    deadline = Deadline(bounds.seconds)
    vendor = Vendor(auth, reach, deadline, bounds.fetched_bytes + MIB)
    client: GitClient
    http = Client(reach, deadline)
    if place.scheme == "ssh":
        client = SSHGitClient(
            place.host, place.port, place.user, vendor=cast("Any", vendor), ssh_command="", thin_packs=False, quiet=True
        )
        path = place.path
    else:
        client, path = _HttpClient(place, http, authorization(place, auth), bounds), ""
    store = DiskObjectStore.init(work / "objects")
    try:
        commit = _pull(client, path, store, branch, known, bounds, progress)
    finally:
        vendor.close()
        http.close()
    found = Found(commit, host_key=vendor.host_key, unchanged=commit == known)
    if not found.unchanged:
        _walk(store, commit, folder, Collector(bounds, folder, found))
    return found


def _pull(
    client: GitClient, path: str, store: DiskObjectStore, branch: str, known: str, bounds: Bounds, progress: Progress
) -> str:
    ref = b"refs/heads/" + branch.encode()
    head: list[bytes] = []

    def wants(refs: Any, depth: int | None = None) -> list[Any]:
        del depth
        if ref not in refs:
            raise Unusable(f"It has no branch {branch}.")
        head.append(refs[ref])
        return [] if refs[ref] == known.encode() else [refs[ref]]

    pack, keep, drop = store.add_pack()
    received = 0

    def take(data: bytes) -> int:
        nonlocal received
        received += len(data)
        if received > bounds.fetched_bytes:
            raise Unusable(f"It is larger than {bounds.fetched_bytes // MIB} MiB.")
        progress("fetching", received)
        return pack.write(data)

    try:
        client.fetch_pack(path, wants, _NoHistory(), take, depth=1, ref_prefix=[ref])
        if received:
            progress("unpacking", received)
            keep()
        else:
            drop()
    except (CannotFetch, Unusable):
        raise
    except (GitProtocolError, HangupException, NotGitRepository) as error:
        raise Unusable(f"The Git server says: {_told(error)}") from error
    except (zlib.error, ValueError, KeyError, AssertionError, ObjectMissing, EOFError, OSError) as error:
        raise Unusable("What it sent is not what Git sends.") from error
    return head[0].decode()


def _told(error: Exception) -> str:
    text = str(error) or "it hung up."
    return "".join(char for char in text if char.isprintable())[:200]


def _walk(store: DiskObjectStore, commit: str, folder: str, collector: Collector) -> None:
    parts = tuple(part for part in folder.split("/") if part)
    try:
        top = store[commit.encode()]  # type: ignore[index]
        if not isinstance(top, Commit):
            raise Unusable("Its branch names something that is no commit.")
        tree: Any = top.tree
        for part in parts:
            tree = _folder(store, tree, part)
            if tree is None:
                raise Unusable(f"It has no folder {folder}.")
        _descend(store, tree, parts, collector)
    except KeyError as error:
        raise Unusable("It lacks objects that it names.") from error
    except (zlib.error, ValueError, AssertionError, ObjectMissing) as error:
        raise Unusable("It holds objects that Git would not have made.") from error


def _folder(store: DiskObjectStore, tree: Any, name: str) -> Any:
    for entry in _tree(store, tree).iteritems():
        if entry.path == name.encode() and stat.S_ISDIR(entry.mode):
            return entry.sha
    return None


def _tree(store: DiskObjectStore, sha: Any) -> Tree:
    found = store[sha]
    if not isinstance(found, Tree):
        raise Unusable("It names something a folder that is none.")
    return found


def _descend(store: DiskObjectStore, sha: Any, above: tuple[str, ...], collector: Collector) -> None:
    if len(above) >= collector.bounds.depth:
        raise Unusable(f"Its folders are nested more than {collector.bounds.depth} deep.")
    for entry in _tree(store, sha).iteritems():
        collector.count()
        try:
            name = entry.path.decode()
        except UnicodeDecodeError:
            raise Unusable("It holds a name that is not UTF-8.") from None
        check_name(name)
        parts = (*above, name)
        if stat.S_ISDIR(entry.mode):
            if not name.startswith("."):
                _descend(store, entry.sha, parts, collector)
        elif collector.wants(parts):
            _file(store, entry.mode, entry.sha, parts, collector)


def _file(store: DiskObjectStore, mode: int, sha: Any, parts: tuple[str, ...], collector: Collector) -> None:
    if stat.S_ISLNK(mode):
        collector.skip(parts, "link", "Links are not followed.")
    elif not stat.S_ISREG(mode):
        collector.skip(parts, "not_a_file", "This is no file of the repository, but another repository.")
    else:
        blob = store[sha]
        if not isinstance(blob, Blob):
            raise Unusable("It names something a file that is none.")
        if not collector.oversized(parts, blob.raw_length()):
            collector.take(parts, blob.data)
