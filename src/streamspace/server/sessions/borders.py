"""What may cross a session's border, as its template, its person's groups and its organisation say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from streamspace.protocol.policies import Policy
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Actor
from streamspace.server.policies import service as policies
from streamspace.server.policies.rules import Effective, Said, weigh
from streamspace.server.sessions import queries
from streamspace.server.sessions.errors import NoSuchSession
from streamspace.server.sessions.models import Session


async def of(uow: UnitOfWork, session: Session) -> Effective:
    """Return what holds for a session now."""
    said = await policies.said_to(uow, session.org_id, [session.user_id])
    return weigh([*_of_template(session.manifest), *said[session.user_id]])


async def shown(uow: UnitOfWork, actor: Actor, session_id: str) -> Effective:
    """Return what holds for a session that the actor may see.

    Raises:
        NoSuchSession: it is not there for them.
    """
    session = await queries.seen(uow.db, actor, session_id)
    if session is None:
        raise NoSuchSession
    return await of(uow, session)


async def outdated(uow: UnitOfWork, org_id: str) -> list[str]:
    """Return the sessions of an organisation with a connection whose ticket says something else than holds now."""
    rows = await queries.connected(uow.db, org_id)
    said = await policies.said_to(uow, org_id, {row.user_id for row in rows})
    held = {row.id: granted(weigh([*_of_template(row.manifest), *said[row.user_id]]).policy) for row in rows}
    return sorted({row.id for row in rows if row.policy != held[row.id]})


def granted(policy: Policy) -> dict[str, Any] | None:
    """Return what a ticket says of a policy, as its connection keeps it."""
    restricting = policy.compact()
    return None if restricting is None else restricting.model_dump(mode="json", by_alias=True, exclude_none=True)


def _of_template(manifest: Mapping[str, Any]) -> Sequence[Said]:
    spec = manifest["spec"]
    if not spec.get("policy"):
        return []
    name = manifest["metadata"]["name"]
    policy = Policy.model_validate(spec["policy"])
    return [Said(kind="template", id=name, name=spec.get("displayName", name), policy=policy)]
