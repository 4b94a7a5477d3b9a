"""The two programs that are measured, each in a process of its own: `gateway` and `agent`."""

from __future__ import annotations

import asyncio
import json
import logging
import resource
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import structlog
import uvloop

from streamspace.agent.streams import StreamLinks
from streamspace.gateway.server import make_server
from streamspace.gateway.settings import GatewaySettings
from streamspace.platforms.base import Platform
from streamspace.protocol import control, tokens
from streamspace.protocol.streams import Endpoint

AGENTS = {"one": "agent-direct", "two": "agent-dial"}
"""The first is on the gateway's machine, the second is made to dial back."""


class OnePlatform:
    """Every session answers at one Unix socket."""

    def __init__(self, path: str) -> None:
        self._endpoint = Endpoint(kind="unix", path=path, query={"token": "engine-token"})

    async def endpoint(self, _session_id: str, _role: str) -> Endpoint:
        """Return where it answers."""
        return self._endpoint


async def gateway(settings: dict[str, Any]) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    values = {key: settings[key] for key in ("port", "public_url", "control_plane_url", "secret", "direct_root")}
    server = make_server(
        GatewaySettings(**values, direct_agents={AGENTS["one"]}, drain=timedelta(0), most_streams=10_000)  # type: ignore[arg-type]
    )
    await server.serve(stop)


async def agent(settings: dict[str, Any], agent_id: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    links = StreamLinks(cast("Platform", OnePlatform(settings["socket"])), agent_id)
    token = tokens.mint_agent_token(agent_id, settings["secret"], datetime.now(UTC), timedelta(hours=1))
    await links.update([control.Gateway(gateway_id="gateway", url=settings["public_url"], token=token)])
    await stop.wait()
    await links.close()


def main() -> None:
    settings = json.loads(Path(sys.argv[2]).read_text())
    resource.setrlimit(resource.RLIMIT_NOFILE, (20_000, 20_000))
    logging.basicConfig(level=logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    work = gateway(settings) if sys.argv[1] == "gateway" else agent(settings, sys.argv[3])
    uvloop.run(work)


if __name__ == "__main__":
    main()
