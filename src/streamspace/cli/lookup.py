"""From the names that people type to the ids that the API takes."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from streamspace.cli.failures import NOT_FOUND, USAGE, CommandFailed
from streamspace.client import Api, ApiKey, Group, NotFound, Organization, Session, User

PAGE = 500
_NEAR = 100
Fetch = Callable[..., Awaitable[Any]]
T = TypeVar("T", Group, Organization)


async def everything(fetch: Fetch, field: str, **query: Any) -> list[Any]:
    """Fetch all pages of a list."""
    page = await fetch(limit=PAGE, **query)
    found = list(getattr(page, field))
    while page.next_cursor:
        page = await fetch(limit=PAGE, cursor=page.next_cursor, **query)
        found += getattr(page, field)
    return found


async def user_named(api: Api, name: str) -> User:
    """Find somebody by username or id."""
    page = await api.users.list(search=name, limit=PAGE)
    for user in page.users:
        if user.username == name:
            return user
    try:
        return await api.users.get(name)
    except NotFound:
        raise _nothing(f"There is nobody called {name}", "users", "user_not_found") from None


async def group_named(api: Api, name: str) -> Group:
    """Find a group by name or id."""
    found: list[Group] = await everything(api.groups.list, "groups")
    return _pick(found, name, f"There is no group {name}", "groups", "group_not_found")


async def organization_named(api: Api, name: str) -> Organization:
    """Find an organisation by name or id."""
    found: list[Organization] = await everything(api.organizations.list, "organizations")
    return _pick(found, name, f"There is no organisation {name}", "organizations", "organization_not_found")


async def key_named(api: Api, name: str) -> ApiKey:
    """Find a key by id, by how it begins, or by its name if only one has it; one's own first, then others'."""
    found: list[ApiKey] = await everything(api.keys.list, "api_keys")
    for key in found:
        if name in {key.id, key.prefix}:
            return key
    named = [key for key in found if key.name == name and key.active] or [key for key in found if key.name == name]
    if len(named) > 1:
        raise CommandFailed(f"{len(named)} keys are called {name}.", hint="Name it by its id or how it begins.")
    if named:
        return named[0]
    try:
        return await api.keys.get(name)
    except NotFound:
        raise _nothing(f"There is no key {name}", "keys", "key_not_found") from None


def _pick(found: Sequence[T], name: str, sentence: str, noun: str, code: str) -> T:
    for one in found:
        if name in {one.name, one.id}:
            return one
    raise _nothing(sentence, noun, code)


def _nothing(sentence: str, noun: str, code: str) -> CommandFailed:
    return CommandFailed(
        f"{sentence}, or you may not see {'them' if noun == 'users' else 'it'}.",
        NOT_FOUND,
        code=code,
        hint=f"`streamspace {noun} list` shows what you see.",
    )


async def session_named(api: Api, wanted: str) -> Session:
    """Return the session with this id, or the only one whose id begins or ends so."""
    try:
        return await api.sessions.get(wanted)
    except NotFound as error:
        page = await api.sessions.list(limit=_NEAR)
        near = [one for one in page.sessions if one.id.startswith(wanted) or one.id.endswith(wanted)]
        if len(near) == 1:
            return near[0]
        if near:
            names = ", ".join(one.id for one in near[:5])
            raise CommandFailed(f"{wanted!r} fits several sessions: {names}.", USAGE, code="ambiguous") from None
        raise CommandFailed(
            f"There is no session {wanted!r}.",
            NOT_FOUND,
            code=error.code,
            hint="`streamspace sessions list` shows yours.",
        ) from None
