"""Other products' descriptions of applications, made into templates."""

from __future__ import annotations

from typing import Protocol

from streamspace.manifests.importers import compose, desktop, devcontainer, docker_run, kasm, linuxserver, upstream
from streamspace.manifests.importers.drafts import Conversion


class Importer(Protocol):
    """What each module of this package offers."""

    TITLE: str

    def can_read(self, data: bytes, name: str) -> bool:
        """Return whether a file looks like this format, by its content and its name."""

    def convert(self, data: bytes, name: str) -> Conversion:
        """Make templates of it. Never raises for what is in it."""


FORMATS: dict[str, Importer] = {
    "template": upstream,
    "linuxserver": linuxserver,
    "kasm": kasm,
    "devcontainer": devcontainer,
    "desktop": desktop,
    "docker-run": docker_run,
    "compose": compose,
}
"""By name; the first one that takes a file is asked, so the surest signs come first."""
MAX_BYTES = 16 * 1024**2
"""How large a file may be at most; most formats take less."""


def recognised(data: bytes, name: str) -> str | None:
    """Return which format a file has, by its content and its name."""
    return next((key for key, importer in FORMATS.items() if importer.can_read(data, name)), None)


def convert(data: bytes, name: str, form: str | None = None) -> Conversion:
    """Make templates of a file. Never raises for what is in it: what cannot be used is said."""
    key = form or recognised(data, name)
    if key is None:
        titles = ", ".join(importer.TITLE for importer in FORMATS.values())
        return Conversion(not_understood=(f"It is none of: {titles}.",))
    return FORMATS[key].convert(data, name)


__all__ = ["FORMATS", "MAX_BYTES", "Conversion", "convert", "recognised"]
