from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from streamspace.server.core import permissions
from streamspace.server.core.attempts import Attempts, TooManyAttempts
from streamspace.server.core.errors import BadCursor
from streamspace.server.core.http import (
    ActorAlone,
    CurrentActor,
    CurrentContext,
    Cursor,
    Limit,
    Uow,
    client_address,
    encoded,
    needs,
)
from streamspace.server.core.permissions import Action, OrgRole, Role
from streamspace.server.groups import service as groups
from streamspace.server.groups.errors import AlreadyInGroup, NoSuchGroup, NotInOrganization
from streamspace.server.logins.errors import NoSuchLogin
from streamspace.server.logins.routes import entry
from streamspace.server.logins.schemas import LoginList
from streamspace.server.organizations.errors import BeyondYourRights, LastAdministrator
from streamspace.server.people import importing, passwords, service
from streamspace.server.people.groups import group_json
from streamspace.server.people.schemas import (
    GroupList,
    ImportOut,
    PasswordChange,
    PasswordIn,
    PermissionsOut,
    PersonDetailOut,
    PersonIn,
    PersonList,
    PersonOut,
    PersonPatch,
    ProfileOut,
    ProfilePatch,
)
from streamspace.server.sessions import service as sessions
from streamspace.server.sessions.schemas import Filter as SessionFilter
from streamspace.server.sessions.schemas import SessionList, session_json
from streamspace.server.users import service as users
from streamspace.server.users.errors import (
    BadImport,
    BadUsername,
    EmailTaken,
    LastSystemAdministrator,
    NoSuchUser,
    NotYourself,
    PasswordElsewhere,
    UsernameTaken,
    WeakPassword,
    WrongCurrentPassword,
)
from streamspace.server.users.schemas import Filter, Provider, Sort

router = APIRouter(tags=["people"])

Search = Annotated[str | None, Query(max_length=100)]
_SORTED = "By what; with `-` before it, the largest or latest first. Who never signed in did so before everybody else."


@router.get("/users/me", **needs(Action.PROFILE_VIEW, NoSuchUser))
async def get_current_user(actor: CurrentActor, context: CurrentContext, uow: Uow) -> ProfileOut:
    """Who am I, where do I belong, and what may I do?"""
    return await service.profile(uow, actor, context.part(Attempts))


@router.get("/me/permissions", **needs(Action.PROFILE_VIEW))
async def get_my_permissions(actor: CurrentActor) -> PermissionsOut:
    """What may I do?"""
    return PermissionsOut(
        permissions=permissions.granted(actor),
        role=actor.role,
        org_role=actor.org_role,
        org_id=actor.org_id,
        key_scopes=sorted(actor.only) if actor.key_id is not None and actor.only is not None else None,
    )


@router.patch("/users/me", **needs(Action.PROFILE_CHANGE, NoSuchUser, EmailTaken))
async def update_current_user(body: ProfilePatch, actor: CurrentActor, context: CurrentContext, uow: Uow) -> ProfileOut:
    """Change your own name or e-mail address."""
    user = await users.get_by_id(uow, actor.id)
    if user is None:
        raise NoSuchUser
    await users.change_profile(uow, user, email=body.email, full_name=body.full_name)
    return await service.profile(uow, actor, context.part(Attempts))


_PASSWORD = needs(
    Action.CREDENTIALS_CHANGE, NoSuchUser, WrongCurrentPassword, WeakPassword, PasswordElsewhere, TooManyAttempts
)


@router.post("/users/me/password", status_code=204, **_PASSWORD)
async def change_own_password(
    body: PasswordChange, request: Request, actor: ActorAlone, context: CurrentContext
) -> None:
    """Change your own password; your other sign-ins end."""
    with context.part(Attempts).one(f"name:{actor.username.lower()}", f"ip:{client_address(request)}") as attempt:
        await passwords.change_own(context.database, actor, current=body.current_password, new=body.new_password)
        attempt.succeeded()


@router.post("/auth/change-password", status_code=204, include_in_schema=False, **_PASSWORD)
async def change_password_alias(
    body: PasswordChange, request: Request, actor: ActorAlone, context: CurrentContext
) -> None:
    """Do the same at the address that older clients know."""
    await change_own_password(body, request, actor, context)


