from __future__ import annotations

from streamspace.server.core.errors import NotFound


class NoSuchEntry(NotFound):
    """There is no such entry in the audit log, or you may not see it."""

    code = "audit_entry_not_found"
