"""What `streamspace doctor` looks at. Each check answers in a moment and changes nothing."""

import importlib
import importlib.metadata
import importlib.util
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

GIB = 1024**3
LONGEST_SOCKET_PATH = 107
"""Bytes of `sun_path` less its final zero (unix(7))."""
SESSION_SOCKET = "run/" + "x" * 63 + "/s.sock"
STARTS_ENGINE_BEFORE_SECONDS = 30
FALLBACK_PACKAGES = ["bubblewrap", "xvfb", "openbox", "x11-utils"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One answer; `fix` is a command or a sentence that says what to do."""

    name: str
    status: Literal["ok", "warn", "fail"]
    message: str
    fix: str = ""


def all_checks(data_dir: Path, ports: tuple[int, ...]) -> Iterator[Callable[[], Check]]:
    """Yield the checks in the order a newcomer meets the parts."""
    yield python
    yield system
    yield packages
    yield sandbox
    yield engine
    yield apt
    yield cgroups
    yield partial(warm, data_dir)
    for port in ports:
        yield partial(free_port, port)
    yield partial(writable, data_dir)
    yield partial(disk, data_dir)
    yield memory
    yield web_ui
    yield browser
    if _checkout() is not None:
        yield chromium


def python() -> Check:
    """Which Python runs this."""
    return Check(name="Python", status="ok", message=f"{platform.python_version()} at {sys.executable}")


def system() -> Check:
    """Whether sessions can run as processes here at all."""
    if platform.system() == "Linux":
        return Check(name="System", status="ok", message=f"{_distribution()}, {platform.machine()}")
    return Check(
        name="System",
        status="fail",
        message=f"{platform.system()} cannot run sessions as processes.",
        fix="Run agents on Linux; this machine can still use a server elsewhere with `streamspace login`.",
    )


def packages() -> Check:
    """Whether the Debian packages that every session needs are installed."""
    wanted = platform_packages()
    if shutil.which("dpkg-query") is None:
        programs = [name for name in ("bwrap", "Xvfb", "openbox") if shutil.which(name) is None]
        if programs:
            message = f"missing programs: {', '.join(programs)}"
            return Check(
                name="Packages",
                status="fail",
                message=message,
                fix="Install them with this system's package manager.",
            )
        return Check(name="Packages", status="ok", message="bwrap, Xvfb and openbox are installed")
    missing = missing_packages(wanted)
    if missing:
        return Check(
            name="Packages",
            status="fail",
            message=f"missing: {', '.join(missing)}",
            fix=f"{_sudo()}apt-get install --no-install-recommends {' '.join(missing)}",
        )
    return Check(name="Packages", status="ok", message=f"all {len(wanted)} that sessions need are installed")


def sandbox() -> Check:
    """Whether bubblewrap can really make a sandbox, with its own users and processes."""
    program = shutil.which("bwrap")
    if program is None:
        return Check(
            name="Sandbox",
            status="fail",
            message="bubblewrap is not installed",
            fix=f"{_sudo()}apt-get install --no-install-recommends bubblewrap",
        )
    options = "--unshare-user --unshare-pid --unshare-ipc --unshare-uts --uid 1000 --gid 1000 --die-with-parent"
    tree = "--ro-bind / / --proc /proc --dev /dev --tmpfs /tmp"
    error = _output([program, *options.split(), *tree.split(), "true"])
    if error is None:
        return Check(
            name="Sandbox",
            status="ok",
            message="bubblewrap makes sandboxes with their own users and processes",
        )
    return Check(name="Sandbox", status="fail", message=f"bubblewrap cannot make one: {error}", fix=_namespace_fix())


def engine() -> Check:
    """Whether the streaming engine is installed and can be imported."""
    fix = f"{sys.executable} -m pip install 'streamspace[process]'"
    if importlib.util.find_spec("selkies") is None:
        return Check(name="Streaming engine", status="fail", message="Selkies is not installed", fix=fix)
    started = time.monotonic()
    error = _output([sys.executable, "-c", "import selkies"], seconds=STARTS_ENGINE_BEFORE_SECONDS)
    took = time.monotonic() - started
    if error is not None:
        return Check(name="Streaming engine", status="fail", message=f"Selkies does not start: {error}", fix=fix)
    version = importlib.metadata.version("selkies")
    if os.environ.get("PYTHONDONTWRITEBYTECODE"):
        return Check(
            name="Streaming engine",
            status="warn",
            message=f"Selkies {version}, but PYTHONDONTWRITEBYTECODE makes each start seconds slower",
            fix="unset PYTHONDONTWRITEBYTECODE",
        )
    return Check(name="Streaming engine", status="ok", message=f"Selkies {version} (imported in {took:.1f} s)")


def apt() -> Check:
    """Whether applications can be installed from here."""
    if shutil.which("apt-get") is None:
        message = "no apt: applications of the catalog must be installed by hand"
        return Check(
            name="Installing",
            status="warn",
            message=message,
            fix="Use Debian or Ubuntu, or images with the docker platform.",
        )
    if os.geteuid() == 0:
        return Check(name="Installing", status="ok", message="apt, as root: the agent can install applications itself")
    if shutil.which("sudo") and _output(["sudo", "-n", "true"]) is None:
        return Check(name="Installing", status="ok", message="apt, through sudo")
    return Check(
        name="Installing",
        status="warn",
        message="apt is here, but only an administrator may install packages of applications",
        fix="Run `streamspace templates show NAME` to see which packages an application lacks.",
    )


def cgroups() -> Check:
    """Whether memory and CPU of a session can be limited exactly."""
    root = Path("/sys/fs/cgroup")
    if not (root / "cgroup.controllers").exists():
        return Check(
            name="Limits",
            status="warn",
            message="no cgroup v2: memory and CPU of sessions are limited per process only",
            fix="Boot with systemd.unified_cgroup_hierarchy=1, or give the container a cgroup v2 mount.",
        )
    if not os.access(root / "cgroup.procs", os.W_OK) and not _delegated():
        return Check(
            name="Limits",
            status="warn",
            message="cgroups are not writable: memory and CPU of sessions are limited per process only",
            fix="Run the agent as root or as a systemd unit with Delegate=yes.",
        )
    return Check(name="Limits", status="ok", message="cgroup v2 limits memory and CPU of each session")


def warm(data_dir: Path) -> Check:
    """Whether sessions can be started ahead, so that people need not wait."""
    try:
        grafts = importlib.import_module("streamspace.platforms.grafts")
    except ModuleNotFoundError:
        return Check(name="Starting ahead", status="warn", message="this installation has no platform")
    reason = grafts.problem(_nearest(data_dir))
    if reason is None:
        return Check(name="Starting ahead", status="ok", message="homes can be brought into sessions that wait")
    return Check(
        name="Starting ahead",
        status="warn",
        message=f"warm pools cannot use this machine: {reason}",
        fix="Run the agent as root, on Linux 5.12 or later, with its data on ext4, XFS or Btrfs.",
    )


def free_port(port: int) -> Check:
    """Whether a port can be listened on."""
    name = f"Port {port}"
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            return Check(
                name=name,
                status="fail",
                message="this user may not use ports below 1024",
                fix="Choose another with --port.",
            )
        except OSError:
            return Check(
                name=name,
                status="warn",
                message="something listens there already, perhaps StreamSpace itself",
                fix=f"See what: `ss -ltnp sport = :{port}`. Or choose another with --port or --gateway-port.",
            )
    return Check(name=name, status="ok", message="free")


def writable(data_dir: Path) -> Check:
    """Whether data can be kept, at a path short enough for sockets."""
    present = _nearest(data_dir)
    try:
        with tempfile.TemporaryFile(dir=present):
            pass
    except OSError as error:
        return Check(
            name="Data directory",
            status="fail",
            message=f"{data_dir} cannot be written ({error.strerror})",
            fix="Choose another with --data-dir or STREAMSPACE_DATA_DIR.",
        )
    length = len(os.fsencode(data_dir / SESSION_SOCKET))
    if length > LONGEST_SOCKET_PATH:
        return Check(
            name="Data directory",
            status="fail",
            message=f"{data_dir} is {length - LONGEST_SOCKET_PATH} characters too long for sessions' sockets",
            fix="Choose a shorter one with --data-dir or STREAMSPACE_DATA_DIR.",
        )
    return Check(name="Data directory", status="ok", message=f"{data_dir} can be written")


def disk(data_dir: Path) -> Check:
    """Whether homes have room."""
    free = shutil.disk_usage(_nearest(data_dir)).free
    message = f"{free / GIB:.0f} GiB free for homes, logs and packages"
    if free < GIB:
        return Check(
            name="Disk",
            status="fail",
            message=message,
            fix="Free some space, or choose another disk with --data-dir.",
        )
    return Check(name="Disk", status="warn" if free < 5 * GIB else "ok", message=message)


def memory() -> Check:
    """Whether a few sessions fit."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        available = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError):
        return Check(name="Memory", status="warn", message="could not be measured")
    message = f"{available / GIB:.1f} GiB available, {os.cpu_count()} processors"
    if available < GIB:
        return Check(
            name="Memory",
            status="warn",
            message=f"{message}: hardly enough for one session",
            fix="A browser session wants 2 GiB.",
        )
    return Check(name="Memory", status="ok", message=message)


def web_ui() -> Check:
    """Whether the web UI was built into this installation."""
    if (Path(__file__).parents[1] / "server" / "web" / "dist" / "index.html").is_file():
        return Check(name="Web UI", status="ok", message="built")
    fix = "./dev web" if _checkout() else "Install a released wheel, which contains it."
    return Check(name="Web UI", status="warn", message="not built: only the API will answer", fix=fix)


def browser() -> Check:
    """What browsers ask for before they decode video."""
    return Check(
        name="Browsers",
        status="ok",
        message="open the web UI at http://localhost… or over HTTPS: elsewhere they refuse to decode video",
    )


def chromium() -> Check:
    """Whether the end-to-end tests can drive a browser."""
    if shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"):
        return Check(name="Chromium", status="ok", message="installed, for the tests")
    return Check(
        name="Chromium",
        status="warn",
        message="missing: only the end-to-end tests need it",
        fix=f"{_sudo()}apt-get install --no-install-recommends chromium",
    )


def platform_packages() -> list[str]:
    """Return the Debian packages that the process platform needs."""
    try:
        requirements = importlib.import_module("streamspace.platforms.process.requirements")
    except ModuleNotFoundError:
        return FALLBACK_PACKAGES
    return sorted(requirements.PLATFORM_PACKAGES)


def missing_packages(wanted: list[str]) -> list[str]:
    """Return which Debian packages are not installed; all of them where there is no dpkg."""
    if shutil.which("dpkg-query") is None:
        return wanted
    query = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *wanted]
    shown = subprocess.run(query, capture_output=True, text=True, check=False)  # noqa: S603
    present = {line.split()[0] for line in shown.stdout.splitlines() if line.endswith(" installed")}
    return [name for name in wanted if name not in present]


