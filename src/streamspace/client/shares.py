"""Sharing: let others take part in a session, take part in theirs, hand control around."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pydantic import Field

from streamspace.client.models import Connection
from streamspace.client.transport import given
from streamspace.protocol.base import Wire

if TYPE_CHECKING:
    from streamspace.client.transport import Transport

SESSIONS = "/api/v1/sessions"
MINE = "/api/v1/me/shared-sessions"


class Share(Wire):
    """Lets somebody else take part in a session; `token` and `url` are there only when a link was just made.

    `kind` is `user` or `link`, `permission` is `view` or `control`, `state` is `active`, `used_up`, `expired` or
    `revoked`.
    """

    id: str
    session_id: str
    kind: str
    username: str | None = None
    permission: str
    state: str = "active"
    uses: int = 0
    max_uses: int | None = None
    created_at: datetime | None = None
    expires_at: datetime | None = None
    token: str | None = None
    url: str | None = None


class ShareList(Wire):
    """All shares of a session, newest first."""

    shares: list[Share] = Field(default_factory=list)
    total: int = 0


class SharedSession(Wire):
    """Somebody else's session that the caller may take part in."""

    id: str
    owner: str
    template_display_name: str = ""
    state: str = ""
    permission: str = "view"
    share_id: str = ""
    expires_at: datetime | None = None


class SharedSessionList(Wire):
    """All of them."""

    sessions: list[SharedSession] = Field(default_factory=list)
    total: int = 0


class Participant(Wire):
    """Somebody who takes part now, by one connection; `role` is `controller` or `viewer`."""

    id: str
    username: str
    role: str
    guest: bool = False
    has_control: bool = False
    connected_at: datetime | None = None
    client_ip: str = ""


class ParticipantList(Wire):
    """Everybody who takes part in a session."""

    connections: list[Participant] = Field(default_factory=list)


class _Redeemed(Wire):
    session: SharedSession


class Shares:
    """`api.shares`. What the caller may not see raises `NotFound`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def create(
        self,
        session_id: str,
        *,
        username: str | None = None,
        permission: str = "view",
        expires_in: str | None = None,
        max_uses: int | None = None,
    ) -> Share:
        """Let somebody take part in one's own session: this person, or whoever has the link where nobody is named.

        Args:
            session_id: One's own session.
            username: Somebody of the same organisation.
            permission: `view`, or `control` for keyboard and mouse too.
            expires_in: Duration such as `2h`; a day where left out, 30 days at most.
            max_uses: How many people may open the link.

        Raises:
            NotFound: no such session, or nobody of that name (`invitee_not_found`).
        """
        body: dict[str, Any] = {
            "kind": "link" if username is None else "user",
            "username": username,
            "permission": permission,
            "expiresIn": expires_in,
            "maxUses": max_uses,
        }
        answer = await self._transport.call("POST", f"{_path(session_id)}/shares", body=given(body))
        return self._transport.read(Share, answer)

    async def list(self, session_id: str) -> ShareList:
        """Return a session's shares, also those that are over."""
        return await self._transport.get(ShareList, f"{_path(session_id)}/shares")

    async def revoke(self, session_id: str, share_id: str) -> None:
        """End a share; whoever takes part by it is cut off at once."""
        await self._transport.call("DELETE", f"{_path(session_id)}/shares/{quote(share_id, safe='')}")

    async def redeem(self, token: str) -> SharedSession:
        """Open a link; its session is among `mine` from then on.

        Raises:
            NotFound: it is over, used up, or of another organisation (`share_not_found`).
        """
        answer = await self._transport.call("POST", "/api/v1/shares/redeem", body={"token": token})
        return self._transport.read(_Redeemed, answer).session

    async def mine(self) -> SharedSessionList:
        """Return the sessions of others that are shared with the caller."""
        return await self._transport.get(SharedSessionList, MINE)

    async def connect(self, session_id: str) -> Connection:
        """Ask for the stream's address of a session that is shared with the caller; it wakes nothing."""
        answer = await self._transport.call("POST", f"{MINE}/{quote(session_id, safe='')}/connect")
        return self._transport.read(Connection, answer)

    async def participants(self, session_id: str) -> ParticipantList:
        """Return who takes part in a session now."""
        return await self._transport.get(ParticipantList, f"{_path(session_id)}/connections")

    async def give_control(self, session_id: str, connection_id: str) -> None:
        """Give keyboard and mouse to this connection alone.

        Raises:
            Conflict: the session does not run (`nothing_to_control`).
            Unavailable: its agent cannot be asked (`agent_offline`).
        """
        await self._transport.call("POST", f"{_path(session_id)}/control", body={"connectionId": connection_id})

    async def take_control(self, session_id: str) -> None:
        """Take control back: the owner and all who may control have it again."""
        await self._transport.call("DELETE", f"{_path(session_id)}/control")


def _path(session_id: str) -> str:
    return f"{SESSIONS}/{quote(session_id, safe='')}"
