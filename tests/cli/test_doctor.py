import json
import os
import socket
from pathlib import Path

import pytest

from streamspace.cli import checks
from tests.cli.conftest import Run


def test_every_check_is_a_line_with_what_to_do(run: Run, tmp_path: Path) -> None:
    done = run("doctor", "--data-dir", str(tmp_path), "--json")

    body = json.loads(done.out)
    assert done.code == (0 if body["ok"] else 1)
    assert {"Python", "Sandbox", "Streaming engine", "Data directory"} <= {one["name"] for one in body["checks"]}
    assert all(one["fix"] for one in body["checks"] if one["status"] == "fail")


def test_a_failed_check_fails_the_command(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = checks.Check(name="Thing", status="fail", message="is missing", fix="get it")
    monkeypatch.setattr(checks, "all_checks", lambda *_: iter([lambda: bad]))

    done = run("doctor")

    assert done.code == 1
    assert done.out == (
        "✗ Thing              is missing\n                     → get it\n\n1 to fix before sessions can run here."
    )


def test_missing_packages_come_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "missing_packages", lambda _: ["no-such-package"])
    monkeypatch.setattr(checks.shutil, "which", lambda name: f"/usr/bin/{name}")

    found = checks.packages()

    assert found.status == "fail"
    assert found.fix.endswith("apt-get install --no-install-recommends no-such-package")


def test_a_taken_port_is_a_warning() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert checks.free_port(taken.getsockname()[1]).status == "warn"


def test_a_long_data_directory_leaves_no_room_for_sockets(tmp_path: Path) -> None:
    found = checks.writable(tmp_path / ("x" * 60))

    assert found.status == "fail"
    assert "too long" in found.message


def test_a_data_directory_that_is_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "d").touch()

    assert checks.writable(tmp_path / "d").status == "fail"


def test_a_sandbox_that_fails_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho 'No permissions to create new namespace' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    found = checks.sandbox()

    assert found.status == "fail"
    assert "No permissions" in found.message
    assert found.fix
