"""A home as a tree of files that nothing leads out of: no `..`, no link to elsewhere, not even one made meanwhile.

Every step opens one name below a descriptor without following links; a link is read and walked by the same steps, so
there is no moment at which another process of the session could put something else in place of what was checked.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from streamspace.platforms.inside.filenames import DEEPEST, Problem, check_new, problem_of

MOST_LINKS = 8
MOST_NAMES = 50_000
"""Of one folder; what comes after is not shown."""
_STEP = os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NO_REPLACE = 1
_LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of a folder."""

    name: str
    kind: str
    """`file`, `folder`, `link` (one that leads nowhere we go) or `other`."""
    size: int
    modified: float
    link: bool = False

    def shown(self) -> dict[str, Any]:
        """Return it as it crosses the wire."""
        told = {"name": self.name, "type": self.kind, "size": self.size, "modified": round(self.modified, 3)}
        return told | {"link": True} if self.link else told


class Tree:
    """One home."""

    def __init__(self, home: str) -> None:
        self.home = home
        self._root = os.open(home, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)

    def close(self) -> None:
        """Let go of it."""
        os.close(self._root)

    # Finding

    @contextlib.contextmanager
    def folder(self, parts: list[str]) -> Iterator[int]:
        """Open a folder for reading its names and for what is done to them.

        Raises:
            Problem: it is not there, is no folder, or lies elsewhere.
        """
        name = parts[-1] if parts else "Home"
        place = self._walk(parts)
        try:
            try:
                opened = os.open(".", _FOLDER, dir_fd=place)
            except OSError as error:
                raise problem_of(error, name) from None
        finally:
            os.close(place)
        try:
            yield opened
        finally:
            os.close(opened)

    @contextlib.contextmanager
    def parent(self, parts: list[str]) -> Iterator[tuple[int, str]]:
        """Open the folder that holds a name; the name itself may be a link, or not be there.

        Raises:
            Problem: the folder is not there, or this is the home folder itself.
        """
        if not parts:
            raise Problem(409, "not_possible", "This is the home folder itself.")
        with self.folder(parts[:-1]) as folder:
            yield folder, parts[-1]

    def open(self, parts: list[str]) -> int:
        """Open a file to read.

        Raises:
            Problem: it is not there, is no file, or lies elsewhere.
        """
        name = parts[-1] if parts else "Home"
        with self._found(parts) as (folder, last):
            try:
                descriptor = os.open(last, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
            except OSError as error:
                raise problem_of(error, name) from None
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise Problem(409, "not_a_file", f"“{name}” is not a file.")
        return descriptor

    @contextlib.contextmanager
    def _found(self, parts: list[str]) -> Iterator[tuple[int, str]]:
        """Open the folder that really holds what these parts name, with links followed inside the home."""
        place = self._walk(parts, keep_last=True)
        descriptor, last = place
        try:
            yield descriptor, last
        finally:
            os.close(descriptor)

    def _walk(self, parts: list[str], *, keep_last: bool = False) -> Any:
        """Follow parts step by step; return a descriptor, or that of the last one's folder and its name there."""
        name = parts[-1] if parts else "Home"
        try:
            return self._steps(parts, keep_last=keep_last)
        except OSError as error:
            raise problem_of(error, name) from None

    def _steps(self, parts: list[str], *, keep_last: bool) -> Any:
        trail = [os.dup(self._root)]
        names: list[str] = []
        left, links = list(parts), 0
        try:
            while left:
                step = left.pop(0)
                if step == "..":
                    if not names:
                        raise OSError(errno.ELOOP, "outside")
                    names.pop()
                    os.close(trail.pop())
                    continue
                below = os.open(step, _STEP, dir_fd=trail[-1])
                if stat.S_ISLNK(os.fstat(below).st_mode):
                    links += 1
                    left = self._aim(below, trail, names) + left if links <= MOST_LINKS else _lost(below)
                    continue
                trail.append(below)
                names.append(step)
            if not keep_last:
                return trail.pop()
            if not names:
                raise OSError(errno.EINVAL, "home")
            os.close(trail.pop())
            return trail.pop(), names[-1]
        finally:
            for descriptor in trail:
                os.close(descriptor)

    def _aim(self, link: int, trail: list[int], names: list[str]) -> list[str]:
        """Return the steps that a link asks for; one that begins at the top goes back to the home first."""
        try:
            target = os.readlink("", dir_fd=link)
        finally:
            os.close(link)
        if target.startswith("/"):
            home = self.home.rstrip("/") + "/"
            if not (target + "/").startswith(home):
                raise OSError(errno.ELOOP, "outside")
            while len(trail) > 1:
                os.close(trail.pop())
            names.clear()
            target = target[len(home) :]
        steps = [step for step in target.split("/") if step not in {"", "."}]
        if len(steps) > DEEPEST:
            raise OSError(errno.ELOOP, "outside")
        return steps

    # Looking

    def entries(self, parts: list[str], *, hidden: bool, offset: int, limit: int) -> tuple[list[Entry], int, bool]:
        """Return a part of a folder's entries, folders first, with how many there are and whether that is all.

        Raises:
            Problem: it is no folder of the home.
        """
        found: list[tuple[bool, str, str]] = []
        complete = True
        with self.folder(parts) as folder:
            with os.scandir(folder) as scan:
                for seen in scan:
                    if seen.name.startswith(".") and not hidden:
                        continue
                    if len(found) >= MOST_NAMES:
                        complete = False
                        break
                    found.append((not seen.is_dir(follow_symlinks=False), seen.name.casefold(), seen.name))
            found.sort()
            wanted = [name for _, _, name in found[offset : offset + limit]]
            shown = [entry for name in wanted if (entry := self._entry(folder, parts, name)) is not None]
        return shown, len(found), complete

    def _entry(self, folder: int, parts: list[str], name: str) -> Entry | None:
        try:
            info = os.stat(name, dir_fd=folder, follow_symlinks=False)
        except OSError:
            return None  # it went away meanwhile
        try:
            name.encode()
        except UnicodeEncodeError:
            # Not text: shown, but nothing that anybody sends could name it.
            return Entry(os.fsencode(name).decode(errors="replace"), "other", info.st_size, info.st_mtime)
        if not stat.S_ISLNK(info.st_mode):
            return Entry(name, _kind(info), info.st_size if stat.S_ISREG(info.st_mode) else 0, info.st_mtime)
        try:
            aim = self._steps([*parts, name], keep_last=False)
        except OSError:
            return Entry(name, "link", 0, info.st_mtime, link=True)
        try:
            there = os.fstat(aim)
        finally:
            os.close(aim)
        size = there.st_size if stat.S_ISREG(there.st_mode) else 0
        return Entry(name, _kind(there), size, there.st_mtime, link=True)

    def kind(self, parts: list[str]) -> str:
        """Return what a path leads to: `file`, `folder` or `other`.

        Raises:
            Problem: it is not there or lies elsewhere.
        """
        descriptor = self._walk(parts)
        try:
            return _kind(os.fstat(descriptor))
        finally:
            os.close(descriptor)

    def kind_itself(self, parts: list[str]) -> str:
        """Return what a name is, a link being `other`.

        Raises:
            Problem: it is not there.
        """
        with self.parent(parts) as (folder, name):
            try:
                return _kind(os.stat(name, dir_fd=folder, follow_symlinks=False))
            except OSError as error:
                raise problem_of(error, name) from None

    # Changing

    def make_folder(self, parts: list[str], *, parents: bool = False) -> None:
        """Make a folder, and with `parents` those above it; then one that is there already is fine.

        Raises:
            Problem: it cannot be made.
        """
        if not parts:
            raise Problem(409, "exists", "The home folder is there already.")
        for depth in range(1 if parents else len(parts), len(parts) + 1):
            check_new(parts[depth - 1])
            with self.parent(parts[:depth]) as (folder, name):
                try:
                    os.mkdir(name, 0o755, dir_fd=folder)
                except FileExistsError:
                    if not parents or self.kind(parts[:depth]) != "folder":
                        raise Problem(409, "exists", f"“{name}” exists already.") from None
                except OSError as error:
                    raise problem_of(error, name) from None

    def move(self, parts: list[str], to: list[str]) -> None:
        """Rename, or move elsewhere in the home; nothing is replaced.

        Raises:
            Problem: it is not there, or the new name is taken.
        """
        if to:
            check_new(to[-1])
        with self.parent(parts) as (source, name), self.parent(to) as (target, new):
            try:
                os.stat(name, dir_fd=source, follow_symlinks=False)
            except OSError as error:
                raise problem_of(error, name) from None
            try:
                rename(source, name, target, new, replace=False)
            except OSError as error:
                raise problem_of(error, new) from None

    def delete(self, parts: list[str]) -> None:
        """Delete a file, a link itself, or a folder with all that is in it.

        Raises:
            Problem: it is not there, or the system refuses.
        """
        with self.parent(parts) as (folder, name):
            try:
                info = os.stat(name, dir_fd=folder, follow_symlinks=False)
                if stat.S_ISDIR(info.st_mode):
                    shutil.rmtree(name, dir_fd=folder)
                else:
                    os.unlink(name, dir_fd=folder)
            except OSError as error:
                raise problem_of(error, name) from None


def rename(source: int, name: str, target: int, new: str, *, replace: bool) -> None:
    """Rename in one step; without `replace`, an existing target is refused in that same step.

    Raises:
        OSError: as rename(2).
    """
    if replace:
        os.rename(name, new, src_dir_fd=source, dst_dir_fd=target)
        return
    if _LIBC.renameat2(source, os.fsencode(name), target, os.fsencode(new), _NO_REPLACE) == 0:
        return
    code = ctypes.get_errno()
    if code not in {errno.ENOSYS, errno.EINVAL} or name == new:
        raise OSError(code, os.strerror(code))
    # A file system that cannot refuse by itself: the next best is to look first.
    with contextlib.suppress(FileNotFoundError):
        os.stat(new, dir_fd=target, follow_symlinks=False)
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    os.rename(name, new, src_dir_fd=source, dst_dir_fd=target)


def _kind(info: os.stat_result) -> str:
    return "file" if stat.S_ISREG(info.st_mode) else "folder" if stat.S_ISDIR(info.st_mode) else "other"


def _lost(link: int) -> list[str]:
    os.close(link)
    raise OSError(errno.ELOOP, "too many links")
