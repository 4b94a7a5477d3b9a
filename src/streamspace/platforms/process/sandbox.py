"""Builds the command line of bubblewrap: everything a session can see is named here."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from streamspace.platforms.base import PlatformError
from streamspace.platforms.local.surroundings import INSIDE_HOME, INSIDE_UID, RUNTIME
from streamspace.platforms.process.engine import Engine

CODE = "/opt/streamspace"
PAGE = "/opt/streamspace/page"
SOCKET = "/run/streamspace/s"
DATA = Path(__file__).parent
OURS = DATA.parent / "inside"
"""The only code of this project that a sandbox sees."""
PROGRAMS = {"bwrap": "bubblewrap", "Xvfb": "xvfb", "openbox": "openbox", "xrandr": "x11-xserver-utils", "cvt": "xcvt"}
"""What every session needs, and the Debian package that has it."""

ETC = (
    *(
        "alternatives",
        "bash.bashrc",
        "ca-certificates.conf",
        "chromium",
        "chromium.d",
        "dbus-1",
        "dconf",
        "debian_version",
    ),
    *(
        "default/locale",
        "drirc",
        "firefox-esr",
        "fonts",
        "gimp",
        "glvnd",
        "gtk-2.0",
        "gtk-3.0",
        "gtk-4.0",
        "ImageMagick-6",
    ),
    *("inputrc", "java-17-openjdk", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "libfm", "libpaper.d", "libreoffice"),
    *("locale.alias", "localtime", "magic", "mailcap", "mime.types", "OpenCL", "os-release", "papersize", "pcmanfm"),
    *("profile", "profile.d", "protocols", "python3", "python3.11", "services", "sgml", "skel", "ssl/certs"),
    *("ssl/openssl.cnf", "terminfo", "thunar", "timezone", "tint2", "vulkan", "X11", "xdg", "xfce4", "xml"),
)
"""What applications read below /etc. Accounts, keys and the machine's own settings are not among it."""
VAR = (
    *("cache/dictionaries-common", "cache/fontconfig", "lib/aspell", "lib/dictionaries-common", "lib/ghostscript"),
    "lib/libreoffice",
)
_STAGES = ("/mnt", "/media", "/srv", "/opt", "/var/empty")


