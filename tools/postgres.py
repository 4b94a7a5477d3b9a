"""A PostgreSQL of our own for one test run: in a temporary directory, reached by its Unix socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tools import memory

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "streamspace"
# A crash may lose this data, so it need not be written safely.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}


class NoPostgres(Exception):  # noqa: N818
    """PostgreSQL is not installed, or did not start."""


@contextmanager
def running() -> Iterator[str]:
    """Run a fresh server and yield its SQLAlchemy address; everything is gone afterwards.

    Raises:
        NoPostgres: it is not installed, or did not start; the text has the end of its log.
    """
    programs = find_programs()
    home = Path(tempfile.mkdtemp(prefix="streamspace-pg-", dir=memory.folder()))
    prefix = _drop_root(home)
    data, log = home / "data", home / "log"
    options = " ".join(
        f"-c {key}='{value}'" for key, value in (OPTIONS | {"unix_socket_directories": str(home)}).items()
    )
    control = [*prefix, str(programs / "pg_ctl"), "--pgdata", str(data), "--silent", "--wait"]
    try:
        _run(
            [
                *prefix,
                str(programs / "initdb"),
                f"--pgdata={data}",
                f"--username={NAME}",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            home,
        )
        _run([*control, "--log", str(log), "--options", options, "start"], home)
        try:
            _run([*prefix, str(programs / "createdb"), f"--host={home}", f"--username={NAME}", NAME], home)
            yield f"postgresql+psycopg://{NAME}@/{NAME}?host={home}"
        finally:
            subprocess.run([*control, "--mode=immediate", "stop"], cwd=home, check=False, stdout=subprocess.DEVNULL)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def find_programs() -> Path:
    """Return the folder of the newest PostgreSQL installed; Debian keeps it out of PATH.

    Raises:
        NoPostgres: there is none.
    """
    folders = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if folders:
        return max(folders, key=lambda path: float(path.parent.name))
    if (found := shutil.which("initdb")) is not None:
        return Path(found).resolve().parent
    raise NoPostgres("PostgreSQL is not installed (Debian: apt-get install postgresql).")


def _drop_root(home: Path) -> list[str]:
    """Return the start of commands that run as somebody who is not root, which PostgreSQL insists on."""
    if os.geteuid() != 0:
        return []
    for user in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(user)
        except KeyError:
            continue
        os.chown(home, account.pw_uid, account.pw_gid)
        return [
            "setpriv",
            f"--reuid={account.pw_uid}",
            f"--regid={account.pw_gid}",
            "--clear-groups",
            "--reset-env",
        ]
    raise NoPostgres("There is no user `postgres` or `nobody` to run PostgreSQL as.")


def _run(command: list[str], home: Path) -> None:
    # The server keeps its parent's output open, so a pipe would never end: a file takes it.
    with (home / "output").open("wb") as output:
        done = subprocess.run(command, cwd=home, check=False, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        said = [path.read_text(errors="replace") for path in (home / "output", home / "log") if path.exists()]
        raise NoPostgres(f"{Path(command[-1]).name}: PostgreSQL did not start:\n{''.join(said)[-2000:]}")
