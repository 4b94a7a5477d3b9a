"""Whatever gives somebody a password. It is hashed between transactions: SQLite's other writers would wait for it."""

from __future__ import annotations

from streamspace.server.core import auth, permissions
from streamspace.server.core.attempts import Attempts
from streamspace.server.core.db import Database
from streamspace.server.core.permissions import Action, Actor, OrgRole
from streamspace.server.organizations import service as organizations
from streamspace.server.organizations.schemas import OrganizationIn, OrganizationOut
from streamspace.server.people import service
from streamspace.server.people.schemas import PersonIn, PersonOut
from streamspace.server.users import service as users
from streamspace.server.users.errors import WrongCurrentPassword
from streamspace.server.users.schemas import Seen


async def create_person(database: Database, actor: Actor, attempts: Attempts, wanted: PersonIn) -> PersonOut:
    """Add a person to the organisation the actor is in.

    Raises:
        BeyondYourRights, UsernameTaken, EmailTaken, BadUsername, WeakPassword, NoSuchGroup.
    """
    password = service.check_new(actor, wanted)
    hashed = await users.hash_password(password) if password is not None else None
    async with database.work() as uow:
        user = await service.create(uow, actor, wanted, hashed)
        (made,) = await service.shown(uow, actor, attempts, [Seen(user, actor.org_id, wanted.org_role)])
    return made


async def create_organization(database: Database, actor: Actor, wanted: OrganizationIn) -> OrganizationOut:
    """Make an organisation, perhaps with the person who will run it.

    Raises:
        OrganizationExists, UsernameTaken, EmailTaken, WeakPassword.
    """
    permissions.require(actor, Action.ORGANIZATION_MANAGE, owner_id=None, org_id=None)
    hashed = await users.hash_password(wanted.admin.password) if wanted.admin is not None else None
    async with database.work() as uow:
        org = await organizations.create(uow, actor, wanted)
        if wanted.admin is not None:
            await users.create(
                uow,
                username=wanted.admin.username,
                password_hash=hashed,
                email=wanted.admin.email,
                full_name=wanted.admin.full_name,
                org_role=OrgRole.ORG_ADMIN,
                org_id=org.id,
            )
        return await organizations.get(uow, actor, org.id)


async def change_own(database: Database, actor: Actor, *, current: str, new: str) -> None:
    """Change one's own password; one's other logins end.

    Raises:
        WrongCurrentPassword, WeakPassword, PasswordElsewhere.
    """
    async with database.work(write=False) as uow:
        replacing = (await users.with_own_password(uow, actor)).password_hash
    if not await auth.password_matches(current, replacing):
        raise WrongCurrentPassword
    hashed = await users.hash_password(new)
    async with database.work() as uow:
        await service.replace_own_password(uow, actor, replacing=replacing, password_hash=hashed)


async def set_for(database: Database, actor: Actor, attempts: Attempts, user_id: str, password: str) -> None:
    """Give a person another password; their logins end.

    Raises:
        NoSuchUser, BeyondYourRights, WeakPassword, PasswordElsewhere.
    """
    async with database.work(write=False) as uow:
        await service.check_password_here(uow, actor, user_id)
    hashed = await users.hash_password(password)
    async with database.work() as uow:
        await service.set_password(uow, actor, attempts, user_id, hashed)
