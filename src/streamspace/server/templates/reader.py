"""Reads a template repository from a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from streamspace import manifests
from streamspace.protocol.manifest import TemplateManifest

MAX_ICON_BYTES = 256 * 1024
_ICON_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One template of a repository."""

    manifest: TemplateManifest
    icon: bytes | None = None
    icon_type: str | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that is not a template we take, and why."""

    path: str
    reason: str


def read(root: Path) -> tuple[list[Entry], list[Rejected]]:
    """Read every manifest below a folder; a bad file is reported and does not spoil the rest."""
    entries: dict[str, Entry] = {}
    rejected = []
    for path in sorted((root / "templates").rglob("*.y*ml")):
        try:
            manifest = _manifest(path)
            entry = Entry(manifest, *_icon(root, manifest.spec.icon))
        except (ValueError, OSError) as error:
            rejected.append(Rejected(str(path.relative_to(root)), str(error)))
            continue
        name = manifest.metadata.name
        if name in entries:
            rejected.append(Rejected(str(path.relative_to(root)), f"There is another template named {name}."))
        else:
            entries[name] = entry
    return list(entries.values()), rejected


def _manifest(path: Path) -> TemplateManifest:
    with path.open("rb") as file:
        reading = manifests.read(file.read(manifests.MAX_BYTES + 1), path.name)
    wrong = manifests.errors((*reading.findings, *manifests.danger(reading)))
    if reading.manifest is None or wrong:
        raise ValueError(str(wrong[0]))
    return reading.manifest


def _icon(root: Path, name: str) -> tuple[bytes | None, str | None]:
    if not name or "://" in name:
        return None, None
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()):
        raise ValueError("The icon lies outside the repository.")
    if path.suffix not in _ICON_TYPES:
        raise ValueError("An icon is an SVG, PNG or WebP file.")
    if not path.is_file() or path.stat().st_size > MAX_ICON_BYTES:
        raise ValueError(f"The icon {name} is missing or larger than {MAX_ICON_BYTES // 1024} kB.")
    return path.read_bytes(), _ICON_TYPES[path.suffix]
