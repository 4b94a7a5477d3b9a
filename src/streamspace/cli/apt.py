"""What this machine's apt knows of applications: AppStream metadata it has fetched, and the entries inside packages."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from streamspace.cli.failures import CommandFailed
from streamspace.cli.output import say
from streamspace.manifests.debian import Application, packages

LISTS = Path("/var/lib/apt/lists")
ENTRIES = Path("/usr/share/applications")
MOST_BYTES = 500 * 1024**2
"""The largest package that is downloaded for the sake of one small file in it."""
_SECONDS = 600
_URI = re.compile(r"'[^']+' \S+ ([0-9]+) ")


def metadata(lists: Path = LISTS) -> list[Path]:
    """Return the AppStream files that apt has fetched; it does where the package `appstream` is installed."""
    return sorted(path for path in lists.glob("*_dep11_Components-*") if path.suffix in {".yml", ".gz", ".xz"})


def desktop_entry(application: Application, *, offline: bool = False) -> bytes | None:
    """Return an application's desktop entry: the installed one, else out of its package.

    Raises:
        CommandFailed: apt cannot download the package.
    """
    if not application.desktop_id:
        return None
    installed = ENTRIES / application.desktop_id
    if installed.is_file():
        return installed.read_bytes()
    if offline:
        return None
    for tool in ("apt-get", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise CommandFailed(f"{tool} is needed to look into packages.", hint="--offline does without.")
    return _from_package(application)


def _from_package(application: Application) -> bytes | None:
    size = _size(application.package)
    if size > MOST_BYTES:
        raise CommandFailed(f"{application.package} has {size // 1024**2} MB, too much to look into.")
    say(f"Looking into {application.package} ({max(1, size // 1024)} kB)…")
    with tempfile.TemporaryDirectory(prefix="streamspace-") as folder:
        _apt("download", application.package, folder=folder)
        archive = next(Path(folder).glob("*.deb"), None)
        if archive is None:
            return None
        with subprocess.Popen(  # noqa: S603 - a path of ours
            ["dpkg-deb", "--fsys-tarfile", str(archive)],  # noqa: S607 - looked up above
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as unpacking:
            try:
                return packages.desktop_entry(unpacking.stdout, application.desktop_id) if unpacking.stdout else None
            finally:
                unpacking.kill()


def _size(package: str) -> int:
    found = _URI.search(_apt("--print-uris", "download", package))
    return int(found[1]) if found else 0


def _apt(*arguments: str, folder: str = "/") -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a package's name has no space and does not begin with a hyphen
            ["apt-get", "--quiet", *arguments],  # noqa: S607 - looked up above
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise CommandFailed(f"apt took longer than {_SECONDS // 60} minutes.") from error
    if done.returncode != 0:
        said = [line for line in done.stderr.splitlines() if line.startswith("E:")]
        raise CommandFailed(
            f"apt cannot download it: {' '.join(said) or done.stderr[:200]}", hint="--offline does without."
        )
    return done.stdout
