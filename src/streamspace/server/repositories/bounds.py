"""How much a repository may hold, and what no path in one may look like."""

from __future__ import annotations

from dataclasses import dataclass, field

MIB = 1024 * 1024
_LONGEST_NAME = 255


class Unusable(Exception):  # noqa: N818 - it states a fact
    """A repository cannot be taken at all; the message says why."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a repository may cost."""

    seconds: float = 120.0
    cpu_seconds: int = 60
    memory_bytes: int = 1024 * MIB
    fetched_bytes: int = 64 * MIB
    """What comes over the wire."""
    expanded_bytes: int = 256 * MIB
    """What an archive unpacks to."""
    entries: int = 20_000
    """Files and folders."""
    files: int = 5_000
    """Files that are read."""
    file_bytes: int = 256 * 1024
    kept_bytes: int = 96 * MIB
    """What all files that are read hold together."""
    depth: int = 16
    path_length: int = 400


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was left out, and why."""

    path: str
    code: str
    message: str


@dataclass(slots=True)
class Found:
    """What a repository holds of what we read."""

    revision: str
    """The commit, or the SHA-256 of an archive."""
    files: dict[str, bytes] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    etag: str = ""
    host_key: str = ""
    unchanged: bool = False


class Collector:
    """Takes files in until a bound is met. Paths are relative to the folder that is followed."""

    def __init__(self, bounds: Bounds, folder: str, found: Found) -> None:
        self.bounds = bounds
        self.found = found
        self._folder = tuple(part for part in folder.split("/") if part)
        self._entries = 0
        self._kept = 0
        self._seen: set[str] = set()

    def count(self) -> None:
        """Count a file or folder.

        Raises:
            Unusable: there are too many.
        """
        self._entries += 1
        if self._entries > self.bounds.entries:
            raise Unusable(f"It holds more than {self.bounds.entries} files and folders.")

    def wants(self, parts: tuple[str, ...]) -> bool:
        """Say whether a file is one that we read."""
        inside = parts[len(self._folder) :]
        if parts[: len(self._folder)] != self._folder or not inside:
            return False
        return not any(part.startswith(".") for part in inside) and inside[-1].lower().endswith(READ)

    def skip(self, parts: tuple[str, ...], code: str, message: str) -> None:
        """Report a file that we would have read but for what it is."""
        if len(self.found.skipped) < self.bounds.files:
            self.found.skipped.append(Skipped("/".join(parts[len(self._folder) :]), code, message))

    def oversized(self, parts: tuple[str, ...], size: int) -> bool:
        """Report a file that is larger than any we read."""
        if size <= self.bounds.file_bytes:
            return False
        self.skip(parts, "too_large", f"A file has at most {self.bounds.file_bytes // 1024} KiB.")
        return True

    def take(self, parts: tuple[str, ...], data: bytes) -> None:
        """Keep a file.

        Raises:
            Unusable: there are too many, or they are too large together.
        """
        path = "/".join(parts[len(self._folder) :])
        if path in self._seen:
            self.skip(parts, "twice", "The repository holds this path twice.")
            return
        if self.oversized(parts, len(data)):
            return
        self._seen.add(path)
        self._kept += len(data)
        if len(self._seen) > self.bounds.files:
            raise Unusable(f"It holds more than {self.bounds.files} files to read.")
        if self._kept > self.bounds.kept_bytes:
            raise Unusable(f"Its files hold more than {self.bounds.kept_bytes // MIB} MiB together.")
        self.found.files[path] = data


READ = (".yaml", ".yml", ".json", ".svg", ".png", ".webp")
"""Endings of the files that are read: manifests and icons."""


def parts_of(path: str, bounds: Bounds) -> tuple[str, ...]:
    """Cut a path into its parts.

    Raises:
        Unusable: it leaves the repository, or is written to deceive.
    """
    if len(path) > bounds.path_length:
        raise Unusable(f"It holds a path of more than {bounds.path_length} characters.")
    if path.startswith("/") or (len(path) > 1 and path[1] == ":"):
        raise Unusable(f"It holds the path {_quoted(path)}, which leads out of it.")
    parts = tuple(path.split("/"))
    for part in parts:
        check_name(part)
    if len(parts) > bounds.depth:
        raise Unusable(f"Its folders are nested more than {bounds.depth} deep.")
    return parts


def check_name(name: str) -> None:
    """Refuse a file's or folder's name that means something else to a file system.

    Raises:
        Unusable: it does.
    """
    if name in {"", ".", ".."} or "/" in name or "\\" in name:
        raise Unusable(f"It holds the name {_quoted(name)}, which leads out of it.")
    if name.lower().rstrip(". ") == ".git":
        raise Unusable(f"It holds a file or folder named {_quoted(name)}.")
    if not name.isprintable() or len(name) > _LONGEST_NAME:
        raise Unusable(f"It holds the name {_quoted(name)}, which nobody could read.")


def _quoted(text: str) -> str:
    return ascii(text[:80])
