"""People of tests. All have the same password, hashed once."""

import bcrypt

from streamspace.kit import ids
from streamspace.server.core import auth
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Actor, OrgRole, Role
from streamspace.server.organizations import service as organizations
from streamspace.server.organizations.models import Organization
from streamspace.server.users import service as users
from streamspace.server.users.models import User

PASSWORD = "correct horse battery"
PASSWORD_HASH = bcrypt.hashpw(auth._digest(PASSWORD), bcrypt.gensalt(4)).decode()


async def add(
    uow: UnitOfWork,
    name: str,
    *,
    role: Role = Role.USER,
    org_role: OrgRole = OrgRole.USER,
    org_id: str | None = None,
) -> Actor:
    """Return a person of this name, adding them, and their organisation, if need be."""
    user = await users.find(uow, name)
    if user is None:
        org = await _organization(uow, org_id)
        user = User(
            id=ids.uid(),
            org_id=org.id,
            username=name,
            email=f"{name}@test.example",
            full_name=name.title(),
            role=role,
            provider="local",
            active=True,
            password_hash=PASSWORD_HASH,
            password_generated=False,
            created_at=uow.now(),
            updated_at=uow.now(),
        )
        uow.db.add(user)
        await uow.db.flush()
        await organizations.set_member(uow, org.id, user.id, org_role)
    place = await organizations.membership(uow, user.org_id, user.id)
    assert place is not None
    return Actor(
        id=user.id,
        username=user.username,
        org_id=user.org_id,
        role=Role(user.role),
        org_role=OrgRole(place.org_role),
        login_id="login-of-" + user.id[:8],
    )


async def _organization(uow: UnitOfWork, org_id: str | None) -> Organization:
    if org_id is None:
        return await organizations.ensure_default(uow)
    found = await uow.db.get(Organization, org_id)
    if found is None:
        found = Organization(
            id=org_id,
            name=org_id,
            display_name=org_id.title(),
            description="",
            k8s_namespace=f"streamspace-{org_id}",
            status="active",
            require_mfa=False,
            created_at=uow.now(),
            updated_at=uow.now(),
        )
        uow.db.add(found)
        await uow.db.flush()
    return found
