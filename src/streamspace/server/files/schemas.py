from __future__ import annotations

from datetime import datetime

from streamspace.protocol.base import Wire


class FilesAccessOut(Wire):
    """Where a session's files are, and the token for them: `Authorization: Bearer` of requests below `url`."""

    url: str
    token: str
    expires_at: datetime
    """Ask again before."""
    upload: bool
    """Whether the policy lets files in, and lets them be changed from outside."""
    download: bool
    max_upload_bytes: int
