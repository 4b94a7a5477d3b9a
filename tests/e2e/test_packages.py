"""A template whose packages are missing says so, and an administrator has them installed with one click."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.async_api import Page

from tests.e2e.conftest import Installation, until
from tests.e2e.test_first_session import sign_in

PACKAGE = "hello"
MANIFEST = f"""
apiVersion: stream.space/v1alpha1
kind: Template
metadata: {{name: greeter}}
spec:
  displayName: Greeter
  description: Says hello.
  category: Tests
  debian: {{packages: [{PACKAGE}, xterm], command: [xterm, -e, "{PACKAGE}; sleep 600"]}}
"""

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("apt-get") is None, reason="only root installs Debian packages"
)


@pytest.fixture
def without_the_package() -> Iterator[None]:
    def remove() -> None:
        subprocess.run(["apt-get", "remove", "-qq", "-y", PACKAGE], check=True, capture_output=True)

    remove()
    yield
    remove()


@pytest.fixture
def lacking(folder: Path, without_the_package: None) -> Iterator[Installation]:
    templates = folder / "catalog" / "templates"
    templates.mkdir(parents=True)
    (templates / "greeter.yaml").write_text(MANIFEST)
    made = Installation(folder, "--set", f"catalog_dir={folder / 'catalog'}")
    made.start()
    made.api.sign_in()
    until(lambda: made.api.get("/agents").json()["total"] == 1)
    until(lambda: made.api.get("/agents").json()["agents"][0]["abilities"])
    yield made
    made.stop()


async def test_missing_packages_are_named_and_installed_with_one_click(lacking: Installation, page: Page) -> None:
    refused = lacking.api.post("/sessions", json={"template": "greeter"})
    assert refused.status_code == 503
    reason = refused.json()["details"]["agents"][0]["reasons"][0]
    assert (reason["code"], reason["packages"]) == ("packages_missing", [PACKAGE])

    await sign_in(page, lacking)
    await page.get_by_role("button", name="Install").first.click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Install").click()
    until(lambda: lacking.api.get("/templates/greeter").json()["available"], 120)

    session_id = lacking.api.launch("greeter")
    lacking.api.until_state(session_id, "running")
    lacking.api.delete(f"/sessions/{session_id}")
    lacking.api.until_state(session_id, "terminated")


def test_only_an_administrator_installs(lacking: Installation) -> None:
    """The permission is the agents', which the matrix of roles has; here the refusal without a login."""
    answer = httpx2.post(f"{lacking.url}/api/v1/agents/local/packages", json={"template": "greeter"})
    assert answer.status_code == 401
