import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tools import summary
from tools.strands import Beside, Strand

ROOT = Path(__file__).parents[2]
BODY = """
import pytest
runs = []
def test_good(): pass
def test_bad(): assert {1, 2} == {3}, "one\\ntwo"
@pytest.fixture
def broken(): raise OSError("no such thing")
def test_without(broken): pass
@pytest.mark.flaky(reruns=1)
def test_once(): runs.append(1); assert len(runs) > 1, "busy"
"""


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


class TestStrands:
    @pytest.fixture
    def beside(self, tmp_path: Path) -> Beside:
        return Beside(tmp_path, dict(os.environ), tmp_path)

    def test_one_follows_the_other_whatever_became_of_it(
        self, beside: Beside, capsys: pytest.CaptureFixture[str]
    ) -> None:
        beside.run([Strand({"a": python("print('said'); raise SystemExit(3)"), "b": python("open('b', 'x')")})])

        assert {name: code for name, (code, _) in beside.ended.items()} == {"a": 3, "b": 0}
        assert "=== a\nsaid\n" in capsys.readouterr().out
        assert (beside.where / "b").exists()

    def test_strands_run_beside_each_other(self, beside: Beside) -> None:
        wait = "import os, time\nopen('{}', 'x')\nwhile not os.path.exists('{}'): time.sleep(0.05)"

        beside.run([Strand({"x": python(wait.format("x", "y"))}), Strand({"y": python(wait.format("y", "x"))})])

        assert {code for code, _ in beside.ended.values()} == {0}

    def test_what_takes_what_is_left_is_nice(self, beside: Beside, capsys: pytest.CaptureFixture[str]) -> None:
        beside.run([Strand({"nice": python("import os; print(os.nice(0))")}, spare=True)])

        assert capsys.readouterr().out.split()[-1] == str(min(19, os.nice(0) + 7))

    def test_none_outlives_an_interruption(self, beside: Beside) -> None:
        code = "import os, time; print(os.getpid(), file=open('pid', 'w'), flush=True); time.sleep(100)"

        def interrupt() -> None:
            while not (beside.where / "pid").exists() or not (beside.where / "pid").read_text():
                time.sleep(0.05)
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

        threading.Thread(target=interrupt).start()
        # What runs in the background of a shell begins with this signal ignored.
        former = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            with pytest.raises(KeyboardInterrupt):
                beside.run([Strand({"long": python(code), "next": python("open('next', 'x')")})])
        finally:
            signal.signal(signal.SIGINT, former)

        with pytest.raises(ProcessLookupError):
            os.kill(int((beside.where / "pid").read_text()), 0)
        assert not (beside.where / "next").exists()


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[summary.Part]:
    tmp_path = tmp_path_factory.mktemp("run")
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
    (tmp_path / "tests" / "kit").mkdir(parents=True)
    (tmp_path / "tests" / "kit" / "test_it.py").write_text(BODY)
    told = tmp_path / "told"
    told.mkdir()
    command = [sys.executable, "-m", "pytest", "-q", "-n", "1", "-c", os.devnull, "--rootdir", str(tmp_path)]
    subprocess.run(
        [*command, str(tmp_path / "tests")],
        env=os.environ | {summary.FOLDER: str(told), "CI": "false"},
        capture_output=True,
        check=False,
    )
    return summary.read(told)


class TestSummary:
    def test_a_run_leaves_what_failed_and_why(self, parts: list[summary.Part]) -> None:
        (part,) = parts

        assert {name.rpartition("::")[2] for name in part.failed} == {"test_bad", "test_without"}
        assert part.failed["tests/kit/test_it.py::test_bad"].startswith(
            "AssertionError: one · two · assert {1, 2} == {3}"
        )
        assert part.failed["tests/kit/test_it.py::test_without"] == "OSError: no such thing (test_it.py:7)"
        assert part.again["tests/kit/test_it.py::test_once"].startswith("AssertionError: busy")
        assert list(part.seconds) == ["tests/kit"]

    def test_failures_come_last(self, parts: list[summary.Part]) -> None:
        checked = summary.of_checks({"lint": "much\n" * 50 + "the end"}, {"lint": 61.0})

        lines = summary.show([checked, *parts], {"checks": (1, 61.0), "tests": (-9, 120.0)}).splitlines()

        assert lines[2] == "   61.0 s  lint"
        assert "Minutes of each program: checks 1.0, tests 2.0" in lines
        failures = [line for line in lines if line.startswith("FAILED")]
        assert lines[-len(failures) + 1 :] == failures[1:]
        assert [line.partition(":")[0] for line in failures[-2:]] == ["FAILED checks", "FAILED tests"]
        assert lines.count("    much") == summary.LAST_LINES - 1

    def test_a_long_reason_keeps_its_end(self) -> None:
        class Report:
            longrepr = "begin " + "x" * 1000 + " the end"

        said = summary.reason(Report())

        assert said.startswith("begin")
        assert said.endswith("the end")
        assert len(said) <= summary.LONGEST_REASON + 3
