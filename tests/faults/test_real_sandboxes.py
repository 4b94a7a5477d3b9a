"""The same with the product's own platform: real sandboxes, which outlive the programs that started them."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import SECONDS
from tests.faults.installation import Installation
from tests.faults.load import Load, Person

_NEEDED = ("bwrap", "Xvfb", "openbox", "xfce4-terminal")


@pytest.fixture
def sandboxed(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    if missing := [name for name in _NEEDED if shutil.which(name) is None]:
        pytest.skip(f"needs {', '.join(missing)}")
    monkeypatch.setattr(Person, "MOST", 2)
    made = Installation(place / "real", "", agents=1)
    made.patient = True
    made.agents["agent-1"].real = True
    try:
        made.begin()
        yield made
    finally:
        print(made.logs())
        made.end()


def test_programs_are_killed_above_real_sandboxes(sandboxed: Installation) -> None:
    with Load(sandboxed, people=2) as load:
        time.sleep(SECONDS / 3)
        for name in ("agent-1", "server"):
            sandboxed.kill(name)
            time.sleep(0.5)
            if name == "server":
                sandboxed.start_server()
                sandboxed.api.until_ready()
            else:
                sandboxed.start_agent(name)
            time.sleep(SECONDS / 3)
    sandboxed.until_online(1)
    assert sandboxed.running()
    print(load.check(seconds=120))
    load.tidy()
