"""Agents: the hosts that run sessions. Most calls need an administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from streamspace.client.fleet import (
    Agent,
    AgentKey,
    AgentList,
    AgentUsage,
    CommandList,
    CommandStatus,
    JoinTokenList,
    NewJoinToken,
)

if TYPE_CHECKING:
    from streamspace.client.transport import Transport

PATH = "/api/v1/agents"


class Agents:
    """`api.agents`. Unknown agents raise `NotFound`, callers without the permission get `Forbidden`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def list(self, **wanted: str) -> AgentList:
        """Return the agents that match: `platform`, `status`, `region`, `approval`, `label` (`key` or `key=value`).

        All of them, unless `limit` says how many; `cursor` goes on where the answer's `next_cursor` says.
        """
        return await self._transport.get(AgentList, PATH, query=wanted)

    async def get(self, agent_id: str) -> Agent:
        """Return one agent."""
        return await self._transport.get(Agent, _path(agent_id))

    async def approve(self, agent_id: str) -> Agent:
        """Let a registered agent connect and run sessions."""
        return await self._act(agent_id, "approve")

    async def reject(self, agent_id: str) -> Agent:
        """Refuse an agent; a live connection ends within a second."""
        return await self._act(agent_id, "reject")

    async def update(self, agent_id: str, **changes: Any) -> Agent:
        """Change `region`, `labels`, `orgId`, `maxStarts`, `maxSessions` or `cordoned`; what is left out stays."""
        return self._transport.read(Agent, await self._transport.call("PATCH", _path(agent_id), body=changes))

    async def drain(self, agent_id: str, *, evict: str | None = None) -> Agent:
        """Place no further sessions on it; those that run stay, or are put to sleep with `evict="hibernate"`."""
        return await self._act(agent_id, "drain", {"evict": evict} if evict else None)

    async def undrain(self, agent_id: str) -> Agent:
        """Use it again."""
        return await self._act(agent_id, "undrain")

    async def cordon(self, agent_id: str) -> Agent:
        """Place no further sessions on it."""
        return await self._act(agent_id, "cordon")

    async def uncordon(self, agent_id: str) -> Agent:
        """Use it again."""
        return await self._act(agent_id, "uncordon")

    async def rotate_key(self, agent_id: str) -> Agent:
        """Have a connected agent make itself a new key; the old one works for a while longer."""
        return await self._act(agent_id, "rotate-key")

    async def generate_key(self, agent_id: str) -> AgentKey:
        """Make a key for an agent that lost its own; the answer is the only time it is shown."""
        return self._transport.read(AgentKey, await self._transport.call("POST", f"{_path(agent_id)}/generate-key"))

    async def revoke_key(self, agent_id: str) -> Agent:
        """Have its keys work no more; a live connection ends within a second."""
        return await self._act(agent_id, "revoke-key")

    async def order(self, agent_id: str, action: str, *, session_id: str | None = None) -> CommandStatus:
        """Give it an order by hand: `ping`, `inventory`, `usage`, `shutdown`, `restart`; follow it with `command`."""
        body = {"action": action} | ({"sessionId": session_id} if session_id else {})
        return self._transport.read(
            CommandStatus, await self._transport.call("POST", f"{_path(agent_id)}/command", body=body)
        )

    async def commands(self, agent_id: str, *, limit: int = 50, status: str | None = None) -> CommandList:
        """Return what it was ordered lately."""
        wanted = {"limit": str(limit)} | ({"status": status} if status else {})
        return await self._transport.get(CommandList, f"{_path(agent_id)}/commands", query=wanted)

    async def remove(self, agent_id: str) -> None:
        """Forget an agent; its key stops working."""
        await self._transport.call("DELETE", _path(agent_id))

    async def create_join_token(
        self,
        *,
        platform: str | None = None,
        uses: int = 1,
        expires_in: str = "1h",
        approve: bool = False,
        org_id: str | None = None,
        region: str | None = None,
    ) -> NewJoinToken:
        """Make a token that new agents register with; the answer is the only time it is shown.

        Args:
            platform: Only agents of this platform may use it.
            uses: How many agents may register with it.
            expires_in: Duration such as `30m` or `24h`.
            approve: Agents that used it need no further approval.
            org_id: The only organisation such agents run sessions for.
            region: Where such agents are, unless they name a region themselves.
        """
        body = {
            "platform": platform,
            "uses": uses,
            "expiresIn": expires_in,
            "approve": approve,
            "orgId": org_id,
            "region": region,
        }
        body = {key: value for key, value in body.items() if value is not None}
        return self._transport.read(NewJoinToken, await self._transport.call("POST", f"{PATH}/join-tokens", body=body))

    async def join_tokens(self) -> JoinTokenList:
        """Return the join tokens, the newest first, without their text."""
        return await self._transport.get(JoinTokenList, f"{PATH}/join-tokens")

    async def revoke_join_token(self, token_id: str) -> None:
        """Let nobody register with a token any more; agents that did stay."""
        await self._transport.call("DELETE", f"{PATH}/join-tokens/{quote(token_id, safe='')}")

    async def usage(self, agent_id: str, *, hours: int = 24) -> AgentUsage:
        """Return what an agent's machine used lately, and what was promised on it."""
        return await self._transport.get(AgentUsage, f"{_path(agent_id)}/usage", query={"hours": str(hours)})

    async def install_packages(self, agent_id: str, template: str) -> CommandStatus:
        """Ask an agent to install the Debian packages of a template; follow it with `command`."""
        answer = await self._transport.call("POST", f"{_path(agent_id)}/packages", body={"template": template})
        return self._transport.read(CommandStatus, answer)

    async def command(self, agent_id: str, command_id: str) -> CommandStatus:
        """Return how far an order is."""
        return await self._transport.get(CommandStatus, f"{_path(agent_id)}/commands/{quote(command_id, safe='')}")

    async def _act(self, agent_id: str, verb: str, query: dict[str, str] | None = None) -> Agent:
        path = f"{_path(agent_id)}/{verb}"
        return self._transport.read(Agent, await self._transport.call("POST", path, query=query))


def _path(agent_id: str) -> str:
    return f"{PATH}/{quote(agent_id, safe='')}"
