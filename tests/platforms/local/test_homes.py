"""How much a home takes: what du says of it, within a bound."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from streamspace.platforms.local.homes import size_of
from streamspace.platforms.local.identities import Identities

MB = 1024**2


async def test_files_are_counted_by_what_they_take_and_links_are_not_followed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "elsewhere").write_bytes(os.urandom(8 * MB))
    (home / "inside").symlink_to(tmp_path / "elsewhere")
    (home / "once").write_bytes(os.urandom(2 * MB))
    (home / "twice").hardlink_to(home / "once")
    with (home / "sparse").open("wb") as sparse:
        sparse.truncate(1024 * MB)
    (home / "deep" / "er").mkdir(parents=True)
    (home / "deep" / "er" / "-rf *\n").write_bytes(os.urandom(MB))
    size = await size_of(home)
    assert size is not None
    assert 3 * MB <= size < 3.5 * MB


async def test_what_takes_too_long_or_is_not_there_has_no_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await size_of(tmp_path / "nowhere") is None
    slow = tmp_path / "du"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert await size_of(tmp_path, seconds=0.3) is None


def test_homes_are_found_by_whose_they_are(tmp_path: Path) -> None:
    strange = "a/../b"
    identities = Identities(tmp_path)
    (tmp_path / "uids.json").write_text(json.dumps({f"org-1/{strange}": 1_900_000_000}))
    for user in ("user-1", strange):
        identities.home("org-1", user).mkdir(parents=True)
    (tmp_path / "homes" / ".once" / "key").mkdir(parents=True)
    (tmp_path / "homes" / "org-1" / ".user-2.new").mkdir()
    assert identities.homes() == {(("org-1", user)): identities.home("org-1", user) for user in ("user-1", strange)}
