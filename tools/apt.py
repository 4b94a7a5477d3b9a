"""Debian packages: which are missing, and installing them where this user may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time

from streamspace.cli.checks import missing_packages

# Servers that packages bring (PostgreSQL, nginx) must not start and take ports: we only want the programs.
_INSTALL = """
set -e
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\\nexit 101\\n' > "$policy"
  chmod 755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "$@" > /dev/null
"""


class CannotInstall(Exception):  # noqa: N818
    """Packages are missing and this user may not install them."""


def install(wanted: list[str], why: str) -> None:
    """Install what is missing of these packages, saying so; present packages cost one query.

    Raises:
        CannotInstall: no apt, or neither root nor a sudo that asks nothing, or apt failed.
    """
    absent = missing_packages(sorted(set(wanted)))
    if not absent:
        return
    names = " ".join(absent)
    if shutil.which("apt-get") is None:
        raise CannotInstall(f"{why} needs these Debian packages, and there is no apt here: {names}")
    prefix = _as_root()
    if prefix is None:
        raise CannotInstall(f"{why} needs packages. Run: sudo apt-get install --no-install-recommends {names}")
    print(f"{why}: installing {len(absent)} Debian packages ({names}) …", file=sys.stderr, flush=True)
    started = time.monotonic()
    done = subprocess.run([*prefix, "sh", "-c", _INSTALL, "apt", *absent], check=False)
    if done.returncode != 0:
        raise CannotInstall(f"{why}: apt could not install {names}.")
    print(f"Installed in {time.monotonic() - started:.0f} s.", file=sys.stderr, flush=True)


def _as_root() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    return (
        ["sudo", "-n"]
        if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
        else None
    )
