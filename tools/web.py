"""The web UI's packages and build, skipped while nothing changed: `python -m tools.web packages|build`.

The identity providers that tests run are npm packages too, installed in the same way.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
WEB = ROOT / "web"
IDENTITY_PROVIDERS = ROOT / "tests" / "idps"
BUILT = ROOT / "src" / "streamspace" / "server" / "web" / "dist"
DESK = ROOT / "src" / "streamspace" / "gateway" / "web" / "vnc"
STAMPS = ROOT / ".cache"
NOT_SOURCES = frozenset({"node_modules", "dist", "coverage", "test-results", ".vite"})


def packages(web: Path = WEB, stamps: Path = STAMPS, *, whose: str = "web") -> bool:
    """Install a folder's npm packages; False if nothing changed since the last time."""
    if not (web / "package.json").is_file():
        return False
    lock = web / "package-lock.json"
    wanted = digest([path for path in (web / "package.json", lock) if path.is_file()], web)
    stamp = stamps / f"{whose}-packages"
    if _same(stamp, wanted) and (web / "node_modules").is_dir():
        return False
    print(f"Installing the npm packages of {web.name} …", file=sys.stderr, flush=True)
    quietly = ["--no-audit", "--no-fund", "--loglevel=error"]
    strict = os.environ.get("CI") == "true"
    exact = ["npm", "ci", *quietly]
    # Outside CI a lock that does not fit package.json is repaired, so that a half-done change does not stop `up`.
    if not lock.is_file() or subprocess.run(exact, cwd=web, check=strict, capture_output=not strict).returncode != 0:
        subprocess.run(["npm", "install", *quietly], cwd=web, check=True)
    _keep(stamp, digest([path for path in (web / "package.json", lock) if path.is_file()], web))
    return True


def build(web: Path = WEB, built: Path = BUILT, stamps: Path = STAMPS) -> bool:
    """Build the UI into the package; False if its sources are those of the last build."""
    if not (web / "package.json").is_file():
        return False
    wanted = digest(sources(web), web)
    stamp = stamps / "web-build"
    pages = (built, DESK) if built == BUILT else (built,)
    if _same(stamp, wanted) and all((page / "index.html").is_file() for page in pages):
        return False
    packages(web, stamps)
    print("Building the web UI …", file=sys.stderr, flush=True)
    started = time.monotonic()
    done = subprocess.run(["npm", "run", "--silent", "build"], cwd=web, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        sys.stderr.write(done.stdout + done.stderr)
        raise subprocess.CalledProcessError(done.returncode, done.args)
    print(f"Built in {time.monotonic() - started:.0f} s.", file=sys.stderr, flush=True)
    _keep(stamp, digest(sources(web), web))
    return True


def sources(web: Path) -> Iterator[Path]:
    """Yield every file that the build may read."""
    for path in sorted(web.iterdir()):
        if path.name in NOT_SOURCES:
            continue
        if path.is_dir():
            yield from (inner for inner in sorted(path.rglob("*")) if inner.is_file())
        else:
            yield path


def digest(paths: Iterator[Path] | list[Path], root: Path) -> str:
    """Return one hash of files' names and contents."""
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{path.relative_to(root)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _same(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text() == wanted


def _keep(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)


def main() -> int:
    """Do one step; a failure of npm has said why already."""
    try:
        packages() if sys.argv[1:] == ["packages"] else build()
    except subprocess.CalledProcessError as error:
        print(f"{' '.join(error.cmd)} failed.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
