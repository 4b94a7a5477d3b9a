"""How a person's files cross a session's border: the token the gateway believes, and what it tells of each transfer.

A *files token* is made by the control plane for one session and its owner, lives ten minutes and may be shown many
times; the client asks for a new one before it is over. The gateway answers at `FILES_PREFIX` and passes requests on to
the file server inside the session (`platforms/inside/fileserver.py`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from streamspace.protocol.base import Wire

FILES_AUDIENCE = "streamspace-files"
FILES_SECONDS = 600
FILES_PREFIX = "/f/"
"""A session's files are at `/f/{session_id}/…` on the gateway."""
LONGEST_PATH = 4096
LIMIT_HEADER = "x-streamspace-limit"
"""gateway → session: how large one file may be."""

Direction = Literal["uploaded", "downloaded", "deleted"]


def audience_of(org_id: str) -> str:
    """Return the name by which all files tokens of an organisation are revoked, as a `connection`."""
    return f"files-{org_id}"


class FilesToken(Wire):
    """Claims of a files token. `iat` and `exp` are the control plane's clock, seconds since 1970."""

    aud: str = FILES_AUDIENCE
    jti: str
    iat: float
    exp: float
    session_id: str
    agent_id: str
    user_id: str
    username: str = ""
    login_id: str
    by_key: bool = False
    """Whether `login_id` names an API key."""
    org_id: str
    ip: str = ""
    upload: bool
    download: bool
    max_upload_bytes: int = Field(ge=0)


class FileMoved(Wire):
    """gateway → control plane: a file went in or out, or was deleted; not `complete` if it broke off."""

    session_id: str
    org_id: str
    user_id: str
    username: str = ""
    login_id: str
    by_key: bool = False
    ip: str = ""
    direction: Direction
    path: str = Field(max_length=LONGEST_PATH)
    size_bytes: int = Field(ge=0)
    """How much went over; of an upload, the file's size."""
    complete: bool = True
    at: datetime