@dataclass
class Sandbox:
    """One sandbox to be built."""

    engine: Engine
    home: Path | None
    """None where it comes later, with its person."""
    run: Path
    private: Path
    owner: int
    network: bool
    own_network: bool
    temporary_bytes: int
    sources: list[Path] = field(default_factory=list)
    """What is mounted for the sandbox's user, in order of its place on the stage."""

    def __post_init__(self) -> None:
        self.staged = os.geteuid() == 0
        hidden = [self.run, self.private, self.engine.page, self.engine.prefix, *self.engine.sites, DATA, OURS]
        hidden += [self.home] if self.home else []
        self.stage = next(
            (
                stage
                for stage in _STAGES
                if Path(stage).is_dir() and not any(path.resolve().is_relative_to(stage) for path in hidden)
            ),
            "",
        )
        if self.staged and not self.stage:
            raise PlatformError(
                f"The data folder and the program lie below all of {', '.join(_STAGES)}; keep one of them free."
            )

    def _seen(self, path: Path) -> str:
        """Return where bubblewrap finds a folder that its user may not be able to walk to."""
        if not self.staged:
            return str(path)
        if path not in self.sources:
            self.sources.append(path)
        return f"{self.stage}/{self.sources.index(path)}"

    def write_etc(self, hostname: str) -> Path:
        """Write the few files below /etc that are a session's own."""
        etc = self.private / "etc"
        etc.mkdir(exist_ok=True)
        resolver = "nameserver 10.0.2.3\n" if self.own_network else _host_resolver() if self.network else ""
        files = {
            "passwd": f"user:x:{INSIDE_UID}:{INSIDE_UID}:User:{INSIDE_HOME}:/bin/bash\n"
            "nobody:x:65534:65534::/:/usr/sbin/nologin\n",
            "group": f"user:x:{INSIDE_UID}:\nnogroup:x:65534:\n",
            "hosts": f"127.0.0.1 localhost {hostname}\n::1 localhost\n",
            "hostname": f"{hostname}\n",
            "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\nservices: files\n",
            "resolv.conf": resolver,
            "machine-id": secrets.token_hex(16) + "\n",
            "shells": "/bin/sh\n/bin/bash\n",
        }
        for name, text in files.items():
            (etc / name).write_text(text)
            (etc / name).chmod(0o644)
        etc.chmod(0o755)
        return etc

    def command(self, hostname: str, environment: Mapping[str, str], descriptors: Mapping[str, int]) -> list[str]:
        """Return the command that becomes the sandbox and runs the supervisor as its first process."""
        etc = self.write_etc(hostname)
        words = ["bwrap", "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
        if not self.network or self.own_network:
            words += ["--unshare-net"]
        words += ["--uid", str(INSIDE_UID), "--gid", str(INSIDE_UID), "--hostname", hostname]
        words += ["--new-session", "--as-pid-1", "--clearenv"]
        for name, value in environment.items():
            words += ["--setenv", name, value]
        words += self._system()
        for name in sorted(entry.name for entry in etc.iterdir()):
            words += ["--ro-bind", f"{self._seen(etc)}/{name}", f"/etc/{name}"]
        words += ["--proc", "/proc", "--dev", "/dev"]
        for path in ("/tmp", "/dev/shm"):  # noqa: S108 - each sandbox's own
            words += ["--perms", "1777", "--size", str(self.temporary_bytes), "--tmpfs", path]
        words += ["--symlink", "/tmp", "/var/tmp", "--symlink", "/run", "/var/run"]  # noqa: S108
        words += ["--perms", "0700", "--size", str(64 * 1024**2), "--tmpfs", RUNTIME]
        placeholder = ["--perms", "0700", "--size", str(1024**2), "--tmpfs"]
        home = ["--bind", self._seen(self.home)] if self.home else placeholder
        words += [*home, INSIDE_HOME, "--chdir", INSIDE_HOME]
        words += ["--ro-bind", self._seen(self.run), "/run/streamspace"]
        words += ["--ro-bind", self._seen(OURS), f"{CODE}/streamspace/platforms/inside"]
        words += ["--ro-bind", self._seen(self.engine.page), PAGE]
        for folder in self._engine_folders():
            words += ["--ro-bind", self._seen(folder), str(folder)]
        words += ["--remount-ro", "/", "--info-fd", str(descriptors["info"])]
        if "block" in descriptors:
            words += ["--block-fd", str(descriptors["block"])]
        return [*words, "--", *self.python(), "serving", str(descriptors["config"])]

    def _system(self) -> list[str]:
        words = ["--ro-bind", "/usr", "/usr"]
        for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32"):
            path = Path("/") / name
            if path.is_symlink():
                words += ["--symlink", os.readlink(path), str(path)]  # noqa: PTH115 - kept relative
            elif path.is_dir():
                words += ["--ro-bind", str(path), str(path)]
        for parent, names in (("/etc", ETC), ("/var", VAR)):
            for name in names:
                words += ["--ro-bind-try", f"{parent}/{name}", f"{parent}/{name}"]
        return words

    def _engine_folders(self) -> list[Path]:
        """Return the interpreter's and the packages' folders, less those already visible below /usr."""
        wanted = [self.engine.prefix, *self.engine.sites]
        outside = [path for path in wanted if not path.is_relative_to("/usr")]
        return [path for path in outside if not any(other != path and path.is_relative_to(other) for other in outside)]

    def python(self) -> list[str]:
        """Return the words that run one of our programs inside; its name and arguments follow."""
        paths = [CODE, *map(str, self.engine.sites)]
        boot = (
            f"import sys; sys.path[:0] = {json.dumps(paths)}; import importlib; "
            "importlib.import_module('streamspace.platforms.inside.' + sys.argv[1]).main()"
        )
        # Isolated and without `site`: nothing in the user's home changes how the engine starts, and it starts sooner.
        return [str(self.engine.python), "-I", "-S", "-c", boot]

    def launch(self, groups: Sequence[Path], command: Sequence[str]) -> list[str]:
        """Return the command that starts the sandbox detached from its caller."""
        script = ["sh", str(DATA / "launch.sh"), str(self.private), *map(str, groups), "--"]
        if not self.staged:
            return [*script, "-", "-", "--", *command]
        outer = ["unshare", "--mount", "--propagation", "private", "--"]
        return [*outer, *script, str(self.owner), self.stage, *map(str, self.sources), "--", *command]


def _host_resolver() -> str:
    try:
        return Path("/etc/resolv.conf").read_text()
    except OSError:
        return ""
