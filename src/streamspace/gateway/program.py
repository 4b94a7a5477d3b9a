"""Runs a gateway as a program of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import structlog

from streamspace.gateway.server import serve
from streamspace.gateway.settings import GatewaySettings
from streamspace.kit import logs
from streamspace.kit.configuration import BadSettings
from streamspace.kit.running import until_signalled

log = structlog.get_logger(__name__)


def run(settings: dict[str, Any] | None = None, config: Path | None = None, **flags: Any) -> int:
    """Run a gateway in the foreground; SIGTERM lets open streams go on for a while and then ends it."""
    logs.configure(fmt=flags.pop("log_format", "console"), level=flags.pop("log_level", "info"))
    if "server" in flags:
        flags["control_plane_url"] = flags.pop("server")
    try:
        known = GatewaySettings.load({**(settings or {}), **flags}, config)
    except BadSettings as error:
        print(f"The gateway cannot start. {error}", file=sys.stderr)  # noqa: T201 - as the other programs do
        return 1

    try:
        until_signalled(lambda stop: serve(known, stop))
    except OSError as error:
        log.error("cannot_listen", host=known.host, port=known.port, reason=error.strerror)  # noqa: TRY400
        return 1
    return 0
