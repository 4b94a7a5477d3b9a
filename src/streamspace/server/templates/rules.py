"""Versions and their order, what a template inherits, and what of a manifest is kept. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import orjson

FIRST_VERSION = "1.0.0"
MOST_VERSIONS = 100
MOST_FAVORITES = 500
_SEMVER = re.compile(
    r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})"
    r"(?:-((?:0|[1-9]\d{0,8}|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d{0,8}|\d*[A-Za-z-][0-9A-Za-z-]*))*))?"
    r"(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
)
LONGEST_VERSION = 64


class Status(StrEnum):
    """What a version is."""

    DRAFT = "draft"
    PUBLISHED = "published"
    DEPRECATED = "deprecated"


def is_version(text: str) -> bool:
    """Say whether this is a version as semver.org has it."""
    return len(text) <= LONGEST_VERSION and _SEMVER.fullmatch(text) is not None


def precedence(version: str) -> tuple[Any, ...]:
    """Return what versions are ordered by; a pre-release comes before its release (semver §11)."""
    found = _SEMVER.fullmatch(version)
    if found is None:
        return (-1, 0, 0, False, ())
    before = found[4]
    parts = tuple(
        (part.isdigit() is False, int(part) if part.isdigit() else 0, part) for part in (before or "").split(".")
    )
    return (int(found[1]), int(found[2]), int(found[3]), before is None, parts if before else ())


def following(versions: Iterable[str]) -> str:
    """Return the next patch after the highest of these versions."""
    highest = max(versions, key=precedence, default=None)
    if highest is None:
        return FIRST_VERSION
    major, minor, patch, released, _ = precedence(highest)
    return f"{max(major, 0)}.{minor}.{patch + 1 if released else patch}"


def digest(manifest: Mapping[str, Any], icon: bytes | None) -> str:
    """Return what tells one state of a template from another."""
    return hashlib.sha256(orjson.dumps(manifest, option=orjson.OPT_SORT_KEYS) + (icon or b"")).hexdigest()


def kept(written: Any, read: Any) -> Any:
    """Return what was read, with what was written besides and nobody here knows."""
    if isinstance(written, Mapping) and isinstance(read, Mapping):
        more = {key: value for key, value in written.items() if key not in read}
        return {key: kept(written.get(key), value) for key, value in read.items()} | more
    if isinstance(written, list) and isinstance(read, list) and len(written) == len(read):
        return [kept(one, other) for one, other in zip(written, read, strict=True)]
    return read


def patched(target: Any, patch: Any) -> Any:
    """Return a document with a merge patch applied (RFC 7396): null removes, all else replaces."""
    if not isinstance(patch, Mapping):
        return patch
    merged = dict(target) if isinstance(target, Mapping) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = patched(merged.get(key), value)
    return merged


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what a document says, by the path where it says it; a list is one thing."""
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else str(key))
    else:
        yield path, value


def inheritance(own: Mapping[str, Any], parent: Mapping[str, Any]) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the paths that are as in the parent, and those that are not, with what stands on either side."""
    mine, theirs = dict(leaves(own)), dict(leaves(parent))
    same = sorted(path for path in mine if path in theirs and mine[path] == theirs[path])
    other = [
        {"path": path, "value": mine.get(path), "parentValue": theirs.get(path)}
        for path in sorted({*mine, *theirs} - set(same))
    ]
    return same, other
