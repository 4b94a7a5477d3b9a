from __future__ import annotations

from pathlib import Path

import pytest

from streamspace.platforms.base import InstallsPackages, PlatformError
from streamspace.platforms.process import packages
from streamspace.platforms.process.packages import Installed
from streamspace.platforms.process.platform import ProcessPlatform
from tests.platforms.process.inside import ignore

STATUS = """\
Package: xterm
Status: install ok installed
Provides: x-terminal-emulator, other (= 1.0)

Package: gone
Status: deinstall ok config-files
Provides: nothing
"""


def test_what_is_installed_is_read_from_dpkg(tmp_path: Path) -> None:
    status = tmp_path / "status"
    status.write_text(STATUS)
    installed = Installed(status)
    assert installed.names() == {"xterm"}
    assert installed.missing(["xterm", "gone", "x-terminal-emulator", "nothing"]) == ["gone", "nothing"]


def test_a_change_is_noticed(tmp_path: Path) -> None:
    status = tmp_path / "status"
    status.write_text(STATUS)
    installed = Installed(status)
    assert installed.missing(["nano"]) == ["nano"]
    status.write_text(STATUS + "\nPackage: nano\nStatus: install ok installed\n")
    assert installed.missing(["nano"]) == []


def test_a_machine_without_dpkg_lacks_nothing(tmp_path: Path) -> None:
    assert Installed(tmp_path / "none").missing(["xterm"]) == []


async def test_installing_must_be_allowed(tmp_path: Path) -> None:
    platform = ProcessPlatform(tmp_path)
    assert isinstance(platform, InstallsPackages)
    with pytest.raises(PlatformError, match="apt install --no-install-recommends nano vim"):
        await platform.install_packages(["nano", "vim"], ignore)
    await platform.close()


async def test_a_failed_install_says_what_apt_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "apt-get"
    fake.write_text('#!/bin/sh\necho "asked: $*"\necho "E: Unable to locate package nope" >&2\nexit 100\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(packages.os, "geteuid", lambda: 0)
    monkeypatch.setattr(packages, "LISTS", tmp_path)
    (tmp_path / "x_Packages").touch()
    lines: list[str] = []

    async def log(line: str) -> None:
        lines.append(line)

    with pytest.raises(PlatformError, match="Unable to locate package nope"):
        await ProcessPlatform(tmp_path, allow_apt=True).install_packages(["nope"], log)
    assert "install -y --no-install-recommends -- nope" in lines[0]
