"""`streamspace sessions files` and `sessions cp`: a session's files."""

from __future__ import annotations

import stat
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from streamspace.cli.failures import REFUSED, USAGE, CommandFailed
from streamspace.cli.lookup import session_named
from streamspace.cli.output import clean, console, print_json, print_table, say
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.client import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamspace.client.files import File, Home

Flag = Annotated[bool, Parameter(negative="")]
Show = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Place:
    """A path in a session's home."""

    session: str
    path: str

    @property
    def name(self) -> str:
        """The path's last part."""
        return self.path.rstrip("/").rpartition("/")[2]


def place(text: str) -> Place | None:
    """Read `SESSION:PATH`; None for a local path, which may hold a colon after a slash."""
    session, colon, path = text.partition(":")
    if not colon or not session or "/" in session or session.startswith("."):
        return None
    return Place(session, path.lstrip("/"))


async def list_files(
    where: str,
    *,
    hidden: Annotated[bool, Parameter(name=["--all", "-a"], negative="")] = False,
    remote: Remote = DEFAULT,
) -> None:
    """List the files of a session.

    Args:
        where: The session, or SESSION:PATH for a folder of its home.
        hidden: Also show names that begin with a dot.
    """
    at = place(where) or Place(where, "")
    async with remote.api() as api:
        session = await session_named(api, at.session)
        async with api.files.open(session.id) as home:
            found = [entry async for entry in home.entries(at.path, hidden=hidden)]
    if remote.as_json:
        print_json({"path": at.path, "entries": found})
        return
    print_table(
        ["name", "size", "modified"],
        ((_shown(entry), _size(entry), datetime.fromtimestamp(entry.modified, UTC)) for entry in found),
        empty="This folder is empty.",
    )


async def copy(
    source: str,
    target: str,
    *,
    recursive: Annotated[bool, Parameter(name=["--recursive", "-r"], negative="")] = False,
    replace: Flag = False,
    quiet: Annotated[bool, Parameter(name=["--quiet", "-q"], negative="")] = False,
    remote: Remote = DEFAULT,
) -> None:
    """Copy files into a session or out of it. What breaks off goes on where it was when it is copied again.

    Args:
        source: A local path, or SESSION:PATH in a session's home.
        target: The other of the two; a folder keeps the name.
        recursive: Copy folders with all that is in them.
        replace: Replace files that exist.
        quiet: Show no progress.
    """
    outside, inside = place(source), place(target)
    if (outside is None) == (inside is None):
        raise CommandFailed("One of the two is SESSION:PATH, the other a local path.", USAGE, code="bad_arguments")
    async with remote.api() as api:
        session = await session_named(api, (outside or inside or Place("", "")).session)
        async with api.files.open(session.id) as home:
            with _bars(shown=not quiet and not remote.as_json) as bar:
                if inside is not None:
                    copied = await _into(home, Path(source), inside, bar, recursive=recursive, replace=replace)
                else:
                    copied = await _out_of(
                        home, outside or Place("", ""), Path(target), bar, recursive=recursive, replace=replace
                    )
    if remote.as_json:
        print_json({"copied": copied})
    elif not quiet:
        say(f"{len(copied)} {'file' if len(copied) == 1 else 'files'} copied.")


async def _into(
    home: Home, source: Path, target: Place, bar: Callable[[str], Show], *, recursive: bool, replace: bool
) -> list[str]:
    if not source.exists():
        raise CommandFailed(f"There is no {source} here.", USAGE, code="not_found")
    if source.is_dir() and not recursive:
        raise CommandFailed(f"{source} is a folder. Add --recursive.", USAGE, code="is_a_folder")
    base = target.path.rstrip("/")
    if not base or target.path.endswith("/") or await _is_folder(home, base):
        base = f"{base}/{source.resolve().name}".lstrip("/")
    conflict: Literal["refuse", "replace"] = "replace" if replace else "refuse"
    if not source.is_dir():
        return [await home.upload(source, base, conflict=conflict, on_progress=bar(source.name))]
    await home.make_folder(base, parents=True)
    copied = []
    for path in sorted(source.rglob("*")):
        below = f"{base}/{path.relative_to(source).as_posix()}"
        kind = path.lstat().st_mode
        if stat.S_ISDIR(kind):
            await home.make_folder(below, parents=True)
        elif stat.S_ISREG(kind):
            copied.append(await home.upload(path, below, conflict=conflict, parents=True, on_progress=bar(path.name)))
    return copied


async def _out_of(
    home: Home, source: Place, target: Path, bar: Callable[[str], Show], *, recursive: bool, replace: bool
) -> list[str]:
    if target.is_dir():
        target /= _local(source.name or "home")
    if await _is_folder(home, source.path.rstrip("/")):
        if not recursive:
            raise CommandFailed(f"{source.path or 'The home'} is a folder. Add --recursive.", USAGE, code="is_a_folder")
        pairs = [pair async for pair in _below(home, source.path.rstrip("/"), target)]
    else:
        pairs = [(source.path, target)]
    copied = []
    for path, local in pairs:
        if local.exists() and not replace:
            raise CommandFailed(f"{local} exists already. Add --replace.", REFUSED, code="exists")
        local.parent.mkdir(parents=True, exist_ok=True)
        await home.download(path, local, on_progress=bar(local.name))
        copied.append(str(local))
    return copied


async def _below(home: Home, path: str, target: Path) -> AsyncIterator[tuple[str, Path]]:
    async for entry in home.entries(path, hidden=True):
        at = f"{path}/{entry.name}".lstrip("/")
        if entry.type == "folder" and not entry.link:
            async for pair in _below(home, at, target / _local(entry.name)):
                yield pair
        elif entry.type == "file":
            yield at, target / _local(entry.name)


def _local(name: str) -> str:
    """Return a name that a session gave, if it can only mean something inside the target."""
    if name in {"", ".", ".."} or "/" in name or "\\" in name or "\0" in name:
        raise CommandFailed(f"The session has a file of a name that is not safe here: {name!r}.", code="bad_name")
    return name


async def _is_folder(home: Home, path: str) -> bool:
    if not path:
        return True
    try:
        await home.list(path)
    except ApiError as error:
        if error.code in {"not_found", "not_a_file", "outside"}:
            return False
        raise
    return True


@contextmanager
def _bars(*, shown: bool) -> Iterator[Callable[[str], Show]]:
    """Give each file a bar on a terminal, and nothing elsewhere."""
    if not shown or not sys.stderr.isatty():
        yield lambda _name: lambda _done, _size: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console(stderr=True)) as progress:

        def bar(name: str) -> Show:
            task = progress.add_task(clean(name), total=None)
            return lambda done, size: progress.update(task, completed=done, total=size)

        yield bar


def _shown(entry: File) -> str:
    return entry.name + {"folder": "/", "link": " (link)"}.get(entry.type, "")


def _size(entry: File) -> str:
    if entry.type != "file":
        return ""
    size = float(entry.size)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:  # noqa: PLR2004 - as the other sizes people read
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
