"""What can be done with shares: let somebody in, take part, end it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from streamspace.kit import durations, ids
from streamspace.server.core import auth, permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.errors import BadDuration
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.core.settings import Settings
from streamspace.server.organizations import service as organizations
from streamspace.server.sessions import connections, presence
from streamspace.server.sessions import service as sessions
from streamspace.server.sessions.connections import Opened, Watcher
from streamspace.server.sessions.errors import NoSuchSession, WrongState
from streamspace.server.sessions.rules import ENDED
from streamspace.server.sessions.schemas import ConnectionOut
from streamspace.server.shares import events, queries, rules
from streamspace.server.shares.errors import (
    BadShare,
    BadShareLife,
    GuestsNotAllowed,
    NoSuchInvitee,
    NoSuchShare,
    NotShared,
    TooManyShares,
)
from streamspace.server.shares.models import Share, ShareUse
from streamspace.server.shares.schemas import (
    GuestIn,
    InvitationOut,
    InviteeOut,
    LinkState,
    MadeShareOut,
    SharedSessionOut,
    ShareIn,
    ShareOut,
    invitation,
    share_out,
    share_state,
    shared_session,
)
from streamspace.server.users import service as users
from streamspace.server.users.models import User

PREFIX = "ssl_"
MOST_INVITEES = 10


async def create(uow: UnitOfWork, actor: Actor, settings: Settings, session_id: str, wanted: ShareIn) -> MadeShareOut:
    """Let somebody take part in one's own session. A link's token is in the answer and kept nowhere.

    Raises:
        NoSuchSession, NoSuchInvitee: not there for this actor.
        WrongState: the session has ended.
        BadShare, BadShareLife, BadDuration: malformed.
        TooManyShares: the session has too many open ones.
    """
    session = await sessions.get(uow, actor, session_id)
    permissions.require(actor, Action.SESSION_SHARE, owner_id=session.user_id, org_id=session.org_id)
    if session.state in ENDED:
        raise WrongState("This session has ended, so it cannot be shared.")
    expires_at = rules.expiry(uow.now(), life=_life(wanted), at=wanted.expires_at)
    if expires_at is None:
        raise BadShareLife
    invited = await _invited(uow, session, wanted)
    if await queries.count_open(uow.db, session_id, uow.now()) >= rules.MOST_SHARES:
        raise TooManyShares
    token = f"{PREFIX}{secrets.token_urlsafe(32)}" if wanted.kind == "link" else None
    share = Share(
        id=ids.uid(),
        org_id=session.org_id,
        session_id=session_id,
        kind=wanted.kind,
        user_id=invited.id if invited is not None else None,
        hashed=auth.hash_secret(token) if token is not None else None,
        permission=wanted.permission,
        max_uses=wanted.max_uses if wanted.kind == "link" else None,
        uses=0,
        created_by=actor.id,
        created_at=uow.now(),
        expires_at=expires_at,
    )
    uow.db.add(share)
    await uow.db.flush()
    name = invited.username if invited is not None else None
    shown = share_out(share, name, uow.now())
    made = {"share": share.id, "kind": share.kind, "with": name, "permission": share.permission}
    told = made | {"expires_at": expires_at.isoformat()}
    uow.note("session.shared", "session", session_id, after=told, org_id=share.org_id)
    _announce(uow, events.SessionShared, session.user_id, shown, share.org_id, [invited.id] if invited else [])
    url = f"{settings.resolved_public_url}/invite#{token}" if token is not None else None
    return MadeShareOut(**shown.model_dump(), token=token, url=url)


def _life(wanted: ShareIn) -> timedelta | None:
    if wanted.expires_in is None:
        return None
    try:
        return durations.parse(wanted.expires_in)
    except ValueError:
        raise BadDuration from None


async def _invited(uow: UnitOfWork, session: Row[Any], wanted: ShareIn) -> User | None:
    names = [name for name in (wanted.user_id, wanted.username) if name is not None]
    if len(names) != (1 if wanted.kind == "user" else 0):
        raise BadShare
    if wanted.kind == "link":
        return None
    if wanted.user_id is not None:
        found = await users.get_by_id(uow, wanted.user_id)
    else:
        found = await users.find(uow, names[0])
    if found is None or not found.active or await organizations.membership(uow, session.org_id, found.id) is None:
        raise NoSuchInvitee
    if found.id == session.user_id:
        raise BadShare("The session is theirs already.")
    return found


def _announce(
    uow: UnitOfWork,
    kind: type[events.SessionShared | events.SessionUnshared],
    owner_id: str,
    shown: ShareOut,
    org_id: str,
    audience: Sequence[str],
) -> None:
    told = shown.model_dump(mode="json", by_alias=True, exclude_none=True)
    uow.announce(
        kind(
            org_id=org_id,
            session_id=shown.session_id,
            user_id=owner_id,
            audience=list(audience),
            data={"share": told},
        )
    )


async def list_shares(uow: UnitOfWork, actor: Actor, session_id: str) -> list[ShareOut]:
    """Return a session's shares, also those that are over."""
    session = await sessions.get(uow, actor, session_id)
    permissions.require(actor, Action.SHARE_MANAGE, owner_id=session.user_id, org_id=session.org_id)
    found = await queries.of_session(uow.db, session_id)
    return [share_out(row.Share, row.username, uow.now()) for row in found]


