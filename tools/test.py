"""`./dev test`: everything as CI runs it, or with arguments only pytest with a PostgreSQL beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from tools import apt, machine, memory, postgres, summary, web
from tools.strands import Beside, Strand

if TYPE_CHECKING:
    from types import FrameType

ROOT = Path(__file__).parents[1]
URL_VARIABLE = "STREAMSPACE_TEST_POSTGRES"
NO_TESTS = 5
REAL_TIME = ["tests/e2e", "tests/faults", "tests/gateway"]
IN_SANDBOXES = ["tests/platforms", "tests/e2e/test_docker.py"]
"""One Docker Engine serves them all, so one run of pytest has them all."""
PYTEST = [sys.executable, "-m", "pytest"]


def _without(paths: list[str]) -> list[str]:
    return [f"--ignore={path}" for path in paths]


STRANDS = [
    # What drives real programs and measures time has the machine first; most of the time it waits.
    Strand({"real time": [*PYTEST, *REAL_TIME, *_without(IN_SANDBOXES)]}),
    Strand({"sandboxes": [*PYTEST, *IN_SANDBOXES]}),
    Strand(
        {
            "checks": [sys.executable, "-m", "tools.check"],
            "all others": [*PYTEST, "tests", *_without(REAL_TIME + IN_SANDBOXES), "-n2", "--dist=loadfile"],
        },
        spare=True,
    ),
]


def main(arguments: list[str]) -> int:
    """Prepare the machine, check, test; every step runs even if one before it failed."""
    signal.signal(signal.SIGTERM, _leave)
    strict = os.environ.get("CI") == "true"
    failed: list[str] = []
    try:
        machine.prepare("test")
    except apt.CannotInstall as error:
        print(f"{error}\nTests that need them will be skipped.", file=sys.stderr)
        if strict:
            failed.append("packages")
    try:
        web.build()
        web.packages()
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"The web UI was not built: {error}", file=sys.stderr)
        failed.append("web build")
    try:
        web.packages(web.IDENTITY_PROVIDERS, whose="idps")
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"The tests' identity providers were not installed: {error}", file=sys.stderr)
        failed.append("identity providers")
    code = _run(arguments, strict=strict)
    if failed:
        print(f"Failed before all tests: {', '.join(failed)}", flush=True)
    return code or (1 if failed else 0)


def _run(arguments: list[str], *, strict: bool) -> int:
    # A developer's own settings must not decide whether a test passes.
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith("STREAMSPACE_") or k.startswith("STREAMSPACE_TEST_")
    }
    with ExitStack() as stack:
        if URL_VARIABLE not in kept:
            started = time.monotonic()
            try:
                kept[URL_VARIABLE] = stack.enter_context(postgres.running())
                print(f"PostgreSQL started in {time.monotonic() - started:.1f} s.", flush=True)
            except postgres.NoPostgres as error:
                print(f"{error}\nTests on PostgreSQL will be skipped.", file=sys.stderr)
                if strict:
                    return 1
        # Short, for a socket's path has at most 107 bytes.
        place = stack.enter_context(tempfile.TemporaryDirectory(prefix="t-", dir=memory.folder()))
        kept["PYTEST_DEBUG_TEMPROOT"] = place
        kept.setdefault("PYTHONHASHSEED", "0")  # every worker must find the same tests in the same order
        if not arguments:
            return _all(kept, Path(place))
        code = subprocess.run([*PYTEST, *arguments], cwd=ROOT, env=kept, check=False).returncode
        return 1 if code == NO_TESTS else code


def _all(env: dict[str, str], place: Path) -> int:
    told = place / "told"
    told.mkdir()
    beside = Beside(ROOT, env | {summary.FOLDER: str(told)}, place)
    beside.run(STRANDS)
    print(summary.show(summary.read(told), beside.ended), flush=True)
    return 1 if any(code for code, _ in beside.ended.values()) else 0


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
