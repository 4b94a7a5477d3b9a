"""Uploads that go on where they broke off: a part beside the home's files, put in its place only when it is whole."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from streamspace.platforms.inside.filenames import FULL, Problem, check_new, no_space, parts_of, problem_of
from streamspace.platforms.inside.filetree import Tree, rename

PLACE = [".cache", "streamspace", "uploads"]
KEPT_SECONDS = 3 * 86400
"""How long a part may lie there without growing."""
MOST_PARTS = 200
SPARE_BYTES = 16 * 1024**2
"""What an upload leaves free for the application."""
MOST_TWINS = 1000
CONFLICTS = ("refuse", "replace", "number")
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Upload:
    """What is to come."""

    path: str
    size: int
    conflict: str
    """What becomes of a file that has the name already: `refuse`, `replace`, or `number` the new one."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an upload is; `path` is where the file lies once it is whole."""

    id: str
    offset: int
    size: int
    path: str
    done: bool = False


class Uploads:
    """All uploads of a home, of this session and of others that share it."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    def begin(self, wanted: Upload, mark: str, limit: int | None) -> Progress:
        """Begin an upload, or find the one that broke off: same path, same size, same `mark` of the sender's.

        Raises:
            Problem: a name is bad or taken, the folder is not there, it is too large, or there is no room.
        """
        parts = parts_of(wanted.path)
        if not parts:
            raise Problem(400, "bad_name", "An upload needs a name.")
        check_new(parts[-1])
        check_size(wanted.size, limit)
        with self._tree.parent(parts) as (folder, name):
            taken = _kind_there(folder, name)
        if taken is not None and (wanted.conflict == "refuse" or (wanted.conflict == "replace" and taken != "file")):
            raise Problem(409, "exists", f"“{name}” exists already.")
        key = json.dumps([wanted.path, wanted.size, wanted.conflict, mark]).encode()
        upload_id = hashlib.sha256(key).hexdigest()[:32]
        with self._place() as place:
            self._prune(place)
            offset = _size(place, f"{upload_id}.part") or 0
            _check_room(place, wanted.size - offset)
            try:
                _write(place, f"{upload_id}.json", json.dumps(asdict(wanted)).encode())
                os.close(os.open(f"{upload_id}.part", _PART | os.O_CREAT, 0o600, dir_fd=place))
            except OSError as error:
                raise problem_of(error, name) from None
        return Progress(upload_id, offset, wanted.size, wanted.path)

    def progress(self, upload_id: str) -> Progress:
        """Return how far an upload is.

        Raises:
            Problem: there is none of this id.
        """
        with self._place() as place:
            wanted = self._wanted(place, upload_id)
            return Progress(upload_id, _size(place, f"{upload_id}.part") or 0, wanted.size, wanted.path)

    def cancel(self, upload_id: str) -> None:
        """Forget an upload; an unknown one is fine."""
        _check_id(upload_id)
        with self._place() as place:
            _remove(place, upload_id)

    def take(
        self, upload_id: str, offset: int, length: int, limit: int | None, read: Callable[[int], bytes]
    ) -> Progress:
        """Add what comes to the part; the last piece makes it a file of the home.

        Raises:
            Problem: it does not fit what is there, somebody else sends it too, or the disk is full.
        """
        with self._place() as place:
            wanted = self._wanted(place, upload_id)
            check_size(wanted.size, limit)
            part = os.open(f"{upload_id}.part", _PART, dir_fd=place)
            try:
                _lock(part)
                here = os.fstat(part).st_size
                if offset != here:
                    raise Problem(
                        409, "bad_offset", f"The upload goes on at byte {here}.", **{"upload-offset": str(here)}
                    )
                if offset + length > wanted.size:
                    raise Problem(400, "too_much", "More bytes came than were announced.")
                try:
                    _receive(part, offset, length, read)
                    here = offset + length
                    if here < wanted.size:
                        return Progress(upload_id, here, wanted.size, wanted.path)
                    os.fsync(part)
                    path = self._put(place, upload_id, wanted)
                except OSError as error:
                    if error.errno in FULL:
                        # Half a file would only keep the disk full.
                        _remove(place, upload_id)
                        raise no_space() from None
                    if error.errno is None or isinstance(error, ConnectionError | TimeoutError):
                        raise
                    raise problem_of(error, wanted.path) from None
            finally:
                os.close(part)
        return Progress(upload_id, wanted.size, wanted.size, path, done=True)

    def _put(self, place: int, upload_id: str, wanted: Upload) -> str:
        parts = parts_of(wanted.path)
        with self._tree.parent(parts) as (folder, name):
            os.chmod(f"{upload_id}.part", 0o644, dir_fd=place)
            for new in _names(name, wanted.conflict):
                try:
                    rename(place, f"{upload_id}.part", folder, new, replace=wanted.conflict == "replace")
                    break
                except FileExistsError:
                    if wanted.conflict != "number":
                        raise
            else:
                raise Problem(409, "exists", f"“{name}” exists too often already.")
        _unlink(place, f"{upload_id}.json")
        return "/".join([*parts[:-1], new])

    @contextlib.contextmanager
    def _place(self) -> Iterator[int]:
        self._tree.make_folder(PLACE, parents=True)
        with self._tree.folder(PLACE) as place:
            yield place

    def _wanted(self, place: int, upload_id: str) -> Upload:
        _check_id(upload_id)
        try:
            descriptor = os.open(f"{upload_id}.json", os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=place)
            with os.fdopen(descriptor, "rb") as file:
                wanted = Upload(**json.loads(file.read(64 * 1024)))
        except (OSError, ValueError, TypeError):
            raise Problem(404, "no_upload", "This upload is not known any more. Begin it again.") from None
        if _size(place, f"{upload_id}.part") is None:
            raise Problem(404, "no_upload", "This upload is not known any more. Begin it again.")
        return wanted

    @staticmethod
    def _prune(place: int) -> None:
        before = time.time() - KEPT_SECONDS
        with os.scandir(place) as scan:
            found = [entry.name for entry in scan]
        parts = 0
        for name in found:
            try:
                old = os.stat(name, dir_fd=place, follow_symlinks=False).st_mtime < before
            except OSError:
                continue
            if old:
                _unlink(place, name)
            parts += name.endswith(".part") and not old
        if parts >= MOST_PARTS:
            raise Problem(409, "too_many", "Too many uploads are under way. Finish or cancel some first.")


_PART = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC


def check_size(size: int, limit: int | None) -> None:
    """Refuse what is larger than the policy allows.

    Raises:
        Problem: it is.
    """
    if limit is not None and size > limit:
        raise Problem(413, "too_large", f"A file may have {limit} bytes at most here.")


def _names(name: str, conflict: str) -> Iterator[str]:
    yield name
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    for number in range(2, MOST_TWINS if conflict == "number" else 2):
        yield f"{stem} ({number}){dot}{ending}"


def _check_id(upload_id: str) -> None:
    if not _ID.fullmatch(upload_id):
        raise Problem(404, "no_upload", "This upload is not known any more. Begin it again.")


def _check_room(place: int, size: int) -> None:
    room = os.fstatvfs(place)
    if size + SPARE_BYTES > room.f_bavail * room.f_frsize:
        raise no_space()


def _lock(part: int) -> None:
    try:
        fcntl.flock(part, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Problem(409, "busy", "This file is being uploaded already.") from None


def _receive(part: int, offset: int, length: int, read: Callable[[int], bytes]) -> None:
    while length:
        data = read(min(length, 1 << 18))
        if not data:
            raise ConnectionAbortedError
        view = memoryview(data)
        while view:
            written = os.pwrite(part, view, offset)
            view, offset, length = view[written:], offset + written, length - written


def _kind_there(folder: int, name: str) -> str | None:
    try:
        mode = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
    except OSError:
        return None
    return "file" if (mode & 0o170000) == 0o100000 else "other"  # noqa: PLR2004 - S_IFMT, S_IFREG


def _size(place: int, name: str) -> int | None:
    try:
        return os.stat(name, dir_fd=place, follow_symlinks=False).st_size
    except OSError:
        return None


def _write(place: int, name: str, data: bytes) -> None:
    descriptor = os.open(
        name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600, dir_fd=place
    )
    try:
        os.write(descriptor, data)
    finally:
        os.close(descriptor)


def _remove(place: int, upload_id: str) -> None:
    for ending in ("part", "json"):
        _unlink(place, f"{upload_id}.{ending}")


def _unlink(place: int, name: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(name, dir_fd=place)
