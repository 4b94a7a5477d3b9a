from __future__ import annotations

from streamspace.server.core.errors import BadRequest, Conflict, Forbidden, NotFound


class NoSuchKey(NotFound):
    """There is no such API key, or you may not see it."""

    code = "key_not_found"


class UnknownScope(BadRequest):
    """There is no such scope. /api/v1/api-keys/scopes lists them."""

    code = "unknown_scope"


class BadNetwork(BadRequest):
    """An address or network is written like 192.0.2.7 or 192.0.2.0/24."""

    code = "bad_network"


class BadExpiry(BadRequest):
    """A key expires in the future, within ten years."""

    code = "bad_expiry"


class StrongerKey(Forbidden):
    """A key can make only keys that may do less, for a shorter time, from the same places or fewer."""

    code = "stronger_key"


class TooManyKeys(Conflict):
    """You have as many API keys as one person may. Remove some that are not used."""

    code = "too_many_keys"