async def revoke(uow: UnitOfWork, actor: Actor, session_id: str, share_id: str) -> None:
    """End a share: whoever takes part by it is cut off now. Doing it twice is fine."""
    session = await sessions.get(uow, actor, session_id)
    permissions.require(actor, Action.SHARE_MANAGE, owner_id=session.user_id, org_id=session.org_id)
    share = await queries.of_session_by_id(uow.db, session_id, share_id)
    if share is None:
        raise NoSuchShare
    if share.revoked_at is not None:
        uow.changed_nothing()
        return
    share.revoked_at = uow.now()
    told = {"share": share.id, "kind": share.kind, "permission": share.permission}
    uow.note("session.unshared", "session", session_id, before=told, org_id=share.org_id)
    await _close(uow, share, session.user_id)


async def _close(uow: UnitOfWork, share: Share, owner_id: str) -> None:
    share.closed_at = share.closed_at or uow.now()
    await uow.db.flush()
    await connections.end_shared(uow, [share.id])
    told = [share.user_id] if share.user_id is not None else await queries.users_of(uow.db, share.id)
    _announce(uow, events.SessionUnshared, owner_id, share_out(share, None, uow.now()), share.org_id, told)


async def anything_expired(uow: UnitOfWork) -> bool:
    """Say whether there are shares whose time is over and that still let people be there."""
    return await queries.any_expired(uow.db, uow.now())


async def close_expired(uow: UnitOfWork) -> None:
    """Cut off whoever takes part by a share whose time is over."""
    for row in await queries.expired(uow.db, uow.now()):
        share = row.Share
        told = {"share": share.id, "kind": share.kind, "permission": share.permission}
        uow.note("share.expired", "session", share.session_id, before=told, org_id=share.org_id)
        await _close(uow, share, row.owner_id)


async def invitees(uow: UnitOfWork, actor: Actor, session_id: str, text: str) -> list[InviteeOut]:
    """Return people whom the actor could let take part in their session, by what their names have in them."""
    session = await sessions.get(uow, actor, session_id)
    permissions.require(actor, Action.SESSION_SHARE, owner_id=session.user_id, org_id=session.org_id)
    found = await queries.invitees(uow.db, session.org_id, session.user_id, text.strip().lower(), MOST_INVITEES)
    return [InviteeOut(id=row.id, username=row.username, full_name=row.full_name) for row in found]


# For those who are let in


async def preview(uow: UnitOfWork, token: str) -> InvitationOut:
    """Return what a link leads to, without opening it.

    Raises:
        NoSuchShare: not one of ours.
    """
    found = await queries.by_any_token(uow.db, auth.hash_secret(token))
    if found is None or found.Organization.status != "active":
        raise NoSuchShare
    state: LinkState = share_state(found.Share, uow.now())
    if found.Session.state in ENDED and state != "revoked":
        state = "ended"
    return invitation(found.Share, found.Session, found.Organization, state)


async def redeem(uow: UnitOfWork, actor: Actor, token: str) -> SharedSessionOut:
    """Open a link: from now on its session is among those shared with the actor. Opening it twice is one use.

    Raises:
        NoSuchShare: not ours, over, used up, or of another organisation.
    """
    permissions.require(actor, Action.SHARE_USE, owner_id=actor.id, org_id=actor.org_id)
    found = await queries.by_token(uow.db, auth.hash_secret(token), uow.now())
    if found is None or found[0].org_id != actor.org_id:
        raise NoSuchShare
    share, session = found
    if session.user_id != actor.id and await uow.db.get(ShareUse, (share.id, actor.id)) is None:
        _count_use(uow, share, actor.username)
        uow.db.add(ShareUse(share_id=share.id, user_id=actor.id, at=uow.now()))
        await uow.db.flush()
    else:
        uow.changed_nothing()
    return shared_session(session, share)


