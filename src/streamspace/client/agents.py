"""Agents: the hosts that run sessions. Most calls need an administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from streamspace.client.models import Agent, AgentList, CommandStatus, JoinToken

if TYPE_CHECKING:
    from streamspace.client.transport import Transport

PATH = "/api/v1/agents"


class Agents:
    """`api.agents`. Unknown agents raise `NotFound`, callers without the permission get `Forbidden`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def list(self) -> AgentList:
        """Return all agents the caller may see."""
        return await self._transport.get(AgentList, PATH)

    async def get(self, agent_id: str) -> Agent:
        """Return one agent."""
        return await self._transport.get(Agent, _path(agent_id))

    async def approve(self, agent_id: str) -> Agent:
        """Let a registered agent connect and run sessions."""
        return await self._act(agent_id, "approve")

    async def reject(self, agent_id: str) -> Agent:
        """Refuse an agent; a live connection ends within a second."""
        return await self._act(agent_id, "reject")

    async def drain(self, agent_id: str) -> Agent:
        """Place no further sessions on it; those that run stay."""
        return await self._act(agent_id, "drain")

    async def undrain(self, agent_id: str) -> Agent:
        """Use it again."""
        return await self._act(agent_id, "undrain")

    async def remove(self, agent_id: str) -> None:
        """Forget an agent; its key stops working."""
        await self._transport.call("DELETE", _path(agent_id))

    async def create_join_token(
        self, *, platform: str | None = None, uses: int = 1, expires_in: str = "1h", approve: bool = False
    ) -> JoinToken:
        """Make a token that new agents register with; the answer is the only time it is shown.

        Args:
            platform: Only agents of this platform may use it.
            uses: How many agents may register with it.
            expires_in: Duration such as `30m` or `24h`.
            approve: Agents that used it need no further approval.
        """
        body = {"platform": platform, "uses": uses, "expiresIn": expires_in, "approve": approve}
        body = {key: value for key, value in body.items() if value is not None}
        return self._transport.read(JoinToken, await self._transport.call("POST", f"{PATH}/join-tokens", body=body))

    async def install_packages(self, agent_id: str, template: str) -> CommandStatus:
        """Ask an agent to install the Debian packages of a template; follow it with `command`."""
        answer = await self._transport.call("POST", f"{_path(agent_id)}/packages", body={"template": template})
        return self._transport.read(CommandStatus, answer)

    async def command(self, agent_id: str, command_id: str) -> CommandStatus:
        """Return how far an order is."""
        return await self._transport.get(CommandStatus, f"{_path(agent_id)}/commands/{quote(command_id, safe='')}")

    async def _act(self, agent_id: str, verb: str) -> Agent:
        return self._transport.read(Agent, await self._transport.call("POST", f"{_path(agent_id)}/{verb}"))


def _path(agent_id: str) -> str:
    return f"{PATH}/{quote(agent_id, safe='')}"