@router.get("/users", **needs(Action.USER_VIEW, NoSuchGroup, BadCursor))
async def list_users(
    actor: CurrentActor,
    context: CurrentContext,
    uow: Uow,
    search: Search = None,
    role: Role | None = None,
    org_role: Annotated[OrgRole | None, Query(alias="orgRole")] = None,
    active: Annotated[bool | None, Query()] = None,
    provider: Provider | None = None,
    group: Annotated[str | None, Query(max_length=36)] = None,
    sort: Annotated[Sort, Query(description=_SORTED)] = "username",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> PersonList:
    """List the people you may see, with their groups, limits and use."""
    ids = None
    if group is not None:
        found = await groups.get(uow, actor, group)
        ids = [user_id for user_id, _ in await groups.members_of(uow, found.Group.id)]
    wanted = Filter(search=search, role=role, org_role=org_role, active=active, provider=provider, ids=ids)
    people, total, following = await service.list_people(
        uow, actor, context.part(Attempts), wanted, sort=sort, limit=limit, cursor=cursor
    )
    return PersonList(users=people, total=total, next_cursor=following)


@router.post(
    "/users",
    status_code=201,
    response_model=PersonOut,
    **needs(
        Action.USER_MANAGE,
        BadUsername,
        WeakPassword,
        UsernameTaken,
        EmailTaken,
        NoSuchGroup,
        NotInOrganization,
        AlreadyInGroup,
        BeyondYourRights,
    ),
)
async def create_user(body: PersonIn, actor: ActorAlone, context: CurrentContext) -> Response:
    """Add a person to the organisation you are in, with no more rights than you have."""
    made = await passwords.create_person(context.database, actor, context.part(Attempts), body)
    return encoded(made, 201, {"Location": f"/api/v1/users/{made.id}"})


@router.post("/users/import", **needs(Action.USER_MANAGE, BadImport, BeyondYourRights))
async def import_users(
    request: Request,
    actor: ActorAlone,
    context: CurrentContext,
    dry_run: Annotated[bool, Query(alias="dryRun")] = False,  # noqa: FBT002 - a query parameter
    partial: bool = False,  # noqa: FBT001, FBT002 - a query parameter
) -> ImportOut:
    """Add people from a CSV file: username, email, fullName, and perhaps orgRole, groups (separated by ;), password.

    Either all lines are taken or, unless `partial` is asked for, none. `dryRun` only says what would happen.
    """
    return await importing.take_in(context.database, actor, await request.body(), dry_run=dry_run, partial=partial)


@router.get("/users/{user_id}", **needs(Action.USER_VIEW, NoSuchUser))
async def get_user(user_id: str, actor: CurrentActor, context: CurrentContext, uow: Uow) -> PersonDetailOut:
    """Show one person, with the organisations they belong to where you may see the people."""
    return await service.get(uow, actor, context.part(Attempts), user_id)


@router.patch(
    "/users/{user_id}",
    **needs(
        Action.USER_MANAGE,
        NoSuchUser,
        EmailTaken,
        BeyondYourRights,
        NotYourself,
        LastAdministrator,
        LastSystemAdministrator,
    ),
)
async def update_user(
    user_id: str, body: PersonPatch, actor: CurrentActor, context: CurrentContext, uow: Uow
) -> PersonDetailOut:
    """Change a person. Switched off, nothing of theirs works any more, and their sessions end."""
    await service.update(uow, actor, user_id, body)
    return await service.get(uow, actor, context.part(Attempts), user_id)


_OVER = needs(Action.USER_MANAGE, NoSuchUser, BeyondYourRights)


@router.delete(
    "/users/{user_id}",
    status_code=204,
    **needs(Action.USER_MANAGE, NoSuchUser, BeyondYourRights, NotYourself, LastSystemAdministrator),
)
async def delete_user(user_id: str, actor: CurrentActor, uow: Uow) -> None:
    """Remove a person: everything of theirs ends, and their name and address are free again."""
    await service.remove(uow, actor, user_id)


@router.post(
    "/users/{user_id}/password",
    status_code=204,
    **needs(Action.USER_MANAGE, NoSuchUser, BeyondYourRights, WeakPassword, PasswordElsewhere),
)
async def set_user_password(user_id: str, body: PasswordIn, actor: ActorAlone, context: CurrentContext) -> None:
    """Give a person another password; they are signed out everywhere."""
    await passwords.set_for(context.database, actor, context.part(Attempts), user_id, body.password)


@router.post("/users/{user_id}/unlock", status_code=204, **_OVER)
async def unlock_user(user_id: str, actor: CurrentActor, context: CurrentContext, uow: Uow) -> None:
    """Let a person who gave too many wrong passwords try again."""
    await service.unlock(uow, actor, context.part(Attempts), user_id)


@router.delete("/users/{user_id}/mfa", status_code=204, **_OVER)
async def reset_user_mfa(user_id: str, actor: CurrentActor, uow: Uow) -> None:
    """Remove a person's second factors and passkeys, for somebody who lost them."""
    await service.reset_mfa(uow, actor, user_id)


@router.get(
    "/users/{user_id}/sessions", response_model=SessionList, **needs(Action.SESSION_VIEW, NoSuchUser, BadCursor)
)
async def get_user_sessions(
    user_id: str, actor: CurrentActor, uow: Uow, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """List a person's sessions that you may see."""
    await users.visible(uow, actor, user_id)
    rows, total, following = await sessions.list_sessions(
        uow, actor, SessionFilter(user_id=user_id), limit=limit, cursor=cursor
    )
    more = {"nextCursor": following} if following else {}
    return encoded({"sessions": [session_json(row) for row in rows], "total": total, **more})


@router.get("/users/{user_id}/groups", **needs(Action.GROUP_VIEW, NoSuchUser, BadCursor))
async def get_user_groups(
    user_id: str, actor: CurrentActor, uow: Uow, limit: Limit = 50, cursor: Cursor = None
) -> GroupList:
    """List the groups a person is in."""
    await users.visible(uow, actor, user_id)
    rows, total, following = await groups.list_groups(uow, actor, user_id=user_id, limit=limit, cursor=cursor)
    return GroupList(groups=[group_json(row) for row in rows], total=total, next_cursor=following)


@router.get("/users/{user_id}/logins", **_OVER)
async def get_user_logins(user_id: str, actor: CurrentActor, uow: Uow) -> LoginList:
    """List where a person is signed in; who administers one organisation sees what was opened there."""
    found = [entry(login, actor.login_id) for login in await service.logins_of(uow, actor, user_id)]
    return LoginList(logins=found, total=len(found))


@router.delete("/users/{user_id}/logins", status_code=204, **_OVER)
async def end_user_logins(user_id: str, actor: CurrentActor, uow: Uow) -> None:
    """Sign a person out everywhere that you see."""
    await service.end_logins_of(uow, actor, user_id)


@router.delete(
    "/users/{user_id}/logins/{login_id}",
    status_code=204,
    **needs(Action.USER_MANAGE, NoSuchUser, NoSuchLogin, BeyondYourRights),
)
async def end_user_login(user_id: str, login_id: str, actor: CurrentActor, uow: Uow) -> None:
    """End one of a person's logins; its sockets and streams close."""
    await service.end_login_of(uow, actor, user_id, login_id)
