from __future__ import annotations

from streamspace.server.core.errors import Conflict


class FilesAsleep(Conflict):
    """This session does not run, so its files cannot be reached."""

    code = "files_not_reachable"
