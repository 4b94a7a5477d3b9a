"""The network of sessions that may use one: their own namespace, joined to the outside by slirp4netns."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
from pathlib import Path

import structlog

from streamspace.platforms.local import processes
from streamspace.platforms.local.processes import Process

log = structlog.get_logger(__name__)

_NS_GET_USERNS = 0xB701
"""ioctl_ns(2): the user namespace that owns a network namespace."""
_READY_SECONDS = 5.0
FORBIDDEN = ("169.254.0.0/16",)
"""Link-local addresses carry cloud machines' credentials."""


UNAVAILABLE = (
    "This application uses the network, and sessions cannot have one of their own here: install slirp4netns and make "
    "/dev/net/tun usable, or set allow_host_network to let them share this machine's, its local services included."
)


def available() -> bool:
    """Return whether sessions get a network of their own here."""
    tun = "/dev/net/tun"
    usable = Path(tun).exists() if os.geteuid() == 0 else os.access(tun, os.R_OK | os.W_OK)
    return usable and shutil.which("slirp4netns") is not None


def host_addresses() -> list[str]:
    """Return this machine's own IPv4 addresses, where services listen that are no session's business."""
    if shutil.which("ip") is None:
        return []
    answer = subprocess.run(["ip", "-4", "-o", "address"], capture_output=True, text=True, check=False)  # noqa: S607
    words = (line.split() for line in answer.stdout.splitlines())
    addresses = [line[3].partition("/")[0] for line in words if len(line) > 3]  # noqa: PLR2004 - ip's one-line format
    return [address for address in addresses if not address.startswith("127.")]


async def attach(first: Process, owner: int, exit_descriptor: int | None) -> Process | None:
    """Connect a sandbox's network namespace and return the process that carries its traffic.

    The process ends when the other end of `exit_descriptor` closes, which the sandbox's first process holds.
    """
    opened: list[int] = []
    try:
        net = os.open(f"/proc/{first.pid}/ns/net", os.O_RDONLY)
        opened.append(net)
        user = fcntl.ioctl(net, _NS_GET_USERNS)
        opened.append(user)
        ready_read, ready_write = os.pipe()
        opened += [ready_read, ready_write]
        return await _run(owner, (net, user, ready_read, ready_write), exit_descriptor)
    except OSError as error:
        log.warning("network_failed", reason=str(error))
        return None
    finally:
        for descriptor in opened:
            with contextlib.suppress(OSError):
                os.close(descriptor)


async def _run(owner: int, descriptors: tuple[int, int, int, int], exit_descriptor: int | None) -> Process | None:
    net, user, ready_read, ready_write = descriptors
    command = ["slirp4netns", "--configure", "--mtu=65520", "--disable-host-loopback", f"--ready-fd={ready_write}"]
    kept = [net, user, ready_write]
    if exit_descriptor is not None:
        command.append(f"--exit-fd={exit_descriptor}")
        kept.append(exit_descriptor)
    command += [f"--userns-path=/proc/self/fd/{user}", "--netns-type=path", f"/proc/self/fd/{net}", "tap0"]
    if os.geteuid() == 0:
        command = _as_owner(owner, command)
    child = subprocess.Popen(  # noqa: ASYNC220, S603 - returns at once; it outlives this program on purpose
        command,
        pass_fds=kept,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    loop = asyncio.get_running_loop()
    answered = asyncio.Event()
    loop.add_reader(ready_read, answered.set)
    os.close(ready_write)
    try:
        async with asyncio.timeout(_READY_SECONDS):
            await answered.wait()
        ready = os.read(ready_read, 1) == b"1"
    except TimeoutError:
        ready = False
    finally:
        loop.remove_reader(ready_read)
    errors = child.stderr
    if not ready:
        child.kill()
        child.wait()
        log.warning("network_failed", reason=(errors.read() if errors else b"").decode(errors="replace")[-300:])
        return None
    if errors is not None:
        errors.close()
    await asyncio.to_thread(_forbid, net, user)
    return processes.of(child.pid)


def _as_owner(owner: int, command: list[str]) -> list[str]:
    """Run a command as the sandbox's host user, with a tun device that this user may open."""
    script = (
        "mount -t tmpfs -o mode=0755 net /dev/net && mknod -m 0666 /dev/net/tun c 10 200 && "
        'exec setpriv --reuid="$0" --regid="$0" --clear-groups --inh-caps=-all --no-new-privs "$@"'
    )
    return ["unshare", "--mount", "--propagation", "private", "--", "sh", "-c", script, str(owner), *command]


def _forbid(net: int, user: int) -> None:
    """Take the routes to this machine and to link-local addresses out of the namespace."""
    here = f"/proc/{os.getpid()}/fd"
    enter = ["nsenter", f"--net={here}/{net}"]
    if os.geteuid() != 0:
        enter = ["nsenter", f"--user={here}/{user}", "--preserve-credentials", f"--net={here}/{net}"]
    lines = [f"route add unreachable {address}" for address in (*FORBIDDEN, *host_addresses())]
    if shutil.which("ip") is None:
        log.warning(
            "network_unfiltered",
            reason="`ip` is missing (apt install iproute2): sessions reach this machine's own address",
        )
        return
    answer = subprocess.run(  # noqa: S603
        [*enter, "ip", "-batch", "-"], input="\n".join(lines) + "\n", capture_output=True, text=True, check=False
    )
    if answer.returncode != 0:
        log.warning("network_unfiltered", reason=answer.stderr.strip()[-300:])


def detach(carrier: Process | None) -> None:
    """End the process that carries a session's traffic."""
    if carrier is not None:
        carrier.signal(signal.SIGKILL)
