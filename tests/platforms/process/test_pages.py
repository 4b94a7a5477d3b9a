"""The page that sessions serve."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pytest

from streamspace.platforms.base import ToolMissing
from streamspace.platforms.process import engine, pages
from streamspace.platforms.process.platform import ProcessPlatform
from tests.platforms.process.inside import ignore, script_spec
from tests.platforms.process.test_sessions import ask


@pytest.fixture
def site(tmp_path: Path) -> Path:
    web = tmp_path / "site" / "selkies" / "selkies_web"
    (web / "assets").mkdir(parents=True)
    (web / "index.html").write_text("<html><head></head><body></body></html>")
    (web / "assets" / "selkies-core-AbCd1234.js").write_text("1" * 1000)
    return web.parent.parent


def test_it_has_our_style_and_script_and_the_engines_core_early(site: Path, tmp_path: Path) -> None:
    index = (pages.prepare(tmp_path, [site]) / "index.html").read_text()
    assert '<link rel="modulepreload" crossorigin href="./assets/selkies-core-AbCd1234.js">' in index
    assert ".toggle-indicator" in index
    assert "toggleDashboard" in index


def test_the_picture_comes_before_the_dashboard(site: Path, tmp_path: Path) -> None:
    (site / "selkies" / "selkies_web" / "index.html").write_text(
        '<head><link rel="manifest" href="manifest.json" crossorigin="use-credentials">'
        '<script type="module" crossorigin src="./assets/index-Xy12.js"></script></head><body></body>'
    )
    index = (pages.prepare(tmp_path, [site]) / "index.html").read_text()
    assert index.index("import('./assets/selkies-core-AbCd1234.js')") < index.index("import('./assets/index-Xy12.js')")
    assert 'src="./assets/index-Xy12.js"' not in index
    assert "manifest.json" not in index


def test_a_page_of_another_kind_begins_as_it_wants(site: Path, tmp_path: Path) -> None:
    own = '<script src="./own.js"></script>'
    (site / "selkies" / "selkies_web" / "index.html").write_text(f"<head>{own}</head><body></body>")
    index = (pages.prepare(tmp_path, [site]) / "index.html").read_text()
    assert own in index
    assert "selkiesCoreInitialize" not in index


def test_scripts_lie_beside_their_compressed_form(site: Path, tmp_path: Path) -> None:
    folder = pages.prepare(tmp_path, [site])
    plain = folder / "assets" / "selkies-core-AbCd1234.js"
    assert gzip.decompress(plain.with_name(plain.name + ".gz").read_bytes()) == plain.read_bytes()


def test_it_is_made_once_for_each_version(site: Path, tmp_path: Path) -> None:
    first = pages.prepare(tmp_path, [site])
    assert pages.prepare(tmp_path, [site]) == first
    (site / "selkies" / "selkies_web" / "index.html").write_text("<head></head>another")
    assert pages.prepare(tmp_path, [site]) != first
    assert len(list((tmp_path / "pages").iterdir())) == 2


def test_an_engine_without_a_page_is_said_to_be_incomplete(tmp_path: Path) -> None:
    with pytest.raises(ToolMissing):
        pages.prepare(tmp_path, [tmp_path])


@pytest.mark.sandbox
async def test_a_session_serves_it(platform: ProcessPlatform, tmp_path: Path) -> None:
    engine.find.cache_clear()
    assert engine.prepare(Path(sys.executable), tmp_path).page.is_dir()
    await platform.start(script_spec("kept"), ignore)
    endpoint = await platform.endpoint("kept", "controller")
    assert "toggleDashboard" in (await ask(platform, "kept", "/", **endpoint.query))[1]
