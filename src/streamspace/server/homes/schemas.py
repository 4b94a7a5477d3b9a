from __future__ import annotations

from datetime import datetime

from streamspace.kit import quantities
from streamspace.protocol.base import Wire
from streamspace.server.homes.models import Home


class HomeOut(Wire):
    """How much one person's home on one agent holds."""

    user_id: str
    username: str
    org_id: str
    agent_id: str
    size: str
    size_bytes: int
    measured_at: datetime


class HomeList(Wire):
    """A page of homes, the largest first."""

    homes: list[HomeOut]
    total: int
    next_cursor: str | None = None


def home_out(home: Home, username: str) -> HomeOut:
    """Show a home."""
    return HomeOut(
        user_id=home.user_id,
        username=username,
        org_id=home.org_id,
        agent_id=home.agent_id,
        size=quantities.format_size(home.size_bytes),
        size_bytes=home.size_bytes,
        measured_at=home.measured_at,
    )
