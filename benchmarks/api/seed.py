"""An installation with many sessions behind it."""

from __future__ import annotations

import json
from datetime import timedelta

from sqlalchemy import insert

from streamspace.server import migrations
from streamspace.server.core.db import Database
from streamspace.server.core.permissions import OrgRole, Role
from streamspace.server.sessions.models import Session
from streamspace.server.users import service as users

PASSWORD = "benchmark password"  # noqa: S105 - of an installation that lives for seconds
MANIFEST = {
    "apiVersion": "stream.space/v1alpha1",
    "kind": "Template",
    "metadata": {"name": "editor"},
    "spec": {
        "displayName": "Editor",
        "debian": {"packages": ["mousepad"], "command": ["mousepad"]},
        "defaultResources": {"memory": "512Mi", "cpu": "500m"},
    },
}
STATES = ("terminated",) * 16 + ("hibernated",) * 3 + ("running",)


def catalog() -> str:
    """Return the one template's manifest; JSON is YAML too."""
    return json.dumps(MANIFEST)


async def fill(url: str, sessions: int) -> list[str]:
    """Add an administrator, a person, somebody who looks after them, and the person's sessions; returns these' ids."""
    database = Database(url)
    try:
        async with database.work() as uow:
            await users.create(uow, username="bench", password=PASSWORD, role=Role.ADMIN, org_role=OrgRole.ORG_ADMIN)
            one = await users.create(uow, username="person", password=PASSWORD)
            await users.create(uow, username="maintainer", password=PASSWORD, org_role=OrgRole.MAINTAINER)
        async with database.work() as uow:
            made = [_row(uow.now(), n, one.org_id, one.id) for n in range(sessions)]
            for start in range(0, sessions, 500):
                await uow.db.execute(insert(Session), made[start : start + 500])
    finally:
        await database.close()
    return [str(row["id"]) for row in made]


def _row(now: object, number: int, org_id: str, user_id: str) -> dict[str, object]:
    at = now - timedelta(seconds=number)  # type: ignore[operator]
    steps = ("accepted", "sent", "sandbox", "display", "engine", "application", "ready")
    return {
        "id": f"person-editor-{number:08x}",
        "org_id": org_id,
        "user_id": user_id,
        "username": "person",
        "template_name": "editor",
        "template_display_name": "Editor",
        "manifest": MANIFEST,
        "agent_id": "robot",
        "platform": "process",
        "state": STATES[number % len(STATES)],
        "message": None,
        "progress": [{"phase": step, "at": at.isoformat()} for step in steps],
        "placement": [],
        "cpu_millicores": 500,
        "memory_bytes": 512 * 1024**2,
        "persistent_home": True,
        "environment": {"LANG": "C.UTF-8"},
        "tags": ["bench", f"t{number % 7}"],
        "streaming_protocol": "selkies",
        "streaming_port": 8080,
        "active_connections": 0,
        "created_at": at,
        "updated_at": at,
        "started_at": at,
        "last_activity": at,
    }


def prepare(url: str) -> None:
    """Make the tables."""
    migrations.upgrade(url)
