"""Tells people who work that their files have come to hold more than they may."""

from __future__ import annotations

from collections.abc import Iterable

from streamspace.kit import quantities
from streamspace.server.core.db import UnitOfWork
from streamspace.server.homes.service import Growth
from streamspace.server.limits import service as limits
from streamspace.server.sessions import events, queries, timeline
from streamspace.server.sessions.schemas import session_json
from streamspace.server.users import service as users


async def warn(uow: UnitOfWork, grown: Iterable[Growth]) -> None:
    """Warn whoever has just passed their own limit, once: until they fall below it nobody passes it again."""
    for growth in grown:
        most = await _most(uow, growth)
        if most is not None and growth.before <= most < growth.now:
            await _warn(uow, growth, most)


async def _most(uow: UnitOfWork, growth: Growth) -> int | None:
    user = await users.get_by_id(uow, growth.user_id)
    if user is None:
        return None
    own = ("user", growth.user_id, growth.org_id)
    rows = await limits.of(uow, [limits.PLATFORM, own])
    return limits.effective(user, rows.get(own), rows.get(limits.PLATFORM)).max_storage_bytes


async def _warn(uow: UnitOfWork, growth: Growth, most: int) -> None:
    used, allowed = quantities.format_size(growth.now), quantities.format_size(most)
    for session in await queries.with_home(uow.db, growth.org_id, growth.user_id):
        await timeline.record(
            uow,
            session,
            "home_full",
            f"The files in the home take {used} of {allowed}. No further session starts until some are removed.",
        )
        uow.announce(
            events.SessionHomeFull(
                org_id=session.org_id,
                session_id=session.id,
                user_id=session.user_id,
                session=session_json(session),
                used_storage=used,
                max_storage=allowed,
            )
        )
