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

from tools import apt, check, machine, memory, postgres, web

if TYPE_CHECKING:
    from types import FrameType

ROOT = Path(__file__).parents[1]
URL_VARIABLE = "STREAMSPACE_TEST_POSTGRES"
NO_TESTS = 5
REAL_TIME = ["tests/e2e", "tests/faults", "tests/gateway", "tests/platforms"]
"""What drives real programs and measures time; it has the machine to itself."""
BESIDE_EACH_OTHER = ["tests", *(f"--ignore={path}" for path in REAL_TIME), "-n", "2", "--dist", "loadfile"]
ONE_AT_A_TIME = REAL_TIME


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
    if not arguments:
        failed += check.run_all(check.commands())
    code = _pytest(arguments, strict=strict)
    if failed:
        print(f"Failed before pytest: {', '.join(failed)}", flush=True)
    return code or (1 if failed else 0)


def _pytest(arguments: list[str], *, strict: bool) -> int:
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
        runs = [arguments] if arguments else [BESIDE_EACH_OTHER, ONE_AT_A_TIME]
        codes = [
            subprocess.run([sys.executable, "-m", "pytest", *run], cwd=ROOT, env=kept, check=False).returncode
            for run in runs
        ]
    return max(1 if code == NO_TESTS else code for code in codes)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
