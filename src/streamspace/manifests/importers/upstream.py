"""Templates of the public repositories, of both API groups, older sections and all."""

from __future__ import annotations

from streamspace.manifests import legacy
from streamspace.manifests.findings import Path, written
from streamspace.manifests.importers.drafts import MOST_LINES, Conversion
from streamspace.manifests.reading import read, walk

TITLE = "template"


def can_read(data: bytes, name: str) -> bool:  # noqa: ARG001 - all importers are asked alike
    """Return whether this looks like a template."""
    return b"stream.space/v1alpha1" in data or b"stream.streamspace.io/v1alpha1" in data


def convert(data: bytes, name: str) -> Conversion:
    """Take the template as it is, and write what its older sections mean beside them; nothing is left out."""
    reading = read(data, name)
    missed = tuple(str(finding) for finding in reading.findings)
    if reading.manifest is None:
        return Conversion(not_understood=missed)
    strange = {finding.path for finding in reading.findings if finding.code == "unknown_field"}
    leaves = [path for path, value in walk(reading.raw) if path and not isinstance(value, dict | list)]
    took = dict.fromkeys(_field(path) for path in sorted(leaves, key=str) if not _below(path, strange))
    return Conversion((legacy.modern(reading.raw),), tuple(took)[:MOST_LINES], missed)


def _field(path: Path) -> str:
    return written(tuple(part for part in path if not isinstance(part, int))[:3])


def _below(path: Path, strange: set[str]) -> bool:
    return any(written(path[:length]) in strange for length in range(1, len(path) + 1))
