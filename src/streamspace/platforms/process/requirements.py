"""The Debian packages that this platform and a catalog's templates need, for `doctor` and `./dev`."""

from __future__ import annotations

from collections.abc import Iterable

from streamspace.protocol.manifest import TemplateManifest

PLATFORM_PACKAGES = (
    "bubblewrap",
    "xvfb",
    "openbox",
    "x11-xserver-utils",
    "xcvt",
    "dbus-daemon",
    "slirp4netns",
    "iproute2",
    "fonts-dejavu-core",
)
"""What every session needs (the display, its windows, the sandbox and its network), beside Selkies from PyPI."""

FIRST_TEMPLATES = ("terminal", "desktop", "chromium")
"""The templates of the official catalog that `./dev up` makes ready."""


def template_packages(manifests: Iterable[TemplateManifest]) -> list[str]:
    """Return the packages that these templates need, each once, sorted."""
    found: set[str] = set()
    for manifest in manifests:
        if manifest.spec.debian is not None:
            found.update(manifest.spec.debian.packages)
    return sorted(found)
