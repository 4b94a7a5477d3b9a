"""Sessions as rows, without an agent: many at once, in any state."""

from datetime import timedelta
from typing import Any

from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Actor
from streamspace.server.sessions.models import Session, SessionTag
from tests.server.catalog import EDITOR


def row(uow: UnitOfWork, owner: Actor, name: str, *, age: timedelta = timedelta(0), **more: Any) -> Session:
    """Return a running session of somebody, not yet added."""
    at = uow.now() - age
    values: dict[str, Any] = {
        "id": name,
        "org_id": owner.org_id,
        "user_id": owner.id,
        "username": owner.username,
        "template_name": "editor",
        "template_display_name": "Editor",
        "manifest": EDITOR,
        "agent_id": "robot",
        "platform": "process",
        "state": "running",
        "progress": [],
        "placement": [],
        "cpu_millicores": 500,
        "memory_bytes": 512 * 1024**2,
        "persistent_home": True,
        "environment": {},
        "tags": [],
        "streaming_protocol": "selkies",
        "streaming_port": 8080,
        "active_connections": 0,
        "created_at": at,
        "updated_at": at,
        "started_at": at,
        "last_activity": at,
    }
    return Session(**(values | more))


async def add(uow: UnitOfWork, owner: Actor, *names: str, tags: tuple[str, ...] = (), **more: Any) -> None:
    """Add sessions, the first name the newest, a second apart."""
    for number, name in enumerate(names):
        uow.db.add(row(uow, owner, name, age=timedelta(seconds=number), tags=list(tags), **more))
    await uow.db.flush()
    uow.db.add_all(SessionTag(session_id=name, tag=tag) for name in names for tag in tags)
