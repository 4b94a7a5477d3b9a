import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import apt, check, machine, postgres, summary, web

ROOT = Path(__file__).parents[2]


class TestWeb:
    @pytest.fixture
    def ui(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A UI whose npm is a script that counts its calls and writes the built page."""
        folder = tmp_path / "web"
        (folder / "src").mkdir(parents=True)
        (folder / "package.json").write_text("{}")
        (folder / "src" / "main.ts").write_text("1")
        npm = tmp_path / "bin" / "npm"
        npm.parent.mkdir()
        npm.write_text(
            f"#!/bin/sh\necho $1 >> {tmp_path}/calls\nmkdir -p node_modules {tmp_path}/dist\n"
            f"if [ $1 = run ]; then touch {tmp_path}/dist/index.html; fi\n"
        )
        npm.chmod(0o755)
        monkeypatch.setenv("PATH", f"{npm.parent}:{os.environ['PATH']}")
        return folder

    def build(self, ui: Path) -> bool:
        return web.build(ui, ui.parent / "dist", ui.parent / "stamps")

    def test_builds_once_per_content(self, ui: Path) -> None:
        assert self.build(ui)
        assert not self.build(ui)
        (ui / "src" / "main.ts").write_text("2")
        assert self.build(ui)

        assert (ui.parent / "calls").read_text().split() == ["install", "run", "run"]

    def test_builds_again_when_the_result_is_gone(self, ui: Path) -> None:
        self.build(ui)
        (ui.parent / "dist" / "index.html").unlink()

        assert self.build(ui)

    def test_a_changed_lock_installs_again(self, ui: Path) -> None:
        self.build(ui)
        (ui / "package-lock.json").write_text("{}")
        self.build(ui)

        assert (ui.parent / "calls").read_text().split() == ["install", "run", "ci", "run"]

    def test_a_lock_that_does_not_fit_is_repaired_but_not_in_ci(
        self, ui: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (ui / "package-lock.json").write_text("{}")
        npm = ui.parent / "bin" / "npm"
        npm.write_text(f"#!/bin/sh\necho $1 >> {ui.parent}/calls\n[ $1 != ci ]\n")

        monkeypatch.setenv("CI", "true")
        with pytest.raises(subprocess.CalledProcessError):
            web.packages(ui, ui.parent / "stamps")
        monkeypatch.delenv("CI")
        assert web.packages(ui, ui.parent / "stamps")

        assert (ui.parent / "calls").read_text().split() == ["ci", "ci", "install"]

    def test_each_folder_has_a_stamp_of_its_own(self, ui: Path) -> None:
        idps = ui.parent / "idps"
        idps.mkdir()
        (idps / "package.json").write_text("{}")
        stamps = ui.parent / "stamps"
        assert web.packages(ui, stamps)
        assert web.packages(idps, stamps, whose="idps")
        assert not web.packages(ui, stamps)
        assert not web.packages(idps, stamps, whose="idps")

        assert (ui.parent / "calls").read_text().split() == ["install", "install"]

    def test_no_ui_is_no_error(self, tmp_path: Path) -> None:
        assert not web.build(tmp_path, tmp_path / "dist", tmp_path / "stamps")


class TestMachine:
    def test_finds_the_packages_of_named_templates(self, tmp_path: Path) -> None:
        manifest = "kind: Template\nmetadata: {name: %s}\nspec: {debian: {packages: [%s]}}\n"
        (tmp_path / "a.yaml").write_text(manifest % ("terminal", "xterm"))
        (tmp_path / "b.yml").write_text(manifest % ("gimp", "gimp"))
        (tmp_path / "c.yaml").write_text("just: data")

        assert machine.template_packages(tmp_path, frozenset({"terminal"})) == ["xterm"]

    def test_missing_packages_name_the_command(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(apt, "missing_packages", lambda wanted: wanted)
        monkeypatch.setattr(apt.shutil, "which", lambda _: "/usr/bin/apt-get")
        monkeypatch.setattr(apt, "_as_root", lambda: None)

        with pytest.raises(apt.CannotInstall, match="sudo apt-get install --no-install-recommends a b"):
            apt.install(["b", "a"], "Testing")

    def test_what_only_saml_needs_does_not_stop_up(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def install(wanted: list[str], why: str) -> None:
            if "xmlsec1" in wanted:
                raise apt.CannotInstall(f"{why} needs packages.")

        monkeypatch.setattr(apt, "install", install)
        monkeypatch.setattr(sys, "argv", ["machine", "up"])
        monkeypatch.setenv("CI", "true")

        assert machine.main() == 0
        assert "SAML" in capsys.readouterr().err
        with pytest.raises(apt.CannotInstall):
            machine.prepare("test")


class TestCheck:
    def test_failures_are_named_with_their_output(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        good = ([sys.executable, "-c", ""], tmp_path)
        bad = ([sys.executable, "-c", "print('why'); raise SystemExit(1)"], tmp_path)

        part = check.run_all({"good": good, "bad": bad})

        assert list(part.failed) == ["bad"]
        assert part.failed["bad"].split() == ["why"]
        assert "why" in capsys.readouterr().out


class TestPostgres:
    @pytest.fixture
    def url(self) -> str:
        try:
            postgres.find_programs()
        except postgres.NoPostgres as error:
            pytest.skip(str(error))
        return ""

    def test_runs_and_leaves_nothing(self, url: str) -> None:
        with postgres.running() as address:
            home = Path(address.partition("host=")[2])
            shown = subprocess.run(
                ["psql", f"--host={home}", "--username=streamspace", "-Atc", "select 6 * 7", "streamspace"],
                capture_output=True,
                text=True,
                check=True,
            )
            assert shown.stdout == "42\n"

        assert not home.exists()


def alone(*, ci: bool) -> dict[str, str]:
    """Return the environment of a pytest whose outcome is not told with that of this run."""
    kept = {name: value for name, value in os.environ.items() if name != summary.FOLDER}
    return kept | {"CI": "true" if ci else "false"}


class TestSkips:
    def outcome(self, tmp_path: Path, body: str, *, ci: bool) -> int:
        (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
        (tmp_path / "test_it.py").write_text(f"import pytest\n\n{body}\ndef test_one(): pytest.skip('no')\n")
        environment = alone(ci=ci)
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-c",
            os.devnull,
            "--rootdir",
            str(tmp_path),
            str(tmp_path),
        ]
        return subprocess.run(command, env=environment, capture_output=True, check=False).returncode

    @pytest.mark.parametrize(
        ("body", "ci", "code"),
        [
            ("", False, 0),
            ("", True, 1),
            ("@pytest.mark.may_skip", True, 0),
            ("pytest.importorskip('no_such_module')", True, 2),
            ("@pytest.mark.xfail(raises=ValueError)", True, 1),
        ],
    )
    def test_fail_in_ci_unless_meant(self, tmp_path: Path, body: str, ci: bool, code: int) -> None:  # noqa: FBT001
        assert self.outcome(tmp_path, body, ci=ci) == code


class TestSecondRuns:
    BODY = """
import pytest
runs = []
def test_once(): runs.append(1); assert len(runs) > 1, "the machine was busy"
def test_never(): raise AssertionError("it is broken")
@pytest.mark.timeout(1)
def test_hangs(): __import__("time").sleep(100)
"""

    def outcome(self, tmp_path: Path, folder: str, *, ci: bool) -> str:
        (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "test_it.py").write_text(self.BODY)
        environment = alone(ci=ci)
        command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", str(tmp_path), str(tmp_path)]
        return subprocess.run(command, env=environment, capture_output=True, check=False, text=True).stdout

    @pytest.mark.parametrize("folder", ["e2e", "gateway", "platforms"])
    def test_a_test_in_real_time_has_one_in_ci_and_it_is_told(self, tmp_path: Path, folder: str) -> None:
        said = self.outcome(tmp_path, folder, ci=True)

        assert "2 failed, 1 passed, 3 rerun" in said
        assert f"AGAIN {folder}/test_it.py::test_once - AssertionError: the machine was busy" in said

    def test_no_other_has(self, tmp_path: Path) -> None:
        assert "3 failed in" in self.outcome(tmp_path, "kit", ci=True)

    def test_nobodys_own_machine_hides_a_failure(self, tmp_path: Path) -> None:
        assert "3 failed in" in self.outcome(tmp_path, "e2e", ci=False)


def test_dev_names_every_recipe() -> None:
    shown = subprocess.run([ROOT / "dev", "--list"], capture_output=True, text=True, check=True)

    assert {"up", "test", "check", "fmt"} <= {line.split()[0] for line in shown.stdout.splitlines()[1:]}


def test_recipes_have_three_lines_at_most() -> None:
    text = (ROOT / "justfile").read_text()
    bodies = [block.splitlines() for block in text.split("\n\n")]

    assert max(sum(line.startswith("    ") for line in block) for block in bodies) <= 3
