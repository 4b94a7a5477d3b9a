"""In CI a skipped test is a failed one, unless it is marked `may_skip`: what is not run is not proven.

Tests that drive real programs in real time may fail there once for the machine's sake: they get one second run, and the
end of the log names those that needed it.
"""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_timeout

if TYPE_CHECKING:
    from tools.docker import Running

STRICT = os.environ.get("CI") == "true"
HERE = Path(__file__).parent
MAY_RERUN = frozenset({"agent", "cli", "e2e", "gateway", "platforms", "scaletest", "server"})


@pytest.fixture(scope="session")
def docker_engine() -> Iterator["Running"]:
    """The machine's Docker Engine, or one of the tests' own; there is one for all tests of a run."""
    from tools import docker

    try:
        with docker.running() as found:
            yield found
    except docker.NoDocker as reason:
        if STRICT:
            raise
        pytest.skip(str(reason))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "may_skip: may be skipped in CI too; say why beside it")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if STRICT and item.path.relative_to(HERE).parts[0] in MAY_RERUN:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    # pytest-timeout counts once for a test and stops at its first failure; a second run that hangs must end too.
    settings = pytest_timeout._get_item_settings(item)
    if getattr(item, "execution_count", 1) > 1 and settings.timeout:
        item.ihook.pytest_timeout_set_timer(item=item, settings=settings)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    from tools import summary

    part = summary.of_pytest(terminalreporter.stats)
    if not hasattr(terminalreporter.config, "workerinput"):
        part.leave()
    if part.again:
        terminalreporter.section("tests that needed a second run", yellow=True)
    for name, why in part.again.items():
        terminalreporter.write_line(f"AGAIN {name} - {why}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if STRICT and report.skipped and not hasattr(report, "wasxfail") and not item.get_closest_marker("may_skip"):
        _refuse(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if STRICT and report.skipped:
        _refuse(report)
    return report


def _refuse(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"{reason}. A skipped test fails in CI; mark it `may_skip` if that is meant."
