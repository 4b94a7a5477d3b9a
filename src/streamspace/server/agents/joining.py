"""Join tokens: made for so many new agents and so long, listed without their text, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from streamspace.kit import durations, ids
from streamspace.server.agents import queries
from streamspace.server.agents.errors import NoSuchJoinToken
from streamspace.server.agents.models import JoinToken
from streamspace.server.agents.schemas import JoinTokenIn
from streamspace.server.core import auth, permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.errors import BadDuration
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.organizations import service as organizations
from streamspace.server.organizations.errors import NoSuchOrganization

_LONGEST = timedelta(days=30)
_KEPT = timedelta(days=7)
"""How long one that expired is still listed."""


def _may(actor: Actor) -> None:
    permissions.require(actor, Action.AGENT_MANAGE, owner_id=None, org_id=None)


async def create(uow: UnitOfWork, actor: Actor, wanted: JoinTokenIn) -> tuple[str, JoinToken]:
    """Make a join token; the text is returned once and only its hash is kept."""
    _may(actor)
    try:
        lifetime = durations.parse(wanted.expires_in)
    except ValueError:
        raise BadDuration from None
    if wanted.org_id is not None and await organizations.get_by_id(uow, wanted.org_id) is None:
        raise NoSuchOrganization
    token = f"join-{ids.secret()}"
    row = JoinToken(
        id=ids.uid(),
        org_id=wanted.org_id,
        token_hash=auth.hash_secret(token),
        platform=wanted.platform,
        region=wanted.region,
        approves=wanted.approve,
        uses=wanted.uses,
        uses_left=wanted.uses,
        created_by=actor.id,
        created_at=uow.now(),
        expires_at=uow.now() + min(lifetime, _LONGEST),
    )
    uow.db.add(row)
    uow.note("agent.join_token_created", "join_token", row.id, after=_described(row))
    return token, row


async def listed(uow: UnitOfWork, actor: Actor) -> Sequence[JoinToken]:
    """Return the join tokens there are, the newest first; those that expired are kept for a week."""
    _may(actor)
    return await queries.join_tokens(uow.db)


async def revoke(uow: UnitOfWork, actor: Actor, token_id: str) -> None:
    """Let nobody register with a join token any more. Agents that did stay."""
    _may(actor)
    row = await queries.join_token_by_id(uow.db, token_id)
    if row is None:
        raise NoSuchJoinToken
    await uow.db.delete(row)
    uow.note("agent.join_token_revoked", "join_token", row.id, before=_described(row))


async def forget_expired(uow: UnitOfWork) -> None:
    """Drop join tokens that expired a while ago."""
    await queries.forget_join_tokens(uow.db, uow.now() - _KEPT)


def _described(row: JoinToken) -> dict[str, object]:
    return {
        "platform": row.platform,
        "org_id": row.org_id,
        "region": row.region,
        "approves": row.approves,
        "uses": row.uses,
        "uses_left": row.uses_left,
    }
