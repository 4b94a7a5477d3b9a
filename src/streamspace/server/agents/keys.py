"""Agents' own keys: 256 bits that the agent made, hashed at rest, checked so often a minute."""

from __future__ import annotations

import asyncio
import re

import bcrypt

from streamspace.server.agents.errors import WrongAgentKey
from streamspace.server.agents.models import Agent
from streamspace.server.core.attempts import Attempts

KEY_COST = 10
FORM = re.compile(r"[0-9a-f]{64}")


def hash_key(key: str) -> str:
    """Hash a key; slow, so not for the event loop."""
    return bcrypt.hashpw(key.encode(), bcrypt.gensalt(KEY_COST)).decode()


async def prove(attempts: Attempts, agent: Agent, key: str, ip: str) -> None:
    """Check an agent's key, at most so often a minute.

    Raises:
        WrongAgentKey, TooManyAttempts: as they say.
    """
    with attempts.one(f"agent:{agent.agent_id}", f"agent-ip:{ip}") as attempt:
        if not await asyncio.to_thread(bcrypt.checkpw, key.encode(), agent.api_key_hash.encode()):
            raise WrongAgentKey
        attempt.succeeded()
