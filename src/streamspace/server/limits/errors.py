from __future__ import annotations

from streamspace.server.core.errors import BadRequest, Forbidden


class QuotaExceeded(Forbidden):
    """This would pass a limit. The details say which, whose, and how much is used."""

    code = "quota_exceeded"


class BadLimit(BadRequest):
    """A limit is a whole number of sessions, or a quantity such as 500m, 2 or 8Gi, and not negative."""

    code = "bad_limit"
