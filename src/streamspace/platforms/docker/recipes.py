"""What images are built from: the folder `images/`, and the code that runs inside a session."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import streamspace

BASE = "debian:bookworm-slim"
"""What the session image starts from, where a registry has it."""
OWN_BASE = "streamspace/debian:bookworm"
"""The same, made here with mmdebstrap, where none has."""
SESSION_LABEL = "streamspace.session"
CONTRACT = "1"
"""The label's value on images whose first process takes a session over from this agent."""
_PLATFORMS = Path(__file__).parents[1]
_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")


def folder() -> Path:
    """Return the folder of recipes: beside the package when it is installed, else the checkout's."""
    package = Path(streamspace.__file__).parent
    installed = package / "images"
    return installed if installed.is_dir() else package.parents[1] / "images"


def base_tag(debian: str) -> str:
    """Return the name of the image that this agent's recipe makes of Debian: all of a session but our own code."""
    return f"streamspace/base:{_digest(debian, _base_files())}"


def session_tag(debian: str) -> str:
    """Return the name of the session image that this agent's recipes make of Debian."""
    return f"streamspace/session:{_digest(base_tag(debian), _session_files())}"


def _digest(below: str, files: Iterator[tuple[str, bytes]]) -> str:
    seen = hashlib.sha256(below.encode())
    for name, content in sorted(files):
        seen.update(f"\n{name} {len(content)}\n".encode() + content)
    return seen.hexdigest()[:16]


def application_tag(session_image: str, packages: list[str]) -> str:
    """Return the name of the image with these packages; their order does not matter."""
    recipe = (folder() / "application" / "Dockerfile").read_text()
    words = "\n".join([session_image, recipe, *sorted(set(packages))])
    return f"streamspace/application:{hashlib.sha256(words.encode()).hexdigest()[:16]}"


def base_context() -> bytes:
    """Return the base's build context, a gzipped tar."""
    # Outside the name: a renewed certificate makes no other image.
    authorities = Path(os.environ.get("PIP_CERT") or os.environ.get("SSL_CERT_FILE") or _AUTHORITIES)
    content = authorities.read_bytes() if authorities.is_file() else b""
    return _packed([*_base_files(), ("authorities.crt", content)])


def session_context() -> bytes:
    """Return the session image's build context, a gzipped tar."""
    return _packed(list(_session_files()))


def application_context() -> bytes:
    """Return the application image's build context, a gzipped tar."""
    return _packed([("Dockerfile", (folder() / "application" / "Dockerfile").read_bytes())])


def _base_files() -> Iterator[tuple[str, bytes]]:
    return _recipe("base", [_PLATFORMS / "process/pages.py", *(_PLATFORMS / "process/page").iterdir()])


def _session_files() -> Iterator[tuple[str, bytes]]:
    return _recipe("session", [path for path in (_PLATFORMS / "inside").iterdir() if path.is_file()])


def _recipe(name: str, code: list[Path]) -> Iterator[tuple[str, bytes]]:
    for path in (folder() / name).iterdir():
        yield path.name, path.read_bytes()
    for path in code:
        yield f"streamspace/platforms/{path.relative_to(_PLATFORMS)}", path.read_bytes()


def _packed(files: list[tuple[str, bytes]]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in sorted(files):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(content), 0o644
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def bootstrap_command(into: Path) -> list[str]:
    """Return the command that makes Debian's base from its mirror, as small as the official image."""
    return [
        "mmdebstrap",
        "--variant=minbase",
        "--include=usr-is-merged",
        "--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr",
        f"--dpkgopt={folder() / 'base' / 'dpkg.cfg'}",
        "bookworm",
        str(into),
    ]
