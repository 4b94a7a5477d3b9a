"""A Docker Engine for one test run: the machine's if one answers, else a private one.

A private one leaves nothing behind but its images, which a cache folder keeps for the next run.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from streamspace.platforms.docker import engine

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAMS = ("dockerd", "containerd", "iptables-save", "iptables-restore", "ip", "nft")
START_SECONDS = 60
STOP_SECONDS = 30
BRIDGE = "docker0"
CONTAINERD = "containerd.sock"
FORWARDING = Path("/proc/sys/net/ipv4/ip_forward")


class NoDocker(Exception):  # noqa: N818
    """No engine answers and none can be started."""


class Running:
    """An engine that answers at `socket`. Only a private one may be ended and started again."""

    def __init__(self, socket: Path, command: list[str] | None = None, log: Path | None = None) -> None:
        self.socket = socket
        self.private = command is not None
        self._command = command or []
        self._log = log or Path(os.devnull)
        self._process: subprocess.Popen[bytes] | None = None

    def kill(self) -> None:
        """End it as a crash would; its containers run on until it is back."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def start(self) -> None:
        """Start it and return when it answers.

        Raises:
            NoDocker: it does not; the text has the end of its log.
        """
        with self._log.open("wb") as output:
            self._process = subprocess.Popen(self._command, stdout=output, stderr=output, start_new_session=True)
        until = time.monotonic() + START_SECONDS
        while engine.problem(self.socket) is not None:
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise NoDocker(f"dockerd did not start:\n{self._log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.1)

    def stop(self) -> None:
        """End it; it ends its containers."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


@contextmanager
def running(cache: Path | None = None) -> Iterator[Running]:
    """Yield an engine.

    Raises:
        NoDocker: there is none, and this user cannot start one.
    """
    socket = engine.socket_path()
    if engine.problem(socket) is None:
        yield Running(socket)
        return
    if os.geteuid() != 0:
        raise NoDocker("No Docker Engine answers, and only root can start one.")
    if missing := [program for program in PROGRAMS if shutil.which(program) is None]:
        raise NoDocker(
            f"A Docker Engine needs {', '.join(missing)} (Debian: apt-get install docker.io iptables nftables)."
        )
    with ExitStack() as stack:
        data = _held(stack, cache or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "streamspace")
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="streamspace-docker-")))
        stack.enter_context(_network_as_before())
        _start_containerd(stack, home, data)
        private = Running(home / "docker.sock", _command(home, data), home / "log")
        stack.callback(private.stop)
        private.start()
        yield private


def _start_containerd(stack: ExitStack, home: Path, data: Path) -> None:
    """Start what holds the containers, a program of its own as on any machine, so that the engine may crash."""
    places = [f"--root={data / 'containerd'}", f"--state={home / 'containerd'}", f"--address={home / CONTAINERD}"]
    output = stack.enter_context((home / "containerd.log").open("wb"))
    process = subprocess.Popen(["containerd", *places], stdout=output, stderr=output, start_new_session=True)
    stack.callback(process.wait, STOP_SECONDS)
    stack.callback(process.terminate)
    until = time.monotonic() + START_SECONDS
    while not (home / CONTAINERD).exists():
        if process.poll() is not None or time.monotonic() > until:
            raise NoDocker(
                f"containerd did not start:\n{(home / 'containerd.log').read_text(errors='replace')[-2000:]}"
            )
        time.sleep(0.05)


def _command(home: Path, data: Path) -> list[str]:
    return [
        "dockerd",
        f"--data-root={data}",
        f"--exec-root={home / 'exec'}",
        f"--containerd={home / CONTAINERD}",
        f"--pidfile={home / 'pid'}",
        f"--host=unix://{home / 'docker.sock'}",
        "--log-level=warn",
    ]


def _held(stack: ExitStack, cache: Path) -> Path:
    """Return the engine's own folder in the cache, which one test run at a time may use."""
    cache.mkdir(parents=True, exist_ok=True)
    lock = stack.enter_context((cache / "docker.lock").open("w"))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Waiting for another test run's Docker Engine …", file=sys.stderr, flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)
    data = cache / "docker"
    stack.callback(_unmount, data)
    return data


def _unmount(data: Path) -> None:
    """Undo the engine's mount of its own folder, which keeps that from being deleted."""
    while data.is_mount():
        if subprocess.run(["umount", str(data)], check=False).returncode != 0:
            return


@contextmanager
def _network_as_before() -> Iterator[None]:
    """Take away what an engine leaves in the machine's network when it ends."""
    rules = subprocess.run(["iptables-save"], check=True, capture_output=True).stdout
    forwarding = FORWARDING.read_text()
    had_bridge = Path("/sys/class/net", BRIDGE).exists()
    try:
        yield
    finally:
        FORWARDING.write_text(forwarding)
        for interface in Path("/sys/class/net").glob("ss-*"):
            subprocess.run(["ip", "link", "delete", interface.name], check=False)
        if not had_bridge:
            subprocess.run(["ip", "link", "delete", BRIDGE], check=False, capture_output=True)
        for table in ("nat", "filter"):  # what is not in the file stays otherwise
            subprocess.run(["iptables", "-t", table, "-F"], check=False)
            subprocess.run(["iptables", "-t", table, "-X"], check=False)
            for chain in ("INPUT", "FORWARD", "OUTPUT") if table == "filter" else ():
                subprocess.run(["iptables", "-P", chain, "ACCEPT"], check=False)
        subprocess.run(["iptables-restore"], input=rules, check=True)
        subprocess.run(["nft", "delete", "table", "inet", "streamspace"], check=False, capture_output=True)
