"""Brings a folder of this machine into a sandbox or container that already runs, its files shown as another user's.

With the mount calls of Linux 5.12: the folder is cloned as a mount that belongs to no namespace yet (`open_tree`), is
given a mapping of owners (`mount_setattr`), and is attached inside (`move_mount`) by a thread that steps into the mount
namespace for this one call.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

_OPEN_TREE, _MOVE_MOUNT, _MOUNT_SETATTR = 428, 429, 442
"""The numbers of these calls, which all architectures share."""
_AT_EMPTY_PATH = 0x1000
_OPEN_TREE_CLONE, _OPEN_TREE_CLOEXEC = 1, os.O_CLOEXEC
_MOVE_MOUNT_F_EMPTY_PATH = 0x4
_MOUNT_ATTR_NOSUID, _MOUNT_ATTR_NODEV, _MOUNT_ATTR_IDMAP = 0x2, 0x4, 0x100000
_CLONE_FS, _CLONE_NEWNS = 0x200, 0x20000
_AT_FDCWD = -100
_PROBED = (1, 2)
"""Two users for trying whether owners can be mapped at all."""

_libc = ctypes.CDLL(None, use_errno=True)


class _MountAttributes(ctypes.Structure):
    """`struct mount_attr` of mount_setattr(2)."""

    _fields_ = (
        ("set", ctypes.c_uint64),
        ("clear", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("userns", ctypes.c_uint64),
    )


def graft(source: Path, pid: int, target: str, *, owner: int, shown_as: int) -> None:
    """Mount a folder over `target` in the mount namespace of a process; what is `owner`'s is `shown_as`'s there.

    Raises:
        OSError: the kernel, or the folder's file system, does not do that.
    """
    with ExitStack() as stack:
        tree = stack.enter_context(_clone(source, owner, shown_as))
        namespace = os.open(f"/proc/{pid}/ns/mnt", os.O_RDONLY | os.O_CLOEXEC)
        stack.callback(os.close, namespace)
        _attach_inside(tree, namespace, target)


def problem(folder: Path) -> str | None:
    """Say why folders that lie there cannot be brought into running sandboxes, if they cannot."""
    if os.geteuid() != 0:
        return "the agent is not root"
    if shutil.which("unshare") is None:
        return "the program `unshare` is missing (apt install util-linux)"
    try:
        with tempfile.TemporaryDirectory(dir=folder) as probe, _clone(Path(probe), *_PROBED):
            return None
    except (OSError, subprocess.SubprocessError) as error:
        return f"the kernel or the file system of {folder} cannot show files as another user's ({error})"


@contextmanager
def _clone(source: Path, owner: int, shown_as: int) -> Iterator[int]:
    tree = _call(_OPEN_TREE, _AT_FDCWD, os.fsencode(source), _OPEN_TREE_CLONE | _OPEN_TREE_CLOEXEC)
    try:
        with _user_namespace(owner, shown_as) as users:
            wanted = _MountAttributes(
                set=_MOUNT_ATTR_IDMAP | _MOUNT_ATTR_NOSUID | _MOUNT_ATTR_NODEV, userns=users, clear=0, propagation=0
            )
            _call(_MOUNT_SETATTR, tree, b"", _AT_EMPTY_PATH, ctypes.byref(wanted), ctypes.sizeof(wanted))
        yield tree
    finally:
        os.close(tree)


@contextmanager
def _user_namespace(owner: int, shown_as: int) -> Iterator[int]:
    """Make a user namespace that says how owners are mapped; nothing ever runs in it."""
    # A namespace needs a process to be made, and this one has threads, which may not leave theirs.
    command = ["unshare", "--user", "--", "cat"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:  # noqa: S603
        assert child.stdin is not None  # noqa: S101 - they are pipes
        assert child.stdout is not None  # noqa: S101
        child.stdin.write(b"\n")
        child.stdin.flush()
        child.stdout.read(1)  # `cat` runs, so the namespace is there
        for name in ("uid_map", "gid_map"):
            Path(f"/proc/{child.pid}/{name}").write_text(f"{owner} {shown_as} 1\n")
        namespace = os.open(f"/proc/{child.pid}/ns/user", os.O_RDONLY | os.O_CLOEXEC)
        child.stdin.close()
    try:
        yield namespace
    finally:
        os.close(namespace)


def _attach_inside(tree: int, namespace: int, target: str) -> None:
    failures: list[OSError] = []

    def step_inside() -> None:
        try:
            # The kernel lets only who shares no working folder with others change the mount namespace.
            _checked(_libc.unshare(_CLONE_FS))
            _checked(_libc.setns(namespace, _CLONE_NEWNS))
            _call(_MOVE_MOUNT, tree, b"", _AT_FDCWD, os.fsencode(target), _MOVE_MOUNT_F_EMPTY_PATH)
        except OSError as error:
            failures.append(error)

    # A thread of its own that ends with this: it never comes back from the other namespace.
    thread = threading.Thread(target=step_inside, name="graft")
    thread.start()
    thread.join()
    for error in failures:
        raise error


def _call(number: int, *arguments: object) -> int:
    words = (ctypes.c_long(word) if isinstance(word, int) else word for word in arguments)
    return _checked(_libc.syscall(ctypes.c_long(number), *words))


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return int(result)
