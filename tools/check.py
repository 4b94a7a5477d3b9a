"""Everything that is checked without running the product, two at a time: `python -m tools.check`."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools import summary

ROOT = Path(__file__).parents[1]
PYTHON_CHECKS = {
    "ruff check": ["ruff", "check", "--quiet", "."],
    "ruff format": ["ruff", "format", "--check", "--quiet", "."],
    "mypy": ["mypy"],
    "mypy tools": ["mypy", "tools"],
    "import rules": ["lint-imports", "--no-logo"],
}
WEB_SCRIPTS = ("format:check", "lint", "typecheck", "test")
AT_ONCE = 2


def commands(root: Path = ROOT) -> dict[str, tuple[list[str], Path]]:
    """Return each check's command and where it runs; of the web UI, the scripts its package.json has."""
    found = {name: (command, root) for name, command in PYTHON_CHECKS.items()}
    manifest = root / "web" / "package.json"
    if manifest.is_file():
        scripts = json.loads(manifest.read_text()).get("scripts", {})
        for script in WEB_SCRIPTS:
            if script in scripts:
                found[f"web {script}"] = (["npm", "run", "--silent", script], root / "web")
    return found


def run_all(checks: dict[str, tuple[list[str], Path]]) -> summary.Part:
    """Run the checks, print a line each and the output of those that fail, and return what is to be told of them."""
    failed, took = {}, {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = {name: pool.submit(_run, *command) for name, command in checks.items()}
        for name, result in running.items():
            code, output, seconds = result.result()
            print(f"{'ok  ' if code == 0 else 'FAIL'} {name} ({seconds:.1f} s)", flush=True)
            if code != 0:
                print(output.rstrip(), flush=True)
                failed[name] = output
            took[name] = seconds
    return summary.of_checks(failed, took)


def _run(command: list[str], folder: Path) -> tuple[int, str, float]:
    started = time.monotonic()
    try:
        done = subprocess.run(
            command, cwd=folder, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
    except OSError as error:
        return 1, str(error), 0.0
    return done.returncode, done.stdout, time.monotonic() - started


def main() -> int:
    """Check everything."""
    part = run_all(commands())
    part.leave()
    if part.failed:
        print(f"Failed: {', '.join(part.failed)}. `./dev fmt` fixes formatting.", file=sys.stderr)
    return 1 if part.failed else 0


if __name__ == "__main__":
    sys.exit(main())
