"""Make this machine able to run sessions, or the tests: `python -m tools.machine up|test`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from streamspace.cli import checks
from streamspace.platforms.process.requirements import FIRST_TEMPLATES
from tools import apt

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TEST_PACKAGES = [
    "bubblewrap",
    "chromium",
    "docker-registry",
    "docker.io",
    "fonts-dejavu-core",
    "icewm",
    "iproute2",
    "iptables",
    "jupyter-notebook",
    "mmdebstrap",
    "nftables",
    "nginx-light",
    "openbox",
    "pcmanfm",
    "postgresql",
    "python3-ipykernel",
    "pulseaudio",
    "tigervnc-standalone-server",
    "xvfb",
    "xterm",
]
SINGLE_SIGN_ON = ["xmlsec1"]
"""What SAML needs to check signatures; nothing else does."""


def prepare(purpose: str) -> None:
    """Install what is missing for `up` or `test`. What only SAML needs does not stop `up`.

    Raises:
        apt.CannotInstall: packages are missing and cannot be installed.
    """
    wanted = [*checks.platform_packages(), *template_packages(ROOT / "catalog", frozenset(FIRST_TEMPLATES))]
    if purpose == "test":
        apt.install([*wanted, *TEST_PACKAGES, *SINGLE_SIGN_ON], "Testing")
        return
    apt.install(wanted, "Running sessions")
    try:
        apt.install(SINGLE_SIGN_ON, "Single sign-on with SAML")
    except apt.CannotInstall as error:
        print(f"{error}\nEverything else works without.", file=sys.stderr)


def template_packages(catalog: Path, names: frozenset[str]) -> list[str]:
    """Return the Debian packages of these templates of a catalog."""
    return [
        package
        for manifest in _manifests(catalog)
        if manifest.get("metadata", {}).get("name") in names
        for package in manifest.get("spec", {}).get("debian", {}).get("packages", [])
    ]


def _manifests(catalog: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(catalog.rglob("*.y*ml")):
        read = yaml.load(path.read_bytes(), Loader=_LOADER)  # noqa: S506 - a safe loader, in C where there is one
        if isinstance(read, dict) and read.get("kind") == "Template":
            yield read


def main() -> int:
    """Prepare; what cannot be installed is a warning for a person and a failure in CI."""
    try:
        prepare(sys.argv[1] if len(sys.argv) > 1 else "up")
    except apt.CannotInstall as error:
        print(f"{error}\nGoing on without; `./dev doctor` tells more.", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
