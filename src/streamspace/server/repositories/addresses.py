"""Where a repository is: what may be written, and what it means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from streamspace.server.core.outbound import CannotFetch, check_https
from streamspace.server.repositories.bounds import Bounds, Unusable, parts_of

_SCP = re.compile(r"(?P<user>[A-Za-z0-9_][A-Za-z0-9._-]{0,63})@(?P<host>[A-Za-z0-9.-]{1,253}):(?P<path>[^:]{1,900})")
_USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,63}")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9a-f:.]{2,45}")
_SSH_PATH = re.compile(r"[A-Za-z0-9._~/+@-]{1,900}")
_BRANCH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/+@#-]{0,199}")
SSH_PORT = 22


@dataclass(frozen=True, slots=True)
class Place:
    """An address that was read."""

    scheme: str
    """`https` or `ssh`."""
    host: str
    port: int
    user: str
    path: str
    url: str


def place(url: str, transport: str) -> Place:
    """Read a repository's address: `https://…`, and for Git also `ssh://user@host/path` and `user@host:path`.

    Raises:
        Unusable: it is none that we would go to.
    """
    if transport == "git" and (scp := _SCP.fullmatch(url)) is not None:
        return _ssh(url, scp["user"], scp["host"], SSH_PORT, scp["path"])
    if transport == "git" and url.startswith("ssh://"):
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise Unusable("This is not an address.") from None
        if parts.query or parts.fragment or parts.password is not None or port == 0:
            raise Unusable("An SSH address is written like ssh://git@git.example.org/group/templates.git.")
        return _ssh(url, parts.username or "git", parts.hostname or "", port or SSH_PORT, unquote(parts.path))
    try:
        check_https(url)
    except CannotFetch as problem:
        raise Unusable(problem.message) from None
    parts = urlsplit(url)
    if parts.fragment or (transport == "git" and parts.query):
        raise Unusable("An address ends before ? and #.")
    return Place("https", parts.hostname or "", parts.port or 443, "", parts.path, url)


def _ssh(url: str, user: str, host: str, port: int, path: str) -> Place:
    if not _USER.fullmatch(user) or not _HOST.fullmatch(host) or not _SSH_PATH.fullmatch(path) or ".." in path:
        raise Unusable("An SSH address is written like ssh://git@git.example.org/group/templates.git.")
    if path.lstrip("/").startswith("-"):
        raise Unusable("A path does not begin with a dash.")
    return Place("ssh", host.lower(), port, user, path, url)


def check_branch(name: str) -> None:
    """Refuse what is no branch's name.

    Raises:
        Unusable: it is none.
    """
    bad = ("..", "//", "@{", "/.", ".lock/")
    if not _BRANCH.fullmatch(name) or any(text in name for text in bad) or name.endswith((".", "/", ".lock")):
        raise Unusable("A branch is written like main or release/2.0.")


def check_folder(path: str) -> str:
    """Return a subfolder without the slashes around it.

    Raises:
        Unusable: it leads elsewhere.
    """
    path = path.strip("/")
    if path:
        parts_of(path, Bounds())
    return path
