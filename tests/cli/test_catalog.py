import gzip
import http.server
import io
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import platformdirs
import pytest
import yaml

from streamspace.cli import apt
from streamspace.client.templates import Templates
from streamspace.manifests import importers
from tests.cli.conftest import Run
from tests.manifests.debian import archive

FORMATS = Path(__file__).parents[1] / "manifests/formats"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_: tmp_path / "cache")


@pytest.fixture
def web() -> Iterator[tuple[str, dict[str, bytes]]]:
    """A web server on this machine, and what it answers by path; `location` redirects."""
    pages: dict[str, bytes] = {}

    class Pages(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path)
            self.send_response(404 if page is None else 302 if page.startswith(b"location ") else 200)
            if page is not None and page.startswith(b"location "):
                self.send_header("Location", page.split()[1].decode())
            self.end_headers()
            self.wfile.write(page or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", pages
    server.shutdown()
    thread.join()
    server.server_close()


class TestImport:
    def test_prints_a_template_and_says_what_was_understood(self, run: Run) -> None:
        done = run("catalog", "import", str(FORMATS / "paintbox.desktop"))
        assert done.code == 0
        assert yaml.safe_load(done.out)["spec"]["displayName"] == "Paintbox"
        assert "It is a desktop entry." in done.err
        assert "Understood:\n" in done.err
        assert "Not understood:\n" in done.err
        assert "'Strange' is left out" in done.err

    def test_writes_one_file_a_template_and_replaces_none_unasked(self, run: Run, tmp_path: Path) -> None:
        arguments = ("catalog", "import", str(FORMATS / "compose.yaml"), "--output", str(tmp_path / "made"))
        assert run(*arguments).code == 0
        assert sorted(path.name for path in (tmp_path / "made").iterdir()) == ["notes.yaml", "paint.yaml"]
        again = run(*arguments)
        assert again.code == 1
        assert "exists already" in again.err
        assert run(*arguments, "--overwrite").code == 0

    def test_answers_in_json(self, run: Run) -> None:
        done = run("catalog", "import", str(FORMATS / "list.json"), "--json")
        answer = json.loads(done.out)
        assert answer["format"] == "kasm"
        assert [one["manifest"]["metadata"]["name"] for one in answer["templates"]] == ["paint", "paint-2"]
        assert answer["templates"][0]["findings"] == []
        assert answer["notUnderstood"]

    def test_a_template_that_a_server_would_refuse_is_a_failure(self, run: Run, tmp_path: Path) -> None:
        path = tmp_path / "compose.yaml"
        path.write_text("services: {a: {image: x/y:1, ports: [80], environment: {LD_PRELOAD: /config/x.so}}}")
        done = run("catalog", "import", str(path))
        assert done.code == 1
        assert "a: error: spec.env[0].name: 'LD_PRELOAD' changes which programs are loaded." in done.err

    def test_what_cannot_be_read_is_a_failure(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("hello")
        assert run("catalog", "import", str(tmp_path / "a.txt")).code == 1
        missing = run("catalog", "import", str(tmp_path / "b.txt"))
        assert missing.code == 1
        assert "No such file" in missing.err

    def test_a_format_can_be_named(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "notes").write_text("podman run -p 80 x/y:1")
        assert run("catalog", "import", str(tmp_path / "notes"), "--format", "docker-run").code == 0
        assert run("catalog", "import", str(tmp_path / "notes"), "--format", "kasm").code == 1

    def test_reads_standard_input(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        text = SimpleNamespace(buffer=io.BytesIO(b"docker run -p 80 x/y:1"))
        monkeypatch.setattr("sys.stdin", text)
        assert run("catalog", "import", "-").code == 0

    def test_fetches_an_address_through_redirects(self, run: Run, web: tuple[str, dict[str, bytes]]) -> None:
        address, pages = web
        pages["/old"] = b"location /new/compose.yaml"
        pages["/new/compose.yaml"] = (FORMATS / "compose.yaml").read_bytes()
        assert run("catalog", "import", f"{address}/old").code == 0

    def test_an_address_that_fails_says_why(self, run: Run, web: tuple[str, dict[str, bytes]]) -> None:
        address, pages = web
        pages["/round"] = b"location /round"
        for path, why in (("/none", "404"), ("/round", "redirect")):
            done = run("catalog", "import", address + path)
            assert done.code == 1
            assert why in done.err
        assert run("catalog", "import", "ftp://a.example/x").code == 1

    def test_takes_no_more_than_it_can_hold(
        self, run: Run, web: tuple[str, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(importers, "MAX_BYTES", 1000)
        address, pages = web
        pages["/large"] = b"x" * 100_000
        (tmp_path / "large").write_bytes(pages["/large"])
        for source in (f"{address}/large", str(tmp_path / "large")):
            done = run("catalog", "import", source)
            assert done.code == 1
            assert "at most" in done.err

    def test_sends_templates_to_the_server(self, run: Run, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
        sent: list[str] = []

        async def create(_: Templates, manifest: str) -> None:
            sent.append(manifest)

        monkeypatch.setattr(Templates, "create", create)
        done = run("catalog", "import", str(FORMATS / "compose.yaml"), "--push", "--server", server)
        assert done.code == 0
        assert [yaml.safe_load(text)["metadata"]["name"] for text in sent] == ["paint", "notes"]
        assert "Sent paint." in done.err


class TestDebian:
    @pytest.fixture
    def metadata(self, tmp_path: Path) -> str:
        return str(archive.metadata(tmp_path))

    @pytest.fixture
    def nothing_installed(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
        monkeypatch.setattr(apt, "ENTRIES", tmp_path)
        return tmp_path

    def test_searches(self, run: Run, metadata: str) -> None:
        done = run("catalog", "debian", "search", "paimtbox", "--metadata", metadata)
        assert done.code == 0
        assert done.out.splitlines()[1].startswith("paintbox")
        found = json.loads(run("catalog", "debian", "search", "draw", "--metadata", metadata, "--json").out)
        assert [one["package"] for one in found["applications"]] == ["notes", "paintbox"]
        only = run("catalog", "debian", "search", "draw", "--metadata", metadata, "--category", "graphics").out
        assert "notes" not in only

    def test_shows_one(self, run: Run, metadata: str) -> None:
        done = run("catalog", "debian", "show", "paintbox", "--metadata", metadata)
        assert done.code == 0
        assert "https://paint.example/" in done.out

    def test_one_that_is_not_there_is_not_found(self, run: Run, metadata: str) -> None:
        done = run("catalog", "debian", "show", "paimtbox", "--metadata", metadata)
        assert done.code == 4
        assert "Did you mean paintbox?" in done.err

    def test_without_metadata_says_how_to_get_them(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(apt, "metadata", list)
        done = run("catalog", "debian", "search", "gimp")
        assert done.code == 1
        assert "apt-get install appstream" in done.err

    def test_a_file_of_another_kind_is_refused(self, run: Run, tmp_path: Path) -> None:
        path = tmp_path / "x.yml.gz"
        path.write_bytes(gzip.compress(b"hello"))
        done = run("catalog", "debian", "search", "gimp", "--metadata", str(path))
        assert done.code == 1
        assert "header" in done.err

    def test_makes_a_template_of_an_installed_one(self, run: Run, metadata: str, nothing_installed: Path) -> None:
        (nothing_installed / "org.example.PaintBox.desktop").write_bytes(archive.ENTRY)
        done = run("catalog", "debian", "template", "paintbox", "--metadata", metadata)
        assert done.code == 0
        assert yaml.safe_load(done.out)["spec"]["debian"]["command"] == ["paintbox", "--new"]

    def test_offline_it_guesses_or_fails(self, run: Run, metadata: str, nothing_installed: Path) -> None:
        guessed = run("catalog", "debian", "template", "paintbox", "--metadata", metadata, "--offline")
        assert guessed.code == 0
        assert "a guess" in guessed.err
        assert run("catalog", "debian", "template", "notes", "--metadata", metadata, "--offline").code == 1

    @pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="needs dpkg-deb")
    def test_looks_into_a_package_that_is_not_installed(
        self, run: Run, metadata: str, nothing_installed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        package = tmp_path / "tree"
        entry = package / "usr/share/applications/org.example.PaintBox.desktop"
        entry.parent.mkdir(parents=True)
        entry.write_bytes(archive.ENTRY)
        (package / "DEBIAN").mkdir()
        (package / "DEBIAN/control").write_text(
            "Package: paintbox\nVersion: 1\nArchitecture: all\nMaintainer: a <a@b.example>\nDescription: x\n"
        )

        def downloads(*arguments: str, folder: str = "/") -> str:
            if arguments[0] == "download":
                subprocess.run(
                    ["dpkg-deb", "--build", "--root-owner-group", package, f"{folder}/paintbox_1_all.deb"],
                    check=True,
                    capture_output=True,
                )
            return "'http://deb.example/paintbox_1_all.deb' paintbox_1_all.deb 2048 SHA256:0"

        monkeypatch.setattr(apt, "_apt", downloads)
        done = run("catalog", "debian", "template", "paintbox", "--metadata", metadata, "-o", str(tmp_path / "made"))
        assert done.code == 0
        made = yaml.safe_load((tmp_path / "made/paintbox.yaml").read_text())
        assert made["spec"]["debian"]["command"] == ["paintbox", "--new"]
        assert "Looking into paintbox (2 kB)" in done.err

    def test_a_package_that_is_too_large_is_left_alone(
        self, run: Run, metadata: str, nothing_installed: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(apt, "_apt", lambda *_, **__: "'http://a/b' b.deb 999999999999 SHA256:0")
        done = run("catalog", "debian", "template", "paintbox", "--metadata", metadata)
        assert done.code == 1
        assert "too much to look into" in done.err
