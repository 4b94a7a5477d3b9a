"""The network of sessions that may use one: a bridge each, behind a filter of this machine."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import shutil
from typing import Any

import structlog
from aiodocker.exceptions import DockerError

from streamspace.platforms.base import PlatformError, ToolMissing
from streamspace.platforms.docker.containers import AGENT_LABEL, KEY_LABEL
from streamspace.platforms.docker.engine import NOT_FOUND, Engine

log = structlog.get_logger(__name__)

POOL = "198.18.0.0/15"
"""Where sessions' networks lie: addresses of RFC 2544, which no other network uses. Docker's own pool ends at 31."""
_PREFIX = 29
_TRIES = 64
_BRIDGES = "ss-"
UNAVAILABLE = (
    "This application uses the network, and this agent cannot keep its sessions from this machine's services: it must "
    "run as root on the engine's machine, with nftables installed (apt install nftables). Or set allow_host_network to "
    "do without."
)
RULES = f"""
table inet streamspace
delete table inet streamspace
table inet streamspace {{
    chain input {{
        type filter hook input priority -10
        iifname "{_BRIDGES}*" reject
    }}
    chain forward {{
        type filter hook forward priority -10
        iifname "{_BRIDGES}*" meta nfproto ipv6 reject
        iifname "{_BRIDGES}*" ip daddr {{ 169.254.0.0/16, 100.100.100.200, 192.0.0.192 }} reject
        iifname "{_BRIDGES}*" ip daddr 168.63.129.16 tcp dport {{ 80, 443, 32526 }} reject
        iifname "{_BRIDGES}*" oifname {{ "{_BRIDGES}*", "docker*", "br-*" }} reject
        oifname "{_BRIDGES}*" ct state != {{ established, related }} reject
    }}
}}
"""
"""Evaluated before Docker's own rules, which they do not touch: no way to this machine, to other containers, or to
where clouds keep a machine's credentials; and nobody connects to a session this way."""


def name(key: str) -> str:
    """Return the network's name."""
    return f"streamspace-{key}"


def filter_available() -> bool:
    """Return whether this agent may write the machine's filter."""
    return os.geteuid() == 0 and shutil.which("nft") is not None


async def guard() -> None:
    """Write the filter, in one step; twice is fine.

    Raises:
        ToolMissing: it cannot be written.
    """
    if not filter_available():
        raise ToolMissing(UNAVAILABLE)
    process = await asyncio.create_subprocess_exec(
        "nft", "-f", "-", stdin=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate(RULES.encode())
    if process.returncode != 0:
        log.warning("filter_failed", reason=said.decode(errors="replace")[-300:])
        raise ToolMissing(f"{UNAVAILABLE} (nft: {said.decode(errors='replace').strip().splitlines()[0][:200]})")


async def ensure(engine: Engine, key: str, agent: str, pool: str = POOL) -> str:
    """Return the name of a session's network, making it unless it is there."""
    wanted = name(key)
    if await _shown(engine, wanted) is not None:
        return wanted
    subnets = ipaddress.ip_network(pool)
    most = 2 ** (_PREFIX - subnets.prefixlen)
    first = int(key, 16) % most
    for number in range(min(_TRIES, most)):
        start = subnets.network_address + ((first + number) % most) * 2 ** (32 - _PREFIX)
        try:
            await engine.client.networks.create(_body(wanted, key, agent, f"{start}/{_PREFIX}"))
        except DockerError as error:
            if "overlap" not in error.message.casefold():
                raise
        else:
            return wanted
    raise PlatformError(f"No part of {pool} is free for another session's network.")


def _body(wanted: str, key: str, agent: str, subnet: str) -> dict[str, Any]:
    return {
        "Name": wanted,
        "Driver": "bridge",
        "CheckDuplicate": True,
        "EnableIPv6": False,
        "IPAM": {"Config": [{"Subnet": subnet}]},
        "Options": {
            "com.docker.network.bridge.name": _BRIDGES + key,
            "com.docker.network.bridge.enable_icc": "false",
        },
        "Labels": {AGENT_LABEL: agent, KEY_LABEL: key},
    }


async def _shown(engine: Engine, wanted: str) -> dict[str, Any] | None:
    try:
        return await (await engine.client.networks.get(wanted)).show()
    except DockerError as error:
        if error.status != NOT_FOUND:
            raise
        return None


async def remove(engine: Engine, key: str) -> None:
    """Remove a session's network, whose container is gone."""
    found = await _shown(engine, name(key))
    if found is not None:
        await (await engine.client.networks.get(found["Id"])).delete()


async def keys(engine: Engine, agent: str) -> set[str]:
    """Return whose networks there are."""
    found = await engine.client.networks.list(filters={"label": [f"{AGENT_LABEL}={agent}"]})
    return {network["Labels"][KEY_LABEL] for network in found}
