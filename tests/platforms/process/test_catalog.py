"""The official templates are well-formed, and each really starts and draws."""

from __future__ import annotations

import os
from http import HTTPStatus
from pathlib import Path

import aiohttp
import pytest
import yaml

from streamspace.platforms.base import SessionSpec
from streamspace.platforms.process.packages import Installed
from streamspace.platforms.process.platform import ProcessPlatform
from streamspace.platforms.process.requirements import FIRST_TEMPLATES, template_packages
from streamspace.protocol.manifest import TemplateManifest
from tests.platforms.process import drawing
from tests.platforms.process.inside import ignore

CATALOG = Path(__file__).parents[3] / "catalog"
FILES = sorted((CATALOG / "templates").glob("*/*.yaml"))


def manifest(path: Path) -> TemplateManifest:
    return TemplateManifest.model_validate(yaml.safe_load(path.read_text()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_template_is_complete(path: Path) -> None:
    template = manifest(path)
    assert template.metadata.name == path.stem
    assert (CATALOG / template.spec.icon).is_file()
    assert len(template.spec.description) > 40
    assert template.spec.tags
    assert template.spec.default_resources.wanted_cpu()
    assert template.spec.default_resources.wanted_memory()
    assert (CATALOG / template.spec.icon).name in (CATALOG / "icons" / "LICENSES.md").read_text()


def test_the_first_templates_exist() -> None:
    names = {path.stem for path in FILES}
    assert set(FIRST_TEMPLATES) <= names
    assert "chromium" in template_packages(manifest(path) for path in FILES)


@pytest.mark.sandbox
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_a_template_starts_and_draws(platform: ProcessPlatform, path: Path, tmp_path: Path) -> None:
    template = manifest(path)
    assert template.spec.debian is not None
    missing = Installed().missing([*template.spec.debian.packages, "x11-apps"])
    if missing and (os.environ.get("CI") != "true" or path.stem not in FIRST_TEMPLATES):
        pytest.skip(f"not installed: {', '.join(missing)}")
    spec = SessionSpec(
        session_id=f"ann-{path.stem}-00000001",
        user="ann",
        user_id="user-1",
        org_id="org-1",
        manifest=template,
        cpu_millicores=2000,
        memory_bytes=2 * 1024**3,
    )
    await platform.start(spec, ignore)
    if template.spec.streaming_protocol == "http":
        assert "<title>" in await page(platform, spec.session_id)
        return
    await drawing.wait_for_picture(platform, spec.session_id)


async def page(platform: ProcessPlatform, session_id: str) -> str:
    """Return the page of a web application, wherever its first address leads."""
    endpoint = await platform.endpoint(session_id, "controller")
    async with aiohttp.ClientSession(connector=aiohttp.UnixConnector(endpoint.path or "")) as http:
        answer = await http.get(f"http://localhost/s/{session_id}/")
        assert answer.status == HTTPStatus.OK
        return await answer.text()
