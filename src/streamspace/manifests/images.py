"""Names of container images: their parts, and whether they say which image exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase

_LONGEST = 500
_DEFAULT_REGISTRY = "docker.io"
_COMPONENT = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_NAME = re.compile(rf"{_COMPONENT}(?:/{_COMPONENT})*")
_HOST = re.compile(r"(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]{0,252})|\[[0-9a-fA-F:]{2,45}\])(?::[0-9]{1,5})?")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}")
# A tag with a number in it names a release; `stable` and `3` move, but a person chose how far.
_MOVING = re.compile(r"latest|.*(latest|nightly|develop|devel|edge|rolling|master|main|unstable|snapshot).*")


@dataclass(frozen=True, slots=True)
class Image:
    """The parts of an image's name, the default ones filled in. Source: the distribution spec's reference grammar."""

    registry: str
    repository: str
    tag: str | None
    digest: str | None

    @property
    def name(self) -> str:
        """Registry and repository, as allow-lists name them."""
        return f"{self.registry}/{self.repository}"

    @property
    def moving(self) -> bool:
        """Whether it may be another image tomorrow."""
        return self.digest is None and (self.tag is None or _MOVING.fullmatch(self.tag) is not None)


def parse(text: str) -> Image | None:
    """Read an image's name; None if it is none."""
    if len(text) > _LONGEST:
        return None
    rest, at, digest = text.partition("@")
    if at and not _DIGEST.fullmatch(digest):
        return None
    head, slash, last = rest.rpartition("/")
    last, colon, tag = last.partition(":")
    if colon and not _TAG.fullmatch(tag):
        return None
    registry, repository = _split(f"{head}{slash}{last}")
    if not _HOST.fullmatch(registry) or not _NAME.fullmatch(repository):
        return None
    return Image(registry, repository, tag or None, digest or None)


def _split(name: str) -> tuple[str, str]:
    first, slash, rest = name.partition("/")
    if slash and ("." in first or ":" in first or first == "localhost"):
        return (_DEFAULT_REGISTRY if first == "index.docker.io" else first.lower()), rest
    return _DEFAULT_REGISTRY, name if slash else f"library/{name}"


def allowed(image: Image, patterns: tuple[str, ...]) -> bool:
    """Return whether one of the patterns names it: `lscr.io`, `ghcr.io/acme/*`, `docker.io/library/debian`."""
    return any(_fits(image, pattern) for pattern in patterns)


def _fits(image: Image, pattern: str) -> bool:
    # Whole parts only: `ghcr.io/acme` does not stand for `ghcr.io/acme-evil`.
    if "*" not in pattern:
        return image.name == pattern or image.name.startswith(pattern.rstrip("/") + "/")
    return fnmatchcase(image.name, pattern)


def is_linuxserver(text: str) -> bool:
    """Return whether an image is one of LinuxServer.io's."""
    image = parse(text)
    return image is not None and image.name.startswith(
        ("lscr.io/linuxserver/", "ghcr.io/linuxserver/", "docker.io/linuxserver/")
    )
