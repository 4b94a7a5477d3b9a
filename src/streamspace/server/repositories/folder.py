"""Reads a folder of this machine as a repository: the official catalog, which ships with the program."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from streamspace.server.repositories.bounds import Bounds, Collector, Found, parts_of


def fetch(root: Path, *, folder: str, known: str, bounds: Bounds) -> Found:
    """Read a folder; its revision is the SHA-256 of all names and contents that are read.

    Raises:
        Unusable: it is not within bounds.
    """
    found = Found("")
    collector = Collector(bounds, folder, found)
    for above, folders, names in os.walk(root, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            collector.count()
            path = Path(above) / name
            parts = parts_of(path.relative_to(root).as_posix(), bounds)
            if not collector.wants(parts):
                continue
            if path.is_symlink():
                collector.skip(parts, "link", "Links are not followed.")
            elif not path.is_file():
                collector.skip(parts, "not_a_file", "This is no plain file.")
            elif not collector.oversized(parts, path.stat().st_size):
                collector.take(parts, path.read_bytes())
    whole = hashlib.sha256()
    for name in sorted(found.files):
        whole.update(name.encode() + b"\0" + hashlib.sha256(found.files[name]).digest())
    found.revision = whole.hexdigest()
    found.unchanged = found.revision == known
    return found
