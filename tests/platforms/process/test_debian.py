"""Templates that are made of Debian's own metadata start and draw, as the official ones do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from streamspace import manifests
from streamspace.cli import apt
from streamspace.manifests.debian import Index, applications
from streamspace.manifests.debian.search import opened
from streamspace.manifests.writing import write
from streamspace.platforms.base import SessionSpec
from streamspace.platforms.process.packages import Installed
from streamspace.platforms.process.platform import ProcessPlatform
from tests.platforms.process import drawing
from tests.platforms.process.inside import ignore

APPLICATIONS = [
    *("mousepad", "galculator", "ristretto", "gimp", "vlc", "xfce4-terminal", "thunar", "pcmanfm"),
    *("libreoffice-writer", "libreoffice-calc", "chromium"),
]
"""Of different kinds: toolkits, window counts, a terminal, an office, a browser."""
CHOSEN = APPLICATIONS if os.environ.get("STREAMSPACE_TEST_CATALOG") == "all" else APPLICATIONS[:1]


@pytest.fixture(scope="module")
def debian(tmp_path_factory: pytest.TempPathFactory) -> Index:
    sources = apt.metadata()
    if not sources:
        pytest.skip("apt has no AppStream metadata here (apt-get install appstream && apt-get update)")
    return opened(sources, tmp_path_factory.getbasetemp().parent / "debian", lambda _: None)


@pytest.mark.sandbox
@pytest.mark.parametrize("package", CHOSEN)
async def test_an_application_of_debian_starts_and_draws(
    platform: ProcessPlatform, debian: Index, package: str, tmp_path: Path
) -> None:
    one = debian.get(package)
    assert one is not None
    if missing := Installed().missing([package, "x11-apps"]):
        pytest.skip(f"not installed: {', '.join(missing)}")
    conversion = applications.convert(one, apt.desktop_entry(one, offline=True))
    template = manifests.read(write(conversion.manifests[0]).encode()).manifest
    assert template is not None
    assert template.spec.debian is not None
    if missing := Installed().missing(template.spec.debian.packages):
        pytest.skip(f"not installed: {', '.join(missing)}")
    spec = SessionSpec(
        session_id=f"ann-{template.metadata.name}-00000001",
        user="ann",
        user_id="user-1",
        org_id="org-1",
        manifest=template,
        cpu_millicores=2000,
        memory_bytes=2 * 1024**3,
    )
    await platform.start(spec, ignore)
    await drawing.wait_for_picture(platform, spec.session_id)
