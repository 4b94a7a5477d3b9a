"""Reads tar and zip archives in memory: nothing is ever unpacked to a disk."""

from __future__ import annotations

import hashlib
import io
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable

from streamspace.server.core.outbound import Client, Deadline, Reach, read_bounded, shown
from streamspace.server.repositories.addresses import Place
from streamspace.server.repositories.bounds import MIB, Bounds, Collector, Found, Unusable, parts_of
from streamspace.server.repositories.git import authorization
from streamspace.server.repositories.ssh import Credentials

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_REDIRECTS = 5
_STEP = 1024 * 1024
_NOT_MODIFIED = 304
Progress = Callable[[str, int], None]


def fetch(
    place: Place,
    auth: Credentials,
    *,
    folder: str,
    known: str,
    etag: str,
    bounds: Bounds,
    reach: Reach,
    progress: Progress,
) -> Found:
    """Read an archive over HTTPS; `known` is the SHA-256 of one that needs no reading.

    Raises:
        CannotFetch, Unusable: the message says why.
    """
    headers = {"Accept-Encoding": "identity"}
    if auth.kind == "token":
        headers["Authorization"] = f"Bearer {auth.secret}"
    elif (value := authorization(place, auth)) is not None:
        headers["Authorization"] = value
    if known and etag:
        headers["If-None-Match"] = etag
    http = Client(reach, Deadline(bounds.seconds))
    try:
        answer = http.open("GET", place.url, headers=headers, redirects=_REDIRECTS)
        if answer.status_code == _NOT_MODIFIED and known and etag:
            answer.close()
            return Found(known, etag=etag, unchanged=True)
        if answer.status_code != 200:  # noqa: PLR2004
            answer.close()
            raise Unusable(f"{shown(place.url)} answers {answer.status_code}.")
        data = read_bounded(answer, bounds.fetched_bytes)
    finally:
        http.close()
    progress("fetching", len(data))
    found = Found(hashlib.sha256(data).hexdigest(), etag=answer.headers.get("etag", "")[:200])
    found.unchanged = found.revision == known
    if not found.unchanged:
        progress("unpacking", len(data))
        read(data, folder, bounds, found)
    return found


def read(data: bytes, folder: str, bounds: Bounds, found: Found) -> None:
    """Collect the files of an archive.

    Raises:
        Unusable: it is none, or one that was made to harm.
    """
    try:
        if data.startswith(_ZIP):
            _zip(data, folder, bounds, found)
        elif data.startswith(_GZIP):
            _tar(_gunzipped(data, bounds), folder, bounds, found)
        else:
            raise Unusable("It is neither a .tar.gz nor a .zip archive.")
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise Unusable("The archive is damaged.") from error
    except (RuntimeError, OverflowError, UnicodeError) as error:
        raise Unusable("The archive uses what we do not read, such as encryption.") from error


def _gunzipped(data: bytes, bounds: Bounds) -> bytes:
    inflate = zlib.decompressobj(wbits=31)
    whole = bytearray()
    while data and not inflate.eof:
        whole += inflate.decompress(data, _STEP)
        data = inflate.unconsumed_tail
        if len(whole) > bounds.expanded_bytes:
            raise Unusable(f"The archive unpacks to more than {bounds.expanded_bytes // MIB} MiB.")
    if not inflate.eof:
        raise Unusable("The archive is cut off.")
    return bytes(whole)


def _tar(data: bytes, folder: str, bounds: Bounds, found: Found) -> None:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:", errorlevel=1) as archive:
        entries: list[tuple[tuple[str, ...], tarfile.TarInfo]] = []
        for member in archive:
            if len(entries) >= bounds.entries:
                raise Unusable(f"It holds more than {bounds.entries} files and folders.")
            name = member.name.removeprefix("./")
            if name in {"", ".", "pax_global_header"}:
                continue
            entries.append((parts_of(name.rstrip("/"), bounds), member))
        top = _common([parts for parts, _ in entries], [member.isdir() for _, member in entries])
        collector = Collector(bounds, folder, found)
        for parts, member in entries:
            inner = parts[top:]
            collector.count()
            if not inner or member.isdir() or not collector.wants(inner):
                continue
            if member.issym() or member.islnk():
                collector.skip(inner, "link", "Links are not followed.")
            elif not member.isreg() or member.issparse():
                collector.skip(inner, "not_a_file", "This is no plain file.")
            elif not collector.oversized(inner, member.size):
                file = archive.extractfile(member)
                collector.take(inner, file.read(bounds.file_bytes + 1) if file is not None else b"")
    _check_folder(folder, [parts[top:] for parts, _ in entries])


def _zip(data: bytes, folder: str, bounds: Bounds, found: Found) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > bounds.entries:
            raise Unusable(f"It holds more than {bounds.entries} files and folders.")
        if sum(member.file_size for member in members) > bounds.expanded_bytes:
            raise Unusable(f"The archive unpacks to more than {bounds.expanded_bytes // MIB} MiB.")
        # zipfile cuts a name at a NUL; whoever wrote one meant to deceive.
        if any("\0" in member.orig_filename for member in members):
            raise Unusable("It holds a name that nobody could read.")
        entries = [(parts_of(member.filename.rstrip("/"), bounds), member) for member in members]
        top = _common([parts for parts, _ in entries], [member.is_dir() for _, member in entries])
        collector = Collector(bounds, folder, found)
        for parts, member in entries:
            inner = parts[top:]
            collector.count()
            if not inner or member.is_dir() or not collector.wants(inner):
                continue
            kind = stat.S_IFMT(member.external_attr >> 16)
            if kind == stat.S_IFLNK:
                collector.skip(inner, "link", "Links are not followed.")
            elif kind not in {0, stat.S_IFREG}:
                collector.skip(inner, "not_a_file", "This is no plain file.")
            elif member.flag_bits & 1:
                collector.skip(inner, "encrypted", "Encrypted files are not read.")
            elif not collector.oversized(inner, member.file_size):
                with archive.open(member) as file:
                    collector.take(inner, file.read(bounds.file_bytes + 1))
    _check_folder(folder, [parts[top:] for parts, _ in entries])


def _common(paths: list[tuple[str, ...]], folders: list[bool]) -> int:
    """Return 1 where everything lies in one folder, as Git hosts pack their archives, else 0."""
    first = {parts[0] for parts in paths}
    alone = len(first) == 1 and all(len(parts) > 1 or folder for parts, folder in zip(paths, folders, strict=True))
    return 1 if alone else 0


def _check_folder(folder: str, paths: list[tuple[str, ...]]) -> None:
    wanted = tuple(part for part in folder.split("/") if part)
    if wanted and not any(parts[: len(wanted)] == wanted for parts in paths):
        raise Unusable(f"It has no folder {folder}.")