def _output(command: list[str], seconds: float = 10) -> str | None:
    """Run a command; None if it succeeded, else its last words."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed commands
            command, capture_output=True, text=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode == 0:
        return None
    words = (done.stderr or done.stdout).strip().splitlines()
    return words[-1] if words else f"exit code {done.returncode}"


def _namespace_fix() -> str:
    for name, wanted in (
        ("kernel/apparmor_restrict_unprivileged_userns", "0"),
        ("kernel/unprivileged_userns_clone", "1"),
    ):
        try:
            present = Path("/proc/sys", name).read_text().strip()
        except OSError:
            continue
        if present != wanted:
            return f"{_sudo()}sysctl -w {name.replace('/', '.')}={wanted}"
    try:
        if Path("/proc/sys/user/max_user_namespaces").read_text().strip() == "0":
            return f"{_sudo()}sysctl -w user.max_user_namespaces=15000"
    except OSError:
        pass
    return (
        "In a container, allow user namespaces and mounting /proc: "
        "--security-opt seccomp=unconfined --security-opt systempaths=unconfined."
    )


def _delegated() -> bool:
    try:
        own = Path("/proc/self/cgroup").read_text().strip().rpartition("::")[2].lstrip("/")
    except OSError:
        return False
    return os.access(Path("/sys/fs/cgroup", own, "cgroup.subtree_control"), os.W_OK)


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    except OSError:
        return "Linux"


def _nearest(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.exists())


def _checkout() -> Path | None:
    root = Path(__file__).parents[3]
    return root if (root / "dev").is_file() and (root / "pyproject.toml").is_file() else None


def _sudo() -> str:
    return "" if os.geteuid() == 0 else "sudo "
