"""Remembered logins: one file a server, readable by its owner only."""

import json
import os
import tempfile
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import platformdirs

from streamspace.client.transport import Tokens


def folder() -> Path:
    """Return where logins are kept."""
    return platformdirs.user_config_path("streamspace") / "logins"


def current() -> str | None:
    """Return the server last signed in to."""
    try:
        return (folder() / "current").read_text().strip() or None
    except OSError:
        return None


def remember(server: str) -> None:
    """Make a server the one that commands talk to by default."""
    _write(folder() / "current", server + "\n")


def forget(server: str) -> None:
    """Drop the login of a server."""
    Stored(server).save(None)
    if current() == server:
        (folder() / "current").unlink(missing_ok=True)


class Stored:
    """The tokens of one server, shared by all commands of this user (a `client.TokenStore`)."""

    def __init__(self, server: str) -> None:
        self.path = folder() / f"{quote(server, safe='')}.json"

    def load(self) -> Tokens | None:
        """Read the tokens; an unreadable file counts as signed out."""
        try:
            held = json.loads(self.path.read_text())
            expires = held.get("expiresAt")
            ends = datetime.fromisoformat(expires) if expires else None
            return Tokens(held["token"], held.get("refreshToken"), ends)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def save(self, tokens: Tokens | None) -> None:
        """Replace the tokens."""
        if tokens is None:
            self.path.unlink(missing_ok=True)
            return
        expires = tokens.expires_at.isoformat() if tokens.expires_at else None
        held = {"token": tokens.token, "refreshToken": tokens.refresh_token, "expiresAt": expires}
        _write(self.path, json.dumps(held))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # mkstemp creates the file 0600; the rename lets other commands see the old or the new file, whole.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "w") as file:
        file.write(text)
    Path(name).replace(path)
