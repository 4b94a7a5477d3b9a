"""Agents' own keys: 256 bits that the agent made, hashed at rest, checked so often a minute."""

from __future__ import annotations

import asyncio
import hmac
import re
from dataclasses import dataclass
from datetime import datetime

import bcrypt

from streamspace.server.agents.errors import AgentKeyRevoked, WrongAgentKey
from streamspace.server.agents.models import Agent
from streamspace.server.core import auth
from streamspace.server.core.attempts import Attempts

FORM = re.compile(r"[0-9a-f]{64}")
REVOKED = ""
_REPLACED = (
    "This agent's key was rotated, and this process has the one before. Copy agent.key from the data directory of the "
    "process that acts, or make a new one with `streamspace agents generate-key`."
)
_SLOW = "$2"
"""How hashes begin that were made before keys were hashed quickly; the agent's next registration replaces them."""


@dataclass(frozen=True, slots=True)
class Known:
    """An agent's keys, as they are kept."""

    agent_id: str
    api_key_hash: str
    previous_key_hash: str | None
    previous_key_until: datetime | None


def known(agent: Agent) -> Known:
    """Return an agent's keys."""
    return Known(agent.agent_id, agent.api_key_hash, agent.previous_key_hash, agent.previous_key_until)


def good(agent: Agent | Known, now: datetime) -> list[str]:
    """Return the hashes of the keys that work: the agent's own, and for a while the one before it."""
    found = [agent.api_key_hash] if agent.api_key_hash != REVOKED else []
    if agent.previous_key_hash and agent.previous_key_until and agent.previous_key_until > now:
        found.append(agent.previous_key_hash)
    return found


async def prove(attempts: Attempts, agent: Known, key: str, ip: str, now: datetime) -> str:
    """Check an agent's key; only wrong ones are counted. Return the hash that it has.

    Raises:
        WrongAgentKey, AgentKeyRevoked, TooManyAttempts: as they say.
    """
    # By address, so that nobody elsewhere can lock an agent out by its name.
    with attempts.one(f"agent:{agent.agent_id}@{ip}", f"agent-ip:{ip}") as attempt:
        shown = auth.hash_secret(key)
        for hashed in good(agent, now):
            if hmac.compare_digest(shown, hashed) or (hashed.startswith(_SLOW) and await _slowly(key, hashed)):
                attempt.succeeded()
                return hashed
        if agent.api_key_hash == REVOKED:
            raise AgentKeyRevoked
        if agent.previous_key_hash is not None and hmac.compare_digest(shown, agent.previous_key_hash):
            raise WrongAgentKey(_REPLACED)
        raise WrongAgentKey


async def _slowly(key: str, hashed: str) -> bool:
    return await asyncio.to_thread(bcrypt.checkpw, key.encode(), hashed.encode())
