"""`streamspace templates …`: as files, without a server, and against a fake one."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.client.fake import Fake

GOOD = """\
apiVersion: stream.space/v1alpha1
kind: Template
metadata: {name: painter}
spec:
  displayName: Painter
  debian: {packages: [mypaint], command: [mypaint]}
"""
PAINTER: dict[str, Any] = {
    "id": "t9",
    "name": "painter",
    "displayName": "Painter",
    "version": "1.0.0",
    "revision": 4,
    "manifest": {"apiVersion": "stream.space/v1alpha1", "kind": "Template", "metadata": {"name": "painter"}},
}
VERSION = {"id": "v1", "template": "painter", "version": "2.0.0", "status": "published", "isDefault": False}


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    folder = tmp_path / "catalog" / "templates" / "graphics"
    folder.mkdir(parents=True)
    (folder / "painter.yaml").write_text(GOOD)
    (tmp_path / "catalog" / "README.yaml").write_text("not: a template")
    return tmp_path / "catalog"


@pytest.fixture
def pushed(fake: Fake) -> Fake:
    fake.answers |= {
        "POST /templates": PAINTER,
        "PUT /templates/painter": PAINTER | {"version": "1.0.1", "revision": 5},
        "GET /templates/painter": PAINTER,
        "DELETE /templates/painter": None,
        "POST /templates/painter/restore": PAINTER,
        "GET /templates/painter/versions": {"versions": [VERSION | {"isDefault": True}], "total": 1},
        "POST /templates/painter/versions/2.0.0/publish": VERSION,
        "POST /templates/painter/versions/2.0.0/set-default": VERSION | {"isDefault": True},
        "POST /templates/painter/versions/2.0.0/deprecate": VERSION | {"status": "deprecated"},
        "POST /templates/painter/favorite": {"message": "", "template": "painter"},
        "DELETE /templates/painter/favorite": {"message": "", "template": "painter"},
        "POST /templates/painter/ratings": {"id": "r1", "rating": 4},
        "GET /templates/painter/ratings": {
            "ratings": [{"id": "r1", "username": "mia", "rating": 4, "review": "Nice."}],
            "total": 1,
            "average": 4.0,
            "count": 1,
        },
    }
    return fake


def written(fake: Fake) -> list[str]:
    return [call for call, _, _ in fake.calls if not call.startswith("GET ")]


class TestLint:
    def test_a_folder_is_checked_without_a_server(self, run: Run, catalog: Path) -> None:
        done = run("templates", "lint", str(catalog))
        assert (done.code, done.out) == (0, "")
        assert "1 checked: all can be taken." in done.err

    def test_a_fault_is_shown_where_it_is(self, run: Run, catalog: Path) -> None:
        bad = catalog / "templates" / "bad.yaml"
        bad.write_text(GOOD.replace("displayName: Painter", "displayName: 5"))
        done = run("templates", "lint", str(catalog))
        assert done.code == 1
        assert done.out.startswith(f"{bad}:5:16: error: spec.displayName: ")
        told = json.loads(run("templates", "lint", str(bad), "--json").out)["files"][0]
        assert (told["valid"], told["findings"][0]["line"]) == (False, 5)

    def test_warnings_fail_where_that_is_asked_for(self, run: Run, catalog: Path) -> None:
        odd = catalog / "odd.yaml"
        odd.write_text(GOOD + "  vendorNote: x\n")
        assert run("templates", "lint", str(odd)).code == 0
        assert run("templates", "lint", str(odd), "--strict").code == 1

    def test_nothing_to_check_is_an_error(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        assert run("templates", "lint", str(tmp_path / "empty")).code == 2
        assert run("templates", "lint", str(tmp_path / "missing.yaml")).code == 2


class TestServer:
    @pytest.fixture(autouse=True)
    def _up(self, run: Run, server: str) -> None:
        """Everything here talks to the fake server."""

    def test_one_is_made(self, run: Run, catalog: Path, pushed: Fake) -> None:
        path = str(catalog / "templates/graphics/painter.yaml")
        done = run("templates", "create", path, "--version", "1.0.0", "--changelog", "First.")
        assert done.code == 0, done.err
        assert "Painter is offered, in version 1.0.0." in done.err

    def test_what_cannot_be_taken_is_not_sent(self, run: Run, catalog: Path, pushed: Fake) -> None:
        (catalog / "templates" / "bad.yaml").write_text("kind: Pod")
        done = run("templates", "push", str(catalog))
        assert done.code == 1
        assert "Nothing was sent" in done.err
        assert written(pushed) == []

    def test_a_folder_is_pushed(self, run: Run, catalog: Path, pushed: Fake) -> None:
        done = run("templates", "push", str(catalog))
        assert done.code == 0, done.err
        assert "painter 1.0.0: made." in done.err

    def test_an_editor_changes_one(
        self, run: Run, pushed: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        script = tmp_path / "editor.py"
        script.write_text(f"import sys\nopen(sys.argv[1], 'w').write({GOOD!r})\n")
        monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
        done = run("templates", "edit", "painter")
        assert done.code == 0, done.err
        assert "in version 1.0.1" in done.err
        monkeypatch.setenv("VISUAL", "true")
        assert "Nothing was changed." in run("templates", "edit", "painter").err
        monkeypatch.setenv("VISUAL", "false")
        assert run("templates", "edit", "painter").code == 1

    def test_versions_are_shown_and_moved(self, run: Run, pushed: Fake) -> None:
        assert "2.0.0    published  yes" in run("templates", "versions", "painter").out
        assert "2.0.0 is published, and what everybody gets." in (
            run("templates", "publish", "painter", "2.0.0", "--default").err
        )
        assert "is deprecated" in run("templates", "publish", "painter", "2.0.0", "--deprecate").err
        assert run("templates", "publish", "painter", "2.0.0", "--deprecate", "--default").code == 2

    def test_it_is_liked_rated_deleted_and_restored(self, run: Run, pushed: Fake) -> None:
        assert run("templates", "favorite", "painter").code == 0
        assert run("templates", "favorite", "painter", "--remove").code == 0
        rated = run("templates", "rate", "painter", "4", "Nice.")
        assert "4      mia  Nice." in rated.out
        assert "4.0 of 5, by 1." in rated.err
        assert run("templates", "delete", "painter").code == 2
        assert run("templates", "delete", "painter", "--yes").code == 0
        assert run("templates", "restore", "painter").code == 0
        assert written(pushed) == [
            "POST /templates/painter/favorite",
            "DELETE /templates/painter/favorite",
            "POST /templates/painter/ratings",
            "DELETE /templates/painter",
            "POST /templates/painter/restore",
        ]
