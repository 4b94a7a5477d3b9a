import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from streamspace.scaletest import agents
from streamspace.scaletest.measures import Figure
from tests.cli.conftest import Run

FIGURES = [Figure("agents", 3, ""), Figure("command to ack, p95", 12.345, "ms", 50.0)]


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[agents.Plan]:
    plans: list[agents.Plan] = []

    async def local(plan: agents.Plan, say: Any) -> list[Figure]:
        plans.append(plan)
        return FIGURES

    monkeypatch.setattr(agents, "on_a_local_one", local)
    return plans


def test_figures_are_a_table_and_a_file(run: Run, planned: list[agents.Plan], tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    done = run("scaletest", "agents", "--local", "--count", "3", "--length", "2s", "--output", str(file))
    assert done.code == 0
    assert "12.35" in done.out
    assert "at most 50" in done.out
    assert json.loads(file.read_text()) == {"ok": True, "figures": [figure.out() for figure in FIGURES]}
    assert (planned[0].count, planned[0].length) == (3, timedelta(seconds=2))


def test_a_missed_target_is_a_failure(run: Run, planned: list[agents.Plan], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "FIGURES", [Figure("command to ack, p95", 51.0, "ms", 50.0)])
    done = run("scaletest", "agents", "--local", "--json")
    assert (done.code, json.loads(done.out)["ok"]) == (1, False)


@pytest.mark.parametrize(
    "wrong",
    [
        ["--local", "--await-restart", "5m"],
        ["--database-url", "postgresql://nowhere/nothing"],
        ["--local", "--length", "soon"],
        ["--local", "--count", "0"],
    ],
)
def test_what_does_not_fit_is_wrong_usage(run: Run, planned: list[agents.Plan], wrong: list[str]) -> None:
    assert run("scaletest", "agents", *wrong).code == 2
    assert planned == []
