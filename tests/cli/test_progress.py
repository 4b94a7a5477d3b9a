from datetime import timedelta
from io import StringIO

import pytest
from rich.console import Console

from streamspace.cli.progress import Phases
from streamspace.client import Session
from tests.client.fake import START

SESSION = Session(id="s", template="xterm", state="starting", created_at=START)


def drawn(state: str, phases: dict[str, float]) -> list[str]:
    view = Phases(live=False)
    progress = [{"phase": phase, "at": START + timedelta(seconds=at)} for phase, at in phases.items()]
    view._session = Session.model_validate(SESSION.model_dump() | {"state": state, "progress": progress})
    out = StringIO()
    Console(file=out, width=80).print(view._draw())
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_each_phase_has_its_own_time() -> None:
    assert drawn("running", {"accepted": 0, "engine": 0.2, "ready": 1.5}) == [
        "✓  Accepted                       0.2 s",
        "✓  Starting the streaming engine  1.3 s",
        "✓  Ready",
    ]


def test_the_phase_that_failed_is_marked() -> None:
    lines = drawn("failed", {"accepted": 0, "display": 1})

    assert lines[0].startswith("✓  Accepted")
    assert lines[1].startswith("✗  Starting the display")


@pytest.mark.parametrize("state", ["pending", "failed"])
def test_no_phase_yet_is_an_empty_picture(state: str) -> None:
    assert drawn(state, {}) == []
