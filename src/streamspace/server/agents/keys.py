"""Agents' own keys: 256 bits that the agent made, hashed at rest, checked so often a minute."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime

import bcrypt

from streamspace.server.agents.errors import AgentKeyRevoked, WrongAgentKey
from streamspace.server.agents.models import Agent
from streamspace.server.core.attempts import Attempts

KEY_COST = 10
FORM = re.compile(r"[0-9a-f]{64}")
REVOKED = ""


def hash_key(key: str) -> str:
    """Hash a key; slow, so not for the event loop."""
    return bcrypt.hashpw(key.encode(), bcrypt.gensalt(KEY_COST)).decode()


def good(agent: Agent, now: datetime) -> list[str]:
    """Return the hashes of the keys that work: the agent's own, and for a while the one before it."""
    found = [agent.api_key_hash] if agent.api_key_hash != REVOKED else []
    if agent.previous_key_hash and agent.previous_key_until and agent.previous_key_until > now:
        found.append(agent.previous_key_hash)
    return found


async def prove(attempts: Attempts, agent: Agent, key: str, ip: str, now: datetime) -> str:
    """Check an agent's key, at most so often a minute; return the hash that it has.

    Raises:
        WrongAgentKey, AgentKeyRevoked, TooManyAttempts: as they say.
    """
    with attempts.one(f"agent:{agent.agent_id}", f"agent-ip:{ip}") as attempt:
        for hashed in good(agent, now):
            if await asyncio.to_thread(bcrypt.checkpw, key.encode(), hashed.encode()):
                attempt.succeeded()
                return hashed
        raise AgentKeyRevoked if agent.api_key_hash == REVOKED else WrongAgentKey
