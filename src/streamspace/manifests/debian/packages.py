"""Takes single files out of a package or an archive of icons, as a stream: nothing is unpacked to a disk."""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from typing import IO

from streamspace.manifests.text import MAX_BYTES

MOST_MEMBERS = 200_000
_ENTRIES = "usr/share/applications/"


def desktop_entry(tar: IO[bytes], desktop_id: str) -> bytes | None:
    """Return a desktop entry out of a package's files, as `dpkg-deb --fsys-tarfile` writes them."""
    return _member(tar, lambda name: name == _ENTRIES + desktop_id)


def icon(tar: IO[bytes], name: str) -> bytes | None:
    """Return a picture out of an archive of icons (`icons-64x64.tar.gz`)."""
    return _member(tar, lambda found: found.rpartition("/")[2] == name)


def _member(tar: IO[bytes], wanted: Callable[[str], bool]) -> bytes | None:
    try:
        with tarfile.open(fileobj=tar, mode="r|*") as archive:
            for number, member in enumerate(archive):
                if number >= MOST_MEMBERS:
                    return None
                if member.isreg() and member.size <= MAX_BYTES and wanted(member.name.removeprefix("./")):
                    file = archive.extractfile(member)
                    return file.read() if file else None
                archive.members.clear()  # type: ignore[attr-defined]
    except (tarfile.TarError, OSError, EOFError, ValueError):
        return None
    return None
