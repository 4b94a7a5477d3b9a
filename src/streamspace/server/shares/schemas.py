from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from streamspace.protocol.base import Wire
from streamspace.server.sessions.rules import State
from streamspace.server.sessions.schemas import ConnectionOut, ConnectOut

Kind = Literal["user", "link"]
Permission = Literal["view", "control"]
ShareState = Literal["active", "used_up", "expired", "revoked"]
LinkState = Literal["active", "used_up", "expired", "revoked", "ended"]
MOST_USES = 1000
GuestName = Annotated[
    str, StringConstraints(min_length=1, max_length=32, pattern=r"^\w[\w .'-]*$", strip_whitespace=True)
]


class ShareIn(Wire):
    """Whom to let in, how far and for how long: 24 hours unless said otherwise, 30 days at most."""

    kind: Kind = "user"
    user_id: str | None = Field(default=None, min_length=1, max_length=36)
    username: str | None = Field(default=None, min_length=1, max_length=254)
    permission: Permission = "view"
    expires_in: str | None = Field(default=None, max_length=20, examples=["24h"])
    expires_at: datetime | None = None
    max_uses: int | None = Field(default=None, ge=1, le=MOST_USES)


class ShareOut(Wire):
    """A share as the API shows it: all but a link's token."""

    id: str
    session_id: str
    kind: Kind
    user_id: str | None = None
    username: str | None = None
    permission: Permission
    state: ShareState
    uses: int
    max_uses: int | None = None
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None


class MadeShareOut(ShareOut):
    """A share that was just made; a link's `token` and `url` are shown this once."""

    token: str | None = None
    url: str | None = None


class ShareList(Wire):
    """A session's shares, newest first."""

    shares: list[ShareOut]
    total: int


class InviteeOut(Wire):
    """Somebody with whom a session can be shared."""

    id: str
    username: str
    full_name: str


class InviteeList(Wire):
    """The first of those whose name has this in it."""

    people: list[InviteeOut]
    total: int


class RedeemIn(Wire):
    """What the link carries."""

    token: str = Field(min_length=1, max_length=200)


class GuestIn(RedeemIn):
    """What the link carries, and what the others are to call you."""

    name: GuestName


class InvitationOut(Wire):
    """What a link leads to, before it is opened. Of one that is over only `state` says something."""

    state: LinkState
    session_id: str | None = None
    org_id: str | None = None
    organization: str | None = None
    owner: str | None = None
    template_display_name: str | None = None
    icon: str | None = None
    session_state: State | None = None
    permission: Permission | None = None
    expires_at: datetime | None = None
    guests: bool = False
    """Whether one gets in without a login."""


class SharedSessionOut(Wire):
    """Somebody else's session that you may take part in: what you need to, and no more."""

    id: str
    owner: str
    template: str
    template_display_name: str
    icon: str
    state: State
    streaming_protocol: str
    active_connections: int
    share_id: str
    permission: Permission
    expires_at: datetime


class SharedSessionList(Wire):
    """The sessions that are shared with you, the newest first."""

    sessions: list[SharedSessionOut]
    total: int


class RedeemedOut(Wire):
    """What a link led to; your own session for its owner, who needs no link."""

    session: SharedSessionOut


class GuestOut(ConnectOut):
    """How a guest sees a session: `session_url` works once, within a minute."""

    session_id: str
    name: str


class ControlIn(Wire):
    """Who is to have keyboard and mouse alone."""

    connection_id: str = Field(min_length=1, max_length=36)


class ControlOut(Wire):
    """Who takes part, and who has control now."""

    session_id: str
    connections: list[ConnectionOut]


def share_state(share: Any, now: datetime) -> ShareState:
    """Say whether a share still lets anybody in, and why not."""
    if share.revoked_at is not None:
        return "revoked"
    if share.closed_at is not None or share.expires_at <= now:
        return "expired"
    return "used_up" if share.max_uses is not None and share.uses >= share.max_uses else "active"


def share_out(share: Any, username: str | None, now: datetime) -> ShareOut:
    """Show a share."""
    return ShareOut(
        id=share.id,
        session_id=share.session_id,
        kind=share.kind,
        user_id=share.user_id,
        username=username,
        permission=share.permission,
        state=share_state(share, now),
        uses=share.uses,
        max_uses=share.max_uses,
        created_by=share.created_by,
        created_at=share.created_at,
        expires_at=share.expires_at,
        revoked_at=share.revoked_at,
    )


def invitation(share: Any, session: Any, organization: Any, state: LinkState) -> InvitationOut:
    """Show what a link leads to; one that is used up may still let those in who opened it."""
    if state not in {"active", "used_up"}:
        return InvitationOut(state=state)
    return InvitationOut(
        state=state,
        session_id=session.id,
        org_id=organization.id,
        organization=organization.display_name,
        owner=session.username,
        template_display_name=session.template_display_name,
        icon=f"/api/v1/templates/{session.template_name}/icon",
        session_state=session.state,
        permission=share.permission,
        expires_at=share.expires_at,
        guests=organization.guest_links,
    )


def shared_session(session: Any, share: Any) -> SharedSessionOut:
    """Show somebody else's session to who takes part in it."""
    return SharedSessionOut(
        id=session.id,
        owner=session.username,
        template=session.template_name,
        template_display_name=session.template_display_name,
        icon=f"/api/v1/templates/{session.template_name}/icon",
        state=session.state,
        streaming_protocol=session.streaming_protocol,
        active_connections=session.active_connections,
        share_id=share.id,
        permission=share.permission,
        expires_at=share.expires_at,
    )
