"""Names of files that somebody sent, and what the system says of them in sentences."""

from __future__ import annotations

import errno
import os

LONGEST_PATH = 4096
LONGEST_NAME = 255
DEEPEST = 64
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says when there is no room."""


class Problem(Exception):  # noqa: N818 - each states a fact
    """It cannot be done; the text is a sentence for the person."""

    def __init__(self, status: int, code: str, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = headers


def bad_name(why: str) -> Problem:
    """Say that a name cannot be used."""
    return Problem(400, "bad_name", why)


def problem_of(error: OSError, name: str) -> Problem:
    """Say what the system refused, as a person would."""
    if error.errno in FULL:
        return no_space()
    for numbers, (status, code, message) in _MEANINGS.items():
        if error.errno in numbers:
            return Problem(status, code, message.format(name=name))
    return Problem(500, "failed", f"The session's system refused: {error.strerror}.")


_MEANINGS: dict[frozenset[int], tuple[int, str, str]] = {
    frozenset({errno.ENOENT, errno.ENOTDIR}): (404, "not_found", "There is no “{name}” here any more."),
    frozenset({errno.EEXIST, errno.ENOTEMPTY}): (409, "exists", "“{name}” exists already."),
    frozenset({errno.EACCES, errno.EPERM, errno.EROFS}): (
        403,
        "not_permitted",
        "The session may not change or read “{name}”.",
    ),
    frozenset({errno.EINVAL, errno.EBUSY}): (409, "not_possible", "This cannot be done with “{name}”."),
    frozenset({errno.ELOOP}): (403, "outside", "“{name}” is a link that leads out of the home folder."),
}


def no_space() -> Problem:
    """Say that the disk is full."""
    return Problem(507, "no_space", "There is no room left for this in the session's home folder.")


def parts_of(path: str) -> list[str]:
    """Split a path that somebody sent, relative to the home folder; the home itself has no parts.

    Raises:
        Problem: it is too long, or holds a name that is none.
    """
    if len(os.fsencode(path)) > LONGEST_PATH:
        raise bad_name("This path is too long.")
    parts = [part for part in path.split("/") if part]
    for part in parts:
        if part in {".", ".."} or "\0" in part:
            raise bad_name("A path is made of names only.")
        if len(os.fsencode(part)) > LONGEST_NAME:
            raise bad_name("A name has 255 bytes at most.")
    if len(parts) > DEEPEST:
        raise bad_name("This path is too deep.")
    return parts


def check_new(name: str) -> None:
    """Refuse names that would be a nuisance to whoever meets them later.

    Raises:
        Problem: it holds a control character, or is no text.
    """
    if any(ord(char) < ord(" ") or char == "\x7f" or "\ud800" <= char <= "\udfff" for char in name):
        raise bad_name("A name has no control characters.")
    if name != name.strip():
        raise bad_name("A name neither begins nor ends with a space.")
