"""Policies: what may cross the borders of sessions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from pydantic import Field

from streamspace.protocol.base import Wire
from streamspace.protocol.policies import Policy

if TYPE_CHECKING:
    from streamspace.client.transport import Transport

API = "/api/v1"
PolicyOwner = Literal["organizations", "groups"]


class PolicySource(Wire):
    """Who restricts something; `kind` is `organization`, `group` or `template`."""

    kind: str
    id: str
    name: str = ""


class EffectivePolicy(Policy):
    """What holds; nothing is None. `sources` names, by the API's field, who restricts what is restricted."""

    sources: dict[str, PolicySource] = Field(default_factory=dict)


class StoredPolicy(Policy):
    """What an organisation or a group says; None is left to others. `effective` is what holds with those above."""

    effective: EffectivePolicy
    updated_at: datetime | None = None


class Policies:
    """`api.policies`. Whose policy it is comes as a kind and an id: `("groups", group.id)`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def get(self, kind: PolicyOwner, owner_id: str) -> StoredPolicy:
        """Return what an organisation or a group says."""
        return await self._transport.get(StoredPolicy, _path(kind, owner_id))

    async def set(self, kind: PolicyOwner, owner_id: str, policy: Policy) -> StoredPolicy:
        """Replace what an organisation or a group says; open streams follow at once."""
        body = policy.model_dump(mode="json", by_alias=True, include=set(Policy.model_fields))
        return self._transport.read(StoredPolicy, await self._transport.call("PUT", _path(kind, owner_id), body=body))

    async def of_session(self, session_id: str) -> EffectivePolicy:
        """Return what holds for a session."""
        return await self._transport.get(EffectivePolicy, _path("sessions", session_id))


def _path(kind: str, owner_id: str) -> str:
    return f"{API}/{kind}/{quote(owner_id, safe='')}/policy"
