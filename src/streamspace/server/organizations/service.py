"""What can be done with organisations."""

from __future__ import annotations

from streamspace.server.core.db import UnitOfWork
from streamspace.server.organizations.models import Organization

DEFAULT_ID = "org-default"


async def ensure_default(uow: UnitOfWork) -> Organization:
    """Return the organisation everybody belongs to at first, making it if need be."""
    found = await uow.db.get(Organization, DEFAULT_ID)
    if found is None:
        found = Organization(
            id=DEFAULT_ID, name="default", display_name="Default", created_at=uow.now(), updated_at=uow.now()
        )
        uow.db.add(found)
        await uow.db.flush()
    return found