def _count_use(uow: UnitOfWork, share: Share, name: str) -> None:
    if share_state(share, uow.now()) != "active":
        raise NoSuchShare
    share.uses += 1
    after = {"share": share.id, "by": name, "uses": share.uses}
    uow.note("share.redeemed", "session", share.session_id, after=after, org_id=share.org_id)


async def list_shared(uow: UnitOfWork, actor: Actor) -> list[SharedSessionOut]:
    """Return the sessions that are shared with the actor, each with the share that lets do most."""
    best: dict[str, SharedSessionOut] = {}
    for row in await queries.open_for(uow.db, actor, uow.now()):
        known = best.get(row.Session.id)
        if known is None or (known.permission == "view" and row.Share.permission == "control"):
            best[row.Session.id] = shared_session(row.Session, row.Share)
    return list(best.values())


async def get_shared(uow: UnitOfWork, actor: Actor, session_id: str) -> SharedSessionOut:
    """Return one of them.

    Raises:
        NotShared: it is none.
    """
    rows = await queries.open_for(uow.db, actor, uow.now(), session_id)
    found = sorted(rows, key=lambda row: row.Share.permission != "control")
    if not found:
        raise NotShared
    return shared_session(found[0].Session, found[0].Share)


async def connect(
    uow: UnitOfWork, actor: Actor, settings: Settings, session_id: str, *, ip: str, user_agent: str
) -> tuple[Opened, SharedSessionOut]:
    """Open a connection to a session that is shared with the actor.

    Raises:
        NotShared: it is not.
        WrongState, NoGateway, TooCrowded: as `connections.connect_shared`.
    """
    shared = await get_shared(uow, actor, session_id)
    permissions.require(actor, Action.SHARE_USE, owner_id=actor.id, org_id=actor.org_id)
    watcher = Watcher(
        user_id=actor.id,
        name=actor.username,
        ip=ip,
        user_agent=user_agent,
        login_id=actor.login_id,
        role=rules.ROLES[shared.permission],
        share_id=shared.share_id,
    )
    return await connections.connect_shared(uow, settings, session_id, watcher), shared


async def join_as_guest(
    uow: UnitOfWork, settings: Settings, wanted: GuestIn, *, ip: str, user_agent: str
) -> tuple[Opened, Share]:
    """Open a connection for who has no login, where the organisation lets such people in. Each time is one use.

    Raises:
        NoSuchShare: not ours, over or used up.
        GuestsNotAllowed: the organisation wants people to sign in.
        WrongState, NoGateway, TooCrowded: as `connections.connect_shared`.
    """
    found = await queries.by_token(uow.db, auth.hash_secret(wanted.token), uow.now())
    if found is None:
        raise NoSuchShare
    share, session = found
    org = await organizations.get_by_id(uow, share.org_id)
    if org is None or org.status != "active":
        raise NoSuchShare
    if not org.guest_links:
        raise GuestsNotAllowed
    if share_state(share, uow.now()) != "active":
        raise NoSuchShare
    role = rules.ROLES[share.permission]
    watcher = Watcher(ids.uid(), wanted.name, ip, user_agent, role=role, share_id=share.id)
    opened = await connections.connect_shared(uow, settings, session.id, watcher)
    if opened.connection is not None:
        _count_use(uow, share, f"{wanted.name} (guest)")
    return opened, share


# Control


async def controllable(uow: UnitOfWork, actor: Actor, session_id: str, connection_id: str | None) -> str:
    """Return the agent that runs a session whose control the actor may give to this connection, or take back.

    Raises:
        NoSuchSession, NoSuchConnection: not there.
        NothingToControl: it does not run.
    """
    session = await sessions.get(uow, actor, session_id)
    permissions.require(actor, Action.SESSION_SHARE, owner_id=session.user_id, org_id=session.org_id)
    await presence.check_controllable(uow, session, connection_id)
    return str(session.agent_id)


async def set_control(uow: UnitOfWork, actor: Actor, session_id: str, connection_id: str | None) -> list[ConnectionOut]:
    """Write down who has control, after the agent has seen to it."""
    await controllable(uow, actor, session_id, connection_id)
    return await presence.set_control(uow, session_id, connection_id)


async def ask_for_control(uow: UnitOfWork, actor: Actor, session_id: str, connection_id: str) -> None:
    """Ask the owner for keyboard and mouse, as somebody who takes part.

    Raises:
        NoSuchConnection, ForeignConnection: it is not the actor's own.
    """
    session = await connections.taking_part(uow, actor, session_id, connection_id)
    if session.state in ENDED:
        raise NoSuchSession
    await presence.ask_for_control(uow, session, connection_id)
    uow.note(
        "session.control_requested",
        "session",
        session_id,
        after={"connection_id": connection_id},
        org_id=session.org_id,
    )
