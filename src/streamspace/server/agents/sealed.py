"""Variables that hold secrets: encrypted in the database, opened only on their way to the agent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
import structlog

from streamspace.server.core import auth
from streamspace.server.core.settings import Settings

FIELD = "sealedEnvironment"
log = structlog.get_logger(__name__)


def seal(settings: Settings, secrets: Mapping[str, str]) -> str | None:
    """Encrypt variables; None where there are none."""
    if not secrets:
        return None
    return auth.seal(settings.secret_key.get_secret_value(), orjson.dumps(secrets).decode())


def opened(settings: Settings, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a command's payload with what was sealed among its environment."""
    sealed = payload.get(FIELD)
    if not sealed:
        return dict(payload)
    text = auth.unseal(settings.secret_key.get_secret_value(), sealed)
    if text is None:
        log.warning("secrets_not_opened", session=payload.get("sessionId"), reason="the secret key is another")
    rest = {name: value for name, value in payload.items() if name != FIELD}
    return rest | {"environment": {**payload.get("environment", {}), **(orjson.loads(text) if text else {})}}
